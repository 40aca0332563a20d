//! What a request asks for: language, instant, page. Each parameter once, none unknown, so that a misspelled date is
//! never taken for the present.

use axum::http::Uri;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use utoipa::IntoParams;
use utoipa::openapi::schema::{AnyOfBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};

use super::words::one_of;
use crate::error::{Error, Fault, Result};
use crate::i18n::{self, Language};
use crate::model::{Instant, Kind, Snapshot, When, release};
use crate::web::cache::CachePolicy;
use crate::web::query::parameter;
use crate::web::{Site, past};

const LANGUAGE: &str = "lang";
const AS_OF: &str = "as_of";
const LIMIT: &str = "limit";
/// The name of the parameter that asks for the next page.
pub const CURSOR: &str = "cursor";
const KIND: &str = "kind";
const FROM: &str = "from";
const TO: &str = "to";

/// How many items a page holds, unless asked otherwise, and at most.
const USUAL: i64 = 50;
const MOST: i64 = 100;

/// The largest number that every reader of JSON keeps exactly (RFC 8259 §6).
pub const LARGEST: i64 = (1 << 53) - 1;

/// A parameter that cannot be used.
const fn refuse(name: &'static str, fault: Fault) -> Error {
    Error::Parameter { name, fault }
}

/// The parameters as they were given, each name known and given once.
pub struct Given(Vec<(&'static str, String)>);

impl Given {
    fn of(uri: &Uri, known: &[&'static str]) -> Result<Self> {
        let mut given: Vec<(&'static str, String)> = Vec::new();
        for (name, value) in url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
            let Some(known) = known.iter().find(|known| **known == name) else {
                return Err(refuse("", Fault::Unknown));
            };
            if given.iter().any(|(name, _)| name == known) {
                return Err(refuse(known, Fault::Repeated));
            }
            given.push((known, value.into_owned()));
        }
        Ok(Self(given))
    }

    fn read<T>(&self, name: &'static str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>> {
        let Some((_, text)) = self.0.iter().find(|(given, _)| *given == name) else {
            return Ok(None);
        };
        read(text).map(Some).ok_or(refuse(name, Fault::Unreadable))
    }

    fn require<T>(&self, name: &'static str, read: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        self.read(name, read)?.ok_or(refuse(name, Fault::Missing))
    }
}

/// The language in which to speak of a request, even of one that cannot be read.
pub fn language_of(uri: &Uri) -> Language {
    let named = parameter(uri.query(), LANGUAGE);
    named.and_then(|tag| language(&tag)).unwrap_or(Language::French)
}

fn language(tag: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.segment() == tag)
}

/// In which language, and as the public record stood at which instant.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Reading {
    #[param(schema_with = languages)]
    pub lang: Language,
    #[param(schema_with = instants)]
    as_of: Option<AsOf>,
}

impl Reading {
    /// Reads the parameters of one resource.
    ///
    /// # Errors
    /// [`Error::Parameter`]
    pub fn of(uri: &Uri) -> Result<Self> {
        Self::from(&Given::of(uri, &[LANGUAGE, AS_OF])?)
    }

    fn from(given: &Given) -> Result<Self> {
        Ok(Self {
            lang: given.read(LANGUAGE, language)?.unwrap_or(Language::French),
            as_of: given.read(AS_OF, AsOf::read)?,
        })
    }

    /// A snapshot whose instant is the one asked for, and what caches may do with what is read there.
    ///
    /// # Errors
    /// [`Error::Parameter`] where the instant is still ahead; the database does not answer.
    pub async fn snapshot(&self, site: &Site) -> Result<(Snapshot, CachePolicy)> {
        let mut snapshot = site.snapshot().await?;
        snapshot.shows_everything();
        let at = self.instant(snapshot.now)?;
        let policy = self.policy(at, snapshot.now);
        snapshot.turn_back(When::Now, at);
        Ok((snapshot, policy))
    }

    fn policy(&self, at: Instant, now: Instant) -> CachePolicy {
        self.as_of.map_or(CachePolicy::Page, |_| past::policy_at(at, now))
    }

    fn instant(&self, now: Instant) -> Result<Instant> {
        self.as_of.map_or(Ok(now), |as_of| as_of.instant(now))
    }
}

/// Which page of a list.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    #[param(schema_with = limits)]
    pub limit: i64,
    #[param(schema_with = cursors)]
    pub cursor: Option<Cursor>,
}

impl Paging {
    fn from(given: &Given, list: List) -> Result<Self> {
        let limit = |text: &str| whole(text).filter(|limit| *limit <= MOST);
        Ok(Self {
            limit: given.read(LIMIT, limit)?.unwrap_or(USUAL),
            cursor: given.read(CURSOR, |text| list.read(text))?,
        })
    }

