//! What is wrong between files: ids borne twice, addresses that collide, links and facts that lead nowhere, and
//! above all the ledger: a code that hangs on a wall must still resolve.

use super::due;
use super::references;
use crate::code::{Id, PrintedAddress};
use crate::diagnostic::rules::codes::Plaque;
use crate::diagnostic::rules::{codes, facts, heads, prose, references as named};
use crate::diagnostic::{Diagnostic, Lang};
use crate::site::config::Moved;
use crate::site::entry::Facts;
use crate::site::ledger::Row;
use crate::site::place::Place;
use crate::site::{Entry, Site, config, ledger};
use crate::vietnam::folding::{fold, nearest};
use crate::vietnam::mergers::{Mergers, Old};
use crate::vietnam::units::Unit;
use jiff::civil::Date;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Every finding that needs more than one file, in no particular order. `date` is the day of the build.
pub fn check(site: &Site, date: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    references::check(site, &mut found);
    check_slugs(site, &mut found);
    let folders: Vec<String> = site.entries.iter().map(|entry| link_path(&entry.folder)).collect();
    let mut near = Near { folders: &folders, known: HashMap::new() };
    let mergers: Lazy = LazyCell::new(Mergers::bundled);
    for entry in &site.entries {
        check_links(site, entry, &mut near, &mut found);
        check_places(site, entry, &mergers, &mut found);
        due::check(site, entry, date, &mut found);
    }
    check_standing(site, &mut found);
    check_lost_rows(site, &mut found);
    check_printed_address(site, date, &mut found);
    found
}

/// `content/relics/den-bia` as a link writes it: `@/relics/den-bia/index.md`.
fn link_path(folder: &str) -> String {
    format!("@/{}/index.md", folder.strip_prefix("content/").unwrap_or(folder))
}

fn check_slugs(site: &Site, found: &mut Vec<Diagnostic>) {
    for lang in &site.config.languages {
        let mut taken: BTreeMap<String, &Entry> = BTreeMap::new();
        for entry in &site.entries {
            let path = site.path(entry, *lang);
            if let Some(other) = taken.get(&path) {
                found.push(heads::slug_collision(&path, &other.folder).in_file(&entry.folder));
            } else {
                taken.insert(path, entry);
            }
        }
        // Every language has the same folders: told once.
        if found.iter().any(|finding| finding.code.0 == 20) {
            return;
        }
    }
}

/// Did-you-means for dead links, each distinct one looked for once: a removed entry may be linked from everywhere.
struct Near<'a> {
    folders: &'a [String],
    known: HashMap<String, Option<String>>,
}

/// Distinct dead links for which a did-you-mean is looked for; a site with more has another trouble.
const MOST_NEAR: usize = 50;

impl Near<'_> {
    fn find(&mut self, site: &Site, link: &str) -> Option<String> {
        if let Some(known) = self.known.get(link) {
            return known.clone();
        }
        if self.known.len() >= MOST_NEAR {
            return None;
        }
        let near = match link.strip_prefix("id:") {
            // An id in small letters is told by its capitals; another wrong id is like every right one.
            Some(id) => Some(format!("id:{}", id.to_uppercase()))
                .filter(|id| matches!(site.linked(id), Some(Some(_)))),
            None => nearest(link, self.folders.iter().map(String::as_str)).map(str::to_owned),
        };
        self.known.insert(link.to_owned(), near.clone());
        near
    }
}

fn check_links(site: &Site, entry: &Entry, near: &mut Near<'_>, found: &mut Vec<Diagnostic>) {
    for article in &entry.articles {
        if entry.is_stale(article) {
            found.push(prose::stale_translation(article.lang).in_file(&article.file));
        }
        for link in &article.links {
            match site.linked(link) {
                Some(Some(target)) if target.draft.value => {
                    found.push(prose::link_to_unpublished(link, false).at(&article.file, link.span));
                }
                Some(Some(target)) if target.withdrawn.is_some() => {
                    found.push(prose::link_to_unpublished(link, true).at(&article.file, link.span));
                }
                Some(Some(_)) => {}
                Some(None) | None if is_unread(site, link) => {}
                Some(None) | None => {
                    let near = near.find(site, link);
                    found.push(prose::broken_link(link, near.as_deref()).at(&article.file, link.span));
                }
            }
        }
    }
}

