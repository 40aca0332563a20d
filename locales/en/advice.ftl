# Why the desk advises a change of words.

advice-accent = In French, capitals keep their accents; acronyms have none.
advice-capital = French does not use a capital here.
advice-date = A date is written “1er mars 2026” in French, “March 1, 2026” in English and “2026-03-01” in figures.
advice-time = A time is written “14 h 05” in French; English counts from 1 to 12, with “a.m.” or “p.m.”
advice-number = French spells out numbers from two to nine; other numbers and sums follow the usage of the language.
advice-feminine = A title agrees with the person who bears it; a group is named by both forms in full.
advice-name = This official name has a form of its own; in an English text, a French name is marked as French.
advice-place = A Québec place name keeps its French form.
advice-glossary = The Office québécois de la langue française recommends another word.
advice-space = There is a space too many here, or one too few.
advice-repeated = This word is written twice in a row.
advice-punctuation = Another punctuation mark belongs here.
