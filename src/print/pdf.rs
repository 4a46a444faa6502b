//! A sheet as PDF: fonts embedded, text that can be copied, the same bytes each time. For the office it is PDF/A-2b, tagged
//! in reading order; for a press all ink is black ink (0/0/0/100) and nothing is converted.

use super::frame;
use super::label::{Label, Placed};
use super::layout::{Layout, Quiet, Role};
use super::pen::{Fonts, Pen};
use super::receipt::{Receipt, Tally};
use super::setting::Line;
use super::sheet::{Form, Page, Sheet};
use super::svg::Single;
use super::typeface::{POINT, Typeface, Weight};
use crate::code::symbol::QUIET_ZONE;
use crate::diagnostic::{Failure, Lang, Text};
use jiff::civil::Date;
use krilla::configure::{Archival, ConfigurationBuilder, PdfVersion};
use krilla::geom::Rect;
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::tagging::{ArtifactType, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use std::f32::consts::TAU;
use std::num::NonZeroU16;

/// The letters of a stamp in points; smaller where the quiet zone beside it is shorter.
const STAMP: f32 = 6.0;
/// Where a box to tick stands from a label's left edge and under the quiet zone's upper one, and its side, in millimetres.
const TICK: (f32, f32) = (1.0, 3.4);
/// How thick the line over a Wi-Fi strip is, in millimetres.
const RULE: f32 = 0.4;

/// A sheet on its way into a PDF file, a page at a time.
pub struct Writer<'s> {
    sheet: &'s Sheet<'s>,
    fonts: Fonts,
    logos: Vec<Image>,
    document: Document,
    tree: TagTree,
    tally: Tally,
    drawn: usize,
}

impl<'s> Writer<'s> {
    /// A file without a page.
    ///
    /// # Errors
    /// Where the PDF library refuses, which no content can bring about.
    pub fn new(sheet: &'s Sheet<'s>) -> Result<Self, Failure> {
        let fonts = Fonts::new().ok_or_else(|| refused("font"))?;
        let tree = TagTree::new().with_lang(Some(sheet.languages.0.to_string()));
        let logos = sheet.logos.iter().map(|logo| Image::from_custom(logo.clone(), false));
        let logos = logos.collect::<Result<_, _>>().map_err(|error| refused(&error))?;
        let document = open(sheet.form)?;
        Ok(Self { sheet, fonts, logos, document, tree, tally: Tally::default(), drawn: 0 })
    }

    /// Draws the next page.
    ///
    /// # Errors
    /// Where the paper has no size.
    pub fn page(&mut self, page: &Page<'_>) -> Result<(), Failure> {
        let sheet = self.sheet;
        let settings = page_settings(sheet.layout, sheet.form).ok_or_else(|| refused(&sheet.layout.name))?;
        let mut paper = self.document.start_page_with(settings);
        let mut pen = Pen::new(paper.surface(), &self.fonts, sheet.form);
        self.drawn += 1;
        let correction = sheet.printer.map(|printer| printer.correction(sheet.layout.paper));
        self.tree.push(pen.stretched(correction.unwrap_or(((1.0, 1.0), (0.0, 0.0))), |pen| {
            let drawn = draw_page(pen, sheet, &self.logos, page);
            pen.beside(ArtifactType::Footer, |pen| draw_footer(pen, sheet, self.drawn));
            drawn
        }));
        pen.finish();
        paper.finish();
        page.labels.iter().for_each(|label| self.tally.add(&label.symbol.symbol));
        Ok(())
    }

    /// The file's bytes, and what its codes say. `date` is the day of the build: no clock is asked.
    ///
    /// # Errors
    /// Where the PDF library refuses, which no content can bring about.
    pub fn finish(mut self, date: Date) -> Result<(Vec<u8>, Receipt), Failure> {
        let receipt = self.tally.receipt();
        let described = described(&self.sheet.title, self.sheet.languages.0, date);
        self.document.set_metadata(described.description(receipt.sentence()).keywords(vec![
            "dautich".to_owned(),
            format!("codes={}", receipt.count),
            format!("sha256={}", receipt.digest),
        ]));
        Ok((close(self.document, self.tree)?, receipt))
    }
}

