use std::time::{Duration, Instant};

use proptest::prelude::*;
use scraper::Node;

use super::*;
use Language::{English, French};
use Register::{Heading, Prose};

/// A site that knows document 7.
struct Site;

impl Links for Site {
    fn document(&self, number: i64) -> Option<String> {
        (number == 7).then(|| "/fr/mandats/climat".to_owned())
    }
}

fn french(markdown: &str) -> String {
    block(markdown, French, &Site, None).to_string()
}

#[test]
fn headings_below_the_name_of_a_column() {
    let set = block_below("# Un\n\n## Deux\n\n### Trois\n\n#### Quatre", French, &Site).to_string();
    assert_eq!(set, "<h5>Un</h5><h5>Deux</h5><h6>Trois</h6><h6>Quatre</h6>");
}

#[test]
fn blocks() {
    let cases = [
        ("Un mot", "<p>Un mot</p>"),
        ("Un\nmot", "<p>Un mot</p>"),
        ("un  \ndeux", "<p>un<br>deux</p>"),
        (
            "# Un\n\n## Deux\n\n### Trois\n\n###### Six",
            "<h2>Un</h2><h2>Deux</h2><h3>Trois</h3><h4>Six</h4>",
        ),
        ("- un\n- deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("3. un\n4. deux", "<ol start=\"3\"><li>un</li><li>deux</li></ol>"),
        ("- un\n\n  suite", "<ul><li><p>un</p><p>suite</p></li></ul>"),
        (
            "*un* **deux** `l'oeuvre`",
            "<p><em>un</em> <strong>deux</strong> <code>l&#39;oeuvre</code></p>",
        ),
        (
            "    l'oeuvre\n    <b>",
            "<pre><code>l&#39;oeuvre\n&lt;b&gt;</code></pre>",
        ),
        ("> cité", "<p>cité</p>"),
        ("---", ""),
        ("#", ""),
        ("", ""),
    ];
    for (markdown, html) in cases {
        assert_eq!(french(markdown), html, "{markdown}");
    }
}

#[test]
fn raw_html_is_text_and_images_are_their_words() {
    let cases = [
        ("a <b onclick=x>c</b>", "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>"),
        (
            "<script>alert(1)</script>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
        ("<!-- note -->", "<p>&lt;!-- note --&gt;</p>"),
        ("![le *logo*](x.png)", "<p>le logo</p>"),
        (
            "[![un [lien](https://b.ca)](x.png)](https://a.ca)",
            "<p>[un lien](https://a.ca)</p>",
        ),
        ("a\u{0}b\u{7}", "<p>a\u{fffd}b\u{fffd}</p>"),
    ];
    for (markdown, html) in cases {
        assert_eq!(french(markdown), html, "{markdown}");
    }
}

#[test]
fn links_lead_where_they_may() {
    let kept = [
        "https://a.ca/b?c=d",
        "HTTP://a.ca",
        "mailto:a@b.ca",
        "tel:+14186492400",
        "/fr",
        "/fr/mission",
        "/en/mission#x",
        "/d/8",
    ];
    for address in kept {
        assert_eq!(
            french(&format!("[x]({address})")),
            format!("<p><a href=\"{address}\">x</a></p>")
        );
    }
    let refused = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//a.ca",
        "/admin/fr",
        "/frites",
        "x",
        "#x",
        "https:a",
        "https://",
        "/d/",
        "/d/x",
        "/d/7x",
        "<https://a.ca/ b>",
        "/fr\\\\a.ca",
        "&#1;javascript:alert(1)",
        "java&#10;script:alert(1)",
        "file:///etc/passwd",
    ];
    for address in refused {
        assert_eq!(french(&format!("[x]({address})")), "<p>x</p>", "{address}");
    }
    assert_eq!(french("[x](/d/7)"), "<p><a href=\"/fr/mandats/climat\">x</a></p>");
    assert_eq!(french("[x](/d/7#ab)"), "<p><a href=\"/fr/mandats/climat#ab\">x</a></p>");
    assert_eq!(french("[](https://a.ca)y"), "<p>y</p>");
    assert_eq!(
        french("<https://a.ca/l'oeuvre>"),
        "<p><a href=\"https://a.ca/l&#39;oeuvre\">https://a.ca/l&#39;oeuvre</a></p>"
    );
    assert_eq!(french("<a@b.ca>"), "<p><a href=\"mailto:a@b.ca\">a@b.ca</a></p>");
    assert_eq!(
        french("[x](https://a.ca \"titre\")"),
        "<p><a href=\"https://a.ca\">x</a></p>"
    );
    assert_eq!(
        french("[x](https://a.ca/\"onclick=\"y)"),
        "<p><a href=\"https://a.ca/&quot;onclick=&quot;y\">x</a></p>"
    );
}

