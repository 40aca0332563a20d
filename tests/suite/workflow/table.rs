//! Each deed from each place, by each role: what the table says is what happens.

use std::collections::BTreeMap;

use mandat::error::{Denied, Error};
use mandat::model::account::Role;
use mandat::model::dossier::State;
use mandat::model::journal::Deed;
use mandat::model::{Bilingual, DocumentId, English, Kind, Slug, Withdrawn};
use mandat::workflow::drafting::{self, Beginning};
use mandat::workflow::releasing::{self, Moment, Order, Withdrawal};
use mandat::workflow::transitions::{TABLE, allowed, check};
use mandat::workflow::{Actor, redacting, reviewing};

use crate::support::staff::{Staff, at, now, order, paragraph, writing};

/// The founding content, people, and documents on their way, each deed a minute after the one before.
struct Table {
    staff: Staff,
    minutes: u32,
    documents: u32,
}

impl Table {
    async fn later(&mut self) {
        self.minutes += 1;
        let clock = format!("2030-01-01T{:02}:{:02}:00Z", self.minutes / 60, self.minutes % 60);
        self.staff.database.set_clock(&clock).await;
    }

    /// A new page whose first revision stands in a place.
    async fn document(&mut self, state: State) -> i64 {
        self.documents += 1;
        let beginning = Beginning {
            kind: Kind::Page,
            title: Bilingual {
                fr: "Un essai".to_owned(),
                en: "A trial".to_owned(),
            },
            slug: Bilingual {
                fr: Slug::try_from(format!("essai-{}", self.documents)).ok(),
                en: None,
            },
            english: English::Present,
        };
        let made = drafting::create(self.staff.desk(), &self.staff.author, None, &beginning).await;
        let document = now(made.unwrap()).document.number();
        match state {
            State::Draft => {}
            State::Submitted => self.submit(document).await,
            State::Approved => self.staff.approve(document, 1).await,
            State::Scheduled => {
                self.staff.approve(document, 1).await;
                let order = Order {
                    moment: at("2031-01-01T00:00:00Z"),
                    ..order(document, 1)
                };
                self.staff.publish(&order).await;
            }
            State::Live => self.publish(document, 1).await,
            State::Withdrawn | State::Removed => {
                self.publish(document, 1).await;
                let kind = if state == State::Removed {
                    Withdrawn::Removed
                } else {
                    Withdrawn::Withdrawn
                };
                self.attempt(
                    &self.staff.editor,
                    if kind == Withdrawn::Removed {
                        Deed::Remove
                    } else {
                        Deed::Withdraw
                    },
                    document,
                )
                .await
                .unwrap();
            }
            State::Past => {
                self.publish(document, 1).await;
                let second = self.staff.approved(document, "Un autre essai").await;
                self.staff.publish(&order(document, second)).await;
            }
        }
        self.later().await;
        assert_eq!(self.staff.dossier(document).await.state(1), Some(state));
        document
    }

    async fn submit(&self, document: i64) {
        let submitted = reviewing::submit(self.staff.desk(), &self.staff.author, None, document.into(), 1, None).await;
        now(submitted.unwrap());
    }

    async fn publish(&mut self, document: i64, number: i32) {
        self.staff.approve(document, number).await;
        self.staff.publish(&order(document, number)).await;
        self.later().await;
    }

