use proptest::prelude::*;

use super::*;
use Language::{English, French};
use Register::{Heading, Prose};

#[test]
fn french_prose() {
    let cases = [
        // Colons.
        ("Mission: servir", "Mission\u{a0}: servir"),
        ("Mission : servir", "Mission\u{a0}: servir"),
        ("les responsabilités suivantes:", "les responsabilités suivantes\u{a0}:"),
        ("à 14:30 ou 14:30:05", "à 14:30 ou 14:30:05"),
        // Nothing before the other high signs.
        ("Venez !", "Venez!"),
        ("Venez\u{a0}! Où ? Ici\u{202f}; là", "Venez! Où? Ici; là"),
        ("(vraiment ?)", "(vraiment?)"),
        // Quotation marks.
        ("«mot»", "«\u{a0}mot\u{a0}»"),
        ("« mot »", "«\u{a0}mot\u{a0}»"),
        ("\"mot\"", "«\u{a0}mot\u{a0}»"),
        ("il dit \"elle dit \"oui\"\".", "il dit «\u{a0}elle dit “oui”\u{a0}»."),
        ("« il dit \"oui\" »", "«\u{a0}il dit “oui”\u{a0}»"),
        ("un écran de 15\" au plus", "un écran de 15\" au plus"),
        // Apostrophes.
        ("l'État", "l’État"),
        ("aujourd'hui, l'11e", "aujourd’hui, l’11e"),
        ("d'\"État\"", "d’«\u{a0}État\u{a0}»"),
        ("à 5' près", "à 5' près"),
        // Ellipses.
        ("mot... mot", "mot… mot"),
        ("[...]", "[…]"),
        ("mot.... mot", "mot.... mot"),
        // Quantities.
        ("25%, 25 %", "25\u{a0}%, 25\u{a0}%"),
        ("1 234 567,89 $", "1\u{a0}234\u{a0}567,89\u{a0}$"),
        ("5 millions $", "5 millions\u{a0}$"),
        ("12km et 12 km de long", "12\u{a0}km et 12\u{a0}km de long"),
        ("5 m, 5 l'an, 20 °C", "5\u{a0}m, 5 l’an, 20\u{a0}°C"),
        ("en 2026, 2027 ou 2026 125", "en 2026, 2027 ou 2026 125"),
        ("418 649-2400, poste 1234", "418\u{a0}649-2400, poste 1234"),
        ("le CO2 km par km", "le CO2 km par km"),
        ("Québec (Québec)  G1R 5R9", "Québec (Québec)  G1R 5R9"),
        // Times and dates.
        (
            "14 h 05, 14h05, 14h, 19 h",
            "14\u{a0}h\u{a0}05, 14\u{a0}h\u{a0}05, 14\u{a0}h, 19\u{a0}h",
        ),
        ("15 h 0 min 1 s", "15\u{a0}h\u{a0}0\u{a0}min\u{a0}1\u{a0}s"),
        ("le 1er mars 2026", "le 1er\u{a0}mars 2026"),
        ("le jeudi 13 août 2026", "le jeudi 13\u{a0}août 2026"),
        ("les 21 maires", "les 21 maires"),
        // Ligatures.
        ("mise en oeuvre", "mise en œuvre"),
        ("oeuvrant, oeuvrer, oeuvreront", "œuvrant, œuvrer, œuvreront"),
        ("la main-d'oeuvre, un chef-d'oeuvre", "la main-d’œuvre, un chef-d’œuvre"),
        ("Oeuvre, OEUVRE, OEuvre, COEUR", "Œuvre, ŒUVRE, Œuvre, CŒUR"),
        (
            "soeurs, voeux, noeud, oeil, moeurs, manoeuvres",
            "sœurs, vœux, nœud, œil, mœurs, manœuvres",
        ),
        (
            "coexister, moelle, poêle, coefficient, Noël",
            "coexister, moelle, poêle, coefficient, Noël",
        ),
        ("M. Lecoeur", "M.\u{a0}Lecoeur"),
        // Titles and what is counted.
        ("M. Lemire et MM. Roy", "M.\u{a0}Lemire et MM.\u{a0}Roy"),
        ("Mme Tremblay, Dre Élie", "Mme\u{a0}Tremblay, Dre\u{a0}Élie"),
        ("Mes amis; le point M. ici", "Mes amis; le point M. ici"),
        ("plus de 15 ans, 3 mois", "plus de 15\u{a0}ans, 3\u{a0}mois"),
        ("A15 ans, 15 anses", "A15 ans, 15 anses"),
        // Addresses.
        (
            "https://exemple.quebec/l'oeuvre?a=25%",
            "https://exemple.quebec/l'oeuvre?a=25%",
        ),
        (
            "voir https://exemple.quebec: ici",
            "voir https://exemple.quebec\u{a0}: ici",
        ),
        ("à soeur.l'oeil@exemple.quebec...", "à soeur.l'oeil@exemple.quebec…"),
        ("d'oeuvre.quebec, /fr/oeuvre", "d’oeuvre.quebec, /fr/oeuvre"),
        ("N.-É. et p. ex. l'eau", "N.-É. et p. ex. l’eau"),
    ];
    for (typed, expected) in cases {
        assert_eq!(set(typed, French, Prose), expected, "{typed}");
    }
}

