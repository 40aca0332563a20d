# The memory of a page: its history, and the site as it was.

as-of-banner = You are reading this page as it was on { $moment }.
as-of-present = Read the current page
day-and-time = { $day }, at { $time }
history-of = History: { $title }
history-description = The changes of “{ $title }”, and what the page said on a given date.
history-title = History
history-link = See the history
history-ask = What did this page say on a given date?
history-date = Date (year-month-day)
history-read = Read
history-changes = Changes
history-version = Version { $version }
history-left = End of the text
history-minor = minor change
history-see = Read this version
error-ahead-title = Date to come
error-ahead-text = This date has not passed: nobody knows yet what the site will say. Choose a past date.
error-before-title = Before the first version
error-before-text = On that date, this page had not yet been published here. Its history says since when it has been.
error-date-title = Date not understood
error-date-text = Write the date as year, month and day, for example 2026-03-14.
