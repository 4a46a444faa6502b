//! One label or plaque: a symbol with its quiet zone, and the texts of its layout above and below it.
//! Every length is in millimetres from the label's upper left corner.

use super::frame::DEPTH;
use super::layout::{Layout, Quiet, Role, Strip};
use super::logo::{Logo, row};
use super::setting::{Area, Line, Texts, set};
use super::typeface::Typefaces;
use crate::code::read_back::Proven;
use crate::code::symbol::{LEAST_MODULE, QUIET_ZONE};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::plates;

/// What stays free between the quiet zone and the texts under it, and under those, in millimetres.
const FOOT: f32 = 1.2;
/// What stays free between the texts and the line over a strip, in millimetres.
const OVER_RULE: f32 = 4.0;
/// What stays free between a row of logos and the texts under it, in millimetres.
const UNDER_LOGOS: f32 = 2.0;

/// A label, laid out.
#[derive(Debug)]
pub struct Label {
    /// The symbol of its address.
    pub symbol: Placed,
    /// The address in words, for those who do not see the symbol.
    pub words: String,
    /// The symbol that joins the place's Wi-Fi, where its layout has a strip for it.
    pub wifi: Option<Placed>,
    /// How far under its upper edge the line over that strip stands, from margin to margin.
    pub rule: Option<f32>,
    /// Where each of the site's logos stands: left, top, width, height.
    pub logos: Vec<(f32, f32, f32, f32)>,
    /// The lines above and under it, or beside it.
    pub lines: Vec<Line>,
}

/// A symbol in its place.
#[derive(Debug)]
pub struct Placed {
    /// What is drawn, in modules.
    pub symbol: Proven,
    /// Its upper left corner, in millimetres from the label's.
    pub at: (f32, f32),
    /// A module's side in millimetres.
    pub module: f32,
    /// Where the quiet zone ends, in millimetres from the label's upper left corner: left, top, right, bottom.
    pub quiet: (f32, f32, f32, f32),
}

impl Placed {
    /// A symbol with a side of `side` whose quiet zone begins where `quiet` says, centred along the edges of a box.
    fn new(
        symbol: Proven,
        side: f32,
        quiet: Quiet,
        (left, top, width, height): (f32, f32, f32, f32),
    ) -> Self {
        let module = side / f32::from(symbol.outline().size);
        let free = module * f32::from(QUIET_ZONE);
        let at = match quiet {
            Quiet::Top(under) => (left + (width - side) / 2.0, top + under + free),
            Quiet::Left(beside) => (left + beside + free, top + (height - side) / 2.0),
        };
        let quiet = (at.0 - free, at.1 - free, at.0 + side + free, at.1 + side + free);
        Self { symbol, at, module, quiet }
    }
}

/// What is set on a label besides its texts.
pub struct Drawn<'d> {
    /// The symbol.
    pub symbol: Proven,
    /// That of the place's Wi-Fi; only looked at where the layout has a strip for it.
    pub wifi: Option<Proven>,
    /// The site's logos.
    pub logos: &'d [Logo],
}

