//! The layouts this program knows: sheets of labels, plaques, a page for a wall, each a row of numbers and its texts.
//! Lengths are millimetres, letter sizes points.

use super::layout::{Block, Layout, Quiet, Role, Wall};
use super::typeface::Weight;

const fn block(role: Role, weight: Weight, sizes: (f32, f32), lines: usize, gap: f32) -> Block {
    Block { role, weight, largest: sizes.0, smallest: sizes.1, lines, gap }
}

/// A4 in millimetres: width and height.
const A4: (f32, f32) = (210.0, 297.0);
/// What a plate's paper has on each side for trim marks and the line at the foot.
const MARKS: f32 = 12.0;

/// The layouts by name; the first is the default.
pub const LAYOUTS: [Layout; 12] = [
    L7164,
    L7163,
    L7165,
    L7169,
    STICKER_50,
    STICKER_80,
    STICKER_100,
    PLATE_18X12,
    A6_PLAQUE,
    A5_PLAQUE,
    A4_POSTER,
    COMMUNE,
];

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
    quiet: Quiet::Top(0.8),
    frame: None,
    above: &[],
    below: &[
        block(Role::Title, Weight::SemiBold, (10.0, 7.0), 2, 0.0),
        block(Role::Translated, Weight::Regular, (8.0, 6.0), 2, 0.7),
        block(Role::Words, Weight::Regular, (7.0, 4.5), 1, 0.7),
    ],
    wall: None,
};

/// Fourteen on A4, low and wide: the texts stand beside the symbol.
const L7163: Layout = Layout {
    name: "L7163",
    columns: 2,
    rows: 7,
    width: 99.1,
    height: 38.1,
    pitch_across: 101.6,
    pitch_down: 38.1,
    symbol: 28.0,
    quiet: Quiet::Left(3.0),
    below: &[
        block(Role::Title, Weight::SemiBold, (11.0, 7.0), 3, 0.0),
        block(Role::Translated, Weight::Regular, (8.5, 6.0), 3, 0.7),
        block(Role::Words, Weight::Regular, (7.0, 5.0), 1, 1.0),
    ],
    ..L7164
};

/// Eight on A4.
const L7165: Layout = Layout {
    name: "L7165",
    columns: 2,
    rows: 4,
    width: 99.06,
    height: 67.73,
    pitch_across: 101.64,
    pitch_down: 67.73,
    symbol: 38.0,
    below: &[
        block(Role::Title, Weight::SemiBold, (12.0, 7.5), 2, 0.0),
        block(Role::Translated, Weight::Regular, (9.5, 6.5), 2, 0.5),
        block(Role::Words, Weight::Regular, (7.5, 5.5), 1, 0.5),
    ],
    ..L7164
};

/// Four on A4.
const L7169: Layout = Layout {
    name: "L7169",
    columns: 2,
    rows: 2,
    width: 99.1,
    height: 138.99,
    pitch_across: 101.49,
    pitch_down: 138.99,
    margin: 4.0,
    symbol: 70.0,
    below: &[
        block(Role::Title, Weight::SemiBold, (18.0, 10.0), 3, 0.0),
        block(Role::Translated, Weight::Regular, (13.0, 8.0), 2, 1.5),
        block(Role::Words, Weight::Regular, (9.0, 6.5), 1, 1.5),
    ],
    ..L7164
};

/// A thing that is cut out of its own sheet along marks, with 3 mm of bleed.
const fn cut_out(name: &'static str, width: f32, height: f32, rest: Layout) -> Layout {
    Layout {
        name,
        paper: (width + 2.0 * MARKS, height + 2.0 * MARKS),
        columns: 1,
        rows: 1,
        width,
        height,
        pitch_across: width,
        pitch_down: height,
        bleed: 3.0,
        ..rest
    }
}

/// To stick where a hand can reach.
const STICKER_50: Layout = Layout {
    symbol: 29.0,
    below: &[
        block(Role::Title, Weight::SemiBold, (7.5, 5.0), 2, 0.0),
        block(Role::Words, Weight::Regular, (5.5, 4.5), 1, 0.5),
    ],
    ..cut_out("50x50", 50.0, 50.0, L7164)
};

/// To stick on a sign that stands there already.
const STICKER_80: Layout = Layout {
    margin: 4.0,
    symbol: 47.0,
    below: &[
        block(Role::Title, Weight::SemiBold, (11.0, 7.0), 2, 0.0),
        block(Role::Translated, Weight::Regular, (8.0, 6.0), 2, 0.5),
        block(Role::Words, Weight::Regular, (7.0, 5.0), 1, 0.5),
    ],
    ..cut_out("80x80", 80.0, 80.0, L7164)
};

/// The same, read from farther off.
const STICKER_100: Layout = Layout {
    margin: 4.0,
    symbol: 60.0,
    below: &[
        block(Role::Title, Weight::SemiBold, (13.0, 8.0), 2, 0.0),
        block(Role::Translated, Weight::Regular, (9.5, 6.5), 2, 0.5),
        block(Role::Words, Weight::Regular, (8.0, 6.0), 1, 0.5),
    ],
    ..cut_out("100x100", 100.0, 100.0, L7164)
};

