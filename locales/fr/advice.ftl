# Why the desk advises a change of words.

advice-accent = Les majuscules gardent leurs accents; les sigles n’en prennent pas.
advice-capital = Le français n’emploie pas ici de majuscule.
advice-date = Une date s’écrit « 1er mars 2026 » en français, « March 1, 2026 » en anglais et « 2026-03-01 » en chiffres.
advice-time = Une heure s’écrit « 14 h 05 » en français; l’anglais compte de 1 à 12 et ajoute « a.m. » ou « p.m. ».
advice-number = De deux à neuf, un nombre s’écrit en lettres; les autres nombres et les sommes suivent l’usage de la langue.
advice-feminine = Le titre s’accorde avec la personne; un groupe se nomme par un doublet complet.
advice-name = Ce nom officiel a sa propre forme; dans un texte anglais, un nom français est marqué comme tel.
advice-place = Un nom de lieu du Québec garde sa forme française.
advice-glossary = L’Office québécois de la langue française recommande un autre mot.
advice-space = Il y a ici une espace de trop, ou il en manque une.
advice-repeated = Ce mot est écrit deux fois de suite.
advice-punctuation = Un autre signe de ponctuation convient ici.
