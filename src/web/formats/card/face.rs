//! Type as outlines: one weight of Roboto, kerned, broken into lines.

use tiny_skia::{Path, PathBuilder};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face as Parsed, GlyphId, OutlineBuilder};

use crate::error::{Error, Result};

/// A weight, ready to be measured and drawn.
pub struct Face(Parsed<'static>);

impl Face {
    /// Reads a font file of the program.
    ///
    /// # Errors
    /// It is no font.
    pub fn read(file: &'static [u8]) -> Result<Self> {
        Parsed::parse(file, 0)
            .map(Self)
            .map_err(|error| Error::Internal(Box::new(error)))
    }

    /// The glyphs of a line, each with how far right of the beginning it stands, in font units; and the whole width.
    fn set(&self, words: &str) -> (Vec<(GlyphId, f32)>, f32) {
        let mut glyphs: Vec<(GlyphId, f32)> = Vec::new();
        let mut across = 0.0;
        for character in words.chars() {
            // A no-break space looks like any other; what the font lacks is left out.
            let drawn = if character == '\u{a0}' { ' ' } else { character };
            let Some(glyph) = self.0.glyph_index(drawn) else {
                continue;
            };
            if let Some((before, _)) = glyphs.last() {
                across += self.kerning(*before, glyph);
            }
            glyphs.push((glyph, across));
            across += f32::from(self.0.glyph_hor_advance(glyph).unwrap_or_default());
        }
        (glyphs, across)
    }

    /// How much closer a pair stands, in font units.
    fn kerning(&self, left: GlyphId, right: GlyphId) -> f32 {
        let Some(table) = self.0.tables().gpos else { return 0.0 };
        let subtables = table
            .lookups
            .into_iter()
            .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>());
        let found = subtables.filter_map(|subtable| match subtable {
            PositioningSubtable::Pair(pairs) => adjustment(pairs, left, right),
            _ => None,
        });
        // The first subtable that knows the pair wins, as shapers do.
        found.map(f32::from).next().unwrap_or_default()
    }

    /// The width of a line at a size, in pixels.
    pub fn width(&self, words: &str, size: f32) -> f32 {
        self.set(words).1 * self.scale(size)
    }

    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.0.units_per_em())
    }

    /// The outlines of a line at a size, its beginning on the base line at `x`, `y`; none of an empty line.
    pub fn outline(&self, words: &str, size: f32, x: f32, y: f32) -> Option<Path> {
        let mut pen = Pen {
            path: PathBuilder::new(),
            scale: self.scale(size),
            x,
            y,
        };
        for (glyph, across) in self.set(words).0 {
            pen.x = x + across * pen.scale;
            self.0.outline_glyph(glyph, &mut pen);
        }
        pen.path.finish()
    }

    /// Breaks words into lines that are at most so wide; a word that is wider alone keeps its own line.
    pub fn lines(&self, words: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words.split([' ', '\n']).filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

fn adjustment(pairs: PairAdjustment<'_>, left: GlyphId, right: GlyphId) -> Option<i16> {
    let index = pairs.coverage().get(left)?;
    let (first, _) = match pairs {
        PairAdjustment::Format1 { sets, .. } => sets.get(index)?.get(right)?,
        PairAdjustment::Format2 { classes, matrix, .. } => matrix.get((classes.0.get(left), classes.1.get(right)))?,
    };
    Some(first.x_advance)
}

/// Draws glyphs; fonts count upward, pictures downward.
struct Pen {
    path: PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
