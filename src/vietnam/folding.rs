//! Vietnamese letters to plain ASCII, for slugs and for finding look-alikes.
//! Folding is not injective ("bà" and "ba" meet), so a folded word is never an identity.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without marks: "Đền Bia" becomes "den bia". NFD alone leaves `đ` as it is, hence the extra step.
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Small letters in NFD with each word's tone at its end: "Hòa" and "Hoà" become the same, "Hoa" and "Hóa" do not.
/// 190 communes of 3,321 are written in either way from one list to the next.
pub fn even_tones(text: &str) -> String {
    let mut even = String::with_capacity(text.len() + 4);
    let mut tone = None;
    for c in text.nfd().flat_map(char::to_lowercase) {
        match c {
            // Grave, acute, tilde, hook above, dot below.
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(c),
            c if c.is_alphanumeric() || is_combining_mark(c) => even.push(c),
            c => {
                even.extend(tone.take());
                even.push(c);
            }
        }
    }
    even.extend(tone);
    even
}

/// A slug of `a-z0-9` with single hyphens; empty where nothing folds to ASCII (a title of emoji).
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The candidate nearest to `word` for a did-you-mean: at most a third of its letters wrong, and at most three.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let letters = word.chars().count();
    let allowed = (letters / 3).clamp(1, 3);
    candidates
        .into_iter()
        // Too long or too short to be near, whatever its letters.
        .filter(|candidate| letters < 200 && candidate.chars().count().abs_diff(letters) <= allowed)
        .map(|candidate| (distance(&word, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Damerau-Levenshtein distance (optimal string alignment) in characters.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_marks_in_either_normal_form() {
        assert_eq!(fold("Đền Ngư Uyên"), "den ngu uyen");
        assert_eq!(fold("ĐỀN NGƯ UYÊN"), "den ngu uyen");
        assert_eq!(fold(&"Văn miếu".nfd().collect::<String>()), "van mieu");
    }

    #[test]
    fn a_tone_counts_wherever_it_is_written() {
        assert_eq!(even_tones("Hòa Thủy"), even_tones("hoà thuỷ"));
        assert_eq!(even_tones("Quý"), even_tones("Qúy"));
        assert_ne!(even_tones("Hoa"), even_tones("Hóa"));
        assert_ne!(even_tones("Ân"), even_tones("An"));
    }

    #[test]
    fn slugs_are_ascii_and_emoji_leave_nothing() {
        assert_eq!(slug("  Đền – đình Sượt (2020) "), "den-dinh-suot-2020");
        assert_eq!(slug("🏯🏯"), "");
    }

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("tittle", ["title", "summary"]), Some("title"));
        assert_eq!(nearest("tóm tắt", ["title", "summary"]), None);
    }
}
