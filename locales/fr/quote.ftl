# Quote check.

quote-title = Vérifier une citation
quote-description = Une phrase a-t-elle été publiée ici, mot pour mot, et quand? Collez-la pour le savoir.
quote-label = Citation à vérifier
quote-action = Vérifier
quote-hint = Collez une phrase d’un seul texte, en français ou en anglais : au moins quatre mots de suite. Les majuscules, la ponctuation et les espaces ne comptent pas; chaque mot, chaque accent et chaque nombre compte. Des points de suspension remplacent des mots omis, entre des suites d’au moins trois mots.
quote-too-long = La citation est trop longue : { $limit } caractères au plus
quote-too-short = La citation est trop courte pour être vérifiée : au moins quatre mots de suite
quote-current = La citation est conforme au texte en vigueur
quote-earlier = La citation est conforme à une version antérieure
quote-absent = Passage introuvable dans les versions publiées depuis le { $day }
quote-since = Ces mots y figurent depuis le { $day }.
quote-period = En vigueur { $range }.
quote-version = Version { $version }
quote-replaced = Ce qui a remplacé ce passage
quote-gone = Le passage ne figure plus dans la version suivante.
quote-withdrawn = Le texte n’est plus en vigueur.
quote-returned = Le texte a été retiré, puis remis en vigueur le { $day } sans ces mots.
quote-nearest = Passage le plus proche
quote-yours = Votre citation
quote-published = Passage publié
quote-extra = Mots de la citation qui ne sont pas à cet endroit du passage : { $words }
quote-missing = Mots du passage qui ne sont pas à cet endroit de la citation : { $words }
quote-unlike = Aucun passage publié ne ressemble à cette citation.
quote-word = « { $words } »
