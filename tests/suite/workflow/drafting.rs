//! Drafts: two people at once, old texts, new documents.

use std::collections::BTreeMap;

use mandat::error::Denied;
use mandat::model::dossier::State;
use mandat::model::journal::{self, Deed, Filter};
use mandat::model::{Anchor, Bilingual, English, FormId, Kind, Slug, autosave};
use mandat::text::merge::Answer;
use mandat::workflow::Done;
use mandat::workflow::drafting::{Beginning, Saved, Translation, bring_together, create, level, restore, save};

use super::{denied, refused};
use crate::support::staff::{Staff, now, paragraph, writing};

/// A mandate with a title and a body of one passage.
const MANDATE: i64 = 6;

#[tokio::test]
async fn a_draft_goes_on_from_its_base() {
    let staff = Staff::new().await;
    let saved = staff
        .save(&staff.author, MANDATE, 1, |writing| {
            writing.passages[0].fr = "Un titre".to_owned();
            writing.remark = Some("pour la sous-ministre".to_owned());
        })
        .await;
    assert_eq!(saved, Saved::Forward { number: 2 });
    let (old, new) = (staff.text(MANDATE, 1).await, staff.text(MANDATE, 2).await);
    assert_eq!(new.passages[0].fr.as_deref(), Some("Un titre"));
    assert_eq!(new.passages[0].anchor, old.passages[0].anchor);
    assert_eq!(new.passages[0].en_basis, Some(1), "the English renders the old French");
    assert_eq!(new.passages[1..], old.passages[1..]);
    assert_eq!(staff.dossier(MANDATE).await.state(2), Some(State::Draft));
    let again = staff.save(&staff.author, MANDATE, 2, |_| ()).await;
    assert_eq!(again, Saved::Unchanged { number: 2 });
    assert_eq!(staff.dossier(MANDATE).await.lineage.next(), 3);
}

#[tokio::test]
async fn changes_to_different_passages_are_brought_together_without_asking() {
    let staff = Staff::new().await;
    let theirs = staff.draft(MANDATE, "Leur titre").await;
    let saved = staff
        .save(&staff.colleague, MANDATE, 1, |writing| {
            writing.passages[0].en = "My title".to_owned();
            writing.passages[1].fr = "Mon texte".to_owned();
            writing
                .passages
                .push(paragraph("Un passage de plus", "One more passage"));
        })
        .await;
    assert_eq!(
        saved,
        Saved::Merged {
            number: 4,
            mine: 3,
            theirs
        }
    );
    let text = staff.text(MANDATE, 4).await;
    let french: Vec<_> = text
        .passages
        .iter()
        .filter_map(|passage| passage.fr.as_deref())
        .collect();
    assert_eq!(french, ["Leur titre", "Mon texte", "Un passage de plus"]);
    assert_eq!(text.passages[0].en.as_deref(), Some("My title"));
    assert_eq!(staff.dossier(MANDATE).await.lineage.draft(), Some(4));
}

#[tokio::test]
async fn what_both_changed_is_asked_and_nothing_is_lost_meanwhile() {
    let staff = Staff::new().await;
    let theirs = staff.draft(MANDATE, "Leur titre").await;
    let saved = staff.retitle(&staff.colleague, MANDATE, 1, "Mon titre").await;
    let Saved::Asked(question) = saved else {
        panic!("{saved:?}")
    };
    assert_eq!((question.theirs, question.mine), (theirs, 3));
    assert_eq!(
        staff.text(MANDATE, 3).await.passages[0].fr.as_deref(),
        Some("Mon titre"),
        "mine is saved"
    );
    // Somebody goes on with theirs before the answer comes.
    staff
        .save(&staff.author, MANDATE, theirs, |writing| {
            writing.passages[1].fr = "Leur suite".to_owned();
        })
        .await;
    let name = question.merge.conflicts[0].name();
    let answer = async |answers: BTreeMap<String, Answer>| {
        let form = Some(FormId::draw());
        bring_together(
            staff.desk(),
            &staff.colleague,
            form,
            MANDATE.into(),
            3,
            theirs,
            &answers,
        )
        .await
    };
    let open = now(answer(BTreeMap::new()).await.unwrap());
    assert!(matches!(open, Saved::Asked(_)), "{open:?}");
    let settled = now(answer(BTreeMap::from([(name.clone(), Answer::Both)])).await.unwrap());
    assert_eq!(
        settled,
        Saved::Merged {
            number: 6,
            mine: 5,
            theirs: 4
        }
    );
    let text = staff.text(MANDATE, 6).await;
    assert_eq!(text.passages[0].fr.as_deref(), Some("Leur titre Mon titre"));
    assert_eq!(text.passages[1].fr.as_deref(), Some("Leur suite"));
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!((dossier.lineage.draft(), dossier.lineage.beside()), (Some(6), vec![]));
    assert_eq!(
        denied(answer(BTreeMap::from([(name, Answer::Mine)])).await),
        Denied::State
    );
}