/// Whether a link leads to an entry whose own head is broken: that is told there.
fn is_unread(site: &Site, link: &str) -> bool {
    site.unread
        .iter()
        .any(|(id, folder)| link.strip_prefix("id:") == Some(id.as_str()) || link == link_path(folder))
}

/// The table of mergers, read where a place asks for it.
type Lazy = LazyCell<Mergers>;

fn check_places(site: &Site, entry: &Entry, mergers: &Lazy, found: &mut Vec<Diagnostic>) {
    let mut places: Vec<&Place> = entry.place.iter().collect();
    match &entry.facts {
        Facts::Product(product) => {
            places.extend(product.makers.iter().filter_map(|maker| maker.place.as_ref()))
        }
        Facts::Guide(guide) => {
            places.extend(guide.contact_point.iter().filter_map(|(_, place, _)| place.as_ref()))
        }
        Facts::Relic(_) | Facts::Trail(_) => {}
    }
    for place in places {
        let Some(code) = &place.commune else { continue };
        match site.units.find(code) {
            None => found.push(no_such_unit(site, code, mergers).at(entry.file(), code.span)),
            Some(unit) => {
                let Some(before) = &place.before else { continue };
                found.extend(
                    went_elsewhere(site, before, unit, mergers)
                        .map(|finding| finding.at(entry.file(), before.span)),
                );
            }
        }
    }
}

fn no_such_unit(site: &Site, code: &str, mergers: &Lazy) -> Diagnostic {
    match mergers.find(code) {
        Some(old) => facts::abolished_commune(code, old.name, &successors(site, old)),
        None => facts::unknown_commune(code),
    }
}

/// The communes of today that took an old one over, as a page names them with their codes.
fn successors(site: &Site, old: &Old) -> Vec<String> {
    let known = old.successors().filter_map(|(code, _)| site.units.find(code));
    known.map(|unit| format!("{} {}", unit.code, unit.label(Lang::VI))).collect()
}

/// Whether the commune that a place was in before did not go to the one it is said to be in. Names are shared by many:
/// only those that went to the same province count, and where none did nothing can be said.
fn went_elsewhere(site: &Site, before: &str, here: &Unit, mergers: &Lazy) -> Option<Diagnostic> {
    let kinds = ["xa ", "phuong ", "thi tran "];
    let part = before.split(',').map(str::trim).find(|part| {
        let folded = fold(part);
        kinds.iter().any(|kind| folded.starts_with(kind))
    })?;
    let same_province = |code: &str| site.units.find(code).is_some_and(|unit| unit.province == here.province);
    let old: Vec<&Old> =
        mergers.named(part).filter(|old| old.successors().any(|(code, _)| same_province(code))).collect();
    let led_here = old.iter().any(|old| old.successors().any(|(code, _)| code == here.code));
    if old.is_empty() || led_here {
        return None;
    }
    let into: Vec<String> = old.iter().flat_map(|old| successors(site, old)).collect();
    Some(facts::before_went_elsewhere(part, &here.label(Lang::VI), &into))
}

/// Every code of the ledger leads to an entry that is published.
fn check_standing(site: &Site, found: &mut Vec<Diagnostic>) {
    for (id, standing) in site.ledger.standing() {
        let row = standing.printed;
        let date = row.date.to_string();
        let (name, place, batch) = (row.name.as_str(), row.place.as_str(), row.batch.as_str());
        let plaque = Plaque { id: id.as_str(), name, place, batch, date: &date };
        match site.entry(id) {
            Some(entry) if entry.draft.value => {
                found.push(codes::drafted_plaque(&plaque).at(entry.file(), entry.draft.span));
            }
            Some(entry) => check_name(row, entry, found),
            // A head that cannot be read is an error of its own; its plaque is not dead yet.
            None if site.unread.iter().any(|(unread, _)| *unread == id) => {}
            None => found.push(codes::dead_plaque(&plaque).in_file(ledger::FILE)),
        }
    }
}

