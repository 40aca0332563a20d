//! What the desk was asked to do and what it acknowledged, held against what the record says.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use crate::form::Form;

/// A form that was sent.
pub struct Sent {
    pub form: Form,
    /// Its button.
    pub deed: &'static str,
    /// What it was about, as the record names it: a text by its slug, a release by its note.
    subject: String,
    pub is_acknowledged: bool,
}

impl Sent {
    fn id(&self) -> &str {
        self.form.get("form")
    }
}

/// Everything that was sent, in its order.
#[derive(Default)]
pub struct Ledger(Vec<Sent>);

/// Every deed whose line is in the journal and all of which is in the record: its form and its subject. A text has its titles
/// and addresses in both languages and its seal, a step its digest, a release two texts, each with an address in each language.
const WHOLE: &str = "
select j.form_id::text, r.slug_fr
  from journal j join revision r using (document_id, number) join passage t using (document_id, number)
 where j.deed = 'save' and r.digest is not null and r.slug_en = r.slug_fr and t.part = 'title'
   and r.slug_fr = 'essai-' || substr(t.fr, 7) || '-' || document_id and t.en = 'Trial ' || substr(t.fr, 7)
union all
select j.form_id::text, r.slug_fr
  from journal j join revision r using (document_id, number) join review v using (document_id, number)
 where (j.deed, v.step) in (('submit', 'submitted'), ('approve', 'approved')) and v.digest = r.digest
union all
select j.form_id::text, min(p.note_fr)
  from journal j join publication p using (release_id) join revision r on (r.document_id, r.number) = (p.document_id, p.number)
  join address a on a.document_id = p.document_id and a.slug = r.slug_fr
 where j.deed = 'publish' and r.slug_fr = 'essai-' || substr(p.note_fr, 7) || '-' || p.document_id
 group by j.form_id having count(distinct p.document_id) = 2 and count(distinct a.path) = 4";

/// How much of everything there is, whole or not.
const ALL: &str = "
select (select count(*) from journal where form_id is not null),
       (select count(*) from revision where slug_fr like 'essai-%'),
       (select count(*) from review),
       (select count(*) from publication where note_fr like 'Essai %'),
       (select count(*) from release) - 1,
       (select count(*) from address where slug like 'essai-%')";

impl Ledger {
    /// Notes a form that is about to be sent.
    pub fn note(&mut self, form: Form, deed: &'static str, subject: String) -> &mut Sent {
        self.0.push(Sent {
            form,
            deed,
            subject,
            is_acknowledged: false,
        });
        self.0.last_mut().unwrap()
    }

    /// What was sent last, if nobody answered.
    pub fn unanswered(&mut self) -> Option<&mut Sent> {
        self.0.last_mut().filter(|sent| !sent.is_acknowledged)
    }

    /// How many deeds were acknowledged, and how many releases among them.
    pub fn acknowledged(&self) -> [usize; 2] {
        let acknowledged = || self.0.iter().filter(|sent| sent.is_acknowledged);
        [
            acknowledged().count(),
            acknowledged().filter(|sent| sent.deed == "publish").count(),
        ]
    }

    /// Sees that each deed is in the record whole or not at all, and whole if it was acknowledged; the notes of the releases
    /// that are there, and how many deeds are there that nobody acknowledged, and are not.
    pub async fn compare(&self, owner: &mut PgConnection) -> (Vec<String>, [usize; 2]) {
        let whole: Vec<(String, String)> = sqlx::query_as(WHOLE).fetch_all(&mut *owner).await.unwrap();
        let whole: BTreeMap<String, String> = whole.into_iter().collect();
        let all: (i64, i64, i64, i64, i64, i64) = sqlx::query_as(ALL).fetch_one(owner).await.unwrap();
        let (mut counts, mut unanswered, mut notes) = ([0; 3], [0; 2], Vec::new());
        for sent in &self.0 {
            let found = whole.get(sent.id());
            assert!(
                found.is_none_or(|subject| *subject == sent.subject),
                "{} of {}",
                sent.deed,
                sent.subject
            );
            assert!(
                found.is_some() || !sent.is_acknowledged,
                "{} of {} was acknowledged and is lost",
                sent.deed,
                sent.subject
            );
            if !sent.is_acknowledged {
                unanswered[usize::from(found.is_none())] += 1;
            }
            if found.is_some() {
                let kind = ["save", "publish"].iter().position(|deed| *deed == sent.deed);
                counts[kind.unwrap_or(2)] += 1;
                notes.extend((sent.deed == "publish").then(|| sent.subject.clone()));
            }
        }
        let [saves, releases, steps] = counts;
        let deeds = saves + releases + steps;
        let due = (deeds, saves, steps, 2 * releases, releases, 4 * releases);
        assert_eq!(
            all, due,
            "lines, texts, steps, publications, releases, addresses: nothing is torn or doubled"
        );
        (notes, unanswered)
    }
}
