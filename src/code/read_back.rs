//! Reads a symbol's drawn outline with a decoder that did not draw it.
//! What it reads is the drawing, filled on a grid, not the matrix that made it.

use super::symbol::{Level, Outline, Symbol};

/// A drawn outline that was read back and says what it should: nothing else may be printed.
#[derive(Debug)]
pub struct Proven {
    /// What is drawn.
    outline: Outline,
    /// What was read from it.
    text: String,
    /// How much of it may be lost.
    level: Level,
}

impl Proven {
    /// Draws a symbol and reads the drawing; `None` where it does not say `text`.
    pub fn new(symbol: &Symbol, text: &str) -> Option<Self> {
        let outline = symbol.outline();
        let read = read_back(&outline).filter(|read| read == text)?;
        Some(Self { outline, text: read, level: symbol.level })
    }

    /// What is drawn.
    pub const fn outline(&self) -> &Outline {
        &self.outline
    }

    /// Its error correction level.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// What was read from it.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The text that the drawn outline holds, or `None` where the decoder cannot read it.
pub fn read_back(outline: &Outline) -> Option<String> {
    let size = usize::from(outline.size);
    let dark = fill(outline);
    let grid = rqrr::SimpleGrid::from_func(size, |x, y| dark[y * size + x]);
    rqrr::Grid::new(grid).decode().ok().map(|(_, text)| text)
}

/// Even-odd fill at the centre of each module: a module is dark if an odd number of upright edges stand left of it.
fn fill(outline: &Outline) -> Vec<bool> {
    let size = usize::from(outline.size);
    let mut toggles = vec![false; size * (size + 1)];
    for corners in &outline.loops {
        for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
            if from.0 == to.0 {
                for y in from.1.min(to.1)..from.1.max(to.1) {
                    toggles[usize::from(y) * (size + 1) + usize::from(from.0)] ^= true;
                }
            }
        }
    }
    toggles
        .chunks(size + 1)
        .flat_map(|row| {
            row.iter().take(size).scan(false, |inside, &toggle| {
                *inside ^= toggle;
                Some(*inside)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Symbol;

    #[test]
    fn a_drawn_symbol_reads_as_its_address() {
        let address = "https://HAIDUONG.DAUTICH.EXAMPLE/Q/7K3MQ5/";
        let symbol = Symbol::encode(address).unwrap();
        assert_eq!(read_back(&symbol.outline()).as_deref(), Some(address));
    }

    #[test]
    fn a_damaged_drawing_does_not_pass() {
        let mut outline = Symbol::encode("https://DAUTICH.VN/Q/7K3MQ5/").unwrap().outline();
        outline.loops.drain(..outline.loops.len() / 2);
        assert_ne!(read_back(&outline).as_deref(), Some("https://DAUTICH.VN/Q/7K3MQ5/"));
        let symbol = Symbol::encode("https://DAUTICH.VN/Q/7K3MQ5/").unwrap();
        assert!(Proven::new(&symbol, "https://DAUTICH.VN/Q/4HWTNB/").is_none());
    }
}
