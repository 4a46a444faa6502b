//! How long an OCOP award is good ("Mỗi xã một sản phẩm"): 36 months from its issue, for the certified product only.
//! After that neither the mark nor the stars may be shown; asking to be assessed again is the maker's affair.

use jiff::ToSpan;
use jiff::civil::Date;

/// How many days before the end an editor is reminded: an assessment takes that long.
const REMINDER: i32 = 90;

/// The last day of an award issued on a day. An award of 29 December 2023 is good through 29 December 2026.
pub fn last_day(issued_on: Date) -> Date {
    issued_on.saturating_add(36.months())
}

/// How an award stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Issued on a day that has not come yet.
    NotYet,
    /// Good for more than 90 days.
    Good,
    /// Good for so many days more, 0 on the last.
    Ending(i32),
    /// No longer good.
    Ended,
}

/// How an award issued on one day stands on another.
pub fn standing(issued_on: Date, today: Date) -> Standing {
    let left = today.until(last_day(issued_on)).map_or(0, |span| span.get_days());
    if today < issued_on {
        Standing::NotYet
    } else if left < 0 {
        Standing::Ended
    } else if left <= REMINDER {
        Standing::Ending(left)
    } else {
        Standing::Good
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_award_is_good_through_its_last_day() {
        let issued = date(2023, 12, 29);
        assert_eq!(last_day(issued), date(2026, 12, 29));
        assert_eq!(last_day(date(2024, 2, 29)), date(2027, 2, 28));
        assert_eq!(standing(issued, date(2023, 12, 28)), Standing::NotYet);
        assert_eq!(standing(issued, date(2023, 12, 29)), Standing::Good);
        assert_eq!(standing(issued, date(2026, 9, 29)), Standing::Good);
        assert_eq!(standing(issued, date(2026, 9, 30)), Standing::Ending(90));
        assert_eq!(standing(issued, date(2026, 11, 21)), Standing::Ending(38));
        assert_eq!(standing(issued, date(2026, 12, 29)), Standing::Ending(0));
        assert_eq!(standing(issued, date(2026, 12, 30)), Standing::Ended);
    }
}
