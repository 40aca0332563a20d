# Corriger le texte en vigueur pendant qu’un autre est prévu ou se rédige.

correction-do = Corriger le texte en vigueur
correction-go-on = Poursuivre la correction
correction-scheduled = Correction du texte en vigueur. Le texte prévu pour le { $moment } reste à part; il faudra y reprendre la correction avant de publier.
correction-draft = Correction du texte en vigueur. Le brouillon reste à part; il faudra y reprendre la correction avant de publier.
correction-publish = Publier la correction
correction-approve = Examiner et approuver la correction
correction-submit = Soumettre la correction à l’approbation
correction-review = Examiner la correction
correction-edit = Modifier ce texte
correction-review-title = Examen de la correction : { $title }
correction-publish-title = Publier la correction : { $title }
correction-behind-scheduled = Reprendre la correction dans le texte prévu pour le { $moment }
correction-behind-draft = Reprendre la correction dans le brouillon
correction-panel = Correction du texte en vigueur
correction-form-panel = Texte prévu, avec la correction
correction-contained = Ce texte contient une correction du texte en vigueur qui n’a pas encore paru. Pour qu’elle paraisse sans attendre, publiez la correction : elle seule paraît, et ce texte suit à son heure.
correction-contained-scheduled = Ce texte contient une correction du texte en vigueur qui n’a pas encore paru. Dès que la correction sera publiée, ce texte, s’il est approuvé, prendra la place de celui qui est prévu pour le { $moment }.
correction-replaced = Ce que cette publication change à ce qui est prévu
correction-replaced-link = La révision { $number } de « { $title } », approuvée, prendra la place du texte prévu pour le { $moment }
correction-awaited =
    { $count ->
        [one] Le texte prévu, réuni à celui-ci, n’est pas encore approuvé
       *[other] Les textes prévus, réunis à celui-ci, ne sont pas encore approuvés
    }
correction-awaited-lead =
    { $count ->
        [one] Il prendra la place du texte prévu, au même moment. Faites-le approuver, puis publiez.
       *[other] Chacun prendra la place d’un texte prévu, au même moment. Faites-les approuver, puis publiez.
    }
correction-awaited-link = Examiner la révision { $number } de « { $title } »
correction-replaced-unapproved-link = La révision { $number } de « { $title } », qui n’est pas approuvée, prendrait la place du texte prévu pour le { $moment }
correction-untold = Ce qui prendra la place d’un texte prévu a changé depuis l’ouverture de cette page. Relisez ce qui suit, puis publiez.
state-correction = Correction
state-with-correction = Prévu, avec la correction
merge-correction-lead = La correction du texte en vigueur est à reprendre dans ce texte. Les deux textes sont gardés; ce qui ne se touche pas est déjà réuni. Il reste à choisir ce qui suit.
merge-correction-settled = La correction du texte en vigueur est à reprendre dans ce texte. Rien ne se contredit : les deux textes peuvent être réunis tels quels.
merge-correction-theirs = La correction
merge-correction-mine = Le texte prévu ou le brouillon
