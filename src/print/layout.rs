//! Layouts as numbers: how the paper is cut, how large the symbol is, which texts stand above and below it.
//! Lengths are millimetres, letter sizes points; what comes of them is `label`'s.

use super::typeface::Weight;

/// One kind of printed thing: a sheet of labels or a plaque.
#[derive(Debug, PartialEq)]
pub struct Layout {
    /// The name people ask for it by: on the packet, or of the size.
    pub name: &'static str,
    /// The paper: width and height.
    pub paper: (f32, f32),
    /// Labels across.
    pub columns: u8,
    /// Labels down.
    pub rows: u8,
    /// A label's width, cut.
    pub width: f32,
    /// A label's height, cut.
    pub height: f32,
    /// From one label's left edge to the next one's.
    pub pitch_across: f32,
    /// From one label's upper edge to the next one's.
    pub pitch_down: f32,
    /// How far ink may run over the cut, for a plate that is trimmed; 0 for stocks that come cut.
    pub bleed: f32,
    /// What stays free at the sides and the foot of a label.
    pub margin: f32,
    /// The side of the symbol, without its quiet zone.
    pub symbol: f32,
    /// From the label's upper edge to the quiet zone.
    pub quiet_top: f32,
    /// From the label's edge to the ornamental frame, where there is one.
    pub frame: Option<f32>,
    /// The texts between the upper margin and the quiet zone, from the top.
    pub above: &'static [Block],
    /// The texts between the quiet zone and the lower margin, from the top.
    pub below: &'static [Block],
    /// What stands around the labels of a page that is hung whole; `None` where the labels are cut out or peeled off.
    pub wall: Option<Wall>,
}

/// A page that is hung whole: one commune's places under a heading.
#[derive(Debug, PartialEq)]
pub struct Wall {
    /// From the paper's edge to the ornamental frame.
    pub frame: f32,
    /// From the paper's edge to the texts of the page, on each side.
    pub margin: f32,
    /// From the paper's upper edge to the grid.
    pub head: f32,
    /// From the grid to the paper's lower edge.
    pub foot: f32,
    /// The heading, from the top.
    pub above: &'static [Block],
    /// The texts under the grid, from the top.
    pub below: &'static [Block],
}

/// Which words a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The commune of the page, in the source language.
    Commune,
    /// The commune of the page, in the second language.
    CommuneTranslated,
    /// The name of the site.
    Site,
    /// Who publishes the site.
    Publisher,
    /// The entry's name in the source language.
    Title,
    /// The entry's name in the second language.
    Translated,
    /// Where the entry is.
    Place,
    /// How to scan, in the source language.
    Hint,
    /// How to scan, in the second language.
    HintTranslated,
    /// The address in words.
    Words,
}

/// A text of a layout: the sizes in points it may take, and its lines at most.
#[derive(Debug, PartialEq)]
pub struct Block {
    /// Its words.
    pub role: Role,
    /// Its font.
    pub weight: Weight,
    /// The size to begin with.
    pub largest: f32,
    /// The floor under which it is a finding.
    pub smallest: f32,
    /// Lines at most.
    pub lines: usize,
    /// Free space over it, unless it is the first.
    pub gap: f32,
}

const fn block(role: Role, weight: Weight, sizes: (f32, f32), lines: usize, gap: f32) -> Block {
    Block { role, weight, largest: sizes.0, smallest: sizes.1, lines, gap }
}

/// A4 in millimetres: width and height.
const A4: (f32, f32) = (210.0, 297.0);
/// What a plate's paper has on each side for trim marks and the line at the foot.
const MARKS: f32 = 12.0;
/// A5: width and height.
const A5: (f32, f32) = (148.0, 210.0);

