//! `dautich sheets`: sheets of codes as PDF, every code read back before the file is handed over.
//! A proof says so and leaves the ledger alone; `--issue` adds the rows first, so that no printed code is ever unknown.
#![allow(clippy::disallowed_methods)] // a command may read and write what it was asked for

use super::advise;
use super::choice::{Choice, place_words};
use super::ledger_file::LedgerFile;
use super::new::fresh;
use super::session::{Exit, Session, counted};
use crate::build::theme::Theme;
use crate::build::told::capital;
use crate::build::write::write_whole;
use crate::code::symbol::Level;
use crate::code::{PrintedAddress, Symbol, read_back};
use crate::diagnostic::rules::codes;
use crate::diagnostic::{Diagnostic, Failure, Lang, Text};
use crate::print::adviser::Sign;
use crate::print::label::Label;
use crate::print::layout::{Layout, Role};
use crate::print::layouts::{self, LAYOUTS};
use crate::print::pdf;
use crate::print::setting::Texts;
use crate::print::sheet::{Page, Sheet};
use crate::print::typeface::Typefaces;
use crate::site::ledger::{Event, Row};
use crate::site::{Entry, Site, config};
use crate::vietnam::units::Unit;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// `sheets`' own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Khuôn in: nhãn L7164 (12 một tờ A4), L7163 (14), L7165 (8), L7169 (4); decal 50x50, 80x80, 100x100 (mm); biển 18x12
    /// (cm), A6, A5, A4; commune (mỗi xã một tờ A4 treo tường) / Layout: labels, stickers, plaques, a wall for each commune
    #[arg(long, value_name = "NAME", default_value = LAYOUTS[0].name)]
    layout: String,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    sign: advise::Flags,
    /// Tệp PDF xuất ra (nếu không: trong print/) / The PDF file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Mức sửa lỗi của mã, nếu không theo quy tắc (Q, cao hơn khi không tốn thêm ô): H cho biển ngoài trời, M chỉ cho
    /// nhãn nhỏ đọc từ xa / Error correction level, if not by the rule
    #[arg(long, value_name = "M|Q|H", value_enum, ignore_case = true)]
    level: Option<Level>,
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
    let sign = arguments.sign.sign()?;
    if arguments.sign.advise {
        return advise::run(session, sign.as_ref());
    }
    let layout = layouts::find(&arguments.layout).ok_or_else(|| no_such_layout(&arguments.layout))?;
    make(session, arguments, layout, sign.as_ref())
}

/// Makes the sheets of a layout, and says of the sign they become what the adviser has to say.
fn make(
    session: &Session,
    arguments: &Arguments,
    layout: &'static Layout,
    sign: Option<&Sign>,
) -> Result<Exit, Failure> {
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
    let runs = match runs(site, arguments, layout)? {
        Ok(runs) => runs,
        Err(more) => return Ok(session.report(&more, source)),
    };
    let entries: Vec<&Entry> = runs.pages.iter().flat_map(|run| run.entries.iter().copied()).collect();
    let level = arguments.level.unwrap_or(Level::Q);
    let pages = match pages(site, theme, address, level, &runs.pages)? {
        Ok(pages) => pages,
        Err(more) => {
            found.extend(more);
            return Ok(session.report(&found, source));
        }
    };
    let batch = new_batch(site, session.date)?;
    let sheet = sheet(site, address, layout, pages, arguments.issue, session.date);
    let bytes = pdf::pdf(&sheet, session.date)?;
    let name = if arguments.issue { &batch } else { "proof" };
    let name = format!("{}-{name}.pdf", layout.name);
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
    say_left_out(session, &runs.left_out);
    say_done(session, &file.display().to_string(), entries.len(), arguments, &batch);
    advise::remind(session, &entries);
    let narrowest = runs.pages.iter().map(|run| run.layout).min_by(|a, b| a.symbol.total_cmp(&b.symbol));
    advise::comment(
        session,
        sign,
        &address.of(entries[0].id.value),
        arguments.level,
        narrowest.unwrap_or(layout),
    );
    Ok(Exit::Done)
}

