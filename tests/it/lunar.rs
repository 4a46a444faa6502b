//! The lunar calendar against printed days and against a second implementation, day by day for two centuries.

use crate::scene::repository;
use dautich::vietnam::lunar::{LunarCalendar, LunarDate, LunarDay};
use jiff::civil::{Date, date};
use std::fs;
use std::process::Command;

/// Days that newspapers printed in both calendars. The one printed wrongly stands in a remark of the file.
#[test]
fn printed_days_are_met() {
    let table = fs::read_to_string(repository().join("tests/fixtures/lunar-vectors.tsv")).unwrap();
    let calendar = LunarCalendar::new();
    let mut pairs = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let solar: Date = cells.next().unwrap().parse().unwrap();
        let lunar = LunarDay::parse(cells.next().unwrap()).unwrap();
        assert_eq!(calendar.day_in(solar.year(), lunar), Some(solar), "{line}");
        pairs += 1;
    }
    assert_eq!(pairs, 14);
    // The misprint: 27 July 2025 is not 30/3, but a day of the second sixth month of that year.
    let misprint = calendar.lunar(date(2025, 7, 27)).unwrap();
    assert_eq!(misprint, LunarDate { year: 2025, month: 6, leap: true, day: 3 });
}

#[test]
fn every_day_of_two_centuries_is_as_a_second_implementation_has_it() {
    let python = std::env::var("DAUTICH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let tool = Command::new(python).arg(repository().join("tests/tools/lunar.py")).output().unwrap();
    assert!(tool.status.success(), "tests/run installs ephem: {}", String::from_utf8_lossy(&tool.stderr));
    let months: Vec<(Date, u8, bool)> = String::from_utf8(tool.stdout)
        .unwrap()
        .lines()
        .map(|line| {
            let (first, month) = line.split_once(' ').unwrap();
            (first.parse().unwrap(), month.trim_end_matches('+').parse().unwrap(), month.ends_with('+'))
        })
        .collect();
    let calendar = LunarCalendar::new();
    let (mut today, mut at, mut days) = (date(1900, 1, 1), 0, 0);
    let mut wrong = Vec::new();
    while today <= date(2100, 12, 31) {
        while months[at + 1].0 <= today {
            at += 1;
        }
        let (first, month, leap) = months[at];
        let day = u8::try_from(first.until(today).unwrap().get_days() + 1).unwrap();
        let ours = calendar.lunar(today).unwrap();
        if (ours.day, ours.month, ours.leap) != (day, month, leap) {
            wrong.push(format!("{today}: {ours:?}, not {day}/{month} {leap}"));
        }
        today = today.tomorrow().unwrap();
        days += 1;
    }
    assert_eq!(days, 73_414);
    assert!(wrong.is_empty(), "{} days, the first {}", wrong.len(), wrong[0]);
}
