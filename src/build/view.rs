//! What a template is given: an entry's facts in one language, worded and linked, ready to be laid out.
//! Chooses words and addresses; never writes a tag (the article's own HTML comes from `markdown`).

use super::goods::{self, Award, Fact, Offer, Reach};
use super::markdown::Shown;
use super::motif;
use super::photo;
use super::renditions::{Rendition, Renditions};
use super::theme::Theme;
use super::tongue::{Said, Tongue};
use super::visit::{self, Listen, Way};
use super::years::{self, Event, FestivalView, Ranked};
use crate::code::Id;
use crate::diagnostic::Lang;
use crate::site::entry::{Claim, Facts, Photo, Source, Trail};
use crate::site::place::{Contact, Place};
use crate::site::prose::Caption;
use crate::site::relic::{DesignationKind, Relic};
use crate::site::{Article, Entry, Kind, Site, Words};
use jiff::civil::Date;
use serde::Serialize;

/// An entry named in a line: one nearby, the one before, the one after.
#[derive(Serialize)]
pub struct Named<'a> {
    title: Said<'a>,
    href: String,
}

/// An entry as a card.
#[derive(Serialize)]
pub struct Link<'a> {
    /// Its name.
    pub title: Said<'a>,
    /// Its address on this page.
    pub href: String,
    /// Its summary.
    pub summary: Said<'a>,
    /// Its kind's word.
    pub kind: &'static str,
    /// Its rank, or nothing.
    pub rank: Option<&'static str>,
    /// Where it is, in words.
    pub place: Option<String>,
    /// Its first photo.
    pub photo: Option<Picture<'a>>,
}

/// A photo on a page.
#[derive(Serialize)]
pub struct Picture<'a> {
    #[serde(flatten)]
    shown: Shown,
    /// What is shown until the photo comes.
    placeholder: Option<String>,
    /// Drawn here for want of a photo, and nothing to be told of.
    motif: bool,
    alt: Said<'a>,
    caption: Option<Said<'a>>,
    credit: Option<Said<'a>>,
    licence: Option<&'a str>,
}

#[derive(Serialize)]
struct ClaimView<'a> {
    about: Said<'a>,
    says: Vec<(Said<'a>, Option<usize>)>,
}

#[derive(Serialize)]
struct SourceView<'a> {
    title: &'a str,
    url: Option<&'a str>,
    on: Option<String>,
}

#[derive(Serialize)]
struct MakerView<'a> {
    name: &'a str,
    website: Option<&'a str>,
    place: Option<String>,
    reach: Option<Reach<'a>>,
}

/// Where something is, in words.
#[derive(Serialize)]
struct PlaceView<'a> {
    detail: Option<Said<'a>>,
    commune: Option<String>,
    before: Option<&'a str>,
    way: Option<Way<'a>>,
}