#[test]
fn marks_name_the_language_of_a_part() {
    let english = |markdown: &str| block(markdown, English, &Site, None).to_string();
    let cases = [
        (
            "the :fr[ministère de l'oeuvre: 25%] here",
            "<p>the <span lang=\"fr-CA\">ministère de l’œuvre\u{a0}: 25\u{a0}%</span> here</p>",
        ),
        ("the :en[Act's] here", "<p>the Act’s here</p>"),
        (
            ":fr[un] and :fr[deux]",
            "<p><span lang=\"fr-CA\">un</span> and <span lang=\"fr-CA\">deux</span></p>",
        ),
        ("*:fr[un]*", "<p><em><span lang=\"fr-CA\">un</span></em></p>"),
        (
            "[the :fr[un]](https://a.ca)",
            "<p><a href=\"https://a.ca\">the <span lang=\"fr-CA\">un</span></a></p>",
        ),
        (":fr[<b>]", "<p><span lang=\"fr-CA\">&lt;b&gt;</span></p>"),
        (":fr[un\ndeux]", "<p><span lang=\"fr-CA\">un deux</span></p>"),
        (":fr[un", "<p>:fr[un</p>"),
        (":fr[un *deux*]", "<p>:fr[un <em>deux</em>]</p>"),
        (":de[eins] :fr", "<p>:de[eins] :fr</p>"),
        ("`:fr[un]`", "<p><code>:fr[un]</code></p>"),
    ];
    for (markdown, html) in cases {
        assert_eq!(english(markdown), html, "{markdown}");
    }
    assert_eq!(
        french("la loi:en[Charter's]"),
        "<p>la loi<span lang=\"en-CA\">Charter’s</span></p>"
    );
    assert_eq!(
        french("l':en[Act]: x"),
        "<p>l’<span lang=\"en-CA\">Act</span>\u{a0}: x</p>"
    );
}

#[test]
fn typography_sees_through_elements() {
    assert_eq!(
        french("**Mission**: servir"),
        "<p><strong>Mission</strong>\u{a0}: servir</p>"
    );
    assert_eq!(french("l'*État*"), "<p>l’<em>État</em></p>");
    assert_eq!(french("« *mot* »"), "<p>«\u{a0}<em>mot</em>\u{a0}»</p>");
    assert_eq!(french("le 1er\nmars"), "<p>le 1<sup>er</sup>\u{a0}mars</p>");
}

#[test]
fn an_anchor_names_the_first_element() {
    let anchored = |markdown| block(markdown, French, &Site, Some("a1")).to_string();
    assert_eq!(anchored("un\n\ndeux"), "<p id=\"a1\">un</p><p>deux</p>");
    assert_eq!(anchored("3. un"), "<ol id=\"a1\" start=\"3\"><li>un</li></ol>");
    assert_eq!(anchored("#\n\nun"), "<p id=\"a1\">un</p>");
    assert_eq!(anchored(""), "");
}

#[test]
fn one_line() {
    let cases = [
        ("L'*oeuvre* : [x](https://a.ca)", "L’<em>œuvre</em> : x"),
        ("1. Assurer", "1. Assurer"),
        ("# Titre\n\n- a", "# Titre - a"),
        ("*Tout*", "<em>Tout</em>"),
        ("_Tout_", "<em>Tout</em>"),
        ("<b>", "&lt;b&gt;"),
        (":en[Act]", "<span lang=\"en-CA\">Act</span>"),
        ("`l'un`", "<code>l&#39;un</code>"),
        ("...", "…"),
        ("", ""),
    ];
    for (markdown, html) in cases {
        assert_eq!(inline(markdown, French, Heading).as_str(), html, "{markdown}");
    }
    assert_eq!(inline("Mission : x", French, Prose).as_str(), "Mission\u{a0}: x");
}

