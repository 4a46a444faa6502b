//! Words that a product's text may not use: that it heals, that it is traceable, stars that outlive their award, and the
//! selling of strong drink. Matches whole words with their tones, so that "chưa" and "chua" are never "chữa".

use std::ops::Range;

/// What a text says that it should not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saying {
    /// That it cures, treats or prevents an illness.
    Heals,
    /// That it is traceable, which needs codes of the national portal (Circular 02/2024/TT-BKHCN).
    Traceable,
    /// A number of OCOP stars.
    Stars,
    /// An offer or a price; asked for of strong drink only.
    Sells,
}

const HEALS: [&str; 45] = [
    "chữa",
    "điều trị",
    "đặc trị",
    "chủ trị",
    "trị bệnh",
    "trị dứt điểm",
    "trị ho",
    "trị cảm",
    "trị đau",
    "trị viêm",
    "trị mất ngủ",
    "trị tiểu đường",
    "trị ung thư",
    "phòng bệnh",
    "phòng ngừa bệnh",
    "phòng chống ung thư",
    "ngừa bệnh",
    "ngừa ung thư",
    "chống ung thư",
    "khỏi bệnh",
    "dứt bệnh",
    "thần dược",
    "tiên dược",
    "thay thế thuốc",
    "thay thuốc chữa bệnh",
    "hạ đường huyết",
    "hạ huyết áp",
    "giải độc gan",
    "bổ thận tráng dương",
    "cure for",
    "cures",
    "miracle cure",
    "heal",
    "heals",
    "healing",
    "remedy for",
    "treats disease",
    "treats illness",
    "treats diabetes",
    "treats cancer",
    "prevents disease",
    "fights cancer",
    "anti cancer",
    "lowers blood pressure",
    "lowers blood sugar",
];
const TRACEABLE: [&str; 8] = [
    "truy xuất nguồn gốc",
    "truy xuất",
    "truy nguyên nguồn gốc",
    "truy nguồn gốc",
    "traceability",
    "traceable",
    "trace its origin",
    "trace the origin",
];
const SELLS: [&str; 22] = [
    "khuyến mãi",
    "khuyến mại",
    "giảm giá",
    "ưu đãi",
    "mua ngay",
    "đặt hàng",
    "đặt mua",
    "giá bán",
    "giá chỉ",
    "miễn phí vận chuyển",
    "ngon nhất",
    "tốt cho sức khỏe",
    "tốt cho sức khoẻ",
    "buy now",
    "order now",
    "place an order",
    "discount",
    "special offer",
    "on sale",
    "free shipping",
    "best price",
    "good for your health",
];

/// Words around a phrase that make it something else: the phrase, what stands before it, what stands after it.
const OTHERWISE: [(&str, &[&str], &[&str]); 2] = [
    // sửa chữa: to repair; bào chữa: to plead; chữa cháy: to put out a fire; chữa thẹn: to hide one's blush
    ("chữa", &["sửa", "bào"], &["cháy", "lửa", "thẹn", "ngượng"]),
    // giá trị: value; chính trị: politics; quản trị: administration
    ("trị", &["giá", "chính", "quản", "cai", "thống", "bình"], &[]),
];

/// Where a text says what it should not, and what.
pub fn find(text: &str) -> Vec<(Saying, Range<usize>)> {
    let words = words(text);
    let mut found = Vec::new();
    for at in 0..words.len() {
        for (saying, phrases) in
            [(Saying::Heals, &HEALS[..]), (Saying::Traceable, &TRACEABLE), (Saying::Sells, &SELLS)]
        {
            // The longest first: "phòng chống ung thư" is one slip, not two.
            let longest = phrases.iter().filter_map(|phrase| match_at(text, &words, at, phrase)).max();
            if let Some(count) = longest {
                found.push((saying, words[at].range.start..words[at + count - 1].range.end));
            }
        }
        if let Some(range) = price(text, &words, at) {
            found.push((Saying::Sells, range));
        }
        if let Some(range) = stars(&words, at) {
            found.push((Saying::Stars, range));
        }
    }
    found.dedup_by(|later, first| later.0 == first.0 && later.1.start < first.1.end);
    found
}

struct Word {
    small: String,
    range: Range<usize>,
}

/// Runs of letters and digits, in small letters.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if word.range.end == at => {
                word.small.extend(c.to_lowercase());
                word.range.end = end;
            }
            _ => words.push(Word { small: c.to_lowercase().collect(), range: at..end }),
        }
    }
    words
}

