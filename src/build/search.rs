//! What the search of the site fetches (`data/search/`): each published entry as one line of text, all of them in one
//! file where they are few, else in shards by the words of their names, of which a query fetches two or three.
//! Folds as `static/search.js` does; both are held to the same examples.

use crate::diagnostic::Lang;
use crate::site::entry::Facts;
use crate::site::place::Place;
use crate::site::{Entry, Site};
use crate::vietnam::folding::fold;
use crate::vietnam::mergers::Mergers;
use rayon::prelude::*;
use std::collections::HashMap;
use unicode_normalization::char::is_combining_mark;

/// The most entries that the first file holds itself: about 40 KB packed by gzip. Beyond, it names the shards only.
const WHOLE: usize = 600;
/// Entries for each shard of a large site. A line stands in some six shards, so a shard holds about a hundred lines.
const PER_SHARD: usize = 11;
/// Lines kept for one word and for two that follow each other; of "chùa", the highest ranked. One more word leads on.
const MOST: [usize; 2] = [40, 100];

/// Words before the name of a unit that say which kind it is.
const UNITS: [&str; 13] = [
    "thị trấn",
    "thị xã",
    "thành phố",
    "đặc khu",
    "tỉnh",
    "huyện",
    "quận",
    "phường",
    "xã",
    "thôn",
    "làng",
    "khu",
    "ấp",
];

/// Two words that follow each other in a name, by their numbers in the order of all words; one alone has 0 behind it.
type Key = (u32, u32);

/// What the search fetches.
pub struct Index {
    /// A line an entry, in the order of the site.
    lines: Vec<String>,
    /// For each shard the first key that may stand there; none where the lines are few.
    heads: Vec<String>,
    /// The numbers of the lines of each shard, in order.
    shards: Vec<Vec<u32>>,
    languages: String,
}

/// How many shards there are beside the first file. By the number of entries alone, so that a plan can name them before
/// any is made.
pub const fn shards(entries: usize) -> usize {
    if entries <= WHOLE { 0 } else { entries.div_ceil(PER_SHARD) }
}

/// The path of a shard, or of the file that names them. Names stay as they are from build to build, so that nothing
/// that was withdrawn lives on under an older one; `_headers` and the script have them asked for anew each time.
pub fn path(shard: Option<usize>) -> String {
    shard.map_or_else(|| "data/search/index.tsv".to_owned(), |number| format!("data/search/{number}.tsv"))
}

/// What an entry can be found by.
struct Found {
    line: String,
    /// Titles and other names, then names of places; words as they are written.
    keys: Vec<(bool, Vec<String>)>,
    /// Higher comes first.
    rank: usize,
}

impl Index {
    /// The index of these entries.
    pub fn new(site: &Site, entries: &[&Entry]) -> Self {
        let places = Places::new(site, entries);
        let found: Vec<Found> = entries.iter().map(|entry| one(site, entry, &places)).collect();
        let languages: Vec<&str> = site.config.languages.iter().map(Lang::as_str).collect();
        let (heads, shards) = match shards(entries.len()) {
            0 => (Vec::new(), Vec::new()),
            count => cut(&found, count),
        };
        let lines = found.into_iter().map(|found| found.line).collect();
        Self { lines, heads, shards, languages: languages.join(" ") }
    }

    /// The first file: the languages, the first key of each shard; then every line where there is no shard.
    pub fn first(&self) -> Vec<u8> {
        let mut text = self.languages.clone();
        for head in &self.heads {
            text.push('\t');
            text.push_str(head);
        }
        text.push('\n');
        for line in self.lines.iter().filter(|_| self.heads.is_empty()) {
            text.push_str(line);
        }
        text.into_bytes()
    }

    /// One shard.
    pub fn shard(&self, number: usize) -> Vec<u8> {
        let lines = self.shards.get(number).into_iter().flatten();
        lines.flat_map(|line| self.lines[*line as usize].bytes()).collect()
    }
}

/// The words of a text, as a search compares them: letters and figures with their marks, the rest between them.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).filter(|word| !word.is_empty())
}

