//! `dautich units`: finds a commune by its name of today or of before 1 July 2025, by its code, or all of a province.
//! Shows where an old one went, all of it or parts, and leaves the choice to a person. Reads, never writes.

use super::session::{Exit, Format, Session};
use crate::build::load::read_units;
use crate::build::source::Source;
use crate::diagnostic::{Failure, Lang};
use crate::vietnam::folding::{even_tones, fold, nearest};
use crate::vietnam::mergers::{Mergers, Old};
use crate::vietnam::order::Order;
use crate::vietnam::units::{Unit, Units, is_code};
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::io::{self, Write};
use unicode_normalization::UnicodeNormalization;

/// `units`' own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Tên xã, phường (mới hay cũ, có dấu hay không), mã, hoặc tên tỉnh / A commune's name, new or old, with marks or
    /// without, its code, or a province
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    query: Vec<String>,
    /// Dạng kết quả / Form of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What was found.
struct Found<'u> {
    units: Vec<&'u Unit>,
    old: Vec<&'u Old>,
}

/// Looks a commune up; the exit code is 1 where nothing was found.
///
/// # Errors
/// Where the machine refuses to read.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let source = Source::open(&session.root)?;
    let mut slips = Vec::new();
    let units = read_units(&source, &mut slips)?;
    if !slips.is_empty() {
        return Ok(session.report(&slips, &source));
    }
    let mergers = Mergers::bundled();
    let query: String = arguments.query.join(" ").nfc().collect();
    let found = find(&query, &units, &mergers);
    let mut out = io::stdout().lock();
    if arguments.format == Format::Json {
        let _ = writeln!(out, "{:#}", as_json(&found, &units));
    } else {
        for line in as_text(session.lang, &found, &units, &mergers) {
            let _ = writeln!(out, "{line}");
        }
    }
    if !found.units.is_empty() || !found.old.is_empty() {
        return Ok(Exit::Done);
    }
    let names = units.iter().map(|unit| unit.name.as_ref()).chain(mergers.iter().map(|old| bare(old.name)));
    let near = nearest(&query, names);
    session.tell(
        &format!("không thấy \"{query}\" trong các xã, phường hiện nay và ngay trước 7/2025"),
        &format!("\"{query}\" is no commune of today or of just before July 2025"),
    );
    if let Some(near) = near {
        session.tell(&format!("có phải {near}?"), &format!("{near}?"));
    }
    Ok(Exit::Content)
}

/// "Xã Cẩm Điền" without its kind.
fn bare(name: &str) -> &str {
    let rest = name.strip_prefix("Thị trấn ").or_else(|| name.split_once(' ').map(|(_, rest)| rest));
    rest.unwrap_or(name)
}

/// How well a name answers a query: exactly as written, the same letters without marks, or beginning so.
fn rank(query: &str, name: &str, full: &str) -> Option<u8> {
    let (folded, written) = (fold(query), even_tones(query));
    let (name_folded, full_folded) = (fold(name), fold(full));
    if written == even_tones(name) || written == even_tones(full) {
        Some(0)
    } else if folded == name_folded || folded == full_folded {
        Some(1)
    } else if folded.len() > 2 && (name_folded.starts_with(&folded) || full_folded.starts_with(&folded)) {
        Some(2)
    } else {
        None
    }
}

