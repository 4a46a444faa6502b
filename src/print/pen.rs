//! A pen on a PDF page: lines of text, outlines, strokes and fills in one ink, each tagged as what it is.
//! Every length is in millimetres, letter sizes are points; which words stand where is decided by whoever draws.

use super::frame::frame;
use super::layout::Role;
use super::logo::Logo;
use super::setting::Line;
use super::sheet::Form;
use super::typeface::{POINT, Typefaces, Weight, font_bytes};
use crate::code::symbol::Outline;
use crate::diagnostic::Lang;
use krilla::color::{cmyk, luma};
use krilla::geom::{Path, PathBuilder, Point, Size, Transform};
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Paint, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Tag, TagGroup};
use krilla::text::{Font, TextDirection};
use std::num::NonZeroU16;

/// How light the marks for a knife are on one's own printer: 0 is black, 255 white.
const MARK: u8 = 120;

/// The fonts of a document: as they are embedded and as they are measured.
pub struct Fonts {
    regular: Font,
    semibold: Font,
    faces: Typefaces,
}

impl Fonts {
    /// Both; `None` only if a file inside the program were broken.
    pub fn new() -> Option<Self> {
        let font = |weight| Font::new(font_bytes(weight).into(), 0);
        Some(Self {
            regular: font(Weight::Regular)?,
            semibold: font(Weight::SemiBold)?,
            faces: Typefaces::new()?,
        })
    }

    fn width(&self, weight: Weight, text: &str, size: f32) -> f32 {
        self.faces.face(weight).width(text, size)
    }
}

/// A pen on one page.
pub struct Pen<'p> {
    surface: Surface<'p>,
    fonts: &'p Fonts,
    form: Form,
}

impl<'p> Pen<'p> {
    /// A pen whose unit is the millimetre.
    pub fn new(mut surface: Surface<'p>, fonts: &'p Fonts, form: Form) -> Self {
        surface.push_transform(&Transform::from_scale(1.0 / POINT, 1.0 / POINT));
        Self { surface, fonts, form }
    }

    /// Lays the pen down: the page is drawn.
    pub fn finish(mut self) {
        self.surface.pop();
        self.surface.finish();
    }

    /// Draws with the corner of what is drawn at this place.
    pub fn at<T>(&mut self, corner: (f32, f32), draw: impl FnOnce(&mut Self) -> T) -> T {
        self.surface.push_transform(&Transform::from_translate(corner.0, corner.1));
        let drawn = draw(self);
        self.surface.pop();
        drawn
    }

    /// Draws scaled across and down, then shifted.
    pub fn stretched<T>(
        &mut self,
        ((across, down), (right, under)): ((f32, f32), (f32, f32)),
        draw: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.surface.push_transform(&Transform::from_row(across, 0.0, 0.0, down, right, under));
        let drawn = draw(self);
        self.surface.pop();
        drawn
    }

