//! Ids that entries bear and ids by which they name one another: each borne once, each leading to an entry that is
//! shown, and none in a circle.

use crate::code::Id;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{codes, references};
use crate::site::entry::Facts;
use crate::site::{Entry, Kind, Site};
use std::collections::HashMap;

/// Every finding on ids between entries, in no particular order.
pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    let own = check_own_ids(site, found);
    check_former_ids(site, &own, found);
    for entry in &site.entries {
        check_named(site, entry, found);
    }
    check_clusters(site, &own, found);
}

/// Every id is borne by one entry; where each stands in the site.
fn check_own_ids(site: &Site, found: &mut Vec<Diagnostic>) -> HashMap<Id, usize> {
    let unread: HashMap<Id, &str> = site.unread.iter().map(|(id, folder)| (*id, folder.as_str())).collect();
    let mut own: HashMap<Id, usize> = HashMap::new();
    for (at, entry) in site.entries.iter().enumerate() {
        let id = entry.id;
        let other = own.get(&id.value).map(|first| site.entries[*first].file());
        match other.or(unread.get(&id.value).copied()) {
            Some(other) => found.push(codes::duplicate_id(id.as_str(), other).at(entry.file(), id.span)),
            None => drop(own.insert(id.value, at)),
        }
    }
    own
}

/// Every former id is borne by no entry of its own and claimed by one entry.
fn check_former_ids(site: &Site, own: &HashMap<Id, usize>, found: &mut Vec<Diagnostic>) {
    let mut claimed: HashMap<Id, &str> =
        site.unread.iter().map(|(id, folder)| (*id, folder.as_str())).collect();
    let mut alive: Vec<Vec<(usize, At<Id>)>> = vec![Vec::new(); site.entries.len()];
    for (at, entry) in site.entries.iter().enumerate() {
        for (nth, id) in entry.former_ids.iter().enumerate() {
            if entry.former_ids[..nth].iter().any(|other| other.value == id.value) {
                // Written twice in one list: told where it was read.
            } else if id.value == entry.id.value {
                found.push(references::names_itself("former_ids").at(entry.file(), id.span));
            } else if let Some(other) = own.get(&id.value) {
                alive[at].push((*other, *id));
            } else if let Some(other) = claimed.get(&id.value) {
                found.push(codes::duplicate_id(id.as_str(), other).at(entry.file(), id.span));
            } else {
                claimed.insert(id.value, entry.file());
            }
        }
    }
    let next: Vec<Vec<usize>> =
        alive.iter().map(|named| named.iter().map(|(other, _)| *other).collect()).collect();
    let circles = circles(&next);
    let round = |from: usize, to: usize| circles.iter().any(|circle| step_of(circle, from, to));
    for circle in &circles {
        let first = &site.entries[circle[0]];
        let id = alive[circle[0]].iter().find(|(to, _)| step_of(circle, circle[0], *to));
        let span = id.map_or(first.id.span, |(_, id)| id.span);
        let finding = references::former_ids_in_a_circle(&names(site, circle));
        found.push(finding.at(first.file(), span));
    }
    for (at, named) in alive.iter().enumerate() {
        for (other, id) in named.iter().filter(|(other, _)| !round(at, *other)) {
            let finding = references::former_id_alive(id.as_str(), &site.entries[*other].folder);
            found.push(finding.at(site.entries[at].file(), id.span));
        }
    }
}

/// Every entry that a fact names is there, is shown, and is of the kind that the fact takes.
fn check_named(site: &Site, entry: &Entry, found: &mut Vec<Diagnostic>) {
    let named: Vec<(&str, &At<Id>)> = match &entry.facts {
        Facts::Relic(relic) => relic.part_of.iter().map(|id| ("part_of", id)).collect(),
        Facts::Product(product) => product.from_relics.iter().map(|id| ("from_relics", id)).collect(),
        Facts::Trail(trail) => trail.stops.iter().map(|id| ("stops", id)).collect(),
        Facts::Guide(_) => Vec::new(),
    };
    for (key, id) in named {
        let finding = match site.entry(id.value) {
            None if site.unread.iter().any(|(unread, _)| *unread == id.value) => continue,
            None => references::no_such_entry(key, id.as_str()),
            Some(other) if std::ptr::eq(other, entry) => references::names_itself(key),
            Some(other) if other.kind != Kind::Relic && key != "stops" => {
                references::reference_of_another_kind(key, id.as_str())
            }
            // What is not published itself names others as it likes.
            Some(other) if is_shown(other) || !is_shown(entry) => continue,
            Some(other) => references::reference_not_shown(key, id.as_str(), other.withdrawn.is_some()),
        };
        found.push(finding.at(entry.file(), id.span));
    }
}