/// How many words a phrase takes up where it stands at a word. Nothing but blanks, hyphens and marks of emphasis may
/// part its words, and no empty line.
fn match_at(text: &str, words: &[Word], at: usize, phrase: &str) -> Option<usize> {
    let mut count = 0;
    for wanted in phrase.split(' ') {
        let word = words.get(at + count).filter(|word| word.small == wanted)?;
        if count > 0 {
            let gap = &text[words[at + count - 1].range.end..word.range.start];
            let joined = gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '*' | '_'));
            if !joined || gap.matches('\n').count() > 1 {
                return None;
            }
        }
        count += 1;
    }
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.small.as_str());
    let (before, after) = (word(at.checked_sub(1)), word(Some(at + count)));
    let otherwise = OTHERWISE.iter().any(|(first, befores, afters)| {
        words[at].small == *first && (befores.contains(&before) || afters.contains(&after))
    });
    (!otherwise).then_some(count)
}

/// `150.000 đồng`, `150.000đ`: an amount of a thousand and more.
fn price(text: &str, words: &[Word], at: usize) -> Option<Range<usize>> {
    let word = &words[at];
    let figures = word.small.trim_end_matches(['đ', 'k']);
    let joined = figures.len() < word.small.len();
    let unit = words.get(at + 1).filter(|unit| matches!(unit.small.as_str(), "đồng" | "đ" | "vnd" | "vnđ"));
    let end = match unit {
        _ if joined => word.range.end,
        Some(unit) if text[word.range.end..unit.range.start].trim().is_empty() => unit.range.end,
        _ if text[word.range.end..].trim_start().starts_with('₫') => word.range.end,
        _ => return None,
    };
    let thousands = figures == "000" || figures.len() > 3;
    (thousands && figures.bytes().all(|b| b.is_ascii_digit())).then(|| {
        // `150.000` is two words: back to its first digit.
        let before =
            text[..word.range.start].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
        before.len()..end
    })
}

/// `4 sao` or `4-star` within a few words of `OCOP`.
fn stars(words: &[Word], at: usize) -> Option<Range<usize>> {
    const NUMBERS: [&str; 9] = ["3", "4", "5", "ba", "bốn", "năm", "three", "four", "five"];
    let star = words.get(at + 1).filter(|word| matches!(word.small.as_str(), "sao" | "star" | "stars"))?;
    let near = &words[at.saturating_sub(5)..(at + 6).min(words.len())];
    let counted = NUMBERS.contains(&words[at].small.as_str());
    (counted && near.iter().any(|word| word.small == "ocop")).then_some(words[at].range.start..star.range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(Saying, &str)> {
        find(text).into_iter().map(|(saying, range)| (saying, &text[range])).collect()
    }

    #[test]
    fn claims_are_found_with_their_place() {
        assert_eq!(said("Trà này chữa bệnh mất ngủ."), [(Saying::Heals, "chữa")]);
        assert_eq!(said("Hỗ trợ ĐIỀU TRỊ tiểu đường"), [(Saying::Heals, "ĐIỀU TRỊ")]);
        assert_eq!(said("đặc\ntrị ho"), [(Saying::Heals, "đặc\ntrị")]);
        assert_eq!(
            said("an **anti-cancer** tea that heals"),
            [(Saying::Heals, "anti-cancer"), (Saying::Heals, "heals")]
        );
        assert_eq!(said("Tem truy xuất nguồn gốc"), [(Saying::Traceable, "truy xuất nguồn gốc")]);
        assert_eq!(said("fully traceable"), [(Saying::Traceable, "traceable")]);
        assert_eq!(said("đạt OCOP 4 sao"), [(Saying::Stars, "4 sao")]);
        assert_eq!(said("a four-star OCOP product"), [(Saying::Stars, "four-star")]);
        assert_eq!(
            said("giá bán 150.000 đồng"),
            [(Saying::Sells, "giá bán"), (Saying::Sells, "150.000 đồng")]
        );
        assert_eq!(said("150.000đ"), [(Saying::Sells, "150.000đ")]);
    }

    #[test]
    fn common_words_are_not_hit() {
        for text in [
            "Chưa ai biết",
            "vị chua ngọt",
            "ngôi chùa",
            "chứa đầy",
            "sửa chữa ngôi đền",
            "đội chữa cháy",
            "giá trị lịch sử",
            "chính trị",
            "trị vì 1926–1945",
            "quản trị viên",
            "giá trị họ đem lại",
            "nguồn gốc của món bánh",
            "nguồn gốc từ thời Lê",
            "không biết gốc",
            "cured ham",
            "a sweet treat",
            "it treats guests",
            "healthy",
            "health",
            "OCOP là chương trình chấm sao",
            "khách sạn 4 sao",
            "bầu trời đầy sao",
            "năm 2025, 4 sản phẩm",
            "in 2024 its price rose",
            "3 đồng xu",
            "phòng bên",
            "trì hoãn",
            "điều trì trệ",
            "giảm giấy tờ",
            "khỏi phải nói",
            "trị. Ho nhiều",
            "discounted memories",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }
}