#[test]
fn french_headings_have_no_no_break_space() {
    let cases = [
        ("Mission : servir", "Mission : servir"),
        ("Mission\u{a0}: servir", "Mission : servir"),
        ("L'oeuvre du 1er mars...", "L’œuvre du 1er mars…"),
        ("Le \"mot\"", "Le «mot»"),
        ("Le « mot » à 25\u{202f}%", "Le « mot » à 25 %"),
    ];
    for (typed, expected) in cases {
        assert_eq!(set(typed, French, Heading), expected, "{typed}");
    }
}

#[test]
fn english() {
    let cases = [
        ("Québec's oeuvre: 25%", "Québec’s oeuvre: 25%"),
        (
            "the 1990s' end, the ministers' mandates",
            "the 1990s’ end, the ministers’ mandates",
        ),
        ("the word 'ministers' itself", "the word 'ministers' itself"),
        ("a \"word\" (\"in brackets\")", "a “word” (“in brackets”)"),
        ("6' 2\" tall", "6' 2\" tall"),
        ("wait...", "wait…"),
        ("see https://example.com/it's", "see https://example.com/it's"),
    ];
    for (typed, expected) in cases {
        for register in [Heading, Prose] {
            assert_eq!(set(typed, English, register), expected, "{typed}");
        }
    }
}

#[test]
fn nothing_to_set_borrows() {
    assert!(matches!(set("Mission", French, Prose), Cow::Borrowed("Mission")));
}

#[test]
fn runs_are_context_for_each_other() {
    let run = |text, fixed| Run { text, fixed };
    let set = |runs: &[Run<'_>]| set_runs(runs, French, Prose);
    assert_eq!(
        set(&[run("Mission", false), run(": servir", false)]),
        ["Mission", "\u{a0}: servir"]
    );
    assert_eq!(
        set(&[run("« ", false), run("mot", false), run("»", false)]),
        ["«\u{a0}", "mot", "\u{a0}»"]
    );
    assert_eq!(
        set(&[run("l'", false), run("l'oeuvre: ", true), run(": suite", false)]),
        ["l’", "l'oeuvre: ", ": suite"]
    );
    assert_eq!(set(&[run("du 2", false), run(" mars", false)]), ["du 2", "\u{a0}mars"]);
}

/// What must survive: the text without what typography may change.
fn bones(text: &str) -> String {
    text.chars()
        .filter(|character| !is_space(*character))
        .flat_map(|character| match character {
            '’' => vec!['\''],
            '«' | '»' | '“' | '”' => vec!['"'],
            '…' => vec!['.'; 3],
            'œ' | 'Œ' => vec!['o', 'e'],
            other => other.to_lowercase().collect(),
        })
        .collect()
}

/// Texts made of what the rules look at.
fn typed() -> impl Strategy<Value = String> {
    let pieces = vec![
        " ",
        " ",
        "\u{a0}",
        "\u{202f}",
        "\n",
        ":",
        ";",
        "!",
        "?",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "'",
        "’",
        "...",
        ".",
        "…",
        ",",
        "(",
        ")",
        "/",
        "-",
        "@",
        "://",
        "www.",
        "%",
        "$",
        "€",
        "h",
        "min",
        "s",
        "km",
        "m",
        "mars",
        "1er",
        "1",
        "23",
        "05",
        "456",
        "2026",
        "millions",
        "oeuvre",
        "Oeuvre",
        "COEUR",
        "coexister",
        "l",
        "é",
        "mot",
        "x.ca",
        "°C",
        "_",
        "é\u{301}",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..12).prop_map(|pieces| pieces.concat())
}

fn languages() -> impl Strategy<Value = Language> {
    prop::sample::select(Language::ALL.to_vec())
}

fn registers() -> impl Strategy<Value = Register> {
    prop::sample::select(vec![Heading, Prose])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn setting_twice_is_setting_once(text in prop_oneof![3 => typed(), 1 => any::<String>()], language in languages(), register in registers()) {
        let once = set(&text, language, register);
        prop_assert_eq!(set(&once, language, register), once.as_ref());
    }

    #[test]
    fn only_typography_changes(text in prop_oneof![3 => typed(), 1 => any::<String>()], language in languages(), register in registers()) {
        prop_assert_eq!(bones(&set(&text, language, register)), bones(&text));
    }

    #[test]
    fn a_heading_has_no_no_break_space(text in typed()) {
        let set = set(&text, French, Heading);
        prop_assert!(set.chars().all(|character| character == ' ' || !is_space(character)));
    }
}

#[test]
fn long_lines_take_linear_time() {
    for piece in [
        ".",
        "'",
        "\"",
        "«",
        "» ",
        "1",
        "1 ",
        " ;",
        ":",
        " :",
        "h",
        "1h",
        "1h11",
        "oe",
        "@",
        "é'",
        "1er mars ",
    ] {
        let text = piece.repeat(20_000);
        for language in Language::ALL {
            assert_eq!(bones(&set(&text, language, Prose)), bones(&text));
        }
    }
}
