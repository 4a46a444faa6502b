//! One relic, product, guide or trail: its id, its one set of facts, and an article a language.
//! What the head of `index.md` says, typed; every key of FIELDS is read and kept.

use super::fields::Fields;
use super::place::{Contact, Place};
use super::product::Product;
use super::prose::{Audio, Caption, Prose, own_file, title_and_summary};
use super::relic::{DesignationKind, Relic};
use super::words::Words;
use crate::code::Id;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{agreement, prose};
use crate::diagnostic::{Lang, Text};
use jiff::civil::Date;

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, clap::ValueEnum)]
pub enum Kind {
    /// di tích / a heritage place
    Relic,
    /// đặc sản, làng nghề / a specialty or craft
    Product,
    /// trang hướng dẫn / a how-to page
    Guide,
    /// hành trình / a walk from entry to entry
    Trail,
}

impl Kind {
    /// Every kind, in the order lists and sections are shown.
    pub const ALL: [Self; 4] = [Self::Relic, Self::Product, Self::Guide, Self::Trail];

    /// The folder under `content/`, which is also the key under `sections`.
    pub const fn folder(self) -> &'static str {
        ["relics", "products", "guides", "trails"][self as usize]
    }

    /// The word for one of them, as `new` takes it and the data files write it.
    pub const fn word(self) -> &'static str {
        ["relic", "product", "guide", "trail"][self as usize]
    }

    /// The section's name in paths where `dautich.yaml` names none.
    pub fn section(self, lang: Lang) -> &'static str {
        if lang == Lang::VI {
            ["di-tich", "dac-san", "huong-dan", "hanh-trinh"][self as usize]
        } else {
            ["relics", "specialties", "guides", "trails"][self as usize]
        }
    }
}

/// One entry: a folder with its articles.
#[derive(Debug)]
pub struct Entry {
    /// What the plaque carries.
    pub id: At<Id>,
    /// What it is about.
    pub kind: Kind,
    /// The folder's name as an address part: for people and search engines, never identity.
    pub slug: String,
    /// The folder, relative to the root, with `/`.
    pub folder: String,
    /// Other names people search by.
    pub also: Vec<String>,
    /// Not published, not printed.
    pub draft: At<bool>,
    /// Photos, in the order they are shown; captions stand in the articles.
    pub photos: Vec<Photo>,
    /// What the article and the facts rest on.
    pub sources: Vec<Source>,
    /// Where sources differ.
    pub claims: Vec<Claim>,
    /// Who reviewed it and when; absent means not yet.
    pub reviewed: Option<Reviewed>,
    /// The last change worth telling a reader.
    pub updated: Option<Date>,
    /// Ids of merged duplicates that lead here.
    pub former_ids: Vec<At<Id>>,
    /// Withdrawn from publication: the page says so.
    pub withdrawn: Option<Withdrawn>,
    /// Where it is.
    pub place: Option<Place>,
    /// What only this kind of entry has.
    pub facts: Facts,
    /// One a language that has a file, the source language first.
    pub articles: Vec<Article>,
}

impl Entry {
    /// The highest rank of a relic; nothing else has any.
    pub fn rank(&self) -> Option<DesignationKind> {
        if let Facts::Relic(relic) = &self.facts { relic.rank() } else { None }
    }

    /// The name of a relic's Wi-Fi network and how it is locked, as they are written.
    pub fn wifi(&self) -> Option<(&str, Option<&str>)> {
        let Facts::Relic(relic) = &self.facts else { return None };
        relic.wifi.as_ref().map(|(ssid, security)| (ssid.as_str(), security.as_deref()))
    }

    /// The code of the commune it is in, as it is written.
    pub fn commune(&self) -> Option<&str> {
        Some(self.place.as_ref()?.commune.as_ref()?.value.as_str())
    }

    /// The source article.
    pub fn source(&self) -> &Article {
        &self.articles[0]
    }

