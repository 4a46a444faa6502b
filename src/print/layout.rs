//! Layouts as numbers: how the paper is cut, how large the symbol is, which texts stand above and below it.
//! Lengths are millimetres, letter sizes points; what comes of them is `label`'s.

use super::typeface::Weight;

/// One kind of printed thing: a sheet of labels or a plaque.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The name people ask for it by: on the packet, or of the size.
    pub name: String,
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
    /// The upper left corner of the first label on a stock that was measured; else the grid is centred.
    pub first: Option<(f32, f32)>,
    /// The radius of a label's corners.
    pub radius: f32,
    /// How far ink may run over the cut, for a plate that is trimmed; 0 for stocks that come cut.
    pub bleed: f32,
    /// What stays free at the sides and the foot of a label.
    pub margin: f32,
    /// The side of the symbol, without its quiet zone.
    pub symbol: f32,
    /// Where the quiet zone stands.
    pub quiet: Quiet,
    /// From the label's edge to the ornamental frame, where there is one.
    pub frame: Option<f32>,
    /// The diameter of a hole for a string, its middle as far under the upper edge.
    pub hole: Option<f32>,
    /// The height of a row of the site's logos over the texts, where there is one.
    pub logos: Option<f32>,
    /// The texts between the upper margin and the quiet zone, from the top.
    pub above: Vec<Block>,
    /// The texts between the quiet zone and the margin under it, or beside it, from the top.
    pub below: Vec<Block>,
    /// A strip along the foot with a code that joins the place's Wi-Fi.
    pub wifi: Option<Strip>,
    /// What stands around the labels of a page that is hung whole; `None` where the labels are cut out or peeled off.
    pub wall: Option<Wall>,
}

/// From which edge of the label the quiet zone stands how far; along that edge it is centred.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quiet {
    /// Under the upper edge, with texts above and below.
    Top(f32),
    /// Beside the left edge, with texts beside it.
    Left(f32),
}

/// A strip along the foot of a plaque: a second, smaller symbol and the texts beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// From its upper edge, a line across the plaque, to the plaque's margin.
    pub height: f32,
    /// The side of its symbol, without the quiet zone.
    pub symbol: f32,
    /// The texts beside it, from the top.
    pub beside: Vec<Block>,
}

/// A page that is hung whole: one commune's places under a heading.
#[derive(Clone, Debug, PartialEq)]
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
    pub above: Vec<Block>,
    /// The texts under the grid, from the top.
    pub below: Vec<Block>,
    /// The same layout for a commune with fewer places than it has room for, the fewest first.
    pub fewer: Vec<Layout>,
}

/// Which words a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The commune of the page, in the source language.
    Commune,
    /// Its province, in the source language.
    Province,
    /// The commune and its province in the second language.
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
    /// What the second code does, in the source language.
    Wifi,
    /// The same in the second language.
    WifiTranslated,
    /// The name of the Wi-Fi network.
    Network,
}

impl Role {
    /// Every role by the name that a layout gives it.
    pub const NAMES: [(&'static str, Self); 14] = [
        ("title", Self::Title),
        ("translated", Self::Translated),
        ("place", Self::Place),
        ("hint", Self::Hint),
        ("hint_translated", Self::HintTranslated),
        ("words", Self::Words),
        ("site", Self::Site),
        ("publisher", Self::Publisher),
        ("commune", Self::Commune),
        ("province", Self::Province),
        ("commune_translated", Self::CommuneTranslated),
        ("wifi", Self::Wifi),
        ("wifi_translated", Self::WifiTranslated),
        ("network", Self::Network),
    ];
}

/// A text of a layout: the sizes in points it may take, and its lines at most.
#[derive(Clone, Debug, PartialEq)]
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

impl Layout {
    /// The same layout as it is when this many labels share a heading: fewer stand larger.
    pub fn holding(&self, labels: usize) -> &Self {
        let fewer = self.wall.as_ref().map_or(&[][..], |wall| wall.fewer.as_slice());
        fewer.iter().find(|layout| labels <= layout.per_page()).unwrap_or(self)
    }

    /// Labels on a page.
    pub fn per_page(&self) -> usize {
        usize::from(self.columns) * usize::from(self.rows)
    }

    /// The upper left corner of a label on its page, counted across and then down, where `of` labels are on it. The grid
    /// is centred unless the stock was measured: published origins are rounded and come out up to 5 mm off. On a wall,
    /// rows that are not full are centred too.
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
        let (left, top) = self.first.unwrap_or_else(|| {
            let left = free(self.paper.0, across, self.pitch_across, self.width);
            (left, head + free(self.paper.1 - head - foot, down, self.pitch_down, self.height))
        });
        (left + column as f32 * self.pitch_across, top + row as f32 * self.pitch_down)
    }
}
