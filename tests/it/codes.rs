//! What a plaque carries: ids that catch slips, and printed codes that two readers outside the program can read.

use crate::scene::{Scene, repository, tool};
use dautich::code::Id;
use dautich::code::id::{ALPHABET, NotAnId};
use dautich::print::layouts::Layouts;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A few thousand ids spread over the whole space, from a fixed seed.
fn many_ids() -> Vec<Id> {
    let mut state = 0x2026_1121_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % 29) as u8
    };
    std::iter::repeat_with(|| Id::from_draw([draw(), draw(), draw(), draw(), draw()]))
        .flatten()
        .take(3000)
        .collect()
}

#[test]
fn the_vectors_of_the_design_are_ids() {
    for text in ["7K3MQ5", "R8CDTS", "4HWTNB", "XJ5P9D"] {
        assert_eq!(Id::parse(text).unwrap().as_str(), text);
    }
    assert_eq!(Id::parse("7K3MQ6"), Err(NotAnId::Check));
    assert_eq!(Id::parse("7K3MQ"), Err(NotAnId::Length));
    assert_eq!(Id::parse("7K3MQ50"), Err(NotAnId::Character('0')));
    assert_eq!(Id::parse("7k3mq5"), Err(NotAnId::Character('k')));
}

#[test]
fn every_single_slip_is_caught() {
    for id in many_ids() {
        let good = id.as_str().as_bytes().to_vec();
        let caught = |slip: Vec<u8>| slip == good || Id::parse(std::str::from_utf8(&slip).unwrap()).is_err();
        for at in 0..6 {
            for symbol in ALPHABET {
                let mut slip = good.clone();
                slip[at] = *symbol;
                assert!(caught(slip), "{id}: one wrong character");
            }
        }
        for (a, b) in (0..5).map(|at| (at, at + 1)).chain((0..4).map(|at| (at, at + 2))) {
            let mut slip = good.clone();
            slip.swap(a, b);
            assert!(caught(slip), "{id}: a swap");
        }
        for at in 0..5 {
            for twin in ALPHABET.iter().filter(|_| good[at] == good[at + 1]) {
                let mut slip = good.clone();
                (slip[at], slip[at + 1]) = (*twin, *twin);
                assert!(caught(slip), "{id}: a twin");
            }
        }
    }
}

#[test]
fn no_id_is_all_digits_or_abuse() {
    for a in 0..29 {
        for b in 0..29 {
            for c in 0..29 {
                if let Some(id) = Id::from_draw([a, b, c, (a + b) % 29, (b + c) % 29]) {
                    let text = id.as_str();
                    assert!(text.bytes().any(|byte| byte.is_ascii_alphabetic()), "{text}");
                    assert!(!["VCL", "DCM", "VKL", "CLGT"].iter().any(|word| text.contains(word)), "{text}");
                }
            }
        }
    }
    assert!(Id::from_draw([24, 9, 16, 0, 0]).is_none(), "VCL… was given");
}

/// The pages of a PDF as PNG at a resolution.
pub fn pages(scene: &Scene, pdf: &Path, dpi: u32) -> Vec<PathBuf> {
    let stem = pdf.file_stem().unwrap().to_string_lossy();
    let prefix = scene.path(&format!("{stem}-{dpi}"));
    tool("pdftoppm", &["-r", &dpi.to_string(), "-png", pdf.to_str().unwrap(), prefix.to_str().unwrap()]);
    let mut pages: Vec<PathBuf> = std::fs::read_dir(scene.root())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().starts_with(&*prefix.to_string_lossy()))
        .collect();
    pages.sort();
    pages
}

fn by_zbar(page: &Path) -> Vec<String> {
    let text = tool("zbarimg", &["-q", "--raw", "--nodbus", page.to_str().unwrap()]);
    let mut codes: Vec<String> = text.lines().map(str::to_owned).collect();
    codes.sort();
    codes
}

