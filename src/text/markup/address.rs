//! Where links may lead.

use pulldown_cmark::LinkType;

use super::Links;

/// Schemes that a link may have, with what follows them; the case of letters does not count (RFC 3986 §3.1).
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// The `href` of a link, if it may be one.
pub(super) fn resolve(destination: &str, kind: LinkType, links: &dyn Links) -> Option<String> {
    // Browsers strip or turn such characters, and then read another address than the one checked here.
    if destination.contains(|character: char| character.is_control() || character.is_whitespace() || character == '\\')
    {
        return None;
    }
    if kind == LinkType::Email {
        return Some(format!("mailto:{destination}"));
    }
    document(destination, links).or_else(|| is_allowed(destination).then(|| destination.to_owned()))
}

/// The address behind `/d/{number}`, its fragment kept.
fn document(destination: &str, links: &dyn Links) -> Option<String> {
    let (path, fragment) = split_fragment(destination);
    let address = links.document(number(path)?)?;
    Some(format!("{address}{fragment}"))
}

fn is_allowed(destination: &str) -> bool {
    let has_scheme = SCHEMES.iter().any(|scheme| {
        destination
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && destination.len() > scheme.len()
    });
    let on_site = ["/fr", "/en"]
        .iter()
        .filter_map(|root| destination.strip_prefix(root))
        .any(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    has_scheme || on_site || number(split_fragment(destination).0).is_some()
}

fn number(path: &str) -> Option<i64> {
    let digits = path.strip_prefix("/d/")?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// An address and its fragment, the latter with its `#`.
fn split_fragment(destination: &str) -> (&str, &str) {
    destination.split_at(destination.find('#').unwrap_or(destination.len()))
}
