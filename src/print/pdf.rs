//! A sheet as PDF: black only, fonts embedded, text that can be copied, the same bytes each time.
//! A symbol is one outline in module units under one transform, so that no seam shows between modules.

use super::frame::{self, frame};
use super::label::Label;
use super::layout::{Layout, Quiet};
use super::setting::Line;
use super::sheet::Sheet;
use super::typeface::{POINT, Typefaces, Weight, font_bytes};
use crate::code::symbol::Outline;
use crate::diagnostic::{Failure, Text};
use jiff::civil::Date;
use krilla::Document;
use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

/// What a proof says on each label and page.
const PROOF: &str = "BẢN NHÁP · PROOF";

/// The sheet as a PDF file. `date` is the day of the build: no clock is asked.
///
/// # Errors
/// Where the PDF library refuses, which no content can bring about.
pub fn pdf(sheet: &Sheet<'_>, date: Date) -> Result<Vec<u8>, Failure> {
    let fonts = Fonts::new().ok_or_else(|| refused("font"))?;
    let mut document = Document::new();
    let pages = sheet.pages.len();
    for (number, wanted) in sheet.pages.iter().enumerate() {
        let settings = page_settings(sheet.layout).ok_or_else(|| refused(&sheet.layout.name))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        // From here on everything is in millimetres.
        surface.push_transform(&Transform::from_scale(1.0 / POINT, 1.0 / POINT));
        if let Some(wall) = &sheet.layout.wall {
            draw_frame(&mut surface, sheet.layout.paper, wall.frame);
        }
        // In reading order, so that what is copied or read aloud begins with the heading.
        write_lines(&mut surface, &fonts, &wanted.above);
        for (at, label) in wanted.labels.iter().enumerate() {
            let (x, y) = wanted.layout.corner(at, wanted.labels.len());
            surface.push_transform(&Transform::from_translate(x, y));
            draw_label(&mut surface, label, wanted.layout, &fonts);
            if sheet.proof {
                draw_proof(&mut surface, label, wanted.layout, &fonts);
            };
            surface.pop();
        }
        write_lines(&mut surface, &fonts, &wanted.below);
        let footer = format!("{} · {}/{pages}", sheet.footer, number + 1);
        let footer = if sheet.proof { format!("{PROOF} · {footer}") } else { footer };
        let paper = sheet.layout.paper;
        let width = fonts.faces.face(Weight::Regular).width(&footer, 1.0);
        // For the printer's eyes only; smaller on a sticker's paper rather than cut.
        let size = ((paper.0 - 4.0) / width).min(5.0);
        let x = (paper.0 - width * size) / 2.0;
        write_line(&mut surface, &fonts, Weight::Regular, &footer, size, (x, paper.1 - 1.6));
        surface.pop();
        surface.finish();
        page.finish();
    }
    document.set_metadata(metadata(sheet, date));
    document.finish().map_err(|error| refused(&format!("{error:?}")))
}

/// The paper, and on a plate where it is cut and how far ink may run.
fn page_settings(layout: &Layout) -> Option<PageSettings> {
    let settings = PageSettings::from_wh(layout.paper.0 / POINT, layout.paper.1 / POINT)?;
    if layout.bleed == 0.0 {
        return Some(settings);
    }
    let ((x, y), bleed) = (layout.corner(0, 1), layout.bleed);
    let area = |out: f32| {
        let (width, height) = (layout.width + 2.0 * out, layout.height + 2.0 * out);
        Rect::from_xywh((x - out) / POINT, (y - out) / POINT, width / POINT, height / POINT)
    };
    Some(settings.with_trim_box(Some(area(0.0)?)).with_bleed_box(Some(area(bleed)?)))
}

fn metadata(sheet: &Sheet<'_>, date: Date) -> Metadata {
    let day = |n: i8| n.unsigned_abs();
    let made = DateTime::new(date.year().unsigned_abs()).month(day(date.month())).day(day(date.day()));
    Metadata::new()
        .title(sheet.title.clone())
        .language("vi".to_owned())
        .creator(format!("dautich {}", env!("CARGO_PKG_VERSION")))
        .creation_date(made.hour(0).minute(0).second(0).utc_offset_hour(7).utc_offset_minute(0))
}

struct Fonts {
    regular: Font,
    semibold: Font,
    faces: Typefaces,
}

impl Fonts {
    fn new() -> Option<Self> {
        let font = |weight| Font::new(font_bytes(weight).into(), 0);
        Some(Self {
            regular: font(Weight::Regular)?,
            semibold: font(Weight::SemiBold)?,
            faces: Typefaces::new()?,
        })
    }
}

