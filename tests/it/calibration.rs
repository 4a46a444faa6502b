//! A printer that stretches and shifts: the page to measure it on, and sheets that come out right on it.

use crate::press::{made_of, words};
use crate::scene::{Scene, repository, tool};
use serde_json::json;
use std::fs;

/// A page of a PDF as a picture at 300 dpi.
fn page(scene: &Scene, pdf: &str, name: &str) -> String {
    let (pdf, stem) = (scene.path(pdf), scene.path(name));
    let arguments =
        ["-r", "300", "-gray", "-png", "-singlefile", pdf.to_str().unwrap(), stem.to_str().unwrap()];
    tool("pdftoppm", &arguments);
    format!("{}.png", stem.display())
}

/// How many symbols, how far off in millimetres, how far from square in percent.
fn printed(drawn: &str, ideal: &str, printer: [&str; 4]) -> Vec<f64> {
    let script = repository().join("tests/tools/distort.py");
    let said = tool("python3", &[&[script.to_str().unwrap(), drawn, ideal, "300"], &printer[..]].concat());
    said.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

#[test]
fn sheets_come_out_right_on_a_printer_that_was_measured() {
    let scene = Scene::whole();
    // What this printer makes of 180, 260, 15 and 20 mm, as a ruler tells it.
    let printer = ["0.96", "0.985", "2.5", "-1.5"];
    scene.done(&["sheets", "--only", "7K3MQ5,4HWTNB,R8CDTS"]);
    let before = fs::read(scene.path("print/L7164-proof.pdf")).unwrap();
    scene.done(&["sheets"]);
    let ideal = page(&scene, "print/L7164-proof.pdf", "ideal");
    scene.done(&["sheets", "--calibrate", "D=18,2", "A=172.8", "B=256.1", "C=16.9"]);
    let ran = scene.done(&["--lang", "en", "sheets"]);
    assert!(
        ran.stderr.contains("corrected for the printer in printer.yaml: it prints 96.0 % across, 98.5 % down, 2.5 mm to the right, -1.5 mm down"),
        "{}",
        ran.stderr
    );
    let drawn = page(&scene, "print/L7164-proof.pdf", "drawn");
    let right = printed(&drawn, &ideal, printer);
    assert!(right[0] == 12.0 && right[1] < 0.2 && right[2] < 0.5, "{right:?}");
    // Without the correction the same printer is millimetres off, and its symbols are not square.
    let wrong = printed(&ideal, &ideal, printer);
    assert!(wrong[1] > 3.0 && wrong[2] > 2.0, "{wrong:?}");
    // A press is not this printer; nor is anything else once the file is gone or the flag says so.
    scene.done(&["sheets", "--only", "7K3MQ5,4HWTNB,R8CDTS", "--no-printer"]);
    assert!(fs::read(scene.path("print/L7164-proof.pdf")).unwrap() == before);
    let ran = scene.done(&["sheets", "--press"]);
    assert!(!ran.stderr.contains("printer.yaml"), "{}", ran.stderr);
    fs::remove_file(scene.path("printer.yaml")).unwrap();
    scene.done(&["sheets", "--only", "7K3MQ5,4HWTNB,R8CDTS"]);
    assert!(fs::read(scene.path("print/L7164-proof.pdf")).unwrap() == before);
}

#[test]
fn the_page_says_what_to_measure_and_its_crosses_stand_where_it_says() {
    let scene = Scene::example();
    scene.done(&["sheets", "--calibrate"]);
    let pdf = scene.path("print/calibration.pdf");
    let text = words(&pdf);
    for said in [
        "Căn chỉnh máy in Calibrating a printer",
        "A dấu cộng trên trái đến dấu cộng trên phải (đúng: 180 mm)",
        "dautich sheets --calibrate A=180 B=260 C=15 D=20",
    ] {
        assert!(text.contains(said), "the page does not say {said}: {text}");
    }
    assert_eq!(made_of(&pdf)["xmp"]["pdfaid:part"], json!("2"));
    let picture = image::open(page(&scene, "print/calibration.pdf", "page")).unwrap().into_luma8();
    let dark =
        |x: f32, y: f32| picture.get_pixel((x / 25.4 * 300.0) as u32, (y / 25.4 * 300.0) as u32)[0] < 200;
    for (x, y) in [(15.0, 20.0), (195.0, 20.0), (15.0, 280.0), (195.0, 280.0)] {
        // Its arms, left and right, above and below; and nothing just beside them.
        for (right, under) in [(-6.0, 0.0), (6.0, 0.0), (0.0, -6.0), (0.0, 6.0), (0.0, 0.0)] {
            assert!(dark(x + right, y + under), "{x} {y}: no arm at {right} {under}");
        }
        assert!(!dark(x - 6.0, y - 1.0) && !dark(x - 1.0, y - 6.0), "{x} {y}");
    }
    let script = repository().join("tests/tools/zxing.py");
    let page = scene.path("page.png");
    assert_eq!(tool("python3", &[script.to_str().unwrap(), page.to_str().unwrap()]), "DAU TICH 50 MM\n");
}

#[test]
fn measures_that_no_printer_has_are_refused_and_nothing_is_kept() {
    let scene = Scene::example();
    for (measures, words) in [
        (&["A=17.92", "B=259", "C=15", "D=20"][..], "A is 17.92 mm, must be from 162.0 to 198.0 mm"),
        (&["A=179", "B=300", "C=15", "D=20"], "B is 300 mm, must be from 234.0 to 286.0 mm"),
        (&["A=180", "B=260", "C=31", "D=20"], "C is 31 mm, must be from 0.0 to 30.0 mm"),
        (&["A=180", "B=260", "C=15", "D=NaN"], "D is NaN mm"),
        (&["A=180", "B=260", "C=15"], "D is missing"),
        (&["A=180", "A=181", "B=260", "C=15"], "`A=181` is not understood"),
        (&["180", "260", "15", "20"], "`180` is not understood"),
        (&["E=180"], "`E=180` is not understood"),
    ] {
        let ran = scene.run(&[&["--lang", "en", "sheets", "--calibrate"], measures].concat());
        assert!(ran.exit == 2 && ran.stderr.contains(words), "{measures:?}: {}", ran.stderr);
    }
    assert!(!scene.path("printer.yaml").exists());
    scene.done(&["sheets", "--calibrate", "A=179", "B=259", "C=15", "D=20"]);
    let ran = scene.done(&["--lang", "en", "sheets", "--calibrate", "A=178", "B=259", "C=15", "D=20"]);
    assert!(ran.stderr.contains("the old measures: A=179 B=259 C=15 D=20"), "{}", ran.stderr);
}
