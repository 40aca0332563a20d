//! Feminine forms: titles in the form that goes with the person, doublets in full (Q18).

use regex::Captures;

use super::Reason;
use super::rule::{Rule, Verdict};

/// Titles, each with its feminine; those that are alike in both are not here. A longer one comes before its beginning.
const TITLES: &[(&str, &str)] = &[
    ("premier ministre", "première ministre"),
    ("directeur général", "directrice générale"),
    ("délégué général", "déléguée générale"),
    ("sous-ministre adjoint", "sous-ministre adjointe"),
    ("sous-ministre associé", "sous-ministre associée"),
    ("ministre délégué", "ministre déléguée"),
    ("secrétaire général", "secrétaire générale"),
    ("chef adjoint", "chef adjointe"),
    ("ambassadeur", "ambassadrice"),
    ("attaché", "attachée"),
    ("chargé", "chargée"),
    ("chercheur", "chercheuse"),
    ("conseiller", "conseillère"),
    ("coordonnateur", "coordonnatrice"),
    ("délégué", "déléguée"),
    ("député", "députée"),
    ("directeur", "directrice"),
    ("envoyé", "envoyée"),
    ("président", "présidente"),
    ("représentant", "représentante"),
    ("sénateur", "sénatrice"),
];

/// Endings of a feminine after a masculine that ends so, when written after a sign.
const ENDINGS: &[(&str, &str, &str)] = &[
    ("teur", "trice", "teur"),
    ("eur", "euse", "eur"),
    ("er", "ère", "er"),
    ("ien", "ne", ""),
    ("en", "ne", ""),
    ("el", "le", ""),
    ("if", "ive", "if"),
    ("if", "ve", "f"),
    ("", "e", ""),
];

/// The rules.
pub(super) fn rules() -> Vec<Option<Rule>> {
    let titles = TITLES
        .iter()
        .map(|(masculine, _)| masculine.replace(' ', "~"))
        .collect::<Vec<_>>()
        .join("|");
    let signs = "[·•∙.⋅]|/|-";
    vec![
        Rule::template(Reason::Feminine, r"\b(?P<x>(?P<lady>Madame|Mme)~le)~", "${lady} la"),
        Rule::worked(Reason::Feminine, &format!(r"\b[Ll]a~(?P<x>{titles})\b"), borne),
        Rule::worked(
            Reason::Feminine,
            &format!(r"\b(?:Madame|Mme)(?:~\p{{Lu}}[\p{{L}}'-]+){{1,4}},~(?P<x>{titles})\b"),
            borne,
        ),
        Rule::worked(
            Reason::Feminine,
            &format!(
                r"\b(?:(?P<article>[LldD]es|[Aa]ux)~)?(?P<x>(?P<word>\p{{L}}{{3,}})(?P<sign>{signs})(?P<ending>e|ne|le|ère|trice|euse|ive|ve|es|nes|les|ères|trices|euses|ives|ves)(?:(?:{signs})(?P<plural>s))?)\b"
            ),
            doublet,
        ),
    ]
}

/// The title as a woman bears it.
fn borne(found: &Captures<'_>) -> Verdict {
    let written = found["x"].replace(['\u{a0}', '\u{202f}'], " ");
    let title = TITLES.iter().find(|(masculine, _)| *masculine == written);
    title.map_or(Verdict::Right, |(_, feminine)| Verdict::Better((*feminine).to_owned()))
}

/// `étudiant·e·s`: in full where it is a plural, whose article fits both; by the writer where it is not.
fn doublet(found: &Captures<'_>) -> Verdict {
    let (word, ending) = (&found["word"], &found["ending"]);
    let plural = found.name("plural").is_some() || ending.ends_with('s');
    // `donnez-le`, `prends-les`: a hyphen before a pronoun is French.
    if &found["sign"] == "-" && (ending.starts_with("le") || !plural && ending != "e" && ending != "trice") {
        return Verdict::Right;
    }
    // `fin.Les` or `s.e`: a full stop cut short a sentence, unless an s follows.
    if &found["sign"] == "." && found.name("plural").is_none() {
        return Verdict::Right;
    }
    if !plural {
        return Verdict::Ask;
    }
    let single = ending.trim_end_matches('s');
    let kind = ENDINGS
        .iter()
        .find(|(masculine, feminine, _)| word.ends_with(masculine) && *feminine == single);
    let Some((_, _, replaced)) = kind else {
        return Verdict::Ask;
    };
    let stem = word.strip_suffix(replaced).unwrap_or(word);
    let both = format!("{stem}{single}s et {word}s");
    Verdict::Better(both)
}
