//! One label: a symbol with its quiet zone, the name in two languages, and the address in words.
//! Text is measured, wrapped at blanks, made smaller down to a floor, and then it is a finding: never overrun, never cut.

use super::stock::Stock;
use crate::code::symbol::{Outline, QUIET_ZONE};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::codes;

/// Millimetres in a point.
pub const POINT: f32 = 25.4 / 72.0;
/// From one baseline to the next, in letter sizes: Vietnamese stacks two marks on a capital.
const LEADING: f32 = 1.28;
/// How far the highest mark stands above the baseline, and the lowest below it, in letter sizes.
const ASCENT: f32 = 1.0;
const DESCENT: f32 = 0.28;
/// What stays free at the sides and the foot of a label, in millimetres.
const MARGIN: f32 = 2.5;

/// The two weights that are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// Be Vietnam Pro 400.
    Regular,
    /// Be Vietnam Pro 600.
    SemiBold,
}

/// The bytes of Be Vietnam Pro (SIL Open Font License, beside the files), by weight.
pub const fn font_bytes(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => include_bytes!("fonts/BeVietnamPro-Regular.ttf"),
        Weight::SemiBold => include_bytes!("fonts/BeVietnamPro-SemiBold.ttf"),
    }
}

/// A font that can be measured.
pub struct Typeface(rustybuzz::Face<'static>);

impl Typeface {
    /// The font of this weight; `None` only if the file inside the program were broken.
    pub fn new(weight: Weight) -> Option<Self> {
        rustybuzz::Face::from_slice(font_bytes(weight), 0).map(Self)
    }

    /// The width of a line in millimetres at a size in points, shaped as the PDF shapes it.
    pub fn width(&self, text: &str, points: f32) -> f32 {
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        let shaped = rustybuzz::shape(&self.0, &[], buffer);
        let units: i32 = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
        units as f32 / self.0.units_per_em() as f32 * points * POINT
    }

    /// The first character that the font cannot print.
    pub fn lacking(&self, text: &str) -> Option<char> {
        text.chars().find(|c| !c.is_whitespace() && self.0.glyph_index(*c).is_none())
    }
}

/// The two fonts of a sheet.
pub struct Typefaces {
    regular: Typeface,
    semibold: Typeface,
}

impl Typefaces {
    /// Both fonts; `None` only if a file inside the program were broken.
    pub fn new() -> Option<Self> {
        Some(Self { regular: Typeface::new(Weight::Regular)?, semibold: Typeface::new(Weight::SemiBold)? })
    }

    /// The font of this weight.
    pub const fn face(&self, weight: Weight) -> &Typeface {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semibold,
        }
    }
}

/// What is to stand on a label.
pub struct Content<'a> {
    /// The symbol's shape.
    pub outline: Outline,
    /// The name in the source language.
    pub title: &'a str,
    /// The name in the second language, where it is another one.
    pub translated: Option<&'a str>,
    /// `host/Q/ID`.
    pub words: String,
}

/// A line of text, placed: millimetres from the label's upper left corner, size in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Which font.
    pub weight: Weight,
    /// Points.
    pub size: f32,
    /// Left end of the line.
    pub x: f32,
    /// The baseline.
    pub baseline: f32,
}

/// Which of a label's texts a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LabelText {
    /// The name in the source language.
    Title,
    /// The name in the second language.
    Translated,
    /// The address in words.
    Words,
}

/// A label, laid out.
#[derive(Debug)]
pub struct Label {
    /// The symbol's shape, in modules.
    pub outline: Outline,
    /// Its upper left corner, in millimetres from the label's.
    pub symbol_at: (f32, f32),
    /// A module's side in millimetres.
    pub module: f32,
    /// Where the quiet zone ends, in millimetres from the label's upper left corner: left, top, right, bottom.
    pub quiet: (f32, f32, f32, f32),
    /// The lines under it.
    pub lines: Vec<Line>,
}

/// Sizes in points that a text may take, and how many lines.
struct Fit {
    weight: Weight,
    largest: f32,
    smallest: f32,
    lines: usize,
}

const TITLE: Fit = Fit { weight: Weight::SemiBold, largest: 10.0, smallest: 7.0, lines: 2 };
const TRANSLATED: Fit = Fit { weight: Weight::Regular, largest: 8.0, smallest: 6.0, lines: 2 };
/// Words that could stand on a label at all.
const MOST_WORDS: usize = 60;
/// By how many points a text is made smaller at a time, and how often at most.
const STEP: f32 = 0.25;
const STEPS: u8 = 12;
const WORDS: Fit = Fit { weight: Weight::Regular, largest: 7.0, smallest: 4.5, lines: 1 };

impl Label {
    /// Lays a label out on a stock.
    ///
    /// # Errors
    /// A finding where a text does not fit at its smallest size, or holds a letter the font lacks.
    pub fn new(
        content: Content<'_>,
        stock: &Stock,
        faces: &Typefaces,
    ) -> Result<Self, (Box<Diagnostic>, LabelText)> {
        let module = stock.symbol / f32::from(content.outline.size);
        let free = module * f32::from(QUIET_ZONE);
        let symbol_at = ((stock.width - stock.symbol) / 2.0, free + 0.8);
        let quiet = (
            symbol_at.0 - free,
            symbol_at.1 - free,
            symbol_at.0 + stock.symbol + free,
            symbol_at.1 + stock.symbol + free,
        );
        let width = stock.width - 2.0 * MARGIN;
        let room = stock.height - 1.2 - quiet.3;
        // All texts grow smaller together until they fit the room under the symbol.
        for step in 0..=STEPS {
            let smaller = f32::from(step) * STEP;
            let mut blocks = vec![
                fit(content.title, &TITLE, smaller, width, faces)
                    .map_err(|found| (found, LabelText::Title))?,
            ];
            if let Some(translated) = content.translated {
                let block = fit(translated, &TRANSLATED, smaller, width, faces);
                blocks.push(block.map_err(|found| (found, LabelText::Translated))?);
            }
            let words = fit(&content.words, &WORDS, smaller, width, faces);
            blocks.push(words.map_err(|found| (found, LabelText::Words))?);
            if let Some(lines) = stack(blocks, quiet.3, room, stock.width, faces) {
                return Ok(Self { outline: content.outline, symbol_at, module, quiet, lines });
            }
        }
        Err((Box::new(codes::title_too_long(content.title)), LabelText::Title))
    }
}

