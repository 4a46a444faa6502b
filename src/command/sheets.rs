//! `dautich sheets`: sheets of codes as PDF, every code read back before the file is handed over.
//! A proof says so and leaves the ledger alone; `--issue` adds the rows first, so that no printed code is ever unknown.

use super::advise;
use super::batch::{Batch, Stage, into_place, issue, list, new_batch, say_done, say_issued};
use super::calibrate::{calibrate, printer, say};
use super::choice::{ByCommune, Choice};
use super::labels::{Extras, Maker, Run, cut};
use super::ledger_file::LedgerFile;
use super::part::{Order, Part};
use super::session::{Exit, Session};
use super::singles::{self, Singles};
use crate::code::PrintedAddress;
use crate::code::symbol::Level;
use crate::diagnostic::rules::codes;
use crate::diagnostic::{Diagnostic, Failure, Lang, Text};
use crate::print::adviser::Sign;
use crate::print::layout::Layout;
use crate::print::layouts::{self, Layouts};
use crate::print::printer::Printer;
use crate::print::sheet::Form;
use crate::site::{Entry, Kind, Site, config};
use crate::vietnam::folding::slug;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::mem;
use std::path::{Path, PathBuf};

/// The most labels in one file: what a reader opens at once, and what is held in memory.
const MOST: usize = 2_000;

/// What each file is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Each {
    /// Mỗi xã, phường một tệp / One file a commune
    Commune,
    /// Mỗi loại bài một tệp / One file a kind of entry
    Kind,
}

/// `sheets`' own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Khuôn in: nhãn L7164 (12 một tờ A4), L7160 (21), L7161 (18), L7163 (14), L7165 (8), L7169 (4), 3474 (24); thẻ treo
    /// hang-tag, thẻ kệ shelf-card; decal 50x50, 80x80, 100x100 (mm); biển 18x12 (cm), A6, A5, A4, có Wi-Fi: A5-wifi,
    /// A4-wifi; commune (mỗi xã một tờ A4 treo tường); khuôn của mình: layouts.yaml / Layout: labels, cards, stickers,
    /// plaques, a wall for each commune, your own in layouts.yaml
    #[arg(long, value_name = "NAME", default_value = layouts::DEFAULT)]
    layout: String,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    sign: advise::Flags,
    /// Mỗi xã (commune) hay mỗi loại bài (kind) một tệp PDF, một đợt riêng / One PDF, one batch, a commune or a kind
    #[arg(long, value_enum, value_name = "E")]
    each: Option<Each>,
    /// Chỉ mã, mỗi mã một tệp, cho người làm biển; cùng --size / Symbols alone, a file each, for whoever makes the plates
    #[arg(long, value_enum, value_name = "F", requires = "size", conflicts_with_all = ["each", "layout"])]
    form: Option<singles::Kind>,
    /// Cạnh của mã bằng mm, không kể viền trắng / The symbol's side in mm, without its white border
    #[arg(long, value_name = "MM", requires = "form", allow_hyphen_values = true)]
    size: Option<String>,
    /// Tệp PDF xuất ra, hay thư mục khi dùng --each, --form (nếu không: trong print/) / The PDF file, or the folder with
    /// --each and --form
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Mức sửa lỗi của mã, nếu không theo quy tắc (Q, cao hơn khi không tốn thêm ô): H cho biển ngoài trời, M chỉ cho
    /// nhãn nhỏ đọc từ xa / Error correction level, if not by the rule
    #[arg(long, value_name = "M|Q|H", value_enum, ignore_case = true)]
    level: Option<Level>,
    /// Cho nhà in: chỉ mực đen K, có khung cắt, không PDF/A / For a print shop: black ink only, trim boxes, no PDF/A
    #[arg(long)]
    press: bool,
    /// Căn chỉnh máy in: tạo trang để đo; đo xong thì kèm bốn số, như A=179.2 B=259.1 C=15.5 D=19 / Calibrate the printer:
    /// makes a page to measure on; with the four measures, keeps them
    #[arg(long, value_name = "A= B= C= D=", num_args = 0..=4, conflicts_with_all = ["issue", "form", "press", "each"])]
    calibrate: Option<Vec<String>>,
    /// Không bù cho máy in đã căn chỉnh / Do not correct for the printer that was calibrated
    #[arg(long)]
    no_printer: bool,
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
    if let Some(measures) = &arguments.calibrate {
        return calibrate(session, measures, arguments.output.as_deref(), !arguments.no_printer);
    }
    let sign = arguments.sign.sign()?;
    if arguments.sign.advise {
        return advise::run(session, sign.as_ref());
    }
    // Held from before the ledger is read until its rows are written: two sheets at once must not lose each other's.
    let ledger = if arguments.issue { Some(LedgerFile::lock(session)?) } else { None };
    let desk = session.load(&session.root.join("output"))?;
    let Some((site, theme)) = desk.sound() else { return Ok(session.report(&desk.found, &desk.source)) };
    let (source, mut found) = (&desk.source, desk.found.clone());
    let (layouts, more) = session.layouts(source)?;
    if !more.is_empty() {
        return Ok(session.report(&more, source));
    }
    let address = match printed_address(site, arguments.issue) {
        Ok(address) => address,
        Err(finding) => {
            found.push(*finding);
            return Ok(session.report(&found, source));
        }
    };
    let layout =
        layouts.find(&arguments.layout).ok_or_else(|| no_such_layout(&arguments.layout, &layouts))?;
    let (extras, more) = Extras::read(session, source, site, layout)?;
    if !more.is_empty() {
        return Ok(session.report(&more, source));
    }
    let own = arguments.form.is_none() && !arguments.press && !arguments.no_printer;
    let printer = match if own { printer(session, source)? } else { Ok(None) } {
        Ok(printer) => printer,
        Err(more) => return Ok(session.report(&more, source)),
    };
    let maker = Maker::new(site, theme, address, arguments.level.unwrap_or(Level::Q), &extras)?;
    let made = match arguments.form {
        Some(kind) => singles(session, arguments, &maker, kind)?,
        None => sheets(session, arguments, &maker, (&layouts, layout), printer)?,
    };
    let Made { batches, left_out, narrowest, stage: _stage } = match made {
        Ok(made) => made,
        Err(more) => {
            found.extend(more);
            return Ok(session.report(&found, source));
        }
    };
    if let Some(ledger) = &ledger
        && !issue(session, site, address, ledger, !arguments.yes, &batches)?
    {
        return Ok(Exit::Usage);
    }
    into_place(&batches)?;
    session.report(&found, source);
    say_left_out(session, &left_out);
    if let Some(printer) = &printer {
        say(session, printer);
    }
    say_done(session, &batches);
    say_next(session, arguments, &batches);
    say_advice(session, arguments, sign.as_ref(), &layouts, &batches, narrowest);
    Ok(Exit::Done)
}

