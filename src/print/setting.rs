//! Sets the texts of a layout in an area: measured, wrapped at blanks, made smaller down to a floor, and then it is a
//! finding: never overrun, never cut. Knows which words stand for which role; draws nothing.

use super::layout::{Block, Role};
use super::typeface::{POINT, Typefaces, Weight};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::codes;
use std::borrow::Cow;

/// From one baseline to the next, in letter sizes: Vietnamese stacks two marks on a capital.
const LEADING: f32 = 1.28;
/// How far the highest mark stands above the baseline, and the lowest below it, in letter sizes.
pub(super) const ASCENT: f32 = 1.0;
pub(super) const DESCENT: f32 = 0.28;
/// By how many points a text is made smaller at a time.
const STEP: f32 = 0.25;

/// The words to print, by what they are; a role without words prints nothing.
#[derive(Default)]
pub struct Texts<'a>(Vec<(Role, Cow<'a, str>)>);

impl<'a> Texts<'a> {
    /// The same with these words for a role.
    #[must_use]
    pub fn with(mut self, role: Role, text: impl Into<Cow<'a, str>>) -> Self {
        self.0.push((role, text.into()));
        self
    }

    /// The words for a role, if there are any.
    pub fn get(&self, role: Role) -> Option<&str> {
        let words = self.0.iter().find(|(of, _)| *of == role).map(|(_, text)| text.as_ref());
        words.filter(|text| !text.is_empty())
    }
}

/// Where texts may stand, in millimetres from the upper left corner of their label or page.
#[derive(Clone, Copy)]
pub struct Area {
    /// The left end of a full line.
    pub left: f32,
    /// The highest point of the first line.
    pub top: f32,
    /// How long a line may be.
    pub width: f32,
    /// The height of all lines.
    pub height: f32,
}

/// A line of text, placed: millimetres from the same corner as its area, size in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Whose words they are: lines of one text stand one after another.
    pub role: Role,
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

/// A text at the largest size at which it fits its lines.
struct Text {
    role: Role,
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

/// Sets the texts of these blocks in an area, centred both ways; they grow smaller together until they fit.
///
/// # Errors
/// A finding where a text does not fit at its smallest size, or holds a letter the font lacks; and whose text it is.
pub fn set(
    texts: &Texts<'_>,
    blocks: &[Block],
    area: Area,
    faces: &Typefaces,
) -> Result<Vec<Line>, (Box<Diagnostic>, Role)> {
    let wanted: Vec<(&Block, &str)> =
        blocks.iter().filter_map(|block| Some((block, texts.get(block.role)?))).collect();
    let title = wanted.iter().find(|(block, _)| block.role == Role::Title).or(wanted.first());
    let Some(&(longest, words)) = title else { return Ok(Vec::new()) };
    let span = |block: &Block| block.largest - block.smallest;
    let most = wanted.iter().map(|(block, _)| span(block)).fold(0.0, f32::max);
    for step in 0..=(most / STEP).ceil() as u16 {
        let smaller = f32::from(step) * STEP;
        let texts = wanted
            .iter()
            .map(|(block, text)| {
                fit(text, block, smaller, area.width, faces).map_err(|found| (found, block.role))
            })
            .collect::<Result<Vec<_>, _>>()?;
        if let Some(lines) = stack(texts, area, faces) {
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
        let lines = match block.role {
            Role::Words => face.wrap_address(text, size, width, block.lines),
            _ => face.wrap(text, size, width, block.lines),
        };
        if let Some(lines) = lines {
            return Ok(Text { role: block.role, lines, size, weight: block.weight, gap: block.gap });
        }
        size -= STEP;
    }
    Err(Box::new(codes::title_too_long(text)))
}

/// Stacks texts in the middle of an area; `None` where they are too high.
fn stack(texts: Vec<Text>, area: Area, faces: &Typefaces) -> Option<Vec<Line>> {
    let gaps: f32 = texts.iter().skip(1).map(|text| text.gap).sum();
    let height = texts.iter().map(Text::height).sum::<f32>() + gaps;
    if height > area.height {
        return None;
    }
    let mut y = area.top + (area.height - height) / 2.0;
    let mut lines = Vec::new();
    for (at, text) in texts.into_iter().enumerate() {
        y += if at > 0 { text.gap } else { 0.0 };
        let size = text.size * POINT;
        let face = faces.face(text.weight);
        for (n, line) in text.lines.iter().enumerate() {
            let x = area.left + (area.width - face.width(line, text.size)) / 2.0;
            let baseline = y + (ASCENT + n as f32 * LEADING) * size;
            lines.push(Line {
                role: text.role,
                text: line.clone(),
                weight: text.weight,
                size: text.size,
                x,
                baseline,
            });
        }
        y += text.height();
    }
    Some(lines)
}
