//! The map: where the entries are, drawn from their points alone, and the same as lists.
//! A measured point is a pin; what is known by its commune only is told as that commune, never as a pin.

use super::facets::{Shelf, commune};
use super::map::{Drawing, Mark, Spot, draw, map_path};
use super::near::{self, point, points_path};
use super::plan::Plan;
use super::told::{Chip, Told, capital, commune_way, sort_communes};
use super::view::{Named, Viewer};
use crate::site::Entry;
use crate::vietnam::units::Unit;
use serde::Serialize;

/// Pins on one drawing, at most; where there are more, the communes' own drawings have them.
const PINS: usize = 36;
/// Circles on one drawing, at most.
const AREAS: usize = 48;
/// How far two marks must be apart, in units: a finger's width between their middles, near enough.
const APART: f64 = 25.0;

/// A map and its lists.
#[derive(Serialize)]
pub struct MapView<'a> {
    heading: String,
    up: Option<(String, String)>,
    drawing: Option<Drawing>,
    /// How long the scale bar is, in words: "10 km".
    scale: String,
    /// Communes, or provinces on the map of many.
    areas: Vec<AreaView>,
    pins: Vec<PinView<'a>>,
    /// What the circles stand for, as a list.
    ways: Vec<Chip>,
    /// The heading of that list: `communes` or `provinces`.
    ways_label: &'static str,
    near: Option<NearView>,
}

/// A circle about the middle of a commune or province.
#[derive(Serialize)]
pub struct AreaView {
    mark: Mark,
    name: String,
    href: String,
    /// What it leads to, in words.
    title: String,
}

/// A pin, or several that stand too near each other to be told apart.
#[derive(Serialize)]
pub struct PinView<'a> {
    mark: Mark,
    number: usize,
    entries: Vec<Named<'a>>,
}

/// Where the measured points are fetched from when a reader asks what is nearest.
#[derive(Serialize)]
pub struct NearView {
    href: String,
    /// The side of a square of the grid in degrees, where there is a file a square.
    square: Option<f64>,
}

fn scale(viewer: &Viewer<'_>, drawing: Option<&Drawing>) -> String {
    drawing.map(|drawing| format!("{} km", viewer.tongue().number(drawing.scale.1))).unwrap_or_default()
}

/// The middle of the points of some entries: a commune's place on a drawing. Where pins are drawn, only of those that
/// have none, which stand about the middle of their commune.
fn middle(entries: &[&Entry], pinned: bool) -> Option<(f64, f64)> {
    let open = entries.iter().filter(|entry| !pinned || point(entry).is_none());
    let points: Vec<(f64, f64)> = open.filter_map(|entry| entry.place.as_ref()?.point).collect();
    let count = points.len() as f64;
    let sum = points.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
    (!points.is_empty()).then(|| (sum.0 / count, sum.1 / count))
}

/// What a circle stands for.
struct Area {
    point: Option<(f64, f64)>,
    name: String,
    way: Chip,
}

fn commune_area(plan: &Plan<'_>, viewer: &Viewer<'_>, unit: &Unit, shelf: &Shelf<'_>, pinned: bool) -> Area {
    Area {
        point: middle(plan.ways.facets.entries(shelf, viewer.lang), pinned),
        name: unit.name.to_string(),
        way: commune_way(viewer, shelf, unit),
    }
}

