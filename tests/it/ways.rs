//! What leads to the entries without script: lists by rank, type, award and commune; festivals and their calendars; the map.

use crate::scene::{DAY, Scene, repository};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

const CONFIG: &str =
    "title: {vi: Thử, en: Test}\nprinted_address: https://thu.vn/\nbase_url: https://thu.vn/du-an/\n";

fn id(number: usize) -> String {
    let draw = [number % 29, number / 29 % 29, number / 841 % 29, 12, 14].map(|n| n as u8);
    dautich::code::Id::from_draw(draw).unwrap().to_string()
}

/// A relic in both languages; `facts` are further lines of its head.
fn relic(scene: &Scene, number: usize, facts: &str) {
    let types = if facts.contains("types:") { "" } else { "types: [history]\n" };
    scene.write(
        &format!("content/relics/di-tich-{number:03}/index.md"),
        format!(
            "---\nid: {}\ntitle: Di tích {number:03}\nsummary: Tóm tắt.\n{types}{facts}---\nBài.\n",
            id(number)
        ),
    );
    scene.write(
        &format!("content/relics/di-tich-{number:03}/index.en.md"),
        format!("---\ntitle: Relic {number:03}\nsummary: Summary.\n---\nText.\n"),
    );
}

/// The example site, built once for all tests of this file.
static EXAMPLE: LazyLock<Scene> = LazyLock::new(|| {
    let scene = Scene::whole();
    scene.done(&["build"]);
    scene
});

/// Builds a site on another day than the other tests do.
fn build_on(scene: &Scene, day: &str) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dautich"));
    let ran = command.arg("-r").arg(scene.root()).args(["--date", day, "build"]).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

fn site() -> Scene {
    let scene = Scene::empty();
    scene.write("dautich.yaml", CONFIG);
    scene
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before:?} is not in it"));
    rest.split_once(after).unwrap().0
}

/// The pages below a folder of the output, by path.
fn pages(scene: &Scene, folder: &str) -> BTreeMap<String, String> {
    let files = scene.files(folder).into_iter().filter(|(name, _)| name.ends_with(".html"));
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn the_example_is_sorted_by_rank_type_award_and_commune() {
    let scene = &*EXAMPLE;
    for (page, entries) in [
        ("vi/di-tich/xep-hang/quoc-gia-dac-biet/", 10),
        ("en/relics/rank/special-national/", 10),
        ("vi/di-tich/loai-hinh/khao-co/", 1),
        ("vi/dac-san/sao-ocop/5-sao/", 1),
        ("en/specialties/ocop-stars/5-stars/", 1),
        ("vi/dac-san/bao-ho/chi-dan-dia-ly/", 1),
        ("vi/dac-san/theo-loai/thu-cong/", 3),
        ("vi/xa-phuong/tue-tinh-10909/", 3),
        ("en/communes/tue-tinh-10909/", 3),
    ] {
        let page = scene.read(&format!("output/{page}index.html"));
        let cards = between(&page, "<ul class=\"cards\">", "</ul>");
        assert_eq!(cards.matches("<li><a href=").count(), entries);
    }
    assert!(!scene.path("output/vi/di-tich/xep-hang/kiem-ke").exists(), "an empty list is not made");
    assert!(!scene.path("output/vi/dac-san/sao-ocop/3-sao").exists());
    // The award that ended is no way to a product any more.
    let small = site();
    let product = format!(
        "---\nid: {}\ntitle: Gốm\nsummary: Tóm tắt.\ncraft: true\nocop: {{stars: 5, issued_on: 2025-06-26}}\n---\nBài.\n",
        id(0)
    );
    small.write("content/products/gom/index.md", product);
    build_on(&small, "2028-06-26");
    assert!(small.path("output/vi/dac-san/sao-ocop/5-sao").exists(), "to the last day");
    build_on(&small, "2028-06-27");
    assert!(!small.path("output/vi/dac-san/sao-ocop").exists());
}

#[test]
fn each_list_has_a_title_and_a_description_of_its_own_and_is_in_the_sitemap() {
    let scene = &*EXAMPLE;
    let sitemap = scene.read("output/sitemap.xml");
    for lang in ["vi", "en"] {
        let (mut titles, mut told) = (BTreeSet::new(), BTreeSet::new());
        let pages = pages(scene, &format!("output/{lang}"));
        assert!(pages.len() > 90, "{}", pages.len());
        // A trail to take along bears the trail's own title, and is no address of the site's.
        for (path, page) in pages.iter().filter(|(path, _)| path.ends_with("index.html")) {
            let title = page.split_once("<title").unwrap().1.split_once("</title>").unwrap().0;
            assert!(titles.insert(title.to_owned()), "{path}: {title}");
            let description = between(page, "<meta name=\"description\" content=\"", "\"");
            assert!(!description.is_empty() && told.insert(description.to_owned()), "{path}: {description}");
            let address = path.strip_suffix("index.html").unwrap();
            assert!(sitemap.contains(&format!(".example/{lang}/{address}</loc>")), "{path}");
            assert!(
                address.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c))
            );
        }
    }
}

