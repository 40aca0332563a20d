//! The one test binary of Mandat.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, helpers included"
)]
#![expect(clippy::expect_used, reason = "a helper stops its test as the test itself would")]

mod assets;
mod embedded;
mod locales;
mod migrations;
mod public;
mod samples;
mod schema;
mod support;
