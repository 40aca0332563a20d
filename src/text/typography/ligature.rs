//! The ligature œ, in a closed list of words: `coexister`, `moelle` or `poêle` must never get it.

use super::Sign;

/// Endings of a regular verb, its participles included.
const VERB: &str = "e es ons ez ent ais ait ions iez aient ai as a âmes âtes èrent er erai eras era erons erez eront \
                    erais erait erions eriez eraient asse asses ât assions assiez assent ant ants ante antes é ée és ées";

/// Endings of a noun whose plural takes an s, and of one that takes an x.
const PLURAL_S: &str = " s";
const PLURAL_X: &str = " x";

/// Stems spelled `oe`, each with the endings (between spaces; an empty one is the bare stem) that make it a word.
const WORDS: &[(&str, &str)] = &[
    ("boeuf", PLURAL_S),
    ("choeur", PLURAL_S),
    ("coeliaque", PLURAL_S),
    ("coeur", PLURAL_S),
    ("consoeur", PLURAL_S),
    ("contrecoeur", ""),
    ("désoeuvr", "é ée és ées ement ements"),
    ("écoeur", VERB),
    ("écoeurement", PLURAL_S),
    ("foet", "us al ale ales aux"),
    ("manoeuvr", VERB),
    ("manoeuvr", "able ables abilité abilités ier iers ière ières"),
    ("moeurs", ""),
    ("noeud", PLURAL_S),
    ("oecumén", "ique iques isme ismes iste istes"),
    ("oed", "ème èmes ipe ipien ipienne ipiens ipiennes"),
    ("oeil", ""),
    ("oeill", "ade ades ère ères et ets eton etons"),
    ("oeno", "logie logies logique logiques logue logues tourisme tourismes"),
    ("oesophag", "e es ien iens ienne iennes"),
    ("oestrog", "ène ènes énique éniques"),
    ("oeuf", PLURAL_S),
    ("oeuvr", VERB),
    ("oeuvrette", PLURAL_S),
    ("rancoeur", PLURAL_S),
    ("soeur", PLURAL_S),
    ("soeurette", PLURAL_S),
    ("voeu", PLURAL_X),
];

/// Joins `oe` into œ (`OE` and `Oe` into Œ) in the words of the list.
pub(super) fn join(signs: &mut [Sign]) {
    let mut start = 0;
    while start < signs.len() {
        let mut end = start;
        while end < signs.len() && is_word_sign(&signs[end]) && (end == start || !signs[end].spaced()) {
            end += 1;
        }
        join_word(&mut signs[start..end]);
        start = end.max(start + 1);
    }
}

fn is_word_sign(sign: &Sign) -> bool {
    !sign.fixed && !sign.absorbed && sign.is_wordy()
}

fn join_word(word: &mut [Sign]) {
    let oe = word
        .windows(2)
        .position(|pair| "oO".contains(pair[0].character) && "eE".contains(pair[1].character));
    let Some(place) = oe else { return };
    let spelled: String = word.iter().flat_map(|sign| sign.character.to_lowercase()).collect();
    if is_listed(&spelled) {
        word[place].character = if word[place].character == 'O' { 'Œ' } else { 'œ' };
        word[place + 1].absorbed = true;
    }
}

fn is_listed(word: &str) -> bool {
    WORDS.iter().any(|(stem, endings)| {
        word.strip_prefix(stem)
            .is_some_and(|ending| endings.split(' ').any(|listed| listed == ending))
    })
}
