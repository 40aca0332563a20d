# From draft to public, and what staff read of the past: comparing, approving, publishing, releases, journal, settings.

## Parts of a text, and what is declared of it
part-title = Titre
part-summary = Résumé
part-function = Fonction
part-short = Biographie en une ligne
part-medium = Biographie abrégée
part-mandate = Mandat
part-biography = Biographie
part-body = Texte
english-present = L’anglais est complet
english-to-follow = L’anglais suivra
english-none = Aucun anglais n’est prévu
detail-slug-fr = Adresse française
detail-slug-en = Adresse anglaise
detail-english = Anglais
detail-office = Fonctions
detail-successor = Relève
detail-nothing = rien

## What differs between two revisions
compared-title = Ce qui change
compared-count = { $language } – mots ajoutés : { $inserted }, mots supprimés : { $deleted }.
compared-none = Aucun mot ne diffère.
compared-first = Ce texte n’a encore jamais été publié : tout y est nouveau.
compared-column-fr = Français
compared-column-en = Anglais
compared-details = Adresses et mentions

## Review
review-title = Examen : { $title }
review-nothing = Il n’y a aucun brouillon à examiner.
review-written = Révision { $number } – { $saved }
review-submitted = Soumis par { $name } le { $moment }
review-approved = Approuvé par { $name } le { $moment }
review-returned = Retourné par { $name } le { $moment }
review-taken-back = Soumission annulée par { $name } le { $moment }
review-decide = Prochaine étape
review-submit = Soumettre à l’approbation
review-submit-hint = Une autre personne lira les deux langues et décidera.
review-approvers = Peut être approuvé par : { $names }
review-approvers-none = Personne ne peut encore approuver ce texte : il faut un compte d’approbation ou d’administration dont la ou le titulaire n’a rien écrit de ce texte.
review-take-back = Annuler la soumission
review-take-back-hint = Le texte redevient un brouillon. Rien n’est perdu.
review-abandon = Abandonner ce texte
review-abandon-hint = On revient au texte précédent, prévu ou déjà paru. Les révisions abandonnées restent dans l’historique, où elles peuvent être reprises.
review-approve = Approuver les deux langues
review-approve-hint = L’approbation vaut pour ces mots exactement. Tout changement l’annule.
review-return = Retourner avec une remarque
review-return-label = Remarque pour la personne qui rédige
review-own = Vous avez écrit une partie de ce texte depuis la dernière version en vigueur : une autre personne doit l’approuver.
review-override-label = Motif de l’urgence
review-override-hint = Le motif reste au journal, sous votre nom, avec la mention « sans second regard ».
review-onwards = Voir aussi
review-edit = Modifier le texte
review-publish = Passer à la publication
review-done-submitted = Le texte est soumis à l’approbation. La page publique ne change pas tant qu’il n’est pas publié.
review-done-taken-back = La soumission est annulée. Le texte est de nouveau un brouillon.
review-done-abandoned = Le texte est abandonné. Ses révisions restent dans l’historique.
review-done-saved = La révision est enregistrée. Voici ce qui change.
review-done-approved = Le texte est approuvé. Il peut maintenant être publié.
review-done-returned = Le texte est retourné avec votre remarque.

## Publishing
publish-title = Publier : { $title }
publish-against = Ce texte ne peut pas encore être publié
publish-against-lead = Chaque motif mène au champ à corriger.
publish-reason = { $title } – { $reason }
publish-behind =
    { $count ->
        [one] Un autre texte doit d’abord être réuni à celui-ci
       *[other] D’autres textes doivent d’abord être réunis à celui-ci
    }
publish-behind-lead = Sans cela, l’un effacerait ce que l’autre a corrigé. Réunissez-les, faites approuver le résultat, puis publiez.
publish-behind-link = Réunir les deux textes de « { $title } »
publish-early =
    { $count ->
        [one] Un texte prévu paraîtrait avant son moment
       *[other] Des textes prévus paraîtraient avant leur moment
    }
