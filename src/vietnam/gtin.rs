//! The number under the bars (GS1 General Specifications, 7.9): its lengths and its check digit.
//! Knows nothing of prefixes: 893 is usual for goods of Vietnam, not required.

/// What is wrong with a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAGtin {
    /// Something that is no digit.
    Character(char),
    /// So many digits, and not 8, 12, 13 or 14.
    Length(usize),
    /// The last digit should be this one.
    Check(char),
}

/// Checks a GTIN-8, -12, -13 or -14.
///
/// # Errors
/// What is wrong with it.
pub fn check(number: &str) -> Result<(), NotAGtin> {
    if let Some(strange) = number.chars().find(|c| !c.is_ascii_digit()) {
        return Err(NotAGtin::Character(strange));
    }
    if !matches!(number.len(), 8 | 12 | 13 | 14) {
        return Err(NotAGtin::Length(number.len()));
    }
    let digits = number.bytes().rev().map(|b| u32::from(b - b'0'));
    // From the right: the check digit itself, then weights 3, 1, 3, …
    let sum: u32 =
        digits.skip(1).enumerate().map(|(at, digit)| if at % 2 == 0 { 3 * digit } else { digit }).sum();
    let right = char::from(b'0' + ((10 - sum % 10) % 10) as u8);
    if number.ends_with(right) { Ok(()) } else { Err(NotAGtin::Check(right)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of the GS1 specifications and check-digit calculator.
    #[test]
    fn good_numbers_of_every_length() {
        for number in
            ["96385074", "614141000036", "4006381333931", "06141411234562", "10614141000415", "8931234567897"]
        {
            assert_eq!(check(number), Ok(()), "{number}");
        }
    }

    #[test]
    fn a_wrong_digit_and_most_swaps_are_caught() {
        let good = "4006381333931";
        for at in 0..good.len() {
            for digit in "0123456789".chars().filter(|d| !good[at..].starts_with(*d)) {
                let wrong = format!("{}{digit}{}", &good[..at], &good[at + 1..]);
                assert!(matches!(check(&wrong), Err(NotAGtin::Check(_))), "{wrong}");
            }
        }
        assert_eq!(check("4006381333930"), Err(NotAGtin::Check('1')));
        assert_eq!(check("40063813339"), Err(NotAGtin::Length(11)));
        assert_eq!(check("4006381 33931"), Err(NotAGtin::Character(' ')));
        assert_eq!(check(""), Err(NotAGtin::Length(0)));
    }
}