    /// The article in `lang`, if it was translated.
    pub fn article(&self, lang: Lang) -> Option<&Article> {
        self.articles.iter().find(|article| article.lang == lang)
    }

    /// Whether an article says that it was translated from another text than the source now has.
    pub fn is_stale(&self, article: &Article) -> bool {
        article.lang != self.source().lang
            && article.source_hash.as_ref().is_some_and(|hash| *hash != self.source().digest)
    }

    /// The file with the facts.
    pub fn file(&self) -> &str {
        &self.source().file
    }

    /// Its own id and every former one: each has a landing.
    pub fn ids(&self) -> impl Iterator<Item = At<Id>> + '_ {
        std::iter::once(self.id).chain(self.former_ids.iter().copied())
    }
}

/// The prose of an entry in one language: where it stands, not the text itself (bodies are read again to be rendered).
#[derive(Debug)]
pub struct Article {
    /// The language.
    pub lang: Lang,
    /// The file, relative to the root.
    pub file: String,
    /// Where in the file the article begins, in bytes.
    pub body: usize,
    /// The name, in this language.
    pub title: At<String>,
    /// One or two sentences: what it is and why it matters.
    pub summary: String,
    /// Words for each photo, in the order of [`Entry::photos`].
    pub captions: Vec<Caption>,
    /// The narration in this language.
    pub audio: Option<Box<Audio>>,
    /// Made by a machine, to be labelled so.
    pub machine: bool,
    /// Who translated it.
    pub translator: Option<String>,
    /// The fingerprint of the source it was translated from.
    pub source_hash: Option<String>,
    /// The fingerprint of this article's own text (FIELDS, "A translation").
    pub digest: String,
    /// How many words it has, counted no further than tells an article from a mere line.
    pub words: usize,
    /// Whether it has a numbered list.
    pub steps: bool,
    /// Links to other entries, as written.
    pub links: Box<[At<String>]>,
    /// Files of the entry's folder shown inside the article.
    pub pictures: Box<[At<String>]>,
}

/// A photo of the entry's folder.
#[derive(Debug)]
pub struct Photo {
    /// The file's name.
    pub file: At<String>,
    /// Who made it.
    pub credit: Option<Words>,
    /// Under which licence.
    pub licence: Option<String>,
}

/// A work that the entry rests on.
#[derive(Debug)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// When it was looked at.
    pub on: Option<Date>,
}

/// A fact on which sources differ.
#[derive(Debug)]
pub struct Claim {
    /// What it is about.
    pub about: Words,
    /// What each says, and the source's number from 1.
    pub says: Vec<(Words, Option<usize>)>,
}

/// A review by somebody who answers for it.
#[derive(Debug)]
pub struct Reviewed {
    /// The office or person.
    pub by: String,
    /// The day.
    pub on: Option<Date>,
}

/// An entry taken off the site: its plaque leads to a page that says so.
#[derive(Debug)]
pub struct Withdrawn {
    /// The day.
    pub on: Option<Date>,
    /// Why.
    pub reason: Option<Words>,
}

/// What only one kind of entry has.
#[derive(Debug)]
pub enum Facts {
    /// A heritage place.
    Relic(Box<Relic>),
    /// A specialty or craft.
    Product(Box<Product>),
    /// A how-to page.
    Guide(Box<Guide>),
    /// A walk.
    Trail(Box<Trail>),
}

/// A how-to page.
#[derive(Debug)]
pub struct Guide {
    /// For whom.
    pub audience: Option<Words>,
    /// Whether the article's ordered list becomes large numbered steps.
    pub steps: bool,
    /// Where to ask.
    pub contact_point: Option<(String, Option<Place>, Contact)>,
}

/// How a trail is travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    /// On foot.
    Walk,
    /// By bicycle.
    Bicycle,
    /// By motorbike.
    Motorbike,
    /// By car.
    Car,
}