impl Label {
    /// Sets a label by its layout.
    ///
    /// # Errors
    /// A finding where a text does not fit at its smallest size, or holds a letter the font lacks; and whose text it is.
    /// Also where this address needs so many modules that they get too small, or their quiet zone leaves the label.
    pub fn new(
        drawn: Drawn<'_>,
        texts: &Texts<'_>,
        layout: &Layout,
        faces: &Typefaces,
    ) -> Result<Self, (Box<Diagnostic>, Role)> {
        let whole = (0.0, 0.0, layout.width, layout.height);
        let symbol = Placed::new(drawn.symbol, layout.symbol, layout.quiet, whole);
        room(&symbol, layout)?;
        let quiet = symbol.quiet;
        let strip = layout.wifi.as_ref().zip(drawn.wifi);
        let end = layout.height - strip.as_ref().map_or(0.0, |(strip, _)| layout.margin + strip.height);
        let foot = match layout.frame {
            _ if strip.is_some() => OVER_RULE,
            Some(_) => layout.margin,
            None => FOOT,
        };
        let left = match layout.quiet {
            Quiet::Left(_) => quiet.2,
            Quiet::Top(_) => layout.margin,
        };
        let width = layout.width - layout.margin - left;
        let logos = layout.logos.filter(|_| !drawn.logos.is_empty());
        let logos =
            logos.map(|height| row(drawn.logos, (left, layout.margin, width, height))).unwrap_or_default();
        let head = logos.first().map_or(layout.margin, |logo| logo.1 + logo.3 + UNDER_LOGOS);
        let between = |top: f32, bottom: f32| Area { left, top, width, height: bottom - top };
        let mut lines = match layout.quiet {
            Quiet::Left(_) => set(texts, &layout.below, between(head, layout.height - layout.margin), faces)?,
            Quiet::Top(top) => {
                let mut lines = set(texts, &layout.above, between(head, top), faces)?;
                lines.extend(set(texts, &layout.below, between(quiet.3, end - foot), faces)?);
                lines
            }
        };
        let mut wifi = None;
        let rule = strip.as_ref().map(|_| end);
        if let Some((strip, wifi_symbol)) = strip {
            let (placed, beside) = set_strip(strip, wifi_symbol, end, texts, layout, faces)?;
            wifi = Some(placed);
            lines.extend(beside);
        }
        let words = texts.get(Role::Words).unwrap_or_default().to_owned();
        Ok(Self { symbol, words, wifi, rule, logos, lines })
    }
}

/// The strip of a Wi-Fi code, whose upper edge stands at `top`.
fn set_strip(
    strip: &Strip,
    symbol: Proven,
    top: f32,
    texts: &Texts<'_>,
    layout: &Layout,
    faces: &Typefaces,
) -> Result<(Placed, Vec<Line>), (Box<Diagnostic>, Role)> {
    let whole = (layout.margin, top, layout.width - 2.0 * layout.margin, strip.height);
    let placed = Placed::new(symbol, strip.symbol, Quiet::Left(0.0), whole);
    room(&placed, layout)?;
    let left = placed.quiet.2;
    let width = layout.width - layout.margin - left;
    let lines = set(texts, &strip.beside, Area { left, top, width, height: strip.height }, faces)?;
    Ok((placed, lines))
}

