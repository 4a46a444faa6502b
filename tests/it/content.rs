//! The example site's articles: no two share a sentence, lengths follow the sources, and the site checks clean.

use crate::scene::{Scene, repository};
use std::collections::BTreeMap;
use std::fs;
use walkdir::WalkDir;

/// Every article of the example site: its path and the text below its head.
fn articles() -> Vec<(String, String)> {
    let content = repository().join("content");
    let mut found = Vec::new();
    for file in WalkDir::new(&content).sort_by_file_name() {
        let path = file.unwrap().into_path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path).unwrap();
            let body = text.splitn(3, "---\n").nth(2).expect("a head and a body").to_owned();
            found.push((path.strip_prefix(&content).unwrap().to_string_lossy().into_owned(), body));
        }
    }
    found
}

/// The sentences of an article, in small letters and without marks of punctuation, of six words and more.
fn sentences(body: &str) -> Vec<String> {
    let plain = |text: &str| {
        let letters: String = text
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .collect::<String>()
            .to_lowercase();
        letters.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let ended = |c: char| matches!(c, '.' | '!' | '?' | ':' | ';' | '\n');
    body.split(ended).map(plain).filter(|text| text.split(' ').count() >= 6).collect()
}

#[test]
fn no_two_articles_share_a_sentence() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut shared = Vec::new();
    let articles = articles();
    assert!(articles.len() >= 100, "{} articles", articles.len());
    for (path, body) in &articles {
        for sentence in sentences(body) {
            let other = seen.insert(sentence.clone(), path.clone()).filter(|other| other != path);
            shared.extend(other.map(|other| format!("{path} and {other}: {sentence}")));
        }
    }
    assert!(shared.is_empty(), "{}", shared.join("\n"));
}

#[test]
fn there_is_enough_to_read_and_no_padding() {
    let mut long = 0;
    for kind in [("relics", 26), ("products", 16), ("guides", 6), ("trails", 3)] {
        let of_kind: Vec<_> = articles()
            .into_iter()
            .filter(|(path, _)| path.starts_with(kind.0) && path.ends_with("index.md"))
            .collect();
        assert!(of_kind.len() >= kind.1, "{} {}", of_kind.len(), kind.0);
        for (path, body) in of_kind {
            let words = body.split_whitespace().count();
            assert!((80..=560).contains(&words), "{path} has {words} words");
            long += usize::from(kind.0 == "relics" && words > 250);
        }
    }
    assert!(long >= 10, "{long} relics over 250 words");
}

#[test]
fn the_example_checks_without_an_error_and_every_translation_is_of_today() {
    let scene = Scene::whole();
    let checked = scene.run(&["check", "--format", "json"]);
    assert_eq!(checked.exit, 0, "{}", checked.stdout);
    let stale = scene.done(&["translate", "status"]).stdout;
    assert_eq!(stale, "", "translations that nobody stamped");
}