/// The name on the plaque is the entry's own still. A withdrawn entry's page says what became of it.
fn check_name(row: &Row, entry: &Entry, found: &mut Vec<Diagnostic>) {
    let even = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let title = &entry.source().title;
    let printed = even(&row.name);
    // Whoever wrote it under `also` knows.
    let known = even(title) == printed || entry.also.iter().any(|name| even(name) == printed);
    if !known && !printed.is_empty() && entry.withdrawn.is_none() {
        let finding = named::renamed_since_printed(&row.name, title, &row.batch);
        found.push(finding.at(entry.file(), title.span));
    }
}

/// Every row that the last build published is still in the ledger.
fn check_lost_rows(site: &Site, found: &mut Vec<Diagnostic>) {
    for row in site.published.rows().filter(|row| !site.ledger.holds(row)) {
        let id = row.id.map(|id| id.to_string()).unwrap_or_default();
        found.push(codes::lost_row(&id, &row.name, &row.batch, &row.date.to_string()).in_file(ledger::FILE));
    }
}

/// Whether the rows of `moved` lead on from one of them to an address without a row of its own, or to that of today.
fn arrives(rows: &[Moved], first: &Moved, now: &PrintedAddress) -> bool {
    let mut at = first;
    for _ in 0..=rows.len() {
        match rows.iter().find(|next| next.from == at.to).filter(|_| at.to != *now) {
            Some(next) => at = next,
            None => return true,
        }
    }
    false
}

/// Every address on a wall is the site's own, or one that somebody promised to keep.
fn check_printed_address(site: &Site, date: Date, found: &mut Vec<Diagnostic>) {
    let config = &site.config;
    if let Some(address) = config.printed_address.as_ref().filter(|address| address.has_path()) {
        let text = address.value.to_string();
        let path = text.splitn(4, '/').nth(3).unwrap_or_default();
        found.push(codes::address_with_path(path).at(config::FILE, address.span));
    }
    if let Some(now) = &config.printed_address {
        for moved in &config.moved {
            if moved.to != now.value && !config.moved.iter().any(|next| next.from == moved.to) {
                let finding = codes::moved_elsewhere(&moved.to.to_string(), &now.value.to_string());
                found.push(finding.at(config::FILE, moved.span));
            }
        }
        if let Some(moved) = config.moved.iter().find(|moved| !arrives(&config.moved, moved, &now.value)) {
            found.push(codes::moved_in_a_circle(&moved.from.to_string()).at(config::FILE, moved.span));
        }
        let private = url::Url::parse(&config.base_url).is_ok_and(|url| url.host_str() == Some("localhost"));
        if private && !now.value.is_private() {
            found.push(codes::private_base_url(&config.base_url).in_file(config::FILE));
        }
    }
    let mut carried: BTreeMap<&PrintedAddress, (BTreeSet<Id>, &str)> = BTreeMap::new();
    let standing = site.ledger.standing();
    for (id, code) in &standing {
        for address in &code.addresses {
            carried.entry(address).or_insert_with(|| (BTreeSet::new(), &code.latest.name)).0.insert(*id);
        }
    }
    for (address, (ids, example)) in carried {
        let now = config.printed_address.as_ref().map(|now| &now.value);
        if now == Some(address) {
            continue;
        }
        let from = address.to_string();
        let Some(moved) = config.moved.iter().find(|moved| moved.from == *address) else {
            let now = now.map(ToString::to_string);
            let finding = codes::address_changed(&from, now.as_deref(), ids.len(), example);
            found.push(match &config.printed_address {
                Some(now) => finding.at(config::FILE, now.span),
                None => finding.in_file(config::FILE),
            });
            continue;
        };
        let until = moved.until.to_string();
        let finding = if date > moved.until {
            codes::moved_address_expired(&from, ids.len(), &moved.kept_by, &until)
        } else {
            codes::moved_address(&from, ids.len(), &moved.kept_by, &until)
        };
        found.push(finding.at(config::FILE, moved.span));
    }
}
