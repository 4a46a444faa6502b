//! What in a text belongs to a person (Law 91/2025/QH15): telephone numbers, identity numbers, a keeper's name.
//! Guesses by shape, with care for decision numbers, years, bar codes and coordinates; a person judges.

use std::ops::Range;

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Personal {
    /// A telephone number: mobile (10 digits) or fixed (11).
    Phone,
    /// An identity number, and whether the text calls it one: 12 digits (CCCD), or 9 (CMND) where it is called so.
    Identity(bool),
    /// The name of somebody who keeps a relic.
    Keeper,
}

/// Everything personal in a text.
pub fn find(text: &str) -> Vec<(Personal, Range<usize>)> {
    let mut found = Vec::new();
    let mut next = 0;
    // By bytes: the whole nation's texts pass here, and these three are never part of another letter.
    for (at, byte) in text.bytes().enumerate() {
        if at < next || !(byte.is_ascii_digit() || byte == b'+' || byte == b'(') {
            continue;
        }
        if !has_nine(&text.as_bytes()[at..]) {
            next = at + 1 + text.as_bytes()[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            continue;
        }
        let Some(run) = Run::at(text, at) else { continue };
        if let Some((personal, end)) = run.judge(text, at) {
            found.push((personal, at..end));
            next = end;
        } else {
            next = run.groups[0].end;
        }
    }
    found.extend(keepers(text).map(|range| (Personal::Keeper, range)));
    found.sort_by_key(|(_, range)| range.start);
    found
}

/// Whether at least nine digits follow, with single marks between them: years, prices and the like are passed by early.
fn has_nine(bytes: &[u8]) -> bool {
    let mut digits = 0;
    for byte in bytes.iter().take(40) {
        match byte {
            b'0'..=b'9' => digits += 1,
            b' ' | b'.' | b'-' | b'(' | b')' | b'+' | 0xc2 | 0xa0 => {}
            _ => break,
        }
    }
    digits >= 9
}

/// Whether a name is that of a person: it begins as people are addressed.
pub fn is_person(name: &str) -> bool {
    const ADDRESSED: [&str; 13] =
        ["Ông", "Bà", "Anh", "Chị", "Cụ", "Cô", "Chú", "Bác", "Nghệ nhân", "Mr", "Mrs", "Ms", "Mr."];
    ADDRESSED.iter().any(|word| {
        name.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')).is_some_and(|rest| is_name(rest) > 0)
    })
}

/// Groups of digits with single marks between them.
struct Run {
    groups: Vec<Range<usize>>,
}

impl Run {
    /// The run that begins at a digit, `+` or `(`; `None` inside a word, a decimal or an address on the web.
    fn at(text: &str, start: usize) -> Option<Self> {
        let before = &text[..start];
        let mut last = before.chars().rev();
        let (one, two) = (last.next(), last.next());
        let called = ["zalo.me/", "wa.me/", "tel:"].iter().any(|end| before.ends_with(end));
        let inside = match one {
            Some('/' | '_' | '=' | '%' | '&' | '#' | '@') => true,
            Some('.' | ',' | '-') => two.is_some_and(char::is_alphanumeric),
            Some(c) => c.is_alphanumeric(),
            None => false,
        };
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        if !called && (inside || word.contains("://")) {
            return None;
        }
        let bytes = text.as_bytes();
        let digits_from = |at: usize| at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut at = start + text[start..].len() - text[start..].trim_start_matches(['+', '(']).len();
        let mut groups = Vec::new();
        while groups.len() < 7 {
            let end = digits_from(at);
            if end == at {
                break;
            }
            groups.push(at..end);
            let gap = &text[end..];
            let marks =
                gap.strip_prefix(") (").or_else(|| gap.strip_prefix(") ")).or_else(|| gap.strip_prefix(" ("));
            let rest = marks.or_else(|| gap.strip_prefix([' ', '.', '-', '\u{a0}', ')', '(']));
            match rest {
                Some(rest) => at = text.len() - rest.len(),
                None => break,
            }
        }
        (!groups.is_empty()).then_some(Self { groups })
    }

    /// The longest beginning of the run that is somebody's number, and where it ends.
    fn judge(&self, text: &str, start: usize) -> Option<(Personal, usize)> {
        for count in (1..=self.groups.len()).rev() {
            let groups = &self.groups[..count];
            let end = groups[count - 1].end;
            let after = text[end..].chars().next();
            // `0912345678/QĐ-TTg` is a decision, `…78x` a word.
            if after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_' | '°' | '%')) {
                continue;
            }
            let digits: String = groups.iter().map(|group| &text[group.clone()]).collect();
            let lengths: Vec<usize> = groups.iter().map(ExactSizeIterator::len).collect();
            if is_phone(&digits, &lengths, text[start..].starts_with('+')) {
                return Some((Personal::Phone, end));
            }
            if let Some(sure) = is_identity(&digits, &lengths, &text[..start]) {
                return Some((Personal::Identity(sure), end));
            }
        }
        None
    }
}

