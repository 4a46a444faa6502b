//! The two fonts inside the program, and how lines are measured and broken in them.
//! Shapes text as the PDF does, so that what is measured is what is printed.

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Direction, GlyphBuffer, ShapePlan, UnicodeBuffer, script};

/// Millimetres in a point.
pub const POINT: f32 = 25.4 / 72.0;

/// How many times its width a line counts that begins in the middle of a name.
const NAME_BROKEN: f32 = 1.5;

/// Words that could stand on anything printed; more are not tried.
const MOST_WORDS: usize = 60;

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
pub struct Typeface {
    face: rustybuzz::Face<'static>,
    /// How Latin text is shaped: worked out once, for it takes longer than a line's letters.
    latin: ShapePlan,
}

impl Typeface {
    /// The font of this weight; `None` only if the file inside the program were broken.
    pub fn new(weight: Weight) -> Option<Self> {
        let face = rustybuzz::Face::from_slice(font_bytes(weight), 0)?;
        let latin = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Some(Self { face, latin })
    }

    /// A text's letters, shaped as the PDF library shapes them.
    fn shape(&self, text: &str) -> GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        if buffer.script() == script::LATIN && buffer.direction() == Direction::LeftToRight {
            rustybuzz::shape_with_plan(&self.face, &self.latin, buffer)
        } else {
            rustybuzz::shape(&self.face, &[], buffer)
        }
    }

    /// The width of a line in millimetres at a size in points, shaped as the PDF shapes it.
    pub fn width(&self, text: &str, points: f32) -> f32 {
        let shaped = self.shape(text);
        let units: i32 = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
        units as f32 / self.face.units_per_em() as f32 * points * POINT
    }

    /// Draws a line's letters with `pen`: `at` is the left end of the baseline, y grows downward, `size` is the em in the
    /// pen's own unit.
    pub fn outline(&self, text: &str, size: f32, at: (f32, f32), pen: &mut impl OutlineBuilder) {
        let shaped = self.shape(text);
        let scale = size / self.face.units_per_em() as f32;
        let mut x = at.0;
        for (glyph, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let left = x + place.x_offset as f32 * scale;
            let mut placed = Placed { pen, scale, left, baseline: at.1 - place.y_offset as f32 * scale };
            self.face.outline_glyph(GlyphId(glyph.glyph_id as u16), &mut placed);
            x += place.x_advance as f32 * scale;
        }
    }

    /// The first character that the font cannot print.
    pub fn lacking(&self, text: &str) -> Option<char> {
        text.chars().find(|c| !c.is_whitespace() && self.face.glyph_index(*c).is_none())
    }

    /// Breaks a text at its blanks into the fewest lines, at most `most`, that are no wider than `width` millimetres at
    /// this size in points, evened out so that no line ends in a single lonely word. `None` where it does not fit.
    pub fn wrap(&self, text: &str, points: f32, width: f32, most: usize) -> Option<Vec<String>> {
        // A dash stays at the end of its line.
        let mut words: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match words.last_mut() {
                Some(last) if matches!(word, "–" | "-" | "—") => *last = format!("{last} {word}"),
                _ => words.push(word.to_owned()),
            }
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.wrap_words(&words, " ", points, width, most)
    }

    /// The same for an address in words, which is broken before its slashes and nowhere else.
    pub fn wrap_address(&self, text: &str, points: f32, width: f32, most: usize) -> Option<Vec<String>> {
        // The id stays with the `/Q` before it.
        let last = text.rmatch_indices('/').nth(1).map_or(0, |(at, _)| at);
        let slashes = text.match_indices('/').map(|(at, _)| at).take_while(|at| *at <= last);
        let ends: Vec<usize> = std::iter::once(0).chain(slashes).chain([text.len()]).collect();
        let parts: Vec<&str> = ends.windows(2).map(|end| &text[end[0]..end[1]]).collect();
        self.wrap_words(&parts, "", points, width, most)
    }

    fn wrap_words(
        &self,
        words: &[&str],
        blank: &str,
        points: f32,
        width: f32,
        most: usize,
    ) -> Option<Vec<String>> {
        if words.len() > MOST_WORDS {
            return None;
        }
        let widths: Vec<f32> = words.iter().map(|word| self.width(word, points)).collect();
        let between = self.width(blank, points);
        // First without a break inside a name, if that fits as well.
        let tries = (1..=most).flat_map(|count| [(count, NAME_BROKEN), (count, 1.0)]);
        tries.into_iter().find_map(|(count, dearer)| {
            let cost = |at: usize| if at > 0 && in_name(words[at - 1], words[at]) { dearer } else { 1.0 };
            let ends = evenest(&widths, between, count, cost)?;
            let lines: Vec<String> = ends.windows(2).map(|end| words[end[0]..end[1]].join(blank)).collect();
            // Words stand closer or wider in a line than alone: the line itself has the last word.
            lines.iter().all(|line| self.width(line, points) <= width).then_some(lines)
        })
    }
}