/// A symbol alone on a page of its size, quiet zone and all.
///
/// # Errors
/// Where the PDF library refuses, which no content can bring about.
pub fn single(
    single: &Single<'_>,
    face: &Typeface,
    form: Form,
    lang: Lang,
    date: Date,
) -> Result<Vec<u8>, Failure> {
    let fonts = Fonts::new().ok_or_else(|| refused("font"))?;
    let (module, (wide, high)) = (single.module(), single.modules());
    let settings = PageSettings::from_wh(wide * module / POINT, high * module / POINT);
    let mut document = open(form)?;
    let mut paper = document.start_page_with(settings.ok_or_else(|| refused(&single.title))?);
    let mut pen = Pen::new(paper.surface(), &fonts, form);
    let free = f32::from(QUIET_ZONE) * module;
    let drawn = pen.tagged(|pen| pen.symbol(single.symbol.outline(), (free, free), module));
    if let Some(stamp) = single.stamp {
        let ((x, y), size) = single.stamp_at(face, stamp);
        let (at, size) = ((x * module, y * module), size * module / POINT);
        pen.beside(ArtifactType::Watermark, |pen| pen.write(Weight::SemiBold, stamp, size, at));
    }
    pen.finish();
    paper.finish();
    let mut figure = TagGroup::new(Tag::Figure(Some(single.title.clone())));
    figure.push(drawn);
    let mut tree = TagTree::new().with_lang(Some(lang.to_string()));
    tree.push(figure);
    document.set_metadata(described(&single.title, lang, date));
    close(document, tree)
}

/// An empty document: PDF/A-2b with tags for the office, neither for a press.
pub(super) fn open(form: Form) -> Result<Document, Failure> {
    let builder = match form {
        Form::Office => ConfigurationBuilder::new().with_archival_validator(Archival::A2_B),
        Form::Press => ConfigurationBuilder::new().with_version(PdfVersion::Pdf16),
    };
    let configuration = builder.finish().map_err(|error| refused(&format!("{error:?}")))?;
    let settings = SerializeSettings {
        configuration,
        enable_tagging: form == Form::Office,
        ..SerializeSettings::default()
    };
    Ok(Document::new_with(settings))
}

/// The document's bytes; for the office the library has checked them against PDF/A-2b.
pub(super) fn close(mut document: Document, tree: TagTree) -> Result<Vec<u8>, Failure> {
    document.set_tag_tree(tree);
    document.finish().map_err(|error| refused(&format!("{error:?}")))
}

/// The paper, and on a plate where it is cut and how far ink may run. A press is told of a cut on every page: a stock that
/// comes cut ends at the paper's edge.
fn page_settings(layout: &Layout, form: Form) -> Option<PageSettings> {
    let settings = PageSettings::from_wh(layout.paper.0 / POINT, layout.paper.1 / POINT)?;
    if layout.bleed == 0.0 {
        let whole = Rect::from_xywh(0.0, 0.0, layout.paper.0 / POINT, layout.paper.1 / POINT)?;
        return Some(match form {
            Form::Office => settings,
            Form::Press => settings.with_trim_box(Some(whole)).with_bleed_box(Some(whole)),
        });
    }
    let ((x, y), bleed) = (layout.corner(0, 1), layout.bleed);
    let area = |out: f32| {
        let (width, height) = (layout.width + 2.0 * out, layout.height + 2.0 * out);
        Rect::from_xywh((x - out) / POINT, (y - out) / POINT, width / POINT, height / POINT)
    };
    Some(settings.with_trim_box(Some(area(0.0)?)).with_bleed_box(Some(area(bleed)?)))
}

