//! Which entries stand near which: by measured points where both have one, else in the same commune.
//! A point that only marks a commune never makes a distance.

use crate::site::Entry;
use crate::site::place::Precision;
use std::collections::HashMap;

/// Entries shown as near, at most.
const MOST: usize = 6;
/// How far "near" reaches, in kilometres.
const REACH: f64 = 15.0;
/// The side of a cell of the grid, in degrees: a little more than the reach at these latitudes.
const CELL: f64 = 0.15;

/// A grid of measured points, and the entries of each commune.
pub struct Near<'s> {
    cells: HashMap<(i32, i32), Vec<&'s Entry>>,
    communes: HashMap<&'s str, Vec<&'s Entry>>,
}

/// The measured point of an entry.
fn point(entry: &Entry) -> Option<(f64, f64)> {
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
        let mut found: Vec<(&'s Entry, Option<f64>)> = Vec::new();
        if let Some(here) = point(entry) {
            let (row, column) = cell(here);
            let around = (-1..=1).flat_map(|y| (-1..=1).map(move |x| (row + y, column + x)));
            let others = around.filter_map(|cell| self.cells.get(&cell)).flatten();
            let measured = others.filter_map(|other| Some((*other, Some(kilometres(here, point(other)?)))));
            found.extend(
                measured.filter(|(other, far)| other.id.value != entry.id.value && *far <= Some(REACH)),
            );
            found.sort_by(|a, b| {
                let far = a.1.unwrap_or_default().total_cmp(&b.1.unwrap_or_default());
                far.then(a.0.id.value.cmp(&b.0.id.value))
            });
            found.truncate(MOST);
        }
        let same = commune(entry).and_then(|code| self.communes.get(code));
        for other in same.into_iter().flatten() {
            let known = other.id.value == entry.id.value
                || found.iter().any(|(near, _)| near.id.value == other.id.value);
            if found.len() < MOST && !known {
                found.push((other, None));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        assert!((kilometres((20.0, 106.0), (21.0, 106.0)) - 111.19).abs() < 0.1);
        assert!(kilometres((20.9, 106.3), (20.9, 106.3)) < 1e-6);
    }
}
