//! The editors' desk, through its front door.

mod abandoning;
mod accounts;
mod correction;
mod crowd;
mod door;
mod editor;
mod guard;
mod invitation;
mod kept;
mod office;
mod own;
mod pages;
mod preview;
mod publishing;
mod scheduled;
mod together;
mod told;
mod translation;
