//! What only one browser, or the owner of one link, may hold: drawn by the operating system, kept by its digest alone.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// 256 random bits, written in 64 hexadecimal figures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub fn draw() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| Error::Internal(Box::new(error)))?;
        Ok(Self(bytes))
    }

    /// What the database keeps of it.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// Only where the secret is handed over: never in a log.
impl fmt::Display for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl FromStr for Secret {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(());
        }
        let mut bytes = [0; 32];
        for (byte, figures) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let figures = str::from_utf8(figures).map_err(|_| ())?;
            *byte = u8::from_str_radix(figures, 16).map_err(|_| ())?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_written_and_read_and_never_debugged() {
        let (one, other) = (Secret::draw().unwrap(), Secret::draw().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.to_string().parse(), Ok(one));
        assert_eq!(format!("{one:?}"), "Secret(…)");
        let written = one.to_string();
        for wrong in [
            &written[1..],
            &format!("{written}0"),
            &written.replace(|_| true, "é"),
            "",
        ] {
            assert_eq!(wrong.parse::<Secret>(), Err(()), "{wrong}");
        }
    }
}
