//! The one test binary of Mandat.

mod embedded;
mod support;
