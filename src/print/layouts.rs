//! The layouts this program knows: sheets of labels, plaques, a page for a wall, each a row of numbers and its texts.
//! Lengths are millimetres, letter sizes points.

use super::layout::{Block, Layout, Role, Wall};
use super::typeface::Weight;

const fn block(role: Role, weight: Weight, sizes: (f32, f32), lines: usize, gap: f32) -> Block {
    Block { role, weight, largest: sizes.0, smallest: sizes.1, lines, gap }
}

/// A4 in millimetres: width and height.
const A4: (f32, f32) = (210.0, 297.0);
/// What a plate's paper has on each side for trim marks and the line at the foot.
const MARKS: f32 = 12.0;
/// A5: width and height.
const A5: (f32, f32) = (148.0, 210.0);

/// The layouts by name; the first is the default.
pub const LAYOUTS: [Layout; 3] = [L7164, A5_PLAQUE, COMMUNE];

/// The layout of this name, in capitals or not.
pub fn find(name: &str) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.name.eq_ignore_ascii_case(name))
}

/// Twelve labels on A4.
const L7164: Layout = Layout {
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
};

/// To stand before a relic: read from half a metre to a metre.
const A5_PLAQUE: Layout = Layout {
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
};

/// What stands around the places of a commune.
const OF_A_COMMUNE: Wall = Wall {
    frame: 7.0,
    margin: 20.0,
    head: 54.0,
    foot: 26.0,
    above: &[
        block(Role::Commune, Weight::SemiBold, (30.0, 16.0), 1, 0.0),
        block(Role::Province, Weight::Regular, (14.0, 9.0), 1, 0.0),
        block(Role::CommuneTranslated, Weight::Regular, (12.0, 8.0), 1, 0.5),
        block(Role::Site, Weight::SemiBold, (10.0, 7.0), 2, 2.5),
        block(Role::Publisher, Weight::Regular, (9.0, 6.5), 2, 0.5),
    ],
    below: &[
        block(Role::Hint, Weight::SemiBold, (13.0, 8.0), 1, 0.0),
        block(Role::HintTranslated, Weight::Regular, (10.0, 7.0), 1, 0.3),
    ],
    fewer: &[],
};

/// Places on the wall of a commune's office: read by someone who steps up to it.
const PLACES: Layout = Layout {
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
    wall: Some(OF_A_COMMUNE),
};

/// The same with a single place, large.
const PLACE: Layout = Layout {
    columns: 1,
    rows: 1,
    width: 160.0,
    height: 200.0,
    symbol: 105.0,
    below: &[
        block(Role::Title, Weight::SemiBold, (28.0, 14.0), 3, 0.0),
        block(Role::Translated, Weight::Regular, (18.0, 10.0), 2, 1.5),
        block(Role::Words, Weight::Regular, (14.0, 8.0), 1, 2.0),
    ],
    ..PLACES
};

/// The same with two places, one under the other.
const TWO_PLACES: Layout = Layout {
    columns: 1,
    rows: 2,
    width: 160.0,
    height: 106.0,
    pitch_down: 106.0,
    symbol: 60.0,
    below: &[
        block(Role::Title, Weight::SemiBold, (18.0, 10.0), 2, 0.0),
        block(Role::Translated, Weight::Regular, (13.0, 8.0), 2, 0.8),
        block(Role::Words, Weight::Regular, (10.0, 7.0), 1, 1.0),
    ],
    ..PLACES
};

/// The page of a commune: its places, large where they are few.
const COMMUNE: Layout = Layout { wall: Some(Wall { fewer: &[PLACE, TWO_PLACES], ..OF_A_COMMUNE }), ..PLACES };

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Every layout, and those for fewer labels.
    pub(in crate::print) fn known() -> impl Iterator<Item = &'static Layout> {
        let fewer = |layout: &'static Layout| layout.wall.as_ref().map_or(&[][..], |wall| wall.fewer);
        LAYOUTS.iter().flat_map(move |layout| std::iter::once(layout).chain(fewer(layout)))
    }

    #[test]
    fn grids_are_centred_and_stay_on_the_paper_with_their_bleed() {
        for layout in known() {
            let (first, last) = (
                layout.corner(0, layout.per_page()),
                layout.corner(layout.per_page() - 1, layout.per_page()),
            );
            assert!((first.0 - (layout.paper.0 - last.0 - layout.width)).abs() < 0.01);
            let (head, foot) = layout.wall.as_ref().map_or((0.0, 0.0), |wall| (wall.head, wall.foot));
            let (over, under) = (first.1 - head, layout.paper.1 - foot - last.1 - layout.height);
            assert!((over - under).abs() < 0.01, "{}", layout.name);
            assert!(first.0 >= layout.bleed && over >= layout.bleed);
        }
    }

    #[test]
    fn modules_are_as_large_as_a_phone_at_arms_length_wants() {
        for layout in known() {
            // 37 modules: the longest printed address that is sensible; Denso Wave asks for half a millimetre.
            assert!(layout.symbol / 37.0 >= 0.5, "{}", layout.name);
            assert!(layout.symbol * 45.0 / 37.0 <= layout.width, "{}: the quiet zone is cut", layout.name);
        }
    }
}
