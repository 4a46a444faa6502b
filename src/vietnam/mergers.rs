//! The communes before 1 July 2025 and those that took them over, from `vn-units-before-2025.tsv` (MIT, licence beside it).
//! 459 of the old ones went to several: which, is for a person to say. Made upstream from the resolutions by machine, so
//! what follows from it is a warning at most.

use super::folding::fold;
use std::collections::HashMap;

const TABLE: &str = include_str!("vn-units-before-2025.tsv");

/// A commune as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Old {
    /// Its code then; a commune of today may bear it now.
    pub code: &'static str,
    /// Its name with its kind: "Xã Cẩm Điền".
    pub name: &'static str,
    /// The codes of those that took it over.
    into: &'static str,
}

impl Old {
    /// The codes of the communes of today that took it over, and whether each took all of it.
    pub fn successors(&self) -> impl Iterator<Item = (&'static str, bool)> {
        self.into.split(' ').map(|code| (code.trim_end_matches('*'), !code.ends_with('*')))
    }
}

/// Every old commune, in the order of its code.
pub struct Mergers {
    old: Vec<Old>,
    /// By code, and by folded name.
    by_code: HashMap<&'static str, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Mergers {
    /// The table inside the program. Takes some milliseconds: read it once, where it is needed.
    pub fn bundled() -> Self {
        let rows = TABLE.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        let old: Vec<Old> = rows
            .filter_map(|row| {
                let mut cells = row.split('\t');
                Some(Old { code: cells.next()?, name: cells.next()?, into: cells.next()? })
            })
            .collect();
        let by_code = old.iter().enumerate().map(|(at, old)| (old.code, at)).collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, old) in old.iter().enumerate() {
            by_name.entry(fold(old.name)).or_default().push(at);
        }
        Self { old, by_code, by_name }
    }

    /// The old commune that bore this code.
    pub fn find(&self, code: &str) -> Option<&Old> {
        self.by_code.get(code).map(|&at| &self.old[at])
    }

    /// The old communes of this name, which begins with the kind ("xã Cẩm Điền"); marks and capitals do not matter.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Old> {
        self.by_name.get(&fold(name)).into_iter().flatten().map(|&at| &self.old[at])
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Old> {
        self.old.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnam::units::Units;

    #[test]
    fn every_old_commune_leads_to_communes_of_today() {
        let (mergers, units) = (Mergers::bundled(), Units::bundled());
        assert_eq!(mergers.iter().count(), 10_052);
        assert_eq!(mergers.iter().filter(|old| old.successors().count() > 1).count(), 459);
        for old in mergers.iter() {
            for (code, _) in old.successors() {
                assert!(units.find(code).is_some(), "{old:?}");
            }
        }
        let into: Vec<_> = mergers.find("10963").unwrap().successors().collect();
        assert_eq!(into, [("10966", true)]);
        assert!(mergers.named("XÃ cẩm đông").any(|old| old.name == "Xã Cẩm Đông"));
    }
}
