//! Communes: the table inside the program, one that a site brings, old names and codes, and lists in Vietnamese order.

use crate::scene::{Scene, repository};
use dautich::vietnam::order::{Order, place_name, product_name};
use dautich::vietnam::units::Units;
use std::process::Command;

fn ask(scene: &Scene, query: &str) -> String {
    scene.done(&["units", query]).stdout
}

#[test]
fn a_commune_is_found_by_any_spelling_of_its_name_and_by_its_code() {
    let scene = Scene::empty();
    for query in ["Mao Điền", "mao dien", "MAO ĐIỀN", "xã Mao Điền", "10930"] {
        let found = ask(&scene, query);
        assert!(found.contains("10930  xã Mao Điền, thành phố Hải Phòng"), "{query}: {found}");
    }
    assert!(!ask(&scene, "Mao Điền").contains("Mão Điền"), "marks given are marks meant");
    assert!(ask(&scene, "mao dien").contains("Mão Điền"));
    for (old, new) in [("Hòa An", "Hoà An"), ("xã hòa an", "xã hoà an")] {
        let found = ask(&scene, old);
        assert_eq!(found, ask(&scene, new));
        assert!(found.contains("01654") && found.contains("cũ: "), "{found}");
    }
    assert_eq!(ask(&scene, "Hải Phòng").lines().count(), 114);
    let none = scene.run(&["units", "không có nơi này"]);
    assert_eq!((none.exit, none.stdout.as_str()), (1, ""));
}

#[test]
fn an_old_commune_that_was_divided_is_shown_in_its_parts_and_nobody_chooses() {
    let scene = Scene::empty();
    let found = scene.done(&["units", "--format", "json", "00004"]).stdout;
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found["units"][0]["vi"], "phường Ba Đình, thành phố Hà Nội");
    assert_eq!(found["old"][0]["name"], "Phường Trúc Bạch");
    let table = std::fs::read_to_string(repository().join("src/vietnam/vn-units-before-2025.tsv")).unwrap();
    let divided = table.lines().find(|line| line.matches('*').count() == 2).unwrap();
    let code = divided.split('\t').next().unwrap();
    let text = ask(&scene, code);
    assert_eq!(text.matches("(một phần)").count(), 2, "{text}");
    assert!(text.contains("xem thôn nằm ở phần nào"), "{text}");
    let english = scene.done(&["--lang", "en", "units", code]).stdout;
    assert!(english.contains("it was divided") && english.contains("(a part)"), "{english}");
}

#[test]
fn a_newer_table_is_dropped_in_and_no_code_changes() {
    let scene = Scene::example();
    scene.done(&["build"]);
    let symbol = scene.read("output/qr/7K3MQ5.svg");
    let head = "province_vi\tprovince_full_vi\tcommune_code\tcommune_vi\tcommune_full_vi\n";
    let bundled = Units::bundled();
    let rows: String = bundled
        .iter()
        .map(|unit| {
            let name = if unit.code == "10930" { "Mao Điền Mới" } else { unit.name.as_ref() };
            format!("Hải Phòng\tThành phố Hải Phòng\t{}\t{name}\tPhường {name}\n", unit.code)
        })
        .collect();
    scene.write("units.tsv", format!("{head}{rows}"));
    scene.done(&["build"]);
    assert!(scene.read("output/Q/7K3MQ5/index.html").contains("phường Mao Điền Mới, thành phố Hải Phòng"));
    assert_eq!(scene.read("output/qr/7K3MQ5.svg"), symbol);
    assert!(ask(&scene, "10930").contains("Mao Điền Mới"));
}

/// Sorts by node's `Intl.Collator('vi')`, the reference.
fn by_node(names: &[String]) -> Vec<String> {
    let script = "const names = JSON.parse(require('fs').readFileSync(0, 'utf8')); \
                  const order = new Intl.Collator('vi'); \
                  names.sort((a, b) => order.compare(a, b)); console.log(JSON.stringify(names))";
    let scene = Scene::empty();
    scene.write("names.json", serde_json::to_string(names).unwrap());
    let run = Command::new("node")
        .args(["-e", script])
        .stdin(std::fs::File::open(scene.path("names.json")).unwrap())
        .output()
        .expect("node is installed by tests/run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

#[test]
fn five_hundred_communes_and_every_title_stand_as_node_orders_them() {
    let order = Order::vietnamese().unwrap();
    let mut names: Vec<String> =
        Units::bundled().iter().step_by(6).map(|unit| unit.name.to_string()).collect();
    names.sort();
    names.dedup();
    assert!(names.len() >= 500, "{}", names.len());
    let reference = by_node(&names);
    names.sort_by(|a, b| order.compare(a, b));
    assert_eq!(names, reference);

    let scene = Scene::whole();
    scene.done(&["build"]);
    for (page, own) in [
        ("output/vi/di-tich/index.html", place_name as fn(&str) -> &str),
        ("output/vi/dac-san/index.html", product_name),
    ] {
        let html = scene.read(page);
        let titles: Vec<String> = html
            .split("<span class=\"words\"><strong>")
            .skip(1)
            .filter_map(|part| Some(own(part.split_once("</strong>")?.0).to_owned()))
            .collect();
        assert!(titles.len() >= 2, "{page}: {titles:?}");
        assert_eq!(titles, by_node(&titles), "{page}");
    }
}