/// The layouts this program knows; the first is the default.
pub const LAYOUTS: [Layout; 3] = [
    Layout {
        name: "L7164",
        paper: A4,
        columns: 3,
        rows: 4,
        width: 63.5,
        height: 71.98,
        pitch_across: 66.0,
        pitch_down: 71.98,
        bleed: 0.0,
        margin: 2.5,
        symbol: 40.0,
        quiet_top: 0.8,
        frame: None,
        above: &[],
        below: &[
            block(Role::Title, Weight::SemiBold, (10.0, 7.0), 2, 0.0),
            block(Role::Translated, Weight::Regular, (8.0, 6.0), 2, 0.7),
            block(Role::Words, Weight::Regular, (7.0, 4.5), 1, 0.7),
        ],
        wall: None,
    },
    // To stand before a relic: read from half a metre to a metre.
    Layout {
        name: "A5",
        paper: (A5.0 + 2.0 * MARKS, A5.1 + 2.0 * MARKS),
        columns: 1,
        rows: 1,
        width: A5.0,
        height: A5.1,
        pitch_across: A5.0,
        pitch_down: A5.1,
        bleed: 3.0,
        margin: 15.0,
        symbol: 78.0,
        quiet_top: 68.0,
        frame: Some(6.0),
        above: &[
            block(Role::Site, Weight::Regular, (9.0, 7.0), 1, 0.0),
            block(Role::Title, Weight::SemiBold, (26.0, 14.0), 3, 4.0),
            block(Role::Translated, Weight::Regular, (15.0, 9.0), 2, 1.5),
            block(Role::Place, Weight::Regular, (10.0, 7.0), 2, 2.0),
        ],
        below: &[
            block(Role::Hint, Weight::SemiBold, (12.0, 8.0), 1, 0.0),
            block(Role::HintTranslated, Weight::Regular, (10.0, 7.0), 1, 0.8),
            block(Role::Words, Weight::Regular, (10.0, 7.0), 1, 2.5),
        ],
        wall: None,
    },
    // For the wall of a commune's office: read by someone who steps up to it.
    Layout {
        name: "commune",
        paper: A4,
        columns: 2,
        rows: 3,
        width: 88.0,
        height: 72.0,
        pitch_across: 90.0,
        pitch_down: 72.0,
        bleed: 0.0,
        margin: 3.0,
        symbol: 38.0,
        quiet_top: 0.8,
        frame: None,
        above: &[],
        below: &[
            block(Role::Title, Weight::SemiBold, (12.0, 7.5), 2, 0.0),
            block(Role::Translated, Weight::Regular, (9.5, 6.5), 2, 0.6),
            block(Role::Words, Weight::Regular, (8.0, 6.0), 1, 0.6),
        ],
        wall: Some(Wall {
            frame: 7.0,
            margin: 20.0,
            head: 53.0,
            foot: 26.0,
            above: &[
                block(Role::Commune, Weight::SemiBold, (24.0, 14.0), 2, 0.0),
                block(Role::CommuneTranslated, Weight::Regular, (14.0, 9.0), 2, 0.5),
                block(Role::Site, Weight::SemiBold, (10.0, 7.0), 2, 2.5),
                block(Role::Publisher, Weight::Regular, (9.0, 6.5), 2, 0.5),
            ],
            below: &[
                block(Role::Hint, Weight::SemiBold, (13.0, 8.0), 1, 0.0),
                block(Role::HintTranslated, Weight::Regular, (10.0, 7.0), 1, 0.3),
            ],
        }),
    },
];

impl Layout {
    /// The layout of this name, in capitals or not.
    pub fn find(name: &str) -> Option<&'static Self> {
        LAYOUTS.iter().find(|layout| layout.name.eq_ignore_ascii_case(name))
    }

    /// Labels on a page.
    pub fn per_page(&self) -> usize {
        usize::from(self.columns) * usize::from(self.rows)
    }

    /// The upper left corner of a label on its page, counted across and then down, where `of` labels are on it. The grid
    /// is centred: published origins are rounded and come out up to 5 mm off. On a wall, rows that are not full are too.
    pub fn corner(&self, at: usize, of: usize) -> (f32, f32) {
        let columns = usize::from(self.columns);
        let (column, row) = (at % columns, at / columns);
        let (across, down) = match self.wall {
            Some(_) => (columns.min(of - row * columns), of.div_ceil(columns)),
            None => (columns, usize::from(self.rows)),
        };
        let (head, foot) = self.wall.as_ref().map_or((0.0, 0.0), |wall| (wall.head, wall.foot));
        let free =
            |room: f32, count: usize, pitch: f32, side: f32| (room - (count - 1) as f32 * pitch - side) / 2.0;
        let left = free(self.paper.0, across, self.pitch_across, self.width);
        let top = head + free(self.paper.1 - head - foot, down, self.pitch_down, self.height);
        (left + column as f32 * self.pitch_across, top + row as f32 * self.pitch_down)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_centred_and_stay_on_the_paper_with_their_bleed() {
        for layout in &LAYOUTS {
            let (first, last) = (
                layout.corner(0, layout.per_page()),
                layout.corner(layout.per_page() - 1, layout.per_page()),
            );
            assert!((first.0 - (layout.paper.0 - last.0 - layout.width)).abs() < 0.01);
            assert!((first.1 - (layout.paper.1 - last.1 - layout.height)).abs() < 0.01);
            assert!(first.0 >= layout.bleed && first.1 >= layout.bleed);
        }
    }

    #[test]
    fn modules_are_as_large_as_a_phone_at_arms_length_wants() {
        for layout in &LAYOUTS {
            // 37 modules: the longest printed address that is sensible; Denso Wave asks for half a millimetre.
            assert!(layout.symbol / 37.0 >= 0.5, "{}", layout.name);
            assert!(layout.symbol * 45.0 / 37.0 <= layout.width, "{}: the quiet zone is cut", layout.name);
        }
    }
}
