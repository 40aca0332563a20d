//! The one test binary of Mandat.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, helpers included"
)]

mod agreement;
mod api;
mod assets;
mod cache;
mod canaries;
mod command;
mod content;
mod dates;
mod desk;
mod embedded;
mod export;
mod feeds;
mod formats;
mod history;
mod house;
mod import;
mod locales;
mod memento;
mod migrations;
mod past;
mod public;
mod quote;
mod refusals;
mod replica;
mod samples;
mod schema;
mod search;
mod support;
mod traces;
mod workflow;
