//! One label or plaque: a symbol with its quiet zone, and the texts of its layout above and below it.
//! Text is measured, wrapped at blanks, made smaller down to a floor, and then it is a finding: never overrun, never cut.

use super::layout::{Block, Layout, Role};
use super::typeface::{POINT, Typefaces, Weight};
use crate::code::symbol::{Outline, QUIET_ZONE};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::codes;

/// From one baseline to the next, in letter sizes: Vietnamese stacks two marks on a capital.
const LEADING: f32 = 1.28;
/// How far the highest mark stands above the baseline, and the lowest below it, in letter sizes.
const ASCENT: f32 = 1.0;
const DESCENT: f32 = 0.28;
/// What stays free between the quiet zone and the texts under it, and under those, in millimetres.
const FOOT: f32 = 1.2;
/// By how many points a text is made smaller at a time.
const STEP: f32 = 0.25;

/// What is to stand on a label.
pub struct Content<'a> {
    /// The symbol's shape.
    pub outline: Outline,
    /// The name of the site in the source language.
    pub site: &'a str,
    /// The name in the source language.
    pub title: &'a str,
    /// The name in the second language, where it is another one.
    pub translated: Option<&'a str>,
    /// Where it is, in the source language.
    pub place: &'a str,
    /// How to scan, in the source language and in the second.
    pub hints: (&'a str, Option<&'a str>),
    /// `host/Q/ID`.
    pub words: String,
}

impl Content<'_> {
    /// The words of a role; `None` where there are none to print.
    fn text(&self, role: Role) -> Option<&str> {
        let text = match role {
            Role::Site => Some(self.site),
            Role::Title => Some(self.title),
            Role::Translated => self.translated,
            Role::Place => Some(self.place),
            Role::Hint => Some(self.hints.0),
            Role::HintTranslated => self.hints.1,
            Role::Words => Some(self.words.as_str()),
        };
        text.filter(|text| !text.is_empty())
    }
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
    /// The lines above and under it.
    pub lines: Vec<Line>,
}

impl Label {
    /// Sets a label by its layout.
    ///
    /// # Errors
    /// A finding where a text does not fit at its smallest size, or holds a letter the font lacks; and whose text it is.
    pub fn new(
        content: Content<'_>,
        layout: &Layout,
        faces: &Typefaces,
    ) -> Result<Self, (Box<Diagnostic>, Role)> {
        let module = layout.symbol / f32::from(content.outline.size);
        let free = module * f32::from(QUIET_ZONE);
        let symbol_at = ((layout.width - layout.symbol) / 2.0, layout.quiet_top + free);
        let quiet = (
            symbol_at.0 - free,
            layout.quiet_top,
            symbol_at.0 + layout.symbol + free,
            symbol_at.1 + layout.symbol + free,
        );
        let foot = if layout.frame.is_some() { layout.margin } else { FOOT };
        let above = (layout.margin, layout.quiet_top);
        let below = (quiet.3, layout.height - foot);
        let mut lines = set(&content, layout.above, above, layout, faces)?;
        lines.extend(set(&content, layout.below, below, layout, faces)?);
        Ok(Self { outline: content.outline, symbol_at, module, quiet, lines })
    }
}

/// A text at the largest size at which it fits its lines.
struct Text {
    lines: Vec<String>,
    size: f32,
    weight: Weight,
    gap: f32,
}

impl Text {
    fn height(&self) -> f32 {
        let leads = (self.lines.len() - 1) as f32 * LEADING;
        (ASCENT + DESCENT + leads) * self.size * POINT
    }
}

/// Sets the texts of one side of the symbol between two heights; they grow smaller together until they fit.
fn set(
    content: &Content<'_>,
    blocks: &[Block],
    between: (f32, f32),
    layout: &Layout,
    faces: &Typefaces,
) -> Result<Vec<Line>, (Box<Diagnostic>, Role)> {
    let wanted: Vec<(&Block, &str)> =
        blocks.iter().filter_map(|block| Some((block, content.text(block.role)?))).collect();
    let title = wanted.iter().find(|(block, _)| block.role == Role::Title).or(wanted.first());
    let Some(&(longest, words)) = title else { return Ok(Vec::new()) };
    let width = layout.width - 2.0 * layout.margin;
    let span = |block: &Block| block.largest - block.smallest;
    let most = wanted.iter().map(|(block, _)| span(block)).fold(0.0, f32::max);
    for step in 0..=(most / STEP).ceil() as u16 {
        let smaller = f32::from(step) * STEP;
        let texts = wanted
            .iter()
            .map(|(block, text)| fit(text, block, smaller, width, faces).map_err(|found| (found, block.role)))
            .collect::<Result<Vec<_>, _>>()?;
        if let Some(lines) = stack(texts, between, layout.width, faces) {
            return Ok(lines);
        }
    }
    Err((Box::new(codes::title_too_long(words)), longest.role))
}

