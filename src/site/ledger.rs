//! `ledger.tsv`: every code ever printed. Rows are only added; what stands is a fold over them in any order,
//! so that two people's files can be joined end to end. Reads and writes text, never a file.

use crate::code::{Id, PrintedAddress};
use crate::diagnostic::rules::codes;
use crate::diagnostic::{Diagnostic, Span, Text};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The name of the file, at the site's root.
pub const FILE: &str = "ledger.tsv";
/// The first line of every ledger.
pub const FIRST_LINE: &str = "# dautich ledger 1";
/// The second line: the columns, in order.
pub const COLUMNS: &str = "event\tbatch\tdate\tid\taddress\tlayout\tcopies\tplace\tname\tnote";

/// What happened to a code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Event {
    /// A sheet with it was issued.
    Printed,
    /// Its plaque went up.
    Mounted,
    /// Its plaque was exchanged for one of a newer batch.
    Replaced,
    /// Its plaque came down; people still have pictures of it, so it must still answer.
    Retired,
    /// The sheet was destroyed before anything was mounted.
    Void,
    /// Its plaque stands elsewhere now.
    Moved,
}

impl Event {
    const WORDS: [(&'static str, Self); 6] = [
        ("printed", Self::Printed),
        ("mounted", Self::Mounted),
        ("replaced", Self::Replaced),
        ("retired", Self::Retired),
        ("void", Self::Void),
        ("moved", Self::Moved),
    ];

    /// The word in the first column.
    pub const fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// One row. The order of the fields is the order rows are compared in, earliest day first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Row {
    /// The day it happened.
    pub date: Date,
    /// The batch of sheets.
    pub batch: String,
    /// What happened.
    pub event: Event,
    /// Which code; `None` in a `void` row that speaks of a whole batch.
    pub id: Option<Id>,
    /// What the code holds, in full; `None` only where there is no id.
    pub address: Option<PrintedAddress>,
    /// The layout it was printed in.
    pub layout: String,
    /// How many were printed.
    pub copies: u32,
    /// Where the plaque hangs, in words.
    pub place: String,
    /// The name printed beside it.
    pub name: String,
    /// Anything else.
    pub note: String,
}

/// Every row of a ledger, each once, in order.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Ledger {
    rows: BTreeSet<Row>,
}

/// What the ledger says of one code that may hang on a wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The addresses that plaques with it carry.
    pub addresses: BTreeSet<&'a PrintedAddress>,
    /// The latest row that tells of it, for its name and place.
    pub latest: &'a Row,
    /// The row of its latest printing, or the latest row where none is left.
    pub printed: &'a Row,
}

impl Ledger {
    /// Reads a ledger. Repeated headers (from joined files), blank lines and a final BOM-less CRLF are passed over;
    /// a row that cannot be read is a finding that stops everything.
    pub fn read(text: &str) -> (Self, Vec<Diagnostic>) {
        if text.trim().is_empty() {
            return (Self::default(), Vec::new());
        }
        let mut rows = BTreeSet::new();
        let mut found = Vec::new();
        let mut at = 0;
        let mut header = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let span = Span::new(at, at + line.trim_end_matches(['\r', '\n']).len());
            at += line.len();
            let line = line.trim_end_matches(['\r', '\n']);
            // A spreadsheet pads its lines with tabs.
            let bare = line.trim_end_matches('\t');
            if bare == FIRST_LINE || bare == COLUMNS {
                header += usize::from(number < 2);
            } else if number < 2 && (line.starts_with('#') || line.starts_with("event")) {
                // A damaged header is one finding, told below.
            } else if !line.trim().is_empty() {
                match read_row(line) {
                    Ok(row) => drop(rows.insert(row)),
                    Err(why) => found.push(codes::unreadable_row(&why).at(FILE, span)),
                }
            }
        }
        if header < 2 {
            found.insert(0, codes::no_ledger_header().at(FILE, Span::default()));
        }
        (Self { rows }, found)
    }

    /// Adds every row of another ledger.
    pub fn join(&mut self, other: Self) {
        self.rows.extend(other.rows);
    }

    /// Every row, earliest day first.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// Whether this ledger holds a row, letter for letter.
    pub fn holds(&self, row: &Row) -> bool {
        self.rows.contains(row)
    }

    /// Every id that was ever given to a plaque, void or not: none is given again.
    pub fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.rows.iter().filter_map(|row| row.id)
    }

    /// The codes that must resolve: every one with a row, but for those whose every printing was voided before
    /// anything was mounted. The order of the rows does not matter.
    pub fn standing(&self) -> BTreeMap<Id, Standing<'_>> {
        let voided: BTreeSet<(&str, Option<Id>)> = self
            .rows
            .iter()
            .filter(|row| row.event == Event::Void)
            .map(|row| (row.batch.as_str(), row.id))
            .collect();
        let is_void = |row: &Row| {
            row.event == Event::Printed
                && (voided.contains(&(row.batch.as_str(), None))
                    || voided.contains(&(row.batch.as_str(), row.id)))
        };
        let mut standing: BTreeMap<Id, Standing<'_>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.event != Event::Void && !is_void(row)) {
            let (Some(id), Some(address)) = (row.id, &row.address) else { continue };
            let code = standing.entry(id).or_insert_with(|| Standing {
                addresses: BTreeSet::new(),
                latest: row,
                printed: row,
            });
            code.addresses.insert(address);
            code.latest = row;
            if row.event == Event::Printed || code.printed.event != Event::Printed {
                code.printed = row;
            }
        }
        standing
    }

    /// Whether a batch of this name was ever issued.
    pub fn has_batch(&self, name: &str) -> bool {
        self.rows.iter().any(|row| row.batch == name)
    }
}