    /// Draws what belongs to no text: a reader that reads aloud passes over it.
    pub fn beside(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Self)) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw(self);
        self.surface.end_tagged();
    }

    /// Draws one thing of the text.
    pub fn tagged(&mut self, draw: impl FnOnce(&mut Self)) -> Identifier {
        let id = self.surface.start_tagged(ContentTag::Other);
        draw(self);
        self.surface.end_tagged();
        id
    }

    /// The width of a line in millimetres at a size in points.
    pub fn width(&self, weight: Weight, text: &str, size: f32) -> f32 {
        self.fonts.width(weight, text, size)
    }

    fn black(&self) -> Paint {
        match self.form {
            Form::Office => luma::Color::black().into(),
            Form::Press => cmyk::Color::new(0, 0, 0, 255).into(),
        }
    }

    fn fill(&mut self, rule: FillRule) {
        let fill = Fill { paint: self.black(), opacity: NormalizedF32::ONE, rule };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill));
    }

    /// Draws open or closed lines of this width in black.
    pub fn stroke(&mut self, points: &[(f32, f32)], closed: bool, width: f32) {
        let paint = self.black();
        self.stroke_in(paint, &[points], closed, width);
    }

    /// Draws hairlines for a knife: light on one's own printer, black ink on a press.
    pub fn marks(&mut self, lines: &[[(f32, f32); 2]]) {
        let paint = match self.form {
            Form::Office => luma::Color::new(MARK).into(),
            Form::Press => self.black(),
        };
        let lines: Vec<&[(f32, f32)]> = lines.iter().map(<[_; 2]>::as_slice).collect();
        self.stroke_in(paint, &lines, false, 0.1);
    }

    fn stroke_in(&mut self, paint: Paint, lines: &[&[(f32, f32)]], closed: bool, width: f32) {
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { paint, width, ..Stroke::default() }));
        let mut builder = PathBuilder::new();
        for points in lines {
            for (n, &(x, y)) in points.iter().enumerate() {
                if n == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
            }
            if closed {
                builder.close();
            }
        }
        if let Some(path) = builder.finish() {
            self.surface.draw_path(&path);
        }
        self.surface.set_stroke(None);
    }

    /// The ornamental frame of a plaque or a page of this width and height.
    pub fn frame(&mut self, size: (f32, f32), inset: f32) {
        for stroke in frame(size.0, size.1, inset) {
            self.stroke(&stroke.points, stroke.closed, stroke.width);
        }
    }

    /// A symbol as one outline in module units under one transform, so that no seam shows between modules: its upper left
    /// corner and the side of a module.
    pub fn symbol(&mut self, outline: &Outline, at: (f32, f32), module: f32) {
        self.surface.push_transform(&Transform::from_row(module, 0.0, 0.0, module, at.0, at.1));
        self.fill(FillRule::EvenOdd);
        if let Some(path) = outline_path(outline) {
            self.surface.draw_path(&path);
        }
        self.surface.pop();
    }

    /// A picture in a box: left, top, width, height.
    pub fn picture(&mut self, picture: &Image, (left, top, width, height): (f32, f32, f32, f32)) {
        let Some(size) = Size::from_wh(width, height) else { return };
        self.at((left, top), |pen| pen.surface.draw_image(picture.clone(), size));
    }

    /// A line of text from the left end of its baseline.
    pub fn write(&mut self, weight: Weight, text: &str, size: f32, at: (f32, f32)) {
        let font = match weight {
            Weight::Regular => &self.fonts.regular,
            Weight::SemiBold => &self.fonts.semibold,
        };
        self.fill(FillRule::NonZero);
        let at = Point::from_xy(at.0, at.1);
        self.surface.draw_text(at, font.clone(), size * POINT, text, false, TextDirection::LeftToRight);
    }

    /// A line of text up the page: the left end of its baseline is its lowest point.
    pub fn write_upward(&mut self, weight: Weight, text: &str, size: f32, at: (f32, f32)) {
        self.surface.push_transform(&Transform::from_row(0.0, -1.0, 1.0, 0.0, at.0, at.1));
        self.write(weight, text, size, (0.0, 0.0));
        self.surface.pop();
    }

    /// Lines of one text as one paragraph, or as a heading of this level, in its language where that is not the page's.
    pub fn paragraph(&mut self, lines: &[Line], heading: Option<NonZeroU16>, lang: Option<Lang>) -> TagGroup {
        let lang = lang.map(|lang| lang.to_string());
        let mut group = match heading {
            Some(level) => {
                let words: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                TagGroup::new(Tag::Hn(level, Some(words.join(" "))).with_lang(lang))
            }
            None => TagGroup::new(Tag::P.with_lang(lang)),
        };
        for (n, line) in lines.iter().enumerate() {
            // A blank joins a line to the next where it is read aloud or copied, but for an address; it prints nothing.
            let blank = if n + 1 < lines.len() && line.role != Role::Words { " " } else { "" };
            let text = format!("{}{blank}", line.text);
            group.push(self.tagged(|pen| pen.write(line.weight, &text, line.size, (line.x, line.baseline))));
        }
        group
    }
}

/// A logo as the PDF library asks for it: grey, a byte a pixel, opaque.
impl CustomImage for Logo {
    fn color_channel(&self) -> &[u8] {
        &self.pixels
    }
    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }
    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }
    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }
    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }
    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Luma
    }
}

/// The outline as a path, in modules.
fn outline_path(outline: &Outline) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for corners in &outline.loops {
        for (n, &(x, y)) in corners.iter().enumerate() {
            let (x, y) = (f32::from(x), f32::from(y));
            if n == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
        }
        builder.close();
    }
    builder.finish()
}
