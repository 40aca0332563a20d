//! The deeds: each one function, one transaction, that checks, writes and commits. The desk and the command line call
//! the same ones.

pub mod import;