#[test]
fn a_long_list_comes_in_pages_and_no_entry_takes_its_place() {
    let scene = site();
    for number in 0..50 {
        relic(&scene, number, "place: {commune: \"10930\"}\ndesignations: [{kind: national, year: 1992}]\n");
    }
    scene.done(&["build"]);
    for page in [
        "vi/di-tich/xep-hang/quoc-gia/trang/2/",
        "en/relics/rank/national/page/2/",
        "vi/xa-phuong/mao-dien-10930/trang/2/",
    ] {
        let text = scene.read(&format!("output/{page}index.html"));
        assert_eq!(between(&text, "<ul class=\"cards\">", "</ul>").matches("<li>").count(), 2, "{page}");
        assert!(text.contains("(2)"), "{page}");
    }
    fs::rename(scene.path("content/relics/di-tich-000"), scene.path("content/relics/xep-hang")).unwrap();
    let ran = scene.run(&["build"]);
    assert_eq!(ran.exit, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("xep-hang"));
}

#[test]
fn festivals_stand_on_the_days_that_newspapers_printed() {
    let table = fs::read_to_string(repository().join("tests/fixtures/lunar-vectors.tsv")).unwrap();
    let scene = site();
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 14);
    for (number, row) in rows.iter().enumerate() {
        relic(&scene, number, &format!("festivals: [{{name: Hội {number}, lunar: {}, days: 2}}]\n", row[1]));
    }
    let mut built = "";
    for (number, row) in rows.iter().enumerate() {
        // Built on the first day of that year, whatever the day is on which the test runs.
        if built != &row[0][..4] {
            built = &row[0][..4];
            build_on(&scene, &format!("{built}-01-01"));
        }
        let page = scene.read("output/vi/le-hoi/index.html");
        let own = page.split("<li data-until=").find(|row| {
            row.contains(&format!(">Hội {number}<")) && row.contains(&format!("di-tich-{number:03}/"))
        });
        let own = own.unwrap_or_else(|| panic!("{row:?}"));
        assert!(own.contains(&format!("<time datetime=\"{}\">", row[0])), "{row:?}: {own}");
        let calendar = scene.read(&format!("output/data/festivals/vi/{}-1.ics", id(number)));
        let day = row[0].replace('-', "");
        assert!(calendar.contains(&format!("\r\nDTSTART;VALUE=DATE:{day}\r\n")), "{row:?}");
    }
}

/// The properties of each event, lines joined again.
fn events(calendar: &str) -> Vec<BTreeMap<String, String>> {
    let whole = calendar.replace("\r\n ", "");
    let events =
        whole.split("BEGIN:VEVENT\r\n").skip(1).map(|event| event.split("END:VEVENT").next().unwrap());
    let pair = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned()));
    events.map(|event| event.lines().filter_map(pair).collect()).collect()
}

#[test]
fn calendars_hold_to_the_format_and_their_events_keep_their_names() {
    let scene = site();
    let name = "Lễ hội; rước \\\"kiệu\\\", \\\\ và cờ người ở sân đình làng ta từ sáng sớm đến tối mịt";
    relic(
        &scene,
        0,
        &format!(
            "festivals:\n  - {{name: \"{name}\", lunar: 26/11, days: 3}}\n  - {{name: Hội hai, lunar: last/3, cancelled: [2027]}}\n"
        ),
    );
    scene.done(&["build"]);
    let path = format!("output/data/festivals/vi/{}-1.ics", id(0));
    let calendar = scene.read(&path);
    let lines: Vec<&str> = calendar.strip_suffix("\r\n").unwrap().split("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{calendar}");
    assert!(lines.iter().any(|line| line.starts_with(' ')), "something was long enough to fold");
    let found = events(&calendar);
    // 26/11 falls into January and December of 2027: three times, three names.
    let days = |key: &str| found.iter().map(|event| event[key].clone()).collect::<Vec<_>>();
    assert_eq!(days("DTSTART;VALUE=DATE"), ["20270103", "20271223", "20290110"]);
    assert_eq!(days("DTEND;VALUE=DATE"), ["20270106", "20271226", "20290113"], "the day after the last");
    assert_eq!(
        days("DTSTAMP"),
        [format!("{}T000000Z", DAY.replace('-', "")), days("DTSTAMP")[0].clone(), days("DTSTAMP")[0].clone()]
    );
    assert_eq!(days("UID").iter().collect::<BTreeSet<_>>().len(), 3);
    assert!(
        found[0]["SUMMARY"].starts_with("Lễ hội\\; rước \"kiệu\"\\, \\\\ và cờ"),
        "{}",
        found[0]["SUMMARY"]
    );
    assert!(found[0]["DESCRIPTION"].contains("Thường vào ngày 26 tháng 11 âm lịch"));
    assert!(found[0]["DESCRIPTION"].contains("có năm thay đổi hoặc không tổ chức"));
    assert_eq!(found[0]["URL"], "https://thu.vn/du-an/vi/di-tich/di-tich-000/");
    let all = scene.read("output/data/festivals/vi.ics");
    assert_eq!(events(&all).len(), 6);
    assert!(!all.contains("DTSTART;VALUE=DATE:2027050"), "a cancelled year is left out");
    // Served elsewhere, the events are the same ones; in English too.
    scene.done(&["build", "-u", "https://khac.vn/"]);
    let moved = events(&scene.read(&path));
    assert_eq!(moved.iter().map(|event| event["UID"].clone()).collect::<Vec<_>>(), days("UID"));
    let english = events(&scene.read(&path.replace("/vi/", "/en/")));
    assert_eq!(english.iter().map(|event| event["UID"].clone()).collect::<Vec<_>>(), days("UID"));
}

