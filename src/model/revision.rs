//! One immutable save of one document, both languages in it, made of passages.

use std::collections::HashSet;

use sqlx::{PgConnection, PgExecutor};

use crate::error::Result;
use crate::i18n::Language;
use crate::model::{AccountId, Bilingual, DocumentId, Slug, words};

words! {
    /// The named parts of a text, in the order in which they are read.
    Part {
        /// Its title; a representative's is the name.
        Title = "title",
        /// One or two sentences about it.
        Summary = "summary",
        /// A representative's function, as borne (Q18).
        Function = "function",
        /// The biography in one line.
        Short = "short",
        /// The biography in about 50 words.
        Medium = "medium",
        /// A representative's mandate.
        Mandate = "mandate",
        /// The whole biography.
        Biography = "biography",
        /// The text.
        Body = "body",
    }
}

impl Part {
    /// Whether it is shown as one line or one paragraph, so that one passage makes the whole of it.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Summary | Self::Function | Self::Short | Self::Medium
        )
    }
}

words! {
    /// What is declared of a text's English (design §2.5).
    English {
        /// It is there, whole.
        Present = "present",
        /// It will come.
        ToFollow = "to-follow",
        /// None is foreseen (Q16).
        None = "none",
    }
}

impl English {
    /// The language in which a text is given to readers of another: French, until there is an English.
    #[must_use]
    pub const fn spoken(self, language: Language) -> Language {
        match self {
            Self::Present => language,
            Self::ToFollow | Self::None => Language::French,
        }
    }
}

/// The permanent name of a passage in addresses: short, random, unique across documents, never reused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct Anchor(String);

impl Anchor {
    /// The anchor as it stands after `#`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Anchor {
    type Error = String;

    /// # Errors
    /// A sentence that names the anchor and the rule.
    fn try_from(text: String) -> std::result::Result<Self, String> {
        let mut bytes = text.bytes();
        let starts = bytes.next().is_some_and(|first| first.is_ascii_lowercase());
        if starts
            && (5..=8).contains(&text.len())
            && bytes.all(|b| b.is_ascii_lowercase() || (b'2'..=b'9').contains(&b))
        {
            Ok(Self(text))
        } else {
            Err(format!(
                "`{text}` is no anchor: 5 to 8 characters of a-z and 2-9, the first a letter"
            ))
        }
    }
}

/// One paragraph (title, heading, list …) in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The part it belongs to; its place there is its place among the passages of that part.
    pub part: Part,
    /// Its permanent anchor.
    pub anchor: Anchor,
    /// Its French, in Markdown; none once redacted.
    pub fr: Option<String>,
    /// Its English, in Markdown.
    pub en: Option<String>,
    /// The revision whose French this English renders.
    pub en_basis: Option<i32>,
    /// Of words that were removed by law: the digest that stays checkable, which later revisions carry on.
    pub digest: Option<Vec<u8>>,
}

impl Passage {
    /// The longest in one language, in characters, as the database bounds it.
    pub const LONGEST: usize = 20_000;

    /// Its words in a language, if it has any.
    #[must_use]
    pub fn words(&self, language: Language) -> Option<&str> {
        match language {
            Language::French => self.fr.as_deref(),
            Language::English => self.en.as_deref(),
        }
    }
}

/// The dates of an office and who came after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Office {
    /// First day in office.
    pub from: Option<jiff::civil::Date>,
    /// Last day in office: set once the office has ended.
    pub until: Option<jiff::civil::Date>,
    /// Who came after.
    pub successor: Option<DocumentId>,
}

/// All that one revision says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Last segments of its addresses; none for documents that the program knows by name.
    pub slug: Bilingual<Option<Slug>>,
    /// What is declared of its English.
    pub english: English,
    /// Its passages, by part and in order.
    pub passages: Vec<Passage>,
    /// Of a list: its members, in order.
    pub members: Vec<DocumentId>,
    /// Of a representative.
    pub office: Option<Office>,
}

impl Text {
    /// The passage under an anchor.
    #[must_use]
    pub fn passage(&self, anchor: &Anchor) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.anchor == *anchor)
    }

    /// Whether two texts say the same to readers: which French an English renders is not said.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let bare = |text: &Self| {
            let passages = text.passages.iter().map(|passage| Passage {
                en_basis: None,
                ..passage.clone()
            });
            Self {
                passages: passages.collect(),
                ..text.clone()
            }
        };
        bare(self) == bare(other)
    }
}

/// Where a revision comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The revision that it was made from.
    pub parent: Option<i32>,
    /// The other one, where two were brought together.
    pub merged_parent: Option<i32>,
    /// Whether it corrects the text in effect, beside what is drafted or scheduled.
    pub is_correction: bool,
    /// The draft that is abandoned for the parent, whose text it repeats.
    pub abandons: Option<i32>,
    /// Who saves it.
    pub author: AccountId,
    /// What its author says of it to colleagues.
    pub remark: Option<&'a str>,
}

