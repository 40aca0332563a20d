//! The desk's cookies: secrets, for this site alone, out of the reach of scripts.
//!
//! Over TLS their names begin with `__Host-`: browsers then take them from this very host alone. On plain HTTP, where
//! only this machine may sign in, such a name would not be taken.

use axum::http::{HeaderMap, header};

use crate::config::Origin;
use crate::model::secret::Secret;

/// A cookie of the desk.
#[derive(Debug, Clone, Copy)]
pub struct Cookie {
    name: &'static str,
    /// How long browsers keep it, in seconds: longer than it counts, so that who had signed in is still known.
    seconds: i64,
}

/// The session.
pub const SESSION: Cookie = Cookie {
    name: "mandat-session",
    seconds: 36 * 3600,
};

/// The browser, which is known from then on.
pub const BROWSER: Cookie = Cookie {
    name: "mandat-browser",
    seconds: crate::model::browser::DAYS as i64 * 24 * 3600,
};

/// What opens the forms that are kept for this browser.
pub const FORM: Cookie = Cookie {
    name: "mandat-form",
    seconds: crate::model::kept::HOURS as i64 * 3600,
};

impl Cookie {
    /// What the browser sent.
    pub fn of(self, headers: &HeaderMap, origin: &Origin) -> Option<Secret> {
        let name = self.full_name(origin);
        let sent = headers.get_all(header::COOKIE).into_iter();
        let mut pairs = sent
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(found, _)| *found == name)?.1.parse().ok()
    }

    /// What makes the browser keep this secret.
    pub fn set(self, secret: &Secret, origin: &Origin) -> String {
        self.write(&secret.to_string(), self.seconds, origin)
    }

    /// What makes the browser forget it.
    pub fn forget(self, origin: &Origin) -> String {
        self.write("", 0, origin)
    }

    fn full_name(self, origin: &Origin) -> String {
        let prefix = if origin.is_secure() { "__Host-" } else { "" };
        format!("{prefix}{}", self.name)
    }

    fn write(self, value: &str, seconds: i64, origin: &Origin) -> String {
        let name = self.full_name(origin);
        let secure = if origin.is_secure() { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }
}