impl Travel {
    const CHOICES: [(&'static str, Self); 4] = [
        ("walk", Self::Walk),
        ("bicycle", Self::Bicycle),
        ("motorbike", Self::Motorbike),
        ("car", Self::Car),
    ];

    /// The word people write.
    pub const fn word(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }
}

/// A walk from entry to entry.
#[derive(Debug)]
pub struct Trail {
    /// Its stops in order.
    pub stops: Vec<At<Id>>,
    /// How it is travelled.
    pub by: Travel,
}

/// What the head of `index.md` holds: the facts, and the prose keys of the source article.
pub struct Head {
    /// The facts; the caller adds folder, slug and articles.
    pub entry: Entry,
    /// The prose keys of this file.
    pub prose: Prose,
}

impl Head {
    /// Reads the head of an `index.md`. Findings gather in the reader; `None` where a required key is missing.
    pub fn read(fields: &mut Fields<'_, '_, '_>, kind: Kind) -> Option<Self> {
        let given =
            Text::new("mã sáu ký tự do `dautich new` cấp", "the six characters that `dautich new` gives");
        let id = fields.required("id", &given, |fields| fields.id("id"));
        let draft = fields.flag("draft");
        let (title, summary) = title_and_summary(fields);
        let mut captions = Vec::new();
        let photos = fields.list("photos", |fields| {
            let (photo, caption) = Photo::read(fields)?;
            if captions.iter().any(|(name, _): &(At<String>, _)| name.value == photo.file.value) {
                fields.reader.report(agreement::listed_twice("photos", &photo.file), photo.file.span);
                return None;
            }
            captions.push((At { value: photo.file.value.clone(), span: photo.file.span }, caption));
            Some(photo)
        });
        let sources = Source::read_all(fields);
        // Counted as written: one bad source must not shift the numbers of the others.
        let count = fields.count("sources");
        let gone = Text::new(
            "ngày gỡ và lý do, như {on: 2026-11-21, reason: {…}}",
            "the day and the reason, as in {on: 2026-11-21, reason: {…}}",
        );
        // An empty `withdrawn:` must not publish what somebody asked to be removed.
        let withdrawn = fields.if_written("withdrawn", &gone, |fields| {
            fields.map("withdrawn", |fields| {
                Some(Withdrawn { on: fields.past_date("on"), reason: fields.words("reason") })
            })
        });
        let audio = fields.map("audio", Audio::read);
        fields.ignore("extra");
        let entry = Entry {
            kind,
            slug: String::new(),
            folder: String::new(),
            also: other_names(fields, title.as_ref()),
            draft,
            photos,
            claims: fields.list("claims", |fields| Claim::read(fields, count)),
            reviewed: fields.map("reviewed", Reviewed::read),
            updated: fields.past_date("updated"),
            former_ids: fields.ids_once("former_ids"),
            withdrawn,
            place: fields.map("place", Place::read),
            facts: Facts::read(fields, kind, count),
            articles: Vec::new(),
            sources,
            // Every key has been asked for by now, so none is called unknown.
            id: id?,
        };
        let prose = Prose {
            // A draft may still lack its prose; it is not published until it has it.
            title: title.or_else(|| draft.value.then(|| At { value: String::new(), span: draft.span }))?,
            summary: summary.map(|text| text.value).or_else(|| draft.value.then(String::new))?,
            captions,
            audio,
            machine: false,
            translator: None,
            source_hash: None,
        };
        Some(Self { entry, prose })
    }
}

impl Trail {
    fn read_stops(fields: &mut Fields<'_, '_, '_>) -> Vec<At<Id>> {
        let stops = fields.ids("stops");
        if fields.count("stops") < 2 {
            let span = fields.place_of("stops");
            fields.reader.report(agreement::too_few_stops(), span);
        }
        for (at, stop) in stops.iter().enumerate() {
            let before = stops[..at].iter().position(|other| other.value == stop.value);
            // A round trip ends where it began.
            let round = before == Some(0) && at + 1 == stops.len() && at > 1;
            if before.is_some() && !round {
                fields.reader.report(agreement::stop_again(stop.value.as_str()), stop.span);
            }
        }
        stops
    }
}

impl Photo {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<(Self, Caption)> {
        let file = fields.required_text("file", &Text::new("tên tệp ảnh", "the picture's file name"));
        let caption = Caption::read(fields);
        let (credit, licence) = (fields.words("credit"), fields.text("licence").map(|text| text.value));
        let file = own_file(fields, file?)?;
        if caption.alt.is_none() {
            fields.reader.report(prose::no_alt(&file), file.span);
        }
        Some((Self { file, credit, licence }, caption))
    }
}

/// Names people search by besides the title; one written already is told.
fn other_names(fields: &mut Fields<'_, '_, '_>, title: Option<&At<String>>) -> Vec<String> {
    let names = fields.texts("also");
    for (at, name) in names.iter().enumerate() {
        let mut before = names[..at].iter().chain(title);
        if before.any(|other| other.value.to_lowercase() == name.value.to_lowercase()) {
            fields.reader.report(agreement::same_name_again(name), name.span);
        }
    }
    names.into_iter().map(|name| name.value).collect()
}

impl Source {
    /// Every source; one written twice is told, by its address or, where neither has one, by its title.
    fn read_all(fields: &mut Fields<'_, '_, '_>) -> Vec<Self> {
        let (mut number, mut seen): (usize, Vec<(usize, String)>) = (0, Vec::new());
        fields.list("sources", |fields| {
            number += 1;
            let source = Self::read(fields)?;
            let name = source.url.clone().unwrap_or_else(|| source.title.to_lowercase());
            match seen.iter().find(|(_, other)| *other == name) {
                Some((first, _)) => {
                    let span = fields.place_of(if source.url.is_some() { "url" } else { "title" });
                    fields.reader.report(agreement::same_source_again(number, *first), span);
                }
                None => seen.push((number, name)),
            }
            Some(source)
        })
    }

    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let title = fields.required_text("title", &Text::new("tên của nguồn", "what the source is called"));
        let url = fields.url("url").map(|text| text.value);
        let on = fields.past_date("on");
        Some(Self { title: title?.value, url, on })
    }
}

