//! The rules on French, those that know most first.

use std::sync::LazyLock;

use super::rule::{Rule, Verdict};
use super::{Reason, amounts, dates, feminine, times};

/// Capitals that lost their accent; the plain ones and their longer kin.
const ACCENTS: &[(&str, &str)] = &[
    ("Ecole", "École"),
    ("Ecoles", "Écoles"),
    ("Economie", "Économie"),
    ("Economique", "Économique"),
    ("Ecosse", "Écosse"),
    ("Edition", "Édition"),
    ("Education", "Éducation"),
    ("Egalement", "Également"),
    ("Egalité", "Égalité"),
    ("Eglise", "Église"),
    ("Egypte", "Égypte"),
    ("Elaborer", "Élaborer"),
    ("Election", "Élection"),
    ("Elections", "Élections"),
    ("Elu", "Élu"),
    ("Elue", "Élue"),
    ("Emirats", "Émirats"),
    ("Emission", "Émission"),
    ("Energie", "Énergie"),
    ("Equateur", "Équateur"),
    ("Equipe", "Équipe"),
    ("Etablir", "Établir"),
    ("Etablissement", "Établissement"),
    ("Etablissements", "Établissements"),
    ("Etant", "Étant"),
    ("Etape", "Étape"),
    ("Etapes", "Étapes"),
    ("Etat", "État"),
    ("Etats", "États"),
    ("Etats-Unis", "États-Unis"),
    ("Ethiopie", "Éthiopie"),
    ("Ethique", "Éthique"),
    ("Etranger", "Étranger"),
    ("Etre", "Être"),
    ("Etude", "Étude"),
    ("Etudes", "Études"),
    ("Evaluation", "Évaluation"),
    ("Evaluer", "Évaluer"),
    ("Evénement", "Événement"),
    ("Ile", "Île"),
    ("Iles", "Îles"),
    ("Ca", "Ça"),
    ("ALÉNA", "ALENA"),
    ("ÉNAP", "ENAP"),
    ("OÉA", "OEA"),
];

/// Places, as the Commission de toponymie writes them (Q15).
const PLACES: &[(&str, &str)] = &[
    ("Quebec", "Québec"),
    ("Québecois", "Québécois"),
    ("Québecoise", "Québécoise"),
    ("Québecoises", "Québécoises"),
    ("québecois", "québécois"),
    ("québecoise", "québécoise"),
    ("québecoises", "québécoises"),
    ("Montreal", "Montréal"),
    ("Levis", "Lévis"),
    ("Gaspesie", "Gaspésie"),
    ("Trois-Rivieres", "Trois-Rivières"),
    ("Trois Rivières", "Trois-Rivières"),
    ("Saguenay-Lac-Saint-Jean", "Saguenay–Lac-Saint-Jean"),
];

/// Names in which only the first word, or none, has a capital.
const NAMES: &[(&str, &str)] = &[
    ("Relations Internationales", "Relations internationales"),
    ("Assemblée Nationale", "Assemblée nationale"),
    ("Conseil Exécutif", "Conseil exécutif"),
    ("Conseil des Ministres", "Conseil des ministres"),
    ("Charte de la Langue française", "Charte de la langue française"),
    ("Charte de la Langue Française", "Charte de la langue française"),
    ("Office Québécois", "Office québécois"),
    (
        "Organisation Internationale de la Francophonie",
        "Organisation internationale de la Francophonie",
    ),
    ("Union Européenne", "Union européenne"),
    ("Vision Internationale du Québec", "Vision internationale du Québec"),
    ("Délégation Générale", "Délégation générale"),
    ("Nations-Unies", "Nations Unies"),
];

/// The glossary.
const GLOSSARY: &[(&str, &str)] = &[
    ("e-mail", "courriel"),
    ("e-mails", "courriels"),
    ("E-mail", "Courriel"),
    ("email", "courriel"),
    ("emails", "courriels"),
    ("Email", "Courriel"),
    ("newsletter", "infolettre"),
    ("Newsletter", "Infolettre"),
];

