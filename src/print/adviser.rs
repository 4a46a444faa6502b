//! The sign adviser: from how far a sign is read, where it hangs, what it is fixed to and made of to the width of its
//! symbol, its level, the layout that has it and what to beware of. The figures are measured (docs/plaques.md), rules of
//! the trade or plain experience, and say which; none is a standard.

use super::layout::Layout;
use crate::code::Symbol;
use crate::code::symbol::{LEAST_MODULE, Level, QUIET_ZONE};
use clap::ValueEnum;
use qrcode_rs::QrError;

/// Millimetres of symbol for each metre of distance: a tenth, as sign makers say.
const PER_METRE: f32 = 100.0;
/// How much finer than that nobody needs to be: a symbol of 78 mm does for 0.8 m.
const SLACK: f32 = 1.05;
/// The least a symbol is wide, in millimetres: a label in the hand.
const SMALLEST: f32 = 25.0;
/// Pixels along the frame that a scanner looks at: the finder's picture, not the photo of 12 megapixels and more.
const FRAME: f32 = 1920.0;
/// How much of the world that frame spans at a metre: a main camera of 26 mm equivalent sees 1.35 times the distance.
const SPAN: f32 = 1.35;
/// Camera pixels a module from which both readers of docs/plaques.md read 99 % and more.
pub const PIXELS_A_MODULE: f32 = 2.4;
/// How high the middle of a symbol hangs that everybody shall reach, in metres: eyes of children and of people who sit.
pub const WITHIN_REACH: (f32, f32) = (1.2, 1.4);
/// How high the lower edge of a plate hangs that nobody shall reach, in metres, as streets in Ho Chi Minh City have them.
pub const OUT_OF_REACH: f32 = 2.0;
/// Nearer than this a sign out of reach is seen from more than 45 degrees aside, in metres.
const TOO_NEAR: f32 = 1.0;

/// Where a sign hangs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hangs {
    /// Under a roof.
    Indoors,
    /// In the weather, where hands and mud come.
    WithinReach,
    /// In the weather, above the heads.
    OutOfReach,
}

/// What a sign is fixed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum On {
    /// Tường, cổng mới xây / A wall or gate that is no relic
    Wall,
    /// Giá, chân biển riêng / A stand of its own
    Stand,
    /// Cột tròn / A round post
    Post,
    /// Kính / Glass
    Glass,
    /// Gỗ / Timber
    Timber,
    /// Bia đá, đá khắc / A stele, an inscribed stone
    Stele,
    /// Cây / A tree
    Tree,
    /// Công trình đã xếp hạng / A ranked structure
    Relic,
}

impl On {
    /// Whether a sign is never fixed to it.
    pub fn is_forbidden(self) -> bool {
        matches!(self, Self::Timber | Self::Stele | Self::Tree | Self::Relic)
    }
}

/// What a sign is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Plate {
    /// Giấy / Paper
    Paper,
    /// Decal thường / A sticker
    Sticker,
    /// Decal phản quang / A reflective decal
    Reflective,
    /// Thép, inox khắc / Etched steel
    Steel,
    /// Tấm màu tối / A dark plate
    Dark,
}

/// A sign as somebody wants it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sign {
    /// From how far it is read, in metres.
    pub distance: f32,
    /// Where it hangs.
    pub hangs: Hangs,
    /// What it is fixed to.
    pub on: On,
    /// The post's diameter in millimetres.
    pub diameter: Option<f32>,
    /// What it is made of, if that is told.
    pub plate: Option<Plate>,
    /// The widest the plate may be, in millimetres.
    pub widest: Option<f32>,
}

/// Something to beware of.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Warning {
    /// Never fixed to this.
    Never(On),
    /// The plate or the post is too small for the distance: the widest symbol it bears, in millimetres.
    TooSmall(f32),
    /// Bent round a post of this diameter a symbol is at most half as wide, in millimetres.
    Bent(f32),
    /// Bent round a post whose diameter is not told.
    BentUnknown,
    /// Level M, and why.
    LevelM,
    /// Out of reach and so near that it is seen too much from below.
    FromBelow,
    /// Glass mirrors.
    Glass,
    /// A glossy sticker mirrors.
    Gloss,
    /// Paper in the weather.
    PaperOutdoors,
    /// A reflective decal throws a flash back.
    Flash,
    /// Etched steel is as pale as steel until it is filled.
    PaleSteel,
    /// Dark plates, and inverted codes.
    Dark,
}

