# Citations, press, feeds: the other forms of a page.

citation-title = Citer cette page
citation-sentence = { $institution }, « { $title } », version { $version }, publiée le { $day }, { $address }
copy = Copier
copy-done = Copié
profile-card = Fiche de contact (vCard)
profile-plain = Texte seul
profile-short = En une ligne
profile-full = Biographie complète
profile-full-link = Lire la biographie sur cette page
plain-source = { $institution }, version { $version }, publiée le { $day }, { $address }
feed-whole = Toutes les modifications
feed-page = Modifications de « { $title } »
feed-left = { $title } : retrait du texte
feed-entry = { $title }, version { $version }
