//! The same content gives the same bytes: in any order of files, on any number of threads, PDF included.

use crate::scene::{Scene, repository};
use std::fs;
use std::path::PathBuf;

/// The example site with its files created in another order, and therefore listed in another order by the disk.
fn shuffled(seed: usize) -> Scene {
    let scene = Scene::empty();
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(repository().join("content"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file())
        .collect();
    files.push(repository().join("dautich.yaml"));
    files.sort();
    let len = files.len();
    for at in 0..len {
        files.swap(at, (at * 7 + seed * 13) % len);
    }
    for file in files {
        let name = file.strip_prefix(repository()).unwrap().to_str().unwrap().to_owned();
        scene.write(&name, fs::read(&file).unwrap());
    }
    scene
}

#[test]
fn shuffled_sources_and_threads_give_the_same_bytes() {
    let mut first: Option<Vec<(String, Vec<u8>)>> = None;
    for (seed, threads) in [(0, "1"), (1, "2"), (2, "7")] {
        let scene = shuffled(seed);
        for arguments in [&["build"][..], &["sheets"], &["sheets", "--layout", "A5", "--press"]] {
            let status = scene.command(arguments).env("RAYON_NUM_THREADS", threads).output().unwrap().status;
            assert!(status.success());
        }
        let mut files = scene.files("output");
        files.extend(scene.files("print"));
        assert!(files.iter().any(|(name, _)| name.ends_with(".pdf")) && files.len() > 40);
        match &first {
            None => first = Some(files),
            Some(first) => {
                for ((name, bytes), (other, others)) in first.iter().zip(&files) {
                    assert!(name == other && bytes == others, "{name} differs");
                }
                assert_eq!(first.len(), files.len());
            }
        }
    }
}

#[test]
fn a_second_build_changes_nothing_and_touches_no_file() {
    let scene = Scene::example();
    scene.done(&["build"]);
    let page = scene.path("output/Q/7K3MQ5/index.html");
    let before = fs::metadata(&page).unwrap().modified().unwrap();
    let ran = scene.done(&["build"]);
    assert!(ran.stderr.contains("0 tệp mới hoặc đổi, 0 tệp gỡ"), "{}", ran.stderr);
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), before);
}
