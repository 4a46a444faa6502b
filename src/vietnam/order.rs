//! Vietnamese alphabetical order, from the CLDR table for `vi`: ă after a, đ after d, tones last.
//! Names are ordered by what is their own: "Chùa Côn Sơn" stands under C of Côn Sơn, not among a hundred pagodas.

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

/// Words that say what a place is, longest first where one begins another.
const PLACES: [&str; 58] = [
    "khu di tích quốc gia đặc biệt",
    "khu di tích lịch sử",
    "khu di tích",
    "khu lưu niệm",
    "khu lăng mộ",
    "khu mộ",
    "cụm di tích",
    "quần thể di tích",
    "quần thể",
    "di tích lịch sử",
    "di tích",
    "địa điểm",
    "danh thắng",
    "thắng cảnh",
    "nhà thờ họ",
    "nhà thờ",
    "nhà lưu niệm",
    "nhà cổ",
    "từ đường",
    "văn miếu",
    "văn từ",
    "văn chỉ",
    "võ miếu",
    "đền thờ",
    "đền",
    "đình làng",
    "đình",
    "chùa",
    "miếu",
    "nghè",
    "phủ",
    "điện",
    "am",
    "quán",
    "lăng mộ",
    "lăng",
    "mộ",
    "tháp",
    "bia",
    "cổng",
    "giếng",
    "cầu",
    "động",
    "hang",
    "núi",
    "đồi",
    "thành cổ",
    "thành",
    "phố cổ",
    "làng cổ",
    "làng",
    "bến",
    "đảo",
    "hồ",
    "gò",
    "bãi cọc",
    "bảo tàng",
    "tượng đài",
];

/// Words that say what a product is.
const PRODUCTS: [&str; 24] = [
    "bánh",
    "mắm",
    "nước mắm",
    "rượu",
    "gạo",
    "nếp",
    "trà",
    "chè",
    "kẹo",
    "mứt",
    "giò",
    "chả",
    "nem",
    "bún",
    "miến",
    "mì",
    "gốm sứ",
    "gốm",
    "nghề",
    "làng nghề",
    "tranh",
    "đồ gỗ",
    "thêu",
    "múa rối nước",
];

/// What is a name's own: the name of a place without the words that say what it is.
pub fn place_name(title: &str) -> &str {
    proper(title, &PLACES)
}

/// What is a name's own: the name of a product without the words that say what it is.
pub fn product_name(title: &str) -> &str {
    proper(title, &PRODUCTS)
}

/// The title from its first word that is no generic one; the whole of it where all are.
fn proper<'t>(title: &'t str, generic: &[&str]) -> &'t str {
    let mut rest = title.trim_start();
    loop {
        let stripped = generic.iter().filter_map(|word| after(rest, word)).min_by_key(|rest| rest.len());
        match stripped {
            // Two kinds in one name, "Đền – chùa Thiên Đế", are both set aside.
            Some(next) if !next.is_empty() => rest = next,
            _ => return rest,
        }
    }
}

/// What follows a generic word at the head of a title, without the joints after it; `None` where another word is there.
fn after<'t>(title: &'t str, word: &str) -> Option<&'t str> {
    // Most words fall at their first byte, which capitals share with small letters but for one bit.
    if title.as_bytes().first()? & 0xdf != word.as_bytes().first()? & 0xdf {
        return None;
    }
    let mut letters = title.char_indices();
    for wanted in word.chars() {
        let (_, letter) = letters.next()?;
        letter.to_lowercase().eq([wanted]).then_some(())?;
    }
    let rest = letters.as_str();
    let joint = |c: char| c.is_whitespace() || matches!(c, '–' | '-' | ',' | '&');
    if !rest.is_empty() && !rest.starts_with(joint) {
        return None;
    }
    let rest = rest.trim_start_matches(joint);
    Some(rest.strip_prefix("và ").unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_under_what_is_their_own() {
        for (title, own) in [
            ("Chùa Côn Sơn", "Côn Sơn"),
            ("Văn miếu Mao Điền", "Mao Điền"),
            ("Đền Bia", "Bia"),
            ("Đền – chùa Thiên Đế", "Thiên Đế"),
            ("Đền, đình và chùa Sượt", "Sượt"),
            ("Khu di tích Côn Sơn – Kiếp Bạc", "Côn Sơn – Kiếp Bạc"),
            ("Thành Đông", "Đông"),
            ("Am", "Am"),
            ("Đìnhx Tràng", "Đìnhx Tràng"),
        ] {
            assert_eq!(place_name(title), own);
        }
        assert_eq!(product_name("Bánh đậu xanh Hải Dương"), "đậu xanh Hải Dương");
        assert_eq!(product_name("Vải thiều Thanh Hà"), "Vải thiều Thanh Hà");
    }

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
