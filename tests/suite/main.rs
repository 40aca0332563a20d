//! The suite: one test binary.

mod locales;
mod samples;
