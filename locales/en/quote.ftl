# Quote check.

quote-title = Check a quote
quote-description = Was a sentence published here, word for word, and when? Paste it to find out.
quote-label = Quote to check
quote-action = Check
quote-hint = Paste a sentence of a single text, in French or in English: at least four words in a row. Capitals, punctuation and spaces do not count; each word, each accent and each number does. An ellipsis stands for words left out, between runs of at least three words.
quote-too-long = The quote is too long: { $limit } characters at most
quote-too-short = The quote is too short to be checked: at least four words in a row
quote-current = The quote matches the text in effect
quote-earlier = The quote matches an earlier version
quote-absent = Passage not found in the versions published since { $day }
quote-since = These words have appeared there since { $day }.
quote-period = In effect { $range }.
quote-version = Version { $version }
quote-replaced = What replaced this passage
quote-gone = The passage is no longer in the next version.
quote-withdrawn = The text is no longer in effect.
quote-returned = The text was withdrawn, then put back in effect on { $day } without these words.
quote-nearest = Nearest passage
quote-yours = Your quote
quote-published = Published passage
quote-extra = Words of the quote that are not at that place in the passage: { $words }
quote-missing = Words of the passage that are not at that place in the quote: { $words }
quote-unlike = No published passage is like this quote.
quote-word = “{ $words }”
