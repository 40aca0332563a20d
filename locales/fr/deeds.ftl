# Pourquoi une opération n’a pas eu lieu, là où aucune contrainte de la base de données ne le dit.

denied-account = Votre compte a été fermé, ou son rôle a changé. Ouvrez une nouvelle session.
denied-role = Votre rôle ne permet pas cette opération.
denied-state = Ce texte n’en est plus là. Quelqu’un a agi entre-temps, ou l’opération ne s’y prête pas.
denied-four-eyes = Vous avez écrit une partie de ce texte. Une autre personne doit l’approuver.
denied-unapproved = Ce texte n’a pas été approuvé tel quel. Faites-le approuver ou, en cas d’urgence, indiquez pourquoi il paraît sans approbation.
denied-reason = Indiquez le motif.
denied-kind = Un document de ce genre ne se crée pas ici.
denied-too-long = Un texte compte au plus 500 passages et 500 éléments de liste.
denied-past = La date et l’heure choisies sont passées.
denied-form = Ce formulaire appartient à une autre personne.

# Ce qui s’oppose à la publication d’un texte.

fault-title = Le texte n’a pas de titre.
fault-slug = Il manque la fin de l’adresse.
fault-french = Ce passage n’a pas de français.
fault-english = Ce passage n’a pas d’anglais. Traduisez-le, ou déclarez que l’anglais suivra ou qu’il n’est pas prévu.
fault-link = Un lien ne mène nulle part, ou mène à un document qui n’est pas public.
fault-link-empty = Un lien n’a pas de mots.
fault-heading = Un intertitre saute un niveau.
fault-image = Ce passage contient une image. Le site ne publie que du texte.
fault-office = La fin des fonctions est à venir. Elle se publie une fois arrivée.
