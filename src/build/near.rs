//! Which entries stand near which: by measured points where both have one, else in the same commune.
//! A point that only marks a commune never makes a distance.

use crate::diagnostic::Lang;
use crate::site::Entry;
use crate::site::place::kilometres;
use std::collections::{BTreeSet, HashMap};

/// Entries shown as near, at most.
const MOST: usize = 8;
/// How far "near" reaches, in kilometres.
const REACH: f64 = 15.0;
/// The side of a cell of the grid, in degrees.
const CELL: f64 = 0.02;
/// How wide a cell is at least, in kilometres: at 23.5° north, where Vietnam ends, its side to the east is 2.04.
const CELL_WIDTH: f64 = 2.0;

/// Measured points in one file for readers who ask what is nearest; a site with more has a file a square of the grid.
pub const POINTS: usize = 2000;
/// The side of such a square in degrees.
pub const SQUARE: f64 = 0.25;
/// How far a square's file reaches beyond it, in degrees: about 11 km, so that what is near stands in one file.
const MARGIN: f64 = 0.1;

/// The entries of a square's file, or all of them, with their points.
pub fn measured<'s>(entries: &[&'s Entry], square: Option<(i32, i32)>) -> Vec<(&'s Entry, (f64, f64))> {
    let inside = |at: f64, cell: i32| {
        let low = f64::from(cell) * SQUARE;
        (low - MARGIN..low + SQUARE + MARGIN).contains(&at)
    };
    let here = |(latitude, longitude): (f64, f64)| {
        square.is_none_or(|(row, column)| inside(latitude, row) && inside(longitude, column))
    };
    let shown = entries.iter().filter(|entry| !entry.draft.value && entry.withdrawn.is_none());
    shown.filter_map(|entry| Some((*entry, point(entry).filter(|at| here(*at))?))).collect()
}

/// The squares that have a file: those within reach of a measured point. None where one file holds all.
pub fn squares(entries: &[&Entry]) -> Option<BTreeSet<(i32, i32)>> {
    let all = measured(entries, None);
    let cells = |at: f64| [at - MARGIN, at, at + MARGIN].map(|at| (at / SQUARE).floor() as i32);
    (all.len() > POINTS).then(|| {
        let around = |(latitude, longitude)| {
            cells(latitude).into_iter().flat_map(move |row| cells(longitude).map(|column| (row, column)))
        };
        all.into_iter().flat_map(|(_, at)| around(at)).collect()
    })
}

/// The file of measured points, or of one square of them.
pub fn points_path(lang: Lang, square: Option<(i32, i32)>) -> String {
    match square {
        Some((row, column)) => format!("data/near/{lang}/{row}_{column}.json"),
        None => format!("data/near/{lang}.json"),
    }
}

/// A grid of measured points, and the entries of each commune.
pub struct Near<'s> {
    cells: HashMap<(i32, i32), Vec<&'s Entry>>,
    communes: HashMap<&'s str, Vec<&'s Entry>>,
}

/// The measured point of an entry.
pub fn point(entry: &Entry) -> Option<(f64, f64)> {
    entry.place.as_ref()?.measured()
}

fn cell((latitude, longitude): (f64, f64)) -> (i32, i32) {
    ((latitude / CELL).floor() as i32, (longitude / CELL).floor() as i32)
}

impl<'s> Near<'s> {
    /// Sorts the entries that readers see into cells and communes.
    pub fn new(entries: &[&'s Entry]) -> Self {
        let mut near = Self { cells: HashMap::new(), communes: HashMap::new() };
        for entry in entries.iter().filter(|entry| entry.withdrawn.is_none()) {
            if let Some(point) = point(entry) {
                near.cells.entry(cell(point)).or_default().push(entry);
            }
            if let Some(code) = entry.commune() {
                near.communes.entry(code).or_default().push(entry);
            }
        }
        near
    }

    /// The entries near one, nearest first, with kilometres where both points are measured; then those of its commune.
    pub fn of(&self, entry: &Entry) -> Vec<(&'s Entry, Option<f64>)> {
        let mut found: Vec<_> =
            self.measured(entry).into_iter().map(|(other, far)| (other, Some(far))).collect();
        let same = entry.commune().and_then(|code| self.communes.get(code));
        for other in same.into_iter().flatten() {
            if found.len() == MOST {
                break;
            }
            let known = other.id.value == entry.id.value
                || found.iter().any(|(near, _)| near.id.value == other.id.value);
            if !known {
                found.push((other, None));
            }
        }
        found
    }

    /// The nearest by their points. Cells are looked through in rings, from the entry's own outwards, until no cell
    /// farther out can hold a nearer one: an entry in a province with thousands looks at dozens.
    fn measured(&self, entry: &Entry) -> Vec<(&'s Entry, f64)> {
        let mut found: Vec<(&'s Entry, f64)> = Vec::new();
        let Some(here) = point(entry) else { return found };
        let (row, column) = cell(here);
        for radius in 0.. {
            // Between the entry and this ring lie `radius - 1` whole cells.
            let least = f64::from(radius - 1) * CELL_WIDTH;
            if least > REACH || found.get(MOST - 1).is_some_and(|(_, farthest)| *farthest < least) {
                break;
            }
            let cells = ring(radius).filter_map(|(y, x)| self.cells.get(&(row + y, column + x)));
            let others = cells.flatten().filter(|other| other.id.value != entry.id.value);
            let measured = others.filter_map(|other| Some((*other, kilometres(here, point(other)?))));
            found.extend(measured.filter(|(_, far)| *far <= REACH));
            found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.id.value.cmp(&b.0.id.value)));
            found.truncate(MOST);
        }
        found
    }
}

/// The steps from a cell to those that lie `radius` cells away from it, to one side or the other.
fn ring(radius: i32) -> impl Iterator<Item = (i32, i32)> {
    let side = -radius..=radius;
    let across = move |y: i32| side.clone().step_by(if y.abs() == radius { 1 } else { 2 * radius as usize });
    (-radius..=radius).flat_map(move |y| across(y).map(move |x| (y, x)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_as_wide_as_it_is_said_to_be() {
        assert!(kilometres((23.5, 105.0), (23.5, 105.0 + CELL)) > CELL_WIDTH);
    }

    #[test]
    fn rings_cover_a_square_once() {
        let mut cells: Vec<(i32, i32)> = (0..=3).flat_map(ring).collect();
        cells.sort_unstable();
        cells.dedup();
        assert_eq!((cells.len(), (0..=3).flat_map(ring).count()), (49, 49));
    }
}
