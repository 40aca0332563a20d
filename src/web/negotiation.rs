//! What a client takes and has already (RFC 9110 §12.5.3, §13.1.2).

use axum::http::header::{self, HeaderMap, HeaderName};

/// The members of a header that is a list, over all its lines (RFC 9110 §5.3).
fn members<'a>(asked: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lines = asked.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

/// Which of these codings the client takes (RFC 9110 §12.5.3): `q=0` refuses one, `*` speaks for those that are not named.
pub fn accepts<const CODINGS: usize>(asked: &HeaderMap, codings: [&str; CODINGS]) -> [bool; CODINGS] {
    let mut named = [None; CODINGS];
    let mut others = None;
    for member in members(asked, &header::ACCEPT_ENCODING) {
        let (name, parameters) = member.split_once(';').unwrap_or((member, ""));
        let (name, is_taken) = (name.trim(), parameters.is_empty() || weight(parameters) > 0.0);
        if name == "*" {
            others.get_or_insert(is_taken);
        } else if let Some(place) = codings.iter().position(|coding| name.eq_ignore_ascii_case(coding)) {
            named[place].get_or_insert(is_taken);
        }
    }
    named.map(|taken| taken.or(others).unwrap_or_default())
}

/// The weight among the parameters of a member: 1 where there is none, 0 where it is no number.
fn weight(parameters: &str) -> f32 {
    let weight = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_weight = name.trim().eq_ignore_ascii_case("q");
        is_weight.then(|| value.trim().parse().unwrap_or_default())
    });
    weight.unwrap_or(1.0)
}

/// Whether the client has what this validator stands for (RFC 9110 §13.1.2): in a list, weak or strong, or whatever
/// there is. None of our validators holds a comma.
pub fn is_known(asked: &HeaderMap, etag: &str) -> bool {
    members(asked, &header::IF_NONE_MATCH).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asked(name: &HeaderName, lines: &[&'static str]) -> HeaderMap {
        let lines = lines.iter().map(|line| HeaderValue::from_static(line));
        lines.map(|line| (name.clone(), line)).collect()
    }

    #[test]
    fn a_coding_is_taken_as_the_client_weighs_it() {
        let cases: [(&[&'static str], [bool; 2]); 12] = [
            (&[], [false, false]),
            (&[""], [false, false]),
            (&["gzip, deflate, br, zstd"], [true, true]),
            (&["gzip", "br"], [true, true]),
            (&["br;q=0, gzip"], [false, true]),
            (&["br; Q = 0.000, gzip;q=0.5"], [false, true]),
            (&["BR;q=1"], [true, false]),
            (&["*"], [true, true]),
            (&["*;q=0"], [false, false]),
            (&["br;q=0, *"], [false, true]),
            (&["gzip;q=0.1, *;q=0"], [false, true]),
            (&["brotli, gzip;q=beaucoup"], [false, false]),
        ];
        for (lines, expected) in cases {
            let asked = asked(&header::ACCEPT_ENCODING, lines);
            assert_eq!(accepts(&asked, ["br", "gzip"]), expected, "{lines:?}");
        }
    }

    #[test]
    fn what_the_client_has_is_found_in_a_list() {
        for (lines, expected) in [
            (&["\"a\""][..], true),
            (&["W/\"a\""], true),
            (&["\"b\", W/\"a\""], true),
            (&["\"b\"", "\"a\""], true),
            (&["*"], true),
            (&["\"b\", \"a-br\""], false),
            (&["a"], false),
            (&[""], false),
        ] {
            assert_eq!(
                is_known(&asked(&header::IF_NONE_MATCH, lines), "\"a\""),
                expected,
                "{lines:?}"
            );
        }
    }
}
