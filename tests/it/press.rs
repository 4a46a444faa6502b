//! What a sheet's PDF is made of, read by programs that did not write it: inks, boxes, fonts, tags, text and receipt.

use crate::scene::{Scene, repository, tool};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// A PDF as pikepdf reads it.
pub fn made_of(pdf: &Path) -> Value {
    let script = repository().join("tests/tools/press.py");
    serde_json::from_str(&tool("python3", &[script.to_str().unwrap(), pdf.to_str().unwrap()])).unwrap()
}

/// The text of a PDF in the order of drawing, every run of blanks one blank.
pub fn words(pdf: &Path) -> String {
    let text = tool("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_office_sheet_is_an_archive_file_with_tags_in_reading_order() {
    let scene = Scene::example();
    scene.done(&["sheets", "--layout", "A5", "--only", "7K3MQ5"]);
    let pdf = made_of(&scene.path("print/A5-proof.pdf"));
    assert_eq!((&pdf["xmp"]["pdfaid:part"], &pdf["xmp"]["pdfaid:conformance"]), (&json!("2"), &json!("B")));
    assert_eq!(pdf["intents"], json!(["/GTS_PDFA1"]));
    // Black, and the grey of the marks, each of one grey component.
    assert_eq!(pdf["inks"], json!(["ICCBased/1 0.0", "ICCBased/1 0.471"]));
    assert_eq!((&pdf["lang"], &pdf["marked"]), (&json!("vi"), &json!(true)));
    for font in pdf["fonts"].as_array().unwrap() {
        assert!(font["embedded"] == true && font["unicode"] == true, "{font}");
    }
    let tags: Vec<String> = (pdf["tags"].as_array().unwrap().iter())
        .map(|tag| {
            let part = |key: &str| tag[key].as_str().map(|text| format!(" {text}")).unwrap_or_default();
            format!("{}{}{}", tag["tag"].as_str().unwrap(), part("lang"), part("alt"))
        })
        .collect();
    assert_eq!(
        tags,
        [
            "Document vi",
            "Part",
            "Sect",
            "P",
            "H1",
            "P en",
            "P",
            "Figure Mã QR: haiduong.dautich.example/Q/7K3MQ5",
            "P",
            "P en",
            "P"
        ]
    );
}

#[test]
fn a_press_sheet_knows_no_ink_but_black() {
    let scene = Scene::example();
    for (layout, trim) in [("A5", [148.0, 210.0]), ("18x12", [180.0, 120.0]), ("L7164", [210.0, 297.0])] {
        scene.done(&["sheets", "--layout", layout, "--press"]);
        let pdf = made_of(&scene.path(&format!("print/{layout}-proof.pdf")));
        assert_eq!(pdf["inks"], json!(["k 0.0 0.0 0.0 1.0"]), "{layout}");
        assert!(pdf["xmp"]["pdfaid:part"].is_null() && pdf["intents"] == json!([]), "{layout}");
        assert!(pdf["fonts"].as_array().unwrap().iter().all(|font| font["embedded"] == true));
        for page in pdf["boxes"].as_array().unwrap() {
            let side = |name: &str, at: usize| {
                (page[name][at + 2].as_f64().unwrap() - page[name][at].as_f64().unwrap()) * 25.4 / 72.0
            };
            let bleed = if layout == "L7164" { 0.0 } else { 6.0 };
            for (at, wanted) in trim.into_iter().enumerate() {
                assert!((side("TrimBox", at) - wanted).abs() < 0.01, "{layout} {page}");
                assert!((side("BleedBox", at) - wanted - bleed).abs() < 0.01, "{layout} {page}");
            }
        }
    }
}

#[test]
fn names_are_copied_out_letter_for_letter() {
    let scene = Scene::whole();
    scene.done(&["build"]);
    let data: Value = serde_json::from_str(&scene.read("output/data/entries.json")).unwrap();
    for arguments in [&["sheets"][..], &["sheets", "--layout", "A6", "--press"]] {
        scene.done(arguments);
        let layout = if arguments.len() == 1 { "L7164" } else { "A6" };
        let text = words(&scene.path(&format!("print/{layout}-proof.pdf")));
        assert!(text.nfc().eq(text.chars()), "the text is composed");
        for entry in data["entries"].as_array().unwrap() {
            for title in entry["title"].as_object().unwrap().values() {
                assert!(text.contains(title.as_str().unwrap()), "{layout} does not say {title}");
            }
        }
    }
}

#[test]
fn a_receipt_tells_what_the_codes_say() {
    let scene = Scene::example();
    let ran = scene.done(&["--lang", "en", "sheets"]);
    let pdf = scene.path("print/L7164-proof.pdf");
    let text = words(&pdf);
    let ids = text.split(' ').filter_map(|word| word.strip_prefix("haiduong.dautich.example/Q/"));
    let mut hash = Sha256::new();
    let mut count = 0;
    for id in ids {
        hash.update(format!("https://HAIDUONG.DAUTICH.EXAMPLE/Q/{id}/\n"));
        count += 1;
    }
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(count, 6);
    assert!(ran.stderr.contains(&format!("receipt: 6 codes, SHA-256 {digest}\n")), "{}", ran.stderr);
    let pdf = made_of(&pdf);
    for said in [&pdf["info"]["Subject"], &pdf["xmp"]["dc:description"]] {
        let said = said.as_str().unwrap();
        assert!(said.contains("6 mã, từng mã đã được đọc lại") && said.contains(&digest), "{said}");
    }
    assert_eq!(pdf["info"]["Keywords"], pdf["xmp"]["pdf:Keywords"]);
    assert_eq!(pdf["info"]["Keywords"], json!(format!("dautich, codes=6, sha256={digest}")));
}