#[tokio::test]
async fn a_form_does_its_deed_once() {
    let staff = Staff::new().await;
    let mut changed = writing(&staff.text(MANDATE, 1).await);
    changed.passages[0].fr = "Un titre".to_owned();
    let form = Some(FormId::draw());
    let post = || save(staff.desk(), &staff.author, form, MANDATE.into(), 1, &changed, false);
    let (one, other) = tokio::join!(post(), post());
    let repeated = [one.unwrap(), other.unwrap(), post().await.unwrap()];
    let again: Vec<_> = repeated
        .iter()
        .filter_map(|done| match done {
            Done::Again(line) => Some((line.deed, line.subject.number)),
            Done::Now(_) => None,
        })
        .collect();
    assert_eq!(again, [(Deed::Save, Some(2)); 2]);
    assert_eq!(staff.dossier(MANDATE).await.lineage.next(), 3);
    let stolen = save(staff.desk(), &staff.colleague, form, MANDATE.into(), 1, &changed, false).await;
    assert_eq!(denied(stolen), Denied::Form);
    let lines = journal::lines(staff.desk(), &Filter::default(), 10).await.unwrap();
    let saves = lines.iter().filter(|line| line.deed == Deed::Save);
    assert_eq!(saves.map(|line| &line.name).collect::<Vec<_>>(), ["autrice"]);
}

#[tokio::test]
async fn a_correction_stands_beside_the_draft_until_it_is_brought_together() {
    let staff = Staff::new().await;
    let draft = staff.draft(MANDATE, "Un titre en chantier").await;
    let mut correction = writing(&staff.text(MANDATE, 1).await);
    correction.passages[1].fr = "Une coquille de moins".to_owned();
    let saved = save(staff.desk(), &staff.editor, None, MANDATE.into(), 1, &correction, true).await;
    assert_eq!(now(saved.unwrap()), Saved::Forward { number: 3 });
    let lineage = staff.dossier(MANDATE).await.lineage;
    assert_eq!((lineage.draft(), lineage.beside()), (Some(draft), vec![3]));
    let none = BTreeMap::new();
    let rebased = bring_together(staff.desk(), &staff.author, None, MANDATE.into(), draft, 3, &none).await;
    assert_eq!(
        now(rebased.unwrap()),
        Saved::Merged {
            number: 4,
            mine: draft,
            theirs: 3
        }
    );
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!(
        (dossier.lineage.draft(), dossier.state(3)),
        (Some(4), Some(State::Draft)),
        "it goes its own way still"
    );
    let text = staff.text(MANDATE, 4).await;
    assert_eq!(text.passages[1].fr.as_deref(), Some("Une coquille de moins"));
    assert_eq!(text.passages[0].fr.as_deref(), Some("Un titre en chantier"));
}

#[tokio::test]
async fn an_old_revision_becomes_a_new_one() {
    let staff = Staff::new().await;
    let draft = staff.draft(MANDATE, "Un autre titre").await;
    let restored = restore(staff.desk(), &staff.colleague, None, MANDATE.into(), draft, 1).await;
    assert_eq!(now(restored.unwrap()), Saved::Forward { number: 3 });
    assert_eq!(staff.text(MANDATE, 3).await, staff.text(MANDATE, 1).await);
}

