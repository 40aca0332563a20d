//! What stands after the question mark of an address.

/// One parameter of a form, where it is there.
pub fn parameter(query: Option<&str>, name: &str) -> Option<String> {
    let mut fields = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let found = fields.find(|(found, _)| found == name);
    found.map(|(_, value)| value.into_owned())
}

/// What names a revision, on a page about one of several.
pub const REVISION: &str = "revision";

/// The revision that an address names.
pub fn revision(query: Option<&str>) -> Option<i32> {
    parameter(query, REVISION)?.parse().ok()
}

/// A path with what was typed.
pub fn asking(path: &str, parameters: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    format!("{path}?{query}")
}

/// A path with all that was asked of the one that leads to it.
pub fn kept(path: String, query: Option<&str>) -> String {
    match query {
        Some(query) => format!("{path}?{query}"),
        None => path,
    }
}
