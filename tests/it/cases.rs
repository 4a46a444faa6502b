//! `tests/cases/*.txt`: a small site in one file, and what the editor sees in both languages.
//!
//! A line `=== NAME` begins a file of the site, laid over those of `base.txt`. After the name may stand, in brackets:
//! `absent` (the base's file is taken away), `escaped` (`\u{a0}` stands for that character), `repeat TEXT N`,
//! `fixture NAME` (a file of `tests/fixtures/`), `symlink TARGET`. The lines `Một đoạn văn.` and `A paragraph.` stand for
//! a paragraph long enough to tell a visitor something. `=== run ARGUMENTS` names the command, `check`
//! otherwise. `=== vi exit N` and `=== en exit N` hold what is shown. Run with `DAUTICH_CASES=write` to write those
//! anew, and read them before you keep them.

use crate::scene::{Scene, repository};
use std::fs;
use std::path::Path;

/// One `===` section: its head and its lines.
struct Section {
    head: String,
    body: String,
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(head) = line.strip_prefix("=== ") {
            sections.push(Section { head: head.trim_end().to_owned(), body: String::new() });
        } else if let Some(section) = sections.last_mut() {
            section.body.push_str(line);
        }
    }
    sections
}

fn is_expectation(head: &str) -> bool {
    head.starts_with("vi exit ") || head.starts_with("en exit ")
}

const PARAGRAPH: &str = "Nơi này có từ lâu đời; người trong làng kể rằng khi mới dựng chỉ có ba gian lợp lá, về sau \
    dân góp gạch, góp gỗ mà sửa dần. Khách đến nên xem bức chạm ở gian giữa và cái giếng sau vườn.";
const ENGLISH: &str = "This place is old; villagers tell that at first it had three bays under thatch, and that people \
    brought bricks and timber over the years to build it up. Look at the carving in the middle bay and the well behind.";

/// The sample lines of a body, written out.
fn written_out(body: &str) -> String {
    let line = |line: &str| match line {
        "Một đoạn văn." => PARAGRAPH.to_owned(),
        "A paragraph." => ENGLISH.to_owned(),
        "Một đoạn văn.\\u{d}" => format!("{PARAGRAPH}\\u{{d}}"),
        "A paragraph.\\u{d}" => format!("{ENGLISH}\\u{{d}}"),
        line => line.to_owned(),
    };
    body.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn lay(scene: &Scene, section: &Section) {
    let (name, directive) = match section.head.split_once(" (") {
        Some((name, directive)) => (name, directive.trim_end_matches(')')),
        None => (section.head.as_str(), ""),
    };
    let path = scene.path(name);
    match directive.split_once(' ').unwrap_or((directive, "")) {
        ("", _) => scene.write(name, written_out(&section.body)),
        ("absent", _) => fs::remove_file(path).unwrap(),
        ("escaped", _) => scene.write(name, unescape(&written_out(&section.body))),
        ("repeat", rest) => {
            let (text, count) = rest.rsplit_once(' ').unwrap();
            scene.write(
                name,
                written_out(&section.body).replace("REPEAT", &text.repeat(count.parse().unwrap())),
            );
        }
        ("fixture", file) => {
            scene.write(name, fs::read(repository().join("tests/fixtures").join(file)).unwrap())
        }
        ("symlink", target) => {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink(target, path).unwrap();
        }
        other => panic!("{}: no directive {other:?}", section.head),
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, tail) = after.split_once('}').unwrap();
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        rest = tail;
    }
    out + rest
}

/// What the editor sees: the exit code, then both streams.
fn shown(scene: &Scene, lang: &str, run: &str) -> (String, String) {
    let mut arguments = vec!["--lang", lang];
    arguments.extend(run.split_whitespace());
    let ran = scene.run(&arguments);
    (format!("{lang} exit {}", ran.exit), format!("{}{}", ran.stdout, ran.stderr))
}

fn check_case(path: &Path, base: &[Section]) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    let case = sections(&text);
    let mut seen = Vec::new();
    let run = case.iter().find_map(|section| section.head.strip_prefix("run ")).unwrap_or("check");
    for lang in ["vi", "en"] {
        // A scene a language: a command that writes must find the same site twice.
        let scene = Scene::empty();
        base.iter().for_each(|section| lay(&scene, section));
        let files =
            case.iter().filter(|section| !is_expectation(&section.head) && !section.head.starts_with("run "));
        files.for_each(|section| lay(&scene, section));
        let before = scene.files("output");
        let (head, body) = shown(&scene, lang, run);
        if !head.ends_with(" 0") && before != scene.files("output") {
            return Err(format!("{}: the output changed although the run failed", path.display()));
        }
        seen.push(Section { head, body });
    }
    let expected: Vec<&Section> = case.iter().filter(|section| is_expectation(&section.head)).collect();
    let same = expected.len() == 2
        && expected
            .iter()
            .zip(&seen)
            .all(|(want, got)| want.head == got.head && want.body.trim_end() == got.body.trim_end());
    if same {
        return Ok(());
    }
    if std::env::var("DAUTICH_CASES").as_deref() == Ok("write") {
        let cut = text.find("\n=== vi exit ").map_or(text.len(), |at| at + 1);
        let mut whole = format!("{}\n", text[..cut].trim_end_matches('\n'));
        for section in &seen {
            whole.push_str(&format!("\n=== {}\n{}", section.head, section.body.trim_end()));
            whole.push('\n');
        }
        fs::write(path, whole).unwrap();
        return Ok(());
    }
    let got: String =
        seen.iter().map(|section| format!("=== {}\n{}\n", section.head, section.body)).collect();
    Err(format!("{}: an editor now sees\n{got}", path.display()))
}

#[test]
fn every_case_shows_the_editor_what_it_says() {
    let folder = repository().join("tests/cases");
    let base = sections(&fs::read_to_string(folder.join("base.txt")).unwrap());
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.extension().is_some_and(|e| e == "txt") && path.file_stem().is_some_and(|s| s != "base")
    });
    paths.sort();
    let failures: Vec<String> = paths.iter().filter_map(|path| check_case(path, &base).err()).collect();
    assert!(!paths.is_empty(), "the cases are gone");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
