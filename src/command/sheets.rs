//! `dautich sheets`: sheets of codes as PDF, every code read back before the file is handed over.
//! A proof says so and leaves the ledger alone; `--issue` adds the rows first, so that no printed code is ever unknown.
#![allow(clippy::disallowed_methods)] // a command may read and write what it was asked for

use super::ledger_file::LedgerFile;
use super::new::fresh;
use super::session::{Exit, Session, counted};
use crate::build::theme::Theme;
use crate::build::write::write_whole;
use crate::code::{Id, PrintedAddress, Symbol, read_back};
use crate::diagnostic::rules::codes;
use crate::diagnostic::{Diagnostic, Failure, Lang, Text};
use crate::print::label::{Content, Label};
use crate::print::layout::{LAYOUTS, Layout, Role};
use crate::print::pdf;
use crate::print::sheet::Sheet;
use crate::print::typeface::Typefaces;
use crate::site::ledger::{Event, Row};
use crate::site::{Entry, Kind, Site, config};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// `sheets`' own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Khuôn in: L7164 (12 nhãn một tờ A4) hoặc A5 (biển) / Layout: L7164 (12 labels on A4) or A5 (a plaque)
    #[arg(long, value_name = "NAME", default_value = LAYOUTS[0].name)]
    layout: String,
    /// Chỉ in các mã này / Only these ids
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    only: Vec<String>,
    /// Chỉ in loại bài này / Only this kind of entry
    #[arg(long, value_enum, value_name = "K")]
    kind: Option<Kind>,
    /// Tệp PDF xuất ra (nếu không: trong print/) / The PDF file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// In chính thức: ghi mọi mã vào sổ ledger.tsv / Issue: write every code into the ledger
    #[arg(long)]
    issue: bool,
    /// Không hỏi lại trước khi ghi sổ / Do not ask before the ledger is written
    #[arg(long)]
    yes: bool,
}

/// Makes the sheets.
///
/// # Errors
/// Where a flag cannot be followed, a code does not read back, or the machine refuses.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let layout = Layout::find(&arguments.layout).ok_or_else(|| no_such_layout(&arguments.layout))?;
    // Held from before the ledger is read until its rows are written: two sheets at once must not lose each other's.
    let ledger = if arguments.issue { Some(LedgerFile::lock(session)?) } else { None };
    let desk = session.load(&session.root.join("output"))?;
    let Some((site, theme)) = desk.sound() else { return Ok(session.report(&desk.found, &desk.source)) };
    let (source, mut found) = (&desk.source, desk.found.clone());
    let address = match printed_address(site, arguments.issue) {
        Ok(address) => address,
        Err(finding) => {
            found.push(*finding);
            return Ok(session.report(&found, source));
        }
    };
    let entries = match chosen(site, arguments)? {
        Ok(entries) => entries,
        Err(more) => return Ok(session.report(&more, source)),
    };
    let labels = labels(site, theme, address, &entries, layout)?;
    let (labels, troubles): (Vec<_>, Vec<_>) = labels.into_iter().partition(Result::is_ok);
    if !troubles.is_empty() {
        found.extend(troubles.into_iter().filter_map(Result::err).map(|finding| *finding));
        return Ok(session.report(&found, source));
    }
    let batch = new_batch(site, session.date)?;
    let sheet = Sheet {
        layout,
        labels: labels.into_iter().filter_map(Result::ok).collect(),
        proof: !arguments.issue,
        title: format!("Mã QR · {}", site.config.title.get(Lang::VI).0),
        footer: format!(
            "{} · {} · {} · {} · 100 %",
            site.config.title.get(Lang::VI).0,
            address,
            layout.name,
            session.date
        ),
    };
    let bytes = pdf::pdf(&sheet, session.date)?;
    let name = if arguments.issue {
        format!("{}-{batch}.pdf", layout.name)
    } else {
        format!("{}-proof.pdf", layout.name)
    };
    let file = arguments.output.clone().unwrap_or_else(|| session.root.join("print").join(name));
    may_write(&file, arguments.issue)?;
    if let Some(ledger) = &ledger {
        review(session, site, address, &entries);
        if !arguments.yes
            && session.ask("Ghi vào sổ và in chính thức? [c/N]", "Issue them? [y/N]") == Some(false)
        {
            session.tell("không in gì; sổ vẫn như cũ", "nothing was issued; the ledger is as it was");
            return Ok(Exit::Usage);
        }
        ledger.add(&rows(session, site, address, &entries, layout, &batch))?;
    }
    write_whole(&file, &bytes)?;
    session.report(&found, source);
    say_done(session, &file.display().to_string(), entries.len(), arguments, &batch);
    Ok(Exit::Done)
}

fn no_such_layout(name: &str) -> Failure {
    let known: Vec<&str> = LAYOUTS.iter().map(|layout| layout.name).collect();
    let known = known.join(", ");
    Failure::usage(
        Text::new(format!("không có khuôn in `{name}`"), format!("there is no layout `{name}`")),
        Text::new(format!("chọn: {known}"), format!("choose: {known}")),
    )
}