/// Adds a revision with all that hangs on it, and seals it.
///
/// # Errors
/// The database refuses by name what the record may not hold.
pub async fn insert(
    connection: &mut PgConnection,
    document: DocumentId,
    number: i32,
    origin: Origin<'_>,
    text: &Text,
) -> Result<()> {
    let id = document.number();
    sqlx::query!(
        "insert into revision (document_id, number, parent, merged_parent, slug_fr, slug_en, english, author, remark, correction,
                               abandons)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        number,
        origin.parent,
        origin.merged_parent,
        text.slug.fr.as_ref().map(Slug::as_str),
        text.slug.en.as_ref().map(Slug::as_str),
        text.english.word(),
        origin.author.number(),
        origin.remark,
        origin.is_correction,
        origin.abandons,
    )
    .execute(&mut *connection)
    .await?;
    insert_passages(connection, id, number, &text.passages).await?;
    let members: Vec<i64> = text.members.iter().map(|member| member.number()).collect();
    sqlx::query!(
        "insert into list_item (document_id, number, position, member_id)
         select $1, $2, m.position, m.id from unnest($3::bigint[]) with ordinality as m (id, position)",
        id,
        number,
        &members,
    )
    .execute(&mut *connection)
    .await?;
    if let Some(office) = text.office {
        insert_office(connection, id, number, office).await?;
    }
    sqlx::query!(
        "update revision set digest = revision_digest(document_id, number) where document_id = $1 and number = $2",
        id,
        number,
    )
    .execute(&mut *connection)
    .await?;
    Ok(())
}

async fn insert_passages(connection: &mut PgConnection, id: i64, number: i32, passages: &[Passage]) -> Result<()> {
    let parts: Vec<String> = passages.iter().map(|passage| passage.part.word().to_owned()).collect();
    let anchors: Vec<String> = passages
        .iter()
        .map(|passage| passage.anchor.as_str().to_owned())
        .collect();
    let fr: Vec<Option<String>> = passages.iter().map(|passage| passage.fr.clone()).collect();
    let en: Vec<Option<String>> = passages.iter().map(|passage| passage.en.clone()).collect();
    let basis: Vec<Option<i32>> = passages.iter().map(|passage| passage.en_basis).collect();
    let digests: Vec<Option<Vec<u8>>> = passages.iter().map(|passage| passage.digest.clone()).collect();
    // An anchor that the document already has stays; one of another document's is refused by the passage's reference.
    sqlx::query!(
        "insert into anchor (anchor, document_id) select a, $1 from unnest($2::text[]) as a on conflict do nothing",
        id,
        &anchors,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into passage (document_id, number, part, position, anchor, fr, en, en_basis, salt, digest)
         select $1, $2, p.part, row_number() over (partition by p.part order by p.place), p.anchor, p.fr, p.en, p.basis,
                case when p.digest is null then fresh_salt() end, p.digest
           from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::bytea[])
                with ordinality as p (part, anchor, fr, en, basis, digest, place)",
        id,
        number,
        &parts,
        &anchors,
        &fr as &[Option<String>],
        &en as &[Option<String>],
        &basis as &[Option<i32>],
        &digests as &[Option<Vec<u8>>],
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_office(connection: &mut PgConnection, id: i64, number: i32, office: Office) -> Result<()> {
    let [from, until] = [office.from, office.until].map(|day| day.map(|day| day.to_string()));
    sqlx::query!(
        "insert into representative_detail (document_id, number, office_from, office_until, successor_id)
         values ($1, $2, $3::text::date, $4::text::date, $5)",
        id,
        number,
        from,
        until,
        office.successor.map(DocumentId::number),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Every anchor that a document has, or had.
///
/// # Errors
/// The database does not answer.
pub async fn anchors(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<HashSet<Anchor>> {
    let anchors = sqlx::query_scalar!(
        r#"select anchor as "anchor: Anchor" from anchor where document_id = $1"#,
        document.number(),
    )
    .fetch_all(executor)
    .await?;
    Ok(anchors.into_iter().collect())
}

/// New anchors, as many as are asked for.
///
/// # Errors
/// The database does not answer.
pub async fn draw_anchors(executor: impl PgExecutor<'_>, count: i32) -> Result<Vec<Anchor>> {
    Ok(sqlx::query_scalar!(
        r#"select draw_anchor() as "anchor!: Anchor" from generate_series(1, $1)"#,
        count
    )
    .fetch_all(executor)
    .await?)
}

/// Reads a whole revision: for the desk's role alone.
///
/// # Errors
/// The database does not answer, or there is no such revision.
pub async fn read(connection: &mut PgConnection, document: DocumentId, number: i32) -> Result<Text> {
    let id = document.number();
    let skeleton = sqlx::query!(
        r#"select r.slug_fr as "slug_fr: Slug", r.slug_en as "slug_en: Slug", r.english as "english: English",
                  d.number is not null as "has_office!", d.office_from::text, d.office_until::text,
                  d.successor_id as "successor: DocumentId"
             from revision r
             left join representative_detail d on d.document_id = r.document_id and d.number = r.number
            where r.document_id = $1 and r.number = $2"#,
        id,
        number,
    )
    .fetch_one(&mut *connection)
    .await?;
    let mut passages = sqlx::query_as!(
        Passage,
        r#"select part as "part: Part", anchor as "anchor: Anchor", fr, en, en_basis,
                  case when salt is null then digest end as digest
             from passage where document_id = $1 and number = $2 order by position"#,
        id,
        number,
    )
    .fetch_all(&mut *connection)
    .await?;
    passages.sort_by_key(|passage| passage.part);
    let members = sqlx::query_scalar!(
        r#"select member_id as "member: DocumentId" from list_item where document_id = $1 and number = $2 order by position"#,
        id,
        number,
    )
    .fetch_all(connection)
    .await?;
    Ok(Text {
        slug: Bilingual {
            fr: skeleton.slug_fr,
            en: skeleton.slug_en,
        },
        english: skeleton.english,
        passages,
        members,
        office: skeleton.has_office.then(|| Office {
            from: day(skeleton.office_from.as_deref()),
            until: day(skeleton.office_until.as_deref()),
            successor: skeleton.successor,
        }),
    })
}

/// A date as PostgreSQL writes it (ISO 8601).
pub(super) fn day(text: Option<&str>) -> Option<jiff::civil::Date> {
    text.and_then(|text| text.parse().ok())
}
