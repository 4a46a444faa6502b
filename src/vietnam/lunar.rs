//! The Vietnamese lunar calendar from 1900 to 2100: new moons and solar terms as they fall at UTC+7.
//! After Jean Meeus, *Astronomical Algorithms*, 2nd ed., chapters 25 and 49; ΔT after Espenak and Meeus. Before 1968 the
//! calendar in force counted from other meridians: those years are told as today's rule would have them.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A day of a lunar month; `day` is `None` for the month's last day, because day 30 may not exist.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LunarDay {
    /// 1 to 30, or `None` for the last day of the month.
    pub day: Option<u8>,
    /// 1 to 12; never a leap month: festivals follow the regular one.
    pub month: u8,
}

impl LunarDay {
    /// Reads `18/2` or `last/3`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, month) = text.split_once('/')?;
        let month = month.trim().parse().ok().filter(|m| (1..=12).contains(m))?;
        let day = match day.trim() {
            "last" => None,
            day => Some(day.parse().ok().filter(|d| (1..=30).contains(d))?),
        };
        Some(Self { day, month })
    }
}

/// A day as the lunar calendar names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LunarDate {
    /// The year by the number of the solar year in which it begins: 2026 begins on 17 February 2026.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// Whether it is the second month of that number.
    pub leap: bool,
    /// 1 to 30.
    pub day: u8,
}

/// One lunar month.
#[derive(Clone, Copy, Debug)]
struct Month {
    year: i16,
    number: u8,
    leap: bool,
    /// Its first day, as a Julian day number.
    first: i32,
}

/// Every month from the end of 1898 to the beginning of 2102; made once for a site.
pub struct LunarCalendar(Vec<Month>);

/// The years for which days are told.
const FROM: Date = date(1900, 1, 1);
const TO: Date = date(2100, 12, 31);
/// Numbers of new moons since that of 6 January 2000 (Meeus), of winter 1898 and of spring 2102.
const NEW_MOONS: std::ops::Range<i32> = -1252..1265;

impl LunarCalendar {
    /// Computes the calendar: 2,517 new moons and the Sun's place at each, about a millisecond.
    pub fn new() -> Self {
        let moons: Vec<(i32, u8)> = NEW_MOONS
            .map(|k| {
                let first = (new_moon(k) + 0.5 + HANOI).floor();
                (first as i32, sector(first - 0.5 - HANOI))
            })
            .collect();
        // The month in which the Sun reaches 270°, the winter solstice, is the eleventh.
        let solstice = |at: &usize| moons[*at].1 <= 8 && moons[at + 1].1 >= 9;
        let elevenths: Vec<usize> = (0..moons.len() - 1).filter(solstice).collect();
        let mut months = Vec::with_capacity(moons.len());
        for pair in elevenths.windows(2) {
            // Thirteen months between two solstices: the first without a principal term is the leap month.
            let span = pair[0]..pair[1];
            let leap = (span.len() == 13)
                .then(|| span.clone().skip(1).find(|&at| moons[at].1 == moons[at + 1].1))
                .flatten();
            let (winter, mut number) = (year_of(moons[pair[0]].0), 11);
            for at in span {
                if at != pair[0] && leap != Some(at) {
                    number = number % 12 + 1;
                }
                let year = if number >= 11 { winter } else { winter + 1 };
                months.push(Month { year, number, leap: leap == Some(at), first: moons[at].0 });
            }
        }
        Self(months)
    }

    /// The lunar name of a day; `None` outside 1900 to 2100.
    pub fn lunar(&self, day: Date) -> Option<LunarDate> {
        if !(FROM..=TO).contains(&day) {
            return None;
        }
        let day = number_of(day);
        let month = self.0[..self.0.partition_point(|month| month.first <= day)].last()?;
        let day = u8::try_from(day - month.first + 1).ok()?;
        Some(LunarDate { year: month.year, month: month.number, leap: month.leap, day })
    }

    /// The day of a lunar date; `None` where there is none (a thirtieth, a leap month) or outside 1900 to 2100.
    pub fn solar(&self, lunar: LunarDate) -> Option<Date> {
        let (first, length) = self.month(lunar.year, lunar.month, lunar.leap)?;
        (1..=length).contains(&lunar.day).then(|| day_of(first + i32::from(lunar.day) - 1)).flatten()
    }

    /// How many days a month has, 29 or 30.
    pub fn length(&self, year: i16, month: u8, leap: bool) -> Option<u8> {
        Some(self.month(year, month, leap)?.1)
    }

    /// The day on which a lunar day falls in a year: in the regular month, and on its last day where it has no thirtieth.
    pub fn day_in(&self, year: i16, lunar: LunarDay) -> Option<Date> {
        let (first, length) = self.month(year, lunar.month, false)?;
        day_of(first + i32::from(lunar.day.map_or(length, |day| day.min(length))) - 1)
    }

