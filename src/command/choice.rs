//! Which entries are printed, and in which order: all that may be, those named, those of a kind or a commune.
//! On a wall each commune has pages of its own. Prints nothing itself.

use crate::code::Id;
use crate::diagnostic::rules::codes;
use crate::diagnostic::{Diagnostic, Failure, Lang, Text};
use crate::site::{Entry, Kind, Site};
use crate::vietnam::units::Unit;
use std::collections::BTreeMap;

/// Which entries are asked for; what is empty asks for all.
#[derive(clap::Args, Debug)]
pub struct Choice {
    /// Chỉ in các mã này / Only these ids
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Chỉ in loại bài này / Only this kind of entry
    #[arg(long, value_enum, value_name = "K")]
    pub kind: Option<Kind>,
    /// Chỉ in bài của các xã, phường này, theo mã năm chữ số (xem `dautich units`) / Only these communes, by code
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub commune: Vec<String>,
}

/// The entries of one commune.
pub struct Group<'s> {
    /// The commune.
    pub unit: &'s Unit,
    /// Its entries, in the order of the site.
    pub entries: Vec<&'s Entry>,
}

/// Entries by commune.
pub struct ByCommune<'s> {
    /// The communes, in the order of their codes.
    pub groups: Vec<Group<'s>>,
    /// The entries of which no commune is known.
    pub nowhere: Vec<&'s Entry>,
}

impl<'s> ByCommune<'s> {
    /// Entries by commune, in the order of the communes' codes.
    pub fn of(site: &'s Site, entries: &[&'s Entry]) -> Self {
        let (mut groups, mut nowhere): (BTreeMap<&str, Group<'s>>, Vec<&'s Entry>) = Default::default();
        for &entry in entries {
            match commune(site, entry) {
                Some(unit) => {
                    let group =
                        groups.entry(&unit.code).or_insert_with(|| Group { unit, entries: Vec::new() });
                    group.entries.push(entry);
                }
                None => nowhere.push(entry),
            }
        }
        Self { groups: groups.into_values().collect(), nowhere }
    }
}

impl Choice {
    /// The entries to print, in the order of the site; a named id that cannot be printed is a finding.
    ///
    /// # Errors
    /// Where nothing is left to print, or a commune's code is none.
    pub fn entries<'s>(&self, site: &'s Site) -> Result<Result<Vec<&'s Entry>, Vec<Diagnostic>>, Failure> {
        let communes = self.communes(site)?;
        let (mut named, mut found) = (Vec::new(), Vec::new());
        for written in &self.only {
            let written = written.trim().to_uppercase();
            match Id::parse(&written).ok().and_then(|id| Some((id, site.entry(id)?))) {
                None => found.push(codes::not_printable(
                    &written,
                    &Text::new("không có bài nào mang mã ấy", "no entry bears it"),
                )),
                Some((_, entry)) if entry.draft.value => {
                    found.push(codes::not_printable(
                        &written,
                        &Text::new("bài còn là bản nháp", "its entry is a draft"),
                    ));
                }
                Some((_, entry)) if entry.withdrawn.is_some() => {
                    found.push(codes::not_printable(
                        &written,
                        &Text::new("bài đã gỡ", "its entry is withdrawn"),
                    ));
                }
                Some((_, entry)) => named.push(entry.id.value),
            }
        }
        if !found.is_empty() {
            return Ok(Err(found));
        }
        let kind = self.kind;
        let entries: Vec<&Entry> = site
            .entries
            .iter()
            .map(AsRef::as_ref)
            .filter(|entry: &&Entry| !entry.draft.value && entry.withdrawn.is_none())
            .filter(|entry| kind.is_none_or(|kind| entry.kind == kind))
            .filter(|entry| self.only.is_empty() || named.contains(&entry.id.value))
            .filter(|entry| {
                communes.is_empty() || commune(site, entry).is_some_and(|unit| communes.contains(&unit))
            })
            .collect();
        if entries.is_empty() { Err(nothing(&communes)) } else { Ok(Ok(entries)) }
    }

    /// The communes asked for.
    fn communes<'s>(&self, site: &'s Site) -> Result<Vec<&'s Unit>, Failure> {
        let find = |code: &String| site.units.find(code.trim()).ok_or_else(|| no_such_commune(code.trim()));
        self.commune.iter().map(find).collect()
    }

    /// The flags that ask for the same entries again, each after a blank.
    pub fn flags(&self) -> String {
        let mut flags = String::new();
        if !self.only.is_empty() {
            flags.push_str(&format!(" --only {}", self.only.join(",")));
        }
        if let Some(kind) = self.kind {
            flags.push_str(&format!(" --kind {}", kind.word()));
        }
        if !self.commune.is_empty() {
            flags.push_str(&format!(
                " --commune {}",
                self.commune.iter().map(|code| code.trim()).collect::<Vec<_>>().join(",")
            ));
        }
        flags
    }

    /// The same entries by commune, in the order of the communes' codes, and those of which no commune is known; where
    /// one of these was named it is a finding.
    ///
    /// # Errors
    /// Where no entry has a commune.
    pub fn by_commune<'s>(
        &self,
        site: &'s Site,
        entries: &[&'s Entry],
    ) -> Result<Result<ByCommune<'s>, Vec<Diagnostic>>, Failure> {
        let ByCommune { groups, nowhere } = ByCommune::of(site, entries);
        if !self.only.is_empty() && !nowhere.is_empty() {
            let reason = Text::new(
                "bài chưa ghi `place: commune`, hoặc ghi mã không còn dùng, nên không thuộc trang của xã nào",
                "its entry names no commune of today in `place: commune`, so it belongs on no commune's page",
            );
            let finding = |entry: &&Entry| codes::not_printable(entry.id.value.as_str(), &reason);
            return Ok(Err(nowhere.iter().map(finding).collect()));
        }
        if groups.is_empty() {
            return Err(Failure::usage(
                Text::new(
                    "không bài nào ghi xã để in trang của xã",
                    "no entry names a commune to print a page of",
                ),
                Text::new(
                    "thêm `place: commune` với mã xã (tra bằng `dautich units TÊN`) vào bài",
                    "add `place: commune` with the commune's code (`dautich units NAME` finds it) to an entry",
                ),
            ));
        }
        Ok(Ok(ByCommune { groups, nowhere }))
    }
}