    /// Does a deed to a document's first revision.
    async fn attempt(&self, actor: &Actor, deed: Deed, document: i64) -> Result<(), Error> {
        let (desk, id) = (self.staff.desk(), DocumentId::from(document));
        let text = self.staff.text(document, 1).await;
        match deed {
            Deed::Save => {
                let mut changed = writing(&text);
                changed.passages.push(paragraph("De plus", "More"));
                drafting::save(desk, actor, None, id, 1, &changed, false)
                    .await
                    .map(drop)
            }
            Deed::Restore => drafting::restore(desk, actor, None, id, 1, 1).await.map(drop),
            Deed::Level => drafting::level(desk, actor, None, id, 1, &[text.passages[0].anchor.clone()])
                .await
                .map(drop),
            Deed::Abandon => drafting::abandon(desk, actor, None, id, 1).await.map(drop),
            Deed::Submit => reviewing::submit(desk, actor, None, id, 1, None).await.map(drop),
            Deed::TakeBack => reviewing::take_back(desk, actor, None, id, 1).await.map(drop),
            Deed::Approve => reviewing::approve(desk, actor, None, id, 1).await.map(drop),
            Deed::Return => reviewing::give_back(desk, actor, None, id, 1, "À revoir")
                .await
                .map(drop),
            Deed::Publish => releasing::publish(desk, actor, None, &order(document, 1))
                .await
                .map(drop),
            Deed::Schedule => {
                let order = Order {
                    moment: at("2030-12-01T00:00:00Z"),
                    ..order(document, 1)
                };
                releasing::publish(desk, actor, None, &order).await.map(drop)
            }
            Deed::Move => releasing::shift(
                desk,
                actor,
                None,
                self.release(document).await,
                at("2030-12-01T00:00:00Z"),
            )
            .await
            .map(drop),
            Deed::Cancel => releasing::cancel(desk, actor, None, self.release(document).await)
                .await
                .map(drop),
            Deed::Withdraw | Deed::Remove => {
                let withdrawal = Withdrawal {
                    document: id,
                    kind: if deed == Deed::Remove {
                        Withdrawn::Removed
                    } else {
                        Withdrawn::Withdrawn
                    },
                    reason: Bilingual {
                        fr: "Caduc".to_owned(),
                        en: "Lapsed".to_owned(),
                    },
                    successor: None,
                    moment: Moment::Now,
                };
                releasing::withdraw(desk, actor, None, &withdrawal).await.map(drop)
            }
            Deed::BringBack => releasing::bring_back(desk, actor, None, id, None).await.map(drop),
            Deed::Redact => {
                let anchor = text.passages[0].anchor.clone();
                redacting::redact(desk, actor, None, id, &[anchor], "Loi, art. 1")
                    .await
                    .map(drop)
            }
            Deed::Merge => {
                let none = BTreeMap::new();
                drafting::bring_together(desk, actor, None, id, 1, 1, &none)
                    .await
                    .map(drop)
            }
            Deed::Create
            | Deed::Import
            | Deed::SetFourEyes
            | Deed::OpenAccount
            | Deed::CloseAccount
            | Deed::ReopenAccount
            | Deed::ChangeRole
            | Deed::ResetPassword
            | Deed::Found
            | Deed::ChoosePassword
            | Deed::ChangePassword => unreachable!("{deed:?} begins from no text"),
        }
    }

    /// The last release of a document.
    async fn release(&self, document: i64) -> i64 {
        let last = "select coalesce(max(release_id), 0) from publication where document_id = $1";
        sqlx::query_scalar(last)
            .bind(document)
            .fetch_one(self.staff.desk())
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn every_deed_does_what_the_table_says() {
    let mut table = Table {
        staff: Staff::new().await,
        minutes: 0,
        documents: 0,
    };
    table.later().await;
    let actors = [table.staff.author, table.staff.editor, table.staff.administrator];
    let mut tried = 0;
    for rule in TABLE {
        for &state in State::ALL {
            let document = table.document(state).await;
            // From the least role on: whoever is denied changes nothing, and the first who is not has done it.
            for actor in &actors {
                let from = match (rule.deed, state) {
                    // It is the live text that leaves, which here is another.
                    (Deed::Withdraw | Deed::Remove, State::Past) => State::Live,
                    _ => state,
                };
                let expected = check(rule.deed, from, actor.role, false).map_err(|error| error.to_string());
                let done = table.attempt(actor, rule.deed, document).await;
                let context = format!("{:?} from {state:?} by {:?}: {done:?}", rule.deed, actor.role);
                tried += 1;
                let done = match done {
                    // Of one revision alone nothing can be brought together.
                    Err(Error::Denied(Denied::State)) if rule.deed == Deed::Merge => Ok(()),
                    // Without a first revision nothing would be left.
                    Err(Error::Denied(Denied::State)) if (rule.deed, state) == (Deed::Abandon, State::Draft) => Ok(()),
                    done => done.map_err(|error| error.to_string()),
                };
                assert_eq!(done, expected, "{context}");
                if done.is_ok() {
                    break;
                }
            }
            table.later().await;
        }
    }
    println!("{tried} attempts");
}

#[test]
fn buttons_are_what_deeds_allow() {
    for &state in State::ALL {
        for &role in Role::ALL {
            for rule in TABLE {
                let is_shown = allowed(state, role).any(|deed| deed == rule.deed);
                assert_eq!(
                    is_shown,
                    check(rule.deed, state, role, false).is_ok(),
                    "{:?} {state:?} {role:?}",
                    rule.deed
                );
            }
        }
    }
    let author: Vec<Deed> = allowed(State::Draft, Role::Author).collect();
    assert_eq!(
        author,
        [
            Deed::Save,
            Deed::Merge,
            Deed::Restore,
            Deed::Level,
            Deed::Abandon,
            Deed::Submit
        ]
    );
    let editor: Vec<Deed> = allowed(State::Approved, Role::Editor).collect();
    assert!(editor.contains(&Deed::Publish) && !editor.contains(&Deed::Redact));
}
