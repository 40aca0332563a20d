# Search.

search-title = Recherche
search-of = Recherche : { $typed }
search-description = Recherche dans les textes en vigueur du site.
search-label = Rechercher dans le site
search-action = Rechercher
search-hint = La recherche porte sur les textes en vigueur. Les guillemets gardent les mots ensemble; un trait d’union placé devant un mot exclut ce mot.
search-count = Textes trouvés : { $count }
search-begins = Textes trouvés, par des mots qui commencent ainsi : { $count }
search-near = Aucun texte ne contient ces mots. Textes qui en contiennent de semblables : { $count }
search-nothing = Aucun texte en vigueur ne correspond à cette recherche
search-no-words = La recherche ne contient aucun mot
search-too-long = La recherche est trop longue : { $limit } caractères au plus
search-cut = La recherche a tenu compte des { $limit } premiers mots seulement.
search-elsewhere = Textes trouvés en anglais : { $count }
search-pages = Pages de résultats
search-previous = Résultats précédents
search-next = Résultats suivants
as-of-tools = La recherche porte sur les textes en vigueur; la vérification des citations, sur toutes les versions publiées.
