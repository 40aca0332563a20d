//! The composition of a picture: the band's blue, the Earth in fine lines, the words in white.

use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

use super::Words;
use super::face::Face;
use crate::error::{Error, Result};
use crate::web::formats::head::PICTURE;

static BOLD: &[u8] = include_bytes!("../../../../static/fonts/roboto-card-700.ttf");
static REGULAR: &[u8] = include_bytes!("../../../../static/fonts/roboto-card-400.ttf");

/// The colours of the header, of the drawing over it, and of the accent (see the values in `static/site.css`).
const GROUND: (u8, u8, u8) = (0x09, 0x57, 0x97);
const DRAWING: (u8, u8, u8) = (0x1f, 0x6a, 0xa8);
const ACCENT: (u8, u8, u8) = (0xe5, 0x82, 0x71);
const WHITE: (u8, u8, u8) = (0xff, 0xff, 0xff);
const PALE: (u8, u8, u8) = (0xda, 0xe6, 0xf0);

/// From the edges, in pixels.
const MARGIN: f32 = 80.0;
/// The measure of the words: three quarters of the picture.
const MEASURE: f32 = 900.0;
/// The sizes that a title may have, largest first; a title that needs more lines than fit takes the next.
const TITLE_SIZES: [f32; 5] = [92.0, 76.0, 64.0, 54.0, 46.0];
const TITLE_LINES: usize = 4;
/// How high all the lines of a title may stand.
const TITLE_HEIGHT: f32 = 220.0;
const OPENING_SIZE: f32 = 32.0;
const OPENING_LINES: usize = 2;
const INSTITUTION_SIZE: f32 = 30.0;

struct Canvas(Pixmap);

impl Canvas {
    fn fill(&mut self, path: Option<Path>, colour: (u8, u8, u8)) {
        if let Some(path) = path {
            self.0
                .fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
        }
    }

    fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32, colour: (u8, u8, u8)) {
        self.fill(Rect::from_xywh(x, y, width, height).map(PathBuilder::from_rect), colour);
    }
}

fn paint((red, green, blue): (u8, u8, u8)) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 0xff);
    paint
}

/// Draws a picture, as PNG.
///
/// # Errors
/// The font cannot be read, or the picture not written.
pub fn draw(words: &Words) -> Result<Vec<u8>> {
    let (bold, regular) = (Face::read(BOLD)?, Face::read(REGULAR)?);
    let pixels = Pixmap::new(PICTURE.0, PICTURE.1).ok_or_else(|| Error::Internal("no room for a picture".into()))?;
    let mut canvas = Canvas(pixels);
    canvas.0.fill(Color::from_rgba8(GROUND.0, GROUND.1, GROUND.2, 0xff));
    earth(&mut canvas);
    let headed = words.institution != words.title;
    if headed {
        institution(&mut canvas, &bold, &words.institution);
    }
    text(&mut canvas, &bold, &regular, words);
    canvas.0.encode_png().map_err(|error| Error::Internal(Box::new(error)))
}

/// The Earth from above the Atlantic, one line every 15 degrees, as on the home page; only a part of it is in the picture.
fn earth(canvas: &mut Canvas) {
    const RADIUS: f32 = 430.0;
    let mut lines = PathBuilder::new();
    lines.push_circle(0.0, 0.0, RADIUS);
    for step in 0..6_u8 {
        let angle = (f32::from(step) * 15.0).to_radians();
        // A meridian seen from the equator is an ellipse, a parallel a straight line.
        let across = RADIUS * angle.sin();
        if let Some(meridian) = Rect::from_ltrb(-across, -RADIUS, across, RADIUS) {
            lines.push_oval(meridian);
        } else {
            lines.move_to(0.0, -RADIUS);
            lines.line_to(0.0, RADIUS);
        }
        for height in [across, -across] {
            let half = RADIUS * angle.cos();
            lines.move_to(-half, height);
            lines.line_to(half, height);
        }
    }
    let stroke = Stroke {
        width: 2.0,
        ..Stroke::default()
    };
    let place = Transform::from_rotate(-18.0).post_translate(1010.0, 400.0);
    if let Some(path) = lines.finish() {
        canvas.0.stroke_path(&path, &paint(DRAWING), &stroke, place, None);
    }
}

