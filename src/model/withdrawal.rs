//! The end of a text without a successor text.

/// How a text left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawn {
    /// No longer in effect: the page stays, under a banner, out of lists.
    Withdrawn,
    /// Published in error: 410, with an explanation.
    Removed,
}
