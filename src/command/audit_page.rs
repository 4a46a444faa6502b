//! An audit as one page to print on A4 and file: self-contained, no script, Vietnamese with English beside it, what is
//! bad first. Photos stand on it small and written anew, without anything a camera wrote.

use super::audit_report::{Report, Row, Seen};
use crate::diagnostic::{Failure, Lang, Text};
use crate::site::audit::{Distance, Grade};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io;
use std::path::Path;
use tera::{Context, Tera};

/// What tells a page of ours from anything else that somebody wrote.
pub const MARK: &str = "<meta name=\"generator\" content=\"dautich audit\">";
/// The most bytes of photos on one page: it must still open on an old laptop and go through a mailbox.
const PHOTOS: usize = 12 * 1024 * 1024;
const NAME: &str = "audit.html";

/// The page's bytes.
///
/// # Errors
/// Where the program's own template is broken.
pub fn html(report: &Report<'_>, date: Date) -> Result<Vec<u8>, Failure> {
    let config = &report.site.config;
    let mut room = PHOTOS;
    let mut left_out = 0;
    let mut part = |grade| -> Vec<Value> {
        let photos = report.photos.iter().filter(|photo| photo.grade == grade);
        photos.map(|photo| shown(photo, &mut room, &mut left_out)).collect()
    };
    let counts = [Grade::Bad, Grade::Look, Grade::Well].map(|grade| report.count(grade));
    let parts = [Grade::Bad, Grade::Look, Grade::Well]
        .map(|grade| json!({"grade": grade.word(), "photos": part(grade)}));
    let unseen: Vec<Value> = report
        .unseen
        .iter()
        .map(|code| json!({"id": code.id, "name": code.name, "place": code.place, "printed": code.printed}))
        .collect();
    let both = |words: &crate::site::Words| [Lang::VI, Lang::EN].map(|lang| words.get(lang).0.to_owned());
    let page = json!({
        "mark": MARK,
        "site": both(&config.title),
        "publisher": config.publisher.as_ref().map(both),
        "address": config.printed_address.as_ref().map(|address| address.value.to_string()),
        "date": date.strftime("%d/%m/%Y").to_string(),
        "all": report.photos.len(),
        "counts": counts,
        "unplaced": report.unplaced(),
        "hanging": report.hanging,
        "seen": report.hanging - report.unseen.len(),
        "far": report.far,
        "parts": parts,
        "unseen": unseen,
        "left_out": left_out,
    });
    let broken = |error: tera::Error| Failure::io(Path::new(NAME), &io::Error::other(error.to_string()));
    let mut tera = Tera::default();
    tera.add_raw_template(NAME, include_str!("audit.html")).map_err(broken)?;
    let context = Context::from_serialize(&page).map_err(broken)?;
    Ok(tera.render(NAME, &context).map_err(broken)?.into_bytes())
}

/// One photo for the template; without its picture where there is no room left.
fn shown(photo: &Seen<'_>, room: &mut usize, left_out: &mut usize) -> Value {
    let fits = photo.thumbnail.as_ref().filter(|picture| picture.len() <= *room);
    *room -= fits.map_or(0, Vec::len);
    *left_out += usize::from(photo.thumbnail.is_some() && fits.is_none());
    let rows: Vec<Value> = photo.rows.iter().map(row).collect();
    json!({
        "name": photo.name,
        "date": photo.taken.map(|at| at.strftime("%d/%m/%Y %H:%M").to_string()),
        "picture": fits.map(|picture| format!("data:image/jpeg;base64,{}", STANDARD.encode(picture))),
        "rows": rows,
    })
}

fn row(row: &Row<'_>) -> Value {
    let verdict = row.verdict();
    let Text { vi, en } = &verdict;
    json!({
        "grade": row.grade.word(),
        "verdict": [vi, en],
        "id": row.id(),
        "title": [row.title(Lang::VI), row.title(Lang::EN)],
        "metres": row.metres().map(far),
        "unknown": matches!(row.distance(), Some(Distance::Unknown(_))),
        "note": [row.note(Lang::VI), row.note(Lang::EN)],
    })
}

/// Metres as a person writes them.
fn far(metres: u32) -> String {
    if metres < 10_000 { format!("{metres} m") } else { format!("{} km", metres / 1000) }
}
