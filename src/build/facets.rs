//! The ways entries are sorted for a reader who has no script: by rank, by type, by award, by protection, by commune.
//! Each is a list of its own at a path of its own; one that would be empty does not exist. Words nothing.

use crate::diagnostic::Lang;
use crate::site::entry::Facts;
use crate::site::product::{Product, ProtectionKind};
use crate::site::relic::{DesignationKind, RelicType};
use crate::site::{Entry, Kind, Site};
use crate::vietnam::folding::slug;
use crate::vietnam::ocop::{Standing, standing};
use crate::vietnam::units::Unit;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the entries of one list have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Facet<'s> {
    /// Relics of a rank, or with another designation.
    Rank(DesignationKind),
    /// Relics ranked for one thing.
    Type(RelicType),
    /// Products that are a craft, or that are not.
    Craft(bool),
    /// Products whose stars stand on the day of the build.
    Ocop(i64),
    /// Products of a registered name.
    Protection(ProtectionKind),
    /// Entries of every kind in the commune of a code.
    Commune(&'s str),
}

/// Folders of these lists inside a section; no entry's slug may be one of them.
pub const FOLDERS: [&str; 10] = [
    "xep-hang",
    "rank",
    "loai-hinh",
    "type",
    "theo-loai",
    "by-kind",
    "sao-ocop",
    "ocop-stars",
    "bao-ho",
    "protection",
];

/// Entries on one page of a list.
pub const PAGE: usize = 48;

/// The path of one page of a list, from 1: the first stands in the list's own folder.
pub fn paged(folder: &str, lang: Lang, page: usize) -> String {
    match (page, lang == Lang::VI) {
        (0 | 1, _) => folder.to_owned(),
        (page, true) => format!("{folder}trang/{page}/"),
        (page, false) => format!("{folder}page/{page}/"),
    }
}

/// The folder of the communes, beside the sections.
pub fn communes_path(lang: Lang) -> String {
    format!("{lang}/{}/", if lang == Lang::VI { "xa-phuong" } else { "communes" })
}

/// The folder of a province among the communes, and on the map.
pub fn province_slug(province: &str) -> String {
    slug(province)
}

impl Facet<'_> {
    /// The list's folder, as a path from the site's root.
    pub fn path(self, site: &Site, lang: Lang) -> String {
        let vi = lang == Lang::VI;
        let pick = |vi_name: &'static str, other: &'static str| if vi { vi_name } else { other };
        let (folder, name) = match self {
            Self::Commune(code) => {
                let name = site.units.find(code).map(|unit| slug(&unit.name)).unwrap_or_default();
                return format!("{}{name}-{code}/", communes_path(lang));
            }
            Self::Rank(rank) => (pick("xep-hang", "rank"), pick(rank_slug(rank), rank.word()).to_owned()),
            Self::Type(kind) => (pick("loai-hinh", "type"), pick(type_slug(kind), kind.word()).to_owned()),
            Self::Craft(true) => (pick("theo-loai", "by-kind"), pick("thu-cong", "crafts").to_owned()),
            Self::Craft(false) => (pick("theo-loai", "by-kind"), pick("am-thuc", "food").to_owned()),
            Self::Ocop(stars) => {
                (pick("sao-ocop", "ocop-stars"), format!("{stars}-{}", pick("sao", "stars")))
            }
            Self::Protection(kind) => {
                (pick("bao-ho", "protection"), pick(protection_slug(kind), kind.word()).to_owned())
            }
        };
        let kind = self.kind().unwrap_or(Kind::Relic);
        format!("{lang}/{}/{folder}/{name}/", site.config.section(kind, lang))
    }

    /// The kind of entry in it; none where every kind is.
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::Rank(_) | Self::Type(_) => Some(Kind::Relic),
            Self::Craft(_) | Self::Ocop(_) | Self::Protection(_) => Some(Kind::Product),
            Self::Commune(_) => None,
        }
    }

    /// The theme's string for the way of sorting.
    pub const fn group(self) -> &'static str {
        match self {
            Self::Rank(_) => "by_rank",
            Self::Type(_) => "by_type",
            Self::Craft(_) => "by_kind",
            Self::Ocop(_) => "by_ocop",
            Self::Protection(_) => "by_protection",
            Self::Commune(_) => "by_commune",
        }
    }

    /// Where it stands among the lists of its way: the highest rank first, what is no rank after the ranks.
    fn place(self) -> (&'static str, i64) {
        let number = match self {
            Self::Rank(rank) if rank.is_rank() => -(rank as i64),
            Self::Rank(rank) => rank as i64,
            Self::Type(kind) => kind as i64,
            Self::Craft(craft) => i64::from(craft),
            Self::Ocop(stars) => -stars,
            Self::Protection(kind) => kind as i64,
            Self::Commune(_) => 0,
        };
        (self.group(), number)
    }
}