    /// First day and length of a month.
    fn month(&self, year: i16, number: u8, leap: bool) -> Option<(i32, u8)> {
        let at = self.0.binary_search_by_key(&(year, number, leap), |m| (m.year, m.number, m.leap)).ok()?;
        let length = u8::try_from(self.0.get(at + 1)?.first - self.0[at].first).ok()?;
        Some((self.0[at].first, length))
    }
}

impl Default for LunarCalendar {
    fn default() -> Self {
        Self::new()
    }
}

/// UTC+7 in days.
const HANOI: f64 = 7.0 / 24.0;
/// The Julian day number of 1 January 1970, counted at noon.
const EPOCH: i32 = 2_440_588;

fn number_of(day: Date) -> i32 {
    EPOCH + day.duration_since(date(1970, 1, 1)).as_hours() as i32 / 24
}

/// `None` outside 1900 to 2100.
fn day_of(number: i32) -> Option<Date> {
    let day = date(1970, 1, 1).checked_add((number - EPOCH).days()).ok()?;
    (FROM..=TO).contains(&day).then_some(day)
}

fn year_of(number: i32) -> i16 {
    date(1970, 1, 1).checked_add((number - EPOCH).days()).map_or(0, Date::year)
}

/// What a table row adds: the amount, the power of the Earth's eccentricity, and multiples of M, M′, F (Meeus, p. 351).
type Term = (f64, i32, f64, f64, f64);

const TERMS: [Term; 24] = [
    (-0.40720, 0, 0.0, 1.0, 0.0),
    (0.17241, 1, 1.0, 0.0, 0.0),
    (0.01608, 0, 0.0, 2.0, 0.0),
    (0.01039, 0, 0.0, 0.0, 2.0),
    (0.00739, 1, -1.0, 1.0, 0.0),
    (-0.00514, 1, 1.0, 1.0, 0.0),
    (0.00208, 2, 2.0, 0.0, 0.0),
    (-0.00111, 0, 0.0, 1.0, -2.0),
    (-0.00057, 0, 0.0, 1.0, 2.0),
    (0.00056, 1, 1.0, 2.0, 0.0),
    (-0.00042, 0, 0.0, 3.0, 0.0),
    (0.00042, 1, 1.0, 0.0, 2.0),
    (0.00038, 1, 1.0, 0.0, -2.0),
    (-0.00024, 1, -1.0, 2.0, 0.0),
    (-0.00007, 0, 2.0, 1.0, 0.0),
    (0.00004, 0, 0.0, 2.0, -2.0),
    (0.00004, 0, 3.0, 0.0, 0.0),
    (0.00003, 0, 1.0, 1.0, -2.0),
    (0.00003, 0, 0.0, 2.0, 2.0),
    (-0.00003, 0, 1.0, 1.0, 2.0),
    (0.00003, 0, -1.0, 1.0, 2.0),
    (-0.00002, 0, -1.0, 1.0, -2.0),
    (-0.00002, 0, 1.0, 3.0, 0.0),
    (0.00002, 0, 0.0, 4.0, 0.0),
];

/// What the planets add: a phase and its change a month in degrees, and the amount in millionths of a day (Meeus, p. 352).
const PLANETS: [(f64, f64, f64); 14] = [
    (299.77, 0.107408, 325.0),
    (251.88, 0.016321, 165.0),
    (251.83, 26.651886, 164.0),
    (349.42, 36.412478, 126.0),
    (84.66, 18.206239, 110.0),
    (141.74, 53.303771, 62.0),
    (207.14, 2.453732, 60.0),
    (154.84, 7.306860, 56.0),
    (34.52, 27.261239, 47.0),
    (207.19, 0.121824, 42.0),
    (291.34, 1.844379, 40.0),
    (161.72, 24.198154, 37.0),
    (239.56, 25.513099, 35.0),
    (331.55, 3.592518, 23.0),
];

/// The `k`th new moon since 6 January 2000 as a Julian date in universal time, within half a minute (Meeus, chapter 49).
fn new_moon(k: i32) -> f64 {
    // Two seconds from midnight in Hà Nội, nearer than these sums reach: fuller theories, and the calendar then in
    // force, have it on 8 July 1967.
    if k == -402 {
        return 2_439_679.5 - HANOI;
    }
    let k = f64::from(k);
    let t = k / 1236.85;
    let mean = 2_451_550.097_66
        + 29.530_588_861 * k
        + (0.000_154_37 + (-0.000_000_150 + 0.000_000_000_73 * t) * t) * t * t;
    let eccentricity = 1.0 - (0.002_516 + 0.000_007_4 * t) * t;
    let sun = 2.5534 + 29.105_356_70 * k - (0.000_001_4 + 0.000_000_11 * t) * t * t;
    let moon = 201.5643 + 385.816_935_28 * k + (0.010_758_2 + (0.000_012_38 - 0.000_000_058 * t) * t) * t * t;
    let latitude =
        160.7108 + 390.670_502_84 * k - (0.001_611_8 + (0.000_002_27 - 0.000_000_011 * t) * t) * t * t;
    let node = 124.7746 - 1.563_755_88 * k + (0.002_067_2 + 0.000_002_15 * t) * t * t;
    let mut dynamical = mean - 0.000_17 * sine(node);
    for (amount, power, by_sun, by_moon, by_latitude) in TERMS {
        let angle = by_sun * sun + by_moon * moon + by_latitude * latitude;
        dynamical += amount * eccentricity.powi(power) * sine(angle);
    }
    for (at, (phase, change, amount)) in PLANETS.into_iter().enumerate() {
        let bend = if at == 0 { 0.009_173 * t * t } else { 0.0 };
        dynamical += amount * 1e-6 * sine(phase + change * k - bend);
    }
    dynamical - delta_t(dynamical)
}

