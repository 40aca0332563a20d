//! The editors' desk, through its front door.

mod accounts;
mod door;
mod editor;
mod guard;
mod invitation;
mod kept;
mod own;
mod preview;
mod together;
mod translation;