/// What was made and waits on a stage, and what was asked for and has no page.
struct Made<'s> {
    batches: Vec<Batch<'s>>,
    left_out: Vec<&'s Entry>,
    /// The smallest symbol of a sheet: how it is set, and what it says.
    narrowest: Option<(&'s Layout, String)>,
    stage: Stage,
}

/// Each symbol alone.
fn singles<'s>(
    session: &Session,
    arguments: &Arguments,
    maker: &Maker<'s>,
    kind: singles::Kind,
) -> Result<Result<Made<'s>, Vec<Diagnostic>>, Failure> {
    let asked = Singles {
        kind,
        size: arguments.size.as_deref().unwrap_or_default(),
        form: arguments.printer(),
        issue: arguments.issue,
        output: arguments.output.as_deref(),
    };
    asked.side()?;
    let entries = match arguments.choice.entries(maker.site)? {
        Ok(entries) => entries,
        Err(found) => return Ok(Err(found)),
    };
    let batch = new_batch(maker.site, session.date, &mut BTreeSet::new())?;
    let stage = Stage::new(&asked.folder(session, &batch))?;
    let batch = asked.make(session, maker, &entries, batch, &stage)?;
    Ok(Ok(Made { batches: vec![batch], left_out: Vec::new(), narrowest: None, stage }))
}

