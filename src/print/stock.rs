//! Label stocks: how a sheet of paper is cut, in millimetres.
//! Numbers only; what stands on a label is `label`'s.

/// A stock of labels on A4, all in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stock {
    /// The name on the packet.
    pub name: &'static str,
    /// Labels across.
    pub columns: u8,
    /// Labels down.
    pub rows: u8,
    /// A label's width.
    pub width: f32,
    /// A label's height.
    pub height: f32,
    /// From one label's left edge to the next one's.
    pub pitch_across: f32,
    /// From one label's upper edge to the next one's.
    pub pitch_down: f32,
    /// The side of the symbol, without its quiet zone.
    pub symbol: f32,
}

/// A4 in millimetres: width and height.
pub const A4: (f32, f32) = (210.0, 297.0);

/// The stocks this program knows; the first is the default.
pub const STOCKS: [Stock; 1] = [Stock {
    name: "L7164",
    columns: 3,
    rows: 4,
    width: 63.5,
    height: 71.98,
    pitch_across: 66.0,
    pitch_down: 71.98,
    symbol: 40.0,
}];

impl Stock {
    /// The stock of this name, in capitals or not.
    pub fn find(name: &str) -> Option<&'static Self> {
        STOCKS.iter().find(|stock| stock.name.eq_ignore_ascii_case(name))
    }

    /// Labels on a page.
    pub fn per_page(&self) -> usize {
        usize::from(self.columns) * usize::from(self.rows)
    }

    /// The upper left corner of a label on its page, counted across and then down. The grid is centred: published
    /// origins are rounded and come out up to 5 mm off.
    pub fn corner(&self, at: usize) -> (f32, f32) {
        let (column, row) = (at % usize::from(self.columns), at / usize::from(self.columns));
        let across = f32::from(self.columns - 1) * self.pitch_across + self.width;
        let down = f32::from(self.rows - 1) * self.pitch_down + self.height;
        let left = (A4.0 - across) / 2.0 + column as f32 * self.pitch_across;
        (left, (A4.1 - down) / 2.0 + row as f32 * self.pitch_down)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_centred_and_stay_on_the_paper() {
        for stock in STOCKS {
            let (first, last) = (stock.corner(0), stock.corner(stock.per_page() - 1));
            assert!((first.0 - (A4.0 - last.0 - stock.width)).abs() < 0.01);
            assert!((first.1 - (A4.1 - last.1 - stock.height)).abs() < 0.01);
            assert!(first.0 >= 0.0 && first.1 >= 0.0);
        }
    }
}
