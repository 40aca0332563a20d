//! The editors' desk, through its front door.

mod door;
mod guard;
mod invitation;
mod own;