fn by_zxing(page: &Path) -> Vec<String> {
    let python = std::env::var("DAUTICH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = repository().join("tests/tools/zxing.py");
    let text = tool(&python, &[script.to_str().unwrap(), page.to_str().unwrap()]);
    let mut codes: Vec<String> = text.lines().map(str::to_owned).collect();
    codes.sort();
    codes
}

fn known() -> Layouts {
    Layouts::read(None, jiff::civil::date(2026, 11, 22)).0
}

/// The labels of a page, each cut out as a picture of its own.
fn labels(page: &Path, layout: &str) -> Vec<PathBuf> {
    let layouts = known();
    let layout = layouts.find(layout).unwrap();
    let picture = image::open(page).unwrap();
    let pixels = |mm: f32| (mm * picture.width() as f32 / layout.paper.0) as u32;
    let cut = |at: usize| {
        let (x, y) = layout.corner(at, layout.per_page());
        let label = picture.crop_imm(pixels(x), pixels(y), pixels(layout.width), pixels(layout.height));
        let path = page.with_extension(format!("{at}.png"));
        label.save(&path).unwrap();
        path
    };
    (0..layout.per_page()).map(cut).collect()
}

/// Titles by printed address, from the data file that a build writes.
fn titles(scene: &Scene) -> BTreeMap<String, Vec<String>> {
    let data: serde_json::Value = serde_json::from_str(&scene.read("output/data/entries.json")).unwrap();
    let entry = |entry: &serde_json::Value| {
        let titles = entry["title"].as_object().unwrap().values();
        (
            entry["printed_address"].as_str().unwrap().to_owned(),
            titles.map(|t| t.as_str().unwrap().to_owned()).collect(),
        )
    };
    data["entries"].as_array().unwrap().iter().map(entry).collect()
}

#[test]
fn the_printed_sheets_are_read_by_two_readers_and_each_code_leads_to_its_page() {
    let scene = Scene::whole();
    scene.done(&["build"]);
    let titles = titles(&scene);
    for layout in ["L7164", "A5"] {
        scene.done(&["sheets", "--layout", layout]);
        let pdf = scene.path(&format!("print/{layout}-proof.pdf"));
        let (mut zbar, mut zxing): (Vec<String>, Vec<String>) = Default::default();
        for page in &pages(&scene, &pdf, 150) {
            zxing.extend(by_zxing(page));
            // zbar takes the finders of neighbours for one another's: it is shown one label at a time, as a phone is.
            let left = titles.len() - zbar.len();
            zbar.extend(labels(page, layout).iter().take(left).flat_map(|label| by_zbar(label)));
        }
        zbar.sort();
        zxing.sort();
        let mut want: Vec<String> = titles.keys().cloned().collect();
        want.sort();
        assert_eq!(zxing, want, "{layout}");
        assert_eq!(zbar, want, "{layout}");
        // In the order of drawing, so that a name on two lines stays whole.
        let text = tool("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (address, names) in &titles {
            let path = address.strip_prefix("https://HAIDUONG.DAUTICH.EXAMPLE/").unwrap();
            let page = scene.read(&format!("output/{path}index.html"));
            for name in names {
                assert!(page.contains(&name.replace('\'', "&#39;")), "{address} does not lead to {name}");
                assert!(text.contains(name), "{layout} does not say {name}");
            }
            assert!(text.contains(&format!("haiduong.dautich.example/{}", path.trim_end_matches('/'))));
        }
        assert!(text.contains("BẢN NHÁP"), "a proof says that it is one");
    }
}

#[test]
fn a_wall_shows_the_places_of_its_commune_and_their_codes_are_read() {
    let scene = Scene::whole();
    // Seven places in one ward: more than a page holds.
    let place = |entry: &str| {
        let file = format!("content/relics/{entry}/index.md");
        let text = scene.read(&file);
        let code = text.lines().find(|line| line.starts_with("  commune: ")).unwrap().to_owned();
        scene.change(&file, &code, "  commune: \"10570\"");
    };
    for entry in ["den-quat", "den-bia", "chua-giam", "chua-thanh-mai"] {
        place(entry);
    }
    scene.done(&["build"]);
    let data: serde_json::Value = serde_json::from_str(&scene.read("output/data/entries.json")).unwrap();
    let here = |entry: &&serde_json::Value| entry["place"]["commune"] == "10570";
    let here: Vec<&str> = (data["entries"].as_array().unwrap().iter().filter(here))
        .map(|entry| entry["printed_address"].as_str().unwrap())
        .collect();
    assert_eq!(here.len(), 7);
    scene.done(&["sheets", "--layout", "commune", "--commune", "10570"]);
    let pdf = scene.path("print/commune-proof.pdf");
    let pages = pages(&scene, &pdf, 150);
    let read: Vec<Vec<String>> = pages.iter().map(|page| by_zxing(page)).collect();
    assert_eq!(read.iter().map(Vec::len).collect::<Vec<_>>(), [6, 1]);
    let (mut read, mut want) = (read.concat(), here.clone());
    read.sort();
    want.sort();
    assert_eq!(read, want);
    let text = tool("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for address in want {
        let path = address.strip_prefix("https://HAIDUONG.DAUTICH.EXAMPLE/").unwrap();
        let page = scene.read(&format!("output/{path}index.html"));
        for name in &titles(&scene)[address] {
            assert!(page.contains(&name.replace('\'', "&#39;")), "{address} does not lead to {name}");
            assert!(text.contains(name), "the wall does not say {name}");
        }
        assert!(text.contains(&format!("haiduong.dautich.example/{}", path.trim_end_matches('/'))));
    }
    for words in [
        "Phường Trần Hưng Đạo Thành phố Hải Phòng Trần Hưng Đạo ward, Hải Phòng city Di tích và đặc sản Hải Dương Thành đoàn Hải Dương (trang ví dụ) ",
        "Quét bằng Zalo hoặc máy ảnh Scan with your phone’s camera BẢN NHÁP",
        "Phường Trần Hưng Đạo (tiếp theo) ",
        "Trần Hưng Đạo ward, Hải Phòng city (continued) ",
    ] {
        assert!(text.contains(words), "the wall does not say {words}: {text}");
    }
}

#[test]
fn the_walls_of_all_communes_are_read_and_each_place_is_on_its_own_communes() {
    let scene = Scene::whole();
    scene.done(&["build"]);
    let ran = scene.done(&["sheets", "--layout", "commune"]);
    let pdf = scene.path("print/commune-proof.pdf");
    let first = std::fs::read(&pdf).unwrap();
    scene.done(&["sheets", "--layout", "commune"]);
    assert!(std::fs::read(&pdf).unwrap() == first, "the same bytes");
    let data: serde_json::Value = serde_json::from_str(&scene.read("output/data/entries.json")).unwrap();
    let mut want: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in data["entries"].as_array().unwrap() {
        let id = entry["id"].as_str().unwrap();
        match entry["place"]["commune"].as_str() {
            Some(code) => {
                let address = entry["printed_address"].as_str().unwrap().to_owned();
                want.entry(code.to_owned()).or_default().push(address);
            }
            None => assert!(ran.stderr.contains(&format!("  {id}  ")), "{id} is left out and not told"),
        }
    }
    want.values_mut().for_each(|addresses| addresses.sort());
    let read: Vec<Vec<String>> = pages(&scene, &pdf, 150).iter().map(|page| by_zxing(page)).collect();
    assert_eq!(read, want.into_values().collect::<Vec<_>>());
}

#[test]
fn every_layout_is_read_whole_and_says_whose_it_is() {
    let scene = Scene::example();
    for layout in known().iter().filter(|layout| layout.wifi.is_none()) {
        let name = &layout.name;
        scene.done(&["sheets", "--layout", name, "--only", "7K3MQ5,4HWTNB"]);
        let pdf = scene.path(&format!("print/{name}-proof.pdf"));
        let mut read: Vec<String> = pages(&scene, &pdf, 150).iter().flat_map(|page| by_zxing(page)).collect();
        read.sort();
        let at = |id: &str| format!("https://HAIDUONG.DAUTICH.EXAMPLE/Q/{id}/");
        assert_eq!(read, [at("4HWTNB"), at("7K3MQ5")], "{name}");
        let text = tool("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" /Q/", "/Q/");
        for words in ["Văn miếu Mao Điền", "Chùa Côn Sơn", "haiduong.dautich.example/Q/7K3MQ5", "100 %"]
        {
            assert!(text.contains(words), "{name} does not say {words}: {text}");
        }
    }
}

#[test]
fn a_plaque_says_where_it_is_cut_and_how_to_scan_it() {
    let scene = Scene::example();
    scene.done(&["sheets", "--layout", "a5", "--only", "7K3MQ5"]);
    let pdf = scene.path("print/A5-proof.pdf");
    let boxes = tool("pdfinfo", &["-box", pdf.to_str().unwrap()]);
    let points = |name: &str| -> Vec<f32> {
        let line = boxes.lines().find(|line| line.starts_with(name)).expect(name);
        line.split_whitespace().skip(1).map(|n| n.parse().unwrap()).collect()
    };
    let (trim, bleed) = (points("TrimBox:"), points("BleedBox:"));
    let mm = |points: f32| points * 25.4 / 72.0;
    assert!((mm(trim[2] - trim[0]) - 148.0).abs() < 0.05 && (mm(trim[3] - trim[1]) - 210.0).abs() < 0.05);
    assert!((mm(trim[0] - bleed[0]) - 3.0).abs() < 0.05 && (mm(bleed[3] - trim[3]) - 3.0).abs() < 0.05);
    let text = tool("pdftotext", &[pdf.to_str().unwrap(), "-"]);
    for words in [
        "Quét bằng Zalo hoặc máy ảnh",
        "Scan with your phone’s camera",
        "xã Mao Điền, thành phố Hải Phòng",
        "Di tích và đặc sản Hải Dương",
    ] {
        assert!(text.contains(words), "the plaque does not say {words}: {text}");
    }
}

#[test]
fn symbols_of_many_addresses_are_read_by_a_reader_outside() {
    let scene = Scene::empty();
    let hosts =
        ["dautich.vn", "disan.haiduong.vn", "ditich.haiphong.gov.vn", "thanhdoan-hai-duong.example.org"];
    let mut want = Vec::new();
    for (number, id) in many_ids().into_iter().take(40).enumerate() {
        let base = dautich::code::PrintedAddress::parse(&format!("https://{}/", hosts[number % hosts.len()]))
            .unwrap();
        let address = base.of(id);
        let symbol = dautich::code::Symbol::encode(&address).unwrap();
        let side = u32::from(symbol.size) + 8;
        let picture = image::GrayImage::from_fn(side * 6, side * 6, |x, y| {
            let dark = symbol.is_dark((x / 6) as i32 - 4, (y / 6) as i32 - 4);
            image::Luma([if dark { 0 } else { 255 }])
        });
        let path = scene.path(&format!("{number:02}.png"));
        picture.save(&path).unwrap();
        want.push((path, address));
    }
    for (path, address) in want {
        assert_eq!(by_zbar(&path), std::slice::from_ref(&address));
        assert_eq!(by_zxing(&path), [address]);
    }
}
