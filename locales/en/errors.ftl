# Error pages, by status.

error-number = Error { $status }
error-404-title = Page not found
error-404-text = There is no page at this address. Check the address, or choose one of the pages below.
error-405-title = Action not allowed
error-405-text = This address can be read, but accepts no data. Choose one of the pages below.
error-410-title = Page removed
error-410-text = The text that stood at this address has been removed. The date and the reason are given below.
error-500-title = Technical problem
error-500-text = The page could not be prepared. The problem has been recorded. Please try again in a few minutes.
error-503-title = Service temporarily unavailable
error-503-text = The site cannot answer at the moment. Please try again in a few minutes.
error-links = Helpful pages
