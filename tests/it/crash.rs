//! Killed at any moment, the published site is whole, and the next build makes it as a clean one would.

use crate::scene::{Scene, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Entries in the site that is built again and again.
const ENTRIES: usize = 60;

/// How often a build is killed; `tests/run all` asks for more.
fn kills() -> usize {
    std::env::var("DAUTICH_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(200)
}

type Files = BTreeMap<String, Vec<u8>>;

fn id(number: usize) -> String {
    let draw = [number % 29, number / 29, 11, 12, 13].map(|n| n as u8);
    dautich::code::Id::from_draw(draw).unwrap().to_string()
}

/// Two states of one site: some entries only in the one, some only in the other, some with another text in each.
fn write_state(scene: &Scene, state: usize) {
    let content = scene.path("content");
    if content.exists() {
        fs::remove_dir_all(&content).unwrap();
    }
    let yaml = "title: {vi: Thử, en: Test}\nprinted_address: https://thu.dautich.example/\nbase_url: https://thu.dautich.example/\n";
    scene.write("dautich.yaml", yaml);
    for number in 0..ENTRIES {
        let (only_first, only_second, changes) = (number % 5 == 1, number % 5 == 2, number % 5 >= 3);
        if (only_first && state == 1) || (only_second && state == 0) {
            continue;
        }
        let text = if changes { state } else { 0 };
        let words = format!("Đoạn văn số {number}, bản {text}. ").repeat(20 + 30 * text);
        let folder = format!("content/relics/di-tich-{number}");
        let head = format!(
            "---\nid: {}\ntitle: Di tích {number} bản {text}\nsummary: Tóm tắt.\ntypes: [history]\n---\n",
            id(number)
        );
        scene.write(&format!("{folder}/index.md"), format!("{head}{words}\n"));
        scene.write(
            &format!("{folder}/index.en.md"),
            format!("---\ntitle: Relic {number} version {text}\nsummary: Summary.\n---\n{words}\n"),
        );
    }
}

fn clean_build(state: usize) -> Files {
    let scene = Scene::empty();
    write_state(&scene, state);
    scene.done(&["build"]);
    scene.files("output").into_iter().collect()
}

fn start(scene: &Scene) -> Child {
    scene.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Every address that both states have answers with the whole page of one of them, and no list names a page that is
/// not there.
fn assert_whole(output: &Path, states: &[Files; 2], when: &str) {
    for (name, bytes) in states[0].iter().filter(|(name, _)| states[1].contains_key(*name)) {
        let found = fs::read(output.join(name)).unwrap_or_else(|error| panic!("{when}: {name}: {error}"));
        assert!(found == *bytes || found == states[1][name], "{when}: {name} is not whole");
    }
    for list in ["vi/di-tich/index.html", "en/relics/index.html"] {
        let text = fs::read_to_string(output.join(list)).unwrap();
        for href in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if let Some(path) = href.strip_prefix("../../").filter(|path| path.contains("di-tich-")) {
                // A page may only be missing while the list that dropped it is about to be, or has been, replaced.
                let page = output.join(path).join("index.html");
                assert!(
                    page.exists() || is_removed(output, path),
                    "{when}: {list} names {path}, which is not there"
                );
            }
        }
    }
}

/// Whether a journal under way removes this page: removals come last, after the new lists have taken their places.
fn is_removed(output: &Path, path: &str) -> bool {
    let journal = fs::read_to_string(output.join(".dautich/journal")).unwrap_or_default();
    journal.lines().any(|line| line == format!("-{path}index.html"))
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_site() {
    let states = [clean_build(0), clean_build(1)];
    let scene = Scene::empty();
    write_state(&scene, 0);
    let began = Instant::now();
    scene.done(&["build"]);
    let long = began.elapsed();
    let output = scene.path("output");
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut cut_short = 0;
    for turn in 0..kills() {
        write_state(&scene, (turn + 1) % 2);
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let wait = long.mul_f64((random % 1000) as f64 / 1000.0 * 1.1);
        let mut build = start(&scene);
        std::thread::sleep(wait);
        build.kill().unwrap();
        cut_short += usize::from(!build.wait().unwrap().success());
        assert_whole(&output, &states, &format!("kill {turn} after {wait:?}"));
    }
    assert!(cut_short * 2 > kills(), "only {cut_short} of {} kills met a build under way", kills());
    for state in [1, 0] {
        write_state(&scene, state);
        scene.done(&["build"]);
        let now: Files = files(&output).into_iter().collect();
        assert!(now == states[state], "the next build is not as a clean one");
        assert!(!output.join(".dautich/journal").exists() && !output.join(".dautich/new").exists());
    }
}

#[test]
fn a_reader_meets_only_whole_pages_while_builds_run() {
    let states = [clean_build(0), clean_build(1)];
    let scene = Scene::empty();
    write_state(&scene, 0);
    scene.done(&["build"]);
    let output = scene.path("output");
    let (stop, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|threads| {
        let reader = threads.spawn(|| {
            let both: Vec<&String> = states[0].keys().filter(|name| states[1].contains_key(*name)).collect();
            while !stop.load(Ordering::Relaxed) {
                for name in &both {
                    let found = fs::read(output.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
                    assert!(found == states[0][*name] || found == states[1][*name], "{name} is not whole");
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        for turn in 0..20 {
            write_state(&scene, (turn + 1) % 2);
            scene.done(&["build"]);
            std::thread::sleep(Duration::from_millis(5));
        }
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });
    assert!(reads.load(Ordering::Relaxed) > 1000);
}

/// A journal cut off in the middle of its renames, made by hand: the next build finishes it.
#[test]
fn a_journal_left_behind_is_finished() {
    let scene = Scene::empty();
    write_state(&scene, 0);
    scene.done(&["build"]);
    let output = scene.path("output");
    scene.write("output/.dautich/new/0/0", "left behind");
    let files = scene.read("output/.dautich/files");
    let kept: String = files.lines().map(|path| format!("={path}\n")).collect();
    scene.write(
        "output/.dautich/journal",
        format!("+0 vi/left.html\n+1 already/there.html\n{kept}=vi/left.html\n"),
    );
    scene.done(&["build"]);
    assert!(
        !output.join("vi/left.html").exists(),
        "a page of the old journal that the plan lacks is removed"
    );
    let now: Files = crate::scene::files(&output).into_iter().collect();
    assert!(now == clean_build(0));
}

/// Files, then pages, then lists: nothing of a stage takes its place before all of the stage before it has.
#[test]
fn a_stage_waits_for_the_one_before_it() {
    let scene = Scene::empty();
    write_state(&scene, 0);
    scene.done(&["build"]);
    let kept: String = scene.read("output/.dautich/files").lines().map(|path| format!("={path}\n")).collect();
    let mut journal = String::new();
    for number in 0..600 {
        scene.write(&format!("output/.dautich/new/0/{number}"), "staged");
        let name = if number < 300 { "page" } else { "list" };
        journal += &format!("+{number} vi/{name}-{number}.html\n{}", if number == 299 { "|\n" } else { "" });
    }
    scene.write("output/.dautich/journal", journal + &kept);
    // A folder with something in it, where the last page is to stand.
    scene.write("output/vi/page-299.html/in-the-way", "");
    let is_list = |found: &std::io::Result<fs::DirEntry>| {
        found.as_ref().unwrap().file_name().to_string_lossy().starts_with("list-")
    };
    assert_eq!(scene.run(&["build"]).exit, 4);
    assert_eq!(fs::read_dir(scene.path("output/vi")).unwrap().filter(is_list).count(), 0);
}