fn is_shown(entry: &Entry) -> bool {
    !entry.draft.value && entry.withdrawn.is_none()
}

/// No relic is a part of itself by way of others.
fn check_clusters(site: &Site, own: &HashMap<Id, usize>, found: &mut Vec<Diagnostic>) {
    let cluster = |entry: &Entry| match &entry.facts {
        // By way of a former id, too.
        Facts::Relic(relic) => relic.part_of.and_then(|id| own.get(&site.entry(id.value)?.id.value).copied()),
        _ => None,
    };
    let next: Vec<Vec<usize>> =
        site.entries.iter().map(|entry| cluster(entry).into_iter().collect()).collect();
    for circle in circles(&next).iter().filter(|circle| circle.len() > 1) {
        let first = &site.entries[circle[0]];
        let Facts::Relic(relic) = &first.facts else { continue };
        let span = relic.part_of.map_or(first.id.span, |id| id.span);
        let finding = references::part_of_in_a_circle(&names(site, circle));
        found.push(finding.at(first.file(), span));
    }
}

fn names<'s>(site: &'s Site, circle: &[usize]) -> Vec<&'s str> {
    circle.iter().map(|at| site.entries[*at].source().title.as_str()).collect()
}

/// Whether a circle goes from one to the other.
fn step_of(circle: &[usize], from: usize, to: usize) -> bool {
    let at = circle.iter().position(|each| *each == from);
    at.is_some_and(|at| circle[(at + 1) % circle.len()] == to)
}

/// The circles among `next`, from each to those it names, each told once and beginning with its first in order.
/// Walks with a stack of its own: a chain may be as long as the site.
fn circles(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        OnTheWay,
        Done,
    }
    let mut seen = vec![Seen::Never; next.len()];
    let mut circles = Vec::new();
    for start in 0..next.len() {
        if seen[start] != Seen::Never {
            continue;
        }
        // Each with how many of those it names have been followed.
        let mut way = vec![(start, 0)];
        seen[start] = Seen::OnTheWay;
        while let Some((at, followed)) = way.last_mut() {
            let Some(to) = next[*at].get(*followed).copied() else {
                seen[*at] = Seen::Done;
                way.pop();
                continue;
            };
            *followed += 1;
            match seen[to] {
                Seen::Never => {
                    seen[to] = Seen::OnTheWay;
                    way.push((to, 0));
                }
                Seen::OnTheWay => {
                    let mut circle: Vec<usize> =
                        way.iter().map(|(at, _)| *at).skip_while(|at| *at != to).collect();
                    let first =
                        circle.iter().enumerate().min_by_key(|(_, at)| **at).map_or(0, |(nth, _)| nth);
                    circle.rotate_left(first);
                    circles.push(circle);
                }
                Seen::Done => {}
            }
        }
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_circle_is_found_once_whatever_leads_into_it() {
        assert!(circles(&[vec![1], vec![2], vec![]]).is_empty());
        assert_eq!(circles(&[vec![2], vec![0], vec![1]]), [[0, 2, 1]]);
        assert_eq!(circles(&[vec![1], vec![2], vec![1], vec![1]]), [[1, 2]]);
        assert_eq!(circles(&[vec![0], vec![2], vec![1]]), [vec![0], vec![1, 2]]);
        let long: Vec<Vec<usize>> = (0..100_000).map(|at| vec![(at + 1) % 100_000]).collect();
        assert_eq!(circles(&long)[0].len(), 100_000);
    }
}