/// By code, by province, or by name: the best rank that anything reached, in Vietnamese order.
fn find<'u>(query: &str, units: &'u Units, mergers: &'u Mergers) -> Found<'u> {
    let query = query.trim();
    if is_code(query) {
        return Found {
            units: units.find(query).into_iter().collect(),
            old: mergers.find(query).into_iter().collect(),
        };
    }
    let order = Order::vietnamese();
    let compare = |a: &str, b: &str| order.as_ref().map_or(Ordering::Equal, |order| order.compare(a, b));
    let province = fold(query.trim_start_matches("tỉnh ").trim_start_matches("thành phố "));
    let mut within: Vec<&Unit> = units.iter().filter(|unit| fold(&unit.province) == province).collect();
    within.sort_by(|a, b| compare(&a.name, &b.name).then_with(|| a.code.cmp(&b.code)));
    let ranked = |unit: &'u Unit| Some((rank(query, &unit.name, &unit.full_name())?, unit));
    let new: Vec<(u8, &Unit)> = units.iter().filter_map(ranked).collect();
    let old: Vec<(u8, &Old)> =
        mergers.iter().filter_map(|old| Some((rank(query, bare(old.name), old.name)?, old))).collect();
    let best = new.iter().map(|(rank, _)| *rank).chain(old.iter().map(|(rank, _)| *rank)).min();
    // Marks given are marks meant; without them every name of those letters is shown.
    let keep = |rank: u8| Some(rank) == best || (best == Some(0) && rank == 1 && query == fold(query));
    let mut found = Found {
        units: new.into_iter().filter(|(rank, _)| keep(*rank)).map(|(_, unit)| unit).collect(),
        old: old.into_iter().filter(|(rank, _)| keep(*rank)).map(|(_, old)| old).collect(),
    };
    found.units.sort_by(|a, b| compare(&a.name, &b.name).then_with(|| a.code.cmp(&b.code)));
    found.old.sort_by(|a, b| compare(bare(a.name), bare(b.name)).then_with(|| a.code.cmp(b.code)));
    if best != Some(0) && !within.is_empty() {
        found = Found { units: within, old: Vec::new() };
    }
    found
}

fn as_text(lang: Lang, found: &Found<'_>, units: &Units, mergers: &Mergers) -> Vec<String> {
    let vi = lang != Lang::EN;
    let label = |code: &str| units.find(code).map_or_else(|| code.to_owned(), |unit| unit.label(lang));
    let mut lines = Vec::new();
    for unit in &found.units {
        lines.push(format!("{}  {}", unit.code, unit.label(lang)));
        // The parts of a whole province would be pages of names.
        if found.units.len() <= 20 {
            let was = mergers.iter().filter(|old| old.successors().any(|(code, _)| code == unit.code));
            let was: Vec<&str> = was.map(|old| old.name).collect();
            if !was.is_empty() {
                let before = if vi { "trước 7/2025" } else { "before July 2025" };
                lines.push(format!("       {before}: {}", was.join(", ")));
            }
        }
    }
    for old in &found.old {
        let into: Vec<_> = old.successors().collect();
        let was = if vi { "cũ" } else { "old" };
        lines.push(format!("{was}: {} ({})", old.name, old.code));
        for (code, whole) in &into {
            let part = match (whole, vi) {
                (true, _) => "",
                (false, true) => "  (một phần)",
                (false, false) => "  (a part)",
            };
            lines.push(format!("    -> {code}  {}{part}", label(code)));
        }
        if into.len() > 1 {
            lines.push(if vi {
                "       xã cũ chia ra: xem thôn nằm ở phần nào rồi chọn".to_owned()
            } else {
                "       it was divided: see in which part the hamlet lies, then choose".to_owned()
            });
        }
    }
    lines
}

fn as_json(found: &Found<'_>, units: &Units) -> Value {
    let unit =
        |unit: &Unit| json!({ "code": unit.code, "vi": unit.label(Lang::VI), "en": unit.label(Lang::EN) });
    let old = |old: &&Old| {
        let into: Vec<Value> = old
            .successors()
            .map(|(code, whole)| {
                let unit = units.find(code).map_or_else(|| json!({ "code": code }), unit);
                json!({ "unit": unit, "whole": whole })
            })
            .collect();
        json!({ "code": old.code, "name": old.name, "into": into })
    };
    json!({
        "version": 1,
        "own_table": units.own,
        "units": found.units.iter().map(|found| unit(found)).collect::<Vec<_>>(),
        "old": found.old.iter().map(old).collect::<Vec<_>>(),
    })
}
