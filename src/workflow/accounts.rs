//! Deeds on accounts: who may come in, and as what.

pub mod appointing;
pub mod door;
pub mod invitation;
pub mod own;
pub mod password;
