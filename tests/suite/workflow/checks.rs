//! What speaks against publishing a text, each reason with its field.

use mandat::i18n::Language;
use mandat::model::{English, Part};
use mandat::workflow::checks::Fault;
use mandat::workflow::releasing::{Outcome, publish};

use crate::support::staff::{Staff, now, order, paragraph};

const MANDATE: i64 = 6;

#[tokio::test]
async fn each_reason_leads_to_its_field() {
    let staff = Staff::new().await;
    let saved = staff
        .save(&staff.author, MANDATE, 1, |writing| {
            for (fr, en) in [
                ("## Un\n\n#### Trois", "## One\n\n### Two"),
                (
                    "[nulle part](/d/999) et [rien](javascript:x)",
                    "[](https://exemple.ca) and [mission](/d/2)",
                ),
                ("![une image](a.png)", ""),
                ("", "No French"),
            ] {
                writing.passages.push(paragraph(fr, en));
            }
        })
        .await;
    let number = saved.number();
    staff.approve(MANDATE, number).await;
    let text = staff.text(MANDATE, number).await;
    let Outcome::Faulty(reasons) = now(publish(staff.desk(), &staff.editor, None, &order(MANDATE, number))
        .await
        .unwrap())
    else {
        panic!("nothing speaks against it")
    };
    let place = |reason: &mandat::workflow::checks::Reason| {
        let anchor = reason.anchor.as_ref().unwrap();
        let of_body = text.passages.iter().filter(|passage| passage.part == Part::Body);
        of_body
            .into_iter()
            .position(|passage| passage.anchor == *anchor)
            .unwrap()
    };
    let found: Vec<_> = reasons
        .iter()
        .map(|reason| (place(reason), reason.fault, reason.language.unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            (1, Fault::HeadingOrder, Language::French),
            (2, Fault::LinkToNothing, Language::French),
            (2, Fault::LinkToNothing, Language::French),
            (2, Fault::LinkEmpty, Language::English),
            (3, Fault::Image, Language::French),
            (3, Fault::EnglishMissing, Language::English),
            (4, Fault::FrenchMissing, Language::French),
        ]
    );
    for language in Language::ALL {
        assert!(reasons.iter().all(|reason| !reason.fault.told(language).is_empty()));
    }
}

#[tokio::test]
async fn an_english_that_is_declared_is_not_missed() {
    let staff = Staff::new().await;
    let saved = staff
        .save(&staff.author, MANDATE, 1, |writing| {
            writing.english = English::ToFollow;
            writing.passages.push(paragraph("Un passage de plus", ""));
        })
        .await;
    staff.approve(MANDATE, saved.number()).await;
    staff.publish(&order(MANDATE, saved.number())).await;
    assert_eq!(staff.dossier(MANDATE).await.live, Some(saved.number()));
}
