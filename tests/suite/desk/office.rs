//! People at work at the desk: each with a browser that fills in forms as it finds them.

use mandat::model::{AccountId, Part, Role, account, dossier, revision};
use mandat::workflow::drafting;
use mandat::workflow::{Actor, Done};

use crate::support::browser::{Browser, PASSWORD};
use crate::support::database::TestDatabase;
use crate::support::form::Form;
use crate::support::staff::writing;
use crate::support::visitor::{Answer, Visitor};

/// The desk of a ministry with the founding content.
pub struct Office {
    pub database: TestDatabase,
    pub author: Browser,
    pub editor: Browser,
    pub administrator: Browser,
    /// Whoever reads the site.
    pub reader: Visitor,
}

impl Office {
    /// Everybody has signed in.
    pub async fn new() -> Self {
        let database = TestDatabase::founded().await;
        Self {
            author: Browser::signed_in(&database, Role::Author).await,
            editor: Browser::signed_in(&database, Role::Editor).await,
            administrator: Browser::signed_in(&database, Role::Administrator).await,
            reader: Visitor::new(&database),
            database,
        }
    }

    /// Stops the clock at an instant; whoever works there then has signed in again.
    pub async fn wait_until(&self, instant: &str) {
        self.database.set_clock(instant).await;
        for (browser, role) in [(&self.author, "author"), (&self.editor, "editor")] {
            let email = format!("{role}@exemple.ca");
            browser.sign_in(&email, PASSWORD).await.is(303);
        }
    }

    /// Somebody of a role, as deeds know them.
    pub async fn actor(&self, role: Role) -> Actor {
        let email = format!("{}@exemple.ca", role.word());
        let found = account::by_email(&self.database.pools.desk, &email).await.unwrap();
        let account: AccountId = found.unwrap().id;
        Actor { account, role }
    }

    /// A draft by somebody of a role, with these French words at the end of a document's first passage of text.
    pub async fn draft(&self, role: Role, document: i64, words: &str) -> i32 {
        let mut connection = self.database.pools.desk.acquire().await.unwrap();
        let opened = dossier::read(&mut connection, document.into()).await.unwrap();
        let base = opened.opening().unwrap();
        drop(connection);
        self.draft_on(role, document, base, words).await
    }

    /// The same, on a revision that others may have gone on from.
    pub async fn draft_on(&self, role: Role, document: i64, base: i32, words: &str) -> i32 {
        let mut connection = self.database.pools.desk.acquire().await.unwrap();
        let mut writing = writing(&revision::read(&mut connection, document.into(), base).await.unwrap());
        let body = writing.passages.iter().position(|passage| passage.part == Part::Body);
        let passage = &mut writing.passages[body.unwrap_or(0)];
        passage.fr = format!("{} {words}", passage.fr);
        let actor = self.actor(role).await;
        let saved = drafting::save(
            &self.database.pools.desk,
            &actor,
            None,
            document.into(),
            base,
            &writing,
            false,
        );
        match saved.await.unwrap() {
            Done::Now(saved) => saved.number(),
            Done::Again(line) => panic!("{line:?}"),
        }
    }

    /// A draft that was submitted and approved through the pages.
    pub async fn approved(&self, document: i64, words: &str) {
        self.draft(Role::Author, document, words).await;
        let review = review(document);
        press(&self.author, &review, "submit", &[]).await.is(303);
        press(&self.editor, &review, "approve", &[]).await.is(303);
    }

    /// Whether the French page of a mandate shows these words.
    pub async fn shows(&self, path: &str, words: &str) -> bool {
        let page = self.reader.get(path).await;
        page.words("main").concat().contains(words)
    }

    /// One value of the database, as text.
    pub async fn ask(&self, sql: &'static str) -> String {
        let asked = sqlx::query_scalar::<_, Option<String>>(sql);
        let found = asked.fetch_one(&mut self.database.as_owner().await).await.unwrap();
        found.unwrap_or_default()
    }
}

/// The page on which a document's draft is decided about.
pub fn review(document: i64) -> String {
    format!("/admin/fr/documents/{document}/examen")
}

/// The page on which a document's draft is published.
pub fn publication(document: i64) -> String {
    format!("/admin/fr/documents/{document}/publication")
}

/// Opens a page, fills in what is named of the form that has this button, and presses it.
pub async fn press(browser: &Browser, path: &str, button: &str, typed: &[(&str, &str)]) -> Answer {
    let page = browser.get(path).await;
    page.is(200);
    send(browser, &page, button, typed).await
}

/// Presses a button of a page that is open.
pub async fn send(browser: &Browser, page: &Answer, button: &str, typed: &[(&str, &str)]) -> Answer {
    let form = Form::of(page, &format!("main form:has(button[value={button}])"));
    let filled = typed.iter().fold(form, |form, (name, value)| form.with(name, value));
    filled.send(browser, button).await
}
