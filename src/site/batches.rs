//! The ledger as an officer asks for it: what was printed, by batch, by place, by year.
//! Counts and never decides what must resolve: that is [`Ledger::standing`].

use super::ledger::{Event, Ledger, Row};
use crate::code::Id;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One issue of sheets.
#[derive(Clone, Debug)]
pub struct Batch<'l> {
    /// Its name.
    pub name: &'l str,
    /// The day of its first row.
    pub date: Date,
    /// What was printed, a row a code, by id.
    pub printed: Vec<&'l Row>,
    /// The rows that tell that something of it hung on a wall, earliest first.
    pub hung: Vec<&'l Row>,
    /// Codes of it that were voided one by one.
    pub voided: BTreeSet<Id>,
    /// The row that voids the whole of it.
    pub void: Option<&'l Row>,
}

impl<'l> Batch<'l> {
    /// Whether nothing of it counts any more.
    pub fn is_void(&self) -> bool {
        self.void.is_some()
            || (!self.printed.is_empty()
                && self.printed.iter().all(|row| row.id.is_some_and(|id| self.voided.contains(&id))))
    }

    /// Its rows that still count.
    pub fn counting(&self) -> impl Iterator<Item = &'l Row> + '_ {
        let whole = self.void.is_some();
        self.printed
            .iter()
            .copied()
            .filter(move |row| !whole && row.id.is_some_and(|id| !self.voided.contains(&id)))
    }
}

/// How many codes and how many copies of them.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Count {
    /// Different codes.
    pub codes: usize,
    /// Labels or plaques.
    pub copies: u64,
}

/// Every batch of a ledger, earliest first.
pub fn batches(ledger: &Ledger) -> Vec<Batch<'_>> {
    let mut by_name: BTreeMap<&str, Batch<'_>> = BTreeMap::new();
    for row in ledger.rows() {
        let batch = by_name.entry(&row.batch).or_insert_with(|| Batch {
            name: &row.batch,
            date: row.date,
            printed: Vec::new(),
            hung: Vec::new(),
            voided: BTreeSet::new(),
            void: None,
        });
        match (row.event, row.id) {
            (Event::Printed, _) => batch.printed.push(row),
            (Event::Void, Some(id)) => drop(batch.voided.insert(id)),
            (Event::Void, None) => batch.void = Some(row),
            _ => batch.hung.push(row),
        }
    }
    let mut batches: Vec<_> = by_name.into_values().collect();
    for batch in &mut batches {
        batch.printed.sort_by_key(|row| row.id);
    }
    batches.sort_by_key(|batch| (batch.date, batch.name));
    batches
}

/// What was printed and not voided, gathered under a word that each row gives.
pub fn gathered<'l>(
    batches: &[Batch<'l>],
    mut under: impl FnMut(&'l Row) -> String,
) -> BTreeMap<String, Count> {
    let mut codes: BTreeMap<String, (BTreeSet<Id>, u64)> = BTreeMap::new();
    for row in batches.iter().flat_map(Batch::counting) {
        let (ids, copies) = codes.entry(under(row)).or_default();
        ids.extend(row.id);
        *copies += u64::from(row.copies);
    }
    let count = |(ids, copies): (BTreeSet<Id>, u64)| Count { codes: ids.len(), copies };
    codes.into_iter().map(|(word, gathered)| (word, count(gathered))).collect()
}
