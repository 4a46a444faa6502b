//! What a page tells of a relic's ranks and years: designations, timeline, festivals with their next days, in words.

use super::due::TIMES;
use super::festivals::calendar_path;
use super::tongue::{Said, Tongue};
use crate::site::Entry;
use crate::site::relic::{Designation, Festival};
use crate::vietnam::lunar::LunarCalendar;
use jiff::civil::Date;
use serde::Serialize;

/// One designation, worded by the theme.
#[derive(Serialize)]
pub struct Ranked<'a> {
    kind: &'static str,
    year: Option<i64>,
    decision: Option<&'a str>,
    issuer: Option<Said<'a>>,
    source: Option<usize>,
}

/// One line of the timeline.
#[derive(Serialize)]
pub struct Event<'a> {
    pub(super) when: Said<'a>,
    pub(super) what: Said<'a>,
}

/// A festival on its entry's page.
#[derive(Serialize)]
pub struct FestivalView<'a> {
    name: Said<'a>,
    when: String,
    /// The next times it is usually held, in the solar calendar.
    next: Vec<TimeView>,
    source: Option<usize>,
    /// Its calendar file.
    calendar: Option<String>,
}

#[derive(Serialize)]
struct TimeView {
    words: String,
    first: String,
    last: String,
}

/// A designation in words.
pub fn ranked<'a>(tongue: Tongue<'a>, step: &'a Designation) -> Ranked<'a> {
    Ranked {
        kind: step.kind.word(),
        year: step.year,
        decision: step.decision.as_deref(),
        issuer: tongue.say_some(step.issuer.as_ref()),
        source: step.source,
    }
}

/// A festival, worded. `around` is the lunar calendar, the day of the build and the way to the root.
pub fn festival<'a>(
    tongue: Tongue<'a>,
    entry: &Entry,
    number: usize,
    festival: &'a Festival,
    (calendar, today, root): (&LunarCalendar, Date, &str),
) -> FestivalView<'a> {
    let times = festival.next(calendar, today, TIMES).into_iter();
    let next = times.map(|time| TimeView {
        words: tongue.days(time.first, time.last),
        first: time.first.to_string(),
        last: time.last.to_string(),
    });
    let next: Vec<_> = next.collect();
    FestivalView {
        name: tongue.say(&festival.name),
        when: tongue.lunar(festival),
        calendar: (!next.is_empty() && !entry.draft.value)
            .then(|| format!("{}{}", root, calendar_path(tongue.lang, Some((entry.id.value, number))))),
        next,
        source: festival.source,
    }
}
