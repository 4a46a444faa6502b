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

/// What is looked for, by first word and then whole.
const PHRASES: [(&str, Saying); 75] = [
    ("anti cancer", Saying::Heals),
    ("best price", Saying::Sells),
    ("buy now", Saying::Sells),
    ("bổ thận tráng dương", Saying::Heals),
    ("chống ung thư", Saying::Heals),
    ("chủ trị", Saying::Heals),
    ("chữa", Saying::Heals),
    ("cure for", Saying::Heals),
    ("cures", Saying::Heals),
    ("discount", Saying::Sells),
    ("dứt bệnh", Saying::Heals),
    ("fights cancer", Saying::Heals),
    ("free shipping", Saying::Sells),
    ("giá bán", Saying::Sells),
    ("giá chỉ", Saying::Sells),
    ("giải độc gan", Saying::Heals),
    ("giảm giá", Saying::Sells),
    ("good for your health", Saying::Sells),
    ("heal", Saying::Heals),
    ("healing", Saying::Heals),
    ("heals", Saying::Heals),
    ("hạ huyết áp", Saying::Heals),
    ("hạ đường huyết", Saying::Heals),
    ("khuyến mãi", Saying::Sells),
    ("khuyến mại", Saying::Sells),
    ("khỏi bệnh", Saying::Heals),
    ("lowers blood pressure", Saying::Heals),
    ("lowers blood sugar", Saying::Heals),
    ("miracle cure", Saying::Heals),
    ("miễn phí vận chuyển", Saying::Sells),
    ("mua ngay", Saying::Sells),
    ("ngon nhất", Saying::Sells),
    ("ngừa bệnh", Saying::Heals),
    ("ngừa ung thư", Saying::Heals),
    ("on sale", Saying::Sells),
    ("order now", Saying::Sells),
    ("phòng bệnh", Saying::Heals),
    ("phòng chống ung thư", Saying::Heals),
    ("phòng ngừa bệnh", Saying::Heals),
    ("place an order", Saying::Sells),
    ("prevents disease", Saying::Heals),
    ("remedy for", Saying::Heals),
    ("special offer", Saying::Sells),
    ("thay thuốc chữa bệnh", Saying::Heals),
    ("thay thế thuốc", Saying::Heals),
    ("thần dược", Saying::Heals),
    ("tiên dược", Saying::Heals),
    ("trace its origin", Saying::Traceable),
    ("trace the origin", Saying::Traceable),
    ("traceability", Saying::Traceable),
    ("traceable", Saying::Traceable),
    ("treats cancer", Saying::Heals),
    ("treats diabetes", Saying::Heals),
    ("treats disease", Saying::Heals),
    ("treats illness", Saying::Heals),
    ("truy nguyên nguồn gốc", Saying::Traceable),
    ("truy nguồn gốc", Saying::Traceable),
    ("truy xuất", Saying::Traceable),
    ("truy xuất nguồn gốc", Saying::Traceable),
    ("trị bệnh", Saying::Heals),
    ("trị cảm", Saying::Heals),
    ("trị dứt điểm", Saying::Heals),
    ("trị ho", Saying::Heals),
    ("trị mất ngủ", Saying::Heals),
    ("trị tiểu đường", Saying::Heals),
    ("trị ung thư", Saying::Heals),
    ("trị viêm", Saying::Heals),
    ("trị đau", Saying::Heals),
    ("tốt cho sức khoẻ", Saying::Sells),
    ("tốt cho sức khỏe", Saying::Sells),
    ("điều trị", Saying::Heals),
    ("đặc trị", Saying::Heals),
    ("đặt hàng", Saying::Sells),
    ("đặt mua", Saying::Sells),
    ("ưu đãi", Saying::Sells),
];

/// The first word of each phrase: every word of every product is looked for among them.
const FIRSTS: [&str; PHRASES.len()] = {
    let mut firsts = [""; PHRASES.len()];
    let mut at = 0;
    while at < PHRASES.len() {
        firsts[at] = first(PHRASES[at].0);
        at += 1;
    }
    firsts
};

/// Words around a phrase that make it something else: the phrase, what stands before it, what stands after it.
const OTHERWISE: [(&str, &[&str], &[&str]); 2] = [
    // sửa chữa: to repair; bào chữa: to plead; chữa cháy: to put out a fire; chữa thẹn: to hide one's blush
    ("chữa", &["sửa", "bào"], &["cháy", "lửa", "thẹn", "ngượng"]),
    // giá trị: value; chính trị: politics; quản trị: administration
    ("trị", &["giá", "chính", "quản", "cai", "thống", "bình"], &[]),
];

