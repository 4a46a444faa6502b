//! A day of the Vietnamese lunar calendar as a festival names it.
//! Only reads and keeps the day; the solar dates are computed by a later part.

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
