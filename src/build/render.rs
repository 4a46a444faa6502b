//! One planned output becomes bytes. Bodies are read here, again, once for all pages of their entry, and live no longer.
//! The same plan gives the same bytes, whatever the order or the number of threads.

use super::agenda;
use super::alphabet::{alphabet, search_href};
use super::articles::{Trouble, gone};
use super::atlas;
use super::card;
use super::data;
use super::facets::communes_path;
use super::feeds;
use super::festivals::festivals_path;
use super::home;
use super::icalendar;
use super::lists;
use super::map::map_path;
use super::markdown;
use super::motif;
use super::narration;
use super::pack;
use super::page::{self, Half, NearView, Page, Part, Section, Switch};
use super::plan::{Output, Plan, SITEMAP_LIMIT, Task, letter_path, list_path, pack_path, search_path};
use super::reading::{Read, Reading};
use super::renditions::{Rendition, Renditions};
use super::source::Source;
use super::structured::{self, Around};
use super::theme::{MANIFEST, Theme};
use super::told::Told;
use super::view::{EntryView, Viewer, section_key};
use super::visit;
use super::ways::Way;
use crate::code::Id;
use crate::diagnostic::Lang;
use crate::site::entry::{Facts, Trail};
use crate::site::{Entry, Kind};

/// Everything that rendering needs; shared by all threads.
pub struct Renderer<'a> {
    /// What to make.
    pub plan: &'a Plan<'a>,
    /// Where the articles and photos are.
    pub source: &'a Source,
    /// The photos, made when they are asked for.
    pub renditions: &'a Renditions<'a>,
    /// How pages look.
    pub theme: &'a Theme,
    /// Where this build is served, with the closing slash.
    pub base_url: &'a str,
}

impl<'a> Renderer<'a> {
    /// The bytes of one output. `last` is the reading for the output before it, or an empty one.
    ///
    /// # Errors
    /// A broken template, a photo cut short, or a machine that refuses.
    pub fn bytes(&self, output: &Output<'a>, last: &mut Reading<'a>) -> Result<Vec<u8>, Trouble> {
        let root = "../".repeat(output.path.matches('/').count());
        match output.task {
            Task::Home => self.home(&root),
            Task::Landing(entry, id) => self.landing(last.of(entry, self.plan, self.source)?, id, &root),
            Task::Page(entry, lang) => self.page(last.of(entry, self.plan, self.source)?, lang, &root),
            Task::List(kind, lang, number) => {
                self.own(&root, lang, |viewer| lists::kind(self.plan, viewer, kind, number))
            }
            Task::Way(lang, way) => self.way(lang, way, &root),
            Task::Search(lang) => self.search(lang, None, &root),
            Task::Letter(lang, letter, page) => self.search(lang, Some((letter, page)), &root),
            Task::Pack(entry, lang) => match &entry.facts {
                Facts::Trail(trail) => self.pack(entry, trail, lang),
                _ => Ok(Vec::new()),
            },
            Task::Manifest => Ok(self.theme.render(MANIFEST, &page::manifest(&self.plan.site.config))?),
            Task::SearchIndex => Ok(self.plan.index().first()),
            Task::SearchShard(number) => Ok(self.plan.index().shard(number)),
            Task::Find => self.shared("find", &root),
            // A host answers with this page at any depth, so its addresses begin at the host.
            Task::Missing => self.shared("missing", &self.base_path()),
            Task::Sitemap => Ok(self.sitemap()),
            Task::SitemapPart(number) => Ok(feeds::sitemap(self.plan, self.base_url, number - 1)),
            Task::Robots => Ok(feeds::robots(self.base_url)),
            Task::Headers => Ok(feeds::headers(self.theme.policy(), &self.base_path())),
            Task::Atom(lang) => Ok(feeds::atom(self.plan, self.base_url, lang)),
            Task::Csv => Ok(data::csv(self.plan)),
            Task::GeoJson => Ok(data::geojson(self.plan)),
            Task::Symbol(entry) => {
                data::symbol(&self.plan.site.config, entry.id.value).map_err(Trouble::Failed)
            }
            Task::Card(entry) => self.card(entry),
            Task::Photo(entry, name, form) => self.photo(entry, name, form),
            Task::Motif(entry) => Ok(motif::draw(entry.kind, entry.id.value).into_bytes()),
            Task::Audio(folder, name) => self.audio(folder, name),
            Task::Static(path) => Ok(self.theme.file(path).unwrap_or_default().to_vec()),
            Task::Entries => Ok(data::entries(self.plan)),
            Task::Ledger => Ok(data::ledger(&self.plan.site.ledger)),
        }
    }