/// What the adviser says.
#[derive(Clone, PartialEq, Debug)]
pub struct Advice<'l> {
    /// The error correction level the symbol reaches.
    pub level: Level,
    /// The level to ask for, where it is another than the rule of all sheets.
    pub ask: Option<Level>,
    /// Modules on a side.
    pub modules: u16,
    /// The symbol's width in millimetres, without its quiet zone.
    pub symbol: f32,
    /// The width that the distance asks for, in millimetres; more than `symbol` where there is no room.
    pub needed: f32,
    /// The layout to print.
    pub layout: Option<&'l Layout>,
    /// How many times as large it has to be printed; 1 where it is large enough.
    pub enlarged: f32,
    /// What to beware of.
    pub warnings: Vec<Warning>,
}

impl Advice<'_> {
    /// A module's side in millimetres.
    pub fn module(&self) -> f32 {
        self.symbol / f32::from(self.modules)
    }

    /// What stays white on each side of the symbol, in millimetres.
    pub fn quiet(&self) -> f32 {
        self.module() * f32::from(QUIET_ZONE)
    }
}

/// How well a symbol is read from a distance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reads {
    /// By anybody.
    Well,
    /// With a steady hand, in good light.
    Hardly,
    /// Only by those who step up to it or zoom.
    Not,
}

/// From how far a symbol is read, in metres.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reach {
    /// By anybody.
    pub well: f32,
    /// At the very most, without zoom.
    pub at_most: f32,
}

impl Reach {
    /// Of a symbol of this width in millimetres with these modules on a side.
    pub fn of(symbol: f32, modules: u16) -> Self {
        let at_most = FRAME * symbol / 1000.0 / (SPAN * PIXELS_A_MODULE * f32::from(modules));
        Self { well: (symbol / PER_METRE).min(at_most), at_most }
    }

    /// How well it is read from this many metres.
    pub fn reads(self, distance: f32) -> Reads {
        if distance <= self.well * SLACK {
            Reads::Well
        } else if distance <= self.at_most {
            Reads::Hardly
        } else {
            Reads::Not
        }
    }
}

/// Camera pixels across a symbol of this width in millimetres from this many metres.
pub fn pixels(symbol: f32, distance: f32) -> f32 {
    FRAME * symbol / 1000.0 / (SPAN * distance)
}

/// The width in millimetres that a symbol needs to be read from this many metres.
pub fn needed(distance: f32, modules: u16) -> f32 {
    let by_pixels = PIXELS_A_MODULE * f32::from(modules) * SPAN * distance * 1000.0 / FRAME;
    let width = (distance * PER_METRE).max(by_pixels).max(LEAST_MODULE * f32::from(modules)).max(SMALLEST);
    // To a whole millimetre, but not for a hundredth more: 0.6 m times 100 is not quite 60.
    (width - 0.01).ceil()
}

/// The layouts large enough for this width, the smallest first: no walls, tags, tables or plates with a second code; and in the
/// weather cut plates only, no label paper.
pub fn large_enough<'l>(layouts: &[&'l Layout], needed: f32, hangs: Hangs) -> Vec<&'l Layout> {
    let mut found: Vec<&Layout> =
        usable(layouts, hangs).filter(|layout| layout.symbol * SLACK >= needed).collect();
    found.sort_by(|a, b| a.symbol.total_cmp(&b.symbol));
    found
}

fn usable<'l>(layouts: &[&'l Layout], hangs: Hangs) -> impl Iterator<Item = &'l Layout> {
    let fit =
        move |layout: &&Layout| layout.wall.is_none() && (hangs == Hangs::Indoors || layout.bleed > 0.0);
    layouts.iter().copied().filter(fit)
}

