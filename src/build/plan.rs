//! What a build will write, decided before anything is rendered: every path, what stands there, and in which order
//! it is published. Borrows the site; holds no text.

use super::card;
use super::facets::{PAGE, paged};
use super::letters::{self, Letter, NAMES, own_name};
use super::motif;
use super::near::Near;
use super::renditions::Rendition;
use super::search::{self, Index};
use super::ways::{Way, Ways};
use crate::code::Id;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::rules::themes;
use crate::site::{Entry, Kind, Site};
use crate::vietnam::order::Order;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ptr;
use std::sync::{Arc, OnceLock};

/// The order of publishing: what pages need, then the pages, then what names the pages. Removals come after all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// Photos, symbols, fonts.
    Files,
    /// Landings and entry pages.
    Pages,
    /// Lists, the home and the data files.
    Lists,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug)]
pub enum Task<'s> {
    /// The neutral home.
    Home,
    /// The page a code leads to, every language in it.
    Landing(&'s Entry, Id),
    /// An entry's canonical page in one language.
    Page(&'s Entry, Lang),
    /// One page, from 1, of the list of a section in one language.
    List(Kind, Lang, usize),
    /// Another list, the festivals, the map, or one of their files, in one language.
    Way(Lang, Way<'s>),
    /// The search page of one language, which is also its A to Z index.
    Search(Lang),
    /// One page, from 0, of a letter of that index, by its number there.
    Letter(Lang, usize, usize),
    /// A trail with its stops in one language, as one file to take along.
    Pack(&'s Entry, Lang),
    /// What a browser reads when a reader puts the site on the phone's screen.
    Manifest,
    /// What the search script fetches first.
    SearchIndex,
    /// One shard, from 0, of the index of a large site.
    SearchShard(usize),
    /// The page with one box, for people who type the six characters.
    Find,
    /// What a host answers with where nothing stands.
    Missing,
    /// A sitemap: the only one, or the index of several.
    Sitemap,
    /// One of several sitemaps, from 1.
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// `_headers`.
    Headers,
    /// The feed of what changed, in one language.
    Atom(Lang),
    /// `data/entries.csv`.
    Csv,
    /// `data/entries.geojson`.
    GeoJson,
    /// An entry's symbol as SVG.
    Symbol(&'s Entry),
    /// The picture of a shared page: an entry's, or the site's own.
    Card(Option<&'s Entry>),
    /// A photo or drawing of an entry's folder, in one form.
    Photo(&'s Entry, &'s str, Rendition),
    /// The drawing of an entry without a photo.
    Motif(&'s Entry),
    /// A narration of an entry's folder.
    Audio(&'s str, &'s str),
    /// A file of the theme.
    Static(&'s str),
    /// `data/entries.json`.
    Entries,
    /// The copy of the ledger, for the next build to compare with.
    Ledger,
}

impl Task<'_> {
    /// Whether the path is a digest of what stands there: such a file never changes in its place.
    pub const fn is_named_by_content(self) -> bool {
        matches!(self, Self::Photo(..) | Self::Audio(..) | Self::Card(_))
    }
}

/// One file that will exist.
#[derive(Debug)]
pub struct Output<'s> {
    /// When it is published.
    pub stage: Stage,
    /// Its path in the output folder, with `/`.
    pub path: String,
    /// What stands there.
    pub task: Task<'s>,
}

/// Every file of a build, in the order of publishing.
pub struct Plan<'s> {
    /// The site it borrows.
    pub site: &'s Site,
    /// The day of the build.
    pub date: Date,
    /// What will exist, by stage and then path.
    pub outputs: Vec<Output<'s>>,
    /// The entries a build shows (no drafts, unless asked for), by kind and folder.
    pub shown: Vec<&'s Entry>,
    /// Which entries stand near which.
    pub near: Near<'s>,
    /// What leads to the entries besides their lists.
    pub ways: Ways<'s>,
    /// The listed entries of each kind, in each language's order.
    lists: Vec<(Kind, Lang, Vec<&'s Entry>)>,
    /// The A to Z index of each language.
    letters: Vec<(Lang, Vec<Letter<'s>>)>,
    /// What the search fetches, made when its first file is asked for: a preview that nobody searches never pays for it.
    index: OnceLock<Index>,
    /// Where each entry stands in the list of its kind and language.
    places: HashMap<(Id, Lang), usize>,
}

/// The most addresses that one sitemap may hold (sitemaps.org).
pub const SITEMAP_LIMIT: usize = 50_000;

impl<'s> Plan<'s> {
    /// Plans a build. `files` are the theme's static files.
    ///
    /// # Errors
    /// A finding where two files would stand at one path.
    pub fn new(
        site: &'s Site,
        files: impl Iterator<Item = &'s str>,
        date: Date,
        drafts: bool,
    ) -> Result<Self, Box<Diagnostic>> {
        let plan = Self::unchecked(site, files, date, drafts);
        plan.reject_collisions()?;
        Ok(plan)
    }

    /// The same without a look at whether two files meet at one path, for a preview of a site that still has errors.
    pub fn unchecked(site: &'s Site, files: impl Iterator<Item = &'s str>, date: Date, drafts: bool) -> Self {
        let entries = site.entries.iter().map(Arc::as_ref);
        let shown: Vec<&Entry> = entries.filter(|entry| drafts || !entry.draft.value).collect();
        let lists = lists(site, &shown);
        let near = Near::new(&shown);
        let places = lists
            .iter()
            .flat_map(|(_, lang, entries)| {
                entries.iter().enumerate().map(|(at, entry)| ((entry.id.value, *lang), at))
            })
            .collect();
        let letters = alphabets(site, &lists);
        let (outputs, index) = (Vec::new(), OnceLock::new());
        let ways = Ways::new(site, &shown, &lists, date);
        let mut plan = Self { site, date, outputs, near, ways, lists, letters, index, places, shown };
        plan.add(Stage::Files, card::path(site, None), Task::Card(None));
        for path in files {
            plan.add(Stage::Files, path.to_owned(), Task::Static(path));
        }
        for at in 0..plan.shown.len() {
            plan.add_entry(plan.shown[at]);
        }
        plan.add_ways();
        for (path, task) in [
            ("index.html", Task::Home),
            ("404.html", Task::Missing),
            ("Q/index.html", Task::Find),
            ("_headers", Task::Headers),
            ("manifest.webmanifest", Task::Manifest),
            ("robots.txt", Task::Robots),
            ("sitemap.xml", Task::Sitemap),
            ("data/entries.json", Task::Entries),
            ("data/entries.csv", Task::Csv),
            ("data/entries.geojson", Task::GeoJson),
            ("data/ledger.tsv", Task::Ledger),
        ] {
            plan.add(Stage::Lists, path.to_owned(), task);
        }
        for lang in &site.config.languages {
            plan.add(Stage::Lists, format!("{lang}/atom.xml"), Task::Atom(*lang));
        }
        plan.add_search();
        let addresses = plan.addresses().count();
        if addresses > SITEMAP_LIMIT {
            for number in 1..=addresses.div_ceil(SITEMAP_LIMIT) {
                plan.add(Stage::Lists, format!("sitemap-{number}.xml"), Task::SitemapPart(number));
            }
        }
        plan.outputs.sort_by(|a, b| (a.stage, &a.path).cmp(&(b.stage, &b.path)));
        // One photo in two folders is one file, so are its card and a narration; anything else at one path would overwrite the other.
        plan.outputs.dedup_by(|a, b| {
            let same = matches!(
                (a.task, b.task),
                (Task::Photo(..), Task::Photo(..))
                    | (Task::Audio(..), Task::Audio(..))
                    | (Task::Card(_), Task::Card(_))
            );
            a.path == b.path && same
        });
        plan
    }

    fn add(&mut self, stage: Stage, path: String, task: Task<'s>) {
        self.outputs.push(Output { stage, path, task });
    }

    /// The lists of each kind, and what leads to the entries besides.
    fn add_ways(&mut self) {
        for at in 0..self.lists.len() {
            let (kind, lang, count) = (self.lists[at].0, self.lists[at].1, self.lists[at].2.len());
            for page in 1..=count.div_ceil(PAGE) {
                let path = format!("{}index.html", list_path(self.site, kind, lang, page));
                self.add(Stage::Lists, path, Task::List(kind, lang, page));
            }
        }
        for &lang in &self.site.config.languages {
            for (path, way) in self.ways.paths(lang) {
                let page = path.ends_with('/');
                let stage = if page { Stage::Lists } else { Stage::Files };
                let path = if page { format!("{path}index.html") } else { path };
                self.add(stage, path, Task::Way(lang, way));
            }
        }
    }

    fn add_entry(&mut self, entry: &'s Entry) {
        let site = self.site;
        for id in entry.ids() {
            self.add(Stage::Pages, format!("Q/{}/index.html", id.value), Task::Landing(entry, id.value));
        }
        for lang in &site.config.languages {
            self.add(
                Stage::Pages,
                format!("{}index.html", site.path(entry, *lang)),
                Task::Page(entry, *lang),
            );
        }
        if entry.withdrawn.is_some() {
            return;
        }
        for &lang in site.config.languages.iter().filter(|_| entry.kind == Kind::Trail) {
            self.add(Stage::Pages, pack_path(site, entry, lang), Task::Pack(entry, lang));
        }
        if card::pictured(entry) {
            self.add(Stage::Files, card::path(site, Some(entry)), Task::Card(Some(entry)));
        }
        if entry.photos.is_empty() {
            self.add(Stage::Files, motif::path(entry), Task::Motif(entry));
        }
        if site.config.printed_address.is_some() {
            self.add(Stage::Files, format!("qr/{}.svg", entry.id.value), Task::Symbol(entry));
        }
        let inside = entry.articles.iter().flat_map(|article| article.pictures.iter());
        for name in entry.photos.iter().map(|photo| &photo.file).chain(inside) {
            let Some((facts, plain)) = site.file(entry, name).zip(site.photo_path(entry, name)) else {
                continue;
            };
            for form in Rendition::of(facts) {
                self.add(Stage::Files, form.path(&plain), Task::Photo(entry, &name.value, form));
            }
        }
        for audio in entry.articles.iter().filter_map(|article| article.audio.as_ref()) {
            if let Some(path) = site.audio_path(entry, &audio.file) {
                self.add(Stage::Files, path, Task::Audio(&entry.folder, &audio.file.value));
            }
        }
    }

    /// The search page of each language with the pages of its letters, and what the search script fetches.
    fn add_search(&mut self) {
        for at in 0..self.site.config.languages.len() {
            let lang = self.site.config.languages[at];
            let page = search_path(lang);
            let mut paths = Vec::new();
            if !self.is_whole(lang) {
                for (number, letter) in self.letters(lang).iter().enumerate() {
                    let pages =
                        (0..letter.pages().len()).map(|page| (letter_path(lang, letter, page), number, page));
                    paths.extend(pages);
                }
            }
            for (path, letter, page) in paths {
                self.add(Stage::Lists, format!("{path}index.html"), Task::Letter(lang, letter, page));
            }
            self.add(Stage::Lists, format!("{page}index.html"), Task::Search(lang));
        }
        self.add(Stage::Lists, search::path(None), Task::SearchIndex);
        for shard in 0..search::shards(self.searched().count()) {
            self.add(Stage::Lists, search::path(Some(shard)), Task::SearchShard(shard));
        }
    }

    /// The entries that a search finds: published, not withdrawn.
    fn searched(&self) -> impl Iterator<Item = &'s Entry> {
        self.shown.iter().copied().filter(|entry| !entry.draft.value && entry.withdrawn.is_none())
    }

    /// What the search script fetches.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.site, &self.searched().collect::<Vec<_>>()))
    }

    /// The A to Z index of a language.
    pub fn letters(&self, lang: Lang) -> &[Letter<'s>] {
        self.letters.iter().find(|(l, _)| *l == lang).map_or(&[], |(_, letters)| letters)
    }

    /// Whether the A to Z index of a language stands whole on its search page.
    pub fn is_whole(&self, lang: Lang) -> bool {
        self.letters(lang).iter().map(|letter| letter.entries.len()).sum::<usize>() <= NAMES
    }

    /// No two files at one path (in any case of letters: the editors' disks do not tell), no file where a folder must
    /// be, nothing inside our own marker, nothing that the journal's lines could not hold.
    ///
    /// # Errors
    /// A finding that names the first such path.
    pub fn reject_collisions(&self) -> Result<(), Box<Diagnostic>> {
        let mut paths: Vec<(String, &str)> =
            self.outputs.iter().map(|output| (output.path.to_lowercase(), output.path.as_str())).collect();
        paths.sort();
        let strange = |path: &str| path.starts_with(".dautich") || path.chars().any(char::is_control);
        if let Some((_, path)) = paths.iter().find(|(path, _)| strange(path)) {
            return Err(Box::new(themes::static_in_the_way(path)));
        }
        let taken: HashSet<&str> = paths.iter().map(|(path, _)| path.as_str()).collect();
        for (path, shown) in &paths {
            let above =
                path.match_indices('/').map(|(at, _)| &path[..at]).find(|folder| taken.contains(folder));
            if above.is_some() {
                return Err(Box::new(themes::static_in_the_way(shown)));
            }
        }
        match paths.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(Box::new(themes::static_in_the_way(pair[0].1))),
            None => Ok(()),
        }
    }

    /// The numbers of the outputs, in runs that one thread makes one after another: the pages of an entry, which show the
    /// same articles; the forms of a photo, which are made together; everything else alone.
    pub fn jobs(&self) -> Vec<Vec<usize>> {
        let (mut jobs, mut begun) = (Vec::<Vec<usize>>::new(), HashMap::new());
        for (number, output) in self.outputs.iter().enumerate() {
            let job = match output.task {
                Task::Landing(entry, _) | Task::Page(entry, _) => {
                    *begun.entry((ptr::from_ref(entry), "")).or_insert(jobs.len())
                }
                Task::Photo(entry, name, _) => {
                    *begun.entry((ptr::from_ref(entry), name)).or_insert(jobs.len())
                }
                _ => jobs.len(),
            };
            match jobs.get_mut(job) {
                Some(job) => job.push(number),
                None => jobs.push(vec![number]),
            }
        }
        jobs
    }

    /// The entries before and after one in the list of its kind.
    pub fn neighbours(&self, entry: &Entry, lang: Lang) -> (Option<&'s Entry>, Option<&'s Entry>) {
        let list = self.list(entry.kind, lang);
        let Some(&at) = self.places.get(&(entry.id.value, lang)) else { return (None, None) };
        (at.checked_sub(1).and_then(|at| list.get(at)).copied(), list.get(at + 1).copied())
    }

    /// The paths that search engines are told of, with the day of their last change, in the order of the plan:
    /// published, translated pages, lists and the home.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, Option<Date>)> {
        self.outputs.iter().filter_map(|output| {
            let path = output.path.strip_suffix("index.html")?;
            match output.task {
                Task::Page(entry, lang) => {
                    let public =
                        !entry.draft.value && entry.withdrawn.is_none() && entry.article(lang).is_some();
                    public.then_some((path, entry.updated))
                }
                // The search page is the A to Z index too, and that is worth finding.
                Task::List(..) | Task::Way(..) | Task::Home | Task::Search(_) | Task::Letter(..) => {
                    Some((path, None))
                }
                _ => None,
            }
        })
    }

    /// The entries of a list, in the order of its language.
    pub fn list(&self, kind: Kind, lang: Lang) -> &[&'s Entry] {
        self.lists.iter().find(|(k, l, _)| (*k, *l) == (kind, lang)).map_or(&[], |(.., entries)| entries)
    }
}

/// The path of one page of a list, from 1: the first stands at the section itself.
pub fn list_path(site: &Site, kind: Kind, lang: Lang, page: usize) -> String {
    paged(&format!("{lang}/{}/", site.config.section(kind, lang)), lang, page)
}

/// The path of a trail as one file. It keeps the trail's name where a phone saves it.
pub fn pack_path(site: &Site, entry: &Entry, lang: Lang) -> String {
    let name = if lang == Lang::VI { "mang-theo" } else { "take-along" };
    format!("{}{name}-{}.html", site.path(entry, lang), entry.slug)
}

/// The path of the search page of a language. The service worker (`static/sw.js`) knows it too.
pub fn search_path(lang: Lang) -> String {
    format!("{lang}/{}/", if lang == Lang::VI { "tim" } else { "search" })
}

/// The path of one page, from 0, of a letter: the first stands at the letter itself.
pub fn letter_path(lang: Lang, letter: &Letter<'_>, page: usize) -> String {
    paged(&format!("{}{}/", search_path(lang), letter.slug), lang, page + 1)
}

fn lists<'s>(site: &Site, shown: &[&'s Entry]) -> Vec<(Kind, Lang, Vec<&'s Entry>)> {
    let order = Order::vietnamese();
    let compare = |a: &str, b: &str| order.as_ref().map_or_else(|| a.cmp(b), |order| order.compare(a, b));
    let mut lists = Vec::new();
    for kind in Kind::ALL {
        let listed: Vec<&Entry> =
            shown.iter().copied().filter(|entry| entry.kind == kind && entry.withdrawn.is_none()).collect();
        for lang in site.config.languages.iter().filter(|_| !listed.is_empty()) {
            // What they are ordered by is found once for each, not at every comparison.
            let keyed = |entry: &'s Entry| {
                let article = entry.article(*lang).unwrap_or(entry.source());
                (own_name(kind, article), article.title.as_str(), entry)
            };
            let mut keyed: Vec<_> = listed.iter().map(|entry| keyed(entry)).collect();
            keyed.par_sort_by(|a, b| {
                let names = compare(a.0, b.0).then_with(|| compare(a.1, b.1));
                names.then_with(|| a.2.id.value.cmp(&b.2.id.value))
            });
            let entries = keyed.into_iter().map(|(.., entry)| entry).collect();
            lists.push((kind, *lang, entries));
        }
    }
    lists
}

/// The A to Z index of each language: its lists, already in order, joined into one.
fn alphabets<'s>(site: &Site, lists: &[(Kind, Lang, Vec<&'s Entry>)]) -> Vec<(Lang, Vec<Letter<'s>>)> {
    let order = Order::vietnamese();
    let compare = |a: &str, b: &str| order.as_ref().map_or_else(|| a.cmp(b), |order| order.compare(a, b));
    let of = |lang: Lang| {
        let own = lists.iter().filter(|(_, l, _)| *l == lang).flat_map(|(.., entries)| entries);
        let mut named: Vec<(&str, &'s Entry)> = own
            .map(|entry| (own_name(entry.kind, entry.article(lang).unwrap_or(entry.source())), *entry))
            .collect();
        // A stable sort of a few sorted runs only merges them.
        named.sort_by(|a, b| compare(a.0, b.0));
        letters::letters(named.into_iter().map(|(_, entry)| entry), lang)
    };
    site.config.languages.iter().map(|&lang| (lang, of(lang))).collect()
}
