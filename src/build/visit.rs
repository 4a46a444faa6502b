//! What a visitor does with a page: listens, finds the way, follows a trail, tells of a mistake. Chooses words and
//! addresses; shows no pin, no distance and no coordinates where nobody measured the place.

use super::near::point;
use super::tongue::Tongue;
use crate::code::Id;
use crate::diagnostic::Lang;
use crate::site::place::{Contact, Place, kilometres};
use crate::site::{Article, Entry, Site};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// All but what RFC 3986 leaves as it is (2.3, unreserved characters).
const ASKED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn asked(text: &str) -> String {
    utf8_percent_encode(text, ASKED).to_string()
}

/// A narration, as a page offers it before anything of it is fetched.
#[derive(Serialize)]
pub struct Listen<'a> {
    src: String,
    /// "3 phút".
    long: String,
    /// "721 KB".
    size: String,
    reader: Option<&'a str>,
    /// Its language, where it is not the page's own.
    lang: Option<Lang>,
    /// That language's name for itself.
    language: Option<&'a str>,
    /// Where the article that is read stands, if it is on another page.
    article: Option<String>,
    /// The words that are spoken as HTML, where a file of their own holds them.
    words: Option<String>,
}

/// The narration that a page offers: the one in its language, else the first there is, which is then named.
pub fn narrated(entry: &Entry, lang: Lang) -> Option<&Article> {
    let own = entry.article(lang).into_iter();
    own.chain(&entry.articles).find(|article| article.audio.is_some())
}

/// The view of an article's narration. `words` is its transcript where it has a file of its own.
pub fn listen<'a>(
    tongue: Tongue<'a>,
    site: &Site,
    root: &str,
    (entry, article): (&Entry, &'a Article),
    words: Option<String>,
) -> Option<Listen<'a>> {
    let audio = article.audio.as_ref()?;
    let path = site.audio_path(entry, &audio.file)?;
    let sound = site.file(entry, &audio.file)?.sound?;
    let other = (article.lang != tongue.lang).then_some(article.lang);
    let seconds = (sound.milliseconds + 500).div_euclid(1000).max(1);
    let (key, count) =
        if seconds < 60 { ("sound_seconds", seconds) } else { ("sound_minutes", (seconds + 30) / 60) };
    Some(Listen {
        src: format!("{root}{path}"),
        long: tongue.string(key).replace("{n}", &count.to_string()),
        size: tongue.size(sound.bytes),
        reader: audio.reader.as_deref(),
        language: other.map(|lang| tongue.theme.string(lang, "language")),
        article: other.map(|lang| format!("{root}{}", site.path(entry, lang))),
        lang: other,
        words,
    })
}

/// A map that opens on somebody's phone.
#[derive(Serialize)]
struct Map<'a> {
    name: &'a str,
    href: String,
}

/// The way to a place.
#[derive(Serialize)]
pub struct Way<'a> {
    /// Whether the point was measured; otherwise maps are asked for a name and an address.
    measured: bool,
    maps: Vec<Map<'a>>,
}

/// The maps that lead to a place; `None` where there is neither a measured point nor a commune to name.
pub fn way<'a>(tongue: Tongue<'a>, entry: &Entry, place: &Place, commune: Option<&str>) -> Option<Way<'a>> {
    let title = entry.source().title.as_str();
    let measured = point(entry).map(|(latitude, longitude)| {
        let at = format!("{latitude},{longitude}");
        vec![
            ("Google Maps", format!("https://www.google.com/maps/dir/?api=1&destination={}", asked(&at))),
            ("Apple Maps", format!("https://maps.apple.com/?daddr={}", asked(&at))),
            (
                "OpenStreetMap",
                format!(
                    "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
                ),
            ),
            // RFC 5870; the label behind `q` is Android's.
            (tongue.string("map_phone"), format!("geo:{at}?q={at}({})", asked(title))),
        ]
    });
    // A name and an address find the place; the middle of a commune would lead into a rice field.
    let sought = || {
        let detail = place.detail.as_ref().map(|detail| detail.get(entry.source().lang).0);
        let words: Vec<&str> = [Some(title), detail, commune].into_iter().flatten().collect();
        let query = asked(&words.join(", "));
        commune.map(|_| {
            vec![
                ("Google Maps", format!("https://www.google.com/maps/search/?api=1&query={query}")),
                ("Apple Maps", format!("https://maps.apple.com/?q={query}")),
                ("OpenStreetMap", format!("https://www.openstreetmap.org/search?query={query}")),
            ]
        })
    };
    let is_measured = measured.is_some();
    let maps = measured.or_else(sought)?;
    let maps = maps.into_iter().map(|(name, href)| Map { name, href }).collect();
    Some(Way { measured: is_measured, maps })
}

/// How far it is in a straight line from each stop to the one after it, in words; told only between measured points.
pub fn legs(tongue: Tongue<'_>, stops: &[&Entry]) -> Vec<Option<String>> {
    let far = |pair: &[&Entry]| Some(tongue.kilometres(kilometres(point(pair[0])?, point(pair[1])?)));
    stops.windows(2).map(far).chain([None]).take(stops.len()).collect()
}

/// How a mistake on a page is told to those who publish it.
#[derive(Serialize)]
pub struct Report<'a> {
    mail: Option<String>,
    zalo: Option<String>,
    /// The number, and the same as a `tel:` address.
    phone: Option<(&'a str, String)>,
}

/// The site's own contact, with the code and the address of the page already in the letter; `None` where nobody is
/// named.
pub fn report<'a>(tongue: Tongue<'a>, contact: &'a Contact, page: Option<(Id, &str)>) -> Option<Report<'a>> {
    let about = page.map_or_else(String::new, |(id, address)| {
        let subject = format!("{} {id}", tongue.string("report_subject"));
        format!("?subject={}&body={}", asked(&subject), asked(&format!("{address}\r\n\r\n")))
    });
    let report = Report {
        mail: contact.email.as_ref().map(|email| format!("mailto:{email}{about}")),
        zalo: contact.zalo_link(),
        phone: contact.phone.as_deref().zip(contact.tel()),
    };
    (report.mail.is_some() || report.zalo.is_some() || report.phone.is_some()).then_some(report)
}
