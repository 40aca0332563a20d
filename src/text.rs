//! Pure functions on words: Markdown, typography.

pub mod markup;
pub mod typography;

pub use markup::{Html, Links, block, inline, plain};
pub use typography::Register;
