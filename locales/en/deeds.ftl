# Why something was not done, where no constraint of the database says it.

denied-account = Your account was closed, or its role has changed. Please sign in again.
denied-role = Your role does not allow this.
denied-state = This text is no longer at that point. Somebody has acted in the meantime, or it does not allow this.
denied-four-eyes = You wrote part of this text. Somebody else must approve it.
denied-unapproved = This text was not approved as it stands. Have it approved or, in an emergency, say why it goes out without approval.
denied-reason = Give the reason.
denied-kind = Documents of this kind are not created here.
denied-too-long = A text has at most 500 passages and 500 list items.
denied-past = The date and time that you chose have passed.
denied-form = This form belongs to somebody else.

# What speaks against publishing a text.

fault-title = The text has no title.
fault-slug = The end of the address is missing.
fault-french = This passage has no French.
fault-english = This passage has no English. Translate it, or declare that the English will follow or that none is planned.
fault-link = A link leads nowhere, or to a document that is not public.
fault-link-empty = A link has no words.
fault-heading = A heading skips a level.
fault-image = This passage contains an image. The site publishes text only.
fault-office = The end of the term is still ahead. It is published once it has come.
