//! Writes HTML whose every element is closed, and leaves out those that would be empty.

/// Elements nest no deeper; inside, only words are written. Nobody writes so, but browsers and readers stumble.
const DEEPEST: usize = 32;

/// An element that is open.
struct Open {
    /// Its name; none where only its content is written.
    name: Option<&'static str>,
    /// Where its start tag begins.
    start: usize,
    /// Where its content begins.
    content: usize,
}

/// HTML in the making.
#[derive(Default)]
pub(super) struct Writer {
    html: String,
    open: Vec<Open>,
}

impl Writer {
    /// Opens an element; the values of its attributes are escaped here.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        if self.open.len() >= DEEPEST {
            return self.open_unwritten();
        }
        let start = self.html.len();
        self.html.push('<');
        self.html.push_str(name);
        for (attribute, value) in attributes {
            self.html.push_str(&format_attribute(attribute, value));
        }
        self.html.push('>');
        self.open.push(Open {
            name: Some(name),
            start,
            content: self.html.len(),
        });
    }

    /// Opens an element of which only the content is written.
    pub(super) fn open_unwritten(&mut self) {
        let start = self.html.len();
        self.open.push(Open {
            name: None,
            start,
            content: start,
        });
    }

    /// Closes the innermost element, or takes it back when it is empty: an empty link or heading has no name.
    pub(super) fn close(&mut self) {
        let Some(Open {
            name: Some(name),
            start,
            content,
        }) = self.open.pop()
        else {
            return;
        };
        if self.html[content..].trim().is_empty() {
            self.html.truncate(start);
        } else {
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        }
    }

    /// Writes words.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// Writes a line break.
    pub(super) fn line_break(&mut self) {
        self.html.push_str("<br>");
    }

    /// The HTML, its first element named by `id`.
    pub(super) fn finish(mut self, id: Option<&str>) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        if let (Some(id), true) = (id, self.html.starts_with('<')) {
            let name_end = self.html.find([' ', '>']).unwrap_or(self.html.len());
            self.html.insert_str(name_end, &format_attribute("id", id));
        }
        self.html
    }
}

fn format_attribute(name: &str, value: &str) -> String {
    let mut attribute = format!(" {name}=\"");
    escape(&mut attribute, value);
    attribute.push('"');
    attribute
}

fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            // HTML has no place for control characters; U+0000 cannot even be escaped.
            control if control.is_control() && control != '\n' && control != '\t' => html.push('\u{fffd}'),
            other => html.push(other),
        }
    }
}
