//! What the search fetches, and the A to Z index: who is in it, who is not, and that a shard holds what is looked for there.

use crate::scene::Scene;
use dautich::build::search;
use dautich::vietnam::folding::{even_tones, fold};
use dautich::vietnam::mergers::Mergers;
use dautich::vietnam::units::Units;
use std::collections::BTreeSet;
use std::process::Command;

/// A site of `count` relics, each with a name of its own of two syllables.
fn many(count: usize) -> Scene {
    let scene = Scene::empty();
    scene.write("dautich.yaml", "title: {vi: Thử, en: Test}\nbase_url: https://thu.vn/du-an/\n");
    let syllables: Vec<String> =
        "bcdghklmnprstvx".chars().flat_map(|c| ["à", "ê", "í", "o"].map(|v| format!("{c}{v}"))).collect();
    for n in 0..count {
        let id = dautich::code::Id::from_draw([n % 29, n / 29 % 29, 11, 12, 14].map(|n| n as u8)).unwrap();
        let name = format!("Đền {} {}", syllables[n % 60], syllables[(n / 60 * 7 + n) % 60]);
        scene.write(
            &format!("content/relics/den-{n}/index.md"),
            format!("---\nid: {id}\ntitle: {name}\nsummary: Tóm tắt.\ntypes: [history]\nplace:\n  commune: \"10930\"\n---\nBài.\n"),
        );
    }
    scene
}