impl Claim {
    fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Option<Self> {
        let about = Text::new("điều các nguồn ghi khác nhau", "what the sources differ on");
        let about = fields.required("about", &about, |fields| fields.words("about"));
        let says = fields.list("says", |fields| {
            let said = Text::new("nguồn ấy ghi gì", "what that source says");
            let what = fields.required("what", &said, |fields| fields.words("what"));
            let source = fields.source(sources);
            Some((what?, source))
        });
        if fields.count("says") < 2 {
            fields.reader.report(agreement::one_voice(), fields.span);
        }
        Some(Self { about: about?, says })
    }
}

impl Reviewed {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let by = fields.required_text("by", &Text::new("cơ quan hoặc người duyệt", "the office or person"));
        let on = fields.past_date("on");
        Some(Self { by: by?.value, on })
    }
}

impl Facts {
    fn read(fields: &mut Fields<'_, '_, '_>, kind: Kind, sources: usize) -> Self {
        match kind {
            Kind::Relic => Self::Relic(Box::new(Relic::read(fields, sources))),
            Kind::Product => Self::Product(Box::new(Product::read(fields, sources))),
            Kind::Guide => Self::Guide(Box::new(Guide {
                audience: fields.words("audience"),
                steps: fields.flag("steps").value,
                contact_point: fields.map("contact_point", |fields| {
                    let name =
                        fields.required_text("name", &Text::new("tên nơi hỏi", "the name of the place"));
                    let place = fields.map("place", Place::read);
                    let contact = Contact::read_of(name.as_ref().map_or("", |name| name.as_str()), fields);
                    Some((name?.value, place, contact))
                }),
            })),
            Kind::Trail => Self::Trail(Box::new(Trail {
                stops: Trail::read_stops(fields),
                by: fields.choice("by", &Travel::CHOICES).unwrap_or(Travel::Walk),
            })),
        }
    }
}
