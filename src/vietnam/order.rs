//! Vietnamese alphabetical order, from the CLDR table for `vi`: ă after a, đ after d, tones last.
//! Only compares; what is compared (the proper name) is the caller's choice.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use std::cmp::Ordering;

/// The collator for Vietnamese, built once and shared.
pub struct Order(CollatorBorrowed<'static>);

impl Order {
    /// The order of the locale `vi`; `None` only if the compiled table lacked it.
    pub fn vietnamese() -> Option<Self> {
        Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok().map(Self)
    }

    /// Which of two names comes first in a Vietnamese list.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.compare(a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_and_letters_stand_as_in_a_dictionary() {
        let order = Order::vietnamese().unwrap();
        let mut names = vec![
            "Đền", "Da", "bạ", "Ấp", "An", "bá", "Ăn", "Đảo", "ba", "Ân", "bà", "Dền", "bả", "Ánh", "bã",
        ];
        names.sort_by(|a, b| order.compare(a, b));
        assert_eq!(
            names,
            ["An", "Ánh", "Ăn", "Ân", "Ấp", "ba", "bà", "bả", "bã", "bá", "bạ", "Da", "Dền", "Đảo", "Đền"]
        );
    }
}
