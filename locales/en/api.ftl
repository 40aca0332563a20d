# The API: its description, and its problems.

api-title = Open data: programming interface
api-introduction = The same facts as the pages, for machines: documents, versions, differences and releases, read only, without key or account. French is the source language.
api-description-link = Complete description (OpenAPI 3.1, JSON)
api-operations = Addresses
api-parameter = Parameter
api-form = Form
api-meaning = Meaning
api-status = Status
api-content = Content
api-schemas = Objects
api-fields = Fields of { $name }
api-parameters-of = Parameters of { $path }
api-answers-of = Responses of { $path }
api-field = Field
api-problems = Problems
api-required = required

## Operations
api-operation-documents = Lists the documents, by number.
api-operation-document = Gives a document and its text.
api-operation-versions = Lists the versions of a document, the newest first.
api-operation-version = Gives one version of a document and its text.
api-operation-differences = Compares two versions of a document, word by word.
api-operation-releases = Lists the releases, the latest first.
api-operation-openapi = Gives the description of the interface.

## Parameters
api-parameter-lang = Language of the texts and messages.
api-parameter-as_of = Date in the past (at the end of the day, Québec time) or instant (RFC 3339) at which to read. By default, the present. No effect beside cursor: the first page set the instant.
api-parameter-limit = Maximum number of items per page.
api-parameter-cursor = Start of the next page, as the next field of the previous page of the same list gives it.
api-parameter-kind = Kind of documents to list.
api-parameter-number = Permanent number of the document.
api-parameter-version = Rank of the version.
api-parameter-from = Rank of the version to start from.
api-parameter-to = Rank of the later version to compare.

## Answers
api-response-200 = The resource.
api-response-304 = Unchanged since the validator given.
api-header-etag = Strong validator, to send back in If-None-Match.

## Fields
api-field-as_of = Instant at which every page of the list is read.
api-field-items = Items of the page.
api-field-next = Value of cursor for the next page, or null at the end.
api-field-number = Permanent number of the document.
api-field-kind = Kind, among the values listed.
api-field-key = Fixed name of the document, if it has one.
api-field-title = Title, without markup.
api-field-language = Language of the words given: French as long as there is no English.
api-field-state = In effect, or how the text was withdrawn.
api-field-version = Rank of the version among those that have been in effect.
api-field-changed = Last change in this language.
api-field-english = State of the English: present, to follow or not planned.
api-field-page = Address of the page.
api-field-permanent = Permanent link.
api-field-resource = Address of this resource in the interface.
api-field-document = The document, or its permanent number.
api-field-withdrawal = Withdrawal of the text, if it is no longer in effect.
api-field-passages = Passages of the text, in reading order.
api-field-members = Numbers of the documents of a list, in its order.
api-field-office = Dates in office of a representative.
api-field-since = Instant of the withdrawal.
api-field-reason = Reason, without markup.
api-field-successor = Number of the document that took its place.
api-field-from = Start: date, instant or rank of version.
api-field-until = End, exclusive for a version; null until it is reached.
api-field-to = Rank of the later version to compare.
api-field-edition = The version.
api-field-note = Public note of the release.
api-field-minor = True if the change was declared minor.
api-field-at = Instant of the release.
api-field-changes = Documents changed together.
api-field-withdrawn = Kind of withdrawal, or null if a version took effect.
api-field-part = Part of the text to which the passage belongs.
api-field-anchor = Permanent anchor of the passage.
api-field-lagging = True if the translation needs revision.
api-field-redacted = True if the words were removed as the law requires.
api-field-markdown = Source, in Markdown.
api-field-html = Words in HTML.
api-field-text = Words without markup.
api-field-fate = What became of the passage between the versions.
api-field-moved = True if the passage changed places.
api-field-spans = Stretches of words kept, inserted or deleted.
api-field-type = Address that explains this kind of problem.
api-field-status = Status code of the answer.
api-field-detail = What can be corrected.
api-field-instance = Path asked for.

## Problems
api-problem-400-title = Request not accepted
api-problem-400-text = A parameter of the request cannot be used.
api-problem-404-title = Resource not found
api-problem-404-text = There is no resource at this address, or there was none on the date asked for.
api-problem-405-title = Method not allowed
api-problem-405-text = This interface can be read, but accepts nothing: GET, HEAD and OPTIONS only.
api-problem-500-title = Technical problem
api-problem-500-text = The answer could not be prepared. The problem has been recorded.
api-problem-503-title = Service temporarily unavailable
api-problem-503-text = The service cannot answer at the moment. Please try again shortly.
api-fault-unknown = The request has a parameter that this address does not know.
api-fault-repeated = The parameter { $name } is given more than once.
api-fault-missing = The parameter { $name } is required.
api-fault-unreadable = The value of the parameter { $name } is not of the right form.
api-fault-future = The parameter { $name } names a moment still ahead, of which nothing is published.