fn draw_label(surface: &mut Surface<'_>, label: &Label, layout: &Layout, fonts: &Fonts) {
    // What fills its paper is not cut.
    if layout.wall.is_none() && layout.width < layout.paper.0 {
        draw_trim_marks(surface, layout);
    }
    if let Some(inset) = layout.frame {
        draw_frame(surface, (layout.width, layout.height), inset);
    }
    for symbol in std::iter::once(&label.symbol).chain(&label.wifi) {
        let (side, at) = (symbol.module, symbol.at);
        surface.push_transform(&Transform::from_row(side, 0.0, 0.0, side, at.0, at.1));
        surface.set_stroke(None);
        surface.set_fill(Some(black(FillRule::EvenOdd)));
        if let Some(path) = outline_path(&symbol.outline) {
            surface.draw_path(&path);
        }
        surface.pop();
    }
    write_lines(surface, fonts, &label.lines);
}

/// What a proof says on each label: up the edge where no text stands, between the quiet zone and the cut or the frame.
fn draw_proof(surface: &mut Surface<'_>, label: &Label, layout: &Layout, fonts: &Fonts) {
    let (left, top, right, bottom) = label.symbol.quiet;
    let edge = layout.frame.map_or(0.0, |inset| inset + frame::DEPTH);
    let middle = match layout.quiet {
        Quiet::Top(_) => (right + layout.width - edge) / 2.0,
        Quiet::Left(_) => (left + edge) / 2.0,
    };
    let size = 6.0;
    let length = fonts.faces.face(Weight::SemiBold).width(PROOF, size);
    let x = middle + 0.35 * size * POINT;
    let y = (top + bottom + length) / 2.0;
    surface.push_transform(&Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y));
    write_line(surface, fonts, Weight::SemiBold, PROOF, size, (0.0, 0.0));
    surface.pop();
}

fn black(rule: FillRule) -> Fill {
    Fill { paint: luma::Color::black().into(), opacity: NormalizedF32::ONE, rule }
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

/// Short hairlines for a knife and a ruler: at the corners of a label, or outside the bleed of a plate.
fn draw_trim_marks(surface: &mut Surface<'_>, layout: &Layout) {
    const LENGTH: f32 = 2.0;
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: luma::Color::new(120).into(), width: 0.1, ..Stroke::default() }));
    let mut builder = PathBuilder::new();
    for (x, inward) in [(0.0, 1.0), (layout.width, -1.0)] {
        for (y, down) in [(0.0, 1.0), (layout.height, -1.0)] {
            if layout.bleed > 0.0 {
                let (near, far) = (layout.bleed + 1.0, layout.bleed + 5.0);
                builder.move_to(x - inward * near, y);
                builder.line_to(x - inward * far, y);
                builder.move_to(x, y - down * near);
                builder.line_to(x, y - down * far);
            } else {
                builder.move_to(x + inward * LENGTH, y);
                builder.line_to(x, y);
                builder.line_to(x, y + down * LENGTH);
            }
        }
    }
    if let Some(path) = builder.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
}

/// The ornamental frame of a plaque or a page of this width and height.
fn draw_frame(surface: &mut Surface<'_>, size: (f32, f32), inset: f32) {
    surface.set_fill(None);
    for stroke in frame(size.0, size.1, inset) {
        surface.set_stroke(Some(Stroke {
            paint: luma::Color::black().into(),
            width: stroke.width,
            ..Stroke::default()
        }));
        let mut builder = PathBuilder::new();
        for (n, &(x, y)) in stroke.points.iter().enumerate() {
            if n == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
        }
        if stroke.closed {
            builder.close();
        }
        if let Some(path) = builder.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
}

fn write_lines(surface: &mut Surface<'_>, fonts: &Fonts, lines: &[Line]) {
    for line in lines {
        write_line(surface, fonts, line.weight, &line.text, line.size, (line.x, line.baseline));
    }
}

/// A line of text: place in millimetres, size in points.
fn write_line(
    surface: &mut Surface<'_>,
    fonts: &Fonts,
    weight: Weight,
    text: &str,
    size: f32,
    at: (f32, f32),
) {
    let font = match weight {
        Weight::Regular => &fonts.regular,
        Weight::SemiBold => &fonts.semibold,
    };
    surface.set_fill(Some(black(FillRule::NonZero)));
    let at = Point::from_xy(at.0, at.1);
    surface.draw_text(at, font.clone(), size * POINT, text, false, TextDirection::LeftToRight);
}

fn refused(why: &str) -> Failure {
    Failure::machine(
        Text::new(format!("không tạo được tệp PDF ({why})"), format!("the PDF could not be made ({why})")),
        Text::new("báo lỗi này cho người làm dautich", "report this to the makers of dautich"),
    )
}
