//! Pure functions on words: Markdown, typography, differences, merges, advice.

pub mod advice;
pub mod counting;
pub mod csv;
pub mod difference;
pub mod letters;
pub mod markup;
pub mod merge;
pub mod quotation;
pub mod typography;

pub use markup::{Html, Links, block, block_below, inline, plain};
pub use typography::Register;
