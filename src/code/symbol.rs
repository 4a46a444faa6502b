//! A printed address as a QR symbol (ISO/IEC 18004) and as one outline in module units.
//! The outline has no seams between modules; the quiet zone is the drawer's to keep.

use super::mask;
use clap::ValueEnum;
use qrcode_rs::bits::{self, Bits};
use qrcode_rs::canvas::Canvas;
use qrcode_rs::{Color, EcLevel, QrError, Version, ec};
use std::fmt::Write as _;

/// Light modules that must stand free on every side of a symbol (ISO/IEC 18004, 9.1).
pub const QUIET_ZONE: u16 = 4;

/// The least side of a module that copiers and cheap phones agree on (Denso Wave), in millimetres. Four dots of a
/// printer of 300 dpi, 0.34 mm, are less.
pub const LEAST_MODULE: f32 = 0.5;

/// How much of a symbol may be lost and still be read (ISO/IEC 18004, 6.5.1; of codewords, not of area).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, ValueEnum)]
pub enum Level {
    /// About 15 %.
    #[value(name = "M")]
    M,
    /// About 25 %.
    #[value(name = "Q")]
    Q,
    /// About 30 %.
    #[value(name = "H")]
    H,
}

impl Level {
    /// The levels by name, the lowest first.
    pub const ALL: [Self; 3] = [Self::M, Self::Q, Self::H];

    /// The letter that the standard and sign makers call it by.
    pub const fn letter(self) -> &'static str {
        ["M", "Q", "H"][self as usize]
    }

    const fn correction(self) -> EcLevel {
        [EcLevel::M, EcLevel::Q, EcLevel::H][self as usize]
    }
}

/// A symbol: a square of dark and light modules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    /// Modules on a side, without the quiet zone.
    pub size: u16,
    /// The error correction level.
    pub level: Level,
    /// Row by row, `true` is dark.
    modules: Vec<bool>,
}

impl Symbol {
    /// Encodes a text in the smallest version that holds level Q, at the highest level that fits that version.
    /// Segments are chosen optimally: `https` in byte mode, the rest of a printed address in alphanumeric mode.
    ///
    /// # Errors
    /// Only where the text is longer than a symbol of version 27 holds, which no address is.
    pub fn encode(text: &str) -> Result<Self, QrError> {
        Self::at_least(text, Level::Q)
    }

    /// Encodes a text in the smallest version that holds this level, at the highest level that fits that version.
    ///
    /// # Errors
    /// Only where the text is longer than a symbol of version 27 holds, which no address is.
    pub fn at_least(text: &str, level: Level) -> Result<Self, QrError> {
        let smallest = bits::encode_auto(text.as_bytes(), level.correction())?;
        let version = smallest.version();
        if matches!(version, Version::Normal(28..)) {
            return Err(QrError::DataTooLong);
        }
        let raised = Level::ALL.into_iter().rev().take_while(|higher| *higher > level);
        let raised = raised.filter_map(|higher| Some((in_version(text, version, higher).ok()?, higher)));
        let (bits, level) = { raised }.next().unwrap_or((smallest, level));
        let (data, check) = ec::construct_codewords(&bits.into_bytes(), version, level.correction())?;
        let mut canvas = Canvas::new(version, level.correction());
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &check);
        let size = version.width().unsigned_abs();
        let modules = mask::best(&canvas, size).into_iter().map(|module| module == Color::Dark).collect();
        Ok(Self { size, level, modules })
    }

    /// Whether the module in this column and row is dark; outside the symbol all is light.
    pub fn is_dark(&self, x: i32, y: i32) -> bool {
        let size = i32::from(self.size);
        (0..size).contains(&x) && (0..size).contains(&y) && self.modules[(y * size + x) as usize]
    }

    /// The border between dark and light as closed loops, to be filled by the even-odd rule.
    pub fn outline(&self) -> Outline {
        let side = usize::from(self.size) + 1;
        // One slot a grid point and direction (right, down, left, up): a border edge with the dark module on its right.
        let mut edges = vec![[false; 4]; side * side];
        for y in 0..=i32::from(self.size) {
            for x in 0..=i32::from(self.size) {
                let (here, above, left) =
                    (self.is_dark(x, y), self.is_dark(x, y - 1), self.is_dark(x - 1, y));
                let point = |x: i32, y: i32| y as usize * side + x as usize;
                if here && !above {
                    edges[point(x, y)][0] = true;
                } else if above && !here {
                    edges[point(x + 1, y)][2] = true;
                }
                if left && !here {
                    edges[point(x, y)][1] = true;
                } else if here && !left {
                    edges[point(x, y + 1)][3] = true;
                }
            }
        }
        let mut loops = Vec::new();
        for start in 0..edges.len() {
            while let Some(turn) = edges[start].iter().position(|&open| open) {
                loops.push(walk(&mut edges, side, start, turn));
            }
        }
        Outline { size: self.size, loops }
    }
}

