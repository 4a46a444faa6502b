//! A trail to take along: one page with its stops' articles and a picture of each inside, for a walk without a signal.
//! It asks nobody for anything, holds no script, and can be handed on as a file.

use super::articles::Trouble;
use super::motif;
use super::plan::Plan;
use super::reading::Read;
use super::renditions::Rendition;
use super::source::Source;
use super::view::{EntryView, Viewer};
use crate::diagnostic::Lang;
use crate::site::Entry;
use crate::site::entry::Trail;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// The most bytes that a pack may take, its pictures with it: what passes through a chat at a weak signal.
const LIMIT: usize = 2_000_000;
/// What the note about pictures left out adds, at most.
const NOTE: usize = 1_000;

/// A trail, or one of its stops, with everything in it.
#[derive(Serialize)]
struct Part<'a> {
    entry: EntryView<'a>,
    /// Its first picture as an address that holds its own bytes.
    picture: Option<String>,
}

#[derive(Serialize)]
struct Pack<'a> {
    lang: Lang,
    site: &'a str,
    licence: Option<&'a str>,
    trail: Part<'a>,
    stops: Vec<Part<'a>>,
    /// The day of the build.
    day: String,
    /// Where the newest stands.
    newest: String,
    /// How many pictures there was no room for.
    left_out: usize,
}

/// The page. The viewer's root is the address of the site, so that every link leads there from a phone's storage.
///
/// # Errors
/// A broken template, a photo cut short, or a machine that refuses.
pub fn make<'a>(
    plan: &Plan<'a>,
    source: &Source,
    viewer: &Viewer<'_>,
    entry: &'a Entry,
    trail: &Trail,
) -> Result<Vec<u8>, Trouble> {
    let config = &plan.site.config;
    let stops = viewer.stops(trail).into_iter().map(|stop| part(plan, source, viewer, stop));
    let mut pack = Pack {
        lang: viewer.lang,
        site: config.title.get(viewer.lang).0,
        licence: config.licence.as_deref(),
        trail: part(plan, source, viewer, entry)?,
        stops: stops.collect::<Result<_, _>>()?,
        day: viewer.tongue().day(plan.date),
        newest: viewer.href(entry),
        left_out: 0,
    };
    let page = viewer.theme.render("take.html", &pack)?;
    if page.len() <= LIMIT {
        return Ok(page);
    }
    let mut over = (page.len() + NOTE).saturating_sub(LIMIT);
    for part in pack.stops.iter_mut().rev() {
        if over == 0 {
            break;
        }
        if let Some(picture) = part.picture.take() {
            over = over.saturating_sub(picture.len());
            pack.left_out += 1;
        }
    }
    Ok(viewer.theme.render("take.html", &pack)?)
}

fn part<'r>(
    plan: &Plan<'r>,
    source: &Source,
    viewer: &Viewer<'r>,
    entry: &'r Entry,
) -> Result<Part<'r>, Trouble> {
    let read = Read::new(entry, plan, source)?;
    let article = entry.article(viewer.lang).unwrap_or(entry.source());
    let body = read.article(article, *viewer, &format!("{}-", entry.id.value), false);
    Ok(Part { picture: picture(viewer, entry)?, entry: viewer.entry(entry, lower(&body), true) })
}

/// An article's headings, one step down: a stop's name stands above them.
fn lower(body: &str) -> String {
    let steps = (2..6).rev().flat_map(|level| [("<h", level), ("</h", level)]);
    steps.fold(body.to_owned(), |body, (tag, level)| {
        body.replace(&format!("{tag}{level}"), &format!("{tag}{}", level + 1))
    })
}

/// An entry's first picture, as small as it is made; its own drawing where it has none. A drawing is written anew as
/// everywhere, and stands where nothing in it could run.
fn picture(viewer: &Viewer<'_>, entry: &Entry) -> Result<Option<String>, Trouble> {
    let inline = |kind: &str, bytes: &[u8]| format!("data:image/{kind};base64,{}", STANDARD.encode(bytes));
    let Some(photo) = entry.photos.first() else {
        return Ok(Some(inline("svg+xml", motif::draw(entry.kind, entry.id.value).as_bytes())));
    };
    let Some(facts) = viewer.site.file(entry, &photo.file) else { return Ok(None) };
    let Some(form) = Rendition::of(facts).first().copied() else { return Ok(None) };
    let kind = match form {
        Rendition::Drawing => "svg+xml",
        Rendition::WebP(_) => "webp",
        Rendition::Jpeg => "jpeg",
    };
    Ok(Some(inline(kind, &viewer.renditions.bytes(facts, &entry.folder, &photo.file, form)?)))
}
