//! What leads to the entries besides the lists of their kinds, and where each page and file of it stands: facets,
//! communes, festivals and their calendars, the map, the points for who asks what is nearest. Decides; renders nothing.

use super::facets::{Facets, PAGE, communes_path, paged, province_slug};
use super::festivals::{self, Feast, Time, calendar_path, festivals_path};
use super::map::map_path;
use super::near::{self, points_path};
use crate::diagnostic::Lang;
use crate::site::{Entry, Kind, Site};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A calendar file with more festivals than this is of use to nobody.
const CALENDAR_LIMIT: usize = 500;
/// Communes that one page may list; where there are more, each province has a page of its own.
const COMMUNES: usize = 200;
/// Provinces that one map tells by their communes; where there are more, each has a map of its own.
const PROVINCES: usize = 3;

/// A page or a file in one language.
#[derive(Clone, Copy, Debug)]
pub enum Way<'s> {
    /// One page, from 1, of a list, by its number among the facets.
    Facet(usize, usize),
    /// The communes with entries: all of them or those of a province; or the provinces, where there are many.
    Communes(Option<&'s str>),
    /// One page, from 1, of the coming festivals.
    Festivals(usize),
    /// A calendar file: one festival's, or everyone's.
    Calendar(Option<Feast<'s>>),
    /// The map of the site, or of one province.
    Map(Option<&'s str>),
    /// The measured points, or those about one square of the grid.
    Points(Option<(i32, i32)>),
}

/// Everything that leads to the entries of a site.
pub struct Ways<'s> {
    site: &'s Site,
    /// The listed entries, sorted by what they have in common.
    pub facets: Facets<'s>,
    /// The festivals that come on a day that can be told.
    pub feasts: Vec<Feast<'s>>,
    /// Those of the next twelve months.
    pub times: Vec<Time<'s>>,
    /// Whether an entry has a measured point.
    pub measured: bool,
    /// The squares whose points have a file of their own; none where one file holds all.
    pub squares: Option<BTreeSet<(i32, i32)>>,
}

impl<'s> Ways<'s> {
    /// Sorts what a build shows. `lists` are the listed entries of each kind and language, in their order.
    pub fn new(
        site: &'s Site,
        shown: &[&'s Entry],
        lists: &[(Kind, Lang, Vec<&'s Entry>)],
        date: Date,
    ) -> Self {
        let mut feasts = festivals::feasts(shown);
        feasts.retain(|feast| !feast.festival.next(&site.calendar, date, 1).is_empty());
        Self {
            site,
            facets: Facets::new(site, lists, date),
            times: festivals::coming(site, &feasts, date),
            feasts,
            measured: !near::measured(shown, None).is_empty(),
            squares: near::squares(shown),
        }
    }

    /// Whether one calendar file holds every festival.
    pub fn has_calendar(&self) -> bool {
        !self.times.is_empty() && self.feasts.len() <= CALENDAR_LIMIT
    }

    /// Whether there are too many communes for one page.
    pub fn is_large(&self) -> bool {
        self.facets.communes().count() > COMMUNES
    }

    /// The provinces that have a map of their own.
    pub fn mapped_provinces(&self) -> Vec<&'s str> {
        let provinces: Vec<&str> = self.facets.provinces(self.site).into_keys().collect();
        if provinces.len() > PROVINCES { provinces } else { Vec::new() }
    }

    /// Every page (its folder, ending with `/`) and file of a language.
    pub fn paths(&self, lang: Lang) -> Vec<(String, Way<'s>)> {
        let mut paths = Vec::new();
        for (at, shelf) in self.facets.shelves.iter().enumerate() {
            let folder = shelf.facet.path(self.site, lang);
            let pages = 1..=shelf.count().div_ceil(PAGE);
            paths.extend(pages.map(|number| (paged(&folder, lang, number), Way::Facet(at, number))));
        }
        if self.facets.communes().next().is_some() {
            paths.push((communes_path(lang), Way::Communes(None)));
            paths.push((map_path(lang, None), Way::Map(None)));
        }
        if self.is_large() {
            let provinces = self.facets.provinces(self.site).into_keys();
            let folder = |province| format!("{}{}/", communes_path(lang), province_slug(province));
            paths.extend(provinces.map(|province| (folder(province), Way::Communes(Some(province)))));
        }
        let maps = self.mapped_provinces().into_iter();
        paths.extend(maps.map(|province| (map_path(lang, Some(province)), Way::Map(Some(province)))));
        let pages = 1..=self.times.len().div_ceil(PAGE);
        paths.extend(pages.map(|at| (paged(&festivals_path(lang), lang, at), Way::Festivals(at))));
        let feasts = self.feasts.iter().map(|feast| Some(*feast));
        for feast in feasts.chain(self.has_calendar().then_some(None)) {
            let of = feast.map(|feast| (feast.entry.id.value, feast.number));
            paths.push((calendar_path(lang, of), Way::Calendar(feast)));
        }
        let squares = self.squares.iter().flatten().map(|square| Some(*square));
        let whole = (self.squares.is_none() && self.measured).then_some(None);
        paths.extend(squares.chain(whole).map(|square| (points_path(lang, square), Way::Points(square))));
        paths
    }
}
