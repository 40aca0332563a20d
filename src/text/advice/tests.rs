use proptest::prelude::*;

use super::*;
use Language::{English, French};

/// The text with all advice followed, as long as there is any that can be.
fn followed(text: &str, language: Language) -> String {
    let mut text = text.to_owned();
    while let Some(advice) = advise(&text, language)
        .into_iter()
        .find(|advice| advice.better.is_some())
    {
        let better = apply(&text, language, advice.at.start, advice.reason).expect("advice that holds");
        assert_ne!(better, text, "{advice:?}");
        text = better;
    }
    text
}

fn reasons(text: &str, language: Language) -> Vec<Reason> {
    advise(text, language).iter().map(|advice| advice.reason).collect()
}

fn assert_table(language: Language, cases: &[(Reason, &str, &str)]) {
    for (reason, typed, expected) in cases {
        assert_eq!(reasons(typed, language), [*reason], "{typed}");
        assert_eq!(followed(typed, language), *expected, "{typed}");
    }
}

#[test]
fn french() {
    use Reason::{Accent, Capital, Date, Feminine, Glossary, Name, Number, Place, Punctuation, Repeated, Space, Time};
    assert_table(
        French,
        &[
            (Date, "le 1 janvier 2026", "le 1er janvier 2026"),
            (Date, "le 01 Mars, 2026", "le 1er mars 2026"),
            (Date, "le 13 Aout", "le 13 août"),
            (Date, "le 2er mai", "le 2 mai"),
            (Date, "en vigueur le March 1, 2026", "en vigueur le 1er mars 2026"),
            (Date, "Mardi, le 13 août 2026", "le mardi 13 août 2026"),
            (Date, "depuis le 31/12/2026", "depuis le 2026-12-31"),
            (Capital, "chaque Lundi matin", "chaque lundi matin"),
            (Time, "à 8h30", "à 8 h 30"),
            (Time, "à 8 h 5", "à 8 h 05"),
            (Time, "à 14:30", "à 14 h 30"),
            (Time, "à 14 h 00", "à 14 h"),
            (Time, "à 2:30 PM", "à 14 h 30"),
            (Time, "à 12 a.m.", "à 0 h"),
            (Number, "une somme de $1,234.50, puis", "une somme de 1 234,50 $, puis"),
            (Number, "$5 millions de dollars", "5 millions $ de dollars"),
            (Number, "une hausse de 2.5 %", "une hausse de 2,5 %"),
            (Number, "les 1,234,567 personnes", "les 1 234 567 personnes"),
            (Number, "dans 3 bureaux", "dans trois bureaux"),
            (Accent, "un Etat fort", "un État fort"),
            (Accent, "les Etats-Unis", "les États-Unis"),
            (Accent, "A l’étranger", "À l’étranger"),
            (Accent, "C’est dit. A partir de là", "C’est dit. À partir de là"),
            (Accent, "selon l’ALÉNA", "selon l’ALENA"),
            (Capital, "le Ministère des Finances", "le ministère des Finances"),
            (
                Capital,
                "par le Gouvernement du Québec",
                "par le gouvernement du Québec",
            ),
            (
                Capital,
                "le Premier Ministre du Québec",
                "le premier ministre du Québec",
            ),
            (Capital, "la Ministre annonce", "la ministre annonce"),
            (Name, "à l’Assemblée Nationale", "à l’Assemblée nationale"),
            (Place, "à Montreal", "à Montréal"),
            (Place, "au Saguenay-Lac-Saint-Jean", "au Saguenay–Lac-Saint-Jean"),
            (Glossary, "par e-mail", "par courriel"),
            (Feminine, "Madame le ministre", "Madame la ministre"),
            (Feminine, "la délégué général à Paris", "la déléguée générale à Paris"),
            (Feminine, "Mme Anne Roy, conseiller", "Mme Anne Roy, conseillère"),
            (Feminine, "les étudiant·e·s", "les étudiantes et étudiants"),
            (Feminine, "des conseiller.ère.s", "des conseillères et conseillers"),
            (Feminine, "les directeur/trice/s", "les directrices et directeurs"),
            (Feminine, "aux citoyen-ne-s", "aux citoyennes et citoyens"),
            (Feminine, "les travailleur·euse·s", "les travailleuses et travailleurs"),
            (Space, "deux  espaces", "deux espaces"),
            (Space, "un mot , puis", "un mot, puis"),
            (Space, "un mot,puis", "un mot, puis"),
            (Space, "le Québec ( ainsi que)", "le Québec (ainsi que)"),
            (Repeated, "le le ministère", "le ministère"),
            (Punctuation, "un mot - une incise", "un mot – une incise"),
        ],
    );
}