/// A ledger's text with rows added at its end; what stood there stays letter for letter.
pub fn append(text: &str, rows: &[Row]) -> String {
    let mut text = text.to_owned();
    if text.trim().is_empty() {
        text = format!("{FIRST_LINE}\n{COLUMNS}\n");
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for row in rows {
        write_row(&mut text, row);
    }
    text
}

fn write_row(text: &mut String, row: &Row) {
    let id = row.id.map(|id| id.to_string()).unwrap_or_default();
    let address = row.id.zip(row.address.as_ref()).map(|(id, address)| address.of(id)).unwrap_or_default();
    let Row { event, batch, date, layout, copies, place, name, note, .. } = row;
    let (batch, layout) = (cell(batch), cell(layout));
    let (place, name, note) = (cell(place), cell(name), cell(note));
    let word = event.word();
    let _ = writeln!(
        text,
        "{word}\t{batch}\t{date}\t{id}\t{address}\t{layout}\t{copies}\t{place}\t{name}\t{note}"
    );
}

/// A cell without tabs, line ends and needless blanks: the same when it is read as when it was written.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_row(line: &str) -> Result<Row, Text> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [event, batch, date, id, address, layout, copies, place, name, note] = cells[..] else {
        let n = cells.len();
        return Err(Text::new(format!("có {n} cột thay vì 10"), format!("it has {n} columns, not 10")));
    };
    let event =
        Event::WORDS.iter().find(|(word, _)| *word == event).map(|(_, event)| *event).ok_or_else(|| {
            let known = Event::WORDS.map(|(word, _)| word).join(", ");
            Text::new(
                format!("cột đầu ghi `{event}`, trong khi chỉ có {known}"),
                format!("the first column says `{event}`; it takes one of {known}"),
            )
        })?;
    let date = date
        .parse()
        .map_err(|_| Text::new(format!("`{date}` không phải ngày"), format!("`{date}` is no date")))?;
    let bad_id = || Text::new(format!("`{id}` không phải mã số"), format!("`{id}` is no id"));
    let bad_address = || {
        Text::new(
            format!("`{address}` không phải địa chỉ của mã {id}"),
            format!("`{address}` is not the address of {id}"),
        )
    };
    let whole_batch = event == Event::Void && id.is_empty();
    let (id, address) = if whole_batch {
        (None, None)
    } else {
        let id = Id::parse(id).map_err(|_| bad_id())?;
        let (base, named) = PrintedAddress::parse_full(address).ok_or_else(bad_address)?;
        if named != id {
            return Err(bad_address());
        }
        (Some(id), Some(base))
    };
    let copies = match copies {
        "" => 0,
        copies => copies.parse().map_err(|_| {
            Text::new(format!("`{copies}` không phải số lượng"), format!("`{copies}` is no number of copies"))
        })?,
    };
    Ok(Row {
        date,
        batch: cell(batch),
        event,
        id,
        address,
        layout: cell(layout),
        copies,
        place: cell(place),
        name: cell(name),
        note: cell(note),
    })
}
