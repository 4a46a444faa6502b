//! One planned output becomes bytes. Bodies are read here, again, and live no longer than their page.
//! The same plan gives the same bytes, whatever the order or the number of threads.

use super::articles::unreadable;
use super::card;
use super::data;
use super::feeds;
use super::markdown::{self, Surroundings};
use super::page::{Half, NearView, Page, PageLink, Section, Switch};
use super::photo;
use super::plan::{Output, PAGE, Plan, SITEMAP_LIMIT, Task, list_path};
use super::source::{Source, Unreadable};
use super::structured::{self, Around};
use super::theme::Theme;
use super::view::{EntryView, Viewer, section_key};
use crate::code::{Id, Symbol};
use crate::diagnostic::{Diagnostic, Failure, Lang};
use crate::site::entry::Facts;
use crate::site::{Entry, Kind};

/// Why an output could not be made.
#[derive(Debug)]
pub enum Trouble {
    /// The editor or the theme's author can mend it.
    Found(Box<Diagnostic>),
    /// The machine refused.
    Failed(Failure),
}

impl From<Box<Diagnostic>> for Trouble {
    fn from(finding: Box<Diagnostic>) -> Self {
        Self::Found(finding)
    }
}

/// Everything that rendering needs; shared by all threads.
pub struct Renderer<'a> {
    /// What to make.
    pub plan: &'a Plan<'a>,
    /// Where the articles and photos are.
    pub source: &'a Source,
    /// How pages look.
    pub theme: &'a Theme,
    /// Where this build is served, with the closing slash.
    pub base_url: &'a str,
}

impl<'a> Renderer<'a> {
    /// The bytes of one output.
    ///
    /// # Errors
    /// A broken template, a photo cut short, or a machine that refuses.
    pub fn bytes(&self, output: &Output<'a>) -> Result<Vec<u8>, Trouble> {
        let root = "../".repeat(output.path.matches('/').count());
        match output.task {
            Task::Home => self.home(&root),
            Task::Landing(entry, id) => self.landing(entry, id, &root),
            Task::Page(entry, lang) => self.page(entry, lang, &root),
            Task::List(kind, lang, page) => self.list(kind, lang, page, &root),
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
            Task::Symbol(entry) => self.symbol(entry),
            Task::Card(entry) => self.card(entry),
            Task::Photo(folder, name) => self.photo(folder, name),
            Task::Static(path) => Ok(self.theme.file(path).unwrap_or_default().to_vec()),
            Task::Entries => Ok(data::entries(self.plan)),
            Task::Ledger => Ok(data::ledger(&self.plan.site.ledger)),
        }
    }