/// How mobile numbers begin.
const MOBILE: [&str; 37] = [
    "032", "033", "034", "035", "036", "037", "038", "039", "052", "055", "056", "058", "059", "070", "076",
    "077", "078", "079", "081", "082", "083", "084", "085", "086", "087", "088", "089", "090", "091", "092",
    "093", "094", "095", "096", "097", "098", "099",
];

/// Numbers in use since 2018: mobile ones of ten digits, fixed ones of eleven that begin with 02. Not 1800 and 1900:
/// nobody's own.
fn is_phone(digits: &str, lengths: &[usize], plus: bool) -> bool {
    let abroad = digits
        .strip_prefix("0084")
        .or_else(|| digits.strip_prefix("84").filter(|_| plus || lengths.len() == 1))
        .map(|rest| format!("0{}", rest.trim_start_matches('0')));
    if plus && abroad.is_none() {
        return false;
    }
    let number = abroad.as_deref().unwrap_or(digits);
    // `0.9738…` is a decimal; `09.09.1945 12` a day and a count.
    if lengths.len() > 1 && lengths[0] < 2 || lengths.starts_with(&[2, 2, 4]) && abroad.is_none() {
        return false;
    }
    match number.len() {
        10 => MOBILE.contains(&&number[..3]),
        11 => number.starts_with("02"),
        _ => false,
    }
}

/// Whether digits are an identity number, and whether the words before call it so. The first three digits of twelve are
/// a province of the register, 001 to 096, the fourth the sex and the century of birth.
fn is_identity(digits: &str, lengths: &[usize], before: &str) -> Option<bool> {
    let tail: String = {
        let letters: Vec<char> = before.chars().rev().take(60).collect();
        letters.into_iter().rev().collect::<String>().to_lowercase()
    };
    let named = |words: &[&str]| words.iter().any(|word| tail.contains(word));
    let sure = named(&[
        "cccd",
        "cmnd",
        "cmt",
        "căn cước",
        "chứng minh",
        "số định danh",
        "identity",
        "id card",
        "citizen",
    ]);
    let even = lengths.iter().all(|length| *length == lengths[0]);
    match digits.len() {
        9 if sure && even => Some(true),
        12 if even && (sure || !named(&["gtin", "mã vạch", "barcode", "bar code", "ean", "upc"])) => {
            let province: u32 = digits[..3].parse().ok()?;
            let shaped = (1..=96).contains(&province) && matches!(digits.as_bytes()[3], b'0'..=b'3');
            (sure || shaped).then_some(sure)
        }
        _ => None,
    }
}

/// Names of living keepers: "thủ từ Trần Văn …", "keeper Mr Trần …".
fn keepers(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    // Without their first letters, which may be capitals.
    const CALLED: [(&str, usize); 3] = [("hủ từ", 1), ("gười trông coi", 1), ("eeper", 1)];
    const LINKS: [&str; 12] = ["là", "ông", "bà", "cụ", "anh", "chị", "cô", "is", "Mr", "Mrs", "Ms", "Mr."];
    CALLED.iter().flat_map(move |(called, before)| {
        text.match_indices(called).filter_map(move |(at, _)| {
            let start = at
                .checked_sub(*before)
                .filter(|at| matches!(text.as_bytes()[*at] | 32, b't' | b'n' | b'k'))?;
            let mut rest = text[at + called.len()..].trim_start_matches([',', ':']);
            // Another word that only begins so.
            rest = rest.strip_prefix([' ', '\u{a0}'])?;
            while let Some(after) = LINKS.iter().find_map(|link| rest.strip_prefix(link)?.strip_prefix(' ')) {
                rest = after;
            }
            let length = is_name(rest);
            (length > 0).then(|| start..text.len() - rest.len() + length)
        })
    })
}

