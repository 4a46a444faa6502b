//! What machines read: sitemap, robots, Atom, CSV, GeoJSON, JSON-LD, headers; and lists in pages of 48.

use crate::scene::Scene;
use usvg::roxmltree::Document;

/// Titles that try to break out of whatever they are put in.
const HOSTILE: &str = "=1+1 </script><script>alert(1)</script> \\\"quoted\\\" & ]]> 'x'";

fn id(number: usize) -> String {
    let draw = [number % 29, number / 29 % 29, 11, 12, 14].map(|n| n as u8);
    dautich::code::Id::from_draw(draw).unwrap().to_string()
}

/// A site of `count` relics in one commune; those whose number is even have a measured point, a kilometre apart.
fn many(count: usize) -> Scene {
    let scene = Scene::empty();
    scene.write(
        "dautich.yaml",
        "title: {vi: Thử, en: Test}\nprinted_address: https://thu.vn/\nbase_url: https://thu.vn/du-an/\n",
    );
    for n in 0..count {
        let point = if n % 2 == 0 {
            format!("  point: [{:.4}, 106.3000]\n  precision: site\n", 20.0 + n as f64 * 0.0045)
        } else {
            String::new()
        };
        scene.write(
            &format!("content/relics/di-tich-{n:03}/index.md"),
            format!(
                "---\nid: {}\ntitle: Di tích {n:03}\nsummary: Tóm tắt.\ntypes: [history]\nplace:\n  commune: \"10930\"\n{point}updated: 2026-11-{:02}\n---\nBài.\n",
                id(n),
                n % 28 + 1
            ),
        );
        scene.write(
            &format!("content/relics/di-tich-{n:03}/index.en.md"),
            format!("---\ntitle: Relic {n:03}\nsummary: Summary.\n---\nText.\n"),
        );
    }
    scene
}

#[test]
fn every_address_of_the_sitemap_stands_and_is_named_once() {
    let scene = Scene::example();
    scene.done(&["build"]);
    let text = scene.read("output/sitemap.xml");
    let xml = Document::parse(&text).unwrap();
    let addresses: Vec<&str> = xml
        .descendants()
        .filter(|n| n.has_tag_name("loc") || n.tag_name().name() == "loc")
        .filter_map(|n| n.text())
        .collect();
    // Every page of a language, and the home; each once.
    let own =
        |name: &str| name.ends_with("index.html") && (name.starts_with("vi/") || name.starts_with("en/"));
    let pages = scene.files("output").iter().filter(|(name, _)| own(name)).count();
    assert!(pages > 6 * 2 + 3 * 2 && addresses.len() == pages + 1, "{} of {pages}", addresses.len());
    let once: std::collections::BTreeSet<_> = addresses.iter().collect();
    assert_eq!(once.len(), addresses.len());
    for address in &addresses {
        let path = address.strip_prefix("https://haiduong.dautich.example/").unwrap();
        let page = scene.read(&format!("output/{path}index.html"));
        assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{address}");
        assert!(!path.starts_with("Q/") && !page.contains("noindex"));
    }
    assert!(
        scene.read("output/robots.txt").contains("Sitemap: https://haiduong.dautich.example/sitemap.xml")
    );
    assert!(scene.read("output/_headers").contains("script-src 'self' 'sha256-"));
}

#[test]
fn the_feed_is_whole_and_newest_first() {
    let scene = many(60);
    scene.done(&["build"]);
    let text = scene.read("output/vi/atom.xml");
    let xml = Document::parse(&text).unwrap();
    let texts = |tag: &str| -> Vec<String> {
        let entries = xml.root_element().children().filter(|n| n.tag_name().name() == "entry");
        entries
            .filter_map(|e| e.children().find(|n| n.tag_name().name() == tag)?.text().map(str::to_owned))
            .collect()
    };
    let days = texts("updated");
    assert_eq!(days.len(), 50);
    assert!(days.is_sorted_by(|a, b| a >= b));
    let mut ids = texts("id");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 50);
    assert!(xml.root_element().children().any(|n| n.tag_name().name() == "updated"));
}

#[test]
fn lists_come_in_pages_and_entries_lead_to_their_neighbours() {
    let scene = many(100);
    scene.done(&["build"]);
    let cards = |path: &str| scene.read(path).matches("<li><a href=\"").count();
    assert!(
        cards("output/vi/di-tich/index.html") >= 48
            && scene.path("output/vi/di-tich/trang/3/index.html").exists()
    );
    assert!(scene.path("output/en/relics/page/2/index.html").exists());
    assert!(
        !scene.path("output/vi/di-tich/trang/1").exists()
            && !scene.path("output/vi/di-tich/trang/4").exists()
    );
    let mut seen = std::collections::BTreeSet::new();
    for path in ["vi/di-tich/", "vi/di-tich/trang/2/", "vi/di-tich/trang/3/"] {
        let page = scene.read(&format!("output/{path}index.html"));
        assert!(page.contains("aria-current=\"page\""));
        for rest in page.split("vi/di-tich/di-tich-").skip(1) {
            seen.insert(rest[..3].to_owned());
        }
    }
    assert_eq!(seen.len(), 100, "every entry is in one of the pages");
    let middle = scene.read("output/vi/di-tich/di-tich-050/index.html");
    assert!(middle.contains("di-tich-049/\" rel=\"prev\"") && middle.contains("di-tich-051/\" rel=\"next\""));
    // Half a kilometre of latitude between neighbours, a whole one between measured ones.
    let near = middle.split("p_near\">").nth(2).unwrap().split("</ul>").next().unwrap();
    assert!(near.contains("di-tich-048") && near.contains("<small>1,0 km</small>"), "{near}");
    assert!(
        !near.contains("di-tich-049"),
        "no distance where a point was not measured, and eight nearer ones are"
    );
    let unmeasured = scene.read("output/vi/di-tich/di-tich-051/index.html");
    let near = unmeasured.split("p_near\">").nth(2).unwrap().split("</ul>").next().unwrap();
    assert!(!near.contains("km</small>") && near.matches("<li>").count() == 8);
}

