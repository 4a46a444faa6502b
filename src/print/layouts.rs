//! Reads layouts from YAML: those inside the program (`layouts.yaml` beside this file) and a site's own, in one form.
//! A new layout is `like` another one but for what it says; whatever cannot be printed is a finding where it is written.

use super::frame::DEPTH;
use super::layout::{Block, Layout, Quiet, Role, Strip, Wall};
use super::typeface::Weight;
use crate::code::symbol::QUIET_ZONE;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{facts, plates};
use crate::diagnostic::{Diagnostic, Lang, Text};
use crate::site::fields::{Fields, read_file};
use crate::vietnam::folding::nearest;
use jiff::civil::Date;

/// The name of a site's own layouts, at its root.
pub const FILE: &str = "layouts.yaml";
/// The layout that is taken where none is named.
pub const DEFAULT: &str = "L7164";

/// What a plate's paper has on each side for trim marks and the line at the foot, and how far its ink may run.
const MARKS: f32 = 12.0;
const BLEED: f32 = 3.0;
/// The longest side of any paper, and how far labels may lie over one another by a rounded pitch.
const LONGEST: i64 = 3000;
const ROUNDED: f32 = 0.1;
/// The fewest modules on a side of a symbol that holds a printed address; its quiet zone is the widest.
const FEWEST_MODULES: f32 = 25.0;

/// The layouts that can be asked for by name.
pub struct Layouts(Vec<Layout>);

impl Layouts {
    /// The layouts inside the program, and a site's own as its `layouts.yaml` has them; with what is wrong in that.
    pub fn read(own: Option<&str>, today: Date) -> (Self, Vec<Diagnostic>) {
        let mut layouts = Self(Vec::new());
        // A test holds that nothing is wrong in the program's own.
        layouts.add(include_str!("layouts.yaml"), "print/layouts.yaml", today);
        let found = own.map_or_else(Vec::new, |text| layouts.add(text, FILE, today));
        (layouts, found)
    }

    /// The layout of this name, in capitals or not.
    pub fn find(&self, name: &str) -> Option<&Layout> {
        self.iter().find(|layout| layout.name.eq_ignore_ascii_case(name))
    }

    /// All of them, the default first.
    pub fn iter(&self) -> impl Iterator<Item = &Layout> {
        self.0.iter()
    }

    fn add(&mut self, text: &str, file: &str, today: Date) -> Vec<Diagnostic> {
        let (_, found) = read_file(file, text, &[Lang::VI, Lang::EN], today, |fields| {
            fields.entries("layouts", |name, fields| {
                if let Some(layout) = self.one(name, fields) {
                    self.0.push(layout);
                }
                Some(())
            })
        });
        found
    }

    fn one(&self, name: &At<String>, fields: &mut Fields<'_, '_, '_>) -> Option<Layout> {
        let before = fields.reader.found.len();
        if self.find(&name.value).is_some() {
            fields.reader.report(plates::layout_twice(&name.value), name.span);
        }
        let base = match fields.text("like") {
            Some(like) => match self.find(&like.value) {
                Some(base) => base.clone(),
                None => {
                    let names = || self.iter().map(|layout| layout.name.as_str());
                    let near = nearest(&like.value, names());
                    let known = names().collect::<Vec<_>>().join(", ");
                    fields.reader.report(facts::not_a_choice("like", &like.value, near, &known), like.span);
                    return None;
                }
            },
            None => blank(),
        };
        let layout = Layout { name: name.value.clone(), ..read(base, fields) };
        // One slip makes other numbers wrong as well.
        if fields.reader.found.len() == before
            && let Err(why) = fits(&layout)
        {
            fields.reader.report(plates::layout_impossible(&layout.name, &why), name.span);
        }
        (fields.reader.found.len() == before).then_some(layout)
    }
}

/// What a layout that is like no other begins with.
fn blank() -> Layout {
    Layout {
        name: String::new(),
        paper: (210.0, 297.0),
        columns: 1,
        rows: 1,
        width: 0.0,
        height: 0.0,
        pitch_across: 0.0,
        pitch_down: 0.0,
        first: None,
        radius: 0.0,
        bleed: 0.0,
        margin: 2.5,
        symbol: 0.0,
        quiet: Quiet::Top(0.8),
        frame: None,
        hole: None,
        logos: None,
        above: Vec::new(),
        below: Vec::new(),
        wifi: None,
        wall: None,
    }
}

