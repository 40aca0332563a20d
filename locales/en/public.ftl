# The public pages, by page.

## Home
home-more = Read all the mandates on a single page
in-effect = In effect since { $day }

## Mandates
mandate-anchor = Mandate { $rank }: permanent link
mandate-rank = Mandate { $rank }
mandate-neighbours = Neighbouring mandates
mandate-previous = Previous mandate
mandate-next = Next mandate

## Representatives
representatives-current = Currently in office
representatives-former = Formerly in office
representative-office = In office { $range }
representative-office-until = In office until { $day }
representative-successor = Succeeded by:
profile-mandate = Mandate
profile-biography = Biography
profile-medium = Short biography
profile-press = For the press

## The record of a text
record-title = About this text
record-of-page = About this page
record-changed = Last updated
record-version = Version
record-version-of-list = Version (introduction and order)
record-link = Permanent link
record-address = Address
record-passages = Link to a passage
passage-redacted = Passage removed on { $day } as required by law.
line-redacted = Text removed on { $day } as required by law

## Notices at the head of a text
translation-notice = Unofficial translation. The French text prevails.
translation-link = Read the French text
lagging-notice = The French text was amended on { $day }; parts of this translation have yet to be revised.
withdrawn-title = This text is no longer in effect
withdrawn-since = Withdrawn on { $day }
withdrawn-reason = Reason:
withdrawn-successor = Replaced by:

## A document without English
untranslated-to-follow = The English version of this document is to follow. The French text is in effect.
untranslated-none = This document is published in French only.

## Site plan
plan-statements = Mission and vision
plan-pages = About this site
plan-changed = Site last updated:

## How long things are kept: to the staff, and to readers on the page on privacy
lives-title = How long things are kept
lives-lead = The software applies these durations itself and gives them here: they are not part of the page’s text.
lives-sessions = Sessions
lives-sessions-life = { $minutes } minutes without activity, and { $hours } hours at most; erased { $kept } hours after they end
lives-browsers = Known browsers
lives-browsers-life = { $days } days after the last sign-in
lives-forms = Forms sent after a session has ended
lives-forms-life = { $hours } hours, encrypted
lives-autosaves = Automatic copies of what is being typed
lives-autosaves-life = Until it is saved, and { $days } days at most
lives-attempts = Attempts to sign in
lives-attempts-life = { $hours } hours after the last one
lives-log = Requests in the server’s log
lives-log-life = As the hosting decides: the software does not erase what the server keeps
lives-journal = Journal of the desk
lives-journal-life = As long as the texts