#[test]
fn hostile_titles_stay_words_everywhere() {
    let scene = many(2);
    scene.change(
        "content/relics/di-tich-000/index.md",
        "title: Di tích 000",
        &format!("title: \"{HOSTILE}\""),
    );
    scene.done(&["build"]);
    let page = scene.read("output/vi/di-tich/di-tich-000/index.html");
    assert_eq!(page.matches("<script").count(), 2, "the site's own and the JSON-LD");
    let ld = page.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let ld: serde_json::Value = serde_json::from_str(ld).unwrap();
    assert!(ld["@graph"][0]["name"].as_str().unwrap().contains("</script>"));
    assert_eq!(ld["@graph"][0]["geo"]["latitude"], 20.0);
    Document::parse(&scene.read("output/vi/atom.xml")).unwrap();
    Document::parse(&scene.read("output/sitemap.xml")).unwrap();
    let csv = scene.read("output/data/entries.csv");
    assert!(csv.starts_with("\u{feff}\"id\",\"kind\""));
    assert!(csv.contains("\"'=1+1 </script>") && csv.contains("\"\"quoted\"\""), "{csv}");
    assert!(csv.lines().all(|line| line.ends_with('"')) && csv.contains("\"10930\""));
}

#[test]
fn points_are_given_only_where_they_were_measured() {
    let scene = many(4);
    scene.done(&["build"]);
    let geo: serde_json::Value = serde_json::from_str(&scene.read("output/data/entries.geojson")).unwrap();
    assert_eq!(geo["features"].as_array().unwrap().len(), 2);
    assert_eq!(geo["features"][0]["geometry"]["coordinates"], serde_json::json!([106.3, 20.0]));
    Scene::example().done(&["build"]);
    let example = Scene::example();
    example.done(&["build"]);
    assert!(
        example.read("output/data/entries.geojson").contains("\"features\":[]"),
        "communes' middles are no points"
    );
}

#[test]
fn a_wrong_address_is_answered_from_any_depth() {
    let scene = many(2);
    scene.done(&["build"]);
    let page = scene.read("output/404.html");
    assert!(page.contains("data-root=\"/du-an/\"") && page.contains("href=\"/du-an/vi/di-tich/\""));
    assert!(!page.contains("href=\"../"), "no address may depend on where the host answers");
    assert!(scene.read("output/Q/index.html").contains("data-codes"));
}

#[test]
fn a_shared_page_shows_a_picture_of_its_own_that_follows_its_name() {
    let scene = Scene::example();
    scene.done(&["build"]);
    let card = |page: &str| {
        let page = scene.read(page);
        let start = "<meta property=\"og:image\" content=\"https://haiduong.dautich.example/";
        let (_, rest) = page.split_once(start).expect("no picture for those who share the page");
        rest.split_once('"').unwrap().0.to_owned()
    };
    let picture = |path: &str| image::open(scene.path(&format!("output/{path}"))).unwrap().into_rgb8();
    let landing = card("output/Q/7K3MQ5/index.html");
    assert_eq!(landing, card("output/vi/di-tich/van-mieu-mao-dien/index.html"));
    let home = card("output/index.html");
    assert_eq!(home, card("output/en/relics/index.html"));
    assert_ne!(landing, home);
    let drawn = picture(&landing);
    assert_eq!(drawn.dimensions(), (1200, 630));
    // The name in lacquer red at the left, the drawing and no paper at the right.
    let red = |x: u32, y: u32| drawn.get_pixel(x, y).0[0] > 120 && drawn.get_pixel(x, y).0[1] < 70;
    assert!((64..600).any(|x| (200..430).any(|y| red(x, y))));
    assert!((700..1190).all(|x| drawn.get_pixel(x, 5).0 != [0xfb, 0xf7, 0xef]));
    let article = scene.read("content/relics/van-mieu-mao-dien/index.md");
    scene.write(
        "content/relics/van-mieu-mao-dien/index.md",
        article.replace("title: Văn miếu", "title: Miếu"),
    );
    scene.done(&["build"]);
    let renamed = card("output/Q/7K3MQ5/index.html");
    assert_ne!(renamed, landing, "a changed card keeps its address, and those who share it keep the old one");
    assert!(!scene.path(&format!("output/{landing}")).exists());
    assert_ne!(picture(&renamed), drawn);
}