/// In which twelfth of its year the Sun stands, 0 from the spring equinox on, at a Julian date in universal time
/// (Meeus, chapter 25, within 0.01°).
fn sector(universal: f64) -> u8 {
    let t = (universal + delta_t(universal) - 2_451_545.0) / 36_525.0;
    let mean = 280.466_46 + (36_000.769_83 + 0.000_303_2 * t) * t;
    let anomaly = 357.529_11 + (35_999.050_29 - 0.000_153_7 * t) * t;
    let centre = (1.914_602 - (0.004_817 + 0.000_014 * t) * t) * sine(anomaly)
        + (0.019_993 - 0.000_101 * t) * sine(2.0 * anomaly)
        + 0.000_289 * sine(3.0 * anomaly);
    let apparent = mean + centre - 0.005_69 - 0.004_78 * sine(125.04 - 1934.136 * t);
    (apparent.rem_euclid(360.0) / 30.0) as u8
}

fn sine(degrees: f64) -> f64 {
    degrees.to_radians().sin()
}

/// Dynamical less universal time in days at a Julian date (Espenak and Meeus, polynomials of 2006).
fn delta_t(julian: f64) -> f64 {
    let year = 2000.0 + (julian - 2_451_545.0) / 365.25;
    let sum = |from: f64, factors: &[f64]| {
        factors.iter().rev().fold(0.0, |sum, factor| sum * (year - from) + factor)
    };
    let seconds = match year {
        ..1920.0 => sum(1900.0, &[-2.79, 1.494_119, -0.059_893_9, 0.006_196_6, -0.000_197]),
        ..1941.0 => sum(1920.0, &[21.20, 0.844_93, -0.076_100, 0.002_093_6]),
        ..1961.0 => sum(1950.0, &[29.07, 0.407, -1.0 / 233.0, 1.0 / 2547.0]),
        ..1986.0 => sum(1975.0, &[45.45, 1.067, -1.0 / 260.0, -1.0 / 718.0]),
        ..2005.0 => sum(2000.0, &[63.86, 0.3345, -0.060_374, 0.001_727_5, 0.000_651_814, 0.000_023_735_99]),
        ..2050.0 => sum(2000.0, &[62.92, 0.322_17, 0.005_589]),
        _ => -20.0 + 32.0 * ((year - 1820.0) / 100.0).powi(2) - 0.5628 * (2150.0 - year),
    };
    seconds / 86_400.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days of Tết as printed calendars have them, those of 1968, 1985, 2007 and 2030 a day or a month before China's.
    #[test]
    fn the_new_year_falls_as_in_vietnam() {
        let calendar = LunarCalendar::new();
        let first = |year| calendar.day_in(year, LunarDay { day: Some(1), month: 1 }).unwrap();
        assert_eq!(first(1968), date(1968, 1, 29));
        assert_eq!(first(1985), date(1985, 1, 21));
        assert_eq!(first(2007), date(2007, 2, 17));
        assert_eq!(first(2026), date(2026, 2, 17));
        assert_eq!(first(2030), date(2030, 2, 2));
    }

    #[test]
    fn leap_months_and_short_months() {
        let calendar = LunarCalendar::new();
        assert_eq!(calendar.length(2025, 6, true), Some(29));
        assert_eq!(calendar.length(2024, 6, true), None);
        for (year, days) in
            [(2023, 29), (2024, 29), (2025, 30), (2026, 30), (2027, 29), (2028, 30), (2029, 29), (2030, 29)]
        {
            assert_eq!(calendar.length(year, 3, false), Some(days), "{year}");
        }
        // 30/3 of a year without one is its last day, and so is `last/3`.
        let last = calendar.day_in(2027, LunarDay { day: None, month: 3 });
        assert_eq!(calendar.day_in(2027, LunarDay { day: Some(30), month: 3 }), last);
        assert_eq!(calendar.solar(LunarDate { year: 2027, month: 3, leap: false, day: 30 }), None);
        assert_eq!(calendar.lunar(date(1899, 12, 31)), None);
        assert_eq!(calendar.lunar(date(2101, 1, 1)), None);
    }

    #[test]
    fn every_day_leads_to_its_lunar_name_and_back() {
        let calendar = LunarCalendar::new();
        let mut day = FROM;
        while day <= TO {
            assert_eq!(calendar.solar(calendar.lunar(day).unwrap()), Some(day));
            day = day.tomorrow().unwrap();
        }
    }
}