/// A text at the largest size at which it fits its lines.
struct Block {
    lines: Vec<String>,
    size: f32,
    weight: Weight,
}

fn fit(text: &str, fit: &Fit, smaller: f32, width: f32, faces: &Typefaces) -> Result<Block, Box<Diagnostic>> {
    let face = faces.face(fit.weight);
    if let Some(letter) = face.lacking(text) {
        return Err(Box::new(codes::letter_lacking(letter, text)));
    }
    let mut size = (fit.largest - smaller).max(fit.smallest);
    while size >= fit.smallest {
        if let Some(lines) = wrap(text, face, size, width, fit.lines) {
            return Ok(Block { lines, size, weight: fit.weight });
        }
        size -= STEP;
    }
    Err(Box::new(codes::title_too_long(text)))
}

/// Wraps at blanks into the fewest lines that fit, evened out so that no line ends in a single lonely word.
fn wrap(text: &str, face: &Typeface, size: f32, width: f32, most: usize) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > MOST_WORDS {
        return None;
    }
    for count in 1..=most {
        let mut best: Option<(f32, Vec<String>)> = None;
        for breaks in break_points(words.len(), count) {
            let lines: Vec<String> =
                breaks.windows(2).map(|ends| words[ends[0]..ends[1]].join(" ")).collect();
            let widest = lines.iter().map(|line| face.width(line, size)).fold(0.0, f32::max);
            if widest <= width && best.as_ref().is_none_or(|(narrowest, _)| widest < *narrowest) {
                best = Some((widest, lines));
            }
        }
        if let Some((_, lines)) = best {
            return Some(lines);
        }
    }
    None
}

/// Every way to cut `words` into `count` runs, for one or two runs.
fn break_points(words: usize, count: usize) -> Vec<Vec<usize>> {
    match count {
        1 => vec![vec![0, words]],
        _ => (1..words).map(|middle| vec![0, middle, words]).collect(),
    }
}

/// Stacks blocks under `top`, centred in their room; `None` where they are too high.
fn stack(blocks: Vec<Block>, top: f32, room: f32, width: f32, faces: &Typefaces) -> Option<Vec<Line>> {
    let gap = 0.7;
    let height_of = |block: &Block| {
        let leads = (block.lines.len() - 1) as f32 * LEADING;
        (ASCENT + DESCENT + leads) * block.size * POINT
    };
    let height = blocks.iter().map(height_of).sum::<f32>() + gap * (blocks.len() - 1) as f32;
    if height > room {
        return None;
    }
    let mut y = top + (room - height) / 2.0;
    let mut lines = Vec::new();
    for block in blocks {
        let size = block.size * POINT;
        let face = faces.face(block.weight);
        for (n, text) in block.lines.iter().enumerate() {
            let x = (width - face.width(text, block.size)) / 2.0;
            let baseline = y + (ASCENT + n as f32 * LEADING) * size;
            lines.push(Line { text: text.clone(), weight: block.weight, size: block.size, x, baseline });
        }
        y += height_of(&block) + gap;
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Symbol;
    use crate::print::stock::STOCKS;

    fn label(title: &str, translated: &str) -> Result<Label, Box<Diagnostic>> {
        let outline = Symbol::encode("https://HAIDUONG.DAUTICH.EXAMPLE/Q/7K3MQ5/").unwrap().outline();
        let words = "haiduong.dautich.example/Q/7K3MQ5".to_owned();
        let content = Content { outline, title, translated: Some(translated), words };
        Label::new(content, &STOCKS[0], &Typefaces::new().unwrap()).map_err(|(found, _)| found)
    }

    #[test]
    fn long_real_names_stay_inside_their_label_and_out_of_the_quiet_zone() {
        let label = label(
            "Chùa Côn Sơn – Khu di tích quốc gia đặc biệt Côn Sơn – Kiếp Bạc",
            "Côn Sơn Pagoda – the Côn Sơn and Kiếp Bạc Special National Relic",
        )
        .unwrap();
        let faces = Typefaces::new().unwrap();
        let stock = &STOCKS[0];
        for line in &label.lines {
            let right = line.x + faces.face(line.weight).width(&line.text, line.size);
            assert!(line.x >= MARGIN - 0.01 && right <= stock.width - MARGIN + 0.01, "{line:?}");
            assert!(line.baseline - ASCENT * line.size * POINT >= label.quiet.3 - 0.01, "{line:?}");
            assert!(line.baseline + DESCENT * line.size * POINT <= stock.height - 1.0, "{line:?}");
        }
    }

    #[test]
    fn what_cannot_be_printed_is_a_finding() {
        assert_eq!(label(&"Đền ".repeat(50), "x").unwrap_err().code.0, 317);
        assert_eq!(label("Đền 🏯", "x").unwrap_err().code.0, 318);
        assert_eq!(label(&"Đ".repeat(200), "x").unwrap_err().code.0, 317);
    }
}
