//! People of the ministry, for tests of deeds.

use mandat::model::account::Role;
use mandat::model::dossier::{self, Dossier};
use mandat::model::{AccountId, DocumentId, Part, Passage, Text, revision};
use mandat::workflow::drafting::{self, Saved, Translation, Typed, Writing};
use mandat::workflow::releasing::{Moment, Order, Outcome, Release, publish};
use mandat::workflow::reviewing::{approve, submit};
use mandat::workflow::{Actor, Done};
use sqlx::{PgConnection, PgPool};

use super::database::TestDatabase;

/// The founding content, and five people.
pub struct Staff {
    /// Where they work.
    pub database: TestDatabase,
    /// Two authors.
    pub author: Actor,
    /// The other one.
    pub colleague: Actor,
    /// Two editors.
    pub editor: Actor,
    /// The other one.
    pub second_editor: Actor,
    /// An administrator.
    pub administrator: Actor,
}

impl Staff {
    /// Everybody at work.
    pub async fn new() -> Self {
        let database = TestDatabase::founded().await;
        let mut owner = database.as_owner().await;
        let [author, colleague, editor, second_editor, administrator] = [
            hire(&mut owner, "autrice", Role::Author).await,
            hire(&mut owner, "collegue", Role::Author).await,
            hire(&mut owner, "approbatrice", Role::Editor).await,
            hire(&mut owner, "approbateur", Role::Editor).await,
            hire(&mut owner, "administratrice", Role::Administrator).await,
        ];
        Self {
            database,
            author,
            colleague,
            editor,
            second_editor,
            administrator,
        }
    }

    /// The pool of the desk.
    pub const fn desk(&self) -> &PgPool {
        &self.database.pools.desk
    }

    /// Where a document's texts stand.
    pub async fn dossier(&self, document: i64) -> Dossier {
        let mut connection = self.desk().acquire().await.unwrap();
        dossier::read(&mut connection, DocumentId::from(document))
            .await
            .unwrap()
    }

    /// A revision's text.
    pub async fn text(&self, document: i64, number: i32) -> Text {
        let mut connection = self.desk().acquire().await.unwrap();
        revision::read(&mut connection, document.into(), number).await.unwrap()
    }

    /// Saves a document's revision as somebody changed it.
    pub async fn save(&self, actor: &Actor, document: i64, base: i32, change: impl FnOnce(&mut Writing)) -> Saved {
        let mut writing = writing(&self.text(document, base).await);
        change(&mut writing);
        let saved = drafting::save(self.desk(), actor, None, document.into(), base, &writing, false).await;
        now(saved.unwrap())
    }

    /// Saves a document's revision with a French title of somebody's own.
    pub async fn retitle(&self, actor: &Actor, document: i64, base: i32, words: &str) -> Saved {
        let change = |writing: &mut Writing| words.clone_into(&mut writing.passages[0].fr);
        self.save(actor, document, base, change).await
    }

    /// The author's draft with a new French title, on the text where a document opens.
    pub async fn draft(&self, document: i64, words: &str) -> i32 {
        let base = self.dossier(document).await.opening().unwrap();
        self.retitle(&self.author, document, base, words).await.number()
    }
}

impl Staff {
    /// Has a draft approved.
    pub async fn approve(&self, document: i64, number: i32) {
        let document = DocumentId::from(document);
        now(submit(self.desk(), &self.author, None, document, number, None)
            .await
            .unwrap());
        now(approve(self.desk(), &self.editor, None, document, number)
            .await
            .unwrap());
    }

    /// An approved draft with a new French title.
    pub async fn approved(&self, document: i64, words: &str) -> i32 {
        let number = self.draft(document, words).await;
        self.approve(document, number).await;
        number
    }

    /// Makes a text public, which nothing speaks against.
    pub async fn publish(&self, order: &Order) -> Release {
        match now(publish(self.desk(), &self.editor, None, order).await.unwrap()) {
            Outcome::Released(release) => release,
            other => panic!("{other:?}"),
        }
    }
}

/// An order to make one text public now.
pub fn order(document: i64, number: i32) -> Order {
    Order {
        texts: vec![(document.into(), number)],
        moment: Moment::Now,
        note: None,
        minor: false,
        emergency: None,
        early: false,
        told: None,
    }
}

/// A moment ahead, such as `2030-03-01T12:00:00Z`.
pub fn at(instant: &str) -> Moment {
    let instant: jiff::Timestamp = instant.parse().unwrap();
    Moment::At {
        at: instant.into(),
        local: mandat::i18n::local(instant),
    }
}

/// A new account with a password that nobody knows.
pub async fn hire(owner: &mut PgConnection, name: &str, role: Role) -> Actor {
    let id: i64 = sqlx::query_scalar(
        "insert into account (name, email, role, password) values ($1, $1 || '@exemple.ca', $2, '$argon2id$') returning id",
    )
    .bind(name)
    .bind(role.word())
    .fetch_one(owner)
    .await
    .unwrap();
    Actor {
        account: AccountId::from(id),
        role,
    }
}

/// A text as the form of the editor gives it back unchanged.
pub fn writing(text: &Text) -> Writing {
    Writing {
        slug: text.slug.clone(),
        english: text.english,
        passages: text.passages.iter().map(typed).collect(),
        members: text.members.clone(),
        office: text.office,
        remark: None,
    }
}

fn typed(passage: &Passage) -> Typed {
    Typed {
        part: passage.part,
        anchor: Some(passage.anchor.clone()),
        fr: passage.fr.clone().unwrap_or_default(),
        en: passage.en.clone().unwrap_or_default(),
        translation: Translation::AsEdited,
    }
}

/// A new passage of the body.
pub fn paragraph(fr: &str, en: &str) -> Typed {
    Typed {
        part: Part::Body,
        anchor: None,
        fr: fr.to_owned(),
        en: en.to_owned(),
        translation: Translation::AsEdited,
    }
}

/// What a deed did, which did it now.
pub fn now<T>(done: Done<T>) -> T {
    match done {
        Done::Now(done) => done,
        Done::Again(line) => panic!("done before: {line:?}"),
    }
}