/// How many bytes of two or more words in capitals a text begins with; 0 where it does not.
fn is_name(text: &str) -> usize {
    let (mut words, mut end) = (0, 0);
    for word in text.split([' ', '\n']) {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if !letters.starts_with(char::is_uppercase) || !letters.chars().all(char::is_alphabetic) {
            break;
        }
        end += usize::from(words > 0) + letters.len();
        words += 1;
        if letters.len() < word.len() {
            break;
        }
    }
    if words >= 2 { end } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(Personal, &str)> {
        find(text).into_iter().map(|(personal, range)| (personal, &text[range])).collect()
    }

    /// Numbers made up of runs and noughts, nobody's.
    #[test]
    fn telephone_numbers_are_found_however_written() {
        for number in [
            "0900000000",
            "0900.000.000",
            "0900 000 000",
            "090 000 0000",
            "090-000-0000",
            "+84900000000",
            "+84 900 000 000",
            "+84 (0) 900 000 000",
            "0084900000000",
            "84900000000",
            "(0220) 3000000",
            "0220 3000 000",
            "0220.3000000",
            "02203000000",
            "0320000000",
            "0780 00 00 00",
        ] {
            let text = format!("Gọi số {number} nhé.");
            assert_eq!(seen(&text), [(Personal::Phone, number)], "{text}");
        }
        assert_eq!(seen("tel:0900000000"), [(Personal::Phone, "0900000000")]);
        assert_eq!(seen("https://zalo.me/0900000000"), [(Personal::Phone, "0900000000")]);
        assert_eq!(
            seen("0900000000, 0911111111"),
            [(Personal::Phone, "0900000000"), (Personal::Phone, "0911111111")]
        );
        assert_eq!(seen("0900000000 2024"), [(Personal::Phone, "0900000000")]);
    }

    #[test]
    fn identity_numbers_are_found() {
        assert_eq!(seen("CCCD 030000000000"), [(Personal::Identity(true), "030000000000")]);
        assert_eq!(seen("số căn cước: 030 000 000 000"), [(Personal::Identity(true), "030 000 000 000")]);
        assert_eq!(seen("CMND số 140000000"), [(Personal::Identity(true), "140000000")]);
        assert_eq!(seen("mang số 030190000000 ấy"), [(Personal::Identity(false), "030190000000")]);
    }

    #[test]
    fn keepers_names_are_found() {
        assert_eq!(seen("gặp thủ từ Trần Văn Không để"), [(Personal::Keeper, "thủ từ Trần Văn Không")]);
        assert_eq!(seen("thủ từ là ông Trần Không."), [(Personal::Keeper, "thủ từ là ông Trần Không")]);
        assert_eq!(
            seen("ask the keeper, Mr Trần Không, first"),
            [(Personal::Keeper, "keeper, Mr Trần Không")]
        );
        assert!(is_person("Bà Trần Thị Không") && is_person("Nghệ nhân Trần Không"));
        assert!(!is_person("Hợp tác xã Ông Không") && !is_person("Nguyên Hương") && !is_person("Bà Rịa"));
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "Quyết định 2082/QĐ-TTg",
            "Luật 91/2025/QH15",
            "Decision 1048/QĐ-TTg",
            "0912345678/QĐ-UBND",
            "năm 1428 1527 1936",
            "1995-1996",
            "1428–1527",
            "GTIN 8931234567897",
            "mã vạch 061414100003",
            "barcode 012345678905",
            "8931234567897",
            "20.9738, 106.2623",
            "[20.9135, 106.2455]",
            "0.9738123456",
            "106.245512345",
            "45.000 đ",
            "1.234.567,89",
            "09.09.1945 12 người",
            "02.09.1945",
            "30-04-1975",
            "2026-11-21",
            "báo số 346110",
            "mã bài 198260218233431944",
            "https://bao.example/post0912345678.html",
            "https://bao.example/0912345678",
            "post79961",
            "1900 0000 00",
            "1800 1234",
            "1.000.000.000",
            "100000000 đồng",
            "120 m²",
            "10 viên, nặng 45 g",
            "hơn 0,5 kg",
            "id:7K3MQ5",
            "ngày 26/06/2024",
            "tỷ lệ 0902/1000",
            "thủ từ là người làng",
            "the keeper of the Han river",
            "thủ từ trông coi",
            "+7 495 000 00 00",
        ] {
            assert_eq!(seen(text), [], "{text}");
        }
    }
}
