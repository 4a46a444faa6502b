//! What is printed besides the default label: every layout read back when worn, a site's own stocks, logos, Wi-Fi codes,
//! and no word outside its label.

use crate::codes::pages;
use crate::scene::{Scene, repository, tool};
use dautich::print::layout::Layout;
use dautich::print::layouts::Layouts;
use std::path::{Path, PathBuf};

const HOST: &str = "https://HAIDUONG.DAUTICH.EXAMPLE/Q";
const WIFI: &str = r"WIFI:T:WPA;S:Khach tham quan;P:chao\;khach\:2026;;";

fn known() -> Layouts {
    Layouts::read(None, jiff::civil::date(2026, 11, 22)).0
}

/// The example site with two logos and the Wi-Fi of two relics.
fn dressed() -> Scene {
    let scene = Scene::example();
    scene.write("dautich.yaml", scene.read("dautich.yaml") + "logos: [logo một.svg, hai.svg]\n");
    scene.write(
        "logo một.svg",
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><circle cx="4" cy="4" r="4" onclick="x()"/></svg>"##,
    );
    scene.write(
        "hai.svg",
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h30L0 10z"/></svg>"##,
    );
    scene.write("wifi.yaml", "networks:\n  - {ssid: Khach tham quan, password: \"chao;khach:2026\"}\n");
    for name in ["van-mieu-mao-dien", "chua-con-son"] {
        let file = format!("content/relics/{name}/index.md");
        let lines = scene.read(&file);
        let kept: Vec<&str> = lines.lines().filter(|line| !line.starts_with("wifi:")).collect();
        let head = "---\nwifi: {ssid: Khach tham quan, security: WPA}\n";
        scene.write(&file, kept.join("\n").replacen("---\n", head, 1) + "\n");
    }
    scene
}

fn printed(scene: &Scene, layout: &str, ids: &str) -> PathBuf {
    scene.done(&["sheets", "--layout", layout, "--only", ids]);
    scene.path(&format!("print/{layout}-proof.pdf"))
}

/// What readers outside the program find on a layout's pages, each worn in so many ways, is what was printed there.
fn reads(scene: &Scene, layout: &Layout, dpi: u32, ways: u8) {
    let pdf = printed(scene, &layout.name, "7K3MQ5,4HWTNB");
    let pages = pages(scene, &pdf, dpi);
    let python = std::env::var("DAUTICH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = repository().join("tests/tools/worn.py");
    let held = layout.holding(2 / pages.len());
    let boxes: Vec<String> = (0..2 / pages.len())
        .map(|at| {
            let ((x, y), (across, down)) = (held.corner(at, 2 / pages.len()), held.paper);
            [x / across, y / down, held.width / across, held.height / down]
                .map(|share| share.to_string())
                .join(",")
        })
        .collect();
    let mut arguments = vec![script.to_str().unwrap().to_owned(), ways.to_string(), boxes.join(";")];
    arguments.extend(pages.iter().map(|page| page.to_str().unwrap().to_owned()));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let found = tool(&python, &arguments);
    assert_eq!(found.lines().count(), pages.len() * usize::from(ways) * 2);
    for line in found.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let mut want = match (pages.len(), cells[0] == pages[0].to_str().unwrap()) {
            (1, _) => vec![format!("{HOST}/4HWTNB/"), format!("{HOST}/7K3MQ5/")],
            (_, true) => vec![format!("{HOST}/4HWTNB/")],
            (_, false) => vec![format!("{HOST}/7K3MQ5/")],
        };
        want.extend(layout.wifi.as_ref().map(|_| WIFI.to_owned()));
        want.sort();
        assert_eq!(cells[3..], want, "{} at {dpi} dpi, {}, {}", layout.name, cells[1], cells[2]);
    }
}

#[test]
fn the_smallest_label_and_both_codes_of_a_plaque_are_read_though_worn() {
    let scene = dressed();
    for name in ["L7160", "A5-wifi"] {
        reads(&scene, known().find(name).unwrap(), 150, 5);
    }
}

/// Every layout, at two resolutions, worn in every way, by both readers: minutes of work.
#[test]
fn every_layout_is_read_though_worn() {
    if std::env::var_os("DAUTICH_LONG").is_none() {
        return;
    }
    let scene = dressed();
    for layout in known().iter() {
        for dpi in [150, 300] {
            reads(&scene, layout, dpi, 5);
        }
    }
}

/// Words of a page with the boxes in which `pdftotext` finds their letters, in millimetres: left, top, right, bottom.
fn words(pdf: &Path, page: usize) -> Vec<(String, [f32; 4])> {
    let page = page.to_string();
    let html = tool("pdftotext", &["-bbox", "-f", &page, "-l", &page, pdf.to_str().unwrap(), "-"]);
    let number = |line: &str, name: &str| -> f32 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse::<f32>().unwrap() * 25.4 / 72.0
    };
    let word = |line: &str| {
        let text = line.split_once('>')?.1.split_once("</word>")?.0.to_owned();
        Some((text, ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name))))
    };
    html.lines().filter(|line| line.contains("<word ")).filter_map(word).collect()
}