/// Where a text says what it should not, and what.
pub fn find(text: &str) -> Vec<(Saying, Range<usize>)> {
    let words = Words { text, ranges: ranges(text) };
    let (mut found, mut small) = (Vec::new(), String::new());
    for at in 0..words.ranges.len() {
        small.clear();
        small.extend(text[words.ranges[at].clone()].chars().flat_map(char::to_lowercase));
        let from = FIRSTS.partition_point(|first| *first < small.as_str());
        let count = FIRSTS[from..].iter().take_while(|first| **first == small).count();
        let here = PHRASES[from..from + count].iter();
        // The longest: "phòng chống ung thư" is one slip, not two.
        let longest = here.filter_map(|(phrase, saying)| Some((words.count_at(at, phrase)?, *saying)));
        if let Some((count, saying)) = longest.max_by_key(|(count, _)| *count) {
            found.push((saying, words.ranges[at].start..words.ranges[at + count - 1].end));
        }
        if let Some(range) = words.price(at, &small) {
            found.push((Saying::Sells, range));
        }
        if let Some(range) = words.stars(at, &small) {
            found.push((Saying::Stars, range));
        }
    }
    found.dedup_by(|later, first| later.0 == first.0 && later.1.start < first.1.end);
    found
}

const fn first(phrase: &'static str) -> &'static str {
    let mut end = 0;
    while end < phrase.len() && phrase.as_bytes()[end] != b' ' {
        end += 1;
    }
    phrase.split_at(end).0
}

/// Runs of letters and digits.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(text.len() / 5);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let end = at + c.len_utf8();
        match ranges.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => ranges.push(at..end),
        }
    }
    ranges
}

struct Words<'a> {
    text: &'a str,
    ranges: Vec<Range<usize>>,
}

impl Words<'_> {
    /// A word in small letters; nothing where there is none.
    fn small(&self, at: Option<usize>) -> String {
        let range = at.and_then(|at| self.ranges.get(at)).cloned().unwrap_or_default();
        self.text[range].to_lowercase()
    }

    /// How many words a phrase takes up where its first word stands. Nothing but blanks, hyphens and marks of emphasis
    /// may part its words, and no empty line.
    fn count_at(&self, at: usize, phrase: &'static str) -> Option<usize> {
        let mut count = 1;
        for wanted in phrase.split(' ').skip(1) {
            if self.small(Some(at + count)) != wanted {
                return None;
            }
            let gap = &self.text[self.ranges[at + count - 1].end..self.ranges[at + count].start];
            let joined = gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '*' | '_'));
            if !joined || gap.matches('\n').count() > 1 {
                return None;
            }
            count += 1;
        }
        let otherwise = OTHERWISE.iter().find(|(word, ..)| *word == first(phrase));
        let spared = otherwise.is_some_and(|(_, befores, afters)| {
            befores.contains(&self.small(at.checked_sub(1)).as_str())
                || afters.contains(&self.small(Some(at + count)).as_str())
        });
        (!spared).then_some(count)
    }

    /// `150.000 đồng`, `150.000đ`: an amount of a thousand and more.
    fn price(&self, at: usize, small: &str) -> Option<Range<usize>> {
        if !small.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let figures = small.trim_end_matches(['đ', 'k']);
        let word = &self.ranges[at];
        let rest = self.text[word.end..].trim_start();
        let unit = || matches!(self.small(Some(at + 1)).as_str(), "đồng" | "đ" | "vnd" | "vnđ");
        let end = if figures.len() < small.len() || rest.starts_with('₫') {
            word.end
        } else if rest.starts_with(char::is_alphabetic) && unit() {
            self.ranges[at + 1].end
        } else {
            return None;
        };
        let thousands = figures == "000" || figures.len() > 3;
        (thousands && figures.bytes().all(|b| b.is_ascii_digit())).then(|| {
            // `150.000` is two words: back to its first digit.
            let before = &self.text[..word.start];
            let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
            before.len()..end
        })
    }

    /// `4 sao` or `4-star` within a few words of `OCOP`; `at` is the star.
    fn stars(&self, at: usize, small: &str) -> Option<Range<usize>> {
        const NUMBERS: [&str; 9] = ["3", "4", "5", "ba", "bốn", "năm", "three", "four", "five"];
        let number = at.checked_sub(1).filter(|_| matches!(small, "sao" | "star" | "stars"))?;
        let mut near = number.saturating_sub(5)..(number + 6).min(self.ranges.len());
        let counted = NUMBERS.contains(&self.small(Some(number)).as_str());
        (counted && near.any(|at| self.small(Some(at)) == "ocop"))
            .then_some(self.ranges[number].start..self.ranges[at].end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(Saying, &str)> {
        find(text).into_iter().map(|(saying, range)| (saying, &text[range])).collect()
    }

    #[test]
    fn the_table_is_in_the_order_it_is_searched_in() {
        assert!(PHRASES.is_sorted_by_key(|(phrase, _)| first(phrase)));
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
