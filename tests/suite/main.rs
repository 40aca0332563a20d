//! The suite: one test binary.

mod samples;
