//! Festivals as iCalendar (RFC 5545): whole days, the next three times of each, none of them promised.
//! A lunar day follows no rule of recurrence, so each time is an event of its own.

use super::due::TIMES;
use super::festivals::Feast;
use super::plan::Plan;
use super::view::Viewer;
use crate::site::place::Precision;
use crate::site::relic::Held;
use jiff::ToSpan;
use std::fmt::Write as _;

/// The most octets of a line, its end not counted (section 3.1).
const LINE: usize = 75;

/// A calendar of one festival, or of all. `base_url` is where the site is served.
pub fn calendar(plan: &Plan<'_>, viewer: &Viewer<'_>, base_url: &str, only: Option<Feast<'_>>) -> Vec<u8> {
    let site = viewer.site.config.title.get(viewer.lang).0;
    let name = only.map_or(site, |feast| feast.festival.name.get(viewer.lang).0);
    let mut out = String::new();
    for (property, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//dautich//festivals//VI"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        line(&mut out, &format!("{property}:{value}"));
    }
    line(&mut out, "METHOD:PUBLISH");
    line(&mut out, &format!("X-WR-CALNAME:{}", text(name)));
    let feasts = plan.ways.feasts.iter().filter(|_| only.is_none()).copied().chain(only);
    for feast in feasts {
        for held in feast.festival.next(&plan.site.calendar, plan.date, TIMES) {
            event(&mut out, viewer, base_url, feast, held);
        }
    }
    line(&mut out, "END:VCALENDAR");
    out.into_bytes()
}

fn event(out: &mut String, viewer: &Viewer<'_>, base_url: &str, feast: Feast<'_>, held: Held) {
    let (entry, lang, tongue) = (feast.entry, viewer.lang, viewer.tongue());
    let day = |date: jiff::civil::Date| date.strftime("%Y%m%d").to_string();
    let after = held.last.saturating_add(1.day());
    let title = &entry.article(lang).unwrap_or(entry.source()).title.value;
    let name = feast.festival.name.get(lang).0;
    let page = format!("{base_url}{}", viewer.site.path(entry, lang));
    line(out, "BEGIN:VEVENT");
    // Of the entry's id and the lunar year alone: a site that moves to another address renews its events, and two times
    // in one solar year (26/11 of the lunar one falls in January and in December) stay two.
    let year = viewer.site.calendar.lunar(held.first).map_or_else(|| held.first.year(), |day| day.year);
    line(out, &format!("UID:{}-{}-{year}@dautich", entry.id.value, feast.number));
    line(out, &format!("DTSTAMP:{}T000000Z", day(viewer.date)));
    line(out, &format!("DTSTART;VALUE=DATE:{}", day(held.first)));
    line(out, &format!("DTEND;VALUE=DATE:{}", day(after)));
    let summary = if name.contains(title.as_str()) { name.to_owned() } else { format!("{name}, {title}") };
    line(out, &format!("SUMMARY:{}", text(&summary)));
    let told = format!(
        "{} {}. {}",
        tongue.string("festival_usually"),
        tongue.lunar(feast.festival),
        tongue.string("festivals_change")
    );
    line(out, &format!("DESCRIPTION:{}", text(&format!("{told}\n{page}"))));
    if let Some(place) = &entry.place {
        if let Some(commune) = viewer.commune(place) {
            line(out, &format!("LOCATION:{}", text(&format!("{title}, {commune}"))));
        }
        if let Some((latitude, longitude)) = place.point.filter(|_| place.precision == Precision::Site) {
            line(out, &format!("GEO:{latitude:.6};{longitude:.6}"));
        }
    }
    line(out, &format!("URL:{page}"));
    line(out, "STATUS:TENTATIVE");
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

/// A value of type TEXT (section 3.3.11): control characters have no place in it.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One content line, folded so that no part is longer than [`LINE`] octets and no letter is cut in two.
fn line(out: &mut String, content: &str) {
    let mut used = 0;
    for c in content.chars() {
        if used + c.len_utf8() > LINE {
            let _ = out.write_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        for content in ["x".repeat(300), "ề".repeat(200), format!("SUMMARY:{}", "a ế𝄞".repeat(60))] {
            let mut out = String::new();
            line(&mut out, &content);
            let parts: Vec<&str> = out.strip_suffix("\r\n").unwrap().split("\r\n").collect();
            assert!(parts.len() > 3 && parts.iter().all(|part| part.len() <= LINE));
            assert!(
                parts[..parts.len() - 1].iter().all(|part| part.len() > LINE - 4),
                "no line is cut early"
            );
            assert_eq!(out.replace("\r\n ", ""), format!("{content}\r\n"));
        }
        let mut out = String::new();
        line(&mut out, &"x".repeat(LINE));
        assert_eq!(out.len(), LINE + 2);
    }

    #[test]
    fn marks_of_the_format_are_words_again() {
        assert_eq!(text("Hội; làng, \\ \"cũ\"\nhai\r\u{7}"), "Hội\\; làng\\, \\\\ \"cũ\"\\nhai");
    }
}
