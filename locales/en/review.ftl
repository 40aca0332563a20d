# From draft to public, and what staff read of the past: comparing, approving, publishing, releases, journal, settings.

## Parts of a text, and what is declared of it
part-title = Title
part-summary = Summary
part-function = Position
part-short = One-line biography
part-medium = Short biography
part-mandate = Mandate
part-biography = Biography
part-body = Text
english-present = The English is complete
english-to-follow = English to follow
english-none = No English is foreseen
detail-slug-fr = French address
detail-slug-en = English address
detail-english = English
detail-office = Office
detail-successor = Successor
detail-nothing = nothing

## What differs between two revisions
compared-title = What changes
compared-count = { $language } – words added: { $inserted }, words removed: { $deleted }.
compared-none = No word differs.
compared-first = This text has never been published: everything in it is new.
compared-column-fr = French
compared-column-en = English
compared-details = Addresses and declarations

## Review
review-title = Review: { $title }
review-nothing = There is no draft to review.
review-written = Revision { $number } – { $saved }
review-submitted = Submitted by { $name } on { $moment }
review-approved = Approved by { $name } on { $moment }
review-returned = Returned by { $name } on { $moment }
review-taken-back = Submission cancelled by { $name } on { $moment }
review-decide = Next step
review-submit = Submit for approval
review-submit-hint = Someone else will read both languages and decide.
review-approvers = Can be approved by: { $names }
review-approvers-none = Nobody can approve this text yet: it takes an approval or administration account of someone who wrote none of it.
review-take-back = Cancel the submission
review-take-back-hint = The text becomes a draft again. Nothing is lost.
review-abandon = Abandon this text
review-abandon-hint = Work goes back to the text before, scheduled or already public. Abandoned revisions stay in the history, where they can be taken up again.
review-approve = Approve both languages
review-approve-hint = The approval holds for exactly these words. Any change voids it.
review-return = Return with a remark
review-return-label = Remark for the author
review-own = You wrote part of this text since the last version in effect: someone else must approve it.
review-override-label = Reason for the emergency
review-override-hint = The reason stays in the journal, under your name, marked “without a second look”.
review-onwards = See also
review-edit = Edit the text
review-publish = Go on to publishing
review-done-submitted = The text is submitted for approval. The public page does not change until it is published.
review-done-taken-back = The submission is cancelled. The text is a draft again.
review-done-abandoned = The text is abandoned. Its revisions stay in the history.
review-done-saved = The revision is saved. Here is what changes.
review-done-approved = The text is approved. It can now be published.
review-done-returned = The text is returned with your remark.

## Publishing
publish-title = Publish: { $title }
publish-against = This text cannot be published yet
publish-against-lead = Each reason leads to the field to correct.
publish-reason = { $title } – { $reason }
publish-behind =
    { $count ->
        [one] Another text must first be brought together with this one
       *[other] Other texts must first be brought together with this one
    }
publish-behind-lead = Otherwise one would undo what the other has corrected. Bring them together, have the result approved, then publish.
publish-behind-link = Bring together the two texts of “{ $title }”
publish-early =
    { $count ->
        [one] A scheduled text would come out before its time
       *[other] Scheduled texts would come out before their time
    }
