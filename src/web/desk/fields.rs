//! What a form sent, and the number that an address holds.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::header;
use axum::http::request::Parts;

use crate::error::{Error, Fault, Result};
use crate::model::Bilingual;
use crate::model::journal::FormId;

/// The most bytes that a form may send.
pub const LONGEST: usize = 512 * 1024;

/// The button by which a form was sent has this name. A form that holds a text, sent without, changes nothing: its page
/// is shown again with what it holds.
pub const DEED: &str = "do";

/// For whose account the page with the form was made: a form that holds a text says so, and is then never lost.
pub const ACCOUNT: &str = "account";

/// The fields of a form, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads the body of a form. Lines end as they do everywhere else, and no field holds the character that PostgreSQL
    /// cannot keep.
    pub fn parse(body: &[u8]) -> Self {
        let plain = |text: &str| text.replace("\r\n", "\n").replace('\0', "");
        let pairs = url::form_urlencoded::parse(body);
        Self(pairs.map(|(name, value)| (plain(&name), plain(&value))).collect())
    }

    /// The value of a field, empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(found, _)| found == name)
            .map_or("", |(_, value)| value)
    }

    /// The same, without the space around it.
    pub fn typed(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// What was typed in two fields, `name-fr` and `name-en`.
    pub fn pair(&self, name: &str) -> Bilingual<String> {
        Bilingual {
            fr: self.typed(&format!("{name}-fr")),
            en: self.typed(&format!("{name}-en")),
        }
    }

    /// By which button the form was sent.
    pub fn deed(&self) -> Option<&str> {
        self.has(DEED).then(|| self.get(DEED))
    }

    /// The number of the form, by which its deed is done once.
    pub fn form(&self) -> Option<FormId> {
        self.get("form").parse().ok()
    }

    /// Whether there is such a field.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(found, _)| found == name)
    }

    /// The same without some field.
    pub fn without(self, name: &str) -> Self {
        Self(self.0.into_iter().filter(|(found, _)| found != name).collect())
    }

    /// The same without passwords, which are kept nowhere.
    pub fn without_secrets(&self) -> Self {
        let plain = self.0.iter().filter(|(name, _)| !name.starts_with("password"));
        Self(plain.cloned().collect())
    }

    /// As the body of a form.
    pub fn written(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }

    /// Every field.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let (parts, body) = request.into_parts();
        if !is_form(&parts) {
            return Err(Error::Parameter {
                name: "",
                fault: Fault::Unreadable,
            });
        }
        Ok(Self::parse(&read(body).await?))
    }
}

/// Whether a request carries a form.
pub fn is_form(parts: &Parts) -> bool {
    let sent = parts.headers.get(header::CONTENT_TYPE);
    let kind = sent.and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next() == Some("application/x-www-form-urlencoded")
}

/// The whole of a body.
///
/// # Errors
/// It is longer than [`LONGEST`], or does not come.
pub async fn read(body: Body) -> Result<Bytes> {
    to_bytes(body, LONGEST).await.map_err(|_| Error::TooLarge)
}

/// The number in the address of a page about one thing.
#[derive(Debug, Clone, Copy)]
pub struct Numbered<T>(pub T);

impl<S: Send + Sync, T: From<i64>> FromRequestParts<S> for Numbered<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let named = RawPathParams::from_request_parts(parts, state).await;
        let named = named.map_err(|_| Error::NotFound)?;
        let number = named.iter().find(|(name, _)| *name == "number");
        let number = number.and_then(|(_, value)| value.parse::<i64>().ok());
        number.map(|number| Self(number.into())).ok_or(Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_typed() {
        let fields = Fields::parse(b"fr=L%C3%A9gende%0D%0Adeux&fr=x%00y&do=save&%ff=%ff");
        assert_eq!(fields.get("fr"), "Légende\ndeux");
        assert_eq!(fields.pairs()[1].1, "xy");
        assert_eq!(fields.deed(), Some("save"));
        assert_eq!((fields.get("en"), fields.has("en")), ("", false));
        assert_eq!(Fields::parse(b"").deed(), None);
    }
}
