//! The picture that Zalo, Facebook and the like show where a page is shared: 1200 by 630 pixels, the entry's photo beside
//! its name in two languages, as JPEG, because none of them takes a drawing. Touches no disk.

use super::photo::{self, hex};
use crate::diagnostic::{Diagnostic, Lang};
use crate::print::frame::frame;
use crate::print::typeface::{POINT, Typeface, Weight};
use crate::site::{Entry, Site};
use jpeg_encoder::ColorType;
use resvg::tiny_skia::{
    Color, FillRule, Paint, Path, PathBuilder, Pixmap, PixmapPaint, Rect, Stroke, Transform,
};
use sha2::{Digest, Sha256};

/// Width and height in pixels, as Open Graph readers like them.
pub const SIZE: (u32, u32) = (1200, 630);
/// The side of the photo at the right.
const PHOTO: u32 = 540;
/// What stays free around the words, in pixels.
const MARGIN: f32 = 64.0;
/// Told apart in the digest, so that a change of this file's recipe changes the published names.
const RECIPE: &[u8] = b"card 3";
/// Paper, lacquer, ink, celadon and gold of the default theme.
const PAPER: [u8; 3] = [0xfb, 0xf7, 0xef];
const LACQUER: [u8; 3] = [0x8c, 0x1d, 0x18];
const INK: [u8; 3] = [0x53, 0x46, 0x3e];
const CELADON: [u8; 3] = [0x2f, 0x5d, 0x46];
const GOLD: [u8; 3] = [0xa9, 0x76, 0x1c];

/// What a card says.
pub struct Words<'a> {
    /// The small line: the site's name, where the large one is an entry's.
    over: &'a str,
    title: &'a str,
    translated: &'a str,
}

impl<'a> Words<'a> {
    /// The words of an entry's card, or of the site's own.
    pub fn new(site: &'a Site, entry: Option<&'a Entry>) -> Self {
        let (source, second) = (site.config.source_language(), site.config.languages.get(1).copied());
        let name = |lang: Lang| site.config.title.get(lang).0;
        match entry {
            Some(entry) => {
                let translated = second.and_then(|lang| entry.article(lang));
                let translated = translated.map_or("", |article| article.title.as_str());
                Self { over: name(source), title: &entry.source().title, translated }
            }
            None => Self { over: "", title: name(source), translated: second.map_or("", name) },
        }
    }
}

/// Where the card of an entry stands in the output, named by what is on it; an entry without a photo, or gone, has the
/// site's own card.
pub fn path(site: &Site, entry: Option<&Entry>) -> String {
    let entry = entry.filter(|entry| pictured(entry));
    let words = Words::new(site, entry);
    let photo = entry.and_then(|entry| site.photo_path(entry, &entry.photos.first()?.file));
    let mut hash = Sha256::new();
    hash.update(RECIPE);
    for part in [photo.as_deref().unwrap_or_default(), words.over, words.title, words.translated] {
        hash.update(part);
        hash.update([0x1f]);
    }
    format!("cards/{}.jpg", hex(&hash.finalize()[..8]))
}

/// Whether an entry has a card of its own.
pub fn pictured(entry: &Entry) -> bool {
    entry.withdrawn.is_none() && !entry.photos.is_empty()
}

/// Draws a card; `photo` is a picture's name and bytes.
///
/// # Errors
/// A finding where the photo cannot be read.
pub fn make(words: &Words<'_>, photo: Option<(&str, &[u8])>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (width, height) = (SIZE.0 as f32, SIZE.1 as f32);
    let Some(mut card) = Pixmap::new(SIZE.0, SIZE.1) else { return Ok(Vec::new()) };
    card.fill(Color::from_rgba8(PAPER[0], PAPER[1], PAPER[2], 255));
    let room = match photo {
        Some((name, bytes)) => {
            let photo = photo::filling(name, bytes, PHOTO, SIZE.1)?;
            let left = SIZE.0 - PHOTO;
            let paint = PixmapPaint::default();
            card.draw_pixmap(left as i32, 0, photo.as_ref(), &paint, Transform::identity(), None);
            fill(&mut card, Rect::from_xywh(left as f32 - 6.0, 0.0, 6.0, height), GOLD);
            fill(&mut card, Rect::from_xywh(0.0, 0.0, 16.0, height), LACQUER);
            left as f32
        }
        None => {
            draw_frame(&mut card);
            width
        }
    };
    write(&mut card, words, room);
    let mut out = Vec::new();
    // Every pixel is opaque, so that what tiny-skia multiplied by its alpha is the colour itself. Into memory, of a size
    // that fits: nothing can fail.
    let encoder = jpeg_encoder::Encoder::new(&mut out, 82);
    let _ = encoder.encode(card.data(), SIZE.0 as u16, SIZE.1 as u16, ColorType::Rgba);
    Ok(out)
}

