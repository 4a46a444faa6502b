//! `dautich ledger`: what was printed, by batch, place and year; and `ledger void`, for sheets that were destroyed before
//! anything of them was mounted. Removes no row and changes none.

use super::ledger_file::LedgerFile;
use super::session::{Exit, Format, Session, counted, printable, worst};
use crate::build::load::{read_ledger, read_published};
use crate::build::source::Source;
use crate::build::write::published_ledger;
use crate::diagnostic::rules::heads;
use crate::diagnostic::{Failure, Text};
use crate::site::batches::{Batch, Count, batches, gathered};
use crate::site::ledger::{self, Event, Row};
use crate::site::{Ledger, config};
use crate::vietnam::folding::nearest;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// `ledger`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Dạng kết quả / Form of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(clap::Subcommand, Debug)]
enum Act {
    /// Hủy cả một đợt chưa gắn biển nào / Void a whole batch of which nothing was mounted
    #[command(
        after_help = "Ví dụ / Example:\n  dautich ledger void 2026-11-21-7K3M --reason \"in lệch giấy, đã xé bỏ\""
    )]
    Void(Void),
}

#[derive(clap::Args, Debug)]
struct Void {
    /// Tên đợt, như trong sổ / The batch, as in the ledger
    #[arg(value_name = "BATCH")]
    batch: String,
    /// Vì sao / Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Không hỏi lại / Do not ask
    #[arg(long)]
    yes: bool,
}

/// Shows the ledger, or voids a batch.
///
/// # Errors
/// Where a flag cannot be followed, or the machine refuses.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    if let Some(Act::Void(arguments)) = &arguments.act {
        return void(session, arguments);
    }
    let ledger = match read(session)? {
        Ok(ledger) => ledger,
        Err(exit) => return Ok(exit),
    };
    let batches = batches(&ledger);
    if batches.is_empty() && !session.root.join(config::FILE).is_file() {
        // A folder up or down from the site: that nothing was printed would be a wrong answer.
        let found = [heads::no_config().in_file(config::FILE)];
        return Ok(session.report(&found, &Source::open(&session.root)?));
    }
    let shown = match arguments.format {
        Format::Text => text(session, &batches),
        Format::Json => format!("{:#}\n", as_json(&batches)),
    };
    let _ = io::stdout().lock().write_all(shown.as_bytes());
    if batches.is_empty() {
        session.tell("sổ chưa ghi đợt in nào", "nothing was printed yet");
    }
    Ok(Exit::Done)
}

/// The ledger, or how the command ends where a row of it cannot be read.
fn read(session: &Session) -> Result<Result<Ledger, Exit>, Failure> {
    let source = Source::open(&session.root)?;
    let (ledger, found) = read_ledger(&source)?;
    if found.is_empty() {
        return Ok(Ok(ledger));
    }
    session.report(&found, &source);
    Ok(Err(worst(&found)))
}

fn place(session: &Session, row: &Row) -> String {
    if row.place.is_empty() {
        return session.word("(chưa ghi nơi)", "(no place)").to_owned();
    }
    printable(&row.place)
}