/// An entry in one language.
#[derive(Serialize)]
pub struct EntryView<'a> {
    id: Id,
    kind: &'static str,
    title: Said<'a>,
    summary: Said<'a>,
    body: String,
    /// The language of title, summary and body where it is not the page's own: no translation yet.
    fallback: Option<Lang>,
    machine: bool,
    /// The address of the source article, where this translation was made from an older one.
    stale: Option<String>,
    source_lang: Lang,
    translator: Option<&'a str>,
    draft: bool,
    withdrawn: Option<(Option<String>, Option<Said<'a>>)>,
    reviewed: Option<(&'a str, Option<String>)>,
    rank: Option<&'static str>,
    photos: Vec<Picture<'a>>,
    place: Option<PlaceView<'a>>,
    period: Option<Said<'a>>,
    designations: Vec<Ranked<'a>>,
    facts: Vec<Fact<'a>>,
    visiting: Vec<Fact<'a>>,
    timeline: Vec<Event<'a>>,
    festivals: Vec<FestivalView<'a>>,
    makers: Vec<MakerView<'a>>,
    award: Option<Award>,
    offers: Vec<Offer<'a>>,
    /// Whom a guide's reader asks.
    ask: Option<MakerView<'a>>,
    claims: Vec<ClaimView<'a>>,
    sources: Vec<SourceView<'a>>,
    links: Vec<Link<'a>>,
    /// A trail's stops in order, each with how far the next one is.
    stops: Vec<(Link<'a>, Option<String>)>,
    /// A trail as one file: where it stands, and how much it weighs; set by whoever makes that file.
    pub(super) take: Option<(String, String)>,
    /// Its narration; set by whoever reads the transcript.
    pub(super) listen: Option<Listen<'a>>,
    steps: bool,
    updated: Option<String>,
    printed: Option<String>,
    symbol: Option<String>,
}

/// What every view needs: the site, the wording, the language, and the way back to the root.
#[derive(Clone, Copy)]
pub struct Viewer<'a> {
    /// The site.
    pub site: &'a Site,
    /// The photos.
    pub renditions: &'a Renditions<'a>,
    /// The theme, for wordings put together here.
    pub theme: &'a Theme,
    /// The language of this half of the page.
    pub lang: Lang,
    /// The day of the build.
    pub date: Date,
    /// `../` as often as the page is deep.
    pub root: &'a str,
}

impl<'a> Viewer<'a> {
    /// The theme's words in the page's language.
    pub fn tongue(&self) -> Tongue<'a> {
        Tongue { theme: self.theme, lang: self.lang }
    }

    fn say(&self, words: &'a Words) -> Said<'a> {
        self.tongue().say(words)
    }

    fn say_some(&self, words: Option<&'a Words>) -> Option<Said<'a>> {
        self.tongue().say_some(words)
    }

    fn day(&self, date: Date) -> String {
        self.tongue().day(date)
    }

    /// The prose of an entry in the page's language, or in the source language, which is then named.
    fn prose(&self, entry: &'a Entry) -> (&'a Article, Option<Lang>) {
        match entry.article(self.lang) {
            Some(article) => (article, None),
            None => (entry.source(), Some(entry.source().lang)),
        }
    }

    /// The address of an entry's page, from this page.
    pub fn href(&self, entry: &Entry) -> String {
        format!("{}{}", self.root, self.site.path(entry, self.lang))
    }

    /// An entry by its name alone.
    pub fn named(&self, entry: &'a Entry) -> Named<'a> {
        let (prose, lang) = self.prose(entry);
        Named { title: Said { text: prose.title.as_str().into(), lang }, href: self.href(entry) }
    }

    /// An entry as a card in a list.
    pub fn link(&self, entry: &'a Entry) -> Link<'a> {
        let (prose, lang) = self.prose(entry);
        Link {
            title: Said { text: prose.title.as_str().into(), lang },
            href: self.href(entry),
            summary: Said { text: prose.summary.as_str().into(), lang },
            kind: entry.kind.word(),
            rank: entry.rank().map(DesignationKind::word),
            place: entry.place.as_ref().and_then(|place| self.commune(place)),
            photo: match entry.photos.first() {
                Some(photo) => self.picture(entry, photo, 0),
                None => Some(self.motif(entry)),
            },
        }
    }

    /// The commune and province of a place, in words.
    pub fn commune(&self, place: &Place) -> Option<String> {
        Some(self.site.commune(place)?.label(self.lang))
    }

    /// The addresses and the size of a picture in an entry's folder.
    pub fn shown(&self, entry: &Entry, name: &str) -> Option<Shown> {
        let facts = self.site.file(entry, name)?;
        let (width, height) = facts.size?;
        let plain = format!("{}{}", self.root, self.site.photo_path(entry, name)?);
        let forms = Rendition::of(facts);
        let up_to = |most: u32| {
            let fitting = forms.iter().filter_map(|form| match form {
                Rendition::WebP(wide) if *wide <= most => Some(format!("{} {wide}w", form.path(&plain))),
                _ => None,
            });
            Some(fitting.collect::<Vec<_>>().join(", ")).filter(|set| !set.is_empty())
        };
        Some(Shown { phone: up_to(photo::WIDTHS[1]), desk: up_to(width), src: plain, width, height })
    }

    fn motif(&self, entry: &Entry) -> Picture<'a> {
        let (width, height) = motif::SIZE;
        let src = format!("{}{}", self.root, motif::path(entry));
        Picture {
            shown: Shown { src, phone: None, desk: None, width, height },
            placeholder: None,
            motif: true,
            alt: Said::own(""),
            caption: None,
            credit: None,
            licence: None,
        }
    }

    fn picture(&self, entry: &'a Entry, photo: &'a Photo, at: usize) -> Option<Picture<'a>> {
        let source = entry.source();
        let own = entry.article(self.lang).unwrap_or(source);
        let words = |pick: fn(&Caption) -> Option<&String>| {
            let written = |article: &'a Article| article.captions.get(at).and_then(pick);
            match (written(own), written(source)) {
                (Some(text), _) => {
                    Some(Said { text: text.into(), lang: (own.lang != self.lang).then_some(own.lang) })
                }
                (None, Some(text)) => Some(Said { text: text.into(), lang: Some(source.lang) }),
                (None, None) => None,
            }
        };
        Some(Picture {
            shown: self.shown(entry, &photo.file)?,
            placeholder: None,
            motif: false,
            alt: words(|caption| caption.alt.as_ref()).unwrap_or(Said::own("")),
            caption: words(|caption| caption.caption.as_ref()),
            credit: self.say_some(photo.credit.as_ref()),
            licence: photo.licence.as_deref(),
        })
    }

    /// An entry's photos, the first with what is shown until it comes; its own drawing where it has none.
    fn photos(&self, entry: &'a Entry) -> Vec<Picture<'a>> {
        let Some(first) = entry.photos.first() else { return vec![self.motif(entry)] };
        let numbered = entry.photos.iter().enumerate();
        let mut photos: Vec<_> = numbered.filter_map(|(at, photo)| self.picture(entry, photo, at)).collect();
        if let (Some(picture), Some(facts)) = (photos.first_mut(), self.site.file(entry, &first.file)) {
            picture.placeholder = self.renditions.placeholder(facts, &entry.folder, &first.file);
        }
        photos
    }

    fn place(&self, entry: &'a Entry, place: &'a Place) -> PlaceView<'a> {
        let commune = self.commune(place);
        PlaceView {
            detail: self.say_some(place.detail.as_ref()),
            before: place.before.as_ref().map(|before| before.as_str()),
            way: visit::way(self.tongue(), entry, place, commune.as_deref()),
            commune,
        }
    }

    /// An entry's narration for this page; `words` is its transcript where it has a file of its own.
    pub fn listen(
        &self,
        entry: &'a Entry,
        article: &'a Article,
        words: Option<String>,
    ) -> Option<Listen<'a>> {
        visit::listen(self.tongue(), self.site, self.root, (entry, article), words)
    }

    /// An entry with everything a page shows of it. `body` is its article as HTML, empty for a withdrawn entry.
    pub fn entry(&self, entry: &'a Entry, body: String, photos: bool) -> EntryView<'a> {
        let (prose, fallback) = self.prose(entry);
        let address = self.site.config.printed_address.as_ref();
        let mut view = EntryView {
            id: entry.id.value,
            kind: entry.kind.word(),
            title: Said { text: prose.title.as_str().into(), lang: fallback },
            summary: Said { text: prose.summary.as_str().into(), lang: fallback },
            body,
            fallback,
            machine: prose.machine,
            stale: entry
                .is_stale(prose)
                .then(|| format!("{}{}", self.root, self.site.path(entry, entry.source().lang))),
            source_lang: entry.source().lang,
            translator: prose.translator.as_deref(),
            draft: entry.draft.value,
            withdrawn: entry
                .withdrawn
                .as_ref()
                .map(|gone| (gone.on.map(|on| self.day(on)), self.say_some(gone.reason.as_ref()))),
            reviewed: entry
                .reviewed
                .as_ref()
                .map(|review| (review.by.as_str(), review.on.map(|on| self.day(on)))),
            rank: entry.rank().map(DesignationKind::word),
            photos: if photos { self.photos(entry) } else { Vec::new() },
            place: entry.place.as_ref().map(|place| self.place(entry, place)),
            period: None,
            designations: Vec::new(),
            facts: Vec::new(),
            visiting: Vec::new(),
            timeline: Vec::new(),
            festivals: Vec::new(),
            makers: Vec::new(),
            award: None,
            offers: Vec::new(),
            ask: None,
            claims: self.claims(entry),
            sources: entry.sources.iter().map(|source| self.source(source)).collect(),
            links: Vec::new(),
            stops: Vec::new(),
            take: None,
            listen: None,
            steps: false,
            updated: entry.updated.map(|on| self.day(on)),
            printed: address.map(|address| address.words(entry.id.value)),
            symbol: address
                .filter(|_| entry.withdrawn.is_none())
                .map(|_| format!("{}qr/{}.svg", self.root, entry.id.value)),
        };
        if entry.withdrawn.is_none() {
            self.add_facts(entry, &mut view);
        }
        view
    }

    fn claims(&self, entry: &'a Entry) -> Vec<ClaimView<'a>> {
        let says =
            |claim: &'a Claim| claim.says.iter().map(|(what, source)| (self.say(what), *source)).collect();
        entry
            .claims
            .iter()
            .map(|claim| ClaimView { about: self.say(&claim.about), says: says(claim) })
            .collect()
    }

    fn source(&self, source: &'a Source) -> SourceView<'a> {
        SourceView { title: &source.title, url: source.url.as_deref(), on: source.on.map(|on| self.day(on)) }
    }

    fn fact(&self, key: &'static str, words: Option<&'a Words>) -> Option<Fact<'a>> {
        words.map(|words| Fact { key, words: vec![self.say(words)] })
    }

    fn add_facts(&self, entry: &'a Entry, view: &mut EntryView<'a>) {
        match &entry.facts {
            Facts::Relic(relic) => self.add_ranks_and_years(entry, relic, view),
            Facts::Product(product) => {
                let tongue = self.tongue();
                view.facts = goods::facts(tongue, product, self.date);
                view.award = goods::award(tongue, product, self.date);
                view.offers = goods::offers(tongue, product);
                view.makers = product
                    .makers
                    .iter()
                    .map(|maker| MakerView {
                        website: maker.website.as_deref(),
                        ..self.whom(&maker.name, maker.place.as_ref(), &maker.contact)
                    })
                    .collect();
                view.links = self.links(product.from_relics.iter().map(|id| id.value));
            }
            Facts::Guide(guide) => {
                view.steps = guide.steps;
                view.facts.extend(self.fact("audience", guide.audience.as_ref()));
                let ask = guide.contact_point.as_ref();
                view.ask = ask.map(|(name, place, contact)| self.whom(name, place.as_ref(), contact));
            }
            Facts::Trail(trail) => {
                let by = self.tongue().string(TRAVEL[trail.by as usize]);
                view.facts.push(Fact { key: "by", words: vec![Said::own(by)] });
                let stops = self.stops(trail);
                let legs = visit::legs(self.tongue(), &stops);
                view.stops = stops.iter().map(|stop| self.link(stop)).zip(legs).collect();
            }
        }
    }

    fn add_ranks_and_years(&self, entry: &'a Entry, relic: &'a Relic, view: &mut EntryView<'a>) {
        let tongue = self.tongue();
        view.period = relic.period.as_ref().map(|period| self.say(&period.text));
        let types =
            relic.types.iter().map(|kind| Said::own(self.tongue().string(TYPES[*kind as usize]))).collect();
        view.facts.push(Fact { key: "types", words: types });
        view.facts.extend(self.fact("worships", relic.worships.as_ref()));
        view.facts.extend(self.fact("period", relic.period.as_ref().map(|period| &period.text)));
        view.designations = relic.designations.iter().map(|step| years::ranked(tongue, step)).collect();
        view.timeline = relic
            .timeline
            .iter()
            .map(|event| Event { when: tongue.say(&event.when), what: tongue.say(&event.what) })
            .collect();
        let around = (&self.site.calendar, self.date, self.root);
        let festivals = (1..).zip(&relic.festivals);
        view.festivals =
            festivals.map(|(n, festival)| years::festival(tongue, entry, n, festival, around)).collect();
        let visiting = &relic.visiting;
        let notes = [
            ("dress", &visiting.dress),
            ("access", &visiting.access),
            ("hours", &visiting.hours),
            ("fee", &visiting.fee),
        ];
        view.visiting = notes.into_iter().filter_map(|(key, words)| self.fact(key, words.as_ref())).collect();
        view.links = self.links(relic.part_of.iter().map(|id| id.value));
    }

    fn whom(&self, name: &'a str, place: Option<&'a Place>, contact: &'a Contact) -> MakerView<'a> {
        let place = place.and_then(|place| self.commune(place));
        MakerView { name, website: None, place, reach: goods::reach(self.tongue(), contact) }
    }

    /// Cards for the entries that these ids lead to, published ones only.
    fn links(&self, ids: impl Iterator<Item = Id>) -> Vec<Link<'a>> {
        self.public(ids).map(|entry| self.link(entry)).collect()
    }

    /// The published stops of a trail.
    pub fn stops(&self, trail: &Trail) -> Vec<&'a Entry> {
        self.public(trail.stops.iter().map(|id| id.value)).collect()
    }

    fn public(&self, ids: impl Iterator<Item = Id>) -> impl Iterator<Item = &'a Entry> {
        let site = self.site;
        ids.filter_map(move |id| site.entry(id))
            .filter(|entry| !entry.draft.value && entry.withdrawn.is_none())
    }
}

const TRAVEL: [&str; 4] = ["by_walk", "by_bicycle", "by_motorbike", "by_car"];
const TYPES: [&str; 4] = ["type_history", "type_architecture", "type_archaeology", "type_landscape"];

/// The label of a kind in the theme's strings.
pub const fn section_key(kind: Kind) -> &'static str {
    ["relics", "products", "guides", "trails"][kind as usize]
}
