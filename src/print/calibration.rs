//! The calibration page: crosses at known places, rulers, and what to measure, in plain words. One sheet of A4; whoever has a
//! ruler can tell from it how a printer stretches and shifts. Lengths are millimetres, letter sizes points.

use super::layout::Role;
use super::pdf::{close, described, open, refused};
use super::pen::{Fonts, Pen};
use super::printer::{MEASURES, Printer};
use super::setting::Line;
use super::sheet::Form;
use super::typeface::{POINT, Weight};
use crate::code::Symbol;
use crate::code::read_back::Proven;
use crate::diagnostic::{Failure, Lang};
use jiff::civil::Date;
use krilla::page::PageSettings;
use krilla::tagging::{ArtifactType, Tag, TagGroup, TagTree};
use std::num::NonZeroU16;

/// The first cross, and from it to the next across and down: what `MEASURES` calls C, D, A and B.
const FIRST: (f32, f32) = (MEASURES[2].1, MEASURES[3].1);
const BETWEEN: (f32, f32) = (MEASURES[0].1, MEASURES[1].1);
/// What the test symbol holds, its place and its side.
const TEST: &str = "DAU TICH 50 MM";
const TEST_AT: (f32, f32) = (128.0, 214.0);
const TEST_SIDE: f32 = 50.0;
/// Where the words begin, and how far the lower ones reach.
const LEFT: f32 = 42.0;

/// The words, from the top: where the baseline stands, how large, Vietnamese, English.
const WORDS: [(f32, f32, &str, &str); 8] = [
    (58.0, 20.0, "Căn chỉnh máy in", "Calibrating a printer"),
    (
        76.0,
        10.5,
        "1. In trang này trên giấy A4 ở 100 % (Actual size, Kích thước thực), không vừa trang.",
        "Print this page on A4 at 100 % (actual size), not fitted to the page.",
    ),
    (
        90.0,
        10.5,
        "2. Lấy thước đo bốn khoảng từ tâm dấu cộng, đến nửa mi-li-mét, ghi vào đây:",
        "Measure four distances to the middle of a cross, to half a millimetre, and write them here:",
    ),
    (
        106.0,
        10.5,
        "A   dấu cộng trên trái đến dấu cộng trên phải (đúng: 180 mm)",
        "upper left cross to upper right cross (true: 180 mm)",
    ),
    (
        122.0,
        10.5,
        "B   dấu cộng trên trái đến dấu cộng dưới trái (đúng: 260 mm)",
        "upper left cross to lower left cross (true: 260 mm)",
    ),
    (
        138.0,
        10.5,
        "C   mép trái tờ giấy đến dấu cộng trên trái (đúng: 15 mm)",
        "left edge of the paper to the upper left cross (true: 15 mm)",
    ),
    (
        154.0,
        10.5,
        "D   mép trên tờ giấy đến dấu cộng trên trái (đúng: 20 mm)",
        "upper edge of the paper to the upper left cross (true: 20 mm)",
    ),
    (
        172.0,
        10.5,
        "3. Gõ lệnh này với bốn số vừa đo, rồi in tờ mã như thường:",
        "Type this with the four numbers, then print sheets as ever:",
    ),
];

/// What is typed, and what the test symbol is for, in English or not.
const COMMAND: &str = "dautich sheets --calibrate A=180 B=260 C=15 D=20";
const BELOW: [(f32, &str, bool); 6] = [
    (222.0, "Căn chỉnh rồi thì in lại trang này:", false),
    (227.5, "bốn số phải đúng 180, 260, 15, 20,", false),
    (233.0, "và mã bên phải rộng 50 mm.", false),
    (242.0, "Once calibrated, print this page again:", true),
    (247.0, "the four must be 180, 260, 15, 20, and", true),
    (252.0, "the symbol on the right 50 mm wide.", true),
];

/// The page as a PDF file. `date` is the day of the build: no clock is asked.
///
/// # Errors
/// Where the PDF library refuses, which no content can bring about.
pub fn page(printer: Option<Printer>, date: Date) -> Result<Vec<u8>, Failure> {
    let fonts = Fonts::new().ok_or_else(|| refused("font"))?;
    let symbol = Symbol::encode(TEST).ok().and_then(|symbol| Proven::new(&symbol, TEST));
    let symbol = symbol.ok_or_else(|| refused(TEST))?;
    let mut document = open(Form::Office)?;
    let settings = PageSettings::from_wh(PAPER.0 / POINT, PAPER.1 / POINT).ok_or_else(|| refused("A4"))?;
    let mut paper = document.start_page_with(settings);
    let mut pen = Pen::new(paper.surface(), &fonts, Form::Office);
    let correction = printer.map_or(((1.0, 1.0), (0.0, 0.0)), |printer| printer.correction(PAPER));
    let part = pen.stretched(correction, |pen| draw(pen, &symbol));
    pen.finish();
    paper.finish();
    let mut tree = TagTree::new().with_lang(Some(Lang::VI.to_string()));
    tree.push(part);
    document.set_metadata(described("Trang căn chỉnh máy in · Printer calibration page", Lang::VI, date));
    close(document, tree)
}