/// The pages with what a sheet says of itself.
fn sheet(
    site: &Site,
    address: &PrintedAddress,
    layout: &'static Layout,
    pages: Vec<Page>,
    issue: bool,
    date: Date,
) -> Sheet {
    Sheet {
        layout,
        pages,
        proof: !issue,
        title: format!("Mã QR · {}", site.config.title.get(Lang::VI).0),
        footer: format!(
            "{} · {} · {} · {} · 100 %",
            site.config.title.get(Lang::VI).0,
            address,
            layout.name,
            date
        ),
    }
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

/// What goes on which page, and what is asked for and has no page.
struct Runs<'s> {
    pages: Vec<Run<'s>>,
    left_out: Vec<&'s Entry>,
}

/// The entries of one page.
struct Run<'s> {
    /// How large they stand.
    layout: &'static Layout,
    /// Whose page it is, on a wall.
    unit: Option<&'s Unit>,
    /// Whether the commune's entries began on a page before.
    continued: bool,
    entries: Vec<&'s Entry>,
}

fn runs<'s>(
    site: &'s Site,
    arguments: &Arguments,
    layout: &'static Layout,
) -> Result<Result<Runs<'s>, Vec<Diagnostic>>, Failure> {
    let entries = match arguments.choice.entries(site)? {
        Ok(entries) => entries,
        Err(found) => return Ok(Err(found)),
    };
    let cut = |unit: Option<&'s Unit>, entries: &[&'s Entry]| -> Vec<Run<'s>> {
        let layout = layout.holding(entries.len());
        let chunks = entries.chunks(layout.per_page()).enumerate();
        chunks.map(|(n, chunk)| Run { layout, unit, continued: n > 0, entries: chunk.to_vec() }).collect()
    };
    if layout.wall.is_none() {
        return Ok(Ok(Runs { pages: cut(None, &entries), left_out: Vec::new() }));
    }
    Ok(arguments.choice.by_commune(site, &entries)?.map(|found| {
        let pages = found.groups.iter().flat_map(|group| cut(Some(group.unit), &group.entries)).collect();
        Runs { pages, left_out: found.nowhere }
    }))
}

/// The pages, laid out in parallel; each symbol's drawing is read back on the way.
fn pages(
    site: &Site,
    theme: &Theme,
    address: &PrintedAddress,
    level: Level,
    runs: &[Run<'_>],
) -> Result<Result<Vec<Page>, Vec<Diagnostic>>, Failure> {
    let faces = Typefaces::new().ok_or_else(|| does_not_read("font"))?;
    let page = |run: &Run<'_>| {
        let labels =
            run.entries.par_iter().map(|entry| label(site, theme, address, entry, level, run.layout, &faces));
        // Gathered first, so that the same failure is told each time.
        let labels: Vec<_> = labels.collect::<Vec<_>>().into_iter().collect::<Result<_, Failure>>()?;
        let (labels, troubles): (Vec<_>, Vec<_>) = labels.into_iter().partition(Result::is_ok);
        let mut found: Vec<_> =
            troubles.into_iter().filter_map(Result::err).map(|finding| *finding).collect();
        let labels = labels.into_iter().filter_map(Result::ok).collect();
        let page = Page::new(labels, &page_texts(site, theme, run), run.layout, &faces);
        let page = page.map_err(|(finding, _)| found.push(finding.in_file(config::FILE)));
        Ok(match page {
            Ok(page) if found.is_empty() => Ok(page),
            _ => Err(found),
        })
    };
    let pages = runs.par_iter().map(page).collect::<Vec<_>>().into_iter();
    let pages: Vec<Result<Page, Vec<Diagnostic>>> = pages.collect::<Result<_, Failure>>()?;
    let (pages, troubles): (Vec<_>, Vec<_>) = pages.into_iter().partition(Result::is_ok);
    if troubles.is_empty() {
        return Ok(Ok(pages.into_iter().filter_map(Result::ok).collect()));
    }
    let mut found: Vec<Diagnostic> = troubles.into_iter().filter_map(Result::err).flatten().collect();
    // A heading that fits no page is told once.
    found.dedup();
    Ok(Err(found))
}

