//! The words of the interface: Fluent messages from `locales/`, compiled into the program.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Language;

/// An argument of a message: text or a number.
pub type Value<'a> = FluentValue<'a>;

type Bundle = FluentBundle<FluentResource>;

/// Makes [`sources`] of the files' names, given once so that both languages have the same.
macro_rules! sources {
    ($($name:literal),+ $(,)?) => {
        /// The files of a language: name and text.
        #[must_use]
        pub const fn sources(language: Language) -> &'static [(&'static str, &'static str)] {
            match language {
                Language::French => &[$(($name, include_str!(concat!("../../locales/fr/", $name)))),+],
                Language::English => &[$(($name, include_str!(concat!("../../locales/en/", $name)))),+],
            }
        }
    };
}

sources!(
    "frame.ftl",
    "public.ftl",
    "history.ftl",
    "errors.ftl",
    "api.ftl",
    "refusals.ftl",
    "correction.ftl",
    "deeds.ftl",
    "formats.ftl",
    "review.ftl",
    "search.ftl",
    "quote.ftl",
    "editor.ftl",
    "advice.ftl",
    "desk.ftl",
    "accounts.ftl",
);

static FRENCH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::French));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English));

/// The message `key` in one language, with its arguments.
///
/// A key or an argument that is missing is a fault of ours, which the suite looks for: it stops a debug build; a
/// release logs it and shows the key. It never shows the other language.
#[must_use]
pub fn message(language: Language, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
    let bundle = match language {
        Language::French => &*FRENCH,
        Language::English => &*ENGLISH,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|found| found.value()) else {
        return fault(language, key, "no such message");
    };
    let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
    match errors.first() {
        None => text.into_owned(),
        Some(error) => fault(language, key, &error.to_string()),
    }
}

fn bundle(language: Language) -> Bundle {
    let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The isolation marks U+2068 and U+2069 serve mixed directions of writing, and would end up in titles.
    bundle.set_use_isolating(false);
    for (name, text) in sources(language) {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partial, errors)| {
            fault(language, name, &format!("{errors:?}"));
            partial
        });
        if let Err(errors) = bundle.add_resource(resource) {
            fault(language, name, &format!("{errors:?}"));
        }
    }
    bundle
}

fn fault(language: Language, key: &str, problem: &str) -> String {
    debug_assert!(false, "message {key} in {}: {problem}", language.tag());
    tracing::error!(key, language = language.tag(), problem, "a message cannot be shown");
    key.to_owned()
}
