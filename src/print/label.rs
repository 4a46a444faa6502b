//! One label or plaque: a symbol with its quiet zone, and the texts of its layout above and below it.
//! Every length is in millimetres from the label's upper left corner.

use super::layout::{Layout, Quiet, Role};
use super::setting::{Area, Line, Texts, set};
use super::typeface::Typefaces;
use crate::code::read_back::Proven;
use crate::code::symbol::QUIET_ZONE;
use crate::diagnostic::Diagnostic;

/// What stays free between the quiet zone and the texts under it, and under those, in millimetres.
const FOOT: f32 = 1.2;

/// A label, laid out.
#[derive(Debug)]
pub struct Label {
    /// The symbol, in modules.
    pub symbol: Proven,
    /// The address in words, for those who do not see the symbol.
    pub words: String,
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
        symbol: Proven,
        texts: &Texts<'_>,
        layout: &Layout,
        faces: &Typefaces,
    ) -> Result<Self, (Box<Diagnostic>, Role)> {
        let module = layout.symbol / f32::from(symbol.outline().size);
        let free = module * f32::from(QUIET_ZONE);
        let symbol_at = match layout.quiet {
            Quiet::Top(top) => ((layout.width - layout.symbol) / 2.0, top + free),
            Quiet::Left(left) => (left + free, (layout.height - layout.symbol) / 2.0),
        };
        let quiet = (
            symbol_at.0 - free,
            symbol_at.1 - free,
            symbol_at.0 + layout.symbol + free,
            symbol_at.1 + layout.symbol + free,
        );
        let foot = if layout.frame.is_some() { layout.margin } else { FOOT };
        let between = |left: f32, top: f32, bottom: f32| Area {
            left,
            top,
            width: layout.width - layout.margin - left,
            height: bottom - top,
        };
        let lines = match layout.quiet {
            Quiet::Left(_) => {
                let beside = between(quiet.2, layout.margin, layout.height - layout.margin);
                set(texts, layout.below, beside, faces)?
            }
            Quiet::Top(top) => {
                let mut lines = set(texts, layout.above, between(layout.margin, layout.margin, top), faces)?;
                let below = between(layout.margin, quiet.3, layout.height - foot);
                lines.extend(set(texts, layout.below, below, faces)?);
                lines
            }
        };
        let words = texts.get(Role::Words).unwrap_or_default().to_owned();
        Ok(Self { symbol, words, symbol_at, module, quiet, lines })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Symbol;
    use crate::print::layouts::tests::known;
    use crate::print::setting::{ASCENT, DESCENT};
    use crate::print::typeface::POINT;

    fn label(title: &str, translated: &str, layout: &Layout) -> Result<Label, Box<Diagnostic>> {
        let address = "https://HAIDUONG.DAUTICH.EXAMPLE/Q/7K3MQ5/";
        let symbol = Proven::new(&Symbol::encode(address).unwrap(), address).unwrap();
        let texts = Texts::default()
            .with(Role::Site, "Di tích và đặc sản Hải Dương")
            .with(Role::Title, title)
            .with(Role::Translated, translated)
            .with(Role::Place, "khu dân cư Mậu Tài, phường Trần Nhân Tông, thành phố Hải Phòng")
            .with(Role::Hint, "Quét bằng Zalo hoặc máy ảnh")
            .with(Role::HintTranslated, "Scan with your camera")
            .with(Role::Words, "haiduong.dautich.example/Q/7K3MQ5");
        Label::new(symbol, &texts, layout, &Typefaces::new().unwrap()).map_err(|(found, _)| found)
    }

    #[test]
    fn long_real_names_stay_inside_their_label_and_out_of_the_quiet_zone() {
        let faces = Typefaces::new().unwrap();
        for layout in known() {
            let label = label(
                "Chùa Côn Sơn – Khu di tích quốc gia đặc biệt Côn Sơn – Kiếp Bạc",
                "Côn Sơn Pagoda – the Côn Sơn and Kiếp Bạc Special National Relic",
                layout,
            )
            .unwrap();
            assert!(
                label.quiet.0 >= 0.0
                    && label.quiet.1 >= 0.0
                    && label.quiet.2 <= layout.width
                    && label.quiet.3 < layout.height
            );
            for line in &label.lines {
                let right = line.x + faces.face(line.weight).width(&line.text, line.size);
                assert!(line.x >= layout.margin - 0.01, "{line:?}");
                assert!(right <= layout.width - layout.margin + 0.01, "{line:?}");
                let top = line.baseline - ASCENT * line.size * POINT;
                let bottom = line.baseline + DESCENT * line.size * POINT;
                let beside = line.x >= label.quiet.2 - 0.01;
                assert!(beside || top >= label.quiet.3 - 0.01 || bottom <= label.quiet.1 + 0.01, "{line:?}");
                assert!(top >= 0.0 && bottom <= layout.height - 1.0, "{line:?}");
            }
            for (n, line) in label.lines.iter().enumerate().skip(1) {
                assert!(line.baseline > label.lines[n - 1].baseline, "{line:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_printed_is_a_finding() {
        for layout in known() {
            assert_eq!(label(&"Đền ".repeat(50), "x", layout).unwrap_err().code.0, 317);
            assert_eq!(label("Đền 🏯", "x", layout).unwrap_err().code.0, 318);
            assert_eq!(label(&"Đ".repeat(200), "x", layout).unwrap_err().code.0, 317);
        }
    }
}
