//! When festivals come: each time of the next twelve months, from the day of the build, in the order of its days.
//! Only computes days; that a festival is held is never promised here or anywhere.

use crate::code::Id;
use crate::diagnostic::Lang;
use crate::site::entry::Facts;
use crate::site::relic::{Festival, Held};
use crate::site::{Entry, Site};
use jiff::ToSpan;
use jiff::civil::Date;

/// The folder of the page of festivals.
pub fn festivals_path(lang: Lang) -> String {
    format!("{lang}/{}/", if lang == Lang::VI { "le-hoi" } else { "festivals" })
}

/// The calendar file of one festival, or of all of them. Not below the page: its address tells of no language's words.
pub fn calendar_path(lang: Lang, feast: Option<(Id, usize)>) -> String {
    match feast {
        Some((id, number)) => format!("data/festivals/{lang}/{id}-{number}.ics"),
        None => format!("data/festivals/{lang}.ics"),
    }
}

/// A festival of an entry.
#[derive(Clone, Copy, Debug)]
pub struct Feast<'s> {
    /// Whose.
    pub entry: &'s Entry,
    /// Which of its festivals, from 1.
    pub number: usize,
    /// What is written of it.
    pub festival: &'s Festival,
}

/// A festival, and one time it is usually held.
pub struct Time<'s> {
    /// The festival.
    pub feast: Feast<'s>,
    /// The days.
    pub held: Held,
}

/// The festivals of published entries, in the order of the entries.
pub fn feasts<'s>(shown: &[&'s Entry]) -> Vec<Feast<'s>> {
    let mut feasts = Vec::new();
    for entry in shown.iter().filter(|entry| entry.withdrawn.is_none() && !entry.draft.value) {
        let Facts::Relic(relic) = &entry.facts else { continue };
        feasts.extend((1..).zip(&relic.festivals).map(|(number, festival)| Feast {
            entry,
            number,
            festival,
        }));
    }
    feasts
}

/// Every time in the twelve months from a day on, one that is going on among them.
pub fn coming<'s>(site: &Site, feasts: &[Feast<'s>], today: Date) -> Vec<Time<'s>> {
    let end = today.saturating_add(1.year());
    let mut times: Vec<Time<'s>> = Vec::new();
    for feast in feasts {
        // A lunar year is as short as 353 days: two times may fall into twelve months.
        let next = feast.festival.next(&site.calendar, today, 2);
        let near = next.into_iter().filter(|held| held.first < end);
        times.extend(near.map(|held| Time { feast: *feast, held }));
    }
    let key =
        |time: &Time<'_>| (time.held.first, time.held.last, time.feast.entry.id.value, time.feast.number);
    times.sort_by_key(key);
    times
}