const fn rank_slug(rank: DesignationKind) -> &'static str {
    match rank {
        DesignationKind::Inventoried => "kiem-ke",
        DesignationKind::Provincial => "cap-tinh",
        DesignationKind::National => "quoc-gia",
        DesignationKind::SpecialNational => "quoc-gia-dac-biet",
        DesignationKind::WorldHeritage => "di-san-the-gioi",
        DesignationKind::NationalTreasure => "bao-vat-quoc-gia",
        DesignationKind::Intangible => "di-san-phi-vat-the",
    }
}

const fn type_slug(kind: RelicType) -> &'static str {
    match kind {
        RelicType::History => "lich-su",
        RelicType::Architecture => "kien-truc-nghe-thuat",
        RelicType::Archaeology => "khao-co",
        RelicType::Landscape => "danh-lam-thang-canh",
    }
}

const fn protection_slug(kind: ProtectionKind) -> &'static str {
    match kind {
        ProtectionKind::GeographicalIndication => "chi-dan-dia-ly",
        ProtectionKind::CertificationMark => "nhan-hieu-chung-nhan",
        ProtectionKind::CollectiveMark => "nhan-hieu-tap-the",
    }
}

/// One list: what its entries share, and they in each language's order.
pub struct Shelf<'s> {
    /// What they share.
    pub facet: Facet<'s>,
    /// In the order of the site's languages.
    lists: Vec<Vec<&'s Entry>>,
}

/// Every list, in the order of its facet.
pub struct Facets<'s> {
    languages: &'s [Lang],
    /// Those of a section first, then the communes by their codes.
    pub shelves: Vec<Shelf<'s>>,
}

/// The commune of an entry, if it is one in force.
pub fn commune<'s>(site: &'s Site, entry: &'s Entry) -> Option<&'s Unit> {
    site.commune(entry.place.as_ref()?)
}

/// A product's stars, if they may be shown on a day.
pub fn stars(product: &Product, today: Date) -> Option<i64> {
    let award = product.ocop.as_ref()?;
    let stands = matches!(standing(award.issued_on?, today), Standing::Good | Standing::Ending(_));
    stands.then_some(award.stars)
}

/// The highest rank of an entry, and every designation that is no rank.
fn ranks(steps: impl Iterator<Item = DesignationKind> + Clone) -> impl Iterator<Item = DesignationKind> {
    let highest = steps.clone().filter(|kind| kind.is_rank()).max();
    steps.filter(|kind| !kind.is_rank()).chain(highest)
}

