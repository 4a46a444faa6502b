//! One file a batch: which codes are in which file, and that no issued file holds a code the ledger does not know, at
//! whatever moment the program was killed.

use crate::press::{made_of, words};
use crate::scene::Scene;
use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The ids that a sheet's text names, in printed order.
fn ids(scene: &Scene, name: &str) -> Vec<String> {
    let text = words(&scene.path(&format!("print/{name}")));
    let ids = text.split(' ').filter_map(|word| word.strip_prefix("haiduong.dautich.vn/Q/"));
    ids.map(str::to_owned).collect()
}

/// What stands in a folder, sorted.
fn names(scene: &Scene, folder: &str) -> Vec<String> {
    let mut names: Vec<String> = match fs::read_dir(scene.path(folder)) {
        Ok(found) => found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect(),
        Err(_) => Vec::new(),
    };
    names.sort();
    names
}

/// The sheets in `print/`, without what is for a shop and what is on the stage.
fn sheets(scene: &Scene) -> Vec<String> {
    let sheet =
        |name: &String| !name.starts_with('.') && name.ends_with(".pdf") && !name.ends_with("-contact.pdf");
    names(scene, "print").into_iter().filter(sheet).collect()
}

/// The ids of each batch in the ledger, in the order of its rows.
fn ledger(scene: &Scene) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(scene.path("ledger.tsv")).unwrap_or_default();
    let mut batches: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in text.lines().filter(|line| line.starts_with("printed\t")) {
        let cells: Vec<&str> = row.split('\t').collect();
        batches.entry(cells[1].to_owned()).or_default().push(cells[3].to_owned());
    }
    batches
}

#[test]
fn each_kind_and_each_commune_has_a_file_and_a_batch_of_its_own() {
    let scene = Scene::on_a_real_domain();
    let ran = scene.done(&["--lang", "en", "sheets", "--each", "kind"]);
    let files = ["L7164-guide-proof.pdf", "L7164-product-proof.pdf", "L7164-relic-proof.pdf"];
    assert_eq!(names(&scene, "print"), files);
    assert!(ran.stderr.contains("done: 6 codes in 3 files, each read back"), "{}", ran.stderr);
    assert!(ran.stderr.contains("issue with dautich sheets --each kind --issue"), "{}", ran.stderr);
    assert_eq!(files.map(|file| ids(&scene, file).len()), [1, 2, 3]);
    for file in files {
        let receipt = made_of(&scene.path(&format!("print/{file}")))["info"]["Keywords"].to_string();
        let digest = receipt.split("sha256=").nth(1).unwrap().trim_end_matches('"');
        assert!(ran.stderr.contains(&format!("{file}  {}  {digest}", ids(&scene, file).len())), "{receipt}");
    }
    fs::remove_dir_all(scene.path("print")).unwrap();
    scene.done(&["sheets", "--each", "commune", "--issue"]);
    let files = sheets(&scene);
    let batches = ledger(&scene);
    assert_eq!(files.len(), batches.len());
    for (batch, printed) in &batches {
        let file = files.iter().find(|file| file.ends_with(&format!("-{batch}.pdf"))).unwrap();
        assert_eq!(&ids(&scene, file), printed, "{file}");
    }
    assert!(files.iter().any(|file| file.starts_with("L7164-10930-xa-mao-dien-2026-11-21-")), "{files:?}");
    assert!(files.iter().any(|file| file.starts_with("L7164-khong-ro-xa-")), "{files:?}");
    // One of them can be voided alone.
    let batch = batches.keys().next().unwrap();
    scene.done(&["ledger", "void", batch, "--reason", "thử", "--yes"]);
    assert_eq!(scene.read("ledger.tsv").matches("\nvoid\t").count(), 1);
}

#[test]
fn walls_keep_their_communes_apart_in_one_file_or_in_many() {
    let scene = Scene::on_a_real_domain();
    let one = scene.done(&["sheets", "--layout", "commune"]);
    let together = ids(&scene, "commune-proof.pdf");
    scene.done(&[
        "sheets",
        "--layout",
        "commune",
        "--each",
        "commune",
        "-o",
        scene.path("xa").to_str().unwrap(),
    ]);
    let apart: Vec<String> =
        names(&scene, "xa").iter().flat_map(|file| ids(&scene, &format!("../xa/{file}"))).collect();
    assert_eq!(together, apart);
    assert!(names(&scene, "xa").len() > 1);
    let ran = scene.done(&["sheets", "--layout", "commune", "--each", "kind"]);
    assert!(one.stderr.contains("không có trên trang nào") && ran.stderr.contains("không có trên trang nào"));
    assert_eq!(
        ids(&scene, "commune-relic-proof.pdf").len() + ids(&scene, "commune-product-proof.pdf").len(),
        together.len()
    );
}

#[test]
fn a_text_that_does_not_fit_leaves_no_file_and_no_row() {
    let scene = Scene::on_a_real_domain();
    let long = "Đền ".repeat(60);
    scene.change("content/relics/den-bia/index.md", "title: Đền Bia", &format!("title: {long}"));
    let ran = scene.run(&["sheets", "--each", "kind", "--issue"]);
    assert_eq!(ran.exit, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("DT317"), "{}", ran.stderr);
    assert_eq!(names(&scene, "print"), [] as [&str; 0]);
    assert!(ledger(&scene).is_empty());
}

#[test]
fn killed_at_any_moment_no_issued_file_holds_a_code_the_ledger_lacks() {
    let scene = Scene::on_a_real_domain();
    let begun = Instant::now();
    scene.done(&["sheets", "--each", "commune", "--issue"]);
    let whole = begun.elapsed();
    let kills = std::env::var("DAUTICH_KILLS").map_or(20, |n| n.parse::<u32>().unwrap() / 10);
    let (mut placed, mut unplaced) = (0, 0);
    for n in 0..kills {
        let _ = fs::remove_dir_all(scene.path("print"));
        let _ = fs::remove_file(scene.path("ledger.tsv"));
        let mut child = scene.command(&["sheets", "--each", "commune", "--issue"]);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if n % 2 == 0 {
            // As soon as the first file stands in its place: its rows must be in the ledger by then.
            while child.try_wait().unwrap().is_none() && sheets(&scene).is_empty() {}
        } else {
            let share = 0.4 + 0.6 * f64::from(n) / f64::from(kills);
            sleep(whole.mul_f64(share) + Duration::from_micros(137 * u64::from(n)));
        }
        let _ = child.kill();
        child.wait().unwrap();
        let batches = ledger(&scene);
        let files = sheets(&scene);
        for file in &files {
            let known = batches.iter().find(|(batch, _)| file.ends_with(&format!("-{batch}.pdf")));
            let (_, printed) = known.unwrap_or_else(|| panic!("{file} is unknown to the ledger"));
            assert_eq!(&ids(&scene, file), printed, "{file}");
        }
        if files.is_empty() { unplaced += 1 } else { placed += 1 }
    }
    assert!(placed > 0 && unplaced > 0, "kills came too late or too early: {placed} {unplaced}");
}
