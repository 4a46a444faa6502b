//! Lists of entries: of a kind, of what a facet gathers, of a commune; and the communes themselves.
//! Chooses words and addresses; never writes a tag.

use super::atlas::{self, MapView};
use super::facets::{Facet, PAGE, Shelf, communes_path, paged, province_slug};
use super::map::map_path;
use super::plan::{Plan, list_path};
use super::told::{Chip, Chips, PageLink, Told, capital, commune_way, counted, pages, sort_communes};
use super::tongue::Tongue;
use super::view::{Link, Viewer, section_key};
use crate::diagnostic::Lang;
use crate::site::{Entry, Kind};
use serde::Serialize;

/// A page of a list.
#[derive(Serialize)]
pub struct ListView<'a> {
    heading: String,
    /// "37 di tích", "2 di tích · 1 đặc sản".
    count: String,
    cards: Vec<Link<'a>>,
    pages: Vec<PageLink>,
    /// Chips to sort the entries of this section.
    ways: Vec<Chips>,
    /// The list that this one is a part of.
    up: Option<(String, String)>,
    /// Where a commune's measured points are.
    map: Option<MapView<'a>>,
    /// The map of the site or of the province, from a commune's page.
    to_map: Option<String>,
}

/// The communes with entries.
#[derive(Serialize)]
pub struct CommunesView {
    heading: String,
    /// Communes by province; or the provinces alone, under no heading, where there are too many communes.
    provinces: Vec<Chips>,
    up: Option<(String, String)>,
    to_map: String,
}

/// What a facet is called, as a heading.
pub fn label(viewer: &Viewer<'_>, facet: Facet<'_>) -> String {
    let tongue = viewer.tongue();
    let word = |word: &str| tongue.theme.string_of(viewer.lang, &format!("list_{word}"));
    match facet {
        Facet::Rank(rank) => word(rank.word()),
        Facet::Type(kind) => word(kind.word()),
        Facet::Craft(craft) => word(if craft { "craft" } else { "food" }),
        Facet::Protection(kind) => {
            tongue.theme.string_of(viewer.lang, &format!("protection_{}", kind.word().replace('-', "_")))
        }
        Facet::Ocop(stars) => tongue.string("award_stars").replace("{stars}", &stars.to_string()),
        Facet::Commune(code) => {
            capital(&viewer.site.units.find(code).map(|unit| unit.label(viewer.lang)).unwrap_or_default())
        }
    }
}

/// How many of each kind, in words.
fn counts(tongue: Tongue<'_>, entries: &[&Entry]) -> String {
    let of = |kind| entries.iter().filter(|entry| entry.kind == kind).count();
    let some = Kind::ALL.into_iter().map(|kind| (kind, of(kind))).filter(|(_, count)| *count > 0);
    some.map(|(kind, count)| counted(tongue, kind, count)).collect::<Vec<_>>().join(" · ")
}

/// A heading with the number of its page, from the second on, so that no two pages share a title.
fn numbered(heading: &str, number: usize) -> String {
    if number > 1 { format!("{heading} ({number})") } else { heading.to_owned() }
}

/// What a list holds, in a sentence: its heading, how many, and the first names.
fn described(viewer: &Viewer<'_>, heading: &str, count: &str, entries: &[&Entry]) -> String {
    const NAMED: usize = 3;
    let title = |entry: &&Entry| entry.article(viewer.lang).unwrap_or(entry.source()).title.value.clone();
    let names: Vec<String> = entries.iter().take(NAMED).map(title).collect();
    let more = if entries.len() > NAMED { "…" } else { "." };
    format!("{heading}: {count}. {}{more}", names.join("; "))
}

/// The ways to sort the entries of a kind, `here` one of them.
pub fn ways(plan: &Plan<'_>, viewer: &Viewer<'_>, kind: Kind, here: Option<Facet<'_>>) -> Vec<Chips> {
    let mut groups: Vec<(&str, Chips)> = Vec::new();
    for shelf in plan.ways.facets.of_kind(kind) {
        let way = way(viewer, shelf, here);
        match groups.last_mut().filter(|(group, _)| *group == shelf.facet.group()) {
            Some((_, ways)) => ways.ways.push(way),
            None => {
                let heading = viewer.tongue().string(shelf.facet.group()).to_owned();
                groups.push((shelf.facet.group(), Chips { label: heading, ways: vec![way] }));
            }
        }
    }
    groups.into_iter().map(|(_, ways)| ways).collect()
}

fn way(viewer: &Viewer<'_>, shelf: &Shelf<'_>, here: Option<Facet<'_>>) -> Chip {
    Chip {
        label: label(viewer, shelf.facet),
        href: format!("{}{}", viewer.root, shelf.facet.path(viewer.site, viewer.lang)),
        count: shelf.count(),
        here: here == Some(shelf.facet),
    }
}

/// A page of the list of a kind.
pub fn kind<'a>(plan: &'a Plan<'a>, viewer: &Viewer<'a>, kind: Kind, number: usize) -> Told<ListView<'a>> {
    let (lang, tongue) = (viewer.lang, viewer.tongue());
    let all = plan.list(kind, lang);
    let heading = tongue.string(section_key(kind));
    let count = counted(tongue, kind, all.len());
    let href = |page| format!("{}{}", viewer.root, list_path(viewer.site, kind, lang, page));
    let view = ListView {
        heading: heading.to_owned(),
        cards: cards(viewer, all, number),
        pages: pages(all.len().div_ceil(PAGE), number, href),
        ways: ways(plan, viewer, kind, None),
        up: None,
        map: None,
        to_map: None,
        count: count.clone(),
    };
    let title = numbered(heading, number);
    let languages = viewer.site.config.languages.iter();
    Told {
        layout: "list",
        here: Some(kind),
        description: described(viewer, &title, &count, page_of(all, number)),
        paths: languages.map(|&lang| (lang, list_path(viewer.site, kind, lang, number))).collect(),
        title,
        part: view,
    }
}

