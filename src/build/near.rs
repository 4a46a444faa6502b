//! Which entries stand near which: by measured points where both have one, else in the same commune.
//! A point that only marks a commune never makes a distance.

use crate::site::Entry;
use crate::site::place::Precision;
use std::collections::HashMap;

/// Entries shown as near, at most.
const MOST: usize = 6;
/// How far "near" reaches, in kilometres.
const REACH: f64 = 15.0;
/// The side of a cell of the grid, in degrees.
const CELL: f64 = 0.02;
/// How wide a cell is at least, in kilometres: at 23.5° north, where Vietnam ends, its side to the east is 2.04.
const CELL_WIDTH: f64 = 2.0;

/// A grid of measured points, and the entries of each commune.
pub struct Near<'s> {
    cells: HashMap<(i32, i32), Vec<&'s Entry>>,
    communes: HashMap<&'s str, Vec<&'s Entry>>,
}

/// The measured point of an entry.
pub(super) fn point(entry: &Entry) -> Option<(f64, f64)> {
    entry.place.as_ref().filter(|place| place.precision == Precision::Site)?.point
}

fn commune(entry: &Entry) -> Option<&str> {
    Some(entry.place.as_ref()?.commune.as_ref()?.value.as_str())
}

fn cell((latitude, longitude): (f64, f64)) -> (i32, i32) {
    ((latitude / CELL).floor() as i32, (longitude / CELL).floor() as i32)
}

/// Kilometres between two points on the sphere of radius 6,371 km (haversine); within 0.5 % of the ellipsoid.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (from, to) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let chord = half(to - from) + from.cos() * to.cos() * half((b.1 - a.1).to_radians());
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

impl<'s> Near<'s> {
    /// Sorts the entries that readers see into cells and communes.
    pub fn new(entries: &[&'s Entry]) -> Self {
        let mut near = Self { cells: HashMap::new(), communes: HashMap::new() };
        for entry in entries.iter().filter(|entry| entry.withdrawn.is_none()) {
            if let Some(point) = point(entry) {
                near.cells.entry(cell(point)).or_default().push(entry);
            }
            if let Some(code) = commune(entry) {
                near.communes.entry(code).or_default().push(entry);
            }
        }
        near
    }

    /// The entries near one, nearest first, with kilometres where both points are measured; then those of its commune.
    pub fn of(&self, entry: &Entry) -> Vec<(&'s Entry, Option<f64>)> {
        let mut found: Vec<_> =
            self.measured(entry).into_iter().map(|(other, far)| (other, Some(far))).collect();
        let same = commune(entry).and_then(|code| self.communes.get(code));
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
    fn a_degree_of_latitude_is_111_kilometres() {
        assert!((kilometres((20.0, 106.0), (21.0, 106.0)) - 111.19).abs() < 0.1);
        assert!(kilometres((20.9, 106.3), (20.9, 106.3)) < 1e-6);
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