fn text(session: &Session, batches: &[Batch<'_>]) -> String {
    if batches.is_empty() {
        return String::new();
    }
    let headings = [
        ("Đợt", "Batch"),
        ("Ngày", "Date"),
        ("Số mã", "Codes"),
        ("Số bản", "Copies"),
        ("Khổ giấy", "Layout"),
        ("Tình trạng", "State"),
    ];
    let rows = batches.iter().map(|batch| {
        let copies: u64 = batch.printed.iter().map(|row| u64::from(row.copies)).sum();
        vec![
            printable(batch.name),
            batch.date.to_string(),
            batch.printed.len().to_string(),
            copies.to_string(),
            printable(batch.printed.first().map_or("", |row| &row.layout)),
            state(session, batch),
        ]
    });
    let mut out = table(&headings.map(|(vi, en)| session.word(vi, en)), rows.collect());
    let counts = |first: (&str, &str), gathered: BTreeMap<String, Count>| {
        let headings = [first, ("Số mã", "Codes"), ("Số bản", "Copies")];
        let rows = gathered
            .into_iter()
            .map(|(word, count)| vec![word, count.codes.to_string(), count.copies.to_string()]);
        table(&headings.map(|(vi, en)| session.word(vi, en)), rows.collect())
    };
    out.push('\n');
    out.push_str(&counts(("Nơi", "Place"), gathered(batches, |row| place(session, row))));
    out.push('\n');
    out.push_str(&counts(("Năm", "Year"), gathered(batches, |row| row.date.year().to_string())));
    let Count { codes, copies } = gathered(batches, |_| String::new()).remove("").unwrap_or_default();
    let (all, void) = (batches.len(), batches.iter().filter(|batch| batch.is_void()).count());
    out.push('\n');
    out.push_str(session.word(
        &format!("Cộng: {all} đợt, trong đó {void} đợt đã hủy; còn {codes} mã, {copies} bản\n"),
        &format!(
            "Total: {}, {void} of them void; {} in {} stand\n",
            counted(all, "batch", "batches"),
            counted(codes, "code", "codes"),
            counted(usize::try_from(copies).unwrap_or(usize::MAX), "copy", "copies")
        ),
    ));
    out
}

/// What became of a batch, in a few words.
fn state(session: &Session, batch: &Batch<'_>) -> String {
    if let Some(void) = batch.void {
        let why = printable(&void.note);
        return format!("{} {}: {why}", session.word("ĐÃ HỦY", "VOID"), void.date);
    }
    let mounted = batch.hung.iter().filter(|row| row.event == Event::Mounted).count();
    match (batch.voided.len(), mounted) {
        _ if batch.is_void() => session.word("ĐÃ HỦY từng mã", "VOID, code by code").to_owned(),
        (0, 0) => session.word("đã in", "printed").to_owned(),
        (0, hung) => session.word(&format!("đã gắn {hung}"), &format!("{hung} mounted")).to_owned(),
        (gone, hung) => session
            .word(&format!("đã gắn {hung}, hủy {gone} mã"), &format!("{hung} mounted, {gone} void"))
            .to_owned(),
    }
}

/// Rows under headings, each column as wide as its widest cell, numbers to the right.
fn table(headings: &[&str], rows: Vec<Vec<String>>) -> String {
    let rows: Vec<Vec<String>> =
        std::iter::once(headings.iter().map(|&heading| heading.to_owned()).collect()).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let number = |column: usize| rows[1..].iter().all(|row| row[column].bytes().all(|b| b.is_ascii_digit()));
    let numbers: Vec<bool> = (0..headings.len()).map(number).collect();
    let mut out = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).zip(&numbers).map(|((cell, width), number)| {
            if *number { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    out
}

fn as_json(batches: &[Batch<'_>]) -> Value {
    let counts = |gathered: BTreeMap<String, Count>, key: &str| -> Vec<Value> {
        let one =
            |(word, count): (String, Count)| json!({key: word, "codes": count.codes, "copies": count.copies});
        gathered.into_iter().map(one).collect()
    };
    let all: Vec<Value> = batches
        .iter()
        .map(|batch| {
            let codes: Vec<Value> = batch
                .printed
                .iter()
                .map(|row| {
                    json!({"id": row.id, "name": row.name, "place": row.place, "layout": row.layout,
                        "copies": row.copies, "void": row.id.is_some_and(|id| batch.voided.contains(&id)),
                        "address": row.id.zip(row.address.as_ref()).map(|(id, address)| address.of(id))})
                })
                .collect();
            let mounted = batch.hung.iter().filter(|row| row.event == Event::Mounted).count();
            json!({"batch": batch.name, "date": batch.date.to_string(), "void": batch.is_void(),
                "reason": batch.void.map(|row| &row.note), "mounted": mounted, "codes": codes})
        })
        .collect();
    let total = gathered(batches, |_| String::new()).remove("").unwrap_or_default();
    json!({
        "version": 1,
        "batches": all,
        "places": counts(gathered(batches, |row| row.place.clone()), "place"),
        "years": counts(gathered(batches, |row| row.date.year().to_string()), "year"),
        "total": {"codes": total.codes, "copies": total.copies},
    })
}

/// Voids a whole batch: one row more.
fn void(session: &Session, arguments: &Void) -> Result<Exit, Failure> {
    let reason = arguments.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err(no_reason());
    }
    // No lock in a folder where nothing was ever printed.
    if !session.root.join(ledger::FILE).exists() {
        return Err(unknown(&arguments.batch, None));
    }
    let file = LedgerFile::lock(session)?;
    let mut ledger = match read(session)? {
        Ok(ledger) => ledger,
        Err(exit) => return Ok(exit),
    };
    // A row that was published and then lost from the ledger still tells that a plaque hangs.
    let (published, spoilt) = read_published(&published_ledger(&session.root.join("output"))?);
    if let Some(finding) = spoilt {
        return Ok(session.report(&[finding], &Source::open(&session.root)?));
    }
    ledger.join(published);
    let all = batches(&ledger);
    let name = arguments.batch.trim();
    let Some(batch) = all.iter().find(|batch| batch.name == name) else {
        return Err(unknown(name, nearest(name, all.iter().map(|batch| batch.name))));
    };
    if batch.is_void() {
        return Err(already_void(batch));
    }
    if let Some(hung) = batch.hung.first() {
        return Err(mounted(batch, hung));
    }
    show_affected(session, batch, &all);
    if !arguments.yes {
        let asked = session
            .ask("Hủy đợt này? Không rút lại được. [c/N]", "Void this batch? It cannot be undone. [y/N]");
        match asked {
            Some(true) => {}
            Some(false) => {
                session.tell("không hủy gì; sổ vẫn như cũ", "nothing was voided; the ledger is as it was");
                return Ok(Exit::Usage);
            }
            None => return Err(nobody_to_ask()),
        }
    }
    file.add(&[Row {
        date: session.date,
        batch: batch.name.to_owned(),
        event: Event::Void,
        id: None,
        address: None,
        layout: String::new(),
        copies: 0,
        place: String::new(),
        name: String::new(),
        note: reason,
    }])?;
    session.tell(
        &format!("đã hủy đợt {name} trong ledger.tsv\ntiếp theo: xé bỏ tờ đã in, để không ai gắn nhầm"),
        &format!(
            "batch {name} is void in ledger.tsv\nnext: destroy the printed sheets, so that nobody mounts them"
        ),
    );
    Ok(Exit::Done)
}

/// Which codes a void touches, and which of them other batches still hold.
fn show_affected(session: &Session, batch: &Batch<'_>, all: &[Batch<'_>]) {
    let n = batch.printed.len();
    session.tell(
        &format!("đợt {} in ngày {} có {n} mã:", printable(batch.name), batch.date),
        &format!(
            "batch {}, printed on {}, has {}:",
            printable(batch.name),
            batch.date,
            counted(n, "code", "codes")
        ),
    );
    for row in &batch.printed {
        let Some(id) = row.id else { continue };
        let other = all
            .iter()
            .filter(|other| other.name != batch.name)
            .any(|other| other.counting().chain(other.hung.iter().copied()).any(|row| row.id == Some(id)));
        let line = format!("  {id}  {}, {}", printable(&row.name), place(session, row));
        session.tell(
            &format!("{line}{}", if other { " (đợt khác vẫn giữ mã này)" } else { "" }),
            &format!("{line}{}", if other { " (another batch still holds it)" } else { "" }),
        );
    }
}

fn no_reason() -> Failure {
    Failure::usage(
        Text::new("chưa ghi lý do hủy", "there is no reason"),
        Text::new(
            "ghi lý do sau --reason, như --reason \"in lệch giấy, đã xé bỏ\"",
            "write it after --reason, as in --reason \"misprinted, destroyed\"",
        ),
    )
}

fn unknown(name: &str, near: Option<&str>) -> Failure {
    let name = printable(name);
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None => Text::new(
            "xem tên các đợt bằng `dautich ledger`",
            "see the names of the batches with `dautich ledger`",
        ),
    };
    Failure::usage(
        Text::new(format!("sổ không có đợt nào tên `{name}`"), format!("the ledger has no batch `{name}`")),
        help,
    )
}

fn already_void(batch: &Batch<'_>) -> Failure {
    let name = printable(batch.name);
    let why = batch.void.map(|row| format!(" ({}: {})", row.date, printable(&row.note))).unwrap_or_default();
    Failure::usage(
        Text::new(format!("đợt {name} đã hủy rồi{why}"), format!("batch {name} is void already{why}")),
        Text::new("không cần làm gì thêm", "there is nothing more to do"),
    )
}

fn mounted(batch: &Batch<'_>, row: &Row) -> Failure {
    let name = printable(batch.name);
    let id = row.id.map(|id| id.to_string()).unwrap_or_default();
    let (day, place, event) = (row.date, printable(&row.place), row.event.word());
    Failure::usage(
        Text::new(
            format!(
                "đợt {name} đã có biển gắn lên tường (`{event}` ngày {day}: mã {id}, {place}): không hủy được"
            ),
            format!(
                "something of batch {name} hung on a wall (`{event}` on {day}: {id}, {place}): it cannot be voided"
            ),
        ),
        Text::new(
            "mã ấy phải còn sống; nếu biển đã tháo, thêm một dòng `retired` cho mã ấy thay vì hủy cả đợt",
            "that code must stay alive; where the plaque came down, add a `retired` row for it instead of voiding the batch",
        ),
    )
}

fn nobody_to_ask() -> Failure {
    Failure::usage(
        Text::new(
            "hủy một đợt cần có người xác nhận; không ghi gì",
            "voiding a batch needs somebody to confirm it; nothing was written",
        ),
        Text::new("chạy lại với --yes nếu đã chắc", "run it again with --yes if you are sure"),
    )
}