/// A4.
const PAPER: (f32, f32) = (210.0, 297.0);

fn draw(pen: &mut Pen<'_>, symbol: &Proven) -> TagGroup {
    pen.beside(ArtifactType::Layout, |pen| {
        for (right, under) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            cross(pen, (FIRST.0 + right * BETWEEN.0, FIRST.1 + under * BETWEEN.1));
        }
        ruler(pen, BETWEEN.0, |along, deep| (FIRST.0 + along, FIRST.1 + deep));
        ruler(pen, BETWEEN.1, |along, deep| (FIRST.0 + deep, FIRST.1 + along));
        for (letter, at) in
            ["A", "B", "C", "D"].into_iter().zip([(104.0, 16.5), (8.0, 152.0), (6.0, 27.0), (18.0, 12.0)])
        {
            pen.write(Weight::SemiBold, letter, 16.0, at);
        }
        for (baseline, ..) in &WORDS[3..7] {
            let at = baseline + 1.0;
            pen.stroke(&[(160.0, at), (186.0, at)], false, 0.25);
            pen.write(Weight::Regular, "mm", 9.0, (187.5, at - 0.6));
        }
    });
    let mut part = TagGroup::new(Tag::Part);
    let mut say =
        |pen: &mut Pen<'_>, weight, text: &str, size, baseline, heading: bool, lang: Option<Lang>| {
            let line = Line { role: Role::Hint, text: text.to_owned(), weight, size, x: LEFT, baseline };
            part.push(pen.paragraph(&[line], NonZeroU16::new(1).filter(|_| heading), lang));
        };
    for (n, (baseline, size, vi, en)) in WORDS.into_iter().enumerate() {
        say(pen, Weight::SemiBold, vi, size, baseline, n == 0, None);
        say(pen, Weight::Regular, en, size.min(11.0) * 0.85, baseline + 0.45 * size, false, Some(Lang::EN));
    }
    say(pen, Weight::SemiBold, COMMAND, 12.0, 187.0, false, None);
    for (baseline, text, english) in BELOW {
        match english {
            true => say(pen, Weight::Regular, text, 9.0, baseline, false, Some(Lang::EN)),
            false => say(pen, Weight::SemiBold, text, 10.5, baseline, false, None),
        }
    }
    let module = TEST_SIDE / f32::from(symbol.outline().size);
    let mut figure = TagGroup::new(Tag::Figure(Some(format!("Mã QR: {TEST}"))));
    figure.push(pen.tagged(|pen| pen.symbol(symbol.outline(), TEST_AT, module)));
    part.push(figure);
    part
}

/// A cross with a ring about its centre.
fn cross(pen: &mut Pen<'_>, (x, y): (f32, f32)) {
    const ARM: f32 = 8.0;
    pen.stroke(&[(x - ARM, y), (x + ARM, y)], false, 0.2);
    pen.stroke(&[(x, y - ARM), (x, y + ARM)], false, 0.2);
    let ring = |n: u8| {
        let angle = f32::from(n) / 48.0 * std::f32::consts::TAU;
        (x + 3.0 * angle.cos(), y + 3.0 * angle.sin())
    };
    pen.stroke(&(0..48).map(ring).collect::<Vec<_>>(), true, 0.2);
}

/// A ruler from a cross: a tick a millimetre, longer at five and ten, a number at each centimetre. `place` is where a length
/// along it and a depth beside it lie.
fn ruler(pen: &mut Pen<'_>, length: f32, place: impl Fn(f32, f32) -> (f32, f32)) {
    pen.stroke(&[place(0.0, 0.0), place(length, 0.0)], false, 0.15);
    for n in 0..=length as u16 {
        let deep = match n {
            n if n % 10 == 0 => 5.0,
            n if n % 5 == 0 => 3.5,
            _ => 2.0,
        };
        pen.stroke(&[place(f32::from(n), 0.0), place(f32::from(n), deep)], false, 0.1);
        if n % 10 == 0 && n > 0 && f32::from(n) < length {
            let (text, (x, y)) = ((n / 10).to_string(), place(f32::from(n), 7.2));
            let wide = pen.width(Weight::Regular, &text, 7.0);
            pen.write(Weight::Regular, &text, 7.0, (x - wide / 2.0, y + 0.9));
        }
    }
}
