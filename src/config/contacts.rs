//! Whom to tell about a weakness of the site.

use std::str::FromStr;

/// Whom to tell about a weakness: addresses that RFC 9116 §2.5.3 allows, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts(pub Vec<String>);

impl FromStr for Contacts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let contact = |text: &str| match url::Url::parse(text) {
            Ok(address) if matches!(address.scheme(), "mailto" | "https" | "tel") && !address.path().is_empty() => {
                Ok(address.into())
            }
            _ => Err(format!("`{text}` does not begin with mailto:, https:// or tel:")),
        };
        text.split(',')
            .map(str::trim)
            .map(contact)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Setting;

    #[test]
    fn a_security_contact_is_an_address() {
        let contacts: Contacts = "mailto:securite@exemple.ca, tel:+1-418-555-0100".parse().unwrap();
        assert_eq!(contacts.0, ["mailto:securite@exemple.ca", "tel:+1-418-555-0100"]);
        for wrong in [
            "securite@exemple.ca",
            "http://exemple.ca",
            "mailto:",
            "",
            "https://exemple.ca,",
        ] {
            assert!(wrong.parse::<Contacts>().is_err(), "{wrong}");
        }
        assert_eq!("".parse::<Setting<Contacts>>().unwrap(), Setting(None));
    }
}