/// What a document says of itself on the day it is made.
pub(super) fn described(title: &str, lang: Lang, date: Date) -> Metadata {
    let day = |n: i8| n.unsigned_abs();
    let made = DateTime::new(date.year().unsigned_abs()).month(day(date.month())).day(day(date.day()));
    Metadata::new()
        .title(title.to_owned())
        .language(lang.to_string())
        .creator(format!("dautich {}", env!("CARGO_PKG_VERSION")))
        .creation_date(made.hour(0).minute(0).second(0).utc_offset_hour(7).utc_offset_minute(0))
}

/// Draws a page in reading order: its heading, each label, the lines at its foot.
fn draw_page(pen: &mut Pen<'_>, sheet: &Sheet<'_>, logos: &[Image], page: &Page<'_>) -> TagGroup {
    let mut part = TagGroup::new(Tag::Part);
    if let Some(wall) = &sheet.layout.wall {
        pen.beside(ArtifactType::Layout, |pen| pen.frame(sheet.layout.paper, wall.frame));
    }
    let texts = Reading { languages: sheet.languages, title: if page.above.is_empty() { 1 } else { 2 } };
    texts.write(pen, &page.above, &mut part);
    for (at, label) in page.labels.iter().enumerate() {
        part.push(pen.at(page.layout.corner(at, page.labels.len()), |pen| {
            if sheet.ticked {
                let (x, y, side) = (TICK.0, label.symbol.quiet.1 + TICK.0, TICK.1);
                let square = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)];
                pen.beside(ArtifactType::Layout, |pen| pen.stroke(&square, true, 0.25));
            } else if page.layout.wall.is_none() && page.layout.width < page.layout.paper.0 {
                // What fills its paper is not cut.
                pen.beside(ArtifactType::Page, |pen| pen.marks(&trim_marks(page.layout)));
            }
            let row = logos.iter().zip(&label.logos);
            pen.beside(ArtifactType::Layout, |pen| row.for_each(|(logo, place)| pen.picture(logo, *place)));
            let group = draw_label(pen, label, page.layout, &texts);
            if let Some(stamp) = sheet.stamp {
                pen.beside(ArtifactType::Watermark, |pen| draw_stamp(pen, stamp, label, page.layout));
            }
            group
        }));
    }
    texts.write(pen, &page.below, &mut part);
    part
}

/// How texts are read: which are headings, and in which language.
struct Reading {
    languages: (Lang, Option<Lang>),
    /// The level of an entry's name as a heading.
    title: u16,
}

impl Reading {
    /// Writes texts one after another, each a paragraph of the group.
    fn write(&self, pen: &mut Pen<'_>, lines: &[Line], group: &mut TagGroup) {
        for text in lines.chunk_by(|a, b| a.role == b.role) {
            let role = text[0].role;
            let heading = match role {
                Role::Commune => NonZeroU16::new(1),
                Role::Title => NonZeroU16::new(self.title),
                _ => None,
            };
            let translated = matches!(
                role,
                Role::Translated | Role::HintTranslated | Role::CommuneTranslated | Role::WifiTranslated
            );
            group.push(pen.paragraph(text, heading, self.languages.1.filter(|_| translated)));
        }
    }
}

fn draw_label(pen: &mut Pen<'_>, label: &Label, layout: &Layout, texts: &Reading) -> TagGroup {
    if let Some(inset) = layout.frame {
        pen.beside(ArtifactType::Layout, |pen| pen.frame((layout.width, layout.height), inset));
    }
    let mut group = TagGroup::new(Tag::Section);
    let above = label
        .lines
        .partition_point(|line| line.x < label.symbol.quiet.2 && line.baseline <= label.symbol.quiet.1);
    texts.write(pen, &label.lines[..above], &mut group);
    group.push(draw_symbol(pen, &label.symbol, format!("Mã QR: {}", label.words)));
    let lines = &label.lines[above..];
    let beside = lines.iter().position(|line| label.rule.is_some_and(|rule| line.baseline > rule));
    let (under, beside) = lines.split_at(beside.unwrap_or(lines.len()));
    texts.write(pen, under, &mut group);
    if let Some(rule) = label.rule {
        let ends = [(layout.margin, rule), (layout.width - layout.margin, rule)];
        pen.beside(ArtifactType::Layout, |pen| pen.stroke(&ends, false, RULE));
    }
    if let Some(wifi) = &label.wifi {
        group.push(draw_symbol(pen, wifi, "Mã QR: Wi-Fi".to_owned()));
    }
    texts.write(pen, beside, &mut group);
    group
}

