//! One relic, product, guide or trail: its id, its one set of facts, and an article a language.
//! What the head of `index.md` and of each translation says, typed; every key of FIELDS is read and kept.

use super::fields::Fields;
use crate::code::Id;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{facts, prose};
use crate::diagnostic::{Lang, Span, Text};
use crate::vietnam::lunar::LunarDay;
use jiff::civil::Date;

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A heritage place.
    Relic,
    /// A local specialty or craft.
    Product,
    /// A how-to page for residents.
    Guide,
    /// A walk from entry to entry.
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

/// A fact made of words: one string for all languages (a proper name), or one a language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words(Vec<(Option<Lang>, String)>);

impl Words {
    /// One string for every language.
    pub fn one(text: String) -> Self {
        Self(vec![(None, text)])
    }

    /// A string a language; `None` where there is none at all.
    pub fn each(words: Vec<(Lang, String)>) -> Option<Self> {
        (!words.is_empty()).then(|| Self(words.into_iter().map(|(lang, text)| (Some(lang), text)).collect()))
    }

    /// The wording for `lang`, and the language it is really in where that is another one.
    /// A language that is missing falls back to the first one written.
    pub fn get(&self, lang: Lang) -> (&str, Option<Lang>) {
        let found = self.0.iter().find(|(l, _)| l.is_none_or(|l| l == lang));
        match (found, self.0.first()) {
            (Some((_, text)), _) => (text, None),
            (None, Some((other, text))) => (text, *other),
            (None, None) => ("", None),
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
    pub draft: bool,
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
    /// The source article.
    pub fn source(&self) -> &Article {
        &self.articles[0]
    }

    /// The article in `lang`, if it was translated.
    pub fn article(&self, lang: Lang) -> Option<&Article> {
        self.articles.iter().find(|article| article.lang == lang)
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
    pub title: String,
    /// One or two sentences: what it is and why it matters.
    pub summary: String,
    /// Words for each photo, in the order of [`Entry::photos`].
    pub captions: Vec<Caption>,
    /// The narration in this language.
    pub audio: Option<Audio>,
    /// Made by a machine, to be labelled so.
    pub machine: bool,
    /// Who translated it.
    pub translator: Option<String>,
    /// The fingerprint of the source it was translated from.
    pub source_hash: Option<String>,
    /// The fingerprint of this article's own text (FIELDS, "A translation").
    pub digest: String,
    /// Links to other entries, as written.
    pub links: Vec<At<String>>,
    /// Files of the entry's folder shown inside the article.
    pub pictures: Vec<At<String>>,
}

/// What a reader is told about a photo.
#[derive(Debug, Default, Clone)]
pub struct Caption {
    /// What is seen, for those who cannot see it.
    pub alt: Option<String>,
    /// The line under it.
    pub caption: Option<String>,
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

/// A narration: the transcript is the article, unless a file is named.
#[derive(Debug)]
pub struct Audio {
    /// The mp3 file's name.
    pub file: At<String>,
    /// Who reads.
    pub reader: Option<String>,
    /// A file with the words spoken.
    pub transcript: Option<At<String>>,
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

/// How exactly a point is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Measured at the place itself.
    Site,
    /// Only the commune is known: no distance, no pin.
    Commune,
}

/// Where something is.
#[derive(Debug)]
pub struct Place {
    /// The commune's five-digit code.
    pub commune: Option<At<String>>,
    /// The day on which the unit was so.
    pub as_of: Option<Date>,
    /// Hamlet or street.
    pub detail: Option<Words>,
    /// How old signs and maps call it.
    pub before: Option<String>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// How exactly the point is known; without a point it means nothing.
    pub precision: Precision,
}

/// How people are reached; never leaves for the data files.
#[derive(Debug, Default)]
pub struct Contact {
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// A Zalo address.
    pub zalo: Option<String>,
    /// A postal address.
    pub address: Option<Words>,
    /// Who agreed to its being shown, and when.
    pub consent: Option<(String, Option<Date>)>,
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

/// What a relic is ranked for; a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelicType {
    /// lịch sử
    History,
    /// kiến trúc nghệ thuật
    Architecture,
    /// khảo cổ
    Archaeology,
    /// danh lam thắng cảnh
    Landscape,
}

impl RelicType {
    const CHOICES: [(&'static str, Self); 4] = [
        ("history", Self::History),
        ("architecture", Self::Architecture),
        ("archaeology", Self::Archaeology),
        ("landscape", Self::Landscape),
    ];

    /// The word people write.
    pub const fn word(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }
}

/// A rank, or one of the designations that are no rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DesignationKind {
    /// Listed in the inventory, not ranked.
    Inventoried,
    /// cấp tỉnh
    Provincial,
    /// quốc gia
    National,
    /// quốc gia đặc biệt
    SpecialNational,
    /// A World Heritage site or part of one.
    WorldHeritage,
    /// bảo vật quốc gia, inside the relic
    NationalTreasure,
    /// di sản văn hóa phi vật thể, the festival
    Intangible,
}

impl DesignationKind {
    const CHOICES: [(&'static str, Self); 7] = [
        ("inventoried", Self::Inventoried),
        ("provincial", Self::Provincial),
        ("national", Self::National),
        ("special-national", Self::SpecialNational),
        ("world-heritage", Self::WorldHeritage),
        ("national-treasure", Self::NationalTreasure),
        ("intangible", Self::Intangible),
    ];

    /// The word people write.
    pub const fn word(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }

    /// Whether it is a rank; World Heritage, treasures and intangible heritage stand beside the ranks.
    pub fn is_rank(self) -> bool {
        self <= Self::SpecialNational
    }
}

/// One step in the history of a relic's ranks.
#[derive(Debug)]
pub struct Designation {
    /// Which rank or designation.
    pub kind: DesignationKind,
    /// In which year.
    pub year: Option<i64>,
    /// The decision's number.
    pub decision: Option<String>,
    /// Who decided.
    pub issuer: Option<Words>,
    /// The source's number, from 1.
    pub source: Option<usize>,
}

/// A time in words, with the years it spans for sorting.
#[derive(Debug)]
pub struct Period {
    /// How people say it.
    pub text: Words,
    /// First year, negative before our era.
    pub from: Option<i64>,
    /// Last year.
    pub to: Option<i64>,
}

/// One event in a relic's story.
#[derive(Debug)]
pub struct Event {
    /// When, in words.
    pub when: Words,
    /// The year it is sorted by.
    pub sort: Option<i64>,
    /// What happened.
    pub what: Words,
    /// The source's number, from 1.
    pub source: Option<usize>,
}

/// A festival on a lunar day.
#[derive(Debug)]
pub struct Festival {
    /// What it is called.
    pub name: Words,
    /// Its first day.
    pub lunar: Option<LunarDay>,
    /// How many days it lasts.
    pub days: i64,
    /// Every how many years.
    pub every: i64,
    /// A year in which it was held, for `every`.
    pub from_year: Option<i64>,
    /// Years in which it was not held.
    pub cancelled: Vec<i64>,
    /// The source's number, from 1.
    pub source: Option<usize>,
}

/// What a visitor should know; only what a source gives.
#[derive(Debug, Default)]
pub struct Visiting {
    /// How to dress.
    pub dress: Option<Words>,
    /// Steps, ramps, paths.
    pub access: Option<Words>,
    /// When it is open.
    pub hours: Option<Words>,
    /// What it costs.
    pub fee: Option<Words>,
}

/// A heritage place.
#[derive(Debug)]
pub struct Relic {
    /// What it is ranked for.
    pub types: Vec<RelicType>,
    /// Ranks and other designations as a history.
    pub designations: Vec<Designation>,
    /// The cluster's entry.
    pub part_of: Option<At<Id>>,
    /// Who is worshipped.
    pub worships: Option<Words>,
    /// From when it is.
    pub period: Option<Period>,
    /// Its story in dates.
    pub timeline: Vec<Event>,
    /// Its festivals.
    pub festivals: Vec<Festival>,
    /// Notes for visitors.
    pub visiting: Visiting,
    /// The name and security of the free network; never its password.
    pub wifi: Option<(String, Option<String>)>,
}

/// Who makes a product.
#[derive(Debug)]
pub struct Maker {
    /// The co-operative, company or family.
    pub name: String,
    /// Where.
    pub place: Option<Place>,
    /// Its own site.
    pub website: Option<String>,
    /// How to reach it.
    pub contact: Contact,
}

/// An award of the programme "One commune, one product", good for 36 months.
#[derive(Debug)]
pub struct Ocop {
    /// 3 to 5.
    pub stars: i64,
    /// The decision's number.
    pub decision: Option<String>,
    /// Who gave it.
    pub issuer: Option<Words>,
    /// The day from which the 36 months count.
    pub issued_on: Option<Date>,
    /// Which of the maker's products has it.
    pub product: Option<Words>,
}

/// A kind of registered protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtectionKind {
    /// chỉ dẫn địa lý
    GeographicalIndication,
    /// nhãn hiệu chứng nhận
    CertificationMark,
    /// nhãn hiệu tập thể
    CollectiveMark,
}

impl ProtectionKind {
    const CHOICES: [(&'static str, Self); 3] = [
        ("geographical-indication", Self::GeographicalIndication),
        ("certification-mark", Self::CertificationMark),
        ("collective-mark", Self::CollectiveMark),
    ];

    /// The word people write.
    pub const fn word(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }
}

/// A registered protection of a product's name.
#[derive(Debug)]
pub struct Protection {
    /// Which kind.
    pub kind: ProtectionKind,
    /// The number in the register.
    pub number: Option<String>,
    /// Since which year.
    pub year: Option<i64>,
    /// Who holds it.
    pub holder: Option<Words>,
    /// The source's number, from 1.
    pub source: Option<usize>,
}

/// A product's page at a marketplace.
#[derive(Debug)]
pub struct Listing {
    /// Its address.
    pub url: At<String>,
    /// When a person last looked.
    pub checked: Option<Date>,
    /// The shop's name there.
    pub shop: Option<String>,
}

/// What a package's label says.
#[derive(Debug, Default)]
pub struct LabelFacts {
    /// What is in it.
    pub ingredients: Option<Words>,
    /// Net weight or volume.
    pub net: Option<String>,
    /// How long it keeps.
    pub shelf_life: Option<Words>,
    /// How to keep it.
    pub storage: Option<Words>,
    /// What may harm some people.
    pub allergens: Option<Words>,
    /// Alcohol by volume in percent.
    pub abv: Option<f64>,
}

/// A local specialty or craft.
#[derive(Debug)]
pub struct Product {
    /// Who makes it.
    pub makers: Vec<Maker>,
    /// A craft rather than a food.
    pub craft: bool,
    /// When it is to be had.
    pub season: Option<Words>,
    /// Its award.
    pub ocop: Option<Ocop>,
    /// Its protections.
    pub protection: Vec<Protection>,
    /// Its pages at marketplaces.
    pub listings: Vec<Listing>,
    /// The number under the bars.
    pub gtin: Option<At<String>>,
    /// What its label says.
    pub label: LabelFacts,
    /// Relics it is tied to.
    pub from_relics: Vec<At<Id>>,
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

/// The prose keys of one file.
#[derive(Debug)]
pub struct Prose {
    /// `title`.
    pub title: String,
    /// `summary`.
    pub summary: String,
    /// Captions by file name, with the place of the name.
    pub captions: Vec<(At<String>, Caption)>,
    /// `audio`.
    pub audio: Option<Audio>,
    /// `machine`.
    pub machine: bool,
    /// `translator`.
    pub translator: Option<String>,
    /// `source_hash`.
    pub source_hash: Option<String>,
}

fn title_needed() -> Text {
    Text::new("tên của bài, trong ngôn ngữ của tệp này", "the entry's name, in this file's language")
}

fn summary_needed() -> Text {
    Text::new(
        "một hai câu: đây là gì và vì sao đáng biết",
        "one or two sentences: what it is and why it matters",
    )
}

impl Head {
    /// Reads the head of an `index.md`. Findings gather in the reader; `None` where a required key is missing.
    pub fn read(fields: &mut Fields<'_, '_, '_>, kind: Kind) -> Option<Self> {
        let id = fields.id("id");
        if id.is_none() && fields.get("id").is_none() {
            fields.report_absent(
                "id",
                &Text::new(
                    "mã sáu ký tự do `dautich new` cấp",
                    "the six characters that `dautich new` gives",
                ),
            );
        }
        let draft = fields.flag("draft");
        let title = fields.required_text("title", &title_needed());
        let summary = fields.required_text("summary", &summary_needed());
        let mut captions = Vec::new();
        let photos = fields.list("photos", |fields| {
            let (photo, caption) = Photo::read(fields)?;
            captions.push((At { value: photo.file.value.clone(), span: photo.file.span }, caption));
            Some(photo)
        });
        let sources = fields.list("sources", Source::read);
        let count = sources.len();
        let entry = Entry {
            kind,
            slug: String::new(),
            folder: String::new(),
            also: fields.texts("also").into_iter().map(|text| text.value).collect(),
            draft,
            photos,
            claims: fields.list("claims", |fields| Claim::read(fields, count)),
            reviewed: fields.map("reviewed", Reviewed::read),
            updated: fields.date("updated"),
            former_ids: fields.ids("former_ids"),
            withdrawn: fields.map("withdrawn", |fields| {
                Some(Withdrawn { on: fields.date("on"), reason: fields.words("reason") })
            }),
            place: fields.map("place", Place::read),
            facts: Facts::read(fields, kind, count),
            articles: Vec::new(),
            sources,
            id: id?,
        };
        let audio = fields.map("audio", Audio::read);
        fields.ignore("extra");
        let prose = Prose {
            // A draft may still lack its prose; it is not published until it has it.
            title: title.map(|text| text.value).or_else(|| draft.then(String::new))?,
            summary: summary.map(|text| text.value).or_else(|| draft.then(String::new))?,
            captions,
            audio,
            machine: false,
            translator: None,
            source_hash: None,
        };
        Some(Self { entry, prose })
    }
}

impl Prose {
    /// Reads the head of a translation. A key of the source file is a fact and must not stand here.
    pub fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let title = fields.required_text("title", &title_needed());
        let summary = fields.required_text("summary", &summary_needed());
        let captions = fields.entries("photos", |name, fields| Some((name.clone(), Caption::read(fields))));
        let audio = fields.map("audio", Audio::read);
        let machine = fields.flag("machine");
        let translator = fields.text("translator").map(|text| text.value);
        let source_hash = fields.text("source_hash").map(|text| text.value);
        Some(Self {
            title: title?.value,
            summary: summary?.value,
            captions,
            audio,
            machine,
            translator,
            source_hash,
        })
    }

    /// The keys of a source file that are facts, for the finding that names them.
    pub const FACT_KEYS: [&'static str; 34] = [
        "id",
        "also",
        "draft",
        "sources",
        "claims",
        "reviewed",
        "updated",
        "former_ids",
        "withdrawn",
        "extra",
        "place",
        "types",
        "designations",
        "part_of",
        "worships",
        "period",
        "timeline",
        "festivals",
        "visiting",
        "wifi",
        "makers",
        "craft",
        "season",
        "ocop",
        "protection",
        "listings",
        "gtin",
        "label",
        "from_relics",
        "audience",
        "steps",
        "contact_point",
        "stops",
        "by",
    ];
}

impl Caption {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Self {
        Self {
            alt: fields.text("alt").map(|text| text.value),
            caption: fields.text("caption").map(|text| text.value),
        }
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

/// A name in the entry's own folder, never a path.
fn own_file(fields: &mut Fields<'_, '_, '_>, file: At<String>) -> Option<At<String>> {
    if file.contains(['/', '\\', ':']) || file.starts_with('.') {
        fields.reader.report(prose::climbing_name(&file), file.span);
        return None;
    }
    Some(file)
}

impl Audio {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let file = fields.required_text("file", &Text::new("tên tệp mp3", "the mp3 file's name"));
        let reader = fields.text("reader").map(|text| text.value);
        let transcript = fields.text("transcript").and_then(|name| own_file(fields, name));
        let file = own_file(fields, file?)?;
        if !file.to_ascii_lowercase().ends_with(".mp3") {
            fields.reader.report(prose::audio_format(&file), file.span);
        }
        Some(Self { file, reader, transcript })
    }
}

impl Source {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let title = fields.required_text("title", &Text::new("tên của nguồn", "what the source is called"));
        let url = fields.url("url").map(|text| text.value);
        let on = fields.date("on");
        Some(Self { title: title?.value, url, on })
    }
}

impl Claim {
    fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Option<Self> {
        let about = fields.words("about");
        let says = fields.list("says", |fields| {
            let what = fields.words("what");
            let source = fields.source(sources);
            Some((what?, source))
        });
        Some(Self { about: about?, says })
    }
}

impl Reviewed {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let by = fields.required_text("by", &Text::new("cơ quan hoặc người duyệt", "the office or person"));
        let on = fields.date("on");
        Some(Self { by: by?.value, on })
    }
}

impl Place {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let commune = fields.text("commune").and_then(|code| {
            let good = code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit());
            if !good {
                fields.reader.report(facts::not_a_commune_code(&code), code.span);
            }
            good.then_some(code)
        });
        let point = fields.point("point").and_then(|point| {
            let inside = |lat: f64, lon: f64| (6.0..=23.5).contains(&lat) && (102.0..=118.0).contains(&lon);
            let (lat, lon) = point.value;
            if !inside(lat, lon) {
                fields.reader.report(facts::point_outside(lat, lon, inside(lon, lat)), point.span);
            }
            inside(lat, lon).then_some((lat, lon))
        });
        let precision = [("site", Precision::Site), ("commune", Precision::Commune)];
        Some(Self {
            commune,
            as_of: fields.date("as_of"),
            detail: fields.words("detail"),
            before: fields.text("before").map(|text| text.value),
            point,
            // Unsaid means unsure: only a point that somebody calls measured is one.
            precision: fields.choice("precision", &precision).unwrap_or(Precision::Commune),
        })
    }
}

impl Contact {
    /// Reads a contact; consent is checked by a later part.
    pub fn read(fields: &mut Fields<'_, '_, '_>) -> Self {
        Self {
            email: fields.text("email").map(|text| text.value),
            phone: fields.text("phone").map(|text| text.value),
            zalo: fields.text("zalo").map(|text| text.value),
            address: fields.words("address"),
            consent: fields.map("consent", |fields| {
                let by = fields.required_text("by", &Text::new("ai đã đồng ý", "who agreed"));
                let on = fields.date("on");
                Some((by?.value, on))
            }),
        }
    }
}

impl Facts {
    fn read(fields: &mut Fields<'_, '_, '_>, kind: Kind, sources: usize) -> Self {
        match kind {
            Kind::Relic => Self::Relic(Box::new(Relic::read(fields, sources))),
            Kind::Product => Self::Product(Box::new(Product::read(fields, sources))),
            Kind::Guide => Self::Guide(Box::new(Guide {
                audience: fields.words("audience"),
                steps: fields.flag("steps"),
                contact_point: fields.map("contact_point", |fields| {
                    let name =
                        fields.required_text("name", &Text::new("tên nơi hỏi", "the name of the place"));
                    let place = fields.map("place", Place::read);
                    let contact =
                        fields.map("contact", |fields| Some(Contact::read(fields))).unwrap_or_default();
                    Some((name?.value, place, contact))
                }),
            })),
            Kind::Trail => Self::Trail(Box::new(Trail {
                stops: fields.ids("stops"),
                by: fields.choice("by", &Travel::CHOICES).unwrap_or(Travel::Walk),
            })),
        }
    }
}

impl Relic {
    fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Self {
        let types = fields.choices("types", &RelicType::CHOICES);
        if fields.get("types").is_none() {
            fields.report_absent(
                "types",
                &Text::new(
                    "một hay nhiều loại: [history, architecture, archaeology, landscape]",
                    "one or more of [history, architecture, archaeology, landscape]",
                ),
            );
        }
        Self {
            types,
            designations: fields.list("designations", |fields| Designation::read(fields, sources)),
            part_of: fields.id("part_of"),
            worships: fields.words("worships"),
            period: fields.map("period", |fields| {
                let text = fields.words("text");
                let (from, to) = (fields.number("from"), fields.number("to"));
                Some(Period { text: text?, from: from.map(|n| n.value), to: to.map(|n| n.value) })
            }),
            timeline: fields.list("timeline", |fields| {
                let (when, sort) = (fields.words("when"), fields.number("sort"));
                let (what, source) = (fields.words("what"), fields.source(sources));
                Some(Event { when: when?, sort: sort.map(|n| n.value), what: what?, source })
            }),
            festivals: fields.list("festivals", |fields| Festival::read(fields, sources)),
            visiting: fields
                .map("visiting", |fields| {
                    Some(Visiting {
                        dress: fields.words("dress"),
                        access: fields.words("access"),
                        hours: fields.words("hours"),
                        fee: fields.words("fee"),
                    })
                })
                .unwrap_or_default(),
            wifi: fields.map("wifi", |fields| {
                let ssid = fields.required_text("ssid", &Text::new("tên mạng", "the network's name"));
                let security = fields.text("security").map(|text| text.value);
                Some((ssid?.value, security))
            }),
        }
    }
}

impl Designation {
    fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Option<Self> {
        let kind = fields.choice("kind", &DesignationKind::CHOICES);
        let year = fields.number("year").map(|n| n.value);
        let decision = fields.text("decision").map(|text| text.value);
        let (issuer, source) = (fields.words("issuer"), fields.source(sources));
        if kind.is_none() && fields.get("kind").is_none() {
            fields.report_absent("kind", &Text::new("hạng hoặc danh hiệu", "the rank or designation"));
        }
        Some(Self { kind: kind?, year, decision, issuer, source })
    }
}

impl Festival {
    fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Option<Self> {
        let name = fields.words("name");
        let lunar = fields.text("lunar").and_then(|text| {
            let day = LunarDay::parse(&text);
            if day.is_none() {
                fields.reader.report(facts::not_lunar(&text), text.span);
            }
            day
        });
        let mut count = |key| fields.number(key).map(|n| n.value);
        let (days, every, from_year) = (count("days"), count("every"), count("from_year"));
        let (cancelled, source) = (fields.numbers("cancelled"), fields.source(sources));
        Some(Self {
            name: name?,
            lunar,
            days: days.unwrap_or(1),
            every: every.unwrap_or(1),
            from_year,
            cancelled,
            source,
        })
    }
}

impl Product {
    fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Self {
        Self {
            makers: fields.list("makers", Maker::read),
            craft: fields.flag("craft"),
            season: fields.words("season"),
            ocop: fields.map("ocop", |fields| {
                let stars = fields.number("stars");
                if stars.is_none() {
                    fields.report_absent("stars", &Text::new("số sao, từ 3 đến 5", "the stars, 3 to 5"));
                }
                let decision = fields.text("decision").map(|text| text.value);
                let (issuer, issued_on) = (fields.words("issuer"), fields.date("issued_on"));
                Some(Ocop {
                    stars: stars?.value,
                    decision,
                    issuer,
                    issued_on,
                    product: fields.words("product"),
                })
            }),
            protection: fields.list("protection", |fields| {
                let kind = fields.choice("kind", &ProtectionKind::CHOICES);
                let number = fields.text("number").map(|text| text.value);
                let (year, holder) = (fields.number("year").map(|n| n.value), fields.words("holder"));
                Some(Protection { kind: kind?, number, year, holder, source: fields.source(sources) })
            }),
            listings: Listing::read_all(fields),
            gtin: fields.text("gtin"),
            label: fields.map("label", |fields| Some(LabelFacts::read(fields))).unwrap_or_default(),
            from_relics: fields.ids("from_relics"),
        }
    }
}

impl Maker {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let name = fields.required_text("name", &Text::new("tên nơi sản xuất", "the maker's name"));
        let place = fields.map("place", Place::read);
        let website = fields.url("website").map(|text| text.value);
        let contact = fields.map("contact", |fields| Some(Contact::read(fields))).unwrap_or_default();
        Some(Self { name: name?.value, place, website, contact })
    }
}

impl Listing {
    fn read_all(fields: &mut Fields<'_, '_, '_>) -> Vec<Self> {
        let short = |url| Self { url, checked: None, shop: None };
        let listings = fields.list_or_texts("listings", short, |fields| {
            let url = fields.required_text("url", &Text::new("địa chỉ trang bán", "the listing's address"));
            let (checked, shop) = (fields.date("checked"), fields.text("shop").map(|text| text.value));
            Some(Self { url: url?, checked, shop })
        });
        listings
            .into_iter()
            .filter_map(|listing| {
                let url = fields.as_url("listings", listing.url)?;
                Some(Self { url, checked: listing.checked, shop: listing.shop })
            })
            .collect()
    }
}

impl LabelFacts {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Self {
        Self {
            ingredients: fields.words("ingredients"),
            net: fields.text("net").map(|text| text.value),
            shelf_life: fields.words("shelf_life"),
            storage: fields.words("storage"),
            allergens: fields.words("allergens"),
            abv: fields.decimal("abv"),
        }
    }
}

impl Place {
    /// The span an editor is shown for the commune, where one is written.
    pub fn commune_span(&self) -> Option<Span> {
        self.commune.as_ref().map(|code| code.span)
    }
}