/// Sheets, as many files at a time as there are cores: a core that waits until its file is packed would begin the next
/// one, and the next, and hold them all.
fn sheets<'s>(
    session: &Session,
    arguments: &Arguments,
    maker: &Maker<'s>,
    (layouts, layout): (&'s Layouts, &'s Layout),
    printer: Option<Printer>,
) -> Result<Result<Made<'s>, Vec<Diagnostic>>, Failure> {
    let chosen = match chosen(maker.site, arguments, layout)? {
        Ok(chosen) => chosen,
        Err(found) => return Ok(Err(found)),
    };
    let parts = parts(session, maker.site, arguments, layout, chosen.groups)?;
    let stage = Stage::new(parts[0].file.parent().unwrap_or(Path::new("")))?;
    let (form, issue, date) = (arguments.printer(), arguments.issue, session.date);
    let order = Order { maker, layouts, layout, form, printer, issue, date };
    let (mut batches, mut found, mut made) = (Vec::new(), Vec::new(), Vec::new());
    for parts in parts.chunks(rayon::current_num_threads()) {
        // Gathered first, so that the same failure is told each time.
        made.par_extend(parts.par_iter().map(|part| part.make(&order, &stage)));
    }
    for made in made {
        match made? {
            Ok(batch) => batches.push(batch),
            Err(more) => found.extend(more),
        }
    }
    if found.is_empty() {
        let pages = parts.iter().flat_map(|part| &part.pages);
        let narrowest = pages.min_by(|a, b| a.layout.symbol.total_cmp(&b.layout.symbol));
        let says = |run: &Run<'s>| Some((run.layout, maker.address.of(run.entries.first()?.id.value)));
        let narrowest = narrowest.and_then(says);
        return Ok(Ok(Made { batches, left_out: chosen.left_out, narrowest, stage }));
    }
    found.dedup(); // a heading that fits no page is told once
    Ok(Err(found))
}

impl Arguments {
    /// Who prints.
    const fn printer(&self) -> Form {
        if self.press { Form::Press } else { Form::Office }
    }
}

fn no_such_layout(name: &str, layouts: &Layouts) -> Failure {
    let known: Vec<&str> = layouts.iter().map(|layout| layout.name.as_str()).collect();
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

/// What goes into which file, and what is asked for and has no page.
struct Chosen<'s> {
    groups: Vec<Group<'s>>,
    left_out: Vec<&'s Entry>,
}

/// What goes into one file, if it is not too much for one.
struct Group<'s> {
    /// What the file's name says of it; empty where there is only one.
    name: String,
    /// At least one page.
    pages: Vec<Run<'s>>,
}

fn chosen<'s>(
    site: &'s Site,
    arguments: &Arguments,
    layout: &'s Layout,
) -> Result<Result<Chosen<'s>, Vec<Diagnostic>>, Failure> {
    let entries = match arguments.choice.entries(site)? {
        Ok(entries) => entries,
        Err(found) => return Ok(Err(found)),
    };
    let wall = layout.wall.is_some();
    let mut left_out = Vec::new();
    if wall {
        match arguments.choice.by_commune(site, &entries)? {
            Ok(found) => left_out = found.nowhere,
            Err(found) => return Ok(Err(found)),
        }
    }
    let named: Vec<(String, Vec<&Entry>)> = match arguments.each {
        None => vec![(String::new(), entries)],
        Some(Each::Kind) => {
            let of = |kind: Kind| entries.iter().copied().filter(move |entry| entry.kind == kind).collect();
            Kind::ALL.into_iter().map(|kind| (kind.word().to_owned(), of(kind))).collect()
        }
        Some(Each::Commune) => {
            let found = ByCommune::of(site, &entries);
            let name = |code: &str, label: &str| format!("{code}-{}", slug(label));
            let groups = found.groups.into_iter();
            groups
                .map(|group| (name(&group.unit.code, &group.unit.short_label(Lang::VI)), group.entries))
                .chain([("khong-ro-xa".to_owned(), found.nowhere)])
                .collect()
        }
    };
    let pages = |entries: &[&'s Entry]| -> Vec<Run<'s>> {
        if !wall {
            return cut(layout, None, entries);
        }
        let groups = ByCommune::of(site, entries).groups;
        groups.iter().flat_map(|group| cut(layout, Some(group.unit), &group.entries)).collect()
    };
    let groups = named.into_iter().map(|(name, entries)| Group { name, pages: pages(&entries) });
    Ok(Ok(Chosen { groups: groups.filter(|group| !group.pages.is_empty()).collect(), left_out }))
}

