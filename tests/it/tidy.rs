//! The house keeps its own rules: reading order is layering, every file says what it is, every finding is documented.

use crate::scene::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(repository().join("src"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect();
    paths.sort();
    paths
}

/// A file's code without comments and without its unit tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules a file lists, in order.
fn listed(path: &Path) -> Vec<String> {
    let code = code(path);
    let names = code.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// What a room re-exports, and from which of its files.
fn exported(path: &Path) -> BTreeMap<String, String> {
    let mut exported = BTreeMap::new();
    for line in code(path).lines() {
        let Some((file, names)) = line.strip_prefix("pub use ").and_then(|line| line.split_once("::")) else {
            continue;
        };
        for name in names.trim_matches(['{', '}', ';']).split(", ") {
            exported.insert(name.trim_matches(['{', '}', ';', ' ']).to_owned(), file.to_owned());
        }
    }
    exported
}

/// Every path in a code that begins with `root::`, groups in braces opened one level.
fn paths(code: &str, root: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(root) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + root.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or_default();
            found.extend(group.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()));
        } else {
            let end =
                rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
            found.insert(rest[..end].trim_end_matches(':').to_owned());
        }
    }
    found
}

#[test]
fn every_file_uses_only_what_is_listed_above_it() {
    let src = repository().join("src");
    let rooms = listed(&src.join("lib.rs"));
    assert!(rooms.len() >= 8, "{rooms:?}");
    let mut wrong = Vec::new();
    for path in sources() {
        let inside: Vec<String> = path
            .strip_prefix(&src)
            .unwrap()
            .components()
            .map(|c| c.as_os_str().to_string_lossy().into_owned())
            .collect();
        let [room, file, ..] = &inside[..] else { continue };
        let (Some(own_room), true) = (rooms.iter().position(|r| r == room), file != "mod.rs") else {
            continue;
        };
        let files = listed(&src.join(room).join("mod.rs"));
        let exports = exported(&src.join(room).join("mod.rs"));
        let file = file.trim_end_matches(".rs");
        let own_file =
            files.iter().position(|f| f == file).unwrap_or_else(|| panic!("{room}/{file} is not listed"));
        let code = code(&path);
        let mut neighbours = BTreeSet::new();
        for used in paths(&code, "crate::") {
            let (other, rest) = used.split_once("::").unwrap_or((&used, ""));
            match rooms.iter().position(|r| r == other) {
                Some(other) if other > own_room => wrong.push(format!("{room}/{file} uses {used}")),
                Some(other) if other == own_room => drop(neighbours.insert(rest.to_owned())),
                Some(_) => {}
                None => wrong.push(format!("{room}/{file} uses crate::{used}, which is no room")),
            }
        }
        if inside.len() == 2 {
            neighbours.extend(paths(&code, "super::"));
        }
        for used in neighbours {
            let name = used.split("::").next().unwrap_or_default();
            let Some(from) = files.iter().find(|f| *f == name).or_else(|| exports.get(name)) else {
                continue;
            };
            let other = files.iter().position(|f| f == from).unwrap();
            if other > own_file {
                wrong.push(format!("{room}/{file} uses {used}, which stands below it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let head = text.lines().take_while(|line| line.starts_with("//!")).count();
        assert!((1..=10).contains(&head), "{}: {head} lines of //!", path.display());
        assert!(text.lines().count() <= 500, "{} is too long for one sitting", path.display());
    }
}

#[test]
fn every_finding_is_documented_and_has_a_case() {
    let mut codes = BTreeSet::new();
    for path in sources().iter().filter(|path| path.to_string_lossy().contains("/rules/")) {
        for line in fs::read_to_string(path).unwrap().lines() {
            if let Some(code) = line.strip_prefix("/// DT").and_then(|rest| rest.get(..3)) {
                codes.insert(format!("DT{code}"));
            }
        }
    }
    assert!(codes.len() > 60, "{} codes", codes.len());
    let docs = fs::read_to_string(repository().join("docs/diagnostics.md")).unwrap();
    let cases: String = fs::read_dir(repository().join("tests/cases"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    for code in codes {
        assert!(docs.contains(&format!("\n### {code}")), "{code} has no heading in docs/diagnostics.md");
        assert!(cases.contains(&format!("[{code}]")), "{code} has no case in tests/cases");
    }
}

#[test]
fn the_readme_names_the_commands_that_work() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    assert!(readme.contains("tests/run"));
    for picture in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if !picture.starts_with("http") && !picture.starts_with('#') {
            assert!(repository().join(picture).exists(), "README.md shows {picture}, which is not there");
        }
    }
}
