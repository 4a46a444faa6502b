//! What other programs read: the entries as JSON, the ledger's copy, the symbols as SVG.
//! No contact of any person ever goes in here.

use super::near;
use super::plan::Plan;
use crate::code::symbol::QUIET_ZONE;
use crate::code::{Id, Symbol};
use crate::diagnostic::{Failure, Lang, Text};
use crate::site::entry::Facts;
use crate::site::place::Precision;
use crate::site::{Config, Entry, Ledger, Site, ledger};
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

/// `data/entries.csv` for Excel: UTF-8 with BOM, CRLF, a row an entry. A cell that a spreadsheet would take for a formula
/// gets an apostrophe before it (OWASP, CSV injection).
pub fn csv(plan: &Plan<'_>) -> Vec<u8> {
    let languages = &plan.site.config.languages;
    let mut head = vec!["id".to_owned(), "kind".to_owned(), "slug".to_owned()];
    head.extend(languages.iter().map(|lang| format!("title_{lang}")));
    head.extend(
        ["commune", "place", "latitude", "longitude", "printed_address", "updated", "withdrawn"]
            .map(str::to_owned),
    );
    let mut out = "\u{feff}".to_owned();
    push_row(&mut out, &head);
    for entry in plan.shown.iter().filter(|entry| !entry.draft.value) {
        let place = entry.place.as_ref().filter(|_| entry.withdrawn.is_none());
        let code =
            place.and_then(|place| place.commune.as_ref()).map(|code| code.value.clone()).unwrap_or_default();
        let unit = plan.site.units.find(&code).map(|unit| unit.label(plan.site.config.source_language()));
        let point = place.filter(|place| place.precision == Precision::Site).and_then(|place| place.point);
        let mut row = vec![entry.id.value.to_string(), entry.kind.word().to_owned(), entry.slug.clone()];
        row.extend(
            languages.iter().map(|lang| {
                entry.article(*lang).map(|article| article.title.value.clone()).unwrap_or_default()
            }),
        );
        row.extend([
            code,
            unit.unwrap_or_default(),
            point.map(|point| point.0.to_string()).unwrap_or_default(),
            point.map(|point| point.1.to_string()).unwrap_or_default(),
            plan.site
                .config
                .printed_address
                .as_ref()
                .map(|address| address.of(entry.id.value))
                .unwrap_or_default(),
            entry.updated.map(|on| on.to_string()).unwrap_or_default(),
            if entry.withdrawn.is_some() { "yes".to_owned() } else { String::new() },
        ]);
        push_row(&mut out, &row);
    }
    out.into_bytes()
}

/// Adds a row to a CSV for Excel; a cell that it would take for a formula gets an apostrophe before it.
pub fn push_row(out: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
        out.push('"');
        if formula {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// `data/entries.geojson` (RFC 7946): entries with a measured point only; longitude comes first there.
pub fn geojson(plan: &Plan<'_>) -> Vec<u8> {
    let measured = plan.shown.iter().filter(|entry| !entry.draft.value && entry.withdrawn.is_none());
    let features: Vec<Value> = measured
        .filter_map(|entry| {
            let place = entry.place.as_ref().filter(|place| place.precision == Precision::Site)?;
            let (latitude, longitude) = place.point?;
            Some(json!({
                "type": "Feature",
                "id": entry.id.value,
                "geometry": { "type": "Point", "coordinates": [longitude, latitude] },
                "properties": {
                    "kind": entry.kind.word(),
                    "title": entry.source().title.value,
                    "page": plan.site.path(entry, plan.site.config.source_language()),
                },
            }))
        })
        .collect();
    let mut text =
        serde_json::to_vec(&json!({ "type": "FeatureCollection", "features": features })).unwrap_or_default();
    text.push(b'\n');
    text
}

/// The measured points in one language, for a reader who asks what is nearest: latitude, longitude, title, page.
pub fn points(plan: &Plan<'_>, lang: Lang, square: Option<(i32, i32)>) -> Vec<u8> {
    let rows = near::measured(&plan.shown, square).into_iter().map(|(entry, (latitude, longitude))| {
        let title = &entry.article(lang).unwrap_or(entry.source()).title.value;
        json!([latitude, longitude, title, plan.site.path(entry, lang)])
    });
    let mut text = serde_json::to_vec(&rows.collect::<Vec<Value>>()).unwrap_or_default();
    text.push(b'\n');
    text
}

/// `data/ledger.tsv`: every row, earliest day first.
pub fn ledger(ledger: &Ledger) -> Vec<u8> {
    let rows: Vec<_> = ledger.rows().cloned().collect();
    ledger::append("", &rows).into_bytes()
}

/// The symbol of an id as SVG.
///
/// # Errors
/// Where the printed address is too long to be encoded.
pub fn symbol(config: &Config, id: Id) -> Result<Vec<u8>, Failure> {
    let address = config.printed_address.as_ref().map(|base| base.of(id));
    let symbol = Symbol::encode(&address.unwrap_or_default()).map_err(|error| unencodable(&error))?;
    Ok(symbol_svg(&symbol, id).into_bytes())
}

fn unencodable(error: &impl std::fmt::Display) -> Failure {
    Failure::machine(
        Text::new(
            format!("không mã hóa được địa chỉ: {error}"),
            format!("the address cannot be encoded: {error}"),
        ),
        Text::new(
            "dùng tên miền ngắn hơn trong `printed_address`",
            "use a shorter domain in `printed_address`",
        ),
    )
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
