//! The suite: one test binary.

mod assets;
mod locales;
mod samples;
