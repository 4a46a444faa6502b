//! The provinces and communes in force, from `vn-units-2025.tsv` (MIT, licence beside it), by commune code.
//! A unit is shown on a page and never printed in a code.

use crate::diagnostic::Lang;

const TABLE: &str = include_str!("vn-units-2025.tsv");

/// One commune, ward or special zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The five digits of the National Statistics Office.
    pub code: &'static str,
    /// The bare name, "Mao Điền".
    pub name: &'static str,
    /// The kind in Vietnamese, as the table writes it: "Xã", "Phường", "Đặc khu".
    kind: &'static str,
    /// The province's bare name, "Hải Phòng".
    pub province: &'static str,
    /// Whether the province is a centrally run city.
    city: bool,
}

impl Unit {
    /// How a page names it: "xã Mao Điền, thành phố Hải Phòng", "Mao Điền commune, Hải Phòng city".
    pub fn label(&self, lang: Lang) -> String {
        let Self { name, province, .. } = self;
        if lang == Lang::VI {
            let province_kind = if self.city { "thành phố" } else { "tỉnh" };
            return format!("{} {name}, {province_kind} {province}", self.kind.to_lowercase());
        }
        let kind = match self.kind {
            "Phường" => "ward",
            "Đặc khu" => "special zone",
            _ => "commune",
        };
        format!("{name} {kind}, {province} {}", if self.city { "city" } else { "province" })
    }
}

/// Every unit, in the order of its code.
pub struct Units(Vec<Unit>);

impl Units {
    /// The table inside the program.
    pub fn bundled() -> Self {
        let mut units: Vec<_> =
            TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(read).collect();
        units.sort_by_key(|unit| unit.code);
        Self(units)
    }

    /// The unit with this code.
    pub fn find(&self, code: &str) -> Option<&Unit> {
        self.0.binary_search_by_key(&code, |unit| unit.code).ok().map(|at| &self.0[at])
    }
}

/// One row: province code, names and full names, commune code, names and full names.
fn read(row: &'static str) -> Option<Unit> {
    let mut cells = row.split('\t');
    let province = cells.nth(1)?;
    let province_full = cells.nth(1)?;
    let code = cells.nth(1)?;
    let name = cells.next()?;
    let full = cells.nth(1)?;
    let kind = full.strip_suffix(name)?.trim_end();
    code.bytes().all(|b| b.is_ascii_digit()).then_some(Unit {
        code,
        name,
        kind,
        province,
        city: province_full.starts_with("Thành phố"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let units = Units::bundled();
        assert_eq!(units.0.len(), 3321);
        let mao_dien = units.find("10930").unwrap();
        assert_eq!(mao_dien.label(Lang::VI), "xã Mao Điền, thành phố Hải Phòng");
        assert_eq!(mao_dien.label(Lang::EN), "Mao Điền commune, Hải Phòng city");
        assert_eq!(units.find("22736").unwrap().label(Lang::VI), "đặc khu Trường Sa, tỉnh Khánh Hoà");
        assert!(units.find("99999").is_none());
    }
}
