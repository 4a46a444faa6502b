//! What pages of the site's own share: a link with a count, a page of a list, counts in words, and what one page tells.
//! Only shapes and short words; `render` puts the head and the foot around them.

use super::facets::Shelf;
use super::tongue::Tongue;
use super::view::Viewer;
use crate::diagnostic::Lang;
use crate::site::Kind;
use crate::vietnam::order::Order;
use crate::vietnam::units::Unit;
use serde::Serialize;

/// A page of one language.
pub struct Told<P> {
    /// The template's name without its ending.
    pub layout: &'static str,
    /// The section it belongs to.
    pub here: Option<Kind>,
    /// Its name, without the site's.
    pub title: String,
    /// A sentence for search engines.
    pub description: String,
    /// Where it stands in each language.
    pub paths: Vec<(Lang, String)>,
    /// Its content.
    pub part: P,
}

/// A link to a list, with how many entries are there.
#[derive(Serialize)]
pub struct Chip {
    /// What it is called.
    pub label: String,
    /// Where it leads from this page.
    pub href: String,
    /// How many entries.
    pub count: usize,
    /// Whether it is this page.
    pub here: bool,
}

/// Chips of one kind, under a heading.
#[derive(Serialize)]
pub struct Chips {
    /// The heading.
    pub label: String,
    /// The ways.
    pub ways: Vec<Chip>,
}

/// A page of a list.
#[derive(Serialize)]
pub struct PageLink {
    /// From 1.
    pub number: usize,
    /// Where it leads from this page.
    pub href: String,
    /// Whether it is this page.
    pub here: bool,
}

/// The pages of a list that has more than one.
pub fn pages(count: usize, here: usize, href: impl Fn(usize) -> String) -> Vec<PageLink> {
    let page = |number| PageLink { number, href: href(number), here: number == here };
    (1..=count).filter(|_| count > 1).map(page).collect()
}

/// "3 di tích", "1 heritage site".
pub fn counted(tongue: Tongue<'_>, kind: Kind, count: usize) -> String {
    if count == 1 {
        return tongue.string(ONE[kind as usize]).to_owned();
    }
    format!("{} {}", tongue.figure(count), tongue.string(COUNT[kind as usize]))
}

const ONE: [&str; 4] = ["one_relics", "one_products", "one_guides", "one_trails"];
const COUNT: [&str; 4] = ["count_relics", "count_products", "count_guides", "count_trails"];

/// The first letter made large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A commune by its bare name, with a link to its list: the heading above says what these names are.
pub fn commune_way(viewer: &Viewer<'_>, shelf: &Shelf<'_>, unit: &Unit) -> Chip {
    Chip {
        label: unit.name.to_string(),
        href: format!("{}{}", viewer.root, shelf.facet.path(viewer.site, viewer.lang)),
        count: shelf.count(),
        here: false,
    }
}

/// Communes by their names, as a Vietnamese list has them; namesakes by their codes.
pub fn sort_communes(communes: &mut [(&Unit, &Shelf<'_>)]) {
    let order = Order::vietnamese();
    communes.sort_by(|(a, _), (b, _)| {
        let names = order.as_ref().map(|order| order.compare(&a.name, &b.name));
        names.unwrap_or_else(|| a.name.cmp(&b.name)).then_with(|| a.code.cmp(&b.code))
    });
}