#[test]
fn words_alone() {
    let cases = [
        ("L'*oeuvre* de [x](https://a.ca) & <b>", "L’œuvre de x & <b>"),
        ("la :en[Charter's] loi", "la Charter’s loi"),
        ("# Un\n\ndeux\n\n- trois\n- quatre", "Un deux trois quatre"),
        ("1. Assurer\n2. Conseiller", "1. Assurer 2. Conseiller"),
        ("un  \ndeux ![trois](x)", "un deux trois"),
        ("", ""),
    ];
    for (markdown, text) in cases {
        assert_eq!(plain(markdown, French, Prose), text, "{markdown}");
    }
}

/// Checks that every element written is closed, in order, and allowed.
fn assert_balanced(html: &str) {
    let mut open = Vec::new();
    for tag in html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap()) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if tag != "br" {
            open.push(tag.split(' ').next().unwrap());
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

/// Checks what a browser makes of the HTML.
fn assert_safe(html: &str) {
    let fragment = scraper::Html::parse_fragment(html);
    assert_eq!(fragment.errors, Vec::<String>::new(), "{html}");
    for node in fragment.tree.values() {
        let Node::Element(element) = node else { continue };
        let name = element.name();
        let known = [
            "html", "body", "p", "h2", "h3", "h4", "ul", "ol", "li", "pre", "code", "em", "strong", "a", "span", "sup",
            "br",
        ];
        assert!(known.contains(&name), "{name} in {html}");
        for (attribute, value) in element.attrs() {
            assert!(
                ["id", "href", "start", "lang"].contains(&attribute),
                "{attribute} in {html}"
            );
            let safe = ["https://", "http://", "mailto:", "tel:", "/fr", "/en", "/d/"];
            let value = value.to_lowercase();
            assert!(
                attribute != "href" || safe.iter().any(|start| value.starts_with(start)),
                "{html}"
            );
        }
    }
}

/// Passages made of what Markdown and the marks look at.
fn passages() -> impl Strategy<Value = String> {
    let pieces = vec![
        "*",
        "**",
        "_",
        "`",
        "```",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "](/d/7)",
        "](https://a.ca)",
        "](javascript:x)",
        "<",
        ">",
        "<script>",
        "</p>",
        "<a href=\"javascript:x\" onclick='y'>",
        "<!--",
        "-->",
        "<![CDATA[",
        ":fr[",
        ":en[",
        "\n",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "# ",
        "---",
        "\\",
        "&lt;",
        "&#0;",
        "\"",
        "'",
        ":",
        " ",
        "mot",
        "l'oeuvre",
        "  \n",
        "\u{0}",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_passage_is_safe(markdown in prop_oneof![3 => passages(), 1 => any::<String>()]) {
        for language in Language::ALL {
            for html in [
                block(&markdown, language, &Site, Some("a\"1")),
                inline(&markdown, language, Prose),
                inline(&markdown, language, Heading),
            ] {
                assert_balanced(html.as_str());
                assert_safe(html.as_str());
                prop_assert!(!html.as_str().to_lowercase().contains("<script"));
            }
            let _words = plain(&markdown, language, Prose);
        }
    }
}

#[test]
fn hostile_passages_take_linear_time() {
    let pieces = [
        "[",
        "]",
        "*",
        "_",
        "**a",
        "*a ",
        "`",
        "``a",
        ":fr[",
        ":fr[a]",
        ":",
        "![",
        "[a](",
        "[a](/d/7)",
        "<",
        "<!--",
        "<a ",
        "&",
        "\\",
        "> ",
        "- ",
        "1. ",
        "# ",
        "\n- ",
        "'",
        "\"",
        "a\n\n",
        "[a]: b\n",
        "~",
        "$",
    ];
    for piece in pieces {
        let markdown = piece.repeat(20_000);
        let start = Instant::now();
        assert_balanced(block(&markdown, English, &Site, Some("a")).as_str());
        assert_balanced(inline(&markdown, French, Prose).as_str());
        let _words = plain(&markdown, French, Prose);
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{piece:?} took {:?}",
            start.elapsed()
        );
    }
}
