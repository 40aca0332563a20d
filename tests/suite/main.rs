//! The suite: one test binary.

#![expect(clippy::expect_used, reason = "a helper stops its test as the test itself would")]

mod assets;
mod locales;
mod samples;
