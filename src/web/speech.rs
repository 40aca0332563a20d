//! Messages as pages and their templates say them.

use std::fmt;

use askama::filters::HtmlSafe;

use super::view::Html;
use crate::i18n::{Language, Value, message};
use crate::text;

/// Whatever speaks one language, as the shells of both sites do.
pub trait Speaks {
    /// Which.
    fn language(&self) -> Language;

    /// A message without arguments.
    #[must_use]
    fn t(&self, key: &str) -> String {
        message(self.language(), key, &[])
    }

    /// A message whose arguments are plain text or numbers.
    #[must_use]
    fn with<'a, V: Into<Value<'a>> + Clone>(&self, key: &str, arguments: &[(&'a str, V)]) -> String {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|(name, value)| (*name, value.clone().into()))
            .collect();
        message(self.language(), key, &arguments)
    }

    /// A message whose arguments are HTML.
    #[must_use]
    fn rich<T: fmt::Display + HtmlSafe>(&self, key: &str, arguments: &[(&str, &T)]) -> Html {
        rich(self.language(), key, arguments)
    }
}

/// A message whose arguments are HTML: its own words are escaped, its arguments are not.
#[must_use]
pub fn rich<T: fmt::Display + HtmlSafe>(language: Language, key: &str, arguments: &[(&str, &T)]) -> Html {
    // Each argument passes through the message as a private-use character, which no escaping touches.
    let places = || ('\u{e000}'..).map(String::from);
    let marked: Vec<_> = arguments
        .iter()
        .zip(places())
        .map(|((name, _), place)| (*name, Value::from(place)))
        .collect();
    let escaped = Html::from_text(&message(language, key, &marked)).to_string();
    let fill =
        |text: String, ((_, argument), place): (&(&str, &T), String)| text.replace(&place, &argument.to_string());
    Html(text::Html::trusted(arguments.iter().zip(places()).fold(escaped, fill)))
}