/// A glyph's outline, from font units with y upward to its place on the line with y downward.
struct Placed<'p, P> {
    pen: &'p mut P,
    scale: f32,
    left: f32,
    baseline: f32,
}

impl<P> Placed<'_, P> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.left + x * self.scale, self.baseline - y * self.scale)
    }
}

impl<P: OutlineBuilder> OutlineBuilder for Placed<'_, P> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.pen.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.pen.curve_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.pen.close();
    }
}

/// Whether a break between two words would cut a name: Vietnamese writes each syllable of one with a capital.
fn in_name(before: &str, after: &str) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    capital(before) && capital(after) && before.ends_with(char::is_alphabetic)
}

/// Where to cut words of these widths into `count` lines so that the widest is as narrow as can be: the first word of
/// each line, and the end. A line that begins with word `at` counts `cost(at)` times its width. `None` where there are
/// fewer words than lines.
fn evenest(widths: &[f32], blank: f32, count: usize, cost: impl Fn(usize) -> f32) -> Option<Vec<usize>> {
    let n = widths.len();
    if n < count || count == 0 {
        return None;
    }
    let line = |from: usize, to: usize| {
        (widths[from..to].iter().sum::<f32>() + blank * (to - from).saturating_sub(1) as f32) * cost(from)
    };
    // best[k][end]: the widest of k + 1 lines that hold the first `end` words, and where the last of them begins.
    let mut best: Vec<Vec<(f32, usize)>> = vec![(0..=n).map(|end| (line(0, end), 0)).collect()];
    for k in 1..count {
        let before = &best[k - 1];
        let cut = |end: usize| {
            let cuts = (k..end).map(|from| (before[from].0.max(line(from, end)), from));
            cuts.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f32::INFINITY, 0))
        };
        let next = (0..=n).map(cut).collect();
        best.push(next);
    }
    let mut ends = vec![n];
    for k in (1..count).rev() {
        ends.push(best[k][ends[ends.len() - 1]].1);
    }
    ends.push(0);
    ends.reverse();
    Some(ends)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_evened_out_and_none_is_lost() {
        let face = Typeface::new(Weight::SemiBold).unwrap();
        let name = "Chùa Côn Sơn – Khu di tích quốc gia đặc biệt Côn Sơn – Kiếp Bạc";
        for (most, points, width) in [(2, 10.0, 60.0), (3, 14.0, 60.0), (4, 14.0, 48.0)] {
            let lines = face.wrap(name, points, width, most).unwrap();
            assert_eq!(lines.join(" "), name);
            assert!(lines.len() <= most && lines.iter().all(|line| face.width(line, points) <= width));
            let widths: Vec<f32> = lines.iter().map(|line| face.width(line, points)).collect();
            let narrowest = widths.iter().copied().fold(f32::INFINITY, f32::min);
            assert!(narrowest > 0.3 * width, "a lonely word: {lines:?}");
            assert!(lines.iter().all(|line| !line.starts_with('–')), "{lines:?}");
        }
        // No name is cut where it need not be.
        assert_eq!(face.wrap("Đền thờ Chu Văn An", 12.0, 40.0, 2).unwrap(), ["Đền thờ", "Chu Văn An"]);
        assert_eq!(face.wrap(name, 30.0, 40.0, 2), None);
        assert_eq!(face.wrap("Đền", 10.0, 60.0, 3).unwrap(), ["Đền"]);
    }

    #[test]
    fn a_kept_plan_shapes_as_a_new_one() {
        let face = Typeface::new(Weight::SemiBold).unwrap();
        for text in [
            "Văn miếu Mao Điền",
            "haiduong.dautich.example/Q/7K3MQ5",
            "1428–1527",
            "ĐỀN THỜ ĐỨC THÁNH TRẦN",
            "AV To. fi ffi",
            "",
            "·",
        ] {
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(text);
            let (new, kept) = (rustybuzz::shape(&face.face, &[], buffer), face.shape(text));
            assert_eq!(
                format!("{:?}", new.glyph_positions()),
                format!("{:?}", kept.glyph_positions()),
                "{text}"
            );
        }
    }

    #[test]
    fn an_address_breaks_before_its_q_and_nowhere_else() {
        let face = Typeface::new(Weight::Regular).unwrap();
        let address = "haiduong.dautich.example/Q/7K3MQ5";
        assert_eq!(face.wrap_address(address, 6.0, 60.0, 2).unwrap(), [address]);
        assert_eq!(
            face.wrap_address(address, 6.0, 30.0, 2).unwrap(),
            ["haiduong.dautich.example", "/Q/7K3MQ5"]
        );
        assert_eq!(face.wrap_address(address, 6.0, 30.0, 1), None);
        assert_eq!(face.wrap_address(address, 6.0, 20.0, 9), None);
        let deeper = "haiduong.dautich.example/di-tich/Q/7K3MQ5";
        assert_eq!(
            face.wrap_address(deeper, 6.0, 30.0, 2).unwrap(),
            ["haiduong.dautich.example", "/di-tich/Q/7K3MQ5"]
        );
    }
}
