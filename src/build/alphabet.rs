//! The A to Z index as a page shows it: the letters with their counts, and the names that stand on this page.
//! Which names stand where is the plan's.

use super::letters::{Letter, own_name};
use super::page::{LetterView, NameView, NamesView};
use super::plan::{Plan, letter_path, search_path};
use super::view::Viewer;
use crate::site::Entry;

/// The index on the search page itself (`shown` is `None`) or on one page, from 0, of a letter.
pub(super) fn alphabet<'a>(
    plan: &'a Plan<'_>,
    viewer: Viewer<'a>,
    prefix: &str,
    shown: Option<(usize, usize)>,
) -> Vec<LetterView<'a>> {
    let (root, lang) = (viewer.root, viewer.lang);
    let whole = plan.is_whole(lang);
    let one = |(number, letter): (usize, &'a Letter<'_>)| {
        let path = |page| format!("{root}{}", letter_path(lang, letter, page));
        let here = shown.filter(|(at, _)| *at == number);
        let page = here.map(|(_, page)| page).or(whole.then_some(0));
        // Where a letter has several pages, each is told by the first name on it, as in a dictionary.
        let guide = |(page, entries): (usize, &[&'a Entry])| NamesView {
            name: own_name(entries[0].kind, entries[0].article(lang).unwrap_or(entries[0].source())),
            href: path(page),
            here: here.is_some_and(|(_, here)| here == page),
        };
        let pages = here.into_iter().filter(|_| letter.pages().len() > 1);
        LetterView {
            name: letter.name,
            anchor: format!("{prefix}l_{}", letter.slug),
            href: if whole { format!("#{prefix}l_{}", letter.slug) } else { path(0) },
            here: here.is_some(),
            count: letter.entries.len(),
            names: page
                .and_then(|page| letter.pages().nth(page))
                .into_iter()
                .flatten()
                .map(|entry| NameView { entry: viewer.named(entry), place: place(&viewer, entry) })
                .collect(),
            pages: pages.flat_map(|_| letter.pages().enumerate().map(guide)).collect(),
        }
    };
    plan.letters(lang).iter().enumerate().map(one).collect()
}

/// The commune of an entry by its bare name, to tell two of one name apart in a long list.
fn place(viewer: &Viewer<'_>, entry: &Entry) -> Option<String> {
    let unit = viewer.site.commune(entry.place.as_ref()?)?;
    Some(unit.name.to_string())
}

/// The address of the search page from this one.
pub(super) fn search_href(viewer: Viewer<'_>) -> String {
    format!("{}{}", viewer.root, search_path(viewer.lang))
}