/// What a map says, over what it is like.
fn read(base: Layout, fields: &mut Fields<'_, '_, '_>) -> Layout {
    let mut layout = cut(base, fields);
    let above_nothing = |length: f32| (length > 0.0).then_some(length);
    layout.margin = fields.length("margin", (0, 100)).unwrap_or(layout.margin);
    layout.symbol = fields.length("symbol", (1, LONGEST)).unwrap_or(layout.symbol);
    layout.radius = fields.length("radius", (0, 100)).unwrap_or(layout.radius);
    layout.bleed = fields.length("bleed", (0, 10)).unwrap_or(layout.bleed);
    layout.frame = fields.length("frame", (0, 100)).map_or(layout.frame, above_nothing);
    layout.hole = fields.length("hole", (0, 20)).map_or(layout.hole, above_nothing);
    layout.logos = fields.length("logos", (0, 200)).map_or(layout.logos, above_nothing);
    let quiet = fields.map("quiet", |fields| {
        let (top, left) = (fields.length("top", (0, LONGEST)), fields.length("left", (0, LONGEST)));
        top.map(Quiet::Top).or(left.map(Quiet::Left))
    });
    layout.quiet = quiet.unwrap_or(layout.quiet);
    layout.above = blocks("above", layout.above, fields);
    layout.below = blocks("below", layout.below, fields);
    layout.wifi = fields.map("wifi", strip).or(layout.wifi);
    layout.wall = fields.map("wall", |fields| Some(wall(fields))).or(layout.wall);
    let base = layout.clone();
    let fewer = fields.list("fewer", |fields| Some(read(base.clone(), fields)));
    if let Some(wall) = &mut layout.wall {
        wall.fewer.extend(fewer);
    }
    layout
}

/// How the paper is cut: a plate on paper of its own, or a stock by its numbers.
fn cut(mut layout: Layout, fields: &mut Fields<'_, '_, '_>) -> Layout {
    if let Some([width, height]) = fields.lengths("plate", (10, LONGEST)) {
        layout.paper = (width + 2.0 * MARKS, height + 2.0 * MARKS);
        (layout.columns, layout.rows) = (1, 1);
        (layout.width, layout.height) = (width, height);
        (layout.pitch_across, layout.pitch_down) = (width, height);
        (layout.first, layout.bleed) = (None, BLEED);
    }
    if let Some([width, height]) = fields.lengths("paper", (10, LONGEST)) {
        layout.paper = (width, height);
    }
    if let Some([columns, rows]) = fields.counts("grid", (1, 60)) {
        (layout.columns, layout.rows) = (columns, rows);
    }
    let label = fields.lengths("label", (5, LONGEST));
    if let Some([width, height]) = label {
        (layout.width, layout.height) = (width, height);
        (layout.first, layout.bleed) = (None, 0.0);
    }
    if let Some([across, down]) = fields.lengths("pitch", (5, LONGEST)).or(label) {
        (layout.pitch_across, layout.pitch_down) = (across, down);
    }
    if let Some([left, top]) = fields.lengths("first", (0, LONGEST)) {
        layout.first = Some((left, top));
    }
    layout
}

fn blocks(key: &'static str, base: Vec<Block>, fields: &mut Fields<'_, '_, '_>) -> Vec<Block> {
    if fields.get(key).is_none() { base } else { fields.list(key, block) }
}

fn block(fields: &mut Fields<'_, '_, '_>) -> Option<Block> {
    let what = Text::new("chữ nào", "which words");
    let role = fields.required("text", &what, |fields| fields.choice("text", &Role::NAMES));
    let bold = fields.flag("bold").value;
    let size =
        Text::new("cỡ chữ lớn nhất và nhỏ nhất, như [10, 7]", "the largest and smallest size, as in [10, 7]");
    let sizes = fields.required("size", &size, |fields| fields.lengths("size", (3, 300)));
    let lines = fields.number_within("lines", 1, 12).unwrap_or(1);
    let gap = fields.length("gap", (0, 100)).unwrap_or(0.0);
    let [largest, smallest] = sizes?;
    Some(Block {
        role: role?,
        weight: if bold { Weight::SemiBold } else { Weight::Regular },
        largest: largest.max(smallest),
        smallest: smallest.min(largest),
        lines: usize::try_from(lines).unwrap_or(1),
        gap,
    })
}

