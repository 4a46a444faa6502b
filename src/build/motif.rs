//! The drawing of an entry without a photo: a hall under tiled roofs for a relic, a bottle of Chu Đậu ware for a product,
//! hills for what leads through the land, before a sun, drifting clouds and a band of flowers. Drawn from the kind and the
//! id alone, so that each entry keeps its own for ever. Touches no disk.

use crate::code::Id;
use crate::site::{Entry, Kind};
use std::fmt::Write as _;

/// Width and height in units of the drawing, shown as pixels.
pub const SIZE: (u32, u32) = (1200, 525);
/// Where the band of flowers begins, in units from the top.
const BAND: i32 = 438;

/// Ground, what is drawn large, lines on it, and the small bright things: lacquer, Chu Đậu blue, celadon, indigo, clay.
const COLOURS: [[&str; 4]; 5] = [
    ["#7a1b16", "#4f0f0c", "#d9a441", "#f3d9a0"],
    ["#f4ecdb", "#1d4e7a", "#7d9fbd", "#a33a25"],
    ["#cfdccb", "#2f5d46", "#7fa58b", "#a33a25"],
    ["#1c2d44", "#0f1a2a", "#c9a35a", "#f1dfb4"],
    ["#e9c9a4", "#7a3f1f", "#b9793f", "#fff4dc"],
];

/// Numbers drawn from an id, the same for ever.
struct Lots(u64);