/// Functions and bodies, lower case within a sentence (OQLF).
const LOWERED: &str =
    "Premier~Ministre|Première~Ministre|Premier~ministre|Première~ministre|Ministre|Sous-ministre|Délégué|Déléguée";

/// Words of which two in a row are one too many; `nous nous` and `vous vous` are French.
const REPEATED: &str =
    "de|des|du|le|la|les|à|au|aux|et|en|un|une|que|qui|dans|pour|par|sur|est|ce|cette|son|sa|ses|leur|leurs";

/// The rules.
pub(super) fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| all().into_iter().flatten().collect());
    &RULES
}

fn all() -> Vec<Option<Rule>> {
    let mut rules = dates::french();
    rules.extend(times::french());
    rules.extend(amounts::french());
    rules.extend(feminine::rules());
    rules.extend([
        Rule::listed(Reason::Accent, ACCENTS),
        Rule::template(
            Reason::Accent,
            r"(?:^|[.!?:]~|\n)(?P<x>A)~(?:l'|la\b|ce\b|cet\b|cette\b|chaque\b|partir\b|compter\b|titre\b|moins\b|cause\b)",
            "À",
        ),
        Rule::listed(Reason::Place, PLACES),
        Rule::listed(Reason::Name, NAMES),
        Rule::template(Reason::Capital, r"[\p{L}\d],?~(?:[ld]')?(?P<x>Ministère)~(?:des?|du|d')", "ministère"),
        Rule::template(Reason::Capital, r"\p{L},?~(?P<x>Gouvernement)~(?:du|des?|de~la)\b", "gouvernement"),
        Rule::worked(
            Reason::Capital,
            &format!(r"(?:\b(?:[Ll]e|[Ll]a|[Dd]u|[Aa]u|[Uu]ne?|[Ll]es|[Dd]es)~|\bl')(?P<x>{LOWERED})\b"),
            |found| Verdict::Better(found["x"].to_lowercase()),
        ),
        Rule::listed(Reason::Glossary, GLOSSARY),
    ]);
    rules.extend(spacing(REPEATED));
    rules
}

/// What both languages ask of spaces and signs; `repeated` are the words that never stand twice in a row.
pub(super) fn spacing(repeated: &str) -> Vec<Option<Rule>> {
    vec![
        Rule::worked(
            Reason::Repeated,
            &format!(r"(?i)\b(?P<x>(?P<one>{repeated})~+(?P<two>{repeated}))\b"),
            |found| {
                if found["one"].to_lowercase() == found["two"].to_lowercase() {
                    Verdict::Better(found["one"].to_owned())
                } else {
                    Verdict::Right
                }
            },
        ),
        // Two spaces stand before a postal code.
        Rule::worked(
            Reason::Space,
            r"(?P<x> {2,})(?P<postal>[A-Z]\d[A-Z])?",
            |found| match found.name("postal") {
                Some(_) => Verdict::Right,
                None => Verdict::Better(" ".to_owned()),
            },
        ),
        Rule::template(
            Reason::Space,
            r"(?P<x>(?P<word>\p{L}+)~+(?P<sign>[,.]))(?:\s|$)",
            "${word}${sign}",
        ),
        Rule::template(
            Reason::Space,
            r"(?P<x>(?P<left>\p{L}{2,})(?P<sign>[,;])(?P<right>\p{L}{2,}))",
            "${left}${sign} ${right}",
        ),
        Rule::template(Reason::Space, r"(?P<x>\(~+(?P<word>\p{L}+))", "(${word}"),
        Rule::template(Reason::Space, r"(?P<x>(?P<word>\p{L}+)~+\))", "${word})"),
        Rule::template(Reason::Punctuation, r"[\p{L}\d,)](?P<x>~-{1,2}~)[\p{L}\d(«]", " – "),
    ]
}