/// The address to print; an issued sheet is refused one that nobody outside can open.
fn printed_address(site: &Site, issue: bool) -> Result<&PrintedAddress, Box<Diagnostic>> {
    let Some(address) = &site.config.printed_address else {
        return Err(Box::new(codes::no_printed_address().in_file(config::FILE)));
    };
    if issue && address.is_private() {
        let finding = codes::private_address(&address.to_string());
        return Err(Box::new(finding.at(config::FILE, address.span)));
    }
    Ok(&address.value)
}

/// The entries to print, in the order of the site; a named id that cannot be printed is a finding.
fn chosen<'s>(
    site: &'s Site,
    arguments: &Arguments,
) -> Result<Result<Vec<&'s Entry>, Vec<Diagnostic>>, Failure> {
    let (mut named, mut found) = (Vec::new(), Vec::new());
    for written in &arguments.only {
        let written = written.trim().to_uppercase();
        match Id::parse(&written).ok().and_then(|id| Some((id, site.entry(id)?))) {
            None => found.push(codes::not_printable(
                &written,
                &Text::new("không có bài nào mang mã ấy", "no entry bears it"),
            )),
            Some((_, entry)) if entry.draft.value => {
                found.push(codes::not_printable(
                    &written,
                    &Text::new("bài còn là bản nháp", "its entry is a draft"),
                ));
            }
            Some((_, entry)) if entry.withdrawn.is_some() => {
                found.push(codes::not_printable(&written, &Text::new("bài đã gỡ", "its entry is withdrawn")));
            }
            Some((_, entry)) => named.push(entry.id.value),
        }
    }
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let kind = arguments.kind;
    let entries: Vec<&Entry> = site
        .entries
        .iter()
        .map(AsRef::as_ref)
        .filter(|entry: &&Entry| !entry.draft.value && entry.withdrawn.is_none())
        .filter(|entry| kind.is_none_or(|kind| entry.kind == kind))
        .filter(|entry| arguments.only.is_empty() || named.contains(&entry.id.value))
        .collect();
    if entries.is_empty() {
        return Err(Failure::usage(
            Text::new("không có bài nào để in", "there is no entry to print"),
            Text::new(
                "viết một bài, bỏ dòng `draft: true`, hoặc bớt điều kiện chọn",
                "write an entry, drop its `draft: true`, or ask for more",
            ),
        ));
    }
    Ok(Ok(entries))
}

/// A label an entry, laid out in parallel; each symbol's drawing is read back on the way.
fn labels(
    site: &Site,
    theme: &Theme,
    address: &PrintedAddress,
    entries: &[&Entry],
    layout: &Layout,
) -> Result<Vec<Result<Label, Box<Diagnostic>>>, Failure> {
    let faces = Typefaces::new().ok_or_else(|| does_not_read("font"))?;
    let (source, second) = (site.config.source_language(), site.config.languages.get(1).copied());
    let hint = |lang| theme.string(lang, "scan_hint");
    let labels: Vec<_> = entries
        .par_iter()
        .map(|entry| {
            let text = address.of(entry.id.value);
            let outline = Symbol::encode(&text).map_err(|_| does_not_read(&text))?.outline();
            if read_back::read_back(&outline).as_deref() != Some(text.as_str()) {
                return Err(does_not_read(&text));
            }
            let article = second.and_then(|lang| entry.article(lang));
            let translated = article.map(|article| article.title.as_str());
            let content = Content {
                outline,
                site: site.config.title.get(source).0,
                place: &place_words(site, entry),
                hints: (hint(source), second.map(hint)),
                title: &entry.source().title,
                translated: translated.filter(|title| *title != entry.source().title.value),
                words: address.words(entry.id.value),
            };
            let label = Label::new(content, layout, &faces);
            Ok(label.map_err(|(finding, role)| {
                let article = match (role, article) {
                    (Role::Translated, Some(article)) => article,
                    _ => entry.source(),
                };
                Box::new(finding.at(&article.file, article.title.span))
            }))
        })
        .collect();
    // Gathered first, so that the same failure is told each time.
    labels.into_iter().collect()
}

fn does_not_read(text: &str) -> Failure {
    Failure::machine(
        Text::new(
            format!("mã vẽ ra không đọc lại được đúng địa chỉ {text}; không xuất tệp nào"),
            format!("the drawn code does not read back as {text}; no file was made"),
        ),
        Text::new("báo lỗi này cho người làm dautich", "report this to the makers of dautich"),
    )
}

/// A name for a batch that no other laptop gives on the same day: the day and four symbols drawn by chance. A sheet is
/// voided by its batch, so the name must never mean two sheets.
fn new_batch(site: &Site, date: Date) -> Result<String, Failure> {
    loop {
        let id = fresh(&BTreeSet::new())?;
        let name = format!("{date}-{}", &id.as_str()[..4]);
        if !site.ledger.has_batch(&name) {
            return Ok(name);
        }
    }
}

