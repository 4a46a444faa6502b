//! A heritage place: its ranks as a history, its story, its festivals.
//! Keeps what was written, and tells on which days a festival falls; which rank is shown first is for later.

use super::fields::Fields;
use super::words::Words;
use crate::code::Id;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::agreement;
use crate::diagnostic::{Span, Text};
use crate::vietnam::lunar::{LunarCalendar, LunarDay};
use jiff::ToSpan;
use jiff::civil::Date;

/// What a relic is ranked for; a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelicType {
    /// lịch sử
    History,
    /// kiến trúc nghệ thuật
    Architecture,
    /// khảo cổ
    Archaeology,
    /// danh lam thắng cảnh
    Landscape,
}

impl RelicType {
    const CHOICES: [(&'static str, Self); 4] = [
        ("history", Self::History),
        ("architecture", Self::Architecture),
        ("archaeology", Self::Archaeology),
        ("landscape", Self::Landscape),
    ];

    /// The word people write.
    pub const fn word(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }
}

/// A rank, or one of the designations that are no rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DesignationKind {
    /// Listed in the inventory, not ranked.
    Inventoried,
    /// cấp tỉnh
    Provincial,
    /// quốc gia
    National,
    /// quốc gia đặc biệt
    SpecialNational,
    /// A World Heritage site or part of one.
    WorldHeritage,
    /// bảo vật quốc gia, inside the relic
    NationalTreasure,
    /// di sản văn hóa phi vật thể, the festival
    Intangible,
}

impl DesignationKind {
    const CHOICES: [(&'static str, Self); 7] = [
        ("inventoried", Self::Inventoried),
        ("provincial", Self::Provincial),
        ("national", Self::National),
        ("special-national", Self::SpecialNational),
        ("world-heritage", Self::WorldHeritage),
        ("national-treasure", Self::NationalTreasure),
        ("intangible", Self::Intangible),
    ];

    /// The word people write.
    pub const fn word(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }

    /// Whether it is a rank; World Heritage, treasures and intangible heritage stand beside the ranks.
    pub fn is_rank(self) -> bool {
        self <= Self::SpecialNational
    }
}

/// One step in the history of a relic's ranks.
#[derive(Debug)]
pub struct Designation {
    /// Which rank or designation.
    pub kind: DesignationKind,
    /// In which year.
    pub year: Option<i64>,
    /// The decision's number.
    pub decision: Option<String>,
    /// Who decided.
    pub issuer: Option<Words>,
    /// The source's number, from 1.
    pub source: Option<usize>,
}

/// A time in words, with the years it spans for sorting.
#[derive(Debug)]
pub struct Period {
    /// How people say it.
    pub text: Words,
    /// First year, negative before our era.
    pub from: Option<i64>,
    /// Last year.
    pub to: Option<i64>,
}

/// One event in a relic's story.
#[derive(Debug)]
pub struct Event {
    /// When, in words.
    pub when: Words,
    /// The year it is sorted by.
    pub sort: Option<i64>,
    /// What happened.
    pub what: Words,
    /// The source's number, from 1.
    pub source: Option<usize>,
}

/// A festival on a lunar day.
#[derive(Debug)]
pub struct Festival {
    /// What it is called.
    pub name: Words,
    /// Its first day.
    pub lunar: Option<LunarDay>,
    /// How many days it lasts.
    pub days: i64,
    /// Every how many years.
    pub every: i64,
    /// A year in which it was held, for `every`.
    pub from_year: Option<i64>,
    /// Years in which it was not held.
    pub cancelled: Vec<i64>,
    /// The source's number, from 1.
    pub source: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

/// A festival in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The lunar year whose month has no thirtieth, where the thirtieth is written: `first` is the 29th.
    pub short: Option<i16>,
}

/// What a visitor should know; only what a source gives.
#[derive(Debug, Default)]
pub struct Visiting {
    /// How to dress.
    pub dress: Option<Words>,
    /// Steps, ramps, paths.
    pub access: Option<Words>,
    /// When it is open.
    pub hours: Option<Words>,
    /// What it costs.
    pub fee: Option<Words>,
}

/// A heritage place.
#[derive(Debug)]
pub struct Relic {
    /// What it is ranked for.
    pub types: Vec<RelicType>,
    /// Ranks and other designations as a history.
    pub designations: Vec<Designation>,
    /// The cluster's entry.
    pub part_of: Option<At<Id>>,
    /// Who is worshipped.
    pub worships: Option<Words>,
    /// From when it is.
    pub period: Option<Period>,
    /// Its story in dates.
    pub timeline: Vec<Event>,
    /// Its festivals.
    pub festivals: Vec<Festival>,
    /// Notes for visitors.
    pub visiting: Visiting,
    /// The name and security of the free network; never its password.
    pub wifi: Option<(String, Option<String>)>,
}

impl Relic {
    /// The highest rank it has, if any.
    pub fn rank(&self) -> Option<DesignationKind> {
        self.designations.iter().map(|step| step.kind).filter(|kind| kind.is_rank()).max()
    }

