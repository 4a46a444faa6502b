//! One language of a page and the theme's words in it: facts said, days and spans of days written out.
//! Never translates and never writes a tag.

use super::theme::Theme;
use crate::diagnostic::Lang;
use crate::site::Words;
use crate::site::relic::Festival;
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;

/// Words on a page, with their language where it is not the page's own.
#[derive(Serialize)]
pub struct Said<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// The language they are really in, where it is another one.
    pub lang: Option<Lang>,
}

impl<'a> Said<'a> {
    /// Words in the page's own language, or in none (a number).
    pub fn own(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), lang: None }
    }
}

/// A language of a page.
#[derive(Clone, Copy)]
pub struct Tongue<'a> {
    /// The theme, for its strings.
    pub theme: &'a Theme,
    /// The language.
    pub lang: Lang,
}

impl<'a> Tongue<'a> {
    /// The theme's wording for a key.
    pub fn string(&self, key: &'a str) -> &'a str {
        self.theme.string(self.lang, key)
    }

    /// Words in the page's language, or in another one that is named.
    pub fn say(&self, words: &'a Words) -> Said<'a> {
        let (text, lang) = words.get(self.lang);
        Said { text: text.into(), lang }
    }

    /// The same for words that may be absent.
    pub fn say_some(&self, words: Option<&'a Words>) -> Option<Said<'a>> {
        words.map(|words| self.say(words))
    }

    fn fill(&self, pattern: &'a str, date: Date) -> String {
        let month = self.string(MONTHS[usize::from(date.month().unsigned_abs()) - 1]);
        self.string(pattern)
            .replace("{day}", &date.day().to_string())
            .replace("{month}", month)
            .replace("{year}", &date.year().to_string())
    }

    /// A day in words: "21/11/2026", "21 November 2026".
    pub fn day(&self, date: Date) -> String {
        self.fill("date", date)
    }

    /// A span of days in words: "6–7/5/2027", "30 April – 1 May 2027".
    pub fn days(&self, first: Date, last: Date) -> String {
        if first == last {
            return self.day(first);
        }
        if first.year() != last.year() {
            return format!("{} – {}", self.day(first), self.day(last));
        }
        if first.month() != last.month() {
            return format!("{} – {}", self.fill("date_day_month", first), self.day(last));
        }
        self.fill("date_same_month", last).replace("{from}", &first.day().to_string())
    }

    /// A distance in kilometres: "1,2", "14".
    pub fn kilometres(&self, far: f64) -> String {
        let figure = if far < 10.0 { format!("{far:.1}") } else { format!("{far:.0}") };
        if self.lang == Lang::VI { figure.replace('.', ",") } else { figure }
    }

    /// A month of a year in words: "Tháng 2/2027", "February 2027".
    pub fn month(&self, date: Date) -> String {
        self.fill("date_month", date)
    }

    /// The day of the week.
    pub fn weekday(&self, date: Date) -> &'a str {
        self.string(WEEKDAYS[date.weekday().to_monday_zero_offset().unsigned_abs() as usize])
    }

    /// A festival's first day in the lunar calendar: "ngày 18 tháng 2 âm lịch"; nothing where none is written.
    pub fn lunar(&self, festival: &Festival) -> String {
        let Some(lunar) = festival.lunar else { return String::new() };
        let key = if lunar.day.is_some() { "lunar_day" } else { "lunar_last_day" };
        let day = lunar.day.map(|day| day.to_string()).unwrap_or_default();
        self.string(key).replace("{day}", &day).replace("{month}", &lunar.month.to_string())
    }

    /// A whole number, its thousands set apart: "1.234", "1,234".
    pub fn figure(&self, number: usize) -> String {
        let digits = number.to_string();
        let mark = if self.lang == Lang::VI { '.' } else { ',' };
        let mut out = String::with_capacity(digits.len() + 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    /// A number with the language's decimal mark.
    pub fn number(&self, number: f64) -> String {
        let figures = number.to_string();
        if self.lang == Lang::VI { figures.replace('.', ",") } else { figures }
    }

    /// How much a file weighs: "721 KB", "1,3 MB" (of 1,024 and 1,048,576 bytes), never less than it does.
    pub fn size(&self, bytes: u64) -> String {
        let kilobytes = bytes.div_ceil(1024);
        if kilobytes < 1000 {
            format!("{kilobytes} KB")
        } else {
            format!("{} MB", self.number((bytes as f64 / 104_857.6).ceil() / 10.0))
        }
    }
}

const WEEKDAYS: [&str; 7] =
    ["weekday_1", "weekday_2", "weekday_3", "weekday_4", "weekday_5", "weekday_6", "weekday_7"];

const MONTHS: [&str; 12] = [
    "month_1", "month_2", "month_3", "month_4", "month_5", "month_6", "month_7", "month_8", "month_9",
    "month_10", "month_11", "month_12",
];
