# The memory of a page: its history, and the site as it was.

as-of-banner = Vous lisez cette page telle qu’elle était le { $moment }.
as-of-present = Lire la page actuelle
day-and-time = { $day } à { $time }
history-of = Historique : { $title }
history-description = Les modifications apportées à « { $title } », et ce que cette page disait à une date donnée.
history-title = Historique
history-link = Voir l’historique
history-ask = Que disait cette page à une date donnée?
history-date = Date (année-mois-jour)
history-read = Lire
history-feed = S’abonner aux modifications (Atom)
history-changes = Modifications
history-version = Version { $version }
history-version-minor = Version { $version } (modification mineure)
history-left = Retrait du texte
history-redacted = Passage retiré de toutes les versions en application de la loi
history-see = Lire cette version
error-ahead-title = Date à venir
error-ahead-text = Cette date n’est pas encore passée : personne ne sait ce que le site dira alors. Choisissez une date passée.
error-before-title = Avant la première version
error-before-text = À cette date, cette page n’avait pas encore été publiée ici. Son historique indique depuis quand elle l’est.
error-date-title = Date non reconnue
error-date-text = Inscrivez l’année, le mois et le jour, dans cet ordre, par exemple 2026-03-14.

## What differs between two versions
difference-of = De la version { $from } à la version { $to } : { $title }
difference-description = Ce qui diffère, mot à mot, entre les versions { $from } et { $to } de « { $title } ».
difference-link = Voir les différences
difference-title = De la version { $from } à la version { $to }
difference-ask = Comparer deux versions
difference-from = De la version
difference-to = À la version
difference-compare = Comparer
difference-count = Mots ajoutés : { $inserted }. Mots supprimés : { $deleted }.
difference-none = Aucun mot ne diffère entre ces deux versions.
difference-inserted = ajout :
difference-deleted = suppression :
difference-end = fin
difference-passage-added = Passage ajouté
difference-passage-removed = Passage supprimé
difference-passage-moved = Passage déplacé
difference-members = Ordre de la liste
difference-member-added = ajouté au rang { $to }
difference-member-removed = retiré du rang { $from }
difference-member-moved = déplacé du rang { $from } au rang { $to }