/// The communes of today that entries stand in, and those that they were made of.
struct Places<'s> {
    site: &'s Site,
    /// By today's code: the old communes, "Cẩm Điền, Cẩm Giàng".
    old: HashMap<&'static str, String>,
}

impl<'s> Places<'s> {
    fn new(site: &'s Site, entries: &[&Entry]) -> Self {
        let mut old: HashMap<&'static str, String> = HashMap::new();
        // The table takes some milliseconds to read: only where an entry does not say itself how it was called.
        if entries.iter().filter_map(|entry| place(entry)).any(|place| place.before.is_none()) {
            for commune in Mergers::bundled().iter() {
                for (code, _) in commune.successors() {
                    let names = old.entry(code).or_default();
                    names.push_str(if names.is_empty() { "" } else { ", " });
                    names.push_str(bare(commune.name));
                }
            }
        }
        Self { site, old }
    }

    /// Where an entry is today, "Mao Điền, Hải Phòng", and how it was called.
    fn of(&self, place: &Place) -> (String, String) {
        let code = place.commune.as_ref().map_or("", |code| code.value.as_str());
        let unit = self.site.units.find(code);
        let today = unit.map(|unit| format!("{}, {}", unit.name, unit.province)).unwrap_or_default();
        let old = place.before.as_ref().map(|before| before.value.as_str());
        let mut old = old.or_else(|| self.old.get(code).map(String::as_str)).unwrap_or_default().to_owned();
        let detail =
            place.detail.as_ref().map_or("", |detail| detail.get(self.site.config.source_language()).0);
        if !detail.is_empty() && !old.contains(detail) {
            let joint = if old.is_empty() { "" } else { ", " };
            old = format!("{detail}{joint}{old}");
        }
        (today, old)
    }
}

/// Where an entry is; of a product without a place of its own, where its first maker is.
fn place(entry: &Entry) -> Option<&Place> {
    let maker = || match &entry.facts {
        Facts::Product(product) => product.makers.first()?.place.as_ref(),
        _ => None,
    };
    entry.place.as_ref().or_else(maker)
}

