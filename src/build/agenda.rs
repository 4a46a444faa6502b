//! The page of festivals: the coming times by month, each with its days in both calendars, its place and its source.
//! Says "usually" and never promises; what is over hides itself in the reader's browser.

use super::facets::{PAGE, paged};
use super::festivals::{Time, calendar_path, festivals_path};
use super::plan::Plan;
use super::told::{PageLink, Told, pages};
use super::tongue::Said;
use super::view::{Named, Viewer};
use crate::diagnostic::Lang;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

/// The festivals of some months.
#[derive(Serialize)]
pub struct AgendaView<'a> {
    heading: &'a str,
    months: Vec<MonthView<'a>>,
    /// Where each month begins, where there are several pages.
    chips: Vec<(String, String)>,
    pages: Vec<PageLink>,
    /// The file with every festival.
    calendar: Option<String>,
}

/// The festivals that begin in one month.
#[derive(Serialize)]
pub struct MonthView<'a> {
    /// `m-2027-02`.
    anchor: String,
    label: String,
    /// The last day of any of them.
    last: String,
    rows: Vec<RowView<'a>>,
}

/// One time of a festival.
#[derive(Serialize)]
pub struct RowView<'a> {
    name: Said<'a>,
    entry: Named<'a>,
    place: Option<String>,
    /// "30/4 – 1/5/2027".
    days: String,
    weekday: &'a str,
    first: String,
    last: String,
    /// "ngày cuối tháng 3 âm lịch".
    lunar: String,
    /// The source's number on the entry's page, and what it is called.
    source: Option<(usize, &'a str)>,
    calendar: String,
}

/// A time, worded.
pub fn row<'a>(viewer: &Viewer<'a>, time: &Time<'a>) -> RowView<'a> {
    let (feast, held, tongue) = (time.feast, time.held, viewer.tongue());
    let sources = &feast.entry.sources;
    let source = feast
        .festival
        .source
        .and_then(|number| Some((number, sources.get(number.checked_sub(1)?)?.title.as_str())));
    RowView {
        name: tongue.say(&feast.festival.name),
        entry: viewer.named(feast.entry),
        place: feast.entry.place.as_ref().and_then(|place| viewer.commune(place)),
        days: tongue.days(held.first, held.last),
        weekday: tongue.weekday(held.first),
        first: held.first.to_string(),
        last: held.last.to_string(),
        lunar: tongue.lunar(feast.festival),
        source,
        calendar: format!(
            "{}{}",
            viewer.root,
            calendar_path(viewer.lang, Some((feast.entry.id.value, feast.number)))
        ),
    }
}

fn anchor(date: Date) -> String {
    format!("m-{:04}-{:02}", date.year(), date.month())
}

/// Times in the order of their days, month by month.
fn months<'a>(viewer: &Viewer<'a>, times: &'a [Time<'a>]) -> Vec<MonthView<'a>> {
    let month = |time: &Time<'_>| time.held.first.first_of_month();
    times
        .chunk_by(|a, b| month(a) == month(b))
        .filter_map(|times| {
            let first = times.first()?.held.first;
            Some(MonthView {
                anchor: anchor(first),
                label: viewer.tongue().month(first),
                last: times.iter().map(|time| time.held.last).max()?.to_string(),
                rows: times.iter().map(|time| row(viewer, time)).collect(),
            })
        })
        .collect()
}

/// One page of the coming festivals.
pub fn page<'a>(plan: &'a Plan<'a>, viewer: &Viewer<'a>, number: usize) -> Told<AgendaView<'a>> {
    let (lang, tongue) = (viewer.lang, viewer.tongue());
    let count = plan.ways.times.len().div_ceil(PAGE);
    let href = |page| format!("{}{}", viewer.root, paged(&festivals_path(lang), lang, page));
    let heading = tongue.string("festivals");
    let mut chips: Vec<(String, String)> = Vec::new();
    for (at, time) in plan.ways.times.iter().enumerate().filter(|_| count > 1) {
        let first = time.held.first;
        if at == 0 || plan.ways.times[at - 1].held.first.first_of_month() != first.first_of_month() {
            chips.push((tongue.month(first), format!("{}#{}", href(at / PAGE + 1), anchor(first))));
        }
    }
    let times = plan.ways.times.chunks(PAGE).nth(number - 1).unwrap_or_default();
    let title = if number > 1 { format!("{heading} ({number})") } else { heading.to_owned() };
    let names: Vec<&str> = times.iter().take(3).map(|time| time.feast.festival.name.get(lang).0).collect();
    let path = |lang: Lang| paged(&festivals_path(lang), lang, number);
    Told {
        layout: "festivals",
        here: None,
        description: format!("{title}: {}. {}", names.join("; "), tongue.string("festivals_change")),
        paths: viewer.site.config.languages.iter().map(|&lang| (lang, path(lang))).collect(),
        title,
        part: AgendaView {
            heading,
            months: months(viewer, times),
            chips,
            pages: pages(count, number, href),
            calendar: plan
                .ways
                .has_calendar()
                .then(|| format!("{}{}", viewer.root, calendar_path(lang, None))),
        },
    }
}

/// What the home tells: the festivals of this month and the next, at least three, at most five.
pub fn soon<'a>(plan: &'a Plan<'a>, viewer: &Viewer<'a>) -> Vec<RowView<'a>> {
    const FEWEST: usize = 3;
    const MOST: usize = 5;
    let end = plan.date.first_of_month().saturating_add(2.months());
    let near = plan.ways.times.iter().take_while(|time| time.held.first < end).count();
    plan.ways.times.iter().take(near.clamp(FEWEST, MOST)).map(|time| row(viewer, time)).collect()
}
