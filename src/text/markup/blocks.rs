//! Where one passage ends and the next begins: at the blank lines between blocks, never inside a list or a block of code.

use pulldown_cmark::{Event, Options, Parser};

/// The passages of a text that was written or pasted whole, in order, without the blank lines around them.
#[must_use]
pub fn passages(markdown: &str) -> Vec<&str> {
    let parser = Parser::new_ext(markdown, Options::empty());
    // An address that stands apart from the words which lead there would be lost to them.
    let is_whole = parser.reference_definitions().iter().next().is_some();
    let mut depth = 0_usize;
    let mut starts = vec![0];
    for (event, at) in parser.into_offset_iter() {
        // From the beginning of its line: the spaces before it may be what makes it code.
        let line = markdown[..at.start].rfind('\n').map_or(0, |end| end + 1);
        if depth == 0 && !is_whole && ends_in_blank_line(&markdown[..line]) {
            starts.push(line);
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([markdown.len()]);
    let passages = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| markdown[*start..end].trim_matches('\n').trim_end());
    passages.filter(|passage| !passage.is_empty()).collect()
}

/// Whether the last of these whole lines has no words.
fn ends_in_blank_line(lines: &str) -> bool {
    lines.lines().next_back().is_some_and(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_blank_lines() {
        let cases: [(&str, &[&str]); 9] = [
            ("", &[]),
            (" \n\n", &[]),
            ("un", &["un"]),
            ("un\nun\n\ndeux\n \n\ntrois\n", &["un\nun", "deux", "trois"]),
            (
                "## titre\n\n- a\n\n- b\n\n  suite\n\nfin",
                &["## titre", "- a\n\n- b\n\n  suite", "fin"],
            ),
            ("## titre\ntexte", &["## titre\ntexte"]),
            (
                "un\n\n    code\n\n    code\n\ndeux",
                &["un", "    code\n\n    code", "deux"],
            ),
            ("```\na\n\nb\n```\n\nun", &["```\na\n\nb\n```", "un"]),
            ("[a]: /d/5\n\nun [a]", &["[a]: /d/5\n\nun [a]"]),
        ];
        for (text, expected) in cases {
            assert_eq!(passages(text), expected, "{text:?}");
        }
    }
}
