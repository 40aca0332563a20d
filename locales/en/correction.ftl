# Correcting the live text while another is scheduled or being written.

correction-do = Correct the live text
correction-go-on = Continue the correction
correction-scheduled = Correction of the live text. The text scheduled for { $moment } stays apart; the correction must be carried over into it before publishing.
correction-draft = Correction of the live text. The draft stays apart; the correction must be carried over into it before publishing.
correction-publish = Publish the correction
correction-approve = Review and approve the correction
correction-submit = Submit the correction for approval
correction-review = Review the correction
correction-edit = Edit this text
correction-review-title = Review of the correction: { $title }
correction-publish-title = Publish the correction: { $title }
correction-behind-scheduled = Carry the correction over into the text scheduled for { $moment }
correction-behind-draft = Carry the correction over into the draft
correction-panel = Correction of the live text
correction-form-panel = Scheduled text, with the correction
correction-contained = This text contains a correction of the live text that is not public yet. To have it out without waiting, publish the correction: it goes out alone, and this text follows in its own time.
correction-contained-scheduled = This text contains a correction of the live text that is not public yet. As soon as the correction is published, this text, if approved, will take the place of the one scheduled for { $moment }.
correction-replaced = What this changes in what is scheduled
correction-replaced-link = Revision { $number } of “{ $title }”, which is approved, will take the place of the text scheduled for { $moment }
correction-awaited =
    { $count ->
        [one] The scheduled text, brought together with this one, has not been approved yet
       *[other] The scheduled texts, brought together with this one, have not been approved yet
    }
correction-awaited-lead =
    { $count ->
        [one] It will take the place of the scheduled text, at the same moment. Have it approved, then publish.
       *[other] Each will take the place of a scheduled text, at the same moment. Have them approved, then publish.
    }
correction-awaited-link = Review revision { $number } of “{ $title }”
correction-replaced-unapproved-link = Revision { $number } of “{ $title }”, which is not approved, would take the place of the text scheduled for { $moment }
correction-untold = What will take the place of a scheduled text has changed since this page was opened. Read again what follows, then publish.
state-correction = Correction
state-with-correction = Scheduled, with the correction
merge-correction-lead = The correction of the live text is to be carried over into this text. Both texts are kept, and what does not touch has been brought together. What follows is for you to decide.
merge-correction-settled = The correction of the live text is to be carried over into this text. Nothing conflicts: both texts can be brought together as they are.
merge-correction-theirs = The correction
merge-correction-mine = The scheduled text or the draft