/// A sheet replaces nothing but an older proof: an article, the ledger or an issued sheet named by mistake is kept.
fn may_write(file: &Path, issue: bool) -> Result<(), Failure> {
    let mut head = [0; 4];
    let present = match File::open(file) {
        Ok(mut present) => present.read_exact(&mut head).is_ok() || file.exists(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(Failure::io(file, &error)),
    };
    if !present || (!issue && &head == b"%PDF") {
        return Ok(());
    }
    let name = file.display();
    Err(Failure::usage(
        Text::new(
            format!("{name} đã có; tờ mã không ghi đè lên nó"),
            format!("{name} is there already; the sheet does not replace it"),
        ),
        Text::new("chọn tên tệp khác sau -o", "choose another file name after -o"),
    ))
}

/// Tells what is about to be issued, as far as an editor must have seen it before it hangs on a wall.
fn review(session: &Session, site: &Site, address: &PrintedAddress, entries: &[&Entry]) {
    let n = entries.len();
    session.tell(
        &format!("sắp in chính thức {n} mã ở địa chỉ {address}:"),
        &format!("about to issue {} at {address}:", counted(n, "code", "codes")),
    );
    list(session, entries);
    let unreviewed: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.reviewed.is_none()).collect();
    let whole = |entry: &Entry| site.config.languages.iter().all(|lang| entry.article(*lang).is_some());
    let untranslated: Vec<&Entry> = entries.iter().copied().filter(|entry| !whole(entry)).collect();
    if !unreviewed.is_empty() {
        let n = unreviewed.len();
        session.tell(&format!("chưa ai duyệt ({n}):"), &format!("not reviewed by anybody ({n}):"));
        list(session, &unreviewed);
    }
    if !untranslated.is_empty() {
        let n = untranslated.len();
        session.tell(&format!("chưa dịch đủ ({n}):"), &format!("not translated ({n}):"));
        list(session, &untranslated);
    }
}

/// The first twenty entries by id and title, and how many more.
fn list(session: &Session, entries: &[&Entry]) {
    const SHOWN: usize = 20;
    for entry in entries.iter().take(SHOWN) {
        let line = format!("  {}  {}", entry.id.value, entry.source().title.value);
        session.tell(&line, &line);
    }
    if let Some(more) = entries.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        session.tell(&format!("  và {more} mã nữa"), &format!("  and {more} more"));
    }
}

/// A row a code for the ledger, to be added before the sheet is handed over.
fn rows(
    session: &Session,
    site: &Site,
    address: &PrintedAddress,
    entries: &[&Entry],
    layout: &Layout,
    batch: &str,
) -> Vec<Row> {
    entries
        .iter()
        .map(|entry| Row {
            date: session.date,
            batch: batch.to_owned(),
            event: Event::Printed,
            id: Some(entry.id.value),
            address: Some(address.clone()),
            layout: layout.name.to_owned(),
            copies: 1,
            place: place_words(site, entry),
            name: entry.source().title.value.clone(),
            note: String::new(),
        })
        .collect()
}

/// Where an entry is, for the ledger: hamlet and commune as they are called today.
fn place_words(site: &Site, entry: &Entry) -> String {
    let lang = site.config.source_language();
    let Some(place) = &entry.place else { return String::new() };
    let detail = place.detail.as_ref().map(|words| words.get(lang).0.to_owned());
    let commune = place.commune.as_ref().and_then(|code| site.units.find(code)).map(|unit| unit.label(lang));
    detail.into_iter().chain(commune).collect::<Vec<_>>().join(", ")
}

/// The command that issues what a proof showed, and nothing else.
fn issuing(arguments: &Arguments) -> String {
    let mut command = "dautich sheets".to_owned();
    if !arguments.layout.eq_ignore_ascii_case(LAYOUTS[0].name) {
        command.push_str(&format!(" --layout {}", arguments.layout));
    }
    if !arguments.only.is_empty() {
        command.push_str(&format!(" --only {}", arguments.only.join(",")));
    }
    if let Some(kind) = arguments.kind {
        command.push_str(&format!(" --kind {}", kind.word()));
    }
    command + " --issue"
}

fn say_done(session: &Session, file: &str, count: usize, arguments: &Arguments, batch: &str) {
    session.tell(
        &format!("xong: {count} mã trong {file}, đã đọc lại từng mã"),
        &format!("done: {} in {file}, each read back", counted(count, "code", "codes")),
    );
    if arguments.issue {
        session.tell(
            &format!("đợt {batch} đã ghi vào ledger.tsv: giữ tệp ấy cùng trang, không xóa dòng nào\ntiếp theo: in ở 100 % (không co giãn), dựng lại và đăng trang, rồi quét thử từng mã"),
            &format!("batch {batch} is in ledger.tsv: keep that file with the site and delete no row\nnext: print at 100 % (no scaling), build and publish the site, then scan each code"),
        );
    } else {
        let issue = issuing(arguments);
        session.tell(
            &format!("đây là bản nháp, sổ chưa ghi gì; tiếp theo: xem lại từng nhãn, rồi in chính thức bằng {issue}"),
            &format!("this is a proof and nothing is in the ledger; next: look at each label, then issue with {issue}"),
        );
    }
}
