//! A symbol alone, at a size one chooses, for whoever makes the plate: as SVG, with its quiet zone in white and nothing to
//! install. Units within are modules; only the drawing's own width and height are millimetres.

use super::typeface::{POINT, Typeface};
use crate::code::read_back::Proven;
use crate::code::symbol::QUIET_ZONE;
use rustybuzz::ttf_parser::OutlineBuilder;
use std::fmt::Write as _;

/// The height of the strip under the quiet zone where a proof says that it is one, in modules.
pub const STRIP: f32 = 3.0;

/// A symbol alone.
pub struct Single<'a> {
    /// What is drawn.
    pub symbol: &'a Proven,
    /// Its side in millimetres, without the quiet zone.
    pub side: f32,
    /// Whose it is, in words.
    pub title: String,
    /// What it says of itself under the quiet zone where it must not be mounted.
    pub stamp: Option<&'static str>,
}

impl Single<'_> {
    /// A module's side in millimetres.
    pub fn module(&self) -> f32 {
        self.side / f32::from(self.symbol.outline().size)
    }

    /// The width and height of the whole drawing in modules: the quiet zone is part of it.
    pub fn modules(&self) -> (f32, f32) {
        let wide = f32::from(self.symbol.outline().size + 2 * QUIET_ZONE);
        (wide, wide + if self.stamp.is_some() { STRIP } else { 0.0 })
    }

    /// Where the stamp stands: the left end of its baseline and the size of its letters, in modules.
    pub fn stamp_at(&self, face: &Typeface, stamp: &str) -> ((f32, f32), f32) {
        let (wide, high) = self.modules();
        let em = face.width(stamp, 1.0) / POINT;
        // The highest mark stays under the quiet zone.
        let size = (0.62 * STRIP).min((wide - 2.0) / em);
        (((wide - em * size) / 2.0, high - 0.3 * STRIP), size)
    }

    /// The drawing as an SVG file.
    pub fn svg(&self, face: &Typeface) -> String {
        let ((wide, high), module) = (self.modules(), self.module());
        let (width, height, title) =
            (millimetres(wide * module), millimetres(high * module), escaped(&self.title));
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {wide} {high}\" role=\"img\">\n\
             <title>{title}</title>\n\
             <path fill=\"#fff\" d=\"M0 0h{wide}v{high}h-{wide}z\"/>\n\
             <path fill=\"#000\" fill-rule=\"evenodd\" transform=\"translate({QUIET_ZONE} {QUIET_ZONE})\" d=\"{}\"/>\n",
            self.symbol.outline().path_data()
        );
        if let Some(stamp) = self.stamp {
            let (at, size) = self.stamp_at(face, stamp);
            let mut letters = Letters::default();
            face.outline(stamp, size, at, &mut letters);
            let _ = writeln!(out, "<path fill=\"#000\" d=\"{}\"/>", letters.0);
        }
        out + "</svg>\n"
    }
}

/// A length to the micrometre, without needless noughts.
fn millimetres(length: f32) -> String {
    let text = format!("{length:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A text as XML has it; what XML knows no letter for is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Letters as path data: no font is needed to show them.
#[derive(Default)]
struct Letters(String);

impl OutlineBuilder for Letters {
    fn move_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "M{x:.3} {y:.3}");
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "L{x:.3} {y:.3}");
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let _ = write!(self.0, "Q{x1:.3} {y1:.3} {x:.3} {y:.3}");
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let _ = write!(self.0, "C{x1:.3} {y1:.3} {x2:.3} {y2:.3} {x:.3} {y:.3}");
    }
    fn close(&mut self) {
        self.0.push('z');
    }
}