impl Lots {
    fn new(id: Id) -> Self {
        // FNV-1a, then the constants of Knuth's MMIX: ids that differ in one character have nothing in common.
        let seed = id.to_string().bytes().fold(0xcbf2_9ce4_8422_2325, |seed: u64, byte| {
            (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed)
    }

    /// A number from `least` to `most`.
    fn draw(&mut self, least: i32, most: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        least + ((self.0 >> 33) % (most - least + 1) as u64) as i32
    }
}

/// The path of an entry's drawing.
pub fn path(entry: &Entry) -> String {
    format!("motifs/{}.svg", entry.id.value)
}

/// The drawing as SVG.
pub fn draw(kind: Kind, id: Id) -> String {
    let mut lots = Lots::new(id);
    let [ground, large, line, bright] = COLOURS[lots.draw(0, COLOURS.len() as i32 - 1) as usize];
    let (width, height) = SIZE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
         <path fill=\"{ground}\" d=\"M0 0H{width}V{height}H0z\"/>"
    );
    let centre = lots.draw(430, 770);
    let (sun, up, radius) = (centre + lots.draw(-260, 260), lots.draw(110, 190), lots.draw(52, 92));
    let _ = write!(svg, "<circle cx=\"{sun}\" cy=\"{up}\" r=\"{radius}\" fill=\"{bright}\"/>");
    let _ = write!(svg, "<g fill=\"none\" stroke=\"{line}\" stroke-width=\"5\" stroke-linecap=\"round\">");
    for _ in 0..lots.draw(3, 5) {
        cloud(&mut svg, lots.draw(20, 1010), lots.draw(60, 250), lots.draw(70, 130));
    }
    svg.push_str("</g>");
    match kind {
        Kind::Relic => hall(&mut svg, &mut lots, centre, large, line),
        Kind::Product => bottle(&mut svg, &mut lots, centre, large, line),
        Kind::Guide | Kind::Trail => hills(&mut svg, &mut lots, large, line),
    }
    band(&mut svg, &mut lots, [large, line, bright]);
    svg.push_str("</svg>");
    svg
}

/// A line of cloud that curls at both its ends.
fn cloud(svg: &mut String, left: i32, top: i32, long: i32) {
    let curl = long / 4;
    let _ = write!(
        svg,
        "<path d=\"M{left} {top}h{long}a{curl} {curl} 0 1 0-{curl}-{curl}M{} {top}a{half} {half} 0 1 1 {half}-{half}\"/>",
        left + curl,
        half = curl * 2 / 3
    );
}

/// A pear-shaped bottle with rings round its neck and petals round its foot.
fn bottle(svg: &mut String, lots: &mut Lots, centre: i32, large: &str, line: &str) {
    let (belly, neck) = (lots.draw(96, 138), lots.draw(24, 36));
    let (lip, foot) = (neck + lots.draw(14, 26), belly * 3 / 5);
    let top = lots.draw(92, 128);
    let side = |half: i32| (centre - half, centre + half);
    let ((lip_l, lip_r), (neck_l, neck_r), (belly_l, belly_r), (foot_l, foot_r)) =
        (side(lip), side(neck), side(belly), side(foot));
    let throat = top + 70;
    let _ = write!(
        svg,
        "<path fill=\"{large}\" d=\"M{lip_l} {top}H{lip_r}Q{neck_r} {} {neck_r} {throat}C{neck_r} 240 {belly_r} 250 {belly_r} 330C{belly_r} 390 {foot_r} 400 {foot_r} 424V{BAND}H{foot_l}V424C{foot_l} 400 {belly_l} 390 {belly_l} 330C{belly_l} 250 {neck_l} 240 {neck_l} {throat}Q{neck_l} {} {lip_l} {top}z\"/>",
        top + 20,
        top + 20,
    );
    let _ = write!(svg, "<g fill=\"none\" stroke=\"{line}\" stroke-width=\"4\">");
    for ring in 0..lots.draw(2, 3) {
        let (at, half) = (top + 58 + 22 * ring, neck + 4 + 5 * ring);
        let _ = write!(svg, "<path d=\"M{} {at}q{half} 12 {} 0\"/>", centre - half, 2 * half);
    }
    let petals = lots.draw(5, 7);
    for petal in 0..petals {
        let wide = 2 * (belly - 20) / petals;
        let at = centre - belly + 20 + wide * petal;
        let _ = write!(svg, "<path d=\"M{at} 350q{} -66 {wide} 0\"/>", wide / 2);
    }
    svg.push_str("</g>");
}

/// Hills one behind another, and a path over them.
fn hills(svg: &mut String, lots: &mut Lots, large: &str, line: &str) {
    let width = SIZE.0 as i32;
    for (row, opaque) in [(0, "0.45"), (1, "0.7"), (2, "1")] {
        let (mut at, mut path) = (-lots.draw(20, 160), String::new());
        let _ = write!(path, "M{at} {BAND}");
        while at < width {
            let (wide, high) = (lots.draw(240, 420), lots.draw(90, 150) + (2 - row) * 62);
            let _ = write!(path, "q{} -{} {wide} 0", wide / 2, 2 * high);
            at += wide * 4 / 5;
            let _ = write!(path, "H{at}");
        }
        let _ = write!(svg, "<path fill=\"{large}\" fill-opacity=\"{opaque}\" d=\"{path}\"/>");
    }
    let start = lots.draw(160, 700);
    let _ = write!(
        svg,
        "<path fill=\"none\" stroke=\"{line}\" stroke-width=\"7\" stroke-linecap=\"round\" stroke-dasharray=\"2 20\" d=\"M{start} 432c60-40 150-10 190-52s-60-60 10-104s110 0 150-46\"/>"
    );
}

/// A hall of one or two roofs on its columns and steps.
fn hall(svg: &mut String, lots: &mut Lots, centre: i32, large: &str, line: &str) {
    let (half, high) = (lots.draw(220, 330), lots.draw(78, 112));
    let eave = 330;
    let _ = write!(svg, "<g fill=\"{large}\">");
    let _ = write!(
        svg,
        "<path d=\"M{} {BAND}v-14h{}v14zM{} 424v-12h{}v12z\"/>",
        centre - half,
        2 * half,
        centre - half + 24,
        2 * half - 48
    );
    let bays = lots.draw(2, 4) * 2 + 1;
    let inner = half - 44;
    for column in 0..=bays {
        let at = centre - inner + 2 * inner * column / bays;
        let _ = write!(svg, "<path d=\"M{} {eave}h14v84h-14z\"/>", at - 7);
    }
    let _ = write!(svg, "<path d=\"M{} {eave}h{}v16h-{}z\"/>", centre - inner, 2 * inner, 2 * inner);
    if lots.draw(0, 2) > 0 {
        let (narrow, top) = (half * 3 / 5, eave - high - 30);
        let _ = write!(
            svg,
            "<path d=\"M{} {}h{}v44h-{}z\"/>",
            centre - narrow + 40,
            top,
            2 * narrow - 80,
            2 * narrow - 80
        );
        roof(svg, lots, centre, (top, narrow, high * 3 / 4), line);
    }
    roof(svg, lots, centre, (eave, half, high), line);
    svg.push_str("</g>");
}

/// A roof whose eaves stand at `eave`, twice `half` wide, its ridge `high` above.
fn roof(svg: &mut String, lots: &mut Lots, centre: i32, (eave, half, high): (i32, i32, i32), line: &str) {
    let (left, right) = (centre - half - 46, centre + half + 46);
    let ridge = half * lots.draw(50, 66) / 100;
    let (tip, top) = (eave - lots.draw(26, 44), eave - high);
    let _ = write!(
        svg,
        "<path d=\"M{left} {tip}Q{} {eave} {} {eave}H{}Q{} {eave} {right} {tip}Q{} {} {} {top}l16-20q-14 8-34 8H{}q-20 0-34-8l16 20Q{} {} {left} {tip}z\"/>",
        left + 52,
        left + 150,
        right - 150,
        right - 52,
        right - 100,
        tip + 12,
        centre + ridge,
        centre - ridge + 18,
        left + 100,
        tip + 12,
    );
    // Rows of tiles run from the ridge to the eaves, and open out a little as they go.
    let _ = write!(svg, "<g stroke=\"{line}\" stroke-width=\"3\" fill=\"none\"><path d=\"");
    for step in -8..=8 {
        let (from, to) = (centre + ridge * step / 9, centre + half * step / 9);
        let _ = write!(svg, "M{from} {}L{to} {}", top + 10, eave - 8);
    }
    let _ = write!(svg, "M{} {}H{}\"/></g>", left + 150, eave - 5, right - 150);
}

/// Flowers on a running vine, between two lines, along the foot.
fn band(svg: &mut String, lots: &mut Lots, [large, line, bright]: [&str; 3]) {
    let (width, height) = (SIZE.0 as i32, SIZE.1 as i32);
    let flowers = lots.draw(4, 7);
    let (period, middle) = (width / flowers, (BAND + height) / 2);
    let _ = write!(svg, "<path fill=\"{large}\" d=\"M0 {BAND}H{width}V{height}H0z\"/>");
    let _ = write!(svg, "<g fill=\"none\" stroke=\"{line}\" stroke-width=\"4\" stroke-linecap=\"round\">");
    let _ = write!(
        svg,
        "<path d=\"M0 {}H{width}M0 {}H{width}\"/><path d=\"M{} {middle}",
        BAND + 7,
        height - 7,
        -period / 2
    );
    for bend in 0..=flowers {
        let _ = write!(svg, "q{} {} {period} 0", period / 2, if bend % 2 == 0 { 56 } else { -56 });
    }
    svg.push_str("\"/></g>");
    let (petals, long) = (lots.draw(5, 9), lots.draw(24, 31));
    let wide = lots.draw(8, 12);
    let _ = write!(
        svg,
        "<defs><path id=\"p\" d=\"M0 0C-{wide}-{third} -{wide}-{two} 0-{long}C{wide}-{two} {wide}-{third} 0 0z\"/>\
         <g id=\"f\" fill=\"{bright}\" stroke=\"{large}\" stroke-width=\"1.5\">",
        third = long / 3,
        two = long * 4 / 5,
    );
    for petal in 0..petals {
        let _ = write!(svg, "<use href=\"#p\" transform=\"rotate({})\"/>", 360 * petal / petals);
    }
    let _ = write!(
        svg,
        "<circle r=\"7\" fill=\"{line}\"/></g><path id=\"l\" fill=\"{line}\" d=\"M0 0q14-24 44-20q-10 26-44 20\"/></defs>"
    );
    for flower in 0..flowers {
        let at = period * flower + period / 2;
        let side = if flower % 2 == 0 { 1 } else { -1 };
        let _ = write!(
            svg,
            "<use href=\"#l\" x=\"0\" transform=\"translate({} {}) scale(1 {side})\"/><use href=\"#l\" transform=\"translate({} {}) scale(-1 {})\"/><use href=\"#f\" x=\"{at}\" y=\"{middle}\"/>",
            at + period / 4,
            middle - 6 * side,
            at - period / 4,
            middle + 6 * side,
            -side,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_a_drawing_of_its_own_and_keeps_it() {
        let ids: Vec<Id> = ["7K3MQ5", "R8CDTS"].iter().filter_map(|id| Id::parse(id).ok()).collect();
        for kind in Kind::ALL {
            assert_eq!(draw(kind, ids[0]), draw(kind, ids[0]));
            assert_ne!(draw(kind, ids[0]), draw(kind, ids[1]));
        }
    }
}
