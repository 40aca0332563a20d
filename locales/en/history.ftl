# The memory of a page: its history, and the site as it was.

as-of-banner = As of { $moment }, this page read as shown here.
as-of-present = Read the current page
day-and-time = { $day }, at { $time }
history-of = History: { $title }
history-description = The changes made to “{ $title }”, and what this page said on a given date.
history-title = History
history-link = See the history
history-ask = What did this page say on a given date?
history-date = Date (year-month-day)
history-read = Read
history-feed = Subscribe to the changes (Atom)
history-changes = Changes
history-version = Version { $version }
history-version-minor = Version { $version } (minor change)
history-left = Withdrawal of the text
history-redacted = Passage removed from every version as required by law
history-see = Read this version
error-ahead-title = Date still to come
error-ahead-text = This date has not passed yet: nobody knows what the site will say then. Choose a past date.
error-before-title = Before the first version
error-before-text = On that date, this page had not yet been published here. Its history shows since when it has been.
error-date-title = Date not recognized
error-date-text = Enter the year, the month and the day, in that order, for example 2026-03-14.

## What differs between two versions
difference-of = From version { $from } to version { $to }: { $title }
difference-description = What differs, word by word, between versions { $from } and { $to } of “{ $title }”.
difference-link = See the differences
difference-title = From version { $from } to version { $to }
difference-ask = Compare two versions
difference-from = From version
difference-to = To version
difference-compare = Compare
difference-count = Words added: { $inserted }. Words deleted: { $deleted }.
difference-none = No word differs between these two versions.
difference-inserted = addition:
difference-deleted = deletion:
difference-end = end
difference-passage-added = Passage added
difference-passage-removed = Passage removed
difference-passage-moved = Passage moved
difference-members = Order of the list
difference-member-added = added at number { $to }
difference-member-removed = removed, from number { $from }
difference-member-moved = moved from number { $from } to number { $to }