/// Advises on a sign whose symbol holds this printed address.
///
/// # Errors
/// Only where no symbol holds the address.
pub fn advise<'l>(sign: &Sign, address: &str, layouts: &[&'l Layout]) -> Result<Advice<'l>, QrError> {
    let by_rule = Symbol::encode(address)?;
    let mut symbol = match sign.hangs {
        Hangs::WithinReach => Symbol::at_least(address, Level::H)?,
        Hangs::Indoors | Hangs::OutOfReach => by_rule.clone(),
    };
    let mut ask = (symbol.level != by_rule.level).then_some(Level::H);
    // Where there is no room for the width that the distance asks for, larger modules are worth more than a level.
    let smaller = Symbol::at_least(address, Level::M)?;
    if sign.hangs == Hangs::OutOfReach
        && smaller.size < symbol.size
        && sign.room(symbol.size).is_some_and(|room| room < needed(sign.distance, symbol.size))
    {
        (symbol, ask) = (smaller, Some(Level::M));
    }
    let modules = symbol.size;
    let needed = needed(sign.distance, modules);
    let room = sign.room(modules).filter(|room| *room < needed);
    let width = room.map_or(needed, f32::floor);
    let (layout, enlarged) = choose(layouts, sign, width, room.is_some());
    let mut warnings = sign.warnings();
    if ask == Some(Level::M) {
        warnings.insert(0, Warning::LevelM);
    }
    if room.is_some() {
        warnings.insert(0, Warning::TooSmall(width));
    }
    Ok(Advice { level: symbol.level, ask, modules, symbol: width, needed, layout, enlarged, warnings })
}

/// The smallest layout with a symbol of this width, else the largest and how many times as large it must be; where there
/// is no more room, the largest that stays within it.
fn choose<'l>(layouts: &[&'l Layout], sign: &Sign, width: f32, limited: bool) -> (Option<&'l Layout>, f32) {
    let within = |layout: &&Layout| sign.widest.is_none_or(|widest| layout.width <= widest);
    let largest = |found: Vec<&'l Layout>| found.into_iter().max_by(|a, b| a.symbol.total_cmp(&b.symbol));
    if limited {
        let fits = usable(layouts, sign.hangs).filter(within).filter(|layout| layout.symbol <= width);
        return (largest(fits.collect()), 1.0);
    }
    if let Some(layout) = large_enough(layouts, width, sign.hangs).into_iter().find(within) {
        return (Some(layout), 1.0);
    }
    let layout = largest(usable(layouts, sign.hangs).filter(within).collect());
    (layout, layout.map_or(1.0, |layout| width / layout.symbol))
}

impl Sign {
    /// Whether its plate is bent round a post, as all but stiff ones are.
    fn is_bent(&self) -> bool {
        self.on == On::Post && !matches!(self.plate, Some(Plate::Steel | Plate::Dark))
    }

    /// The widest symbol of so many modules that the plate and the post bear, in millimetres.
    fn room(&self, modules: u16) -> Option<f32> {
        let modules = f32::from(modules);
        let on_plate = self.widest.map(|width| width * modules / (modules + 2.0 * f32::from(QUIET_ZONE)));
        let on_post = self.diameter.filter(|_| self.is_bent()).map(|diameter| diameter / 2.0);
        on_plate.into_iter().chain(on_post).reduce(f32::min)
    }

    /// What to beware of, whatever is printed.
    pub fn warnings(&self) -> Vec<Warning> {
        let outdoors = self.hangs != Hangs::Indoors;
        let bent = match self.diameter {
            Some(diameter) => Warning::Bent(diameter),
            None => Warning::BentUnknown,
        };
        [
            (self.on.is_forbidden(), Warning::Never(self.on)),
            (self.is_bent(), bent),
            (self.hangs == Hangs::OutOfReach && self.distance < TOO_NEAR, Warning::FromBelow),
            (self.on == On::Glass, Warning::Glass),
            (self.plate == Some(Plate::Paper) && outdoors, Warning::PaperOutdoors),
            (self.plate == Some(Plate::Sticker), Warning::Gloss),
            (self.plate == Some(Plate::Reflective), Warning::Flash),
            (self.plate == Some(Plate::Steel), Warning::PaleSteel),
            (self.plate == Some(Plate::Dark), Warning::Dark),
        ]
        .into_iter()
        .filter_map(|(so, warning)| so.then_some(warning))
        .collect()
    }
}