/// Whether a symbol can be read at its size, with its quiet zone whole.
fn room(symbol: &Placed, layout: &Layout) -> Result<(), (Box<Diagnostic>, Role)> {
    let edge = layout.frame.map_or(0.0, |inset| inset + DEPTH);
    let (left, top, right, bottom) = symbol.quiet;
    let inside =
        left >= edge && top >= edge && right <= layout.width - edge && bottom <= layout.height - edge;
    if inside && symbol.module >= LEAST_MODULE {
        return Ok(());
    }
    let finding =
        plates::symbol_without_room(&layout.name, symbol.symbol.outline().size, symbol.module, right - left);
    Err((Box::new(finding), Role::Words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Symbol;
    use crate::print::layouts::tests::known;
    use crate::print::setting::{ASCENT, DESCENT};
    use crate::print::typeface::POINT;

    fn drawn(logos: &[Logo]) -> Drawn<'_> {
        let symbol = |text: &str| Proven::new(&Symbol::encode(text).unwrap(), text).unwrap();
        Drawn {
            symbol: symbol("https://HAIDUONG.DAUTICH.EXAMPLE/Q/7K3MQ5/"),
            wifi: Some(symbol("WIFI:T:WPA;S:Van mieu Mao Dien;P:chao-khach-2026;;")),
            logos,
        }
    }

    fn label(title: &str, translated: &str, layout: &Layout) -> Result<Label, Box<Diagnostic>> {
        let texts = Texts::default()
            .with(Role::Site, "Di tích và đặc sản Hải Dương")
            .with(Role::Title, title)
            .with(Role::Translated, translated)
            .with(Role::Place, "khu dân cư Mậu Tài, phường Trần Nhân Tông, thành phố Hải Phòng")
            .with(Role::Hint, "Quét bằng Zalo hoặc máy ảnh")
            .with(Role::HintTranslated, "Scan with your camera")
            .with(Role::Words, "haiduong.dautich.example/Q/7K3MQ5")
            .with(Role::Wifi, "Wi-Fi miễn phí: quét để nối")
            .with(Role::WifiTranslated, "Free Wi-Fi: scan to join")
            .with(Role::Network, "Van mieu Mao Dien");
        let logos =
            [Logo::of(vec![0; 80 * 40], 80, 40), Logo::of(vec![0; 40 * 40], 40, 40)].map(Option::unwrap);
        Label::new(drawn(&logos), &texts, layout, &Typefaces::new().unwrap()).map_err(|(found, _)| found)
    }

    /// Left, top, right and bottom of all that is on a label but its frame and rule.
    fn boxes(label: &Label, faces: &Typefaces) -> Vec<(f32, f32, f32, f32)> {
        let line = |line: &Line| {
            let size = line.size * POINT;
            let right = line.x + faces.face(line.weight).width(&line.text, line.size);
            (line.x, line.baseline - ASCENT * size, right, line.baseline + DESCENT * size)
        };
        let logo = |&(x, y, width, height): &(f32, f32, f32, f32)| (x, y, x + width, y + height);
        let symbols = std::iter::once(&label.symbol).chain(&label.wifi).map(|symbol| symbol.quiet);
        symbols.chain(label.lines.iter().map(line)).chain(label.logos.iter().map(logo)).collect()
    }

    #[test]
    fn long_real_names_stay_inside_their_label_and_nothing_overlaps() {
        let faces = Typefaces::new().unwrap();
        for layout in &known() {
            let label = label(
                "Chùa Côn Sơn – Khu di tích quốc gia đặc biệt Côn Sơn – Kiếp Bạc",
                "Côn Sơn Pagoda – the Côn Sơn and Kiếp Bạc Special National Relic",
                layout,
            )
            .unwrap_or_else(|found| panic!("{}: {found:?}", layout.name));
            let edge = layout.frame.map_or(0.0, |inset| inset + DEPTH);
            let boxes = boxes(&label, &faces);
            for (n, one) in boxes.iter().enumerate() {
                assert!(one.0 >= edge && one.1 >= edge, "{}: {one:?}", layout.name);
                assert!(
                    one.2 <= layout.width - edge && one.3 <= layout.height - edge,
                    "{}: {one:?}",
                    layout.name
                );
                for other in &boxes[..n] {
                    let apart = one.0 >= other.2 - 0.01
                        || one.2 <= other.0 + 0.01
                        || one.1 >= other.3 - 0.01
                        || one.3 <= other.1 + 0.01;
                    assert!(apart, "{}: {one:?} {other:?}", layout.name);
                }
            }
            assert_eq!(label.wifi.is_some(), layout.wifi.is_some());
            assert_eq!(label.logos.len(), if layout.logos.is_some() { 2 } else { 0 });
        }
    }

    #[test]
    fn what_cannot_be_printed_is_a_finding() {
        for layout in &known() {
            assert_eq!(label(&"Đền ".repeat(50), "x", layout).unwrap_err().code.0, 317);
            assert_eq!(label("Đền 🏯", "x", layout).unwrap_err().code.0, 318);
            assert_eq!(label(&"Đ".repeat(200), "x", layout).unwrap_err().code.0, 317);
            let small = Layout { symbol: 14.0, ..layout.clone() };
            assert_eq!(label("Đền Bia", "x", &small).unwrap_err().code.0, 342);
            let large = Layout { symbol: layout.width.min(layout.height) * 0.95, ..layout.clone() };
            assert_eq!(label("Đền Bia", "x", &large).unwrap_err().code.0, 342);
        }
    }
}