    fn pack(&self, entry: &'a Entry, trail: &Trail, lang: Lang) -> Result<Vec<u8>, Trouble> {
        pack::make(self.plan, self.source, &self.viewer(lang, self.base_url), entry, trail)
    }

    fn viewer<'r>(&'r self, lang: Lang, root: &'r str) -> Viewer<'r> {
        Viewer {
            site: self.plan.site,
            renditions: self.renditions,
            theme: self.theme,
            lang,
            date: self.plan.date,
            root,
        }
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// The path that the site is served under, with both slashes.
    fn base_path(&self) -> String {
        url::Url::parse(self.base_url).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
    }

    fn sitemap(&self) -> Vec<u8> {
        match self.plan.addresses().count() {
            count if count > SITEMAP_LIMIT => {
                feeds::sitemap_index(self.base_url, count.div_ceil(SITEMAP_LIMIT))
            }
            _ => feeds::sitemap(self.plan, self.base_url, 0),
        }
    }

    fn photo(&self, entry: &Entry, name: &str, form: Rendition) -> Result<Vec<u8>, Trouble> {
        match self.plan.site.file(entry, name) {
            Some(facts) => self.renditions.bytes(facts, &entry.folder, name, form),
            None => Ok(Vec::new()),
        }
    }

    fn audio(&self, folder: &str, name: &str) -> Result<Vec<u8>, Trouble> {
        let file = format!("{folder}/{name}");
        let bytes = self.source.read(&file, narration::MAX_BYTES).map_err(|why| gone(&file, why))?;
        narration::make(name, bytes).map_err(|finding| Trouble::Found(Box::new(finding.in_file(&file))))
    }

    /// An entry in one language, its article rendered; a withdrawn entry has none.
    fn entry_view<'r>(
        &'r self,
        read: &Read<'a>,
        lang: Lang,
        root: &'r str,
        prefix: &str,
    ) -> Result<EntryView<'r>, Trouble> {
        let entry = read.entry;
        let viewer = self.viewer(lang, root);
        if entry.withdrawn.is_some() {
            return Ok(viewer.entry(entry, String::new(), false));
        }
        let article = entry.article(lang).unwrap_or(entry.source());
        let mut view = viewer.entry(entry, read.article(article, viewer, prefix, true), true);
        view.listen = visit::narrated(entry, lang)
            .and_then(|article| viewer.listen(entry, article, read.transcript(article, viewer, prefix)));
        if let Facts::Trail(trail) = &entry.facts {
            let path = pack_path(self.plan.site, entry, lang);
            let pack = self.pack(entry, trail, lang)?;
            view.take = Some((format!("{root}{path}"), viewer.tongue().size(pack.len() as u64)));
        }
        Ok(view)
    }

    fn half<'r>(&'r self, lang: Lang, root: &'r str, here: Option<Kind>) -> Half<'r> {
        let config = &self.plan.site.config;
        let viewer = self.viewer(lang, root);
        let sections = Kind::ALL
            .into_iter()
            .filter(|kind| !self.plan.list(*kind, lang).is_empty())
            .map(|kind| Section {
                key: section_key(kind),
                label: self.theme.string(lang, section_key(kind)),
                href: format!("{root}{lang}/{}/", config.section(kind, lang)),
                here: here == Some(kind),
                count: self.plan.list(kind, lang).len(),
            })
            .collect();
        Half {
            lang,
            prefix: String::new(),
            site: config.title.get(lang).0.to_owned(),
            publisher: config.publisher.as_ref().map(|words| words.get(lang).0.to_owned()),
            licence: config.licence.as_deref(),
            // A template of the site's own may tell of it on any page.
            report: visit::report(viewer.tongue(), &config.contact, None),
            share: None,
            sections,
            own: None,
            entry: None,
            part: None,
            further: self.further(lang, root),
            near: Vec::new(),
            previous: None,
            next: None,
            search: search_href(viewer),
            letters: Vec::new(),
        }
    }

    /// What a reader shares and names when telling of a mistake.
    fn address_of<'r>(&'r self, half: &mut Half<'r>, id: Id, address: String) {
        let tongue = self.viewer(half.lang, "").tongue();
        half.report = visit::report(tongue, &self.plan.site.config.contact, Some((id, &address)));
        half.share = Some(address);
    }

    /// What leads to the entries besides their sections, as far as there is any.
    fn further<'r>(&'r self, lang: Lang, root: &str) -> Vec<(&'static str, &'r str, String)> {
        let places = self.plan.ways.facets.communes().next().is_some();
        [
            (!self.plan.ways.times.is_empty(), "festivals", festivals_path(lang)),
            (places, "map", map_path(lang, None)),
            (places, "communes", communes_path(lang)),
        ]
        .into_iter()
        .filter(|(some, ..)| *some)
        .map(|(_, key, path)| (key, self.theme.string(lang, key), format!("{root}{path}")))
        .collect()
    }

    /// The languages of a page: on a page of one language each leads to its own page, on a shared one to its half.
    fn switch(&self, here: Option<Lang>, href: impl Fn(Lang) -> String) -> Vec<Switch> {
        let languages = &self.plan.site.config.languages;
        let name = |lang: Lang| self.theme.string(lang, "language").to_owned();
        languages
            .iter()
            .map(|&lang| Switch { lang, name: name(lang), href: href(lang), here: here == Some(lang) })
            .collect()
    }

    /// A page of one language, and what each other language has in its stead.
    fn page_in<'r>(
        &'r self,
        layout: &'static str,
        root: &'r str,
        half: Half<'r>,
        path: impl Fn(Lang) -> String,
    ) -> Page<'r> {
        Page {
            switch: self.switch(Some(half.lang), |lang| format!("{root}{}", path(lang))),
            feed: Some(self.address(&format!("{}/atom.xml", half.lang))),
            ..Page::new(layout, root, half.lang, vec![half])
        }
    }

    /// A page with the languages in it that all readers share; `half` makes the part of one, with its title. The other
    /// languages have a page `elsewhere`.
    fn page_in_all<'r>(
        &'r self,
        layout: &'static str,
        root: &'r str,
        elsewhere: impl Fn(Lang) -> String,
        half: impl Fn(Lang, String) -> Result<(String, Half<'r>), Trouble>,
    ) -> Result<Page<'r>, Trouble> {
        let config = &self.plan.site.config;
        let (mut halves, mut titles) = (Vec::new(), Vec::new());
        for lang in config.shared_languages() {
            let prefix = format!("{lang}-");
            let (title, half) = half(lang, prefix.clone())?;
            titles.push((lang, title));
            halves.push(Half { prefix, ..half });
        }
        let shared = |lang: Lang| titles.iter().any(|(other, _)| *other == lang);
        let href = |lang| {
            if shared(lang) { format!("#{lang}-p_main") } else { format!("{root}{}", elsewhere(lang)) }
        };
        Ok(Page {
            switch: self.switch(None, href),
            title: titles.first().map(|(_, title)| title.clone()).unwrap_or_default(),
            titles,
            ..Page::new(layout, root, config.source_language(), halves)
        })
    }

    /// Where a language begins that is not on the home: its first list.
    fn beginning(&self, lang: Lang) -> String {
        let kind = Kind::ALL.into_iter().find(|kind| !self.plan.list(*kind, lang).is_empty());
        kind.map_or_else(String::new, |kind| list_path(self.plan.site, kind, lang, 1))
    }

    fn page(&self, read: &Read<'a>, lang: Lang, root: &str) -> Result<Vec<u8>, Trouble> {
        let (entry, site) = (read.entry, self.plan.site);
        let mut half = self.half(lang, root, Some(entry.kind));
        self.address_of(&mut half, entry.id.value, self.address(&site.path(entry, lang)));
        half.entry = Some(self.entry_view(read, lang, root, "")?);
        half.near = self.near(read, lang, root);
        let (previous, next) = self.plan.neighbours(entry, lang);
        let viewer = self.viewer(lang, root);
        half.previous = previous.map(|entry| viewer.named(entry));
        half.next = next.map(|entry| viewer.named(entry));
        let prose = entry.article(lang).unwrap_or(entry.source());
        // A page without a translation repeats the source: search engines are sent to the source itself.
        let own = entry.article(lang).is_some() || lang == site.config.source_language();
        let canonical = site.path(entry, if own { lang } else { site.config.source_language() });
        // What says of itself what it is, in each language: neither a repeated page nor a withdrawn one.
        let plain = own && entry.withdrawn.is_none();
        let translated = entry.articles.iter().filter(|_| plain);
        let page = Page {
            title: with_site(&prose.title, &half.site),
            description: description(entry, &prose.summary),
            canonical: Some(self.address(&canonical)),
            alternates: translated.map(|a| (a.lang, self.address(&site.path(entry, a.lang)))).collect(),
            hidden: entry.draft.value || entry.withdrawn.is_some(),
            structured: plain.then(|| self.structured(read, lang, &half)),
            picture: Some(self.address(&card::path(site, Some(entry)))),
            code: Some(entry.id.value),
            ..self.page_in("entry", root, half, |lang| site.path(entry, lang))
        };
        Ok(self.theme.render("page.html", &page)?)
    }

    fn landing(&self, read: &Read<'a>, id: Id, root: &str) -> Result<Vec<u8>, Trouble> {
        let (entry, site) = (read.entry, self.plan.site);
        let half = |lang, prefix: String| {
            let mut half = self.half(lang, root, Some(entry.kind));
            // As people write it, not as the symbol spells it.
            let printed =
                site.config.printed_address.as_ref().map(|address| format!("https://{}/", address.words(id)));
            self.address_of(&mut half, id, printed.unwrap_or_else(|| self.address(&format!("Q/{id}/"))));
            half.entry = Some(self.entry_view(read, lang, root, &prefix)?);
            half.own = Some(format!("{root}{}", site.path(entry, lang)));
            half.near = self.near(read, lang, root);
            let prose = entry.article(lang).unwrap_or(entry.source());
            Ok((with_site(&prose.title, &half.site), half))
        };
        let page = Page {
            description: description(entry, &entry.source().summary),
            canonical: Some(self.address(&site.path(entry, site.config.source_language()))),
            hidden: entry.draft.value || entry.withdrawn.is_some(),
            code: Some(id),
            picture: Some(self.address(&card::path(site, Some(entry)))),
            ..self.page_in_all("landing", root, |lang| site.path(entry, lang), half)?
        };
        Ok(self.theme.render("page.html", &page)?)
    }

    /// The entries near one, on the page of another.
    fn near<'r>(&'r self, read: &Read<'a>, lang: Lang, root: &'r str) -> Vec<NearView<'r>> {
        let viewer = self.viewer(lang, root);
        let far = |km: f64| viewer.tongue().kilometres(km);
        let near = read.near.iter();
        near.map(|(other, km)| NearView { entry: viewer.named(other), kilometres: km.map(far) }).collect()
    }

    fn card(&self, entry: Option<&Entry>) -> Result<Vec<u8>, Trouble> {
        let words = card::Words::new(self.plan.site, entry);
        let Some((entry, photo)) = entry.and_then(|entry| Some((entry, entry.photos.first()?))) else {
            return Ok(card::make(&words, None)?);
        };
        let file = format!("{}/{}", entry.folder, photo.file.value);
        // Of a photo its widest form is enough, and twenty times quicker to read than the photo itself.
        let widest = self.plan.site.file(entry, &photo.file).map(Rendition::of).unwrap_or_default();
        let form = widest.iter().rev().find(|form| !matches!(form, Rendition::Jpeg)).copied();
        let bytes = self.photo(entry, &photo.file, form.unwrap_or(Rendition::Drawing))?;
        let name = if form == Some(Rendition::Drawing) { photo.file.as_str() } else { "photo.webp" };
        card::make(&words, Some((name, &bytes)))
            .map_err(|finding| Trouble::Found(Box::new(finding.in_file(&file))))
    }

    /// The address of an entry's first photo.
    fn first_photo(&self, entry: &Entry) -> Option<String> {
        let photo = entry.photos.first().filter(|_| entry.withdrawn.is_none())?;
        Some(self.address(&self.plan.site.photo_path(entry, &photo.file)?))
    }

    fn structured(&self, read: &Read<'a>, lang: Lang, half: &Half<'_>) -> String {
        let (entry, site) = (read.entry, self.plan.site);
        let guide = matches!(&entry.facts, Facts::Guide(guide) if guide.steps);
        let article = entry.article(lang).unwrap_or(entry.source());
        let steps = if guide { markdown::steps(read.body(article)) } else { Vec::new() };
        let list = self.address(&list_path(site, entry.kind, lang, 1));
        let around = Around {
            url: &self.address(&site.path(entry, lang)),
            list: (&list, self.theme.string(lang, section_key(entry.kind))),
            home: (self.base_url, &half.site),
            image: self.first_photo(entry),
            steps: &steps,
        };
        structured::entry(&self.viewer(lang, ""), entry, lang, &around)
    }

    fn way(&self, lang: Lang, way: Way<'a>, root: &str) -> Result<Vec<u8>, Trouble> {
        let plan = self.plan;
        match way {
            Way::Facet(at, number) => self.own(root, lang, |viewer| lists::facet(plan, viewer, at, number)),
            Way::Communes(province) => self.own(root, lang, |viewer| lists::communes(plan, viewer, province)),
            Way::Festivals(number) => self.own(root, lang, |viewer| agenda::page(plan, viewer, number)),
            Way::Map(province) => self.own(root, lang, |viewer| atlas::page(plan, viewer, province)),
            Way::Calendar(feast) => {
                Ok(icalendar::calendar(plan, &self.viewer(lang, ""), self.base_url, feast))
            }
            Way::Points(square) => Ok(data::points(plan, lang, square)),
        }
    }

    /// A page of the site's own in one language.
    fn own<'r, P: Into<Part<'r>>>(
        &'r self,
        root: &'r str,
        lang: Lang,
        tell: impl FnOnce(&Viewer<'r>) -> Told<P>,
    ) -> Result<Vec<u8>, Trouble> {
        let told = tell(&self.viewer(lang, root));
        let mut half = self.half(lang, root, told.here);
        half.part = Some(told.part.into());
        let path = |lang: Lang| {
            let of = told.paths.iter().find(|(other, _)| *other == lang);
            of.map_or("", |(_, path)| path.as_str()).to_owned()
        };
        let page = Page {
            title: with_site(&told.title, &half.site),
            description: told.description,
            canonical: Some(self.address(&path(lang))),
            alternates: told.paths.iter().map(|(lang, path)| (*lang, self.address(path))).collect(),
            picture: Some(self.address(&card::path(self.plan.site, None))),
            ..self.page_in(told.layout, root, half, path)
        };
        Ok(self.theme.render("page.html", &page)?)
    }

    /// The search page of a language, or one page of a letter of its A to Z index.
    fn search(&self, lang: Lang, shown: Option<(usize, usize)>, root: &str) -> Result<Vec<u8>, Trouble> {
        let mut half = self.half(lang, root, None);
        half.letters = alphabet(self.plan, self.viewer(lang, root), &half.prefix, shown);
        let letter = |lang, (at, page): (usize, usize)| letter_path(lang, &self.plan.letters(lang)[at], page);
        let here = shown.map_or_else(|| search_path(lang), |shown| letter(lang, shown));
        let title = match shown {
            None => self.theme.string(lang, "search").to_owned(),
            Some((at, page)) => {
                let numbered = if page > 0 { format!(" ({})", page + 1) } else { String::new() };
                format!("{}: {}{numbered}", self.theme.string(lang, "letters"), half.letters[at].name)
            }
        };
        // A letter of one language is no translation of a letter of another: other names stand there.
        let alternates = self.plan.site.config.languages.iter().filter(|_| shown.is_none());
        let page = Page {
            title: with_site(&title, &half.site),
            description: format!("{title}: {}", half.site),
            canonical: Some(self.address(&here)),
            alternates: alternates.map(|&lang| (lang, self.address(&search_path(lang)))).collect(),
            picture: Some(self.address(&card::path(self.plan.site, None))),
            ..self.page_in(if shown.is_none() { "search" } else { "letter" }, root, half, search_path)
        };
        Ok(self.theme.render("page.html", &page)?)
    }

    /// A page of the site's own with every language in it: the box for typed codes, and the page for a wrong address.
    fn shared(&self, layout: &'static str, root: &str) -> Result<Vec<u8>, Trouble> {
        let half = |lang, _| {
            let half = self.half(lang, root, None);
            Ok((with_site(self.theme.string(lang, layout), &half.site), half))
        };
        let source = self.plan.site.config.source_language();
        let page = Page {
            description: self.theme.string(source, "find_help").to_owned(),
            hidden: true,
            ..self.page_in_all(layout, root, |lang| self.beginning(lang), half)?
        };
        Ok(self.theme.render("page.html", &page)?)
    }

    fn home(&self, root: &str) -> Result<Vec<u8>, Trouble> {
        let half = |lang, _| {
            let mut half = self.half(lang, root, None);
            half.part = Some(Part::Home(home::half(self.plan, &self.viewer(lang, root))));
            Ok((half.site.clone(), half))
        };
        let config = &self.plan.site.config;
        let page = Page {
            description: config.title.get(config.source_language()).0.to_owned(),
            canonical: Some(self.base_url.to_owned()),
            picture: Some(self.address(&card::path(self.plan.site, None))),
            ..self.page_in_all("home", root, |lang| self.beginning(lang), half)?
        };
        Ok(self.theme.render("page.html", &page)?)
    }
}

/// A page's title with the site's name after it, where there is room: browsers and search engines cut longer ones.
fn with_site(title: &str, site: &str) -> String {
    const ROOM: usize = 70;
    let whole = format!("{title} · {site}");
    if whole.chars().count() > ROOM { title.to_owned() } else { whole }
}

/// A withdrawn entry's summary is withdrawn as well.
fn description(entry: &Entry, summary: &str) -> String {
    if entry.withdrawn.is_some() { String::new() } else { summary.to_owned() }
}
