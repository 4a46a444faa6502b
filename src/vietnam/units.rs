//! The provinces and communes in force, by commune code: the table inside the program (`vn-units-2025.tsv`, MIT, licence
//! beside it) or a newer one that a site brings. A unit is shown on a page and never printed in a code.

use crate::diagnostic::{Lang, Text};
use std::borrow::Cow;

const TABLE: &str = include_str!("vn-units-2025.tsv");

/// The name of the table that a site may bring.
pub const FILE: &str = "units.tsv";

/// The columns that are read, by the names in the table's first line of cells.
const COLUMNS: [&str; 5] =
    ["province_vi", "province_full_vi", "commune_code", "commune_vi", "commune_full_vi"];

/// One commune, ward or special zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The five digits of the National Statistics Office.
    pub code: Cow<'static, str>,
    /// The bare name, "Mao Điền".
    pub name: Cow<'static, str>,
    /// The kind in Vietnamese, as the table writes it: "Xã", "Phường", "Đặc khu".
    kind: Cow<'static, str>,
    /// The province's bare name, "Hải Phòng".
    pub province: Cow<'static, str>,
    /// Whether the province is a centrally run city.
    city: bool,
}

impl Unit {
    /// How a page names it: "xã Mao Điền, thành phố Hải Phòng", "Mao Điền commune, Hải Phòng city".
    pub fn label(&self, lang: Lang) -> String {
        format!("{}, {}", self.short_label(lang), self.province_label(lang))
    }

    /// The commune alone: "xã Mao Điền", "Mao Điền commune".
    pub fn short_label(&self, lang: Lang) -> String {
        let name = &self.name;
        if lang == Lang::VI {
            return format!("{} {name}", self.kind.to_lowercase());
        }
        let kind = match self.kind.as_ref() {
            "Phường" => "ward",
            "Đặc khu" => "special zone",
            _ => "commune",
        };
        format!("{name} {kind}")
    }

    /// Its province: "thành phố Hải Phòng", "Hải Phòng city".
    pub fn province_label(&self, lang: Lang) -> String {
        let province = &self.province;
        match (lang == Lang::VI, self.city) {
            (true, true) => format!("thành phố {province}"),
            (true, false) => format!("tỉnh {province}"),
            (false, true) => format!("{province} city"),
            (false, false) => format!("{province} province"),
        }
    }

    /// The name with its kind: "Xã Mao Điền".
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// Every unit, in the order of its code.
pub struct Units {
    units: Vec<Unit>,
    /// Whether the site brought them.
    pub own: bool,
}

/// What is wrong with a table.
#[derive(Debug, PartialEq, Eq)]
pub enum Slip {
    /// A column that must be there is not.
    Column(&'static str),
    /// A row whose cells do not make a unit; its line, from 1.
    Row(usize),
    /// A code that an earlier row bears; its line, from 1.
    Twice(usize),
    /// No unit at all.
    Empty,
}

impl Slip {
    /// What an editor is told of it.
    pub fn text(&self) -> Text {
        match self {
            Self::Column(name) => {
                Text::new(format!("bảng thiếu cột `{name}`"), format!("the table lacks the column `{name}`"))
            }
            Self::Row(line) => Text::new(
                format!("dòng {line} không đủ: cần mã năm chữ số, tên, tên kèm loại (Xã, Phường), tỉnh"),
                format!(
                    "line {line} is not whole: a code of five digits, the name, the name with its kind, the province"
                ),
            ),
            Self::Twice(line) => {
                Text::new(format!("dòng {line} lặp lại một mã đã có"), format!("line {line} repeats a code"))
            }
            Self::Empty => Text::new("bảng không có dòng nào", "the table has no row"),
        }
    }
}

/// Whether a text has the form of a commune's code: five digits, of which the first may be 0.
pub fn is_code(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit())
}

impl Units {
    /// The table inside the program.
    pub fn bundled() -> Self {
        // A test reads it whole; a table that did not read would be a unit less, not a panic.
        let units = read(TABLE, Cow::Borrowed).unwrap_or_default();
        Self { units, own: false }
    }