    /// Reads the parameters of a list.
    ///
    /// # Errors
    /// [`Error::Parameter`]
    pub fn of(uri: &Uri, list: List) -> Result<(Reading, Self)> {
        let given = Given::of(uri, &[LANGUAGE, AS_OF, LIMIT, CURSOR])?;
        Ok((Reading::from(&given)?, Self::from(&given, list)?))
    }

    /// A snapshot for a page of a list: every page is read as of the last release before the first was asked for, so
    /// that what is published between two pages neither repeats nor hides an item, and that a page keeps its validator
    /// until something changes. With it, what caches may do with the page.
    ///
    /// # Errors
    /// As [`Reading::snapshot`].
    pub async fn snapshot(&self, reading: &Reading, site: &Site) -> Result<(Snapshot, CachePolicy)> {
        let mut snapshot = site.snapshot().await?;
        snapshot.shows_everything();
        let now = snapshot.now;
        let asked = reading.instant(now)?;
        let policy = reading.policy(asked, now);
        let at = match self.cursor {
            Some(cursor) if cursor.at > now => return Err(refuse(CURSOR, Fault::Unreadable)),
            // The first page chose the instant.
            Some(cursor) => Some(cursor.at),
            None => release::last(snapshot.connection(), asked).await?,
        };
        snapshot.turn_back(When::Now, at.unwrap_or(asked));
        Ok((snapshot, policy))
    }
}

/// Which kind of documents.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Choice {
    #[param(schema_with = kinds)]
    pub kind: Option<Kind>,
}

impl Choice {
    /// Reads the parameters of the list of documents.
    ///
    /// # Errors
    /// [`Error::Parameter`]
    pub fn of(uri: &Uri) -> Result<(Reading, Paging, Self)> {
        let given = Given::of(uri, &[LANGUAGE, AS_OF, LIMIT, CURSOR, KIND])?;
        let kind = |word: &str| Kind::ALL.iter().copied().find(|kind| kind.word() == word);
        let choice = Self {
            kind: given.read(KIND, kind)?,
        };
        Ok((Reading::from(&given)?, Paging::from(&given, List::Documents)?, choice))
    }
}

/// Which two versions to compare.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Pair {
    #[param(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub from: i64,
    #[param(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub to: i64,
}

impl Pair {
    /// Reads the parameters of a comparison.
    ///
    /// # Errors
    /// [`Error::Parameter`]
    pub fn of(uri: &Uri) -> Result<(Reading, Self)> {
        let given = Given::of(uri, &[LANGUAGE, AS_OF, FROM, TO])?;
        let pair = Self {
            from: given.require(FROM, whole)?,
            to: given.require(TO, whole)?,
        };
        Ok((Reading::from(&given)?, pair))
    }
}

/// The numbers in a path, from the document's on; none but a whole number as it is written names anything.
///
/// # Errors
/// [`Error::NotFound`]
pub fn numbers_in<const N: usize>(uri: &Uri) -> Result<[i64; N]> {
    let segments = uri.path().split('/').skip(4).step_by(2).take(N);
    let numbers: Option<Vec<i64>> = segments.map(whole).collect();
    numbers
        .and_then(|numbers| numbers.try_into().ok())
        .ok_or(Error::NotFound)
}

/// A whole number from 1, written in one way only.
fn whole(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    ((1..=LARGEST).contains(&number) && number.to_string() == text).then_some(number)
}

/// A day in Québec, or an instant.
#[derive(Debug, Clone, Copy)]
enum AsOf {
    Day(Date),
    Instant(Timestamp),
}

impl AsOf {
    /// `2026-03-14`, or an instant of RFC 3339 such as `2026-03-14T18:00:00Z`.
    fn read(text: &str) -> Option<Self> {
        let (moment, rest) = text.split_at_checked("2026-03-14T18:00:00".len()).unwrap_or((text, ""));
        // The library also reads years of six digits, times without minutes and names of zones.
        match form(moment).as_str() {
            "0000-00-00" => text.parse().ok().map(Self::Day),
            "0000-00-00T00:00:00" if is_offset(rest) => text.parse().ok().map(Self::Instant),
            _ => None,
        }
    }