/// The name of a unit without its kind: "xã Cẩm Điền" is Cẩm Điền.
fn bare(name: &str) -> &str {
    let name = name.trim();
    let without = |kind: &&str| {
        let mut letters = name.chars();
        kind.chars()
            .all(|wanted| letters.next().is_some_and(|letter| letter.to_lowercase().eq([wanted])))
            .then_some(())?;
        letters.as_str().strip_prefix(' ').map(str::trim_start)
    };
    UNITS.iter().find_map(without).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// The line of an entry and what it is found by. Cells: kind with the rank as a figure, slug, other names, place, place
/// before, and its title in each language of the site.
fn one(site: &Site, entry: &Entry, places: &Places<'_>) -> Found {
    let (today, before) = place(entry).map(|place| places.of(place)).unwrap_or_default();
    let title = |lang: &Lang| entry.article(*lang).map_or("", |article| article.title.as_str());
    let titles: Vec<&str> = site.config.languages.iter().map(title).collect();
    let rank = entry.rank().map_or(0, |rank| rank as usize + 1);
    let also: Vec<String> = entry.also.iter().map(|name| cell(name).replace('|', " ")).collect();
    let mut line = format!(
        "{}{rank}\t{}\t{}\t{}\t{}",
        entry.kind.folder(),
        entry.slug,
        also.join("|"),
        cell(&today),
        cell(&before)
    );
    for title in &titles {
        line.push('\t');
        line.push_str(&cell(title));
    }
    line.push('\n');
    let split = |text: &str| words(text).map(str::to_owned).collect::<Vec<_>>();
    let names = titles.iter().copied().chain(entry.also.iter().map(String::as_str));
    let parts = today.split(',').chain(before.split([',', '(', ')', ';'])).map(bare);
    let keys = names.map(|name| (true, split(name))).chain(parts.map(|part| (false, split(part)))).collect();
    Found { line, keys, rank }
}

/// A cell of a line: no tab and no end of line in it.
fn cell(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

/// Sorts all keys and cuts them into shards of about the same size: the first key of each, and its lines.
fn cut(found: &[Found], count: usize) -> (Vec<String>, Vec<Vec<u32>>) {
    let vocabulary = Vocabulary::new(found);
    let mut rows: Vec<(Key, u32, u32)> = Vec::new();
    for (line, entry) in (0..).zip(found) {
        for (is_name, name) in &entry.keys {
            // Names before places, then by rank.
            let order = if *is_name { 0 } else { 8 } + 7 - entry.rank.min(7) as u32;
            let numbers: Vec<u32> = name.iter().filter_map(|word| vocabulary.number(word)).collect();
            rows.extend(pairs(&numbers, *is_name).map(|key| (key, order, line)));
        }
    }
    rows.par_sort_unstable();
    // Of one line and key the first is the best; then only so many of each key.
    rows.dedup_by_key(|row| (row.0, row.2));
    let (mut key, mut seen) = ((0, 0), 0);
    rows.retain(|row| {
        seen = if row.0 == key { seen + 1 } else { 1 };
        key = row.0;
        seen <= MOST[usize::from(key.1 > 0)]
    });
    let size = |line: u32| found[line as usize].line.len();
    let target = rows.iter().map(|row| size(row.2)).sum::<usize>() / count + 1;
    let (mut heads, mut shards) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let (mut filled, mut last) = (0, None);
    for group in rows.chunk_by(|a, b| a.0 == b.0) {
        if shards.len() <= filled / target && shards.len() < count {
            heads.push(vocabulary.head(last, group[0].0));
            shards.push(Vec::new());
        }
        last = Some(group[0].0);
        filled += group.iter().map(|row| size(row.2)).sum::<usize>();
        if let Some(shard) = shards.last_mut() {
            shard.extend(group.iter().map(|row| row.2));
        }
    }
    shards.par_iter_mut().for_each(|shard: &mut Vec<u32>| {
        shard.sort_unstable();
        shard.dedup();
    });
    (heads, shards)
}

/// The keys of a name: each word, each two that follow each other, and those of names the other way round too, so that
/// a slip in one word leaves the other to look under. Of a place the two words alone, or its only one.
fn pairs(words: &[u32], is_name: bool) -> impl Iterator<Item = Key> {
    let alone = words.iter().filter(move |_| is_name || words.len() == 1).map(|&word| (word, 0));
    let onward = words.windows(2).map(|two| (two[0], two[1]));
    let back = words.windows(2).filter(move |_| is_name).map(|two| (two[1], two[0]));
    alone.chain(onward).chain(back)
}

/// Every folded word of the site, numbered from 1 in order: keys sort as numbers.
struct Vocabulary {
    /// By the word as it is written; many are written in one way only, and folding costs more than looking up.
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

impl Vocabulary {
    fn new(found: &[Found]) -> Self {
        let mut folded: HashMap<String, String> = HashMap::new();
        for word in found.iter().flat_map(|found| &found.keys).flat_map(|(_, name)| name) {
            if !folded.contains_key(word) {
                folded.insert(word.clone(), fold(word));
            }
        }
        let mut words: Vec<String> = folded.values().filter(|word| !word.is_empty()).cloned().collect();
        words.sort_unstable();
        words.dedup();
        let at = |word: &String| words.binary_search(word).ok();
        let number = |(written, folded): (String, String)| Some((written, at(&folded)? as u32 + 1));
        let numbers = folded.into_iter().filter_map(number).collect();
        Self { numbers, words }
    }

    fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    fn text(&self, (first, second): Key) -> String {
        let word = |number: u32| self.words[number as usize - 1].as_str();
        if second == 0 { word(first).to_owned() } else { format!("{} {}", word(first), word(second)) }
    }

    /// The shortest text that comes after one key and not after the next.
    fn head(&self, last: Option<Key>, next: Key) -> String {
        let (last, next) = (last.map(|key| self.text(key)).unwrap_or_default(), self.text(next));
        let ends = next.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = ends.into_iter().find(|&end| next[..end] > *last).unwrap_or(next.len());
        next[..end].to_owned()
    }
}
