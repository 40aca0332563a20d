//! Pure functions on words: Markdown, typography.
