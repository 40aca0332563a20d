# Citations, press, feeds: the other forms of a page.

citation-title = Cite this page
citation-sentence = { $institution }, “{ $title },” version { $version }, published { $day }, { $address }
copy = Copy
copy-done = Copied
profile-card = Contact card (vCard)
profile-plain = Plain text
profile-short = In one line
profile-full = Full biography
profile-full-link = Read the biography on this page
plain-source = { $institution }, version { $version }, published { $day }, { $address }
feed-whole = All changes
feed-page = Changes to “{ $title }”
feed-left = { $title }: withdrawal of the text
feed-entry = { $title }, version { $version }