/// Words that stand in none of a page's labels, of which the first is `of`; the line at the foot is the printer's.
fn overrun(words: &[(String, [f32; 4])], layout: &Layout, of: usize) -> Vec<String> {
    let edge = layout.frame.unwrap_or(0.0);
    let inside = |[left, top, right, bottom]: [f32; 4]| {
        (0..of).any(|at| {
            let (x, y) = layout.corner(at, of);
            let sides = left >= x + edge - 0.3 && right <= x + layout.width - edge + 0.3;
            // The boxes are as high as the font's highest and lowest letter, printed or not, and a stamp runs upward.
            sides && top >= y + edge - 1.0 && bottom <= y + layout.height - edge + 1.0
        })
    };
    let foot = layout.paper.1 - 4.0;
    words.iter().filter(|(_, at)| at[1] < foot && !inside(*at)).map(|(word, _)| word.clone()).collect()
}

const LONGEST: &str = "Chùa Côn Sơn – Khu di tích quốc gia đặc biệt Côn Sơn – Kiếp Bạc";

/// A site whose names are as long as real ones get, and one as long as a label may hold.
fn long_names() -> Scene {
    let scene = dressed();
    let name = |file: &str, title: &str| {
        let lines: Vec<String> = scene
            .read(file)
            .lines()
            .map(
                |line| {
                    if line.starts_with("title:") { format!("title: \"{title}\"") } else { line.to_owned() }
                },
            )
            .collect();
        scene.write(file, lines.join("\n") + "\n");
    };
    name("content/relics/chua-con-son/index.md", LONGEST);
    name(
        "content/relics/chua-con-son/index.en.md",
        "Côn Sơn Pagoda – the Côn Sơn and Kiếp Bạc Special National Relic",
    );
    // Decomposed, with marks stacked on capitals.
    name(
        "content/relics/van-mieu-mao-dien/index.md",
        "Ê\u{301}\u{302} ĐỀN THỜ ĐỨC THÁNH TRẦN Ở NGÕ NGHỄ".trim_start_matches("Ê\u{301}\u{302} "),
    );
    scene
}

#[test]
fn no_word_leaves_its_label() {
    let scene = long_names();
    for layout in known().iter().filter(|layout| layout.wall.is_none()) {
        let pdf = printed(&scene, &layout.name, "7K3MQ5,4HWTNB");
        let of = layout.per_page();
        let text = tool("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(LONGEST), "{}", layout.name);
        for page in 1..=2_usize.div_ceil(of) {
            let words = words(&pdf, page);
            assert!(words.len() > 10, "{}", layout.name);
            assert_eq!(overrun(&words, layout, of), [""; 0], "{}", layout.name);
            // The same words on labels half as wide do run over: the test can fail.
            let narrower = Layout {
                width: layout.width * 0.55,
                pitch_across: layout.pitch_across * 0.55,
                ..layout.clone()
            };
            assert_ne!(overrun(&words, &narrower, of), [""; 0], "{}", layout.name);
        }
    }
}

#[test]
fn a_site_prints_on_its_own_stock_with_its_own_words() {
    let scene = Scene::example();
    let own = "layouts:\n  nhãn kho:\n    like: L7160\n    grid: [2, 5]\n    label: [90, 50]\n    pitch: [94, 52]\n    first: [12, 9.5]\n    radius: 2\n    symbol: 30\n";
    scene.write("layouts.yaml", own);
    scene.done(&["check"]);
    let pdf = printed(&scene, "nhãn kho", "7K3MQ5,4HWTNB");
    let (layouts, found) = Layouts::read(Some(own), jiff::civil::date(2026, 11, 22));
    assert!(found.is_empty());
    assert_eq!(overrun(&words(&pdf, 1), layouts.find("nhãn kho").unwrap(), 10), [""; 0]);
    reads(&scene, layouts.find("nhãn kho").unwrap(), 150, 1);
    let listed = scene.run(&["sheets", "--layout", "nhan"]);
    assert!(listed.exit == 2 && listed.stderr.contains("nhãn kho"), "{}", listed.stderr);
}

#[test]
fn logos_are_printed_in_grey_and_nothing_of_them_runs() {
    let scene = dressed();
    let pdf = printed(&scene, "A4", "7K3MQ5");
    let listed = tool("pdfimages", &["-list", pdf.to_str().unwrap()]);
    let pictures: Vec<&str> = listed.lines().skip(2).collect();
    assert_eq!(pictures.len(), 2, "{listed}");
    assert!(pictures.iter().all(|line| line.contains(" gray ") || line.contains(" icc ")), "{listed}");
    let bytes = std::fs::read(&pdf).unwrap();
    assert!(!bytes.windows(11).any(|window| window == b"/JavaScript"));
}

#[test]
fn a_wifi_code_stands_beside_the_ledger_and_never_in_it() {
    let scene = dressed();
    scene.write("dautich.yaml", scene.read("dautich.yaml").replace("dautich.example", "dautich.vn"));
    scene.done(&["sheets", "--layout", "A5-wifi", "--only", "7K3MQ5", "--issue", "--yes"]);
    let ledger = scene.read("ledger.tsv");
    assert!(ledger.contains("7K3MQ5") && !ledger.contains("WIFI") && !ledger.contains("chao"), "{ledger}");
}
