//! An entry as schema.org JSON-LD, for search engines: what it is, where, and the way to it.
//! Says nothing that the page itself does not say; never a contact, a price or a rating.

use super::view::Viewer;
use crate::diagnostic::Lang;
use crate::site::entry::Facts;
use crate::site::place::Precision;
use crate::site::product::Maker;
use crate::site::{Entry, Kind};
use serde_json::{Value, json};

/// What surrounds an entry on its page.
pub struct Around<'a> {
    /// The address of the page itself.
    pub url: &'a str,
    /// The address of its list, and the list's name.
    pub list: (&'a str, &'a str),
    /// The address of the home, and the site's name.
    pub home: (&'a str, &'a str),
    /// The address of its first picture.
    pub image: Option<String>,
    /// The steps of a guide in plain words.
    pub steps: &'a [String],
}

/// The JSON-LD of an entry's page, ready to stand inside a `script`: `<` is written as an escape.
pub fn entry(viewer: &Viewer<'_>, entry: &Entry, lang: Lang, around: &Around<'_>) -> String {
    let article = entry.article(lang).unwrap_or(entry.source());
    let mut thing = json!({
        "@type": kind(entry, around),
        "@id": format!("{}#it", around.url),
        "name": article.title.value,
        "description": article.summary,
        "url": around.url,
    });
    if !entry.also.is_empty() {
        thing["alternateName"] = json!(entry.also);
    }
    if let Some(image) = &around.image {
        thing["image"] = json!(image);
    }
    match entry.kind {
        Kind::Guide | Kind::Trail => {
            thing["inLanguage"] = json!(article.lang);
            thing["headline"] = json!(article.title.value);
            if let Some(updated) = entry.updated {
                thing["dateModified"] = json!(updated.to_string());
            }
            if !around.steps.is_empty() {
                let step = |text: &String| json!({ "@type": "HowToStep", "text": text });
                thing["step"] = json!(around.steps.iter().map(step).collect::<Vec<_>>());
                // A how-to has a name and no headline.
                thing.as_object_mut().map(|map| map.remove("headline"));
            }
        }
        Kind::Relic => place(viewer, entry, &mut thing),
        Kind::Product => makers(entry, &mut thing),
    }
    let crumb = |position: usize, (item, name): (&str, &str)| json!({ "@type": "ListItem", "position": position, "name": name, "item": item });
    let crumbs = json!({
        "@type": "BreadcrumbList",
        "itemListElement": [
            crumb(1, around.home),
            crumb(2, around.list),
            crumb(3, (around.url, article.title.value.as_str())),
        ],
    });
    let graph = json!({ "@context": "https://schema.org", "@graph": [thing, crumbs] });
    graph.to_string().replace('<', "\\u003c")
}

fn kind(entry: &Entry, around: &Around<'_>) -> Value {
    match entry.kind {
        Kind::Relic => json!(["LandmarksOrHistoricalBuildings", "TouristAttraction"]),
        Kind::Product => json!("Product"),
        Kind::Guide if !around.steps.is_empty() => json!("HowTo"),
        Kind::Guide | Kind::Trail => json!("Article"),
    }
}

fn place(viewer: &Viewer<'_>, entry: &Entry, thing: &mut Value) {
    let Some(place) = &entry.place else { return };
    if let Some(unit) = viewer.site.commune(place) {
        thing["address"] = json!({
            "@type": "PostalAddress",
            "addressLocality": unit.name,
            "addressRegion": unit.province,
            "addressCountry": "VN",
        });
    }
    if let Some((latitude, longitude)) = place.point.filter(|_| place.precision == Precision::Site) {
        thing["geo"] = json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
    }
}

fn makers(entry: &Entry, thing: &mut Value) {
    let Facts::Product(product) = &entry.facts else { return };
    let maker = |maker: &Maker| {
        let mut organization = json!({ "@type": "Organization", "name": maker.name });
        // schema.org has no null: what is not known is left out.
        if let Some(website) = &maker.website {
            organization["url"] = json!(website);
        }
        organization
    };
    let makers: Vec<Value> = product.makers.iter().map(maker).collect();
    if !makers.is_empty() {
        thing["manufacturer"] = json!(makers);
    }
    if let Some(gtin) = &product.gtin {
        thing["gtin"] = json!(gtin.value);
    }
}
