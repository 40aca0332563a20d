//! The deeds: each one function, one transaction, that checks permission, holds what it touches, checks where it stands,
//! writes, tells the journal and commits. The desk and the command line call the same ones.

pub mod accounts;
mod addresses;
pub mod checks;
pub mod deed;
pub mod drafting;
pub mod export;
pub mod import;
pub mod local_time;
pub mod redacting;
pub mod releasing;
pub mod reviewing;
pub mod settings;
mod traces;
pub mod transitions;

pub use deed::{Actor, Done};
