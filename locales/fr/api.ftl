# The API: its description, and its problems.

api-title = Données ouvertes : interface de programmation
api-introduction = Les mêmes faits que les pages, pour les machines : documents, versions, différences et mises en ligne, en lecture seule, sans clé ni compte. Le français est la langue source.
api-description-link = Description complète (OpenAPI 3.1, JSON)
api-operations = Adresses
api-parameter = Paramètre
api-form = Forme
api-meaning = Sens
api-status = État
api-content = Contenu
api-schemas = Objets
api-fields = Champs de { $name }
api-parameters-of = Paramètres de { $path }
api-answers-of = Réponses de { $path }
api-field = Champ
api-problems = Problèmes
api-required = obligatoire

## Operations
api-operation-documents = Énumère les documents, par numéro.
api-operation-document = Donne un document et son texte.
api-operation-versions = Énumère les versions d’un document, la plus récente d’abord.
api-operation-version = Donne une version d’un document et son texte.
api-operation-differences = Compare deux versions d’un document, mot par mot.
api-operation-releases = Énumère les mises en ligne, la plus récente d’abord.
api-operation-openapi = Donne la description de l’interface.

## Parameters
api-parameter-lang = Langue des textes et des messages.
api-parameter-as_of = Date du passé (à la fin du jour, heure du Québec) ou instant (RFC 3339) auquel lire. Par défaut, le présent. Sans effet avec cursor : la première page a fixé l’instant.
api-parameter-limit = Nombre maximal d’éléments par page.
api-parameter-cursor = Début de la page suivante, tel que le champ next de la page précédente de la même liste le donne.
api-parameter-kind = Genre des documents à énumérer.
api-parameter-number = Numéro permanent du document.
api-parameter-version = Rang de la version.
api-parameter-from = Rang de la version de départ.
api-parameter-to = Rang de la version d’arrivée.

## Answers
api-response-200 = La ressource.
api-response-304 = Inchangée depuis le validateur fourni.
api-header-etag = Validateur fort, à renvoyer dans If-None-Match.

## Fields
api-field-as_of = Instant auquel toutes les pages de la liste sont lues.
api-field-items = Éléments de la page.
api-field-next = Valeur de cursor pour la page suivante, ou null à la fin.
api-field-number = Numéro permanent du document.
api-field-kind = Genre, parmi les valeurs énumérées.
api-field-key = Nom fixe du document, s’il en a un.
api-field-title = Titre, sans balisage.
api-field-language = Langue des mots donnés : le français tant que l’anglais manque.
api-field-state = En vigueur, ou comment le texte a été retiré.
api-field-version = Rang de la version parmi celles qui ont été en vigueur.
api-field-changed = Dernière modification dans cette langue.
api-field-english = État de la version anglaise : présente, à venir ou non prévue.
api-field-page = Adresse de la page.
api-field-permanent = Lien permanent.
api-field-resource = Adresse de cette ressource dans l’interface.
api-field-document = Le document, ou son numéro permanent.
api-field-withdrawal = Retrait du texte, s’il n’est plus en vigueur.
api-field-passages = Passages du texte, dans l’ordre de lecture.
api-field-members = Numéros des documents d’une liste, dans son ordre.
api-field-office = Dates de fonction d’un représentant.
api-field-since = Instant du retrait.
api-field-reason = Motif, sans balisage.
api-field-successor = Numéro du document qui lui succède.
api-field-from = Début : date, instant ou rang de version.
api-field-until = Fin, exclue pour une version; null tant qu’elle n’est pas atteinte.
api-field-to = Rang de la version d’arrivée.
api-field-edition = La version.
api-field-note = Note publique de la mise en ligne.
api-field-minor = Vrai si la modification est déclarée mineure.
api-field-at = Instant de la mise en ligne.
api-field-changes = Documents modifiés ensemble.
api-field-withdrawn = Genre de retrait, ou null si une version a pris effet.
api-field-part = Partie du texte à laquelle le passage appartient.
api-field-anchor = Ancre permanente du passage.
api-field-lagging = Vrai si la traduction est à réviser.
api-field-redacted = Vrai si les mots ont été retirés en application de la loi.
api-field-markdown = Source, en Markdown.
api-field-html = Mots en HTML.
api-field-text = Mots sans balisage.
api-field-fate = Sort du passage d’une version à l’autre.
api-field-moved = Vrai si le passage a changé de place.
api-field-spans = Suites de mots conservés, ajoutés ou supprimés.
api-field-type = Adresse qui explique ce genre de problème.
api-field-status = Code d’état de la réponse.
api-field-detail = Ce qui peut être corrigé.
api-field-instance = Chemin demandé.

## Problems
api-problem-400-title = Requête non recevable
api-problem-400-text = Un paramètre de la requête ne peut pas être utilisé.
api-problem-404-title = Ressource introuvable
api-problem-404-text = Aucune ressource ne se trouve à cette adresse, ou ne s’y trouvait à la date demandée.
api-problem-405-title = Méthode non permise
api-problem-405-text = Cette interface se consulte, mais ne reçoit rien : GET, HEAD et OPTIONS seulement.
api-problem-500-title = Problème technique
api-problem-500-text = La réponse n’a pas pu être préparée. Le problème a été consigné.
api-problem-503-title = Service momentanément interrompu
api-problem-503-text = Le service ne peut pas répondre pour le moment. Réessayez dans quelques instants.
api-fault-unknown = La requête porte un paramètre que cette adresse ne connaît pas.
api-fault-repeated = Le paramètre { $name } est donné plus d’une fois.
api-fault-missing = Le paramètre { $name } est obligatoire.
api-fault-unreadable = La valeur du paramètre { $name } n’a pas la forme voulue.
api-fault-future = Le paramètre { $name } désigne un moment à venir, dont rien n’est publié.
