//! What a client takes and has already (RFC 9110 §12.5.3, §13.1.2).

use axum::http::header::{self, HeaderMap, HeaderValue};

/// The members of a line of a header that is a list (RFC 9110 §5.6.1). Bytes: this is done for each request.
fn members(line: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    line.as_bytes().split(|byte| *byte == b',')
}

/// Which of these codings the client takes (RFC 9110 §12.5.3): `q=0` refuses one, `*` speaks for those that are not named.
pub fn accepts<const CODINGS: usize>(asked: &HeaderMap, codings: [&str; CODINGS]) -> [bool; CODINGS] {
    let mut named = [None; CODINGS];
    let mut others = None;
    for line in asked.get_all(header::ACCEPT_ENCODING) {
        for member in members(line) {
            let end = member.iter().position(|byte| *byte == b';').unwrap_or(member.len());
            let (name, parameters) = member.split_at(end);
            let name = name.trim_ascii();
            let place = codings
                .iter()
                .position(|coding| name.eq_ignore_ascii_case(coding.as_bytes()));
            let speaks_for = match place {
                Some(place) => &mut named[place],
                None if name == b"*" => &mut others,
                None => continue,
            };
            speaks_for.get_or_insert(parameters.is_empty() || weight(parameters) > 0.0);
        }
    }
    named.map(|taken| taken.or(others).unwrap_or_default())
}

/// The weight among the parameters of a member: 1 where there is none, 0 where it is no number.
fn weight(parameters: &[u8]) -> f32 {
    let parameters = std::str::from_utf8(parameters).unwrap_or_default().split(';');
    let mut weights = parameters.filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_weight = name.trim().eq_ignore_ascii_case("q");
        is_weight.then(|| value.trim().parse().unwrap_or_default())
    });
    weights.next().unwrap_or(1.0)
}

/// Whether the client has what this validator stands for (RFC 9110 §13.1.2): in a list, weak or strong, or whatever
/// there is. None of our validators holds a comma.
pub fn is_known(asked: &HeaderMap, etag: &[u8]) -> bool {
    let names = |line: &HeaderValue| {
        members(line)
            .map(<[u8]>::trim_ascii)
            .any(|known| known == b"*" || known.strip_prefix(b"W/").unwrap_or(known) == etag)
    };
    // Most often none, or the one that was sent and nothing else.
    asked
        .get(header::IF_NONE_MATCH)
        .is_some_and(|first| first.as_bytes() == etag || asked.get_all(header::IF_NONE_MATCH).iter().any(names))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

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
                is_known(&asked(&header::IF_NONE_MATCH, lines), b"\"a\""),
                expected,
                "{lines:?}"
            );
        }
    }
}
