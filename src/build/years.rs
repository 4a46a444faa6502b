//! What a page tells of a relic's ranks and years: designations, timeline, festivals with their next days, in words.

use super::due::TIMES;
use super::tongue::{Said, Tongue};
use crate::site::Site;
use crate::site::relic::{Designation, Festival};
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

/// A festival, with its usual day in the lunar calendar.
#[derive(Serialize)]
pub struct FestivalView<'a> {
    name: Said<'a>,
    when: String,
    /// The next times it is usually held, in the solar calendar.
    next: Vec<TimeView>,
    source: Option<usize>,
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

/// A festival in words, with the next days on which it is usually held.
pub fn festival<'a>(
    tongue: Tongue<'a>,
    site: &Site,
    today: Date,
    festival: &'a Festival,
) -> FestivalView<'a> {
    let when = festival.lunar.map(|lunar| {
        let key = if lunar.day.is_some() { "lunar_day" } else { "lunar_last_day" };
        let day = lunar.day.map(|day| day.to_string()).unwrap_or_default();
        tongue.string(key).replace("{day}", &day).replace("{month}", &lunar.month.to_string())
    });
    let times = festival.next(&site.calendar, today, TIMES).into_iter();
    let next = times.map(|time| TimeView {
        words: tongue.days(time.first, time.last),
        first: time.first.to_string(),
        last: time.last.to_string(),
    });
    FestivalView {
        name: tongue.say(&festival.name),
        when: when.unwrap_or_default(),
        next: next.collect(),
        source: festival.source,
    }
}