/// A text of the card: sizes in pixels, lines at most.
struct Line<'a> {
    text: &'a str,
    weight: Weight,
    colour: [u8; 3],
    sizes: (f32, f32),
    lines: usize,
}

/// Sets the words in the middle of the height; a name too long for its lines is left out rather than cut.
fn write(card: &mut Pixmap, words: &Words<'_>, room: f32) {
    let line = |text, weight, colour, sizes, lines| Line { text, weight, colour, sizes, lines };
    let wanted = [
        line(words.over, Weight::Regular, CELADON, (28.0, 18.0), 2),
        line(words.title, Weight::SemiBold, LACQUER, (72.0, 32.0), 4),
        line(words.translated, Weight::Regular, INK, (36.0, 24.0), 3),
    ];
    let width = room - 2.0 * MARGIN;
    let mut set = Vec::new();
    for line in wanted.into_iter().filter(|line| !line.text.is_empty()) {
        let Some(face) = Typeface::new(line.weight) else { return };
        let mut size = line.sizes.0;
        while size >= line.sizes.1 {
            // A pixel of the card stands for a point of the page.
            if let Some(lines) = face.wrap(line.text, size, width * POINT, line.lines) {
                set.push((face, size, line.colour, lines));
                break;
            }
            size -= 2.0;
        }
    }
    const LEADING: f32 = 1.28;
    const GAP: f32 = 22.0;
    let height: f32 = set.iter().map(|(_, size, _, lines)| lines.len() as f32 * size * LEADING + GAP).sum();
    let mut y = (SIZE.1 as f32 - height + GAP) / 2.0;
    for (face, size, colour, lines) in set {
        for text in lines {
            y += size;
            if let Some(path) = letters(&face, &text, size, (MARGIN, y)) {
                let (paint, fill) = (paint(colour), FillRule::Winding);
                card.fill_path(&path, &paint, fill, Transform::identity(), None);
            }
            y += size * (LEADING - 1.0);
        }
        y += GAP;
    }
}

fn paint(colour: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(colour[0], colour[1], colour[2], 255);
    paint
}

fn fill(card: &mut Pixmap, area: Option<Rect>, colour: [u8; 3]) {
    if let Some(area) = area {
        card.fill_rect(area, &paint(colour), Transform::identity(), None);
    }
}

/// The outlines of a line's letters; `at` is the left end of its baseline.
fn letters(face: &Typeface, text: &str, size: f32, at: (f32, f32)) -> Option<Path> {
    let mut pen = Pen(PathBuilder::new());
    face.outline(text, size, at, &mut pen);
    pen.0.finish()
}

/// Takes a letter's outline as the font tells it.
struct Pen(PathBuilder);

impl rustybuzz::ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}

/// The frame of the plaques, four pixels to the millimetre.
fn draw_frame(card: &mut Pixmap) {
    const SCALE: f32 = 4.0;
    for line in frame(SIZE.0 as f32 / SCALE, SIZE.1 as f32 / SCALE, 5.0) {
        let mut path = PathBuilder::new();
        for (n, &(x, y)) in line.points.iter().enumerate() {
            if n == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        if line.closed {
            path.close();
        }
        let stroke = Stroke { width: line.width, ..Stroke::default() };
        if let Some(path) = path.finish() {
            card.stroke_path(&path, &paint(GOLD), &stroke, Transform::from_scale(SCALE, SCALE), None);
        }
    }
}