#[test]
fn only_what_was_measured_is_a_pin() {
    let scene = site();
    relic(&scene, 0, "place: {commune: \"10930\", point: [20.9312, 106.2113], precision: commune}\n");
    relic(&scene, 1, "place: {commune: \"10930\", point: [20.9412, 106.2213], precision: site}\n");
    relic(&scene, 2, "place: {commune: \"10930\", point: [20.9512, 106.2313], precision: site}\n");
    relic(&scene, 3, "place: {commune: \"10909\"}\n");
    scene.done(&["build"]);
    for page in ["vi/ban-do/", "vi/xa-phuong/mao-dien-10930/"] {
        let page = scene.read(&format!("output/{page}index.html"));
        let drawing = between(&page, "<svg viewBox=\"0 0 360", "</svg>");
        let pins: Vec<&str> = drawing.split("<a class=\"pin\"").skip(1).collect();
        assert_eq!(pins.len(), 2);
        assert!(pins.iter().all(|pin| pin.contains("di-tich-001/") || pin.contains("di-tich-002/")));
        assert!(!drawing.contains("di-tich-000/") && !drawing.contains("style="));
        assert!(!drawing.contains("Hoàng Sa"), "a commune is no nation");
    }
    let near: serde_json::Value = serde_json::from_str(&scene.read("output/data/near/vi.json")).unwrap();
    assert_eq!(
        near,
        serde_json::json!([
            [20.9412, 106.2213, "Di tích 001", "vi/di-tich/di-tich-001/"],
            [20.9512, 106.2313, "Di tích 002", "vi/di-tich/di-tich-002/"],
        ])
    );
}

#[test]
fn a_map_of_the_nation_is_small_and_shows_both_archipelagos() {
    let scene = site();
    let table = fs::read_to_string(repository().join("src/vietnam/vn-units-2025.tsv")).unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    // Every fifteenth commune, the islands' own among them, from the far north to the far south.
    let codes: Vec<&str> = rows.filter_map(|row| row.split('\t').nth(5)).step_by(15).collect();
    for (number, code) in codes.iter().enumerate() {
        let south = 23.0 - 14.0 * number as f64 / codes.len() as f64;
        relic(
            &scene,
            number,
            &format!("place: {{commune: \"{code}\", point: [{south:.4}, 105.7], precision: commune}}\n"),
        );
    }
    scene.done(&["build"]);
    let map = scene.read("output/vi/ban-do/index.html");
    for island in ["Hoàng Sa", "Trường Sa"] {
        let drawn = between(&map, "<svg viewBox=\"0 0 360", "</svg>");
        assert!(drawn.contains(&format!("text-anchor=\"middle\">{island}</text>")), "{island}");
    }
    assert!(map.len() < 60_000, "{} bytes", map.len());
    assert!(map.matches("<a class=\"area\"").count() <= 48);
    assert!(scene.path("output/vi/ban-do/hai-phong/index.html").exists());
    let communes = scene.read("output/vi/xa-phuong/index.html");
    assert!(communes.contains("xa-phuong/hai-phong/") && communes.len() < 60_000, "{}", communes.len());
}

#[test]
fn a_home_tells_what_is_where_and_when_and_shows_few_pictures() {
    let scene = &*EXAMPLE;
    let home = scene.read("output/index.html");
    let pictures: BTreeSet<&str> =
        home.split("<img src=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!((1..=4).contains(&pictures.len()), "{pictures:?}");
    for wanted in [
        "href=\"vi/xa-phuong/tue-tinh-10909/\"",
        "href=\"en/communes/tue-tinh-10909/\"",
        "href=\"vi/le-hoi/\"",
        "href=\"en/map/\"",
        "href=\"vi/di-tich/xep-hang/quoc-gia-dac-biet/\"",
        "<li data-until=\"2027-01-03\">",
        "class=\"trail\"",
    ] {
        assert!(home.contains(wanted), "{wanted}");
    }
    // An empty site has none of it and breaks nowhere.
    let bare = site();
    relic(&bare, 0, "draft: true\n");
    bare.done(&["build"]);
    assert!(!bare.path("output/vi/le-hoi").exists() && !bare.path("output/vi/ban-do").exists());
    assert!(!bare.read("output/index.html").contains("le-hoi/"));
}
