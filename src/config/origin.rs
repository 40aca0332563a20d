//! The public origin of the site.

use std::net::SocketAddr;
use std::str::FromStr;

/// A public origin: scheme and authority, nothing after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The origin of the address that the program listens on.
    #[must_use]
    pub fn of(listening: SocketAddr) -> Self {
        Self(format!("http://{listening}"))
    }

    /// The absolute address of a path.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The origin itself, as browsers write it in `Origin`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what is sent there never leaves this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = url::Url::parse(&self.0).ok();
        match host.as_ref().and_then(url::Url::host) {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// Whether readers come over TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rule = "an origin is http:// or https://, a host and perhaps a port, nothing after";
        let parsed = url::Url::parse(text).map_err(|_| rule)?;
        let bare = parsed.path() == "/" && parsed.query().is_none() && parsed.fragment().is_none();
        if !matches!(parsed.scheme(), "http" | "https") || !bare || !parsed.username().is_empty() {
            return Err(rule.to_owned());
        }
        Ok(Self(parsed.origin().ascii_serialization()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_and_authority_alone() {
        assert_eq!(
            "https://exemple.ca/".parse::<Origin>().unwrap().address("/fr"),
            "https://exemple.ca/fr"
        );
        assert_eq!(
            "http://127.0.0.1:80".parse::<Origin>().unwrap().address(""),
            "http://127.0.0.1"
        );
        for wrong in [
            "exemple.ca",
            "ftp://exemple.ca",
            "https://exemple.ca/fr",
            "https://exemple.ca?x",
            "https://a@b",
        ] {
            assert!(wrong.parse::<Origin>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_this_machine_is_loopback() {
        let is_loopback = |text: &str| text.parse::<Origin>().unwrap().is_loopback();
        assert!(
            ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1"]
                .into_iter()
                .all(is_loopback)
        );
        assert!(
            ![
                "http://0.0.0.0:8080",
                "http://exemple.ca",
                "http://localhost.exemple.ca"
            ]
            .into_iter()
            .any(is_loopback)
        );
    }
}
