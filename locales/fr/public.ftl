# The public pages, by page.

## Home
home-more = Consulter les mandats sur une seule page
in-effect = En vigueur depuis le { $day }

## Mandates
mandate-anchor = Mandat { $rank } : lien permanent
mandate-rank = Mandat { $rank }
mandate-neighbours = Mandats voisins
mandate-previous = Mandat précédent
mandate-next = Mandat suivant

## Representatives
representatives-current = Personnes en fonction
representatives-former = Personnes anciennement en fonction
representative-office = En fonction { $range }
representative-office-until = En fonction jusqu’au { $day }
representative-successor = Personne qui a pris la relève :
profile-mandate = Mandat
profile-biography = Biographie
profile-medium = Courte biographie
profile-press = Pour la presse

## The record of a text
record-title = À propos de ce texte
record-of-page = À propos de cette page
record-changed = Dernière mise à jour
record-version = Version
record-version-of-list = Version (introduction et ordre)
record-link = Lien permanent
record-address = Adresse
record-passages = Lien vers un passage
passage-redacted = Passage retiré le { $day } en application de la loi.
line-redacted = Texte retiré le { $day } en application de la loi

## Notices at the head of a text
translation-notice = Traduction non officielle. Le texte français prévaut.
translation-link = Lire le texte français
lagging-notice = Le texte français a été modifié le { $day } : des passages de cette traduction restent à réviser.
withdrawn-title = Ce texte n’est plus en vigueur
withdrawn-since = Retiré le { $day }
withdrawn-reason = Motif :
withdrawn-successor = Remplacé par :

## A document without English
untranslated-to-follow = La version anglaise de ce document est à venir. Le texte français est en vigueur.
untranslated-none = Ce document est publié en français seulement.

## Site plan
plan-statements = Mission et vision
plan-pages = À propos du site
plan-changed = Dernière mise à jour du site :

## How long things are kept: to the staff, and to readers on the page on privacy
lives-title = Durées de conservation
lives-lead = Le logiciel applique lui-même ces durées et les donne ici : elles ne font pas partie du texte de la page.
lives-sessions = Sessions
lives-sessions-life = { $minutes } minutes sans activité, et { $hours } heures au plus; effacées { $kept } heures après leur fin
lives-browsers = Navigateurs reconnus
lives-browsers-life = { $days } jours après la dernière ouverture de session
lives-forms = Formulaires envoyés après la fin d’une session
lives-forms-life = { $hours } heures, chiffrés
lives-autosaves = Copies automatiques de la saisie
lives-autosaves-life = Jusqu’à l’enregistrement, et { $days } jours au plus
lives-attempts = Essais d’ouverture de session
lives-attempts-life = { $hours } heures après le dernier
lives-log = Requêtes au journal du serveur
lives-log-life = Selon l’hébergement : le logiciel n’efface pas ce que le serveur garde
lives-journal = Journal du bureau
lives-journal-life = Aussi longtemps que les textes
