//! What `page.html` is given: a page's head, and one half for each language it shows.
//! Only shapes; `render` fills them.

use super::agenda::AgendaView;
use super::atlas::MapView;
use super::home::HomeView;
use super::lists::{CommunesView, ListView};
use super::view::{EntryView, Named};
use super::visit::Report;
use crate::code::Id;
use crate::diagnostic::Lang;
use crate::site::Config;
use serde::Serialize;

/// A language in the switch at the head of a page.
#[derive(Serialize)]
pub(super) struct Switch {
    pub(super) lang: Lang,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) here: bool,
}

/// A section in the navigation.
#[derive(Serialize)]
pub(super) struct Section<'a> {
    pub(super) key: &'static str,
    pub(super) label: &'a str,
    pub(super) href: String,
    pub(super) here: bool,
    pub(super) count: usize,
}

/// What the manifest is given, each word as JSON writes it.
#[derive(Serialize)]
pub(super) struct Manifest {
    name: String,
    lang: String,
}

/// The site as it stands on a phone's screen, in the words of the source language.
pub(super) fn manifest(config: &Config) -> Manifest {
    let lang = config.source_language();
    let json = |text: &str| serde_json::Value::from(text).to_string();
    Manifest { name: json(config.title.get(lang).0), lang: json(lang.as_str()) }
}

/// One language's part of a page.
#[derive(Serialize)]
pub(super) struct Half<'a> {
    pub(super) lang: Lang,
    /// Put before every id, so that two halves can stand on one page. The theme's own ids add `_`, which no heading's
    /// slug holds, so that an article's `## Facts` never takes the place of the page's.
    pub(super) prefix: String,
    pub(super) site: String,
    pub(super) publisher: Option<String>,
    pub(super) licence: Option<&'a str>,
    pub(super) report: Option<Report<'a>>,
    /// The address that a reader shares.
    pub(super) share: Option<String>,
    pub(super) sections: Vec<Section<'a>>,
    /// Where this half stands on its own, from this page.
    pub(super) own: Option<String>,
    pub(super) entry: Option<EntryView<'a>>,
    /// What a page of the site's own tells.
    pub(super) part: Option<Part<'a>>,
    /// The festivals, the map and the communes: their keys, their labels, and where they stand.
    pub(super) further: Vec<(&'static str, &'a str, String)>,
    pub(super) near: Vec<NearView<'a>>,
    pub(super) previous: Option<Named<'a>>,
    pub(super) next: Option<Named<'a>>,
    /// Where the search page of this language stands, from this page.
    pub(super) search: String,
    /// The A to Z index, on the search page and the pages of its letters.
    pub(super) letters: Vec<LetterView<'a>>,
}

/// A letter of the A to Z index, and its names where they stand on this page.
#[derive(Serialize)]
pub(super) struct LetterView<'a> {
    pub(super) name: &'static str,
    pub(super) anchor: String,
    pub(super) href: String,
    pub(super) here: bool,
    pub(super) count: usize,
    pub(super) names: Vec<NameView<'a>>,
    /// The pages of the letter that is shown, where it has several.
    pub(super) pages: Vec<NamesView<'a>>,
}

/// A name in the index.
#[derive(Serialize)]
pub(super) struct NameView<'a> {
    pub(super) entry: Named<'a>,
    pub(super) place: Option<String>,
}

/// A page of a letter, by the first name on it.
#[derive(Serialize)]
pub(super) struct NamesView<'a> {
    pub(super) name: &'a str,
    pub(super) href: String,
    pub(super) here: bool,
}

/// The content of a page that is of no single entry.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Part<'a> {
    Home(HomeView<'a>),
    List(ListView<'a>),
    Communes(CommunesView),
    Festivals(AgendaView<'a>),
    Map(MapView<'a>),
}

impl<'a> From<ListView<'a>> for Part<'a> {
    fn from(view: ListView<'a>) -> Self {
        Self::List(view)
    }
}

impl From<CommunesView> for Part<'_> {
    fn from(view: CommunesView) -> Self {
        Self::Communes(view)
    }
}

impl<'a> From<AgendaView<'a>> for Part<'a> {
    fn from(view: AgendaView<'a>) -> Self {
        Self::Festivals(view)
    }
}

impl<'a> From<MapView<'a>> for Part<'a> {
    fn from(view: MapView<'a>) -> Self {
        Self::Map(view)
    }
}

/// An entry nearby, and how far where both points are measured.
#[derive(Serialize)]
pub(super) struct NearView<'a> {
    pub(super) entry: Named<'a>,
    pub(super) kilometres: Option<String>,
}

/// A whole page.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    /// `entry`, `landing`, `list`, `communes`, `festivals`, `map`, `home`, `search`, `letter`, `find` or `missing`.
    pub(super) layout: &'static str,
    pub(super) root: &'a str,
    pub(super) lang: Lang,
    /// The page's title in each language it shows, for the script that chooses one.
    pub(super) titles: Vec<(Lang, String)>,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) canonical: Option<String>,
    pub(super) alternates: Vec<(Lang, String)>,
    pub(super) hidden: bool,
    pub(super) switch: Vec<Switch>,
    pub(super) halves: Vec<Half<'a>>,
    pub(super) code: Option<Id>,
    /// schema.org JSON-LD, its `<` escaped.
    pub(super) structured: Option<String>,
    /// The address of the picture that is shown where the page is shared.
    pub(super) picture: Option<String>,
    /// The address of the feed of this language.
    pub(super) feed: Option<String>,
}

impl<'a> Page<'a> {
    /// A page with nothing in its head yet.
    pub(super) fn new(layout: &'static str, root: &'a str, lang: Lang, halves: Vec<Half<'a>>) -> Self {
        Self {
            layout,
            root,
            lang,
            halves,
            titles: Vec::new(),
            title: String::new(),
            description: String::new(),
            canonical: None,
            alternates: Vec::new(),
            hidden: false,
            switch: Vec::new(),
            code: None,
            structured: None,
            picture: None,
            feed: None,
        }
    }
}