/// The name beside an upright bar, as in the header.
fn institution(canvas: &mut Canvas, face: &Face, name: &str) {
    const LEADING: f32 = 38.0;
    const TOP: f32 = 64.0;
    let lines = face.lines(name, INSTITUTION_SIZE, 640.0);
    let height = LEADING * lines.iter().map(|_| 1.0).sum::<f32>();
    canvas.rectangle(MARGIN, TOP, 4.0, height, WHITE);
    let mut base = TOP + 28.0;
    for line in lines {
        canvas.fill(face.outline(&line, INSTITUTION_SIZE, MARGIN + 24.0, base), WHITE);
        base += LEADING;
    }
}

/// Title, accent and opening, standing on the lower margin.
fn text(canvas: &mut Canvas, bold: &Face, regular: &Face, words: &Words) {
    let (size, title) = title(bold, &words.title);
    let mut opening = regular.lines(&words.opening, OPENING_SIZE, MEASURE);
    if opening.len() > OPENING_LINES {
        opening.truncate(OPENING_LINES);
        if let Some(last) = opening.last_mut() {
            last.push('…');
        }
    }
    let mut base = f32_of(PICTURE.1) - MARGIN;
    for line in opening.iter().rev() {
        canvas.fill(regular.outline(line, OPENING_SIZE, MARGIN, base), PALE);
        base -= OPENING_SIZE * 1.35;
    }
    if !opening.is_empty() {
        base -= 24.0;
    }
    canvas.rectangle(MARGIN, base - 6.0, 96.0, 6.0, ACCENT);
    base -= 6.0 + size * 0.5;
    for line in title.iter().rev() {
        canvas.fill(bold.outline(line, size, MARGIN, base), WHITE);
        base -= size * 1.12;
    }
}

/// The largest size at which a title fits, and its lines; at the smallest, what does not fit is cut.
fn title(face: &Face, words: &str) -> (f32, Vec<String>) {
    let broken = |size: f32| (size, face.lines(words, size, MEASURE + 100.0));
    let fits = |(size, lines): &(f32, Vec<String>)| {
        let height = lines.iter().map(|_| size * 1.12).sum::<f32>();
        lines.len() <= TITLE_LINES
            && height <= TITLE_HEIGHT
            && lines.iter().all(|line| face.width(line, *size) <= MEASURE + 100.0)
    };
    let smallest = TITLE_SIZES.last().copied().unwrap_or(INSTITUTION_SIZE);
    TITLE_SIZES.into_iter().map(broken).find(fits).unwrap_or_else(|| {
        let (size, mut lines) = broken(smallest);
        if lines.len() > TITLE_LINES {
            lines.truncate(TITLE_LINES);
            if let Some(last) = lines.last_mut() {
                last.push('…');
            }
        }
        (size, lines)
    })
}

#[expect(clippy::cast_precision_loss, reason = "the size of a picture is far below 2²⁴")]
const fn f32_of(pixels: u32) -> f32 {
    pixels as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_words_make_a_picture_of_the_right_size() {
        for title in [
            "Jean Lemire",
            "",
            &"Intitulé interminable ".repeat(40),
            "不",
            &"x".repeat(300),
        ] {
            let words = Words {
                institution: "Ministère des Relations internationales".to_owned(),
                title: title.to_owned(),
                opening: "Représentant aux changements climatiques".to_owned(),
            };
            let picture = draw(&words).unwrap();
            let read = Pixmap::decode_png(&picture).unwrap();
            assert_eq!((read.width(), read.height()), PICTURE);
        }
    }

    #[test]
    fn letters_are_kerned() {
        let face = Face::read(BOLD).unwrap();
        let apart = face.width("A", 100.0) + face.width("V", 100.0);
        assert!(face.width("AV", 100.0) < apart - 1.0);
    }
}