fn fit(
    text: &str,
    block: &Block,
    smaller: f32,
    width: f32,
    faces: &Typefaces,
) -> Result<Text, Box<Diagnostic>> {
    let face = faces.face(block.weight);
    if let Some(letter) = face.lacking(text) {
        return Err(Box::new(codes::letter_lacking(letter, text)));
    }
    let mut size = (block.largest - smaller).max(block.smallest);
    while size >= block.smallest {
        if let Some(lines) = face.wrap(text, size, width, block.lines) {
            return Ok(Text { lines, size, weight: block.weight, gap: block.gap });
        }
        size -= STEP;
    }
    Err(Box::new(codes::title_too_long(text)))
}

/// Stacks texts between two heights, centred there; `None` where they are too high.
fn stack(texts: Vec<Text>, between: (f32, f32), width: f32, faces: &Typefaces) -> Option<Vec<Line>> {
    let gaps: f32 = texts.iter().skip(1).map(|text| text.gap).sum();
    let height = texts.iter().map(Text::height).sum::<f32>() + gaps;
    let room = between.1 - between.0;
    if height > room {
        return None;
    }
    let mut y = between.0 + (room - height) / 2.0;
    let mut lines = Vec::new();
    for (at, text) in texts.into_iter().enumerate() {
        y += if at > 0 { text.gap } else { 0.0 };
        let size = text.size * POINT;
        let face = faces.face(text.weight);
        for (n, line) in text.lines.iter().enumerate() {
            let x = (width - face.width(line, text.size)) / 2.0;
            let baseline = y + (ASCENT + n as f32 * LEADING) * size;
            lines.push(Line { text: line.clone(), weight: text.weight, size: text.size, x, baseline });
        }
        y += text.height();
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Symbol;
    use crate::print::layout::LAYOUTS;

    fn label(title: &str, translated: &str, layout: &Layout) -> Result<Label, Box<Diagnostic>> {
        let outline = Symbol::encode("https://HAIDUONG.DAUTICH.EXAMPLE/Q/7K3MQ5/").unwrap().outline();
        let words = "haiduong.dautich.example/Q/7K3MQ5".to_owned();
        let content = Content {
            outline,
            site: "Di tích và đặc sản Hải Dương",
            title,
            translated: Some(translated),
            place: "khu dân cư Mậu Tài, phường Trần Nhân Tông, thành phố Hải Phòng",
            hints: ("Quét bằng Zalo hoặc máy ảnh", Some("Scan with your camera")),
            words,
        };
        Label::new(content, layout, &Typefaces::new().unwrap()).map_err(|(found, _)| found)
    }

    #[test]
    fn long_real_names_stay_inside_their_label_and_out_of_the_quiet_zone() {
        let faces = Typefaces::new().unwrap();
        for layout in &LAYOUTS {
            let label = label(
                "Chùa Côn Sơn – Khu di tích quốc gia đặc biệt Côn Sơn – Kiếp Bạc",
                "Côn Sơn Pagoda – the Côn Sơn and Kiếp Bạc Special National Relic",
                layout,
            )
            .unwrap();
            assert!(label.quiet.0 >= 0.0 && label.quiet.2 <= layout.width && label.quiet.3 < layout.height);
            for line in &label.lines {
                let right = line.x + faces.face(line.weight).width(&line.text, line.size);
                assert!(line.x >= layout.margin - 0.01, "{line:?}");
                assert!(right <= layout.width - layout.margin + 0.01, "{line:?}");
                let top = line.baseline - ASCENT * line.size * POINT;
                let bottom = line.baseline + DESCENT * line.size * POINT;
                assert!(top >= label.quiet.3 - 0.01 || bottom <= label.quiet.1 + 0.01, "{line:?}");
                assert!(top >= 0.0 && bottom <= layout.height - 1.0, "{line:?}");
            }
            for (n, line) in label.lines.iter().enumerate().skip(1) {
                assert!(line.baseline > label.lines[n - 1].baseline, "{line:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_printed_is_a_finding() {
        for layout in &LAYOUTS {
            assert_eq!(label(&"Đền ".repeat(50), "x", layout).unwrap_err().code.0, 317);
            assert_eq!(label("Đền 🏯", "x", layout).unwrap_err().code.0, 318);
            assert_eq!(label(&"Đ".repeat(200), "x", layout).unwrap_err().code.0, 317);
        }
    }
}
