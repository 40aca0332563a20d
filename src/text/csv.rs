//! Tables as CSV (RFC 4180) that spreadsheets open as text, whatever the words in them.

/// What tells spreadsheets that the letters are UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// How a cell begins that a spreadsheet would take for a formula (OWASP, CSV injection).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table being written, a row at a time.
#[derive(Debug)]
pub struct Table(String);

impl Default for Table {
    fn default() -> Self {
        Self(BYTE_ORDER_MARK.into())
    }
}

impl Table {
    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.cell(cell);
        }
        self.0.push_str("\r\n");
    }

    /// The whole table.
    #[must_use]
    pub fn finish(self) -> String {
        self.0
    }

    /// Every cell stands between quotation marks; an apostrophe before what looks like a formula makes it text.
    fn cell(&mut self, words: &str) {
        self.0.push('"');
        // A spreadsheet may trim before it looks.
        if words.trim_start_matches(' ').starts_with(FORMULA) {
            self.0.push('\'');
        }
        self.0.push_str(&words.replace('"', "\"\""));
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[&str]) -> String {
        let mut table = Table::default();
        table.row(cells.iter().copied());
        table.finish()
    }

    #[test]
    fn cells_keep_their_words() {
        assert_eq!(written(&["a", "b,c"]), "\u{feff}\"a\",\"b,c\"\r\n");
        assert_eq!(
            written(&["dit \"oui\"", "x\ny"]),
            "\u{feff}\"dit \"\"oui\"\"\",\"x\ny\"\r\n"
        );
        assert_eq!(written(&["", "-"]), "\u{feff}\"\",\"'-\"\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for start in FORMULA {
            let cell = format!("{start}1+1");
            assert_eq!(written(&[&cell]), format!("\u{feff}\"'{cell}\"\r\n"));
            assert!(written(&[&format!("  {cell}")]).starts_with("\u{feff}\"'"), "{cell}");
        }
        assert_eq!(written(&["1+1"]), "\u{feff}\"1+1\"\r\n");
    }
}
