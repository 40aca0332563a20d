# Search.

search-title = Search
search-of = Search: { $typed }
search-description = Search the site’s texts in effect.
search-label = Search the site
search-action = Search
search-hint = The search covers the texts in effect. Quotation marks keep words together; a hyphen before a word excludes it.
search-count = Texts found: { $count }
search-begins = Texts found, with words that begin this way: { $count }
search-near = No text has these words. Texts that have similar ones: { $count }
search-nothing = No text in effect matches this search
search-no-words = The search contains no word
search-too-long = The search is too long: { $limit } characters at most
search-cut = Only the first { $limit } words of the search were taken into account.
search-elsewhere = Texts found in French: { $count }
search-pages = Pages of results
search-previous = Previous results
search-next = Next results
as-of-tools = Search covers the current texts; the quote check covers every published version.
