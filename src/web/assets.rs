//! The static files, as the build prepared them: in memory, compressed, under names that change with their content.

/// A static file, ready to send.
#[derive(Debug)]
pub struct Asset {
    /// Its path in `static/`, by which templates ask for it.
    source: &'static str,
    /// Its published name, which holds a hash of its content.
    pub name: &'static str,
    /// Its public path.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub identity: &'static [u8],
    /// The same, compressed by gzip, where that is smaller.
    pub gzip: Option<&'static [u8]>,
    /// The same, compressed by brotli, where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// The hash of its content, without quotation marks; a strong validator also tells the coding (RFC 9110 §8.8.3).
    pub etag: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file published under a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// The public path of a file of `static/`, for templates. An unknown file is a fault of the template, which tests find.
#[must_use]
pub fn path(source: &str) -> &'static str {
    let found = ASSETS.iter().find(|asset| asset.source == source);
    debug_assert!(found.is_some(), "no static file {source}");
    found.map_or("", |asset| asset.path)
}

/// Every static file.
#[must_use]
pub fn all() -> &'static [Asset] {
    ASSETS
}