/// The text in a version of one's choice, if it fits at that level.
fn in_version(text: &str, version: Version, level: Level) -> Result<Bits, QrError> {
    let mut bits = Bits::new(version);
    bits.push_optimal_data(text.as_bytes())?;
    bits.push_terminator(level.correction())?;
    Ok(bits)
}

/// Follows border edges from `start` until they close, taking each off the list, and keeps the corners.
fn walk(edges: &mut [[bool; 4]], side: usize, start: usize, mut turn: usize) -> Vec<(u16, u16)> {
    let steps = [1_isize, side as isize, -1, -(side as isize)];
    let mut corners = Vec::new();
    let mut at = start;
    loop {
        corners.push(((at % side) as u16, (at / side) as u16));
        while edges[at][turn] {
            edges[at][turn] = false;
            at = at.wrapping_add_signed(steps[turn]);
        }
        match edges[at].iter().position(|&open| open) {
            Some(next) if at != start => turn = next,
            _ => return corners,
        }
    }
}

/// The shape of a symbol: closed rectilinear loops of corners, in modules from its upper left corner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    /// Modules on a side.
    pub size: u16,
    /// Corners of each loop, in walking order; the last joins the first.
    pub loops: Vec<Vec<(u16, u16)>>,
}

impl Outline {
    /// The outline as SVG path data with relative moves, in module units.
    pub fn path_data(&self) -> String {
        let mut data = String::with_capacity(self.loops.len() * 24);
        for corners in &self.loops {
            let Some(&(x, y)) = corners.first() else { continue };
            let _ = write!(data, "M{x} {y}");
            for pair in corners.windows(2) {
                let (across, down) = (
                    i32::from(pair[1].0) - i32::from(pair[0].0),
                    i32::from(pair[1].1) - i32::from(pair[0].1),
                );
                let _ = if down == 0 { write!(data, "h{across}") } else { write!(data, "v{down}") };
            }
            data.push('z');
        }
        data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of DESIGN 5: modules and the level reached.
    #[test]
    fn printed_addresses_take_the_symbols_the_design_names() {
        for (address, size, level) in [
            ("https://DAUTICH.VN/Q/7K3MQ5/", 29, Level::H),
            ("https://DISAN.HAIDUONG.VN/Q/7K3MQ5/", 29, Level::Q),
            ("https://DITICH.HAIPHONG.GOV.VN/Q/7K3MQ5/", 29, Level::Q),
        ] {
            let symbol = Symbol::encode(address).unwrap();
            assert_eq!((symbol.size, symbol.level), (size, level), "{address}");
        }
    }

    /// DESIGN 5: what an address costs where another level than Q is asked for.
    #[test]
    fn a_level_that_is_asked_for_is_reached_or_passed() {
        for (address, level, size, reached) in [
            ("https://DAUTICH.VN/Q/7K3MQ5/", Level::M, 25, Level::M),
            ("https://DAUTICH.VN/Q/7K3MQ5/", Level::H, 29, Level::H),
            ("https://DISAN.HAIDUONG.VN/Q/7K3MQ5/", Level::M, 29, Level::Q),
            ("https://DISAN.HAIDUONG.VN/Q/7K3MQ5/", Level::H, 33, Level::H),
        ] {
            let symbol = Symbol::at_least(address, level).unwrap();
            assert_eq!((symbol.size, symbol.level), (size, reached), "{address} {level:?}");
        }
    }

    /// What docs/plaques.md tells whoever chooses a domain.
    #[test]
    fn a_short_domain_has_a_coarse_or_a_robust_symbol() {
        for letters in 6..24 {
            let address = format!("https://{}.VN/Q/BCDFGH/", "X".repeat(letters - 3));
            let symbol = Symbol::encode(&address).unwrap();
            assert_eq!(
                symbol.level == Level::H && symbol.size == 29,
                (8..=13).contains(&letters),
                "{letters}"
            );
            let saves = Symbol::at_least(&address, Level::M).unwrap().size < symbol.size;
            assert_eq!(saves, (8..=15).contains(&letters), "{letters}");
        }
    }

    #[test]
    fn a_text_no_symbol_holds_is_an_error() {
        assert!(Symbol::encode(&"x".repeat(4000)).is_err());
    }
}
