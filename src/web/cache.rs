//! What browsers and shared caches are told, as a few named policies.

use axum::http::HeaderValue;

/// A cache policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Browsers ask each time, shared caches keep a page five seconds: a text that turns over at its instant does so
    /// outside too (W12). Constant, so that a header never betrays an embargo. Redirects too: a document may take an old
    /// address back, and a browser that remembered the redirect for ever would turn in a circle.
    Page,
    /// A file whose name changes with its content.
    Immutable,
    /// Errors.
    Never,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    #[must_use]
    pub const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Page => "public, max-age=0, s-maxage=5, stale-if-error=86400",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        })
    }
}