fn province_area(plan: &Plan<'_>, viewer: &Viewer<'_>, name: &str, communes: &[(&Unit, &Shelf<'_>)]) -> Area {
    let entries: Vec<&Entry> = communes
        .iter()
        .flat_map(|(_, shelf)| plan.ways.facets.entries(shelf, viewer.lang))
        .copied()
        .collect();
    let label = communes.first().map(|(unit, _)| unit.province_label(viewer.lang)).unwrap_or_default();
    let href = format!("{}{}", viewer.root, map_path(viewer.lang, Some(name)));
    Area {
        point: middle(&entries, false),
        name: name.to_owned(),
        way: Chip { label: capital(&label), href, count: entries.len(), here: false },
    }
}

/// The drawing of areas with pins over them, and what each mark leads to.
fn drawn<'a>(
    viewer: &Viewer<'a>,
    areas: &[Area],
    measured: &[(&'a Entry, (f64, f64))],
) -> (Option<Drawing>, Vec<AreaView>, Vec<PinView<'a>>) {
    let placed: Vec<&Area> = areas.iter().filter(|area| area.point.is_some()).collect();
    let circles: Vec<Spot<'_>> = placed
        .iter()
        .filter_map(|area| Some(Spot { point: area.point?, weight: area.way.count, name: &area.name }))
        .collect();
    let title = |entry: &'a Entry| entry.article(viewer.lang).unwrap_or(entry.source()).title.as_str();
    let pins: Vec<Spot<'_>> =
        measured.iter().map(|(entry, point)| Spot { point: *point, weight: 1, name: title(entry) }).collect();
    let Some((drawing, marks)) = draw(&[&circles, &pins], APART, AREAS) else {
        return (None, Vec::new(), Vec::new());
    };
    let mut marks = marks.into_iter();
    let areas = marks.next().unwrap_or_default().into_iter().map(|mark| {
        let (first, more) = (placed[mark.spots[0]], mark.spots.len() - 1);
        let more = if more > 0 { format!(" +{more}") } else { String::new() };
        AreaView {
            title: format!("{}{more} ({})", first.name, first.way.count),
            name: format!("{}{more}", first.name),
            href: first.way.href.clone(),
            mark,
        }
    });
    let areas = areas.collect();
    let pins = marks.next().unwrap_or_default().into_iter().enumerate().map(|(at, mark)| {
        let entries = mark.spots.iter().map(|at| viewer.named(measured[*at].0)).collect();
        PinView { number: at + 1, entries, mark }
    });
    (Some(drawing), areas, pins.collect())
}

/// The map of a commune, where at least two of its entries have measured points.
pub fn of_commune<'a>(viewer: &Viewer<'a>, entries: &[&'a Entry]) -> Option<MapView<'a>> {
    let measured = near::measured(entries, None);
    let (drawing, _, pins) = drawn(viewer, &[], &measured);
    (pins.len() > 1).then(|| MapView {
        heading: viewer.tongue().string("map").to_owned(),
        up: None,
        scale: scale(viewer, drawing.as_ref()),
        drawing,
        areas: Vec::new(),
        pins,
        ways: Vec::new(),
        ways_label: "communes",
        near: None,
    })
}

/// The map of the site, or of one of its provinces.
pub fn page<'a>(plan: &'a Plan<'a>, viewer: &Viewer<'a>, province: Option<&str>) -> Told<MapView<'a>> {
    let (lang, tongue) = (viewer.lang, viewer.tongue());
    let provinces = plan.ways.facets.provinces(viewer.site);
    let of_provinces = province.is_none() && !plan.ways.mapped_provinces().is_empty();
    let inside = |entry: &Entry| {
        let unit = commune(viewer.site, entry);
        province.is_none_or(|province| unit.is_some_and(|unit| unit.province == province))
    };
    let mut measured: Vec<(&Entry, (f64, f64))> = plan
        .shown
        .iter()
        .filter(|entry| entry.withdrawn.is_none() && inside(entry))
        .filter_map(|entry| Some((*entry, point(entry)?)))
        .collect();
    if measured.len() > PINS || of_provinces {
        measured.clear();
    }
    let areas: Vec<Area> = if of_provinces {
        provinces.iter().map(|(name, communes)| province_area(plan, viewer, name, communes)).collect()
    } else {
        let wanted = provinces.iter().filter(|(name, _)| province.is_none_or(|province| province == **name));
        let mut communes: Vec<_> = wanted.flat_map(|(_, communes)| communes.clone()).collect();
        sort_communes(&mut communes);
        let pinned = !measured.is_empty();
        communes.iter().map(|(unit, shelf)| commune_area(plan, viewer, unit, shelf, pinned)).collect()
    };
    let (drawing, circles, pins) = drawn(viewer, &areas, &measured);
    let label = province.and_then(|name| {
        let (unit, _) = provinces.get(name)?.first()?;
        Some(capital(&unit.province_label(lang)))
    });
    let heading = tongue.string("map");
    let title = label.map_or_else(|| heading.to_owned(), |label| format!("{heading}: {label}"));
    let ways: Vec<Chip> = areas.into_iter().map(|area| area.way).collect();
    let names: Vec<&str> = ways.iter().take(5).map(|way| way.label.as_str()).collect();
    let squares = plan.ways.squares.is_some();
    let file = if squares { format!("data/near/{lang}/") } else { points_path(lang, None) };
    let path = |lang| map_path(lang, province);
    Told {
        layout: "map",
        here: None,
        description: format!("{title}: {}…", names.join(", ")),
        paths: viewer.site.config.languages.iter().map(|&lang| (lang, path(lang))).collect(),
        part: MapView {
            heading: title.clone(),
            up: province.map(|_| (heading.to_owned(), format!("{}{}", viewer.root, map_path(lang, None)))),
            scale: scale(viewer, drawing.as_ref()),
            drawing,
            areas: circles,
            pins,
            ways,
            ways_label: if of_provinces { "provinces" } else { "communes" },
            near: plan.ways.measured.then(|| NearView {
                href: format!("{}{file}", viewer.root),
                square: squares.then_some(near::SQUARE),
            }),
        },
        title,
    }
}
