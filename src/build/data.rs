//! What other programs read: the entries as JSON, the ledger's copy, the symbols as SVG.
//! No contact of any person ever goes in here.

use super::plan::Plan;
use crate::code::symbol::QUIET_ZONE;
use crate::code::{Id, Symbol};
use crate::site::entry::Facts;
use crate::site::place::Precision;
use crate::site::{Entry, Ledger, Site, ledger};
use serde_json::{Map, Value, json};

/// `data/entries.json`, in the order of the site: kind, then folder.
pub fn entries(plan: &Plan<'_>) -> Vec<u8> {
    let published = plan.shown.iter().filter(|entry| !entry.draft.value);
    let list: Vec<Value> = published.map(|entry| one(plan.site, entry)).collect();
    let mut text = serde_json::to_vec(&json!({ "version": 1, "entries": list })).unwrap_or_default();
    text.push(b'\n');
    text
}

fn one(site: &Site, entry: &Entry) -> Value {
    let config = &site.config;
    let id = entry.id.value;
    let mut titles = Map::new();
    let mut pages = Map::new();
    for lang in &config.languages {
        if let Some(article) = entry.article(*lang) {
            titles.insert(lang.to_string(), json!(article.title.value));
        }
        pages.insert(lang.to_string(), json!(site.path(entry, *lang)));
    }
    let mut value = json!({
        "id": id,
        "kind": entry.kind.word(),
        "slug": entry.slug,
        "title": titles,
        "printed_address": config.printed_address.as_ref().map(|address| address.of(id)),
        "pages": pages,
        "updated": entry.updated.map(|on| on.to_string()),
    });
    if !entry.former_ids.is_empty() {
        let former: Vec<Id> = entry.former_ids.iter().map(|id| id.value).collect();
        value["former_ids"] = json!(former);
    }
    if entry.withdrawn.is_some() {
        value["withdrawn"] = json!(true);
        return value;
    }
    if let Some(place) = &entry.place {
        value["place"] = json!({
            "commune": place.commune.as_ref().map(|code| &code.value),
            "point": place.point.map(|(latitude, longitude)| [latitude, longitude]),
            "precision": if place.precision == Precision::Site { "site" } else { "commune" },
        });
    }
    if let Facts::Relic(relic) = &entry.facts {
        value["types"] = json!(relic.types.iter().map(|kind| kind.word()).collect::<Vec<_>>());
        value["designations"] = json!(
            relic
                .designations
                .iter()
                .map(|step| json!({ "kind": step.kind.word(), "year": step.year }))
                .collect::<Vec<_>>()
        );
    }
    value
}

/// `data/ledger.tsv`: every row, earliest day first.
pub fn ledger(ledger: &Ledger) -> Vec<u8> {
    let rows: Vec<_> = ledger.rows().cloned().collect();
    ledger::append("", &rows).into_bytes()
}

/// A symbol as SVG with its quiet zone: black on white, one outline, a pixel a module unless it is scaled.
pub fn symbol_svg(symbol: &Symbol, id: Id) -> String {
    let quiet = QUIET_ZONE;
    let side = symbol.size + 2 * quiet;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-{quiet} -{quiet} {side} {side}\" width=\"{px}\" height=\"{px}\" \
         role=\"img\" aria-label=\"QR {id}\"><path fill=\"#fff\" d=\"M-{quiet}-{quiet}h{side}v{side}h-{side}z\"/>\
         <path fill-rule=\"evenodd\" d=\"{}\"/></svg>\n",
        symbol.outline().path_data(),
        px = u32::from(side) * 8,
    )
}