    /// The instant: a day's is its last microsecond, today's the present; never one still ahead, except that less than
    /// one second ahead is the present (design §3).
    fn instant(self, now: Instant) -> Result<Instant> {
        let present = now.timestamp();
        let ahead = || refuse(AS_OF, Fault::Future);
        match self {
            Self::Day(day) if day > i18n::local_day(present) => Err(ahead()),
            Self::Day(day) if day == i18n::local_day(present) => Ok(now),
            Self::Day(day) => {
                let midnight = day.tomorrow().and_then(|next| next.to_zoned(i18n::zone().clone()));
                let last = midnight.and_then(|midnight| midnight.timestamp().checked_sub(1.microsecond()));
                last.map(Instant::from).map_err(|_| refuse(AS_OF, Fault::Unreadable))
            }
            Self::Instant(instant) if instant <= present => Ok(instant.into()),
            Self::Instant(instant) if instant.duration_since(present).as_secs() < 1 => Ok(now),
            Self::Instant(_) => Err(ahead()),
        }
    }
}

/// What a text looks like, each digit as 0.
fn form(text: &str) -> String {
    let digit = |found: char| if found.is_ascii_digit() { '0' } else { found };
    text.to_ascii_uppercase().chars().map(digit).collect()
}

/// What follows the seconds of an instant of RFC 3339: a fraction, if any, and the distance from UTC.
fn is_offset(text: &str) -> bool {
    let fraction = text.strip_prefix('.');
    let distance = fraction.map(|rest| rest.trim_start_matches(|found: char| found.is_ascii_digit()));
    let has_digits = fraction.is_none_or(|rest| rest.starts_with(|found: char| found.is_ascii_digit()));
    has_digits && matches!(form(distance.unwrap_or(text)).as_str(), "Z" | "+00:00" | "-00:00")
}

/// The lists that have pages, by the names of their operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The documents, after a number.
    Documents,
    /// The releases, before an instant in microseconds.
    Releases,
    /// The versions of a document, before a rank.
    Versions,
}

/// Where the next page begins: the instant of the first, and the last item seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The instant at which every page is read.
    at: Instant,
    /// The last item of the page before: a number, or an instant in microseconds.
    pub last: i64,
}

impl List {
    /// The list of an operation, if it is one.
    pub fn of(operation: &str) -> Option<Self> {
        match operation {
            "documents" => Some(Self::Documents),
            "releases" => Some(Self::Releases),
            "versions" => Some(Self::Versions),
            _ => None,
        }
    }

    /// How its cursors begin, so that no other list takes them.
    const fn letter(self) -> char {
        match self {
            Self::Documents => 'd',
            Self::Releases => 'r',
            Self::Versions => 'v',
        }
    }

    /// The form of its cursors: two numbers in base 16, neither beyond what numbers and instants need.
    pub fn pattern(self) -> String {
        format!("^{}[0-9a-f]{{1,14}}-[0-9a-f]{{1,14}}$", self.letter())
    }

    /// Writes the cursor of the page after the item `last`.
    pub fn cursor(self, at: Instant, last: i64) -> String {
        format!("{}{:x}-{last:x}", self.letter(), at.timestamp().as_microsecond())
    }

    fn read(self, text: &str) -> Option<Cursor> {
        let (at, last) = text.strip_prefix(self.letter())?.split_once('-')?;
        let number = |digits: &str| {
            let lower = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
            let is_written_so = digits.len() <= 14 && digits.bytes().all(lower);
            is_written_so.then(|| i64::from_str_radix(digits, 16).ok()).flatten()
        };
        let at = Timestamp::from_microsecond(number(at)?).ok()?;
        Some(Cursor {
            at: at.into(),
            last: number(last)?,
        })
    }
}

fn languages() -> Schema {
    one_of(Language::ALL.into_iter().map(Language::segment))
        .default(Some(Language::French.segment().into()))
        .into()
}

/// The kinds of documents, as a schema.
pub fn kinds() -> Schema {
    one_of(Kind::ALL.iter().map(|kind| kind.word())).into()
}

fn instants() -> Schema {
    let of = |format| ObjectBuilder::new().schema_type(Type::String).format(Some(format));
    let day = of(SchemaFormat::KnownFormat(KnownFormat::Date)).examples(["2026-03-14"]);
    let instant = of(SchemaFormat::KnownFormat(KnownFormat::DateTime)).examples(["2026-03-14T18:00:00Z"]);
    AnyOfBuilder::new().item(day).item(instant).into()
}

fn limits() -> Schema {
    let whole = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer));
    whole
        .minimum(Some(1))
        .maximum(Some(MOST))
        .default(Some(USUAL.into()))
        .into()
}

/// Each list has its own, which its description says.
fn cursors() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).into()
}

/// A whole number from 1, as a schema.
pub fn numbers() -> Schema {
    let whole = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer));
    whole.minimum(Some(1)).maximum(Some(LARGEST)).into()
}
