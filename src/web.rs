//! The public site over HTTP: routes, handlers, pages, one renderer.

pub mod assets;
pub mod pages;
pub mod view;