publish-early-text = « { $title } » : le texte prévu pour le { $moment } est contenu dans celui-ci.
publish-early-lead = Publié maintenant, ce texte fait paraître tout ce qui était prévu. Pour l’éviter, choisissez plutôt un moment qui suit.
publish-early-do = Faire paraître plus tôt ce qui était prévu : il n’en reste rien à publier ensuite.
publish-note = Note publique
publish-note-hint = Facultative. Une ligne pour l’historique et les fils d’information, par exemple « Ajout du suivi annuel ». Elle vaut pour tous les textes qui paraissent ensemble.
publish-note-fr = En français
publish-note-en = En anglais
publish-minor = Modification mineure : la date publique ne change pas, et les fils d’information n’en disent rien.
publish-when = Quand
publish-now = Maintenant
publish-later = À une date et à une heure choisies
publish-day = Date (année-mois-jour)
publish-time = Heure du Québec
publish-zone = Heure de Montréal et de Québec, avancée l’été. Vous pouvez fermer cette page : tout se fait à la seconde choisie.
publish-also = Publier en même temps
publish-also-hint = Les textes approuvés que vous cochez paraissent ensemble, ou pas du tout.
publish-do = Publier
publish-moment-fault = Inscrivez une date et une heure.
publish-moment-both = Vous avez choisi « Maintenant », mais inscrit une date ou une heure. Choisissez la date, ou effacez-la. Rien n’a été fait.
publish-hour-skipped = Cette heure n’existe pas ce jour-là
publish-hour-skipped-text = Le { $day }, on avance l’heure : { $time } n’existe pas. Choisissez le moment que vous voulez dire.
publish-hour-doubled = Cette heure arrive deux fois ce jour-là
publish-hour-doubled-text = Le { $day }, on recule l’heure : { $time } passe deux fois. Choisissez celle que vous voulez dire.
publish-hour-earlier = { $time }, heure avancée (temps universel moins quatre heures)
publish-hour-later = { $time }, heure normale (temps universel moins cinq heures)
publish-hour-at = À { $time }
publish-approval-missing = Ce texte n’est pas approuvé. Il faut d’abord l’approuver.
publish-override = Publier sans approbation, en cas d’urgence

## Releases and their receipts
releases-title = Publications
releases-ahead = À venir
releases-ahead-none = Rien n’est prévu.
releases-past = Déjà parues
releases-past-none = Rien n’a encore paru.
releases-older = Plus anciennes
release-title = Publication du { $moment }
release-receipt = Vérification des pages publiques
release-live = « { $title } » est en ligne en français et en anglais à { $time }.
release-live-french = « { $title } » est en ligne en français à { $time }. La page anglaise renvoie au texte français.
release-live-gone = « { $title } » n’est plus en ligne : sa page l’explique en français et en anglais à { $time }.
release-replaced = « { $title } » : un texte plus récent a pris la place de celui-ci.
release-amiss = « { $title } » n’est pas en ligne comme il a été approuvé.
release-unread = « { $title } » n’a pas été relu, faute de temps : ouvrez sa page publique.
release-seen = { $path } : relue et conforme mot pour mot
release-seen-answers = { $path } : la page répond
release-seen-differs = { $path } : des passages approuvés n’y sont pas
release-seen-status = { $path } : la page répond par le code { $status }
release-how = Les adresses publiques ont été relues à l’instant, comme un lecteur les reçoit, et comparées aux mots publiés.
release-by = Décidée par { $name } le { $moment }
release-override = Sans second regard, motif d’urgence : { $reason }
release-cancelled = Annulée par { $name } le { $moment }
release-state-out = Parue
release-state-cancelled = Annulée
release-begins = Version qui commence
release-note-fr = Note publique en français : { $words }
release-note-en = Note publique en anglais : { $words }
release-withdrawn = Retrait
release-removed = Suppression (publié par erreur)
release-reason-fr = Motif public en français : { $words }
release-reason-en = Motif public en anglais : { $words }
release-minor = Modification mineure
release-move = Déplacer
release-move-lead = Le texte et tout ce qui paraît avec lui paraîtront ensemble au nouveau moment.
release-cancel = Annuler cette publication
release-cancel-lead = Rien ne paraîtra. Les textes restent au bureau, et le texte en vigueur ne change pas.
release-done-moved = La publication est déplacée.
release-done-cancelled = La publication est annulée. Rien ne paraîtra.
release-state-ahead = Prévue
release-done-scheduled = La publication est prévue.
release-line-others =
    { $count ->
        [one] { $titles } et un autre
       *[other] { $titles } et { $count } autres
    }
release-line-end = { $title } – retrait

## Withdrawing, bringing back, redacting
withdraw-title = Retirer : { $title }
withdraw-kind = Ce qui arrive à la page
withdraw-stays = Retirer : la page reste, sous un bandeau qui en donne la date et le motif. Elle sort des listes et de la recherche.
withdraw-removes = Supprimer, parce que le texte a été publié par erreur : la page dit qu’elle a été supprimée, avec le motif. Les versions antérieures restent au dossier public.
withdraw-reason = Motif public
withdraw-successor = Ce qui en prend la place
withdraw-successor-none = Rien
withdraw-do = Retirer le texte
restore-title = Rétablir : { $title }
restore-lead = Le dernier texte approuvé reparaît à la même adresse, comme une nouvelle version. Le retrait reste à l’historique.
restore-do = Rétablir le texte
redact-title = Caviarder : { $title }
redact-lead = Les mots quittent toutes les révisions qui les répètent et tout ce que le site en montre. Une trace datée les remplace. C’est définitif.
redact-reach = Ce que cela atteint
redact-reach-texts = Les passages choisis, dans toutes les révisions et dans les deux langues, et ce que la recherche et la vérification de citations en gardent.
redact-reach-beside = Les remarques, notes publiques, motifs et précisions du journal qui répètent ce qu’aucun texte publié ne dit plus : une trace datée remplace chacun tout entier.
redact-reach-typing = La saisie gardée : celle de ce document, et celle d’autres documents où ces mots se répètent. Elle est effacée.
redact-limits = Ce que cela ne fait pas
redact-limit-backups = Les copies de sauvegarde déjà faites gardent ces mots tant qu’elles ne sont pas détruites.
redact-limit-slugs = Les adresses gardent les mots qu’elles contiennent, puisqu’une adresse est pour toujours.
redact-limit-elsewhere = Les archives du Web, les caches et les lecteurs gardent ce qu’ils ont déjà reçu.
redact-limit-others = Les autres passages qui répètent ces mots, et les liens qui portent ce titre, les gardent : ils seront nommés avant que vous confirmiez.
redact-choose = Passages à caviarder
redact-in = Révisions { $numbers }
redact-ground = Motif prévu par la loi
redact-ground-hint = Par exemple l’article de loi et la date de la décision. Il reste au journal et ne paraît pas sur le site.
redact-sure = Je comprends que ces mots ne pourront pas être rétablis.
redact-do = Caviarder ces passages
redact-go-on = Continuer
redact-repeated = Ces mots se répètent ailleurs, où ils restent tant qu’on ne les y retire pas
redact-nothing = Aucun passage de ce document n’a de mots à caviarder.
redact-fault = Choisissez au moins un passage, inscrivez le motif et confirmez que vous comprenez.