#[tokio::test]
async fn no_change_needed_is_a_decision_of_its_own() {
    let staff = Staff::new().await;
    let draft = staff.draft(MANDATE, "Un titre, la virgule en plus").await;
    let anchor = staff.text(MANDATE, draft).await.passages[0].anchor.clone();
    let levelled = level(staff.desk(), &staff.author, None, MANDATE.into(), draft, &[anchor]).await;
    assert_eq!(now(levelled.unwrap()), Saved::Forward { number: 3 });
    let text = staff.text(MANDATE, 3).await;
    assert_eq!(
        (text.passages[0].en_basis, text.passages[1].en_basis),
        (Some(3), Some(1))
    );
    let lines = journal::lines(staff.desk(), &Filter::default(), 1).await.unwrap();
    assert_eq!((lines[0].deed, lines[0].subject.number), (Deed::Level, Some(3)));
    let edited = staff
        .save(&staff.author, MANDATE, 3, |writing| {
            writing.passages[0].fr = "Encore un titre".to_owned();
            writing.passages[0].en = "Half a title".to_owned();
            writing.passages[0].translation = Translation::Lagging;
        })
        .await;
    assert_eq!(
        staff.text(MANDATE, edited.number()).await.passages[0].en_basis,
        Some(3),
        "it lags still"
    );
}

#[tokio::test]
async fn a_new_document_is_given_its_number_and_its_anchors() {
    let staff = Staff::new().await;
    let slug = |words: &str| Slug::try_from(words.to_owned()).ok();
    let beginning = |kind, words: &str| Beginning {
        kind,
        title: Bilingual {
            fr: "Un mandat".to_owned(),
            en: String::new(),
        },
        slug: Bilingual {
            fr: slug(words),
            en: None,
        },
        english: English::ToFollow,
    };
    let made = create(
        staff.desk(),
        &staff.author,
        None,
        &beginning(Kind::Mandate, "un-mandat"),
    )
    .await;
    let made = now(made.unwrap());
    let number = made.document.number();
    let text = staff.text(number, 1).await;
    assert_eq!(text.passages[0].fr.as_deref(), Some("Un mandat"));
    assert_eq!(text.passages[0].en, None);
    // An anchor that the document never had is given by the program, whatever the form says.
    let saved = staff
        .save(&staff.author, number, 1, |writing| {
            writing.passages.push(paragraph("Un texte", "A text"));
            writing.passages[1].anchor = Anchor::try_from("forged".to_owned()).ok();
        })
        .await;
    assert_ne!(
        staff.text(number, saved.number()).await.passages[1].anchor.as_str(),
        "forged"
    );
    let reserved = create(staff.desk(), &staff.author, None, &beginning(Kind::Page, "recherche")).await;
    assert_eq!(refused(reserved), "revision_slug_reserved");
    let list = create(staff.desk(), &staff.author, None, &beginning(Kind::List, "liste")).await;
    assert_eq!(denied(list), Denied::Kind);
}

#[tokio::test]
async fn whoever_has_left_or_changed_roles_does_nothing() {
    let staff = Staff::new().await;
    let changed = writing(&staff.text(MANDATE, 1).await);
    let post = async || denied(save(staff.desk(), &staff.author, None, MANDATE.into(), 1, &changed, false).await);
    let author = staff.author.account.number();
    staff
        .database
        .run(&format!("update account set role = 'editor' where id = {author}"))
        .await;
    assert_eq!(post().await, Denied::Account);
    let left = format!("update account set role = 'author', disabled_at = instant() where id = {author}");
    staff.database.run(&left).await;
    assert_eq!(post().await, Denied::Account);
}

#[tokio::test]
async fn what_was_being_typed_is_forgotten_once_it_is_saved_or_old() {
    let staff = Staff::new().await;
    let account = staff.author.account;
    autosave::keep(staff.desk(), account, MANDATE.into(), false, "fr=Un")
        .await
        .unwrap();
    autosave::keep(staff.desk(), account, MANDATE.into(), false, "fr=Un titre")
        .await
        .unwrap();
    let kept = async || {
        autosave::read(staff.desk(), account, MANDATE.into(), false)
            .await
            .unwrap()
            .map(|kept| kept.form)
    };
    assert_eq!(kept().await.as_deref(), Some("fr=Un titre"));
    let others = autosave::read(staff.desk(), staff.colleague.account, MANDATE.into(), false)
        .await
        .unwrap();
    assert_eq!(others, None);
    staff.draft(MANDATE, "Un titre").await;
    assert_eq!(kept().await, None);
    for (days, found) in [(29, Some("fr=Un")), (31, None)] {
        autosave::keep(staff.desk(), account, MANDATE.into(), false, "fr=Un")
            .await
            .unwrap();
        let age = format!("update autosave set saved_at = instant() - interval '{days} days'");
        staff.database.run(&age).await;
        autosave::forget_old(staff.desk()).await.unwrap();
        assert_eq!(kept().await.as_deref(), found, "{days} days");
    }
}