/// The commune an entry is in, as it is called today.
fn commune<'s>(site: &'s Site, entry: &Entry) -> Option<&'s Unit> {
    site.commune(entry.place.as_ref()?)
}

fn nothing(communes: &[&Unit]) -> Failure {
    if communes.is_empty() {
        return Failure::usage(
            Text::new("không có bài nào để in", "there is no entry to print"),
            Text::new(
                "viết một bài, bỏ dòng `draft: true`, hoặc bớt điều kiện chọn",
                "write an entry, drop its `draft: true`, or ask for more",
            ),
        );
    }
    let names = |lang| communes.iter().map(|unit| unit.label(lang)).collect::<Vec<_>>().join("; ");
    Failure::usage(
        Text::new(
            format!("không có bài nào để in ở {}", names(Lang::VI)),
            format!("there is no entry to print in {}", names(Lang::EN)),
        ),
        Text::new(
            format!(
                "ghi `commune: \"{}\"` dưới `place:` của một bài, bỏ dòng `draft: true`, hoặc chọn xã khác",
                communes[0].code
            ),
            format!(
                "write `commune: \"{}\"` under `place:` of an entry, drop its `draft: true`, or choose another commune",
                communes[0].code
            ),
        ),
    )
}

fn no_such_commune(written: &str) -> Failure {
    Failure::usage(
        Text::new(
            format!("không có xã, phường nào mang mã `{written}`"),
            format!("no commune has the code `{written}`"),
        ),
        Text::new(
            "mã có năm chữ số; tra bằng `dautich units TÊN`, ví dụ `dautich units mao dien`",
            "a code has five digits; find it with `dautich units NAME`, for example `dautich units mao dien`",
        ),
    )
}

/// Where an entry is, for the ledger: hamlet and commune as they are called today.
pub fn place_words(site: &Site, entry: &Entry) -> String {
    let lang = site.config.source_language();
    let Some(place) = &entry.place else { return String::new() };
    let detail = place.detail.as_ref().map(|words| words.get(lang).0.to_owned());
    let commune = site.commune(place).map(|unit| unit.label(lang));
    detail.into_iter().chain(commune).collect::<Vec<_>>().join(", ")
}
