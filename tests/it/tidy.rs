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

/// The severity of every rule, as its function says it: `Diagnostic::warning(221, …)`.
fn rules() -> BTreeMap<String, &'static str> {
    let mut rules = BTreeMap::new();
    for path in sources().iter().filter(|path| path.to_string_lossy().contains("/rules/")) {
        let text = fs::read_to_string(path).unwrap();
        for rule in text.split("\n/// DT").skip(1) {
            let number = &rule[..3];
            let made = rule.split("Diagnostic::").find_map(|made| {
                let (severity, rest) = made.split_once('(')?;
                rest.trim_start().strip_prefix(number.trim_start_matches('0')).map(|_| severity)
            });
            let severity = match made {
                Some("warning") => "cảnh báo",
                Some("error") => "lỗi",
                Some("breaking") => "chặn",
                made => panic!("{}: DT{number} is made by {made:?}", path.display()),
            };
            // Two wordings of one rule stand in one file; in two files they are two rules of one number.
            let before = rules.insert(format!("DT{number}"), (severity, path.clone()));
            let twice = before.is_some_and(|(_, other)| other != *path);
            assert!(!twice, "{}: DT{number} is taken", path.display());
        }
    }
    assert!(rules.len() > 100, "{} rules", rules.len());
    rules.into_iter().map(|(code, (severity, _))| (code, severity)).collect()
}

#[test]
fn every_finding_is_documented() {
    let docs = fs::read_to_string(repository().join("docs/diagnostics.md")).unwrap();
    for code in rules().keys() {
        let section = docs.split(&format!("\n### {code}\n")).nth(1);
        let section = section.unwrap_or_else(|| panic!("{code} has no heading in docs/diagnostics.md"));
        let section = section.split("\n### ").next().unwrap();
        for part in ["\nTrước · before\n", "\nSau · after\n"] {
            assert!(section.contains(part), "{code} has no {:?} in docs/diagnostics.md", part.trim());
        }
    }
}

/// The table of docs/diagnostics.md is true: every rule once, its severity as the rule has it, its exit code as the
/// severity has it, and a test case that really shows that finding with that severity in both languages.
#[test]
fn the_table_of_findings_is_true() {
    let docs = fs::read_to_string(repository().join("docs/diagnostics.md")).unwrap();
    let rules = rules();
    let mut rows = Vec::new();
    for line in docs.lines().filter(|line| line.starts_with("| [DT")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [code, severity, exit, vi, en, case] = cells[..] else {
            panic!("six columns are wanted: {line}")
        };
        let code = &code[1..6];
        let rule = rules.get(code).unwrap_or_else(|| panic!("no rule {code}"));
        let (words, wanted) = match *rule {
            "cảnh báo" => ("cảnh báo · warning", "0"),
            "lỗi" => ("lỗi · error", "1"),
            _ => ("chặn · block", "3"),
        };
        assert_eq!((severity, exit), (words, wanted), "{code} in docs/diagnostics.md");
        assert!(!vi.is_empty() && !en.is_empty(), "{line}");
        let name = case[1..].split(']').next().unwrap();
        assert_eq!(case, format!("[{name}](../tests/cases/{name}.txt)"), "{code}");
        let case = fs::read_to_string(repository().join(format!("tests/cases/{name}.txt")));
        let case = case.unwrap_or_else(|_| panic!("{code}: there is no tests/cases/{name}.txt"));
        let english =
            ["warning", "error", "blocked"][["0", "1", "3"].iter().position(|e| *e == exit).unwrap()];
        for shown in [format!("\n{rule}[{code}]: "), format!("\n{english}[{code}]: ")] {
            assert!(case.contains(&shown), "{name} does not show {}", shown.trim());
        }
        let ended = case.split("\n=== vi exit ").nth(1).unwrap().lines().next().unwrap();
        assert!(ended >= exit, "{name} ends with {ended} although {code} asks for {exit}");
        rows.push(code.to_owned());
    }
    assert_eq!(rows, rules.into_keys().collect::<Vec<_>>(), "every rule has its row, in order");
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
