//! What a phone may keep: the service worker and the manifest as they are published, and trails as one file.

use crate::scene::Scene;
use std::fmt::Write as _;

const TRAIL: &str = "vi/hanh-trinh/mot-vong/";
const PACK: &str = "output/vi/hanh-trinh/mot-vong/mang-theo-mot-vong.html";

/// The example's three relics with a trail through them.
fn trail() -> Scene {
    let scene = Scene::example();
    scene.write(
        "content/trails/mot-vong/index.md",
        "---\nid: 9Z9Z9F\ntitle: Một <vòng>\nsummary: Tóm tắt.\nstops: [STOPS]\nby: motorbike\n---\nBài về [Mao Điền](id:7K3MQ5).\n",
    );
    let ids: Vec<String> = ["van-mieu-mao-dien", "den-bia", "chua-con-son"]
        .iter()
        .map(|name| {
            let text = scene.read(&format!("content/relics/{name}/index.md"));
            text.split("\nid: ").nth(1).unwrap().lines().next().unwrap().to_owned()
        })
        .collect();
    scene.change("content/trails/mot-vong/index.md", "STOPS", &ids.join(", "));
    scene.change("dautich.yaml", "base_url:", "base_url: https://di-tich.example/du-an/\n#");
    scene
}

#[test]
fn a_trail_is_one_file_that_asks_for_nothing() {
    let scene = trail();
    scene.done(&["build"]);
    let pack = scene.read(PACK);
    for wanted in [
        "<meta name=\"robots\" content=\"noindex\">",
        "default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-",
        "Một &lt;vòng&gt;",
        "Bản lưu ngày 21/11/2026. Bản mới nhất: <a href=\"https://di-tich.example/du-an/vi/hanh-trinh/mot-vong/\">",
        "<a href=\"https://di-tich.example/du-an/vi/di-tich/van-mieu-mao-dien/\">Mao Điền</a>",
        "<a href=\"https://di-tich.example/du-an/vi/di-tich/chua-con-son/\">Trang đầy đủ",
        "<h3 id=\"",
    ] {
        assert!(pack.contains(wanted), "{wanted}");
    }
    assert_eq!(pack.matches("<img src=\"data:image/svg+xml;base64,").count(), 4, "the trail and three stops");
    for unwanted in ["<script", "<link", "srcset", "url(", "src=\"h", "src=\".", "href=\"."] {
        assert!(!pack.contains(unwanted), "{unwanted}");
    }
    let page = scene.read(&format!("output/{TRAIL}index.html"));
    let link = format!(
        "href=\"../../../{TRAIL}mang-theo-mot-vong.html\" download>Mang theo ({} KB)</a>",
        pack.len().div_ceil(1024)
    );
    assert!(page.contains(&link), "{link}");
    // In a language without a translation too.
    assert!(scene.read("output/en/trails/mot-vong/take-along-mot-vong.html").contains("not been translated"));
    let sitemap = scene.read("output/sitemap.xml");
    assert!(sitemap.contains(TRAIL) && !sitemap.contains("mang-theo"));

    scene.change("content/relics/den-bia/index.md", "\nid:", "\nwithdrawn: {on: 2026-11-20}\nid:");
    scene.done(&["build"]);
    assert!(!scene.read(PACK).contains("di-tich/den-bia/"));
    scene.change("content/trails/mot-vong/index.md", "\nby:", "\nwithdrawn: {on: 2026-11-20}\nby:");
    scene.done(&["build"]);
    assert!(!scene.path(PACK).exists());
}

#[test]
fn pictures_are_left_out_from_the_end_until_a_trail_weighs_less_than_two_megabytes() {
    let scene = trail();
    for (number, name) in ["van-mieu-mao-dien", "den-bia", "chua-con-son"].into_iter().enumerate() {
        let mut drawing =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 800\" width=\"1200\" height=\"800\"><path d=\"M0 0"
                .to_owned();
        for step in 0..70_000 {
            let _ = write!(drawing, "L{} {}", step % 1199 + number, step % 797);
        }
        drawing.push_str("\"/></svg>");
        let photo = scene.read(&format!("content/relics/{name}/index.md"));
        let photo = photo.split("file: ").nth(1).unwrap().split([',', '\n', '}']).next().unwrap().trim();
        scene.write(&format!("content/relics/{name}/{photo}"), drawing);
    }
    scene.done(&["build"]);
    let pack = scene.read(PACK);
    let pictures = pack.matches("<img src=\"data:").count();
    assert!(
        pack.len() < 2_000_000 && pictures < 4 && pictures > 1,
        "{} bytes, {pictures} pictures",
        pack.len()
    );
    assert!(pack.contains(&format!("Tệp này thiếu {} ảnh sau cùng", 4 - pictures)));
    let stop = |name: &str| pack.find(&format!("/{name}/\">Trang")).unwrap();
    assert!(pack[..stop("van-mieu-mao-dien")].contains("<figure><img"), "the first stop keeps its picture");
    assert!(!pack[stop("den-bia")..].contains("<figure>"), "the last has none");
}

#[test]
fn the_worker_stands_at_the_root_and_changes_with_the_theme() {
    let scene = Scene::example();
    scene.done(&["build"]);
    let worker = scene.read("output/sw.js");
    let version = |worker: &str| worker.split("VERSION = \"").nth(1).unwrap()[..16].to_owned();
    assert!(version(&worker).chars().all(|c| c.is_ascii_hexdigit()), "{worker}");
    assert!(scene.read("output/_headers").contains("/sw.js\n  Cache-Control: no-cache\n"));
    let manifest: serde_json::Value =
        serde_json::from_str(&scene.read("output/manifest.webmanifest")).unwrap();
    assert_eq!((&manifest["start_url"], &manifest["scope"]), (&"./".into(), &"./".into()));
    assert_eq!(manifest["lang"], "vi");
    assert!(scene.path(&format!("output/{}", manifest["icons"][0]["src"].as_str().unwrap())).exists());
    assert!(
        scene
            .read("output/vi/di-tich/index.html")
            .contains("rel=\"manifest\" href=\"../../manifest.webmanifest\"")
    );

    scene.write("templates/static/search.js", "// another search\n");
    scene.change("dautich.yaml", "title:", "title: {vi: 'Tên \"khác\"', en: Other}\n#");
    scene.done(&["build"]);
    assert_ne!(version(&scene.read("output/sw.js")), version(&worker));
    let manifest = scene.read("output/manifest.webmanifest");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&manifest).unwrap()["name"], "Tên \"khác\"");
}
