//! How a text is cited: the sentence of the page, and the files that reference managers read (W26, W27).

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Format;
use super::head::{Form, Head};
use crate::error::{Error, Result};
use crate::i18n::{self, Language};
use crate::model::{Part, When, address, edition};
use crate::web::compose::Composition;
use crate::web::folio::{self, Folio, day_of};
use crate::web::speech::rich;
use crate::web::view::Html;

/// A text as one cites it: who says what, in which version, since when, at which permanent address.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The language of the page.
    pub language: Language,
    /// The text's title, bare words.
    pub title: String,
    /// The institution's name, bare words: it is the author.
    pub institution: String,
    /// The version's rank among those begun.
    pub version: i64,
    /// The day on which the version began, in Québec.
    pub day: Date,
    /// The absolute address of the version, which never shows another.
    pub address: String,
    /// The key under which reference managers file it.
    pub key: String,
    /// The ready sentence.
    pub sentence: Html,
    /// The path of the page, to which each form adds its extension.
    pub path: String,
}

impl Composition<'_> {
    /// How to cite the version of a text that is shown.
    ///
    /// # Errors
    /// Not found where the text has no address of its own; the database does not answer.
    pub async fn citation(&mut self, folio: &Folio) -> Result<Citation> {
        let language = self.language;
        let path = folio.path(language).ok_or(Error::NotFound)?;
        let present = folio::path(&folio.shown, language).ok_or(Error::NotFound)?;
        let begun = match &self.draft {
            Some(draft) if draft.is(folio) => Some(self.snapshot.at),
            _ => edition::beginning(self.snapshot.connection(), folio.shown.publication).await?,
        };
        let begun = begun.ok_or(Error::NotFound)?;
        let address = self.origin().address(&address::dated(&present, When::after(begun)));
        let day = day_of(begun);
        let version = folio.shown.version;
        let sentence = rich(
            language,
            "citation-sentence",
            &[
                ("institution", &self.frame.institution),
                ("title", &folio.inline(Part::Title, language).unwrap_or_default()),
                ("version", &Html::from_text(&version.to_string())),
                ("day", &Html(i18n::day_html(day, language))),
                ("address", &Html::from_text(&address)),
            ],
        );
        Ok(Citation {
            language,
            title: folio.plain(Part::Title, language),
            institution: self.frame.institution_name.clone(),
            version,
            day,
            address,
            key: format!("{}-{version}-{}", folio.shown.document, language.segment()),
            sentence,
            path,
        })
    }
}

impl Citation {
    /// The files that reference managers read: name and path.
    #[must_use]
    pub fn files(&self) -> [(&'static str, String); 3] {
        [
            ("BibTeX", Format::Bibtex),
            ("RIS", Format::Ris),
            ("CSL-JSON", Format::Csl),
        ]
        .map(|(name, format)| (name, format!("{}{}", self.path, format.extension())))
    }

    /// Adds what reference managers read in a page. In Dublin Core alone: `citation_title` would make Zotero file the
    /// page as a journal article.
    pub fn head(&self, head: &mut Head) {
        let names = [
            ("DC.type", "Text".to_owned()),
            ("DC.title", self.title.clone()),
            ("DC.creator", self.institution.clone()),
            ("DC.publisher", self.institution.clone()),
            ("DC.date", self.day.to_string()),
            ("DC.language", self.language.tag().to_owned()),
            ("DC.identifier", self.address.clone()),
        ];
        head.names.extend(names);
        let forms = [Format::Csl, Format::Ris, Format::Bibtex];
        head.forms.extend(forms.map(|format| Form::of(&self.path, format)));
    }

    /// CSL-JSON: an array of one item. Without `accessed`, since what the address shows never changes.
    #[must_use]
    pub fn csl(&self) -> Vec<u8> {
        let day: [i16; 3] = [self.day.year(), self.day.month().into(), self.day.day().into()];
        let item: Value = json!([{
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "author": [{ "literal": self.institution }],
            "container-title": self.institution,
            "publisher": self.institution,
            "issued": { "date-parts": [day] },
            "version": self.version.to_string(),
            "language": self.language.tag(),
            "URL": self.address,
        }]);
        item.to_string().into_bytes()
    }

    /// RIS: two spaces before each dash, lines ended by CR and LF.
    #[must_use]
    pub fn ris(&self) -> String {
        let day = self.day;
        let published = format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day());
        let fields = [
            ("TY", "ELEC"),
            ("ID", &self.key),
            ("TI", &self.title),
            ("AU", &self.institution),
            ("PB", &self.institution),
            ("PY", &day.year().to_string()),
            ("DA", &published),
            ("ET", &self.version.to_string()),
            ("LA", self.language.tag()),
            ("UR", &self.address),
            ("ER", ""),
        ];
        fields.map(|(tag, value)| format!("{tag}  - {value}\r\n")).concat()
    }

    /// BibTeX: `@online`, which biblatex knows and older styles read as `@misc`; hence both `date` and `year`. The
    /// author is a body, which double braces keep whole.
    #[must_use]
    pub fn bibtex(&self) -> String {
        let language = match self.language {
            Language::French => "french",
            Language::English => "english",
        };
        let fields = [
            ("title", format!("{{{}}}", latex(&self.title))),
            ("author", format!("{{{}}}", latex(&self.institution))),
            ("date", self.day.to_string()),
            ("year", self.day.year().to_string()),
            ("version", self.version.to_string()),
            ("langid", language.to_owned()),
            ("url", self.address.clone()),
        ];
        let lines = fields.map(|(name, value)| format!("  {name} = {{{value}}}"));
        format!("@online{{{},\n{}\n}}\n", self.key, lines.join(",\n"))
    }
}

/// Words with the characters that LaTeX gives a meaning escaped.
fn latex(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', character]),
            '\u{a0}' => escaped.push('~'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latex_prints_what_was_written() {
        assert_eq!(latex("50 % & {x}_\\"), "50 \\% \\& \\{x\\}\\_\\textbackslash{}");
        assert_eq!(latex("«\u{a0}œuvre\u{a0}»"), "«~œuvre~»");
    }
}
