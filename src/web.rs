//! The public site over HTTP: routes, handlers, pages, one renderer.

pub mod pages;
pub mod view;