fn strip(fields: &mut Fields<'_, '_, '_>) -> Option<Strip> {
    let length = Text::new("một độ dài, mm", "a length in mm");
    let height = fields.required("height", &length, |fields| fields.length("height", (15, LONGEST)));
    let symbol = fields.required("symbol", &length, |fields| fields.length("symbol", (10, LONGEST)));
    let beside = fields.list("beside", block);
    Some(Strip { height: height?, symbol: symbol?, beside })
}

/// The page around the labels.
fn wall(fields: &mut Fields<'_, '_, '_>) -> Wall {
    let mut length = |key| fields.length(key, (0, 300)).unwrap_or(0.0);
    let (frame, margin, head, foot) = (length("frame"), length("margin"), length("head"), length("foot"));
    let (above, below) = (fields.list("above", block), fields.list("below", block));
    Wall { frame, margin, head, foot, above, below, fewer: Vec::new() }
}

/// Whether a layout can be printed at all; else why not.
fn fits(layout: &Layout) -> Result<(), Text> {
    grid_fits(layout)?;
    let whole = layout.symbol * (FEWEST_MODULES + 2.0 * f32::from(QUIET_ZONE)) / FEWEST_MODULES;
    let edge = layout.frame.map_or(0.0, |inset| inset + DEPTH);
    let (left, top) = match layout.quiet {
        Quiet::Top(top) => ((layout.width - whole) / 2.0, top),
        Quiet::Left(left) => (left, (layout.height - whole) / 2.0),
    };
    let hole = layout.hole.map_or(0.0, |across| across * 1.5);
    let right_and_foot = (left + whole + edge, top + whole + edge);
    if left < edge
        || top < edge.max(hole)
        || right_and_foot.0 > layout.width
        || right_and_foot.1 > layout.height
    {
        return Err(Text::new(
            format!(
                "mã {} mm cùng viền trắng cần {whole:.1} mm, nhãn {} x {} mm không đủ chỗ",
                layout.symbol, layout.width, layout.height
            ),
            format!(
                "a symbol of {} mm with its quiet zone takes {whole:.1} mm, more than a label of {} x {} mm has",
                layout.symbol, layout.width, layout.height
            ),
        ));
    }
    Ok(())
}

