//! The home: what there is to see, where, and when. One language's half of it.
//! What is put forward changes with the month of the build and with nothing else.

use super::agenda::{self, RowView};
use super::facets::communes_path;
use super::festivals::festivals_path;
use super::lists::ways;
use super::map::map_path;
use super::plan::{Plan, list_path};
use super::told::{Chip, Chips, commune_way, counted};
use super::view::{Link, Named, Viewer, section_key};
use crate::site::entry::Facts;
use crate::site::{Entry, Kind};
use serde::Serialize;
use std::cmp::Reverse;

/// Entries put forward, the first of them large.
const SHOWN: usize = 3;
/// Communes named on the home.
const COMMUNES: usize = 12;

/// One language's half of the home.
#[derive(Serialize)]
pub struct HomeView<'a> {
    doors: Vec<Door<'a>>,
    festivals: Vec<RowView<'a>>,
    festivals_href: String,
    shown: Vec<Link<'a>>,
    trail: Option<TrailView<'a>>,
    communes: Vec<Chip>,
    /// How many communes there are.
    all_communes: usize,
    communes_href: String,
    map_href: String,
    /// Chips to sort the relics, and the specialties.
    ways: Vec<Chips>,
}

/// A section of the site.
#[derive(Serialize)]
pub struct Door<'a> {
    label: &'a str,
    href: String,
    count: String,
}

/// A trail put forward.
#[derive(Serialize)]
pub struct TrailView<'a> {
    link: Link<'a>,
    stops: Vec<Named<'a>>,
    by: &'static str,
}

/// One of a list by the month of the build.
fn of_month<T: Copy>(plan: &Plan<'_>, all: &[T]) -> Option<T> {
    let month =
        usize::try_from(plan.date.year()).unwrap_or(0) * 12 + plan.date.month().unsigned_abs() as usize;
    all.get(month % all.len().max(1)).copied()
}

/// A relic of the highest ranks, another one each month, and a specialty and a relic elsewhere beside it.
fn shown<'a>(plan: &Plan<'a>, viewer: &Viewer<'a>) -> Vec<&'a Entry> {
    let pictured = |kind| {
        plan.list(kind, viewer.site.config.source_language())
            .iter()
            .copied()
            .filter(|entry: &&Entry| !entry.photos.is_empty())
    };
    let mut relics: Vec<&Entry> = pictured(Kind::Relic).collect();
    let highest = relics.iter().filter_map(|entry| entry.rank()).max();
    let high: Vec<&Entry> = relics.iter().copied().filter(|entry| entry.rank() == highest).collect();
    let first = of_month(plan, &high);
    relics.retain(|entry| first.is_none_or(|first| first.commune() != entry.commune()));
    relics.sort_by_key(|entry| Reverse(entry.rank()));
    relics.truncate(12);
    let products: Vec<&Entry> = pictured(Kind::Product).collect();
    let second = of_month(plan, &products).or_else(|| pictured(Kind::Guide).next());
    first.into_iter().chain(second).chain(of_month(plan, &relics)).take(SHOWN).collect()
}

fn trail<'a>(plan: &Plan<'a>, viewer: &Viewer<'a>) -> Option<TrailView<'a>> {
    let entry = of_month(plan, plan.list(Kind::Trail, viewer.site.config.source_language()))?;
    let Facts::Trail(trail) = &entry.facts else { return None };
    let stops = trail.stops.iter().filter_map(|id| viewer.site.entry(id.value));
    let stops = stops.filter(|stop| !stop.draft.value && stop.withdrawn.is_none());
    Some(TrailView {
        link: viewer.link(entry),
        stops: stops.map(|stop| viewer.named(stop)).collect(),
        by: trail.by.word(),
    })
}

/// The half of a language.
pub fn half<'a>(plan: &'a Plan<'a>, viewer: &Viewer<'a>) -> HomeView<'a> {
    let (lang, tongue) = (viewer.lang, viewer.tongue());
    let kinds = || Kind::ALL.into_iter().filter(|kind| !plan.list(*kind, lang).is_empty());
    let doors: Vec<Door<'_>> = kinds()
        .map(|kind| Door {
            label: tongue.string(section_key(kind)),
            href: format!("{}{}", viewer.root, list_path(viewer.site, kind, lang, 1)),
            count: counted(tongue, kind, plan.list(kind, lang).len()),
        })
        .collect();
    let mut communes: Vec<_> = plan.ways.facets.provinces(viewer.site).into_values().flatten().collect();
    let all_communes = communes.len();
    communes.sort_by_key(|(_, shelf)| Reverse(shelf.count()));
    communes.truncate(COMMUNES);
    // Both sections once, whatever the ways to sort them: the home is a door, not a catalogue.
    let grouped = |kind| {
        let ways: Vec<Chip> =
            ways(plan, viewer, kind, None).into_iter().flat_map(|group| group.ways).collect();
        (!ways.is_empty()).then(|| Chips { label: tongue.string(section_key(kind)).to_owned(), ways })
    };
    HomeView {
        doors,
        festivals: agenda::soon(plan, viewer),
        festivals_href: format!("{}{}", viewer.root, festivals_path(lang)),
        shown: shown(plan, viewer).into_iter().map(|entry| viewer.link(entry)).collect(),
        trail: trail(plan, viewer),
        communes: communes.iter().map(|(unit, shelf)| commune_way(viewer, shelf, unit)).collect(),
        all_communes,
        communes_href: format!("{}{}", viewer.root, communes_path(lang)),
        map_href: format!("{}{}", viewer.root, map_path(lang, None)),
        ways: [Kind::Relic, Kind::Product].into_iter().filter_map(grouped).collect(),
    }
}