publish-early-text = “{ $title }”: the text scheduled for { $moment } is contained in this one.
publish-early-lead = Published now, this text brings out all that was scheduled. To avoid that, choose a time after it instead.
publish-early-do = Bring out what was scheduled ahead of its time: nothing of it is left to publish later.
publish-note = Public note
publish-note-hint = Optional. One line for the history and the feeds, such as “Annual follow-up added”. It holds for all texts that go out together.
publish-note-fr = In French
publish-note-en = In English
publish-minor = Minor change: the public date stays as it is, and feeds say nothing of it.
publish-when = When
publish-now = Now
publish-later = At a chosen date and time
publish-day = Date (year-month-day)
publish-time = Time in Québec
publish-zone = Montréal and Québec time (daylight saving in summer). You may close this page: all happens at the second you choose.
publish-also = Publish at the same time
publish-also-hint = The approved texts that you tick appear together, or not at all.
publish-do = Publish
publish-moment-both = You chose “Now”, but entered a date or a time. Choose the date, or clear it. Nothing was done.
publish-moment-fault = Enter a date and a time.
publish-hour-skipped = This time does not exist on that day
publish-hour-skipped-text = On { $day } clocks go forward: { $time } does not exist. Choose the moment that you mean.
publish-hour-doubled = This time comes twice on that day
publish-hour-doubled-text = On { $day } clocks go back: { $time } comes twice. Choose the one that you mean.
publish-hour-earlier = { $time }, daylight time (universal time minus four hours)
publish-hour-later = { $time }, standard time (universal time minus five hours)
publish-hour-at = At { $time }
publish-approval-missing = This text is not approved. It must be approved first.
publish-override = Publish without approval, in an emergency

## Releases and their receipts
releases-title = Releases
releases-ahead = Scheduled
releases-ahead-none = Nothing is scheduled.
releases-past = Already out
releases-past-none = Nothing has gone out yet.
releases-older = Older
release-title = Release of { $moment }
release-receipt = Verification of the public pages
release-live = At { $time }, “{ $title }” is online in French and English.
release-live-french = At { $time }, “{ $title }” is online in French. The English page leads to the French text.
release-live-gone = At { $time }, “{ $title }” is no longer online: its page says why in French and English.
release-replaced = “{ $title }”: a newer text has taken the place of this one.
release-amiss = “{ $title }” is not online as it was approved.
release-unread = “{ $title }” was not read again, for want of time: open its public page.
release-seen = { $path }: read again and the same word for word
release-seen-answers = { $path }: the page answers
release-seen-differs = { $path }: approved passages are not there
release-seen-status = { $path }: the page answers with status { $status }
release-how = The public addresses were read again just now, as a reader receives them, and compared with the published words.
release-by = Decided by { $name } on { $moment }
release-override = Without a second look, emergency reason: { $reason }
release-cancelled = Cancelled by { $name } on { $moment }
release-state-out = Out
release-state-cancelled = Cancelled
release-begins = Version that begins
release-note-fr = Public note in French: { $words }
release-note-en = Public note in English: { $words }
release-withdrawn = Withdrawal
release-removed = Removal (published in error)
release-reason-fr = Public reason in French: { $words }
release-reason-en = Public reason in English: { $words }
release-minor = Minor change
release-move = Move
release-move-lead = The text and everything that goes out with it move together.
release-cancel = Cancel this release
release-cancel-lead = Nothing will appear. The texts stay at the desk, and the text in effect stays in effect.
release-done-moved = The release is moved.
release-done-cancelled = The release is cancelled. Nothing will go out.
release-state-ahead = Scheduled
release-done-scheduled = The release is scheduled.
release-line-others =
    { $count ->
        [one] { $titles } and one more
       *[other] { $titles } and { $count } more
    }
release-line-end = { $title } – withdrawal