fn grid_fits(layout: &Layout) -> Result<(), Text> {
    if layout.width <= 0.0 || layout.symbol <= 0.0 {
        return Err(Text::new(
            "thiếu `label` (rộng, cao) hoặc `symbol` (cạnh mã), hoặc `like: L7164`",
            "`label` (width, height) or `symbol` (its side) is missing, or `like: L7164`",
        ));
    }
    let sides = [
        (layout.paper.0, layout.columns, layout.pitch_across, layout.width, layout.first.map(|at| at.0)),
        (layout.paper.1, layout.rows, layout.pitch_down, layout.height, layout.first.map(|at| at.1)),
    ];
    for (paper, count, pitch, side, first) in sides {
        if count > 1 && pitch + ROUNDED < side {
            return Err(Text::new(
                format!("nhãn dài {side} mm mà cứ {pitch} mm lại đến nhãn sau: chồng lên nhau"),
                format!("labels of {side} mm every {pitch} mm lie over one another"),
            ));
        }
        let taken = f32::from(count - 1) * pitch + side + 2.0 * layout.bleed;
        let taken = first.map_or(taken, |first| first + taken);
        if taken > paper + ROUNDED {
            return Err(Text::new(
                format!("{count} nhãn cần {taken:.1} mm, giấy chỉ có {paper} mm"),
                format!("{count} labels take {taken:.1} mm of a paper of {paper} mm"),
            ));
        }
    }
    if layout.radius * 2.0 > layout.width.min(layout.height) {
        return Err(Text::new(
            format!("góc bo {} mm lớn hơn nửa nhãn", layout.radius),
            format!("corners of {} mm are more than half the label", layout.radius),
        ));
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use jiff::civil::date;

    pub(in crate::print) fn bundled() -> Layouts {
        Layouts::read(None, date(2026, 11, 22)).0
    }

    /// Every layout, and those for fewer labels.
    pub(in crate::print) fn known() -> Vec<Layout> {
        let fewer = |layout: &Layout| layout.wall.as_ref().map_or(Vec::new(), |wall| wall.fewer.clone());
        bundled().iter().flat_map(|layout| std::iter::once(layout.clone()).chain(fewer(layout))).collect()
    }

    fn own(text: &str) -> (Layouts, Vec<u16>) {
        let (layouts, found) = Layouts::read(Some(text), date(2026, 11, 22));
        (layouts, found.iter().map(|finding| finding.code.0).collect())
    }

    #[test]
    fn the_programs_own_layouts_are_sound() {
        let found = Layouts(Vec::new()).add(include_str!("layouts.yaml"), "layouts.yaml", date(2026, 11, 22));
        assert!(found.is_empty(), "{found:?}");
        let bundled = bundled();
        let names: Vec<&str> = bundled.iter().map(|layout| layout.name.as_str()).collect();
        assert_eq!(names[0], DEFAULT);
        assert_eq!(names.len(), 20, "{names:?}");
        for layout in known() {
            assert_eq!(fits(&layout), Ok(()), "{}", layout.name);
        }
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

    #[test]
    fn a_wall_with_few_places_has_them_large_and_centred_and_a_stock_stays_where_it_is_cut() {
        let layouts = bundled();
        let (commune, labels) = (layouts.find("commune").unwrap(), layouts.find("l7164").unwrap());
        let sizes = [1, 2, 3, 4, 5, 6, 7].map(|count| commune.holding(count).per_page());
        assert_eq!(sizes, [1, 2, 4, 4, 6, 6, 6]);
        let lonely = commune.corner(4, 5);
        assert!((lonely.0 - (commune.paper.0 - commune.width) / 2.0).abs() < 0.01);
        assert!(commune.corner(0, 5).0 < lonely.0 && commune.corner(1, 5).0 > lonely.0);
        assert!(commune.corner(0, 1).1 > commune.corner(0, 6).1);
        assert_eq!(labels.corner(0, 1), labels.corner(0, 12));
        assert_eq!(labels.holding(1), labels);
    }

    #[test]
    fn seven_numbers_make_a_stock() {
        let text = "layouts:\n  nhan:\n    like: L7164\n    grid: [2, 5]\n    label: [90, 50]\n    pitch: [94, 52]\n    first: [12, 9.5]\n    radius: 2\n    symbol: 30\n";
        let (layouts, found) = own(text);
        assert_eq!(found, [0_u16; 0]);
        let layout = layouts.find("nhan").unwrap();
        assert_eq!((layout.corner(0, 10), layout.corner(9, 10)), ((12.0, 9.5), (106.0, 217.5)));
        assert_eq!(layout.below, layouts.find("L7164").unwrap().below);
    }

    #[test]
    fn a_stock_that_cannot_be_is_a_finding() {
        let like = |rest: &str| own(&format!("layouts:\n  x:\n    like: L7164\n    {rest}\n"));
        for (rest, code) in [
            ("paper: [50, 50]", 340), // wider than the page
            ("label: [0, 30]", 105),  // zero
            ("label: [-3, 30]", 105),
            ("label: [.inf, 30]", 10),
            ("label: 30", 13),
            ("grid: [3, 300]", 105),
            ("grid: [1.5, 3]", 13),
            ("symbol: 60", 340),      // with its quiet zone wider than the label
            ("pitch: [40, 40]", 340), // over one another
            ("first: [40, 3]", 340),  // off the paper
            ("radius: 50", 340),
            ("sybol: 30", 12),
            ("below: [{text: nothing, size: [8, 6]}]", 105),
            ("below: [{text: title}]", 14),
        ] {
            assert_eq!(like(rest).1, [code], "{rest}");
        }
        assert_eq!(own("layouts:\n  l7164:\n    like: L7164\n").1, [341]);
        assert_eq!(own("layouts:\n  x:\n    like: L7146\n").1, [105]);
        assert_eq!(own("layouts:\n  x:\n    symbol: 30\n").1, [340]);
    }
}
