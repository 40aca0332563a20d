# Error pages, by status.

error-number = Erreur { $status }
error-404-title = Page introuvable
error-404-text = Aucune page n’existe à cette adresse. Vérifiez l’adresse, ou choisissez l’une des pages ci-dessous.
error-405-title = Action non permise
error-405-text = Cette adresse se consulte, mais ne reçoit aucune donnée. Choisissez l’une des pages ci-dessous.
error-410-title = Page supprimée
error-410-text = Le texte qui se trouvait à cette adresse a été retiré. La date et le motif figurent ci-dessous.
error-500-title = Problème technique
error-500-text = La page n’a pas pu être préparée. Le problème a été consigné. Réessayez dans quelques minutes.
error-503-title = Service momentanément interrompu
error-503-text = Le site ne peut pas répondre pour le moment. Réessayez dans quelques minutes.
error-links = Pages utiles
