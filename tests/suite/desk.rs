//! The editors' desk, through its front door.

mod door;
mod editor;
mod guard;
mod invitation;
mod own;
mod preview;
mod together;
mod translation;
