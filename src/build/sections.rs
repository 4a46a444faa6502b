//! Links to a heading of another entry's article, held against the headings that it has. The few articles that such
//! links lead to are read once more, so that the headings of a whole nation need not be kept.

use super::markdown;
use super::source::Source;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::diagnostic::At;
use crate::site::{Article, Site};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A link, and the article it stands in.
type Link<'s> = (&'s Article, &'s At<String>);

/// The findings for links to headings that are not there. A link leads to the reader's language, so it is held against
/// the target's article in its own article's language, else against the source article that is shown instead.
pub fn lost(source: &Source, site: &Site) -> Vec<Diagnostic> {
    // By the target's file: the target, and each link to it with the article it stands in.
    let mut wanted: BTreeMap<&str, (&Article, Vec<Link<'_>>)> = BTreeMap::new();
    for article in site.entries.iter().flat_map(|entry| &entry.articles) {
        let named = article.links.iter().filter(|link| link.contains('#'));
        for link in named {
            let Some(Some(target)) = site.linked(link) else { continue };
            // That the whole link is not shown is told elsewhere.
            if target.draft.value || target.withdrawn.is_some() {
                continue;
            }
            let shown = target.article(article.lang).unwrap_or(target.source());
            wanted.entry(&shown.file).or_insert_with(|| (shown, Vec::new())).1.push((article, link));
        }
    }
    let lost = wanted.into_par_iter().flat_map_iter(|(file, (target, links))| {
        // A file that cannot be read any more is told by whoever reads it next.
        let text = source.text(file).unwrap_or_default();
        let anchors = markdown::anchors(text.get(target.body..).unwrap_or_default());
        links.into_iter().filter_map(move |(article, link)| {
            Some(markdown::lost_section(link, &anchors)?.at(&article.file, link.span))
        })
    });
    lost.collect()
}