/// The lines of a file of the index.
fn lines(scene: &Scene, name: &str) -> Vec<Vec<String>> {
    let text = scene.read(&format!("output/data/search/{name}.tsv"));
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn a_small_site_is_one_file_with_what_people_search_by() {
    let scene = Scene::example();
    scene.change(
        "content/relics/den-bia/index.md",
        "title: Đền Bia\n",
        "title: Đền Bia\nalso: [Đền | Bia, Y miếu]\n",
    );
    scene.done(&["build"]);
    let files: Vec<String> = scene.files("output/data/search").into_iter().map(|(name, _)| name).collect();
    assert_eq!(files, ["index.tsv"]);
    let index = lines(&scene, "index");
    assert_eq!(index[0], ["vi en"]);
    assert_eq!(index.len(), 1 + 6);
    let line = index.iter().find(|line| line[0] == "relics4" && line[1] == "den-bia").unwrap();
    assert_eq!(line[2], "Đền   Bia|Y miếu");
    assert_eq!(line[3], "Tuệ Tĩnh, Hải Phòng");
    assert_eq!(line[4], "thôn Văn Thai, xã Cẩm Văn, huyện Cẩm Giàng, tỉnh Hải Dương");
    assert_eq!(line[5..], ["Đền Bia", "Đền Bia (Stele Temple)"]);
    assert!(scene.read("output/_headers").contains("/data/search/*\n  Cache-Control: no-cache\n"));
}

#[test]
fn an_entry_that_does_not_say_how_its_commune_was_called_is_found_by_all_that_it_was_made_of() {
    let scene = many(1);
    scene.done(&["build"]);
    let old: Vec<&str> = Mergers::bundled()
        .iter()
        .filter(|old| old.successors().any(|(code, _)| code == "10930"))
        .map(|old| old.name.split_once(' ').unwrap().1)
        .collect();
    assert!(old.len() > 1 && old.contains(&"Cẩm Đông"), "{old:?}");
    assert_eq!(lines(&scene, "index")[1][4], old.join(", "));
}

#[test]
fn what_is_withdrawn_or_a_draft_is_in_no_index() {
    let scene = Scene::example();
    scene.change(
        "content/relics/den-bia/index.md",
        "title: Đền Bia\n",
        "title: Đền Bia\nwithdrawn: {on: 2026-11-01, reason: {vi: Gộp., en: Merged.}}\n",
    );
    scene.change(
        "content/relics/chua-con-son/index.md",
        "title: Chùa Côn Sơn\n",
        "title: Chùa Côn Sơn\ndraft: true\n",
    );
    scene.done(&["build"]);
    let found =
        |name: &str| scene.read(name).contains("den-bia") || scene.read(name).contains("chua-con-son");
    assert!(
        !found("output/data/search/index.tsv")
            && !found("output/vi/tim/index.html")
            && !found("output/en/search/index.html")
    );
    // Somebody who looks at drafts sees them in the lists; the index of the search is the same all the same.
    scene.done(&["build", "--drafts"]);
    assert!(!found("output/data/search/index.tsv"));
}

#[test]
fn in_a_large_site_every_name_stands_in_the_shard_it_is_looked_for_in() {
    let scene = many(700);
    scene.done(&["build"]);
    let index = lines(&scene, "index");
    assert_eq!(index.len(), 1, "a large site has nothing but the heads there");
    let heads = &index[0][1..];
    assert!(
        heads.len() > 10 && heads.is_sorted() && heads.iter().collect::<BTreeSet<_>>().len() == heads.len(),
        "{heads:?}"
    );
    let shards: Vec<_> = (0..heads.len()).map(|number| lines(&scene, &number.to_string())).collect();
    let under = |key: &str| heads.iter().filter(|head| head.as_str() <= key).count().saturating_sub(1);
    let (mut all, mut most) = (BTreeSet::new(), 0);
    for line in shards.iter().flatten() {
        all.insert(line.clone());
        let words: Vec<String> = search::words(&line[5]).map(fold).collect();
        let (first, second) = (&words[1], &words[2]);
        for key in [format!("{first} {second}"), format!("{second} {first}"), first.clone()] {
            assert!(shards[under(&key)].contains(line), "{key}: not in shard {}", under(&key));
        }
    }
    for shard in &shards {
        most = most.max(shard.len());
        assert!(shard.iter().collect::<BTreeSet<_>>().len() == shard.len(), "a line once a shard");
    }
    assert_eq!(all.len(), 700);
    // Every name begins with "đền", every place is Mao Điền: of neither is more kept than one shard carries.
    assert!(most < 250, "{most}");
    // The next build has the same bytes; one with fewer entries has one file again, and the shards are gone.
    let before = scene.files("output/data/search");
    scene.done(&["build"]);
    assert!(scene.files("output/data/search") == before);
    for n in 0..200 {
        std::fs::remove_dir_all(scene.path(&format!("content/relics/den-{n}"))).unwrap();
    }
    scene.done(&["build"]);
    assert_eq!(scene.files("output/data/search").len(), 1);
    assert_eq!(lines(&scene, "index").len(), 501);
}

#[test]
fn over_two_hundred_names_each_letter_has_pages_of_its_own() {
    let scene = many(700);
    scene.done(&["build"]);
    let page = scene.read("output/vi/tim/index.html");
    assert!(!page.contains("/den-0/") && page.contains("href=\"../../vi/tim/b/\">B<small>"), "{page}");
    let mut seen = BTreeSet::new();
    for (name, bytes) in scene.files("output/vi/tim") {
        let html = String::from_utf8(bytes).unwrap();
        let own: Vec<&str> =
            html.split("/vi/di-tich/den-").skip(1).map(|rest| rest.split_once('/').unwrap().0).collect();
        assert!(own.len() <= 200, "{name}");
        for number in own {
            assert!(seen.insert(number.to_owned()), "{number} stands twice");
        }
    }
    assert_eq!(seen.len(), 700);
    let sitemap = scene.read("output/sitemap.xml");
    assert!(
        sitemap.contains("/vi/tim/</loc>")
            && sitemap.contains("/vi/tim/b/</loc>")
            && sitemap.contains("/en/search/b/</loc>")
    );
}

#[test]
fn the_script_folds_and_splits_as_the_builder_does() {
    let mut texts: Vec<String> = Units::bundled().iter().map(|unit| unit.full_name()).collect();
    texts.extend(Mergers::bundled().iter().map(|old| old.name.to_owned()));
    texts.extend(
        [
            "Đền – đình Sượt (2020)",
            "HOÀ BÌNH hòa bình Thuỷ Qúy",
            "Văn miếu",
            "ΟΔΟΣ ΣΑΣ",
            "İstanbul ıŞIK",
            "ẞß ﬁn Ⅷ ½ ²",
            "寺 🏯 東京",
            "a\u{300}\u{323}b \u{301}",
            "D'Ăk-lăk_x·y",
            "C\u{200d}ôn\u{a0}Sơn\u{feff}",
            "ｆｕｌｌ １２３",
            "Ä̈ǅ ŉ",
            "១២ សួស្តី नमस्ते",
        ]
        .map(str::to_owned),
    );
    let scene = Scene::empty();
    scene.write("texts.json", serde_json::to_string(&texts).unwrap());
    let script = "const { words } = require(process.argv[1]); const texts = JSON.parse(require('fs').readFileSync(0, 'utf8')); \
                  console.log(JSON.stringify(texts.map(text => words(text).map(word => [word.f, word.e]))))";
    let run = Command::new("node")
        .args([
            "-e",
            script,
            crate::scene::repository().join("themes/default/static/search.js").to_str().unwrap(),
        ])
        .stdin(std::fs::File::open(scene.path("texts.json")).unwrap())
        .output()
        .expect("node is installed by tests/run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let theirs: Vec<Vec<(String, String)>> = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(theirs.len(), texts.len());
    for (text, theirs) in texts.iter().zip(theirs) {
        let ours: Vec<_> = search::words(text)
            .map(|word| (fold(word), even_tones(word)))
            .filter(|word| !word.0.is_empty())
            .collect();
        assert_eq!(theirs, ours, "{text}");
    }
}
