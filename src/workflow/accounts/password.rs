//! Passwords: which ones are refused, how they are kept (standards S1, S2).

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::error::{Error, Result};

/// The fewest characters of a password that is the only factor (NIST SP 800-63B-4).
pub const SHORTEST: usize = 15;

/// The most, so that nobody has a book hashed.
pub const LONGEST: usize = 256;

/// What must be left of a password once what anybody would try first is taken out, in characters.
const LEFT: usize = 8;

/// How many different characters a password holds at least.
const DIFFERENT: usize = 5;

/// Words that people who guess begin with; none of them protects anything. Without accents, in lower case.
const COMMON: [&str; 48] = [
    "motdepasse",
    "password",
    "passphrase",
    "bonjour",
    "soleil",
    "chocolat",
    "jetaime",
    "doudou",
    "bienvenue",
    "welcome",
    "letmein",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "dragon",
    "monkey",
    "master",
    "administrateur",
    "administrator",
    "administration",
    "admin",
    "secret",
    "canadien",
    "canadiens",
    "canada",
    "quebec",
    "montreal",
    "gouvernement",
    "government",
    "ministere",
    "ministry",
    "ministre",
    "minister",
    "mandat",
    "mandate",
    "mission",
    "vision",
    "changeme",
    "iloveyou",
    "trustno",
    "computer",
    "ordinateur",
    "internet",
    "pass",
    "test",
];

/// The rows of keyboards, and the alphabet: who slides along one adds little.
const ROWS: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
];

/// How many passwords are hashed at once: each takes 19 MiB and a processor.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What stands in for the hash of an account that does not exist, so that it takes as long to refuse.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IG9mIG91cnM$rp8NCxVrPOJ1KjVzM0wXmpYlCmoCF5uHf1mXG2eF5o8";

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// It has fewer than [`SHORTEST`] characters.
    Short,
    /// It has more than [`LONGEST`] characters.
    Long,
    /// It is made of what anybody would try first.
    Guessable,
}

/// A password that may be kept.
pub struct Password(String);

impl Password {
    /// Takes a password, unless it is weak. The context is what is known of its owner and of the place: e-mail address,
    /// name, institution.
    ///
    /// # Errors
    /// Why it is weak.
    pub fn choose(typed: &str, context: &[&str]) -> std::result::Result<Self, Weakness> {
        let password = normal(typed);
        let length = password.chars().count();
        if length < SHORTEST {
            return Err(Weakness::Short);
        }
        if length > LONGEST {
            return Err(Weakness::Long);
        }
        if is_guessable(&password, context) {
            return Err(Weakness::Guessable);
        }
        Ok(Self(password))
    }

    /// Hashes it.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub async fn hash(self) -> Result<String> {
        hashing(move || {
            let hash = argon2()?.hash_password(self.0.as_bytes());
            Ok(hash.map_err(|error| Error::Internal(Box::new(error)))?.to_string())
        })
        .await
    }
}

/// Whether what was typed is the password of this hash; without one, never, but after as long.
///
/// # Errors
/// The hash is not one of ours.
pub async fn is_right(typed: &str, hash: Option<&str>) -> Result<bool> {
    let exists = hash.is_some();
    let hash = hash.unwrap_or(NOBODY).to_owned();
    // Nobody's password is longer, and nobody has a book hashed.
    let typed: String = normal(typed).chars().take(LONGEST + 1).collect();
    let same = hashing(move || {
        let hash = PasswordHash::new(&hash).map_err(|error| Error::Internal(Box::new(error)))?;
        Ok(argon2()?.verify_password(typed.as_bytes(), &hash).is_ok())
    });
    Ok(same.await? && exists)
}

/// A new hash of the password that was typed, where the old one was made at another cost than hashes are made today.
///
/// # Errors
/// The hash is not one of ours; the operating system gives no random bytes.
pub async fn renewed(typed: &str, hash: &str) -> Result<Option<String>> {
    let hash = PasswordHash::new(hash).map_err(|error| Error::Internal(Box::new(error)))?;
    let cost = Params::try_from(&hash).map_err(|error| Error::Internal(Box::new(error)))?;
    let today = argon2()?;
    let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    if costs(&cost) == costs(today.params()) {
        return Ok(None);
    }
    Password(normal(typed)).hash().await.map(Some)
}