fn page_of<'s, 'l>(all: &'l [&'s Entry], number: usize) -> &'l [&'s Entry] {
    all.chunks(PAGE).nth(number - 1).unwrap_or_default()
}

fn cards<'a>(viewer: &Viewer<'a>, all: &[&'a Entry], number: usize) -> Vec<Link<'a>> {
    page_of(all, number).iter().map(|entry| viewer.link(entry)).collect()
}

/// A page of what one facet gathers.
pub fn facet<'a>(plan: &'a Plan<'a>, viewer: &Viewer<'a>, at: usize, number: usize) -> Told<ListView<'a>> {
    let (lang, tongue, shelf) = (viewer.lang, viewer.tongue(), &plan.ways.facets.shelves[at]);
    let all = plan.ways.facets.entries(shelf, lang);
    let heading = label(viewer, shelf.facet);
    let count = counts(tongue, all);
    let here = |page| paged(&shelf.facet.path(viewer.site, lang), lang, page);
    let (mut map, mut to_map) = (None, None);
    let up = match (shelf.facet.kind(), shelf.facet) {
        (Some(kind), _) => {
            (tongue.string(section_key(kind)).to_owned(), list_path(viewer.site, kind, lang, 1))
        }
        (None, Facet::Commune(code)) => {
            map = Some(all).filter(|_| number == 1).and_then(|all| atlas::of_commune(viewer, all));
            let unit = viewer.site.units.find(code);
            let province = unit.map(|unit| unit.province.as_ref());
            to_map = Some(map_path(lang, province.filter(|_| !plan.ways.mapped_provinces().is_empty())));
            match unit.filter(|_| plan.ways.is_large()) {
                Some(unit) => (
                    capital(&unit.province_label(lang)),
                    format!("{}{}/", communes_path(lang), province_slug(&unit.province)),
                ),
                None => (tongue.string("by_commune").to_owned(), communes_path(lang)),
            }
        }
        (None, _) => (String::new(), String::new()),
    };
    let view = ListView {
        heading: heading.clone(),
        cards: cards(viewer, all, number),
        pages: pages(all.len().div_ceil(PAGE), number, |page| format!("{}{}", viewer.root, here(page))),
        ways: shelf.facet.kind().map(|kind| ways(plan, viewer, kind, Some(shelf.facet))).unwrap_or_default(),
        up: Some((up.0, format!("{}{}", viewer.root, up.1))),
        map,
        to_map: to_map.map(|path| format!("{}{path}", viewer.root)),
        count: count.clone(),
    };
    let title = numbered(&heading, number);
    let languages = viewer.site.config.languages.iter();
    let path = |lang: Lang| paged(&shelf.facet.path(viewer.site, lang), lang, number);
    Told {
        layout: "list",
        here: shelf.facet.kind(),
        description: described(viewer, &title, &count, page_of(all, number)),
        paths: languages.map(|&lang| (lang, path(lang))).collect(),
        title,
        part: view,
    }
}

/// The communes: all of them by province; the provinces alone where there are too many; or those of one province.
pub fn communes<'a>(plan: &'a Plan<'a>, viewer: &Viewer<'a>, province: Option<&str>) -> Told<CommunesView> {
    let (lang, tongue) = (viewer.lang, viewer.tongue());
    let provinces = plan.ways.facets.provinces(viewer.site);
    let heading = tongue.string("communes");
    let mut groups = Vec::new();
    let mut alone = Vec::new();
    for (name, communes) in provinces {
        let label = capital(&communes.first().map(|(unit, _)| unit.province_label(lang)).unwrap_or_default());
        if plan.ways.is_large() && province.is_none() {
            alone.push(Chip {
                label,
                href: format!("{}{}{}/", viewer.root, communes_path(lang), province_slug(name)),
                count: communes.iter().map(|(_, shelf)| shelf.count()).sum(),
                here: false,
            });
        } else if province.is_none_or(|wanted| wanted == name) {
            let mut communes = communes;
            sort_communes(&mut communes);
            let ways = communes.iter().map(|(unit, shelf)| commune_way(viewer, shelf, unit)).collect();
            groups.push(Chips { label, ways });
        }
    }
    if !alone.is_empty() {
        groups.push(Chips { label: String::new(), ways: alone });
    }
    let path = |lang: Lang| match province {
        Some(province) => format!("{}{}/", communes_path(lang), province_slug(province)),
        None => communes_path(lang),
    };
    let whose = groups.first().filter(|_| province.is_some()).map(|group| group.label.clone());
    let title = whose.map_or_else(|| heading.to_owned(), |whose| format!("{heading}: {whose}"));
    let names: Vec<&str> =
        groups.iter().flat_map(|group| &group.ways).take(5).map(|way| way.label.as_str()).collect();
    let own_map = province.filter(|_| !plan.ways.mapped_provinces().is_empty());
    Told {
        layout: "communes",
        here: None,
        description: format!("{title}: {}…", names.join(", ")),
        paths: viewer.site.config.languages.iter().map(|&lang| (lang, path(lang))).collect(),
        part: CommunesView {
            heading: title.clone(),
            up: province.map(|_| (heading.to_owned(), format!("{}{}", viewer.root, communes_path(lang)))),
            to_map: format!("{}{}", viewer.root, map_path(lang, own_map)),
            provinces: groups,
        },
        title,
    }
}