/// The languages of what is printed: the source language, and the second where there is one.
fn languages(site: &Site) -> (Lang, Option<Lang>) {
    (site.config.source_language(), site.config.languages.get(1).copied())
}

/// What labels and pages say alike.
fn site_texts<'a>(site: &'a Site, theme: &'a Theme) -> Texts<'a> {
    let (source, second) = languages(site);
    let hint = |lang| theme.string(lang, "scan_hint");
    Texts::default()
        .with(Role::Site, site.config.title.get(source).0)
        .with(Role::Hint, hint(source))
        .with(Role::HintTranslated, second.map_or("", hint))
}

/// What stands around the labels of a page: whose it is and who hung it there.
fn page_texts<'a>(site: &'a Site, theme: &'a Theme, run: &Run<'_>) -> Texts<'a> {
    let (source, second) = languages(site);
    let words = |of: &dyn Fn(&Unit) -> String| run.unit.map(|unit| capital(&of(unit))).unwrap_or_default();
    let heading = |name: String, lang: Lang| {
        let continued = if lang == Lang::VI { "tiếp theo" } else { "continued" };
        if run.continued { format!("{name} ({continued})") } else { name }
    };
    let publisher = site.config.publisher.as_ref().map_or("", |words| words.get(source).0);
    site_texts(site, theme)
        .with(Role::Commune, heading(words(&|unit| unit.short_label(source)), source))
        .with(Role::Province, words(&|unit| unit.province_label(source)))
        .with(
            Role::CommuneTranslated,
            second.map(|lang| heading(words(&|unit| unit.label(lang)), lang)).unwrap_or_default(),
        )
        .with(Role::Publisher, publisher)
}

/// An entry's label.
fn label(
    site: &Site,
    theme: &Theme,
    address: &PrintedAddress,
    entry: &Entry,
    level: Level,
    layout: &Layout,
    faces: &Typefaces,
) -> Result<Result<Label, Box<Diagnostic>>, Failure> {
    let text = address.of(entry.id.value);
    let outline = Symbol::at_least(&text, level).map_err(|_| does_not_read(&text))?.outline();
    if read_back::read_back(&outline).as_deref() != Some(text.as_str()) {
        return Err(does_not_read(&text));
    }
    let article = languages(site).1.and_then(|lang| entry.article(lang));
    let title = entry.source().title.as_str();
    let translated = article.map(|article| article.title.as_str()).filter(|translated| *translated != title);
    let texts = site_texts(site, theme)
        .with(Role::Title, title)
        .with(Role::Translated, translated.unwrap_or_default())
        .with(Role::Place, place_words(site, entry))
        .with(Role::Words, address.words(entry.id.value));
    Ok(Label::new(outline, &texts, layout, faces).map_err(|(finding, role)| {
        let article = match (role, article) {
            (Role::Translated, Some(article)) => article,
            _ => entry.source(),
        };
        Box::new(finding.at(&article.file, article.title.span))
    }))
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

/// The command that issues what a proof showed, and nothing else.
fn issuing(arguments: &Arguments) -> String {
    let mut command = "dautich sheets".to_owned();
    if !arguments.layout.eq_ignore_ascii_case(LAYOUTS[0].name) {
        command.push_str(&format!(" --layout {}", arguments.layout));
    }
    if let Some(level) = arguments.level {
        command.push_str(&format!(" --level {}", level.letter()));
    }
    command.push_str(&arguments.choice.flags());
    command + " --issue"
}

/// Tells which entries have no page on a wall.
fn say_left_out(session: &Session, left_out: &[&Entry]) {
    if left_out.is_empty() {
        return;
    }
    let n = left_out.len();
    session.tell(
        &format!("không có trên trang nào, vì chưa ghi xã (`place: commune`) ({n}):"),
        &format!("on no page, for want of a commune (`place: commune`) ({n}):"),
    );
    list(session, left_out);
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
