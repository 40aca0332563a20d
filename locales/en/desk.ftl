# The desk: its band, its failures, its first page.

desk-name = Editing desk
desk-sections = Sections of the desk
desk-home = To do
desk-return = Back to the desk
desk-save = Save
desk-foreign-title = Form refused
desk-foreign-text = This form does not come from a page of this site. Nothing was changed.
desk-forbidden-title = Action not allowed
desk-forbidden-text = Your role does not allow this action. Nothing was changed.
desk-large-title = Too much was sent
desk-large-text = What was sent is more than 512 kB, or took too long to arrive. Nothing was changed. Go back one page to find your text again.
desk-method-title = Action not allowed
desk-method-text = This address is not used in this way.
desk-unreadable-title = Request not understood
desk-unreadable-text = What was sent could not be read. Nothing was changed.
desk-missing-title = Page not found
desk-missing-text = The desk has no page at this address.
desk-refused-title = Operation refused
desk-refused-text = The operation was not done. Nothing was changed.
desk-unavailable-title = The desk is temporarily interrupted
desk-unavailable-text = The database does not answer at the moment. Nothing was changed. Try again in a few minutes.
desk-broken-title = Technical problem
desk-broken-text = The page could not be prepared. The problem has been recorded. Please try again in a few minutes.
held-unavailable-title = Your text has not been received yet
held-unavailable-text = The database does not answer at the moment. Your text is kept in this page: do not close it, and send it again in a few minutes.
held-send = Send the text again
