# Header, navigation, footer: what stands around every page.

frame-title = { $page } – { $institution }
# Shown for the institution’s name when no text can be read.
frame-unnamed = Site institutionnel
frame-skip = Passer au contenu
frame-language = English
frame-contact = Nous joindre
frame-home = Accueil
frame-navigation = Navigation principale
frame-navigation-mission = Mission
frame-navigation-vision = Vision
frame-navigation-mandates = Mandats
frame-navigation-representatives = Représentants
frame-breadcrumb = Fil d’Ariane
frame-charter = Avis sur la langue
frame-charter-link = Personnes visées
frame-footer = Pied de page
frame-footer-accessibility = Accessibilité
frame-footer-plan = Plan du site
frame-footer-access = Accès à l’information
frame-footer-privacy = Politique de confidentialité
frame-footer-terms = Conditions d’utilisation
frame-footer-about = À propos
frame-problem = Signaler un problème
frame-demonstration = Site de démonstration, sans caractère officiel
frame-government = Gouvernement du Québec
frame-copyright-address = https://www.quebec.ca/droit-auteur