/// At least m = 19 MiB, t = 2, p = 1 (S1).
fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Does this on a thread that may be busy, a few at a time.
async fn hashing<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = HASHING
        .acquire()
        .await
        .map_err(|error| Error::Internal(Box::new(error)))?;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Internal(Box::new(error)))?
}

/// The same characters, however the keyboard composed them.
fn normal(typed: &str) -> String {
    typed.nfc().collect()
}

fn is_guessable(password: &str, context: &[&str]) -> bool {
    let mut left = folded(password);
    let known = context.iter().flat_map(|words| {
        let words = words.split(|sign: char| !sign.is_alphanumeric());
        words.map(folded).filter(|word| word.chars().count() >= 4)
    });
    let mut known: Vec<String> = COMMON.iter().map(|word| (*word).to_owned()).chain(known).collect();
    // The longest first, or a part would hide the whole.
    known.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in &known {
        left = left.replace(word.as_str(), "");
    }
    let mut different: Vec<char> = left.chars().collect();
    different.sort_unstable();
    different.dedup();
    effort(&left) < LEFT || different.len() < DIFFERENT
}

/// Letters and figures alone, in lower case, without accents; the signs that stand for letters as those letters.
fn folded(words: &str) -> String {
    let letters = words
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase);
    let plain = letters.map(|letter| match letter {
        '@' => 'a',
        '$' => 's',
        '!' => 'i',
        letter => letter,
    });
    plain.filter(|letter| letter.is_alphanumeric()).collect()
}

/// How many characters are neither the one before again nor its neighbour in a row.
fn effort(words: &str) -> usize {
    let follows = |one: char, other: char| {
        let neighbours = |row: &str| {
            let place = |letter| row.chars().position(|found| found == letter);
            place(one)
                .zip(place(other))
                .is_some_and(|(one, other)| one.abs_diff(other) <= 1)
        };
        one == other || ROWS.iter().any(|row| neighbours(row))
    };
    let letters: Vec<char> = words.chars().collect();
    let steps = letters.windows(2).filter(|pair| !follows(pair[0], pair[1])).count();
    steps + usize::from(!letters.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_would_try_first_is_refused() {
        let context = [
            "marie.tremblay@exemple.ca",
            "Marie Tremblay",
            "Ministère des Relations internationales",
        ];
        let weakness = |typed: &str| Password::choose(typed, &context).err();
        for (typed, expected) in [
            ("Ab3$efghij", Some(Weakness::Short)),
            ("quatorze-14-s!", Some(Weakness::Short)),
            ("123456789012345", Some(Weakness::Guessable)),
            ("aaaaaaaaaaaaaaaa", Some(Weakness::Guessable)),
            ("abcabcabcabcabcabc", Some(Weakness::Guessable)),
            ("qwertyuiopasdfghjkl", Some(Weakness::Guessable)),
            ("MotDePasse2026!!", Some(Weakness::Guessable)),
            ("P@ssword-P@ssword", Some(Weakness::Guessable)),
            ("Marie.Tremblay2026", Some(Weakness::Guessable)),
            ("Relations-internationales-1", Some(Weakness::Guessable)),
            ("Québec-Québec-Québec", Some(Weakness::Guessable)),
            ("le tramway roule sous la pluie", None),
            ("crayon girafe moulin", None),
            ("xK9#vT2mQp7!wZ4s", None),
        ] {
            assert_eq!(weakness(typed), expected, "{typed}");
        }
        assert_eq!(weakness(&"girafe moulin ".repeat(20)), Some(Weakness::Long));
    }

    #[tokio::test]
    async fn a_password_is_right_however_it_was_composed() {
        let chosen = Password::choose("Une forêt d\u{e9}bois\u{e9}e", &[]).ok().unwrap();
        let hash = chosen.hash().await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(
            is_right("Une for\u{65}\u{302}t de\u{301}boise\u{301}e", Some(&hash))
                .await
                .unwrap()
        );
        assert!(!is_right("Une forêt deboisee", Some(&hash)).await.unwrap());
        assert!(!is_right("Une forêt déboisée", None).await.unwrap());
    }
}