/// A steel plate of 18 by 12 cm with a decal, as towns mount them on posts and gates.
const PLATE_18X12: Layout = Layout {
    margin: 12.0,
    symbol: 64.0,
    quiet: Quiet::Left(10.0),
    frame: Some(4.0),
    below: &[
        block(Role::Site, Weight::Regular, (8.0, 6.0), 2, 0.0),
        block(Role::Title, Weight::SemiBold, (19.0, 11.0), 5, 3.0),
        block(Role::Translated, Weight::Regular, (12.0, 8.0), 4, 2.0),
        block(Role::Hint, Weight::SemiBold, (9.0, 6.5), 2, 5.0),
        block(Role::HintTranslated, Weight::Regular, (8.0, 6.0), 2, 0.6),
        block(Role::Words, Weight::Regular, (8.0, 5.5), 1, 2.0),
    ],
    ..cut_out("18x12", 180.0, 120.0, L7164)
};

/// To stand on a counter or beside an object.
const A6_PLAQUE: Layout = Layout {
    margin: 10.0,
    symbol: 50.0,
    quiet: Quiet::Top(48.0),
    frame: Some(3.0),
    above: &[
        block(Role::Site, Weight::Regular, (7.5, 6.0), 1, 0.0),
        block(Role::Title, Weight::SemiBold, (18.0, 10.0), 3, 2.5),
        block(Role::Translated, Weight::Regular, (11.0, 7.0), 2, 1.0),
        block(Role::Place, Weight::Regular, (8.0, 6.0), 2, 1.0),
    ],
    below: &[
        block(Role::Hint, Weight::SemiBold, (9.5, 7.0), 1, 0.0),
        block(Role::HintTranslated, Weight::Regular, (8.0, 6.0), 1, 0.5),
        block(Role::Words, Weight::Regular, (8.0, 5.5), 1, 1.5),
    ],
    ..cut_out("A6", 105.0, 148.0, L7164)
};

/// To hang at a gate or in a hall; fills a sheet that any printer takes.
const A4_POSTER: Layout = Layout {
    name: "A4",
    columns: 1,
    rows: 1,
    width: A4.0,
    height: A4.1,
    pitch_across: A4.0,
    pitch_down: A4.1,
    margin: 22.0,
    symbol: 110.0,
    quiet: Quiet::Top(92.0),
    frame: Some(8.0),
    above: &[
        block(Role::Site, Weight::Regular, (13.0, 9.0), 1, 0.0),
        block(Role::Title, Weight::SemiBold, (38.0, 20.0), 3, 5.0),
        block(Role::Translated, Weight::Regular, (21.0, 12.0), 2, 2.0),
        block(Role::Place, Weight::Regular, (14.0, 9.0), 2, 3.0),
    ],
    below: &[
        block(Role::Hint, Weight::SemiBold, (18.0, 11.0), 1, 0.0),
        block(Role::HintTranslated, Weight::Regular, (14.0, 9.0), 1, 1.0),
        block(Role::Words, Weight::Regular, (14.0, 9.0), 1, 3.0),
    ],
    ..L7164
};

/// To stand before a relic: read from half a metre to a metre.
const A5_PLAQUE: Layout = Layout {
    margin: 15.0,
    symbol: 78.0,
    quiet: Quiet::Top(68.0),
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
    ..cut_out("A5", 148.0, 210.0, L7164)
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
    quiet: Quiet::Top(0.8),
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

/// The same with three or four places.
const FOUR_PLACES: Layout = Layout {
    rows: 2,
    height: 106.0,
    pitch_down: 106.0,
    symbol: 54.0,
    below: &[
        block(Role::Title, Weight::SemiBold, (15.0, 9.0), 3, 0.0),
        block(Role::Translated, Weight::Regular, (11.0, 7.0), 2, 0.8),
        block(Role::Words, Weight::Regular, (8.5, 6.0), 1, 1.0),
    ],
    ..PLACES
};

/// The page of a commune: its places, large where they are few.
const COMMUNE: Layout =
    Layout { wall: Some(Wall { fewer: &[PLACE, TWO_PLACES, FOUR_PLACES], ..OF_A_COMMUNE }), ..PLACES };

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
            // 25 modules: the shortest address, whose quiet zone is the widest.
            assert!(layout.symbol * 33.0 / 25.0 <= layout.width.min(layout.height), "{}", layout.name);
        }
    }

    #[test]
    fn a_wall_with_few_places_has_them_large_and_centred_and_a_stock_stays_where_it_is_cut() {
        let sizes = [1, 2, 3, 4, 5, 6, 7].map(|count| COMMUNE.holding(count).per_page());
        assert_eq!(sizes, [1, 2, 4, 4, 6, 6, 6]);
        let lonely = COMMUNE.corner(4, 5);
        assert!((lonely.0 - (COMMUNE.paper.0 - COMMUNE.width) / 2.0).abs() < 0.01);
        assert!(COMMUNE.corner(0, 5).0 < lonely.0 && COMMUNE.corner(1, 5).0 > lonely.0);
        assert!(COMMUNE.corner(0, 1).1 > COMMUNE.corner(0, 6).1);
        assert_eq!(L7164.corner(0, 1), L7164.corner(0, 12));
        assert_eq!(L7164.holding(1), &L7164);
    }
}