/// Cuts groups where they are too long for one file, and names the files: at least one.
fn parts<'s>(
    session: &Session,
    site: &Site,
    arguments: &Arguments,
    layout: &Layout,
    groups: Vec<Group<'s>>,
) -> Result<Vec<Part<'s>>, Failure> {
    let folder = arguments.output.clone().filter(|_| arguments.each.is_some());
    let folder = folder.unwrap_or_else(|| session.root.join("print"));
    let (mut parts, mut taken) = (Vec::new(), BTreeSet::new());
    for group in groups {
        let pieces = pieces(group.pages, |page| page.entries.len(), MOST);
        let several = pieces.len() > 1;
        for (n, pages) in pieces.into_iter().enumerate() {
            let number = if several { format!("-{}", n + 1) } else { String::new() };
            let batch = new_batch(site, session.date, &mut taken)?;
            let of = if group.name.is_empty() { String::new() } else { format!("-{}", group.name) };
            let state = if arguments.issue { &batch } else { "proof" };
            let named = folder.join(format!("{}{of}{number}-{state}.pdf", layout.name));
            let file = match &arguments.output {
                Some(file) if arguments.each.is_none() => numbered(file, &number),
                _ => named,
            };
            let part = Part { batch, file, pages };
            part.may_write(arguments.issue, arguments.press)?;
            parts.push(part);
        }
    }
    Ok(parts)
}

/// Cuts pages into files that hold at most so many labels, in their order.
fn pieces<T>(pages: Vec<T>, labels: impl Fn(&T) -> usize, most: usize) -> Vec<Vec<T>> {
    let (mut pieces, mut piece, mut held) = (Vec::new(), Vec::new(), 0);
    for page in pages {
        if held + labels(&page) > most && !piece.is_empty() {
            pieces.push(mem::take(&mut piece));
            held = 0;
        }
        held += labels(&page);
        piece.push(page);
    }
    pieces.push(piece);
    pieces
}

/// A file's name with a number before its ending.
fn numbered(file: &Path, number: &str) -> PathBuf {
    if number.is_empty() {
        return file.to_owned();
    }
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(number);
    if let Some(ending) = file.extension() {
        name.push(".");
        name.push(ending);
    }
    file.with_file_name(name)
}

/// The command that issues what a proof showed, and nothing else.
fn issuing(arguments: &Arguments) -> String {
    let mut command = "dautich sheets".to_owned();
    if !arguments.layout.eq_ignore_ascii_case(layouts::DEFAULT) {
        command.push_str(&format!(" --layout {}", arguments.layout));
    }
    if let Some(level) = arguments.level {
        command.push_str(&format!(" --level {}", level.letter()));
    }
    command.push_str(&arguments.choice.flags());
    match arguments.each {
        Some(Each::Commune) => command.push_str(" --each commune"),
        Some(Each::Kind) => command.push_str(" --each kind"),
        None => {}
    }
    if let (Some(kind), Some(size)) = (arguments.form, &arguments.size) {
        command.push_str(&format!(" --form {} --size {size}", kind.word()));
    }
    if arguments.press {
        command.push_str(" --press");
    }
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

/// Tells what to do next.
fn say_next(session: &Session, arguments: &Arguments, batches: &[Batch<'_>]) {
    if arguments.issue {
        return say_issued(session, batches);
    }
    let issue = issuing(arguments);
    session.tell(
        &format!(
            "đây là bản nháp, sổ chưa ghi gì; tiếp theo: xem lại từng nhãn, rồi in chính thức bằng {issue}"
        ),
        &format!(
            "this is a proof and nothing is in the ledger; next: look at each label, then issue with {issue}"
        ),
    );
}

/// Tells where plates do not go, and how well the narrowest code that was drawn is read.
fn say_advice(
    session: &Session,
    arguments: &Arguments,
    sign: Option<&Sign>,
    layouts: &Layouts,
    batches: &[Batch<'_>],
    narrowest: Option<(&Layout, String)>,
) {
    // A page of a commune hangs in its office.
    if narrowest.as_ref().is_none_or(|(layout, _)| layout.wall.is_none()) {
        advise::remind(session, batches.iter().flat_map(|batch| batch.entries.iter().copied()));
    }
    if let Some((layout, text)) = narrowest {
        advise::comment(session, sign, &text, arguments.level, layout, layouts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_between_pages_and_no_page_is_lost() {
        assert_eq!(pieces(vec![12; 5], |n| *n, 24), [vec![12, 12], vec![12, 12], vec![12]]);
        assert_eq!(pieces(vec![12, 12, 3], |n| *n, 24), [vec![12, 12], vec![3]]);
        assert_eq!(pieces(vec![30, 1], |n| *n, 24), [vec![30], vec![1]]);
        assert_eq!(numbered(Path::new("in/to.pdf"), "-2"), Path::new("in/to-2.pdf"));
    }
}