    /// A table that a site brings: tab-separated, columns in any order, more of them allowed, lines with `#` left out.
    ///
    /// # Errors
    /// The first slip in it.
    pub fn read(table: &str) -> Result<Self, Slip> {
        Ok(Self { units: read(table, |cell| Cow::Owned(cell.to_owned()))?, own: true })
    }

    /// The unit with this code.
    pub fn find(&self, code: &str) -> Option<&Unit> {
        self.units.binary_search_by(|unit| unit.code.as_ref().cmp(code)).ok().map(|at| &self.units[at])
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }
}

fn read<'t>(table: &'t str, keep: impl Fn(&'t str) -> Cow<'static, str>) -> Result<Vec<Unit>, Slip> {
    let mut lines = (1..).zip(table.lines()).filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let (_, head) = lines.next().ok_or(Slip::Empty)?;
    let heads: Vec<&str> = head.split('\t').map(str::trim).collect();
    let mut at = [0; COLUMNS.len()];
    for (place, name) in at.iter_mut().zip(COLUMNS) {
        *place = heads.iter().position(|head| *head == name).ok_or(Slip::Column(name))?;
    }
    let mut units = Vec::new();
    for (number, line) in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |column: usize| cells.get(at[column]).copied().unwrap_or_default();
        let (code, name, full) = (cell(2), cell(3), cell(4));
        let good = is_code(code) && !cell(0).is_empty();
        let kind = full.strip_suffix(name).map(str::trim_end).filter(|kind| good && !kind.is_empty());
        let unit = Unit {
            code: keep(code),
            name: keep(name),
            kind: keep(kind.ok_or(Slip::Row(number))?),
            province: keep(cell(0)),
            city: cell(1).starts_with("Thành phố"),
        };
        units.push((unit, number));
    }
    units.sort_by(|a, b| (&a.0.code, a.1).cmp(&(&b.0.code, b.1)));
    if let Some(pair) = units.windows(2).find(|pair| pair[0].0.code == pair[1].0.code) {
        return Err(Slip::Twice(pair[1].1));
    }
    let units: Vec<Unit> = units.into_iter().map(|(unit, _)| unit).collect();
    if units.is_empty() { Err(Slip::Empty) } else { Ok(units) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let units = Units::bundled();
        assert_eq!(units.iter().count(), 3321);
        let mao_dien = units.find("10930").unwrap();
        assert_eq!(mao_dien.label(Lang::VI), "xã Mao Điền, thành phố Hải Phòng");
        assert_eq!(mao_dien.label(Lang::EN), "Mao Điền commune, Hải Phòng city");
        assert_eq!(units.find("22736").unwrap().label(Lang::VI), "đặc khu Trường Sa, tỉnh Khánh Hoà");
        assert!(units.find("99999").is_none());
    }

    #[test]
    fn a_table_of_the_sites_own_is_read_by_its_heads_and_its_slips_are_found() {
        let head = "commune_full_vi\tmore\tcommune_vi\tcommune_code\tprovince_full_vi\tprovince_vi";
        let row = "Phường Mao Điền\t\tMao Điền\t10930\tThành phố Hải Phòng\tHải Phòng";
        let units = Units::read(&format!("# 2027\n{head}\n{row}\n")).unwrap();
        assert_eq!(units.find("10930").unwrap().label(Lang::VI), "phường Mao Điền, thành phố Hải Phòng");
        let slip = |table: &str| Units::read(table).err().unwrap();
        assert_eq!(slip(&format!("{}\n{row}\n", head.replace("_code", ""))), Slip::Column("commune_code"));
        assert_eq!(slip(&format!("{head}\n{}\n", row.replace("10930", "1093"))), Slip::Row(2));
        assert_eq!(slip(&format!("{head}\n# x\n{row}\n{row}\n")), Slip::Twice(4));
        assert_eq!(slip("# nothing\n"), Slip::Empty);
        assert_eq!(slip(&format!("{head}\n")), Slip::Empty);
    }
}
