# Header, navigation, footer: what stands around every page.

frame-title = { $page } – { $institution }
# Shown for the institution’s name when no text can be read.
frame-unnamed = Institutional site
frame-skip = Skip to content
frame-language = Français
frame-contact = Contact us
frame-home = Home
frame-navigation = Main navigation
frame-navigation-mission = Mission
frame-navigation-vision = Vision
frame-navigation-mandates = Mandates
frame-navigation-representatives = Representatives
frame-breadcrumb = Breadcrumb
frame-charter = Language notice
frame-charter-link = Who this applies to
frame-footer = Footer
frame-footer-accessibility = Accessibility
frame-footer-plan = Site map
frame-footer-access = Access to information
frame-footer-privacy = Privacy policy
frame-footer-terms = Terms of use
frame-footer-about = About
frame-problem = Report a problem
frame-demonstration = Demonstration site with no official status
frame-government = Gouvernement du Québec
frame-copyright-address = https://www.quebec.ca/en/copyright