    pub(super) fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Self {
        let one_or_more = Text::new(
            "một hay nhiều loại: [history, architecture, archaeology, landscape]",
            "one or more of [history, architecture, archaeology, landscape]",
        );
        let types = fields.required("types", &one_or_more, |fields| {
            let written = fields.texts("types");
            fields.tell_twice("types", &written);
            let types = fields.choices("types", &RelicType::CHOICES);
            (!types.is_empty()).then_some(types)
        });
        Self {
            types: types.unwrap_or_default(),
            designations: Designation::read_all(fields, sources),
            part_of: fields.id("part_of"),
            worships: fields.words("worships"),
            period: fields.map("period", Period::read),
            timeline: Event::read_all(fields, sources),
            festivals: fields.list("festivals", |fields| Festival::read(fields, sources)),
            visiting: fields
                .map("visiting", |fields| {
                    Some(Visiting {
                        dress: fields.words("dress"),
                        access: fields.words("access"),
                        hours: fields.words("hours"),
                        fee: fields.words("fee"),
                    })
                })
                .unwrap_or_default(),
            wifi: fields.map("wifi", |fields| {
                let ssid = fields.required_text("ssid", &Text::new("tên mạng", "the network's name"));
                let security = fields.text("security").map(|text| text.value);
                Some((ssid?.value, security))
            }),
        }
    }
}

impl Period {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let text = fields.required("text", &said(), |fields| fields.words("text"));
        let (from, to) = (fields.year("from"), fields.year("to"));
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let span = fields.place_of("from");
            fields.reader.report(agreement::period_backwards(from, to), span);
        }
        Some(Self { text: text?, from, to })
    }
}

impl Event {
    fn read_all(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Vec<Self> {
        let mut latest: Option<i64> = None;
        fields.list("timeline", |fields| {
            let when = fields.required("when", &said(), |fields| fields.words("when"));
            let sort = fields.year("sort");
            let what = fields.required("what", &said(), |fields| fields.words("what"));
            let source = fields.source(sources);
            if let (Some(year), Some(before)) = (sort, latest)
                && year < before
            {
                let span = fields.place_of("sort");
                fields.reader.report(agreement::out_of_order(year, before), span);
            }
            latest = latest.max(sort);
            Some(Self { when: when?, sort, what: what?, source })
        })
    }
}

impl Designation {
    fn read_all(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Vec<Self> {
        let mut seen = Vec::new();
        fields.list("designations", |fields| {
            let step = Self::read(fields, sources)?;
            if step.kind.is_rank() && step.year.is_some() {
                if seen.contains(&(step.kind, step.year)) {
                    let span = fields.place_of("kind");
                    fields.reader.report(agreement::same_rank_again(step.kind.word()), span);
                }
                seen.push((step.kind, step.year));
            }
            Some(step)
        })
    }

    fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Option<Self> {
        let rank =
            Text::new("hạng hoặc danh hiệu, ví dụ national", "the rank or designation, as in national");
        let kind = fields.required("kind", &rank, |fields| fields.choice("kind", &DesignationKind::CHOICES));
        let year = fields.year("year");
        let decision = fields.text("decision").map(|text| text.value);
        let (issuer, source) = (fields.words("issuer"), fields.source(sources));
        Some(Self { kind: kind?, year, decision, issuer, source })
    }
}

impl Festival {
    fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Option<Self> {
        let name = fields.required("name", &said(), |fields| fields.words("name"));
        let lunar = fields.lunar("lunar");
        let days = fields.number_within("days", 1, 60);
        let every = fields.number_within("every", 1, 100);
        let from_year = fields.number("from_year").map(|n| n.value);
        let (cancelled, source) = (fields.numbers("cancelled"), fields.source(sources));
        Some(Self {
            name: name?,
            lunar,
            days: days.unwrap_or(1),
            every: every.unwrap_or(1),
            from_year,
            cancelled,
            source,
            span: fields.span,
        })
    }
}

impl Festival {
    /// The next times it is held on a day or after it, at most `count`; one that is going on is among them. `every`,
    /// `from_year` and `cancelled` speak of the solar year of the first day.
    pub fn next(&self, calendar: &LunarCalendar, today: Date, count: usize) -> Vec<Held> {
        let Some(lunar) = self.lunar.filter(|_| self.every == 1 || self.from_year.is_some()) else {
            return Vec::new();
        };
        let held = |year: i64| {
            let due = (year - self.from_year.unwrap_or(year)) % self.every == 0;
            due && self.from_year.is_none_or(|from| year >= from) && !self.cancelled.contains(&year)
        };
        // The last months of a lunar year fall in the next solar one. A hundred years of `every` for each, and no more.
        (today.year() - 1..=today.year().saturating_add(300))
            .filter_map(|year| {
                let first = calendar.day_in(year, lunar)?;
                let last = first.checked_add((self.days - 1).days()).ok()?;
                let short = lunar.day == Some(30) && calendar.length(year, lunar.month, false) == Some(29);
                Some(Held { first, last, short: short.then_some(year) })
            })
            .filter(|time| time.last >= today && held(i64::from(time.first.year())))
            .take(count)
            .collect()
    }
}

fn said() -> Text {
    Text::new("lời cho người đọc, như {vi: …, en: …}", "words for the reader, as in {vi: …, en: …}")
}
