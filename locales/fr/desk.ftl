# The desk: its band, its failures, its first page.

desk-name = Bureau de rédaction
desk-sections = Sections du bureau
desk-home = À faire
desk-return = Revenir au bureau
desk-save = Enregistrer
desk-foreign-title = Formulaire refusé
desk-foreign-text = Ce formulaire ne vient pas d’une page de ce site. Rien n’a été modifié.
desk-forbidden-title = Action non permise
desk-forbidden-text = Votre rôle ne permet pas cette action. Rien n’a été modifié.
desk-large-title = Envoi trop long
desk-large-text = Ce qui a été envoyé dépasse 512 ko, ou a mis trop de temps à arriver. Rien n’a été modifié. Revenez à la page précédente pour retrouver votre texte.
desk-method-title = Action non permise
desk-method-text = Cette adresse ne s’emploie pas de cette façon.
desk-unreadable-title = Demande illisible
desk-unreadable-text = Ce qui a été envoyé n’a pas pu être lu. Rien n’a été modifié.
desk-missing-title = Page introuvable
desk-missing-text = Aucune page du bureau n’existe à cette adresse.
desk-refused-title = Opération refusée
desk-refused-text = L’opération n’a pas été faite. Rien n’a été modifié.
desk-unavailable-title = Bureau momentanément interrompu
desk-unavailable-text = La base de données ne répond pas pour le moment. Rien n’a été modifié. Réessayez dans quelques minutes.
desk-broken-title = Problème technique
desk-broken-text = La page n’a pas pu être préparée. Le problème a été consigné. Réessayez dans quelques minutes.
held-unavailable-title = Votre texte n’a pas encore été reçu
held-unavailable-text = La base de données ne répond pas pour le moment. Votre texte est conservé dans cette page : ne la fermez pas, et renvoyez-le dans quelques minutes.
held-send = Renvoyer le texte