/// What an entry is found by.
fn of<'s>(site: &'s Site, entry: &'s Entry, date: Date) -> Vec<Facet<'s>> {
    let mut facets = Vec::new();
    match &entry.facts {
        Facts::Relic(relic) => {
            facets.extend(ranks(relic.designations.iter().map(|step| step.kind)).map(Facet::Rank));
            facets.extend(relic.types.iter().copied().map(Facet::Type));
        }
        Facts::Product(product) => {
            facets.push(Facet::Craft(product.craft));
            facets.extend(stars(product, date).map(Facet::Ocop));
            facets.extend(product.protection.iter().map(|right| Facet::Protection(right.kind)));
        }
        Facts::Guide(_) | Facts::Trail(_) => {}
    }
    // Borrowed from the entry, whose code is the unit's.
    facets.extend(entry.commune().filter(|_| commune(site, entry).is_some()).map(Facet::Commune));
    facets.sort_unstable();
    facets.dedup();
    facets
}

impl<'s> Facets<'s> {
    /// Sorts the listed entries. `lists` are those of each kind and language, in their order.
    pub fn new(site: &'s Site, lists: &[(Kind, Lang, Vec<&'s Entry>)], date: Date) -> Self {
        let languages = site.config.languages.as_slice();
        let mut found: BTreeMap<Facet<'s>, Vec<Vec<&'s Entry>>> = BTreeMap::new();
        for (_, lang, entries) in lists {
            let at = languages.iter().position(|one| one == lang).unwrap_or(0);
            for entry in entries {
                for facet in of(site, entry, date) {
                    found.entry(facet).or_insert_with(|| vec![Vec::new(); languages.len()])[at].push(entry);
                }
            }
        }
        let shelves = found.into_iter().map(|(facet, lists)| Shelf { facet, lists }).collect();
        Self { languages, shelves }
    }

    /// The entries of a list, in the order of a language.
    pub fn entries<'f>(&self, shelf: &'f Shelf<'s>, lang: Lang) -> &'f [&'s Entry] {
        self.languages.iter().position(|one| *one == lang).map_or(&[], |at| &shelf.lists[at])
    }

    /// The lists inside a section, way after way.
    pub fn of_kind(&self, kind: Kind) -> Vec<&Shelf<'s>> {
        let mut shelves: Vec<_> =
            self.shelves.iter().filter(|shelf| shelf.facet.kind() == Some(kind)).collect();
        shelves.sort_by_key(|shelf| (shelf.facet.group() != "by_rank", shelf.facet.place()));
        shelves
    }

    /// The communes with entries.
    pub fn communes(&self) -> impl Iterator<Item = (&'s str, &Shelf<'s>)> {
        self.shelves.iter().filter_map(|shelf| match shelf.facet {
            Facet::Commune(code) => Some((code, shelf)),
            _ => None,
        })
    }

    /// The provinces with entries and their communes, by the province's name.
    pub fn provinces(&self, site: &'s Site) -> BTreeMap<&'s str, Vec<(&'s Unit, &Shelf<'s>)>> {
        let mut provinces: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (code, shelf) in self.communes() {
            if let Some(unit) = site.units.find(code) {
                provinces.entry(unit.province.as_ref()).or_default().push((unit, shelf));
            }
        }
        provinces
    }
}

impl Shelf<'_> {
    /// How many entries it has.
    pub fn count(&self) -> usize {
        self.lists.first().map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DesignationKind::{Inventoried, National, Provincial, SpecialNational, WorldHeritage};

    #[test]
    fn a_relic_stands_under_its_highest_rank_and_beside_it_under_what_is_none() {
        let found = |kinds: &[DesignationKind]| ranks(kinds.iter().copied()).collect::<Vec<_>>();
        assert_eq!(found(&[National, WorldHeritage, SpecialNational]), [WorldHeritage, SpecialNational]);
        assert_eq!(found(&[Provincial, Inventoried]), [Provincial]);
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn the_highest_rank_is_listed_first_and_no_rank_last() {
        let mut shown = [WorldHeritage, Inventoried, SpecialNational, National].map(Facet::Rank);
        shown.sort_by_key(|facet| facet.place());
        assert_eq!(shown, [SpecialNational, National, Inventoried, WorldHeritage].map(Facet::Rank));
    }
}