    fn viewer<'r>(&'r self, lang: Lang, root: &'r str) -> Viewer<'r> {
        Viewer { site: self.plan.site, theme: self.theme, lang, date: self.plan.date, root }
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

    fn symbol(&self, entry: &Entry) -> Result<Vec<u8>, Trouble> {
        let address = self.plan.site.config.printed_address.as_ref().map(|base| base.of(entry.id.value));
        let symbol = Symbol::encode(&address.unwrap_or_default())
            .map_err(|error| Trouble::Failed(unencodable(&error)))?;
        Ok(data::symbol_svg(&symbol, entry.id.value).into_bytes())
    }

    fn photo(&self, folder: &str, name: &str) -> Result<Vec<u8>, Trouble> {
        let file = format!("{folder}/{name}");
        let bytes = self.source.read(&file, photo::MAX_BYTES).map_err(|why| gone(&file, why))?;
        photo::make(name, &bytes).map_err(|finding| Trouble::Found(Box::new(finding.in_file(&file))))
    }

    /// An entry in one language, its article rendered; a withdrawn entry has none.
    fn entry_view<'r>(
        &'r self,
        entry: &'r Entry,
        lang: Lang,
        root: &'r str,
        prefix: &str,
    ) -> Result<EntryView<'r>, Trouble> {
        let viewer = self.viewer(lang, root);
        if entry.withdrawn.is_some() {
            return Ok(viewer.entry(entry, String::new(), false));
        }
        let article = entry.article(lang).unwrap_or(entry.source());
        let text = self.source.text(&article.file).map_err(|why| gone(&article.file, why))?;
        let site = self.plan.site;
        let link = |target: &str| {
            let linked = site.linked(target)??;
            let section = target
                .split_once('#')
                .map(|(_, section)| format!("#{}", markdown::anchor(section)))
                .unwrap_or_default();
            (linked.withdrawn.is_none() && !linked.draft.value)
                .then(|| format!("{}{section}", viewer.href(linked)))
        };
        let picture = |name: &str| {
            let size = site.file(entry, name)?.size?;
            Some((format!("{root}{}", site.photo_path(entry, name)?), size))
        };
        let around = Surroundings { prefix, link: &link, picture: &picture };
        let body = markdown::render(text.get(article.body..).unwrap_or_default(), &around);
        Ok(viewer.entry(entry, body, true))
    }

    fn half<'r>(&'r self, lang: Lang, root: &'r str, here: Option<Kind>, entry: Option<&Entry>) -> Half<'r> {
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
            report: viewer.report(&config.contact, entry.map(|entry| entry.id.value)),
            sections,
            own: None,
            entry: None,
            cards: Vec::new(),
            near: Vec::new(),
            previous: None,
            next: None,
            pages: Vec::new(),
        }
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

    fn page(&self, entry: &Entry, lang: Lang, root: &str) -> Result<Vec<u8>, Trouble> {
        let site = self.plan.site;
        let mut half = self.half(lang, root, Some(entry.kind), Some(entry));
        half.entry = Some(self.entry_view(entry, lang, root, "")?);
        half.near = self.near(entry, lang, root);
        let (previous, next) = self.plan.neighbours(entry, lang);
        half.previous = previous.map(|entry| self.viewer(lang, root).link(entry));
        half.next = next.map(|entry| self.viewer(lang, root).link(entry));
        let prose = entry.article(lang).unwrap_or(entry.source());
        // A page without a translation repeats the source: search engines are sent to the source itself.
        let own = entry.article(lang).is_some() || lang == site.config.source_language();
        let canonical = site.path(entry, if own { lang } else { site.config.source_language() });
        let translated = entry.articles.iter().filter(|_| own && entry.withdrawn.is_none());
        let title = format!("{} · {}", prose.title.value, half.site);
        let page = Page {
            layout: "entry",
            root,
            lang,
            titles: Vec::new(),
            title,
            description: description(entry, &prose.summary),
            canonical: Some(self.address(&canonical)),
            alternates: translated.map(|a| (a.lang, self.address(&site.path(entry, a.lang)))).collect(),
            hidden: entry.draft.value || entry.withdrawn.is_some(),
            switch: self.switch(Some(lang), |lang| format!("{root}{}", site.path(entry, lang))),
            structured: Some(self.structured(entry, lang, &half)?).filter(|_| entry.withdrawn.is_none()),
            picture: Some(self.address(&card::path(site, Some(entry)))),
            feed: Some(self.address(&format!("{lang}/atom.xml"))),
            halves: vec![half],
            code: Some(entry.id.value),
        };
        Ok(self.theme.render("page.html", &page)?.into_bytes())
    }

    fn landing(&self, entry: &Entry, id: Id, root: &str) -> Result<Vec<u8>, Trouble> {
        let site = self.plan.site;
        let source = site.config.source_language();
        let (mut halves, mut titles) = (Vec::new(), Vec::new());
        for &lang in &site.config.languages {
            let mut half = self.half(lang, root, Some(entry.kind), Some(entry));
            half.prefix = format!("{lang}-");
            half.entry = Some(self.entry_view(entry, lang, root, &half.prefix)?);
            half.own = Some(format!("{root}{}", site.path(entry, lang)));
            half.near = self.near(entry, lang, root);
            let prose = entry.article(lang).unwrap_or(entry.source());
            titles.push((lang, format!("{} · {}", prose.title.value, half.site)));
            halves.push(half);
        }
        let page = Page {
            layout: "landing",
            root,
            lang: source,
            title: titles.iter().map(|(_, title)| title.as_str()).next().unwrap_or_default().to_owned(),
            titles,
            description: description(entry, &entry.source().summary),
            canonical: Some(self.address(&site.path(entry, source))),
            alternates: Vec::new(),
            hidden: entry.draft.value || entry.withdrawn.is_some(),
            switch: self.switch(None, |lang| format!("#{lang}-p_main")),
            halves,
            code: Some(id),
            structured: None,
            picture: Some(self.address(&card::path(site, Some(entry)))),
            feed: None,
        };
        Ok(self.theme.render("page.html", &page)?.into_bytes())
    }

    /// The entries near one, on the page of another.
    fn near<'r>(&'r self, entry: &Entry, lang: Lang, root: &'r str) -> Vec<NearView<'r>> {
        if entry.withdrawn.is_some() {
            return Vec::new();
        }
        let viewer = self.viewer(lang, root);
        let far = |km: f64| {
            let figure = if km < 10.0 { format!("{km:.1}") } else { format!("{km:.0}") };
            if lang == Lang::VI { figure.replace('.', ",") } else { figure }
        };
        let near = self.plan.near.of(entry).into_iter();
        near.map(|(other, km)| NearView { link: viewer.link(other), kilometres: km.map(far) }).collect()
    }

    fn card(&self, entry: Option<&Entry>) -> Result<Vec<u8>, Trouble> {
        let words = card::Words::new(self.plan.site, entry);
        let Some((entry, photo)) = entry.and_then(|entry| Some((entry, entry.photos.first()?))) else {
            return Ok(card::make(&words, None)?);
        };
        let file = format!("{}/{}", entry.folder, photo.file.value);
        let bytes = self.source.read(&file, photo::MAX_BYTES).map_err(|why| gone(&file, why))?;
        card::make(&words, Some((&photo.file, &bytes)))
            .map_err(|finding| Trouble::Found(Box::new(finding.in_file(&file))))
    }

    /// The address of an entry's first photo.
    fn first_photo(&self, entry: &Entry) -> Option<String> {
        let photo = entry.photos.first().filter(|_| entry.withdrawn.is_none())?;
        Some(self.address(&self.plan.site.photo_path(entry, &photo.file)?))
    }

    fn structured(&self, entry: &Entry, lang: Lang, half: &Half<'_>) -> Result<String, Trouble> {
        let site = self.plan.site;
        let guide = matches!(&entry.facts, Facts::Guide(guide) if guide.steps);
        let article = entry.article(lang).unwrap_or(entry.source());
        let steps = if guide {
            let text = self.source.text(&article.file).map_err(|why| gone(&article.file, why))?;
            markdown::steps(text.get(article.body..).unwrap_or_default())
        } else {
            Vec::new()
        };
        let list = self.address(&list_path(site, entry.kind, lang, 1));
        let around = Around {
            url: &self.address(&site.path(entry, lang)),
            list: (&list, self.theme.string(lang, section_key(entry.kind))),
            home: (self.base_url, &half.site),
            image: self.first_photo(entry),
            steps: &steps,
        };
        Ok(structured::entry(&self.viewer(lang, ""), entry, lang, &around))
    }

    fn list(&self, kind: Kind, lang: Lang, number: usize, root: &str) -> Result<Vec<u8>, Trouble> {
        let site = self.plan.site;
        let path = |lang: Lang| list_path(site, kind, lang, number);
        let mut half = self.half(lang, root, Some(kind), None);
        let viewer = self.viewer(lang, root);
        let all = self.plan.list(kind, lang);
        half.cards = all
            .chunks(PAGE)
            .nth(number - 1)
            .unwrap_or_default()
            .iter()
            .map(|entry| viewer.link(entry))
            .collect();
        let pages = all.len().div_ceil(PAGE);
        let page = |page| PageLink {
            number: page,
            href: format!("{root}{}", list_path(site, kind, lang, page)),
            here: page == number,
        };
        half.pages = (1..=pages).filter(|_| pages > 1).map(page).collect();
        let label = self.theme.string(lang, section_key(kind));
        let numbered = if number > 1 { format!("{label} ({number})") } else { label.to_owned() };
        let page = Page {
            layout: "list",
            root,
            lang,
            titles: Vec::new(),
            title: format!("{numbered} · {}", half.site),
            description: format!("{numbered}: {}", half.site),
            canonical: Some(self.address(&path(lang))),
            alternates: site.config.languages.iter().map(|&lang| (lang, self.address(&path(lang)))).collect(),
            hidden: false,
            switch: self.switch(Some(lang), |lang| format!("{root}{}", path(lang))),
            halves: vec![half],
            code: None,
            structured: None,
            picture: Some(self.address(&card::path(site, None))),
            feed: Some(self.address(&format!("{lang}/atom.xml"))),
        };
        Ok(self.theme.render("page.html", &page)?.into_bytes())
    }

    /// A page of the site's own with every language in it: the box for typed codes, and the page for a wrong address.
    fn shared(&self, layout: &'static str, root: &str) -> Result<Vec<u8>, Trouble> {
        let languages = &self.plan.site.config.languages;
        let (mut halves, mut titles) = (Vec::new(), Vec::new());
        for &lang in languages {
            let mut half = self.half(lang, root, None, None);
            half.prefix = format!("{lang}-");
            titles.push((lang, format!("{} · {}", self.theme.string(lang, layout), half.site)));
            halves.push(half);
        }
        let source = self.plan.site.config.source_language();
        let page = Page {
            layout,
            root,
            lang: source,
            title: titles.iter().map(|(_, title)| title.as_str()).next().unwrap_or_default().to_owned(),
            titles,
            description: self.theme.string(source, "find_help").to_owned(),
            canonical: None,
            alternates: Vec::new(),
            hidden: true,
            switch: self.switch(None, |lang| format!("#{lang}-p_main")),
            halves,
            code: None,
            structured: None,
            picture: None,
            feed: None,
        };
        Ok(self.theme.render("page.html", &page)?.into_bytes())
    }

    fn home(&self, root: &str) -> Result<Vec<u8>, Trouble> {
        let config = &self.plan.site.config;
        let source = config.source_language();
        let (mut halves, mut titles) = (Vec::new(), Vec::new());
        for &lang in &config.languages {
            let mut half = self.half(lang, root, None, None);
            half.prefix = format!("{lang}-");
            let viewer = self.viewer(lang, root);
            let first = |kind| self.plan.list(kind, lang).iter().take(6).map(|entry| viewer.link(entry));
            half.cards = Kind::ALL.into_iter().flat_map(first).collect();
            titles.push((lang, half.site.clone()));
            halves.push(half);
        }
        let title = config.title.get(source).0.to_owned();
        let page = Page {
            layout: "home",
            root,
            lang: source,
            description: title.clone(),
            title,
            titles,
            canonical: Some(self.base_url.to_owned()),
            alternates: Vec::new(),
            hidden: false,
            switch: self.switch(None, |lang| format!("#{lang}-p_main")),
            halves,
            code: None,
            structured: None,
            picture: Some(self.address(&card::path(self.plan.site, None))),
            feed: None,
        };
        Ok(self.theme.render("page.html", &page)?.into_bytes())
    }
}

/// A withdrawn entry's summary is withdrawn as well.
fn description(entry: &Entry, summary: &str) -> String {
    if entry.withdrawn.is_some() { String::new() } else { summary.to_owned() }
}

/// A file that was there when the site was loaded and is gone or changed beyond reading now.
fn gone(file: &str, why: Unreadable) -> Trouble {
    match unreadable(why) {
        Ok(finding) => Trouble::Found(Box::new(finding.in_file(file))),
        Err(failure) => Trouble::Failed(failure),
    }
}

fn unencodable(error: &impl std::fmt::Display) -> Failure {
    use crate::diagnostic::Text;
    Failure::machine(
        Text::new(
            format!("không mã hóa được địa chỉ: {error}"),
            format!("the address cannot be encoded: {error}"),
        ),
        Text::new(
            "dùng tên miền ngắn hơn trong `printed_address`",
            "use a shorter domain in `printed_address`",
        ),
    )
}
