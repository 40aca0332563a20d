//! The same bytes in every coding, and no bytes for who has them (RFC 9110).

use std::io::Read;

use axum::http::Method;
use flate2::read::GzDecoder;

use super::stamped;
use crate::support::node::Node;
use crate::support::visitor::Visitor;

fn decoded(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        "" => plain.extend(bytes),
        "gzip" => {
            GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
        }
        "br" => {
            brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain).unwrap();
        }
        other => panic!("{other}"),
    }
    plain
}

fn accepting(node: &Node, codings: &'static str) -> Visitor {
    node.visitor.clone().sending("accept-encoding", codings)
}

#[tokio::test]
async fn each_coding_holds_the_same_words_under_a_validator_of_its_own() {
    let node = Node::start(&stamped().await).await;
    for path in [
        "/fr",
        "/en/mandates",
        "/fr/fil.atom",
        "/api/v1/documents",
        "/sitemap.xml",
    ] {
        let first = accepting(&node, "").get(path).await;
        assert!(node.cache().finish().await, "{path}");
        let mut validators = Vec::new();
        for (accepted, coding) in [
            ("", ""),
            ("gzip, deflate, br, zstd", "br"),
            ("gzip", "gzip"),
            ("gzip, br;q=0", "gzip"),
            ("zstd", ""),
        ] {
            let answer = accepting(&node, accepted).get(path).await;
            assert_eq!(answer.is(200).header("content-encoding"), coding, "{path}");
            assert_eq!(
                answer.header("content-length"),
                answer.bytes.len().to_string(),
                "{path}"
            );
            assert_eq!(answer.header("vary"), "accept-encoding", "{path}");
            assert!(decoded(coding, &answer.bytes) == first.bytes, "{path} in {coding}");
            validators.push(answer.header("etag").to_owned());
            for other in [
                "content-type",
                "content-language",
                "cache-control",
                "content-security-policy",
                "link",
            ] {
                assert_eq!(answer.header(other), first.header(other), "{path}: {other}");
            }
        }
        assert_eq!(validators[0], validators[4]);
        assert_eq!(validators[2], validators[3]);
        validators.dedup();
        assert_eq!(validators.len(), 4, "{path}: {validators:?}");
    }
}

#[tokio::test]
async fn who_has_the_bytes_is_sent_none() {
    let node = Node::start(&stamped().await).await;
    let path = "/fr/mission";
    for codings in ["", "gzip"] {
        let answer = accepting(&node, codings).get(path).await;
        let validator: &'static str = answer.is(200).header("etag").to_owned().leak();
        let again = accepting(&node, codings)
            .sending("if-none-match", validator)
            .get(path)
            .await;
        again.is(304);
        assert!(again.bytes.is_empty());
        let names = again.headers.keys().map(axum::http::HeaderName::as_str);
        let names: Vec<&str> = names.filter(|name| *name != "content-length").collect();
        assert_eq!(names.len(), 3, "only what RFC 9110 wants: {names:?}");
        for name in ["etag", "cache-control", "vary"] {
            assert_eq!(again.header(name), answer.header(name), "{name}");
        }
        let other = accepting(&node, if codings.is_empty() { "gzip" } else { "" });
        other.sending("if-none-match", validator).get(path).await.is(200);
    }
    let typed = accepting(&node, "gzip").get("/fr/recherche?q=mission").await;
    assert_eq!(typed.is(200).header("etag"), "", "nobody may keep what was typed");
}

#[tokio::test]
async fn no_date_stands_for_the_bytes() {
    let node = Node::start(&stamped().await).await;
    for path in [
        "/fr/mission",
        "/fr/mission",
        "/fr/fil.atom",
        "/sitemap.xml",
        "/fr/historique",
    ] {
        let dated = node
            .visitor
            .clone()
            .sending("if-modified-since", "Fri, 31 Dec 2100 23:59:59 GMT");
        let answer = dated.get(path).await;
        assert_eq!(answer.is(200).header("last-modified"), "", "{path}");
        assert!(!answer.bytes.is_empty() && !answer.header("etag").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_head_has_the_headers_of_the_page_kept_or_not() {
    let node = Node::start(&stamped().await).await;
    for path in [
        "/fr/vision",
        "/fr/vision",
        "/fr/nulle-part",
        "/fr/recherche?q=vision",
        "/api/v1/documents?limit=2",
    ] {
        let visitor = accepting(&node, "gzip");
        let head = visitor.ask(Method::HEAD, path).await;
        let page = visitor.get(path).await;
        assert_eq!(head.status, page.status, "{path}");
        assert_eq!(head.headers, page.headers, "{path}");
        assert!(head.bytes.is_empty() && !page.bytes.is_empty(), "{path}");
    }
}