/// Draws a symbol, told in words to those who do not see it.
fn draw_symbol(pen: &mut Pen<'_>, placed: &Placed, words: String) -> TagGroup {
    let mut figure = TagGroup::new(Tag::Figure(Some(words)));
    figure.push(pen.tagged(|pen| pen.symbol(placed.symbol.outline(), placed.at, placed.module)));
    figure
}

/// What must not be mounted says so up the edge where no text stands, between the quiet zone and the cut or the frame.
fn draw_stamp(pen: &mut Pen<'_>, stamp: &str, label: &Label, layout: &Layout) {
    let (left, top, right, bottom) = label.symbol.quiet;
    let edge = layout.frame.map_or(0.0, |inset| inset + frame::DEPTH);
    let (middle, room) = match layout.quiet {
        Quiet::Top(_) => ((right + layout.width - edge) / 2.0, layout.width - edge - right),
        Quiet::Left(_) => ((left + edge) / 2.0, left - edge),
    };
    // As long as the quiet zone is high, and as high as there is room beside it, for no letter may be cut.
    let long = STAMP * (bottom - top) / pen.width(Weight::SemiBold, stamp, STAMP);
    let size = STAMP.min(long).min(room / (1.28 * POINT));
    let length = pen.width(Weight::SemiBold, stamp, size);
    let at = (middle + 0.35 * size * POINT, (top + bottom + length) / 2.0);
    pen.write_upward(Weight::SemiBold, stamp, size, at);
}

/// The line at the foot of a page, for the printer's eyes only; smaller on a sticker's paper rather than cut.
fn draw_footer(pen: &mut Pen<'_>, sheet: &Sheet<'_>, number: usize) {
    let footer = format!("{} · {}/{}", sheet.footer, number, sheet.pages);
    let footer = sheet.stamp.map_or(footer.clone(), |stamp| format!("{stamp} · {footer}"));
    let paper = sheet.layout.paper;
    let width = pen.width(Weight::Regular, &footer, 1.0);
    let size = ((paper.0 - 4.0) / width).min(5.0);
    let x = (paper.0 - width * size) / 2.0;
    pen.write(Weight::Regular, &footer, size, (x, paper.1 - 1.6));
}

/// Short hairlines for a knife and a ruler: at the corners of a label, or outside the bleed of a plate; and where a hole is
/// punched.
fn trim_marks(layout: &Layout) -> Vec<[(f32, f32); 2]> {
    const LENGTH: f32 = 2.0;
    const CHORDS: u8 = 32;
    let mut marks = Vec::new();
    for (x, inward) in [(0.0, 1.0), (layout.width, -1.0)] {
        for (y, down) in [(0.0, 1.0), (layout.height, -1.0)] {
            let (near, far) = match layout.bleed {
                0.0 => (-layout.radius, -layout.radius - LENGTH),
                bleed => (bleed + 1.0, bleed + 5.0),
            };
            marks.push([(x - inward * near, y), (x - inward * far, y)]);
            marks.push([(x, y - down * near), (x, y - down * far)]);
        }
    }
    if let Some(across) = layout.hole {
        let on_circle = |step: u8| {
            let turn = f32::from(step % CHORDS) / f32::from(CHORDS) * TAU;
            (layout.width / 2.0 + turn.cos() * across / 2.0, across + turn.sin() * across / 2.0)
        };
        marks.extend((0..CHORDS).map(|step| [on_circle(step), on_circle(step + 1)]));
    }
    marks
}

pub(super) fn refused(why: &str) -> Failure {
    Failure::machine(
        Text::new(format!("không tạo được tệp PDF ({why})"), format!("the PDF could not be made ({why})")),
        Text::new("báo lỗi này cho người làm dautich", "report this to the makers of dautich"),
    )
}
