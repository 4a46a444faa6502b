//! An entry's articles and transcripts, read again when its pages are made: once for all of them, and let go with the
//! next entry.

use super::articles::{Trouble, gone};
use super::markdown::{self, Surroundings};
use super::plan::Plan;
use super::source::{Source, Unreadable};
use super::view::Viewer;
use crate::site::{Article, Entry};
use std::ptr;

/// What the last output was about, for the next to use if it is about the same entry.
#[derive(Default)]
pub struct Reading<'a>(Option<Read<'a>>);

/// An entry with what its pages share: its articles as they are written, and what stands near it.
pub(super) struct Read<'a> {
    pub(super) entry: &'a Entry,
    /// In the order of [`Entry::articles`]; none of a withdrawn entry.
    bodies: Vec<String>,
    /// What its narrations say, in the same order, where a file of their own holds it.
    transcripts: Vec<Option<String>>,
    pub(super) near: Vec<(&'a Entry, Option<f64>)>,
}

impl<'a> Reading<'a> {
    /// The reading of an entry: the last one, or a new one.
    pub(super) fn of(
        &mut self,
        entry: &'a Entry,
        plan: &Plan<'a>,
        source: &Source,
    ) -> Result<&Read<'a>, Trouble> {
        let read = match self.0.take().filter(|read| ptr::eq(read.entry, entry)) {
            Some(read) => read,
            None => Read::new(entry, plan, source)?,
        };
        Ok(self.0.insert(read))
    }
}

impl<'a> Read<'a> {
    /// Reads an entry's articles.
    pub(super) fn new(entry: &'a Entry, plan: &Plan<'a>, source: &Source) -> Result<Self, Trouble> {
        let articles = || entry.articles.iter().filter(|_| entry.withdrawn.is_none());
        let near = if entry.withdrawn.is_none() { plan.near.of(entry) } else { Vec::new() };
        Ok(Self {
            entry,
            bodies: articles().map(|article| body(source, article)).collect::<Result<_, _>>()?,
            transcripts: articles()
                .map(|article| transcript(source, entry, article))
                .collect::<Result<_, _>>()?,
            near,
        })
    }

    fn at(&self, article: &Article) -> Option<usize> {
        self.entry.articles.iter().position(|other| other.lang == article.lang)
    }

    /// The body of one of the entry's articles.
    pub(super) fn body(&self, article: &Article) -> &str {
        self.at(article).and_then(|at| self.bodies.get(at)).map_or("", String::as_str)
    }

    /// One of the entry's articles as HTML, its links and its pictures (where they are wanted) as the viewer's page has
    /// them. `prefix` stands before every `id`.
    pub(super) fn article(
        &self,
        article: &Article,
        viewer: Viewer<'_>,
        prefix: &str,
        pictures: bool,
    ) -> String {
        let picture = |name: &str| pictures.then(|| viewer.shown(self.entry, name)).flatten();
        let link = |target: &str| link(target, viewer);
        markdown::render(self.body(article), &Surroundings { prefix, link: &link, picture: &picture })
    }

    /// The words of the narration of one of the entry's articles as HTML.
    pub(super) fn transcript(&self, article: &Article, viewer: Viewer<'_>, prefix: &str) -> Option<String> {
        let words = self.transcripts.get(self.at(article)?)?.as_deref()?;
        // No slug holds `_`: a heading among the spoken words never takes the id of one in the article.
        let prefix = format!("{prefix}words_");
        let link = |target: &str| link(target, viewer);
        Some(markdown::render(words, &Surroundings { prefix: &prefix, link: &link, picture: &|_| None }))
    }
}

/// The address of a linked entry, on the viewer's page.
fn link(target: &str, viewer: Viewer<'_>) -> Option<String> {
    let linked = viewer.site.linked(target)??;
    let section = target
        .split_once('#')
        .map(|(_, section)| format!("#{}", markdown::anchor(section)))
        .unwrap_or_default();
    (linked.withdrawn.is_none() && !linked.draft.value).then(|| format!("{}{section}", viewer.href(linked)))
}

fn body(source: &Source, article: &Article) -> Result<String, Trouble> {
    let mut text = source.text(&article.file).map_err(|why| gone(&article.file, why))?;
    // A file cut short since it was loaded has no body; the next load tells.
    Ok(if text.is_char_boundary(article.body) { text.split_off(article.body) } else { String::new() })
}

fn transcript(source: &Source, entry: &Entry, article: &Article) -> Result<Option<String>, Trouble> {
    let Some(name) = article.audio.as_ref().and_then(|audio| audio.transcript.as_ref()) else {
        return Ok(None);
    };
    let file = format!("{}/{}", entry.folder, name.value);
    match source.text(&file) {
        Ok(text) => Ok(Some(text)),
        Err(Unreadable::Failed(failure)) => Err(Trouble::Failed(failure)),
        // Told when it was loaded; a preview shows the page without it.
        Err(_) => Ok(None),
    }
}