## Withdrawing, bringing back, redacting
withdraw-title = Withdraw: { $title }
withdraw-kind = What becomes of the page
withdraw-stays = Withdraw: the page stays, under a banner with the date and the reason. It leaves lists and search.
withdraw-removes = Remove, because the text was published in error: the page answers that it is gone, with the reason. Earlier versions stay in the public record.
withdraw-reason = Public reason
withdraw-successor = What takes its place
withdraw-successor-none = Nothing
withdraw-do = Withdraw the text
restore-title = Bring back: { $title }
restore-lead = The last approved text appears again at the same address, as a new version. The withdrawal stays in the history.
restore-do = Bring the text back
redact-title = Redact: { $title }
redact-lead = The words leave every revision that repeats them and everything that the site shows of them. A dated trace takes their place. This is final.
redact-reach = What this reaches
redact-reach-texts = The chosen passages, in every revision and in both languages, and what search and the quotation check keep of them.
redact-reach-beside = Remarks, public notes, reasons and details of the journal that repeat what no published text says any more: a dated trace takes the whole place of each.
redact-reach-typing = Kept typing: that of this document, and that of other documents where it repeats these words. It is deleted.
redact-limits = What this does not do
redact-limit-backups = Backups already made keep these words until they are destroyed.
redact-limit-slugs = Addresses keep the words that they contain, since an address is for ever.
redact-limit-elsewhere = Web archives, caches and readers keep what they have already received.
redact-limit-others = Other passages that repeat these words, and links that bear this title, keep them: they are named before you confirm.
redact-choose = Passages to redact
redact-in = Revisions { $numbers }
redact-ground = Legal ground
redact-ground-hint = For example the section of the act and the date of the decision. It stays in the journal and does not appear on the site.
redact-sure = I understand that these words cannot be brought back.
redact-do = Redact these passages
redact-go-on = Continue
redact-repeated = These words are repeated elsewhere, where they stay until they are removed there
redact-nothing = No passage of this document has words to redact.
redact-fault = Choose at least one passage, enter the ground and confirm that you understand.

## Every revision
revisions-title = History: { $title }
revisions-lead = Each save of the text is a revision, the newest first. The public sees versions only: revisions that went out.
revisions-list = Revisions
revisions-number = Revision { $number }
revisions-from = from revision { $parent }
revisions-abandons = revision { $abandoned } abandoned, back to revision { $parent }
revisions-merged = merge of revisions { $parent } and { $merged }
revisions-since = In effect from { $from } to { $until }
revisions-since-open = In effect since { $from }
revisions-ahead = Scheduled for { $from }
revisions-compare = Compare two revisions
revisions-first = From revision
revisions-second = To revision
revisions-compare-do = Compare
revisions-compared = From revision { $from } to revision { $to }
revisions-previous = Compare with the previous one
revisions-restore = Use as a draft
revisions-public = Public history

## Journal
journal-title = Journal
journal-lead = Who did what, and when. Nothing is ever erased from it.
journal-filter = Filter
journal-person = Person
journal-anyone = Everyone
journal-document = Document number
journal-deed = Action
journal-any-deed = Every action
journal-from = From (year-month-day)
journal-until = To (year-month-day)
journal-show = Show
journal-export = Download as CSV
journal-none = No line matches these filters.
journal-older = Older lines
journal-release = Release { $number }
journal-when = Moment
journal-who = Person
journal-what = Action
journal-which = Document
journal-detail = Detail
journal-revision = Revision
journal-others =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
journal-moved = From { $from } to { $to }
journal-moved-to = To { $to }
journal-cancelled = Scheduled for { $moment }
journal-eyes-on = Approval by somebody else required
journal-eyes-off = Approval by somebody else not required

## What people do, as the journal tells them
deed-create = Creation
deed-save = Save
deed-merge = Merge of two drafts
deed-restore = Revision taken up again
deed-abandon = Draft abandoned
deed-level = Translation found up to date
deed-submit = Submission
deed-take-back = Submission cancelled
deed-approve = Approval
deed-return = Return with remark
deed-publish = Publication
deed-schedule = Scheduling
deed-move = Move of a release
deed-cancel = Cancellation of a release
deed-withdraw = Withdrawal
deed-remove = Removal
deed-bring-back = Return to effect
deed-redact = Redaction
deed-import = Import
deed-set-four-eyes = Setting of approval
deed-open-account = Account opened
deed-close-account = Account closed
deed-reopen-account = Account reopened
deed-change-role = Role changed
deed-reset-password = New password link
deed-found = First account opened
deed-choose-password = Password chosen by a link, signed out everywhere
deed-change-password = Password changed, signed out everywhere else

## Settings
settings-title = Settings
settings-eyes = Approval
settings-eyes-label = A text is approved by someone who has written none of it since the last version in effect.
settings-eyes-hint = Recommended. In an emergency a person can override this with a reason, which stays in the journal.
settings-lives-lead = The public page on privacy repeats these durations.
settings-save = Save
settings-done = The settings are saved.
