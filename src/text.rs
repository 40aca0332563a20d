//! Pure functions on words: Markdown, typography.

pub mod markup;
pub mod typography;

pub use markup::{Html, Links};
pub use typography::Register;
