//! French ordinals: the letters of `1er`, `2e`, `XXIe` stand raised (OQLF).

use std::sync::LazyLock;

use regex::Regex;

use super::writer::Writer;

/// A number in digits or in Roman capitals (of which one alone may be a word), and its ending.
static ORDINAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:\d+|[IVXLCDM]{2,}|[VX])(er|ers|re|res|e|es)\b").ok());

/// Writes French words, the endings of their ordinals raised.
pub(super) fn write(writer: &mut Writer, words: &str) {
    let mut written = 0;
    let endings = ORDINAL.iter().flat_map(|ordinal| ordinal.captures_iter(words));
    for ending in endings.filter_map(|found| found.get(1)) {
        writer.text(&words[written..ending.start()]);
        writer.open("sup", &[]);
        writer.text(ending.as_str());
        writer.close();
        written = ending.end();
    }
    writer.text(&words[written..]);
}

#[cfg(test)]
mod tests {
    use crate::i18n::Language::{English, French};
    use crate::text::typography::Register::{Heading, Prose};
    use crate::text::{Links, block, inline, plain};

    struct Nowhere;

    impl Links for Nowhere {
        fn document(&self, _: i64) -> Option<String> {
            None
        }
    }

    #[test]
    fn the_endings_of_french_ordinals_are_raised() {
        let cases = [
            ("le 1er mars", "<p>le 1<sup>er</sup>\u{a0}mars</p>"),
            (
                "la 2e, les 3es, la 1re et le XXIe",
                "<p>la 2<sup>e</sup>, les 3<sup>es</sup>, la 1<sup>re</sup> et le XXI<sup>e</sup></p>",
            ),
            ("de la Ve", "<p>de la V<sup>e</sup></p>"),
            (
                "Me Roy, Ce, Le, CO2e, `1er`",
                "<p>Me\u{a0}Roy, Ce, Le, CO2e, <code>1er</code></p>",
            ),
            (":en[the 1er]", "<p><span lang=\"en-CA\">the 1er</span></p>"),
        ];
        for (markdown, html) in cases {
            assert_eq!(block(markdown, French, &Nowhere, None).to_string(), html, "{markdown}");
        }
        assert_eq!(inline("Le 1er", French, Heading).to_string(), "Le 1<sup>er</sup>");
        let marked = inline(":fr[le 1er] 1er", English, Prose).to_string();
        assert_eq!(marked, "<span lang=\"fr-CA\">le 1<sup>er</sup></span> 1er");
        assert_eq!(plain("le 1er", French, Heading), "le 1er");
    }
}
