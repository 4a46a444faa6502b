//! Symbols alone: drawings without a font, pictures of whole pixels that print at their true size, pages as large as they.

use crate::press::made_of;
use crate::scene::{Scene, repository, tool};
use serde_json::{Value, json};

/// What zxing-cpp reads in a picture.
fn read(scene: &Scene, name: &str) -> String {
    let script = repository().join("tests/tools/zxing.py");
    tool("python3", &[script.to_str().unwrap(), scene.path(name).to_str().unwrap()])
}

const ADDRESS: &str = "https://HAIDUONG.DAUTICH.EXAMPLE/Q/7K3MQ5/\n";

#[test]
fn a_drawing_needs_no_font_and_says_whose_it_is() {
    let scene = Scene::example();
    scene.change(
        "content/relics/van-mieu-mao-dien/index.md",
        "title: Văn miếu Mao Điền",
        "title: Văn miếu <Mao> & Điền",
    );
    scene.done(&["sheets", "--form", "svg", "--size", "80"]);
    assert_eq!(scene.files("print").len(), 6);
    let svg = scene.read("print/svg-80mm-proof/7K3MQ5.svg");
    // Python's own parser takes it.
    let parse = "import sys,xml.etree.ElementTree as t;r=t.parse(sys.argv[1]).getroot();print(r.attrib['width'],r.attrib['viewBox'],[c.tag.split('}')[1] for c in r],r[0].text)";
    let path = scene.path("print/svg-80mm-proof/7K3MQ5.svg");
    assert_eq!(
        tool("python3", &["-c", parse, path.to_str().unwrap()]),
        "102.069mm 0 0 37 40 ['title', 'path', 'path', 'path'] Mã QR · Văn miếu <Mao> & Điền · haiduong.dautich.example/Q/7K3MQ5\n"
    );
    assert!(!svg.contains("<text") && !svg.contains("font") && !svg.contains("href"));
    // Drawn by a library that did not write it, at another size than ours.
    let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).unwrap();
    let mut map = resvg::tiny_skia::Pixmap::new(500, 540).unwrap();
    let scale =
        resvg::tiny_skia::Transform::from_scale(500.0 / tree.size().width(), 540.0 / tree.size().height());
    resvg::render(&tree, scale, &mut map.as_mut());
    let grey: Vec<u8> = map.data().chunks(4).map(|pixel| pixel[0]).collect();
    image::GrayImage::from_raw(500, 540, grey).unwrap().save(scene.path("drawn.png")).unwrap();
    assert_eq!(read(&scene, "drawn.png"), ADDRESS);
}

#[test]
fn a_picture_is_of_whole_pixels_and_prints_at_its_size() {
    let scene = Scene::example();
    for (size, most) in [("20", 5000), ("80", 5000), ("300,5", 5000)] {
        scene.done(&["sheets", "--form", "png", "--size", size, "--only", "7K3MQ5"]);
        let name = format!("print/png-{}mm-proof/7K3MQ5.png", size.replace(',', "."));
        assert_eq!(read(&scene, &name), ADDRESS);
        let look = "import sys\nfrom PIL import Image\ni=Image.open(sys.argv[1]);print(i.mode,i.size[0],i.size[1],i.info['dpi'][0])";
        let said = tool("python3", &["-c", look, scene.path(&name).to_str().unwrap()]);
        let said: Vec<&str> = said.split_whitespace().collect();
        let (wide, high): (u32, u32) = (said[1].parse().unwrap(), said[2].parse().unwrap());
        let dpi: f64 = said[3].parse().unwrap();
        assert!(said[0] == "L" && wide % 37 == 0 && high <= most, "{said:?}");
        let side: f64 = size.replace(',', ".").parse().unwrap();
        assert!((f64::from(wide) / dpi * 25.4 - side * 37.0 / 29.0).abs() < 0.01 * side, "{said:?}");
        // No pixel of the symbol is grey: modules end between pixels.
        let picture = image::open(scene.path(&name)).unwrap().into_luma8();
        let module = wide / 37;
        let grey = picture
            .enumerate_pixels()
            .filter(|(_, y, pixel)| *y < 37 * module && !matches!(pixel[0], 0 | 255));
        assert_eq!(grey.count(), 0);
    }
}

#[test]
fn a_page_is_as_large_as_its_symbol_and_takes_black_ink_only_for_a_press() {
    let scene = Scene::example();
    scene.done(&["sheets", "--form", "pdf", "--size", "80", "--press", "--only", "7K3MQ5"]);
    let path = scene.path("print/pdf-80mm-proof/7K3MQ5.pdf");
    let pdf = made_of(&path);
    assert_eq!(pdf["inks"], json!(["k 0.0 0.0 0.0 1.0"]));
    let media: Vec<f64> =
        pdf["boxes"][0]["MediaBox"].as_array().unwrap().iter().map(|n| Value::as_f64(n).unwrap()).collect();
    assert!((media[2] * 25.4 / 72.0 - 80.0 * 37.0 / 29.0).abs() < 0.01, "{media:?}");
    let stem = scene.path("page");
    tool(
        "pdftoppm",
        &["-r", "100", "-gray", "-png", "-singlefile", path.to_str().unwrap(), stem.to_str().unwrap()],
    );
    assert_eq!(read(&scene, "page.png"), ADDRESS);
}

#[test]
fn a_size_that_cannot_be_printed_is_refused_and_nothing_is_left() {
    let scene = Scene::example();
    for (size, words) in [
        ("0", "is no side that can be printed"),
        ("-80", "is no side that can be printed"),
        ("NaN", "is no side that can be printed"),
        ("inf", "is no side that can be printed"),
        ("3001", "is no side that can be printed"),
        ("14", "has modules of 0.48 mm, hard to read; at least 0.5 mm"),
    ] {
        let ran = scene.run(&["--lang", "en", "sheets", "--form", "svg", "--size", size]);
        assert!(ran.exit == 2 && ran.stderr.contains(words), "{size}: {}", ran.stderr);
    }
    assert!(
        scene.run(&["sheets", "--form", "svg"]).exit == 2 && scene.run(&["sheets", "--size", "80"]).exit == 2
    );
    assert!(scene.files("print").is_empty());
}

#[test]
fn issued_symbols_bear_no_stamp_and_are_a_batch() {
    let scene = Scene::on_a_real_domain();
    scene.done(&["sheets", "--form", "svg", "--size", "80", "--issue", "--only", "7K3MQ5"]);
    let (name, bytes) = scene.files("print").remove(0);
    assert!(name.starts_with("svg-80mm-2026-11-21-") && name.ends_with("/7K3MQ5.svg"), "{name}");
    assert!(String::from_utf8(bytes).unwrap().contains("viewBox=\"0 0 37 37\""));
    assert!(scene.read("ledger.tsv").contains("\tsvg-80mm\t1\t"), "{}", scene.read("ledger.tsv"));
}