## Every revision
revisions-title = Historique : { $title }
revisions-lead = Chaque enregistrement du texte est une révision, de la plus récente à la plus ancienne. Le public ne voit que les versions, c’est-à-dire les révisions qui ont paru.
revisions-list = Révisions
revisions-number = Révision { $number }
revisions-from = à partir de la révision { $parent }
revisions-abandons = abandon de la révision { $abandoned }, retour à la révision { $parent }
revisions-merged = fusion des révisions { $parent } et { $merged }
revisions-since = En vigueur du { $from } au { $until }
revisions-since-open = En vigueur depuis le { $from }
revisions-ahead = Prévue pour le { $from }
revisions-compare = Comparer deux révisions
revisions-first = De la révision
revisions-second = À la révision
revisions-compare-do = Comparer
revisions-compared = De la révision { $from } à la révision { $to }
revisions-previous = Comparer avec la précédente
revisions-restore = Reprendre comme brouillon
revisions-public = Historique public

## Journal
journal-title = Journal
journal-lead = Qui a fait quoi, et quand. Rien ne s’y efface.
journal-filter = Filtrer
journal-person = Personne
journal-anyone = Tout le monde
journal-document = Numéro du document
journal-deed = Action
journal-any-deed = Toutes les actions
journal-from = Depuis le (année-mois-jour)
journal-until = Jusqu’au (année-mois-jour)
journal-show = Afficher
journal-export = Télécharger en CSV
journal-none = Aucune ligne ne correspond à ces filtres.
journal-older = Lignes plus anciennes
journal-release = Publication { $number }
journal-when = Moment
journal-who = Personne
journal-what = Action
journal-which = Document
journal-detail = Précision
journal-revision = Révision
journal-others =
    { $count ->
        [one] et un autre
       *[other] et { $count } autres
    }
journal-moved = Du { $from } au { $to }
journal-moved-to = Au { $to }
journal-cancelled = Prévue pour le { $moment }
journal-eyes-on = Approbation par une autre personne exigée
journal-eyes-off = Approbation par une autre personne non exigée

## What people do, as the journal tells them
deed-create = Création
deed-save = Enregistrement
deed-merge = Fusion de deux brouillons
deed-restore = Reprise d’une révision
deed-abandon = Abandon d’un brouillon
deed-level = Traduction jugée à jour
deed-submit = Soumission
deed-take-back = Annulation de la soumission
deed-approve = Approbation
deed-return = Retour avec remarque
deed-publish = Publication
deed-schedule = Publication prévue
deed-move = Déplacement d’une publication
deed-cancel = Annulation d’une publication
deed-withdraw = Retrait
deed-remove = Suppression
deed-bring-back = Rétablissement
deed-redact = Caviardage
deed-import = Importation
deed-set-four-eyes = Réglage de l’approbation
deed-open-account = Ouverture d’un compte
deed-close-account = Fermeture d’un compte
deed-reopen-account = Réouverture d’un compte
deed-change-role = Changement de rôle
deed-reset-password = Nouveau lien de mot de passe
deed-found = Ouverture du premier compte
deed-choose-password = Mot de passe choisi par un lien, sessions fermées partout
deed-change-password = Mot de passe changé, autres sessions fermées partout

## Settings
settings-title = Paramètres
settings-eyes = Approbation
settings-eyes-label = Un texte est approuvé par une personne qui n’en a rien écrit depuis la dernière version en vigueur.
settings-eyes-hint = Recommandé. En cas d’urgence, une personne peut passer outre en donnant un motif, qui reste au journal.
settings-lives-lead = La page publique sur la protection des renseignements personnels reprend ces durées.
settings-save = Enregistrer
settings-done = Les paramètres sont enregistrés.
