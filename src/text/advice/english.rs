//! The rules on English, those that know most first.

use std::sync::LazyLock;

use super::rule::Rule;
use super::{Reason, amounts, dates, french, times};

/// Official names stay French, and marked so (Q13); the offices abroad have an English one (Q14).
const NAMES: &[(&str, &str)] = &[
    (
        "Ministry of International Relations and La Francophonie",
        ":fr[Ministère des Relations internationales et de la Francophonie]",
    ),
    (
        "Department of International Relations and La Francophonie",
        ":fr[Ministère des Relations internationales et de la Francophonie]",
    ),
    (
        "Ministry of International Relations",
        ":fr[Ministère des Relations internationales]",
    ),
    (
        "Department of International Relations",
        ":fr[Ministère des Relations internationales]",
    ),
    (
        "Ministère des Relations internationales et de la Francophonie",
        ":fr[Ministère des Relations internationales et de la Francophonie]",
    ),
    (
        "ministère des Relations internationales et de la Francophonie",
        ":fr[Ministère des Relations internationales et de la Francophonie]",
    ),
    ("Québec Government Office", "Québec Government Office"),
    ("Québec Government Offices", "Québec Government Offices"),
    ("Quebec Government Office", "Québec Government Office"),
    ("Quebec Government Offices", "Québec Government Offices"),
    ("Government of Québec", ":fr[Gouvernement du Québec]"),
    ("Government of Quebec", ":fr[Gouvernement du Québec]"),
    ("Québec government", ":fr[Gouvernement du Québec]"),
    ("Quebec government", ":fr[Gouvernement du Québec]"),
    ("Québec Government", ":fr[Gouvernement du Québec]"),
    ("Quebec Government", ":fr[Gouvernement du Québec]"),
    ("Gouvernement du Québec", ":fr[Gouvernement du Québec]"),
    ("gouvernement du Québec", ":fr[Gouvernement du Québec]"),
    ("Assemblée nationale", ":fr[Assemblée nationale]"),
    ("Ministère", ":fr[Ministère]"),
    ("French Language Charter", "Charter of the French language"),
    ("Charter of the French Language", "Charter of the French language"),
];

/// Places keep their accents (Q15).
const PLACES: &[(&str, &str)] = &[
    ("Quebec", "Québec"),
    ("Montreal", "Montréal"),
    ("Levis", "Lévis"),
    ("Gaspe", "Gaspé"),
    ("Trois Rivieres", "Trois-Rivières"),
    ("Trois-Rivieres", "Trois-Rivières"),
    ("Trois Rivières", "Trois-Rivières"),
    ("Saguenay-Lac-Saint-Jean", "Saguenay–Lac-Saint-Jean"),
];

/// Words of which two in a row are one too many; `that that` and `had had` are English.
const REPEATED: &str = "the|of|to|a|an|and|is|are|for|with|by|at|from|as|or";

/// The rules.
pub(super) fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| all().into_iter().flatten().collect());
    &RULES
}

fn all() -> Vec<Option<Rule>> {
    let mut rules = dates::english();
    rules.extend(times::english());
    rules.extend(amounts::english());
    rules.extend([
        Rule::listed(Reason::Name, NAMES),
        Rule::listed(Reason::Place, PLACES),
        Rule::template(Reason::Punctuation, r"«~*(?P<words>[^«»\n]+?)~*»", "“${words}”"),
        Rule::template(
            Reason::Space,
            r"(?P<x>(?P<word>\p{L}+)~+(?P<sign>[;:!?]))(?:\s|$)",
            "${word}${sign}",
        ),
    ]);
    rules.extend(french::spacing(REPEATED));
    rules
}
