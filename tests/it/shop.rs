//! What a shop is handed beside a sheet: a table for Excel and a sheet of small symbols to tick off.

use crate::press::{made_of, words};
use crate::scene::{Scene, repository, tool};
use serde_json::json;

/// A CSV as Python's own reader has it.
fn table(scene: &Scene, name: &str) -> Vec<Vec<String>> {
    let path = scene.path(name);
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbf\"id\""), "Excel knows UTF-8 by its mark");
    let read = "import csv,json,sys;print(json.dumps(list(csv.reader(open(sys.argv[1],encoding='utf-8-sig',newline='')))))";
    serde_json::from_str(&tool("python3", &["-c", read, path.to_str().unwrap()])).unwrap()
}

#[test]
fn a_shop_is_told_what_is_on_each_page_and_no_name_is_a_formula() {
    let scene = Scene::example();
    scene.change("content/relics/den-bia/index.md", "title: Đền Bia", "title: \"=HYPERLINK(1)\"");
    scene.done(&["sheets", "--layout", "A5", "--press"]);
    let rows = table(&scene, "print/A5-proof.csv");
    assert_eq!(rows.len(), 7);
    assert!(rows.iter().all(|row| row.len() == 12));
    let row = |id: &str| rows.iter().find(|row| row[0] == id).unwrap();
    assert_eq!(row("R8CDTS")[1], "'=HYPERLINK(1)");
    assert_eq!(
        row("7K3MQ5")[..11],
        [
            "7K3MQ5",
            "Văn miếu Mao Điền",
            "Mao Điền Temple of Literature",
            "xã Mao Điền, thành phố Hải Phòng",
            "haiduong.dautich.example/Q/7K3MQ5",
            "https://HAIDUONG.DAUTICH.EXAMPLE/Q/7K3MQ5/",
            "78.0 mm",
            "2.69 mm",
            "29",
            "Q",
            "1"
        ]
    );
    // The page is the one that the sheet shows it on.
    let pdf = scene.path("print/A5-proof.pdf");
    for row in &rows[1..] {
        let page = tool("pdftotext", &["-raw", "-f", &row[11], "-l", &row[11], pdf.to_str().unwrap(), "-"]);
        assert!(page.contains(&row[4]), "{row:?}");
    }
}

#[test]
fn a_contact_sheet_shows_every_symbol_of_its_batch_and_says_what_it_is() {
    let scene = Scene::whole();
    scene.done(&["sheets", "--press"]);
    let pdf = scene.path("print/L7164-proof-contact.pdf");
    let rows = table(&scene, "print/L7164-proof.csv");
    let text = words(&pdf);
    for row in &rows[1..] {
        assert!(text.contains(&format!("{} {}", row[1], row[0])), "{row:?}");
    }
    assert!(text.contains("ĐỂ ĐỐI CHIẾU, KHÔNG GẮN · NOT FOR MOUNTING"));
    let stem = scene.path("contact");
    tool("pdftoppm", &["-r", "300", "-gray", "-png", pdf.to_str().unwrap(), stem.to_str().unwrap()]);
    let mut read = Vec::new();
    for page in ["contact-1.png", "contact-2.png"] {
        let script = repository().join("tests/tools/zxing.py");
        read.extend(
            tool("python3", &[script.to_str().unwrap(), scene.path(page).to_str().unwrap()])
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        );
    }
    let mut want: Vec<String> = rows[1..].iter().map(|row| row[5].clone()).collect();
    read.sort();
    want.sort();
    assert_eq!(read, want);
    assert_eq!(made_of(&pdf)["xmp"]["pdfaid:part"], json!("2"));
}

#[test]
fn a_proof_for_ones_own_printer_comes_alone_and_an_issued_sheet_does_not() {
    let scene = Scene::on_a_real_domain();
    scene.done(&["sheets"]);
    assert_eq!(scene.files("print").len(), 1);
    scene.done(&["sheets", "--issue"]);
    let names: Vec<String> = scene.files("print").into_iter().map(|(name, _)| name).collect();
    let endings: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_prefix("L7164-2026-11-21-"))
        .map(|name| &name[4..])
        .collect();
    assert_eq!(endings, ["-contact.pdf", ".csv", ".pdf"]);
    let issued = names.iter().find(|name| name.ends_with(".csv")).unwrap();
    assert_eq!(table(&scene, &format!("print/{issued}")).len(), 7);
}