#[test]
fn english() {
    use Reason::{Date, Name, Number, Place, Punctuation, Repeated, Space, Time};
    assert_table(
        English,
        &[
            (Place, "in Quebec City", "in Québec City"),
            (Place, "Quebec's economy", "Québec's economy"),
            (Name, "the Government of Quebec", "the :fr[Gouvernement du Québec]"),
            (Name, "the Québec government", "the :fr[Gouvernement du Québec]"),
            (
                Name,
                "the Quebec Government Office in Paris",
                "the Québec Government Office in Paris",
            ),
            (
                Name,
                "the Department of International Relations and La Francophonie",
                "the :fr[Ministère des Relations internationales et de la Francophonie]",
            ),
            (
                Name,
                "the mission of the Ministère is",
                "the mission of the :fr[Ministère] is",
            ),
            (Date, "on 1 March 2026", "on March 1, 2026"),
            (Date, "on the 3rd of May", "on the May 3"),
            (Date, "on March 1st, 2026", "on March 1, 2026"),
            (Date, "on March 1 2026", "on March 1, 2026"),
            (Date, "by 12/31/2026", "by 2026-12-31"),
            (Time, "at 2:05 PM", "at 2:05 p.m."),
            (Time, "at 14 h 05", "at 2:05 p.m."),
            (Time, "at 9am", "at 9 a.m."),
            (Number, "25 % of all", "25% of all"),
            (Number, "some 1 234,50 $ more", "some $1,234.50 more"),
            (Number, "all 12 345 of them", "all 12,345 of them"),
            (Punctuation, "the « word » here", "the “word” here"),
            (Space, "what now ?", "what now?"),
            (Repeated, "of of the", "of the"),
        ],
    );
}

#[test]
fn what_is_right_is_left_alone() {
    for text in [
        "le 1er mars 2026 à 14 h 05, le 2 mai à 14\u{a0}h et le mardi 13 août",
        "1 234,50 $, 5 millions $, 25 %, de 2 à 5 ans, 3 millions de personnes, à 8 heures, 15 h 0 min 1 s",
        "L’État, les États-Unis, Étude; Le ministère des Finances et le Ministère",
        "© Gouvernement du Québec",
        "Ministère des Relations internationales et de la Francophonie",
        "la ministre, la déléguée générale, les étudiant(e)s, donnez-le, prends-les, et/ou, est-elle",
        "la représentante; M. Roy, conseiller; nous nous réunissons",
        "Québec (Québec)  G1R 5R9, 418 649-2400",
        "Saguenay–Lac-Saint-Jean, un ratio de 16:9:2",
        "`Quebec  Etat` et [le 1er](https://Quebec.example/Etat) ou info@Quebec.example",
        "    Etat  Quebec",
        "- un\n- deux",
        "fin.Les autres",
    ] {
        assert_eq!(advise(text, French), [], "{text}");
    }
    for text in [
        "March 1, 2026 at 2:05 p.m., 25%, $1,234.50, 1,234,567",
        "the :fr[Gouvernement du Québec] and the :fr[Ministère], at a Québec Government Office",
        "Quebecers said that that was so; call 418 649-2400",
    ] {
        assert_eq!(advise(text, English), [], "{text}");
    }
}

#[test]
fn what_only_the_writer_knows_has_no_answer() {
    for (text, reason) in [("le 03/04/2026", Reason::Date), ("un étudiant·e", Reason::Feminine)] {
        let found = advise(text, French);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].reason, found[0].better.as_ref()), (reason, None), "{text}");
        assert_eq!(apply(text, French, found[0].at.start, reason), None);
    }
}

#[test]
fn advice_that_no_longer_holds_is_not_followed() {
    let text = "**Quebec** et l’Etat";
    let advice = advise(text, French);
    assert_eq!(advice.len(), 2);
    assert_eq!(&text[advice[0].at.clone()], "Quebec");
    assert_eq!(
        apply(text, French, 2, Reason::Place).as_deref(),
        Some("**Québec** et l’Etat")
    );
    assert_eq!(apply(text, French, 2, Reason::Date), None);
    assert_eq!(apply(text, French, 3, Reason::Place), None);
}

fn typed() -> impl Strategy<Value = String> {
    let pieces = vec![
        " ",
        "  ",
        "\u{a0}",
        "\n",
        "**",
        "`",
        ":fr[",
        "]",
        "(",
        ")",
        ",",
        ".",
        "-",
        "·",
        "e",
        "s",
        "1",
        "12",
        "/2026",
        "$",
        "%",
        "h",
        "30",
        ":",
        "mars",
        "March",
        "Lundi",
        "Quebec",
        "Etat",
        "le",
        "le ",
        "Ministère des",
        "la directeur",
        "«",
        "»",
        "é",
        "œ",
        "\0",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn advice_stands_apart_and_changes_what_it_names(text in prop_oneof![3 => typed(), 1 => any::<String>()], english in any::<bool>()) {
        let language = if english { English } else { French };
        let found = advise(&text, language);
        prop_assert!(found.windows(2).all(|pair| pair[0].at.end <= pair[1].at.start));
        for advice in found {
            prop_assert!(!advice.at.is_empty() && text.is_char_boundary(advice.at.start) && text.is_char_boundary(advice.at.end));
            prop_assert_ne!(advice.better.as_deref(), Some(&text[advice.at.clone()]));
        }
    }
}

#[test]
fn long_texts_take_little_time_and_get_little_advice() {
    let text = "Quebec  Etat le 1 mars 8h30 étudiant·e·s ".repeat(1_000);
    for language in Language::ALL {
        assert_eq!(advise(&text, language).len(), MOST);
    }
}
