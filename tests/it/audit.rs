//! `dautich audit` over photos that `tests/tools/photos.py` makes of the program's own plates, warped, dirtied and lit
//! unevenly: the right verdict for each, and never a false "all well".

use crate::codes::pages;
use crate::scan::symbol;
use crate::scene::{Ran, Scene, repository, tool};
use base64::Engine as _;
use serde_json::{Value, json};
use std::fs;

/// The measured points of the scene.
const MAO_DIEN: (f64, f64) = (20.9312, 106.2113);
const DEN_BIA: (f64, f64) = (20.9738, 106.2623);

/// The example site on a real domain, three relics measured, a plate issued for each of three entries and drawn.
fn mounted() -> Scene {
    let scene = Scene::on_a_real_domain();
    for folder in ["van-mieu-mao-dien", "den-bia"] {
        let file = format!("content/relics/{folder}/index.md");
        scene.change(&file, "precision: commune", "precision: site");
    }
    scene.done(&["sheets", "--layout", "18x12", "--issue", "--only", "7K3MQ5,R8CDTS,XJ5P9D"]);
    let mut names = scene.files("print").into_iter().map(|(name, _)| name);
    let sheet = names.find(|name| name.ends_with(".pdf") && !name.contains("contact")).unwrap();
    let sheet = scene.path("print").join(sheet);
    for (page, id) in pages(&scene, &sheet, 200).iter().zip(["R8CDTS", "7K3MQ5", "XJ5P9D"]) {
        fs::rename(page, scene.path(&format!("{id}.png"))).unwrap();
    }
    scene
}

/// A plate of 18 x 12 cm for a photo: its trimmed size at 200 dpi, its symbol 52 mm wide.
fn plate(scene: &Scene, id: &str) -> Value {
    let file = scene.path(&format!("{id}.png"));
    json!({"file": file, "crop": [1417, 945], "symbol": 52.0 / 180.0, "code": 260, "tilt": 25, "roll": 12, "toward": 40})
}

/// A code that somebody printed: a sticker with a white border.
fn sticker(scene: &Scene, name: &str, text: &str) -> Value {
    let file = scene.path(&format!("{name}.png"));
    symbol(text, 8).save(&file).unwrap();
    json!({"file": file, "code": 280, "tilt": 15, "roll": 350, "toward": 40})
}

/// Makes photos: name, what hangs on the wall, and what else of the job.
fn take(scene: &Scene, jobs: &[(&str, Vec<Value>, Value)]) {
    let whole = |(at, (name, plates, more)): (usize, &(&str, Vec<Value>, Value))| {
        let path = scene.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut job = json!({"to": path, "plates": plates, "seed": at, "blur": 0.8});
        job.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        job
    };
    let jobs: Vec<Value> = jobs.iter().enumerate().map(whole).collect();
    scene.write("jobs.json", serde_json::to_vec(&jobs).unwrap());
    photos(&["make", scene.path("jobs.json").to_str().unwrap()]);
}

fn photos(arguments: &[&str]) -> String {
    let python = std::env::var("DAUTICH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = repository().join("tests/tools/photos.py");
    tool(&python, &[&[script.to_str().unwrap()], arguments].concat())
}

/// Audits with flags; files and folders are of the scene.
fn audit(scene: &Scene, flags: &[&str], files: &[&str]) -> Ran {
    let paths: Vec<String> = files.iter().map(|file| scene.path(file).display().to_string()).collect();
    let mut all = vec!["audit"];
    all.extend(flags);
    all.push("--");
    all.extend(paths.iter().map(String::as_str));
    scene.run(&all)
}

/// The line of a photo, without its name.
fn line<'r>(ran: &'r Ran, name: &str) -> &'r str {
    let mut lines = ran.stdout.lines().filter_map(|line| line.strip_prefix(&format!("SITE/{name}\t")));
    let line = lines.next().unwrap_or_else(|| panic!("{name} is not told: {}{}", ran.stdout, ran.stderr));
    assert_eq!(lines.next(), None, "{name} has one line");
    line
}

/// A point so many metres north of another.
fn north((latitude, longitude): (f64, f64), metres: f64) -> [f64; 2] {
    [latitude + metres / 111_195.0, longitude]
}

#[test]
fn ours_near_far_and_of_unknown_distance() {
    let scene = mounted();
    let (mao_dien, den_bia, cake) =
        (plate(&scene, "7K3MQ5"), plate(&scene, "R8CDTS"), plate(&scene, "XJ5P9D"));
    let day = "2026:11:20 08:15:00";
    take(
        &scene,
        &[
            ("a.jpg", vec![mao_dien], json!({"gps": north(MAO_DIEN, 40.0), "date": day})),
            ("b.jpg", vec![den_bia.clone()], json!({"gps": north(DEN_BIA, 210.0)})),
            ("c.jpg", vec![den_bia.clone()], json!({"gps": north(DEN_BIA, 330.0)})),
            ("d.jpg", vec![den_bia.clone()], json!({})),
            ("e.jpg", vec![cake], json!({"gps": [10.0, 106.0]})),
            ("f.jpg", vec![den_bia], json!({"gps": MAO_DIEN})),
        ],
    );
    let ran = audit(&scene, &[], &["a.jpg", "b.jpg", "d.jpg", "e.jpg"]);
    assert_eq!(ran.exit, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(line(&ran, "a.jpg"), "tốt: của trang này\t7K3MQ5\tVăn miếu Mao Điền\t40\t2026-11-20 08:15");
    assert_eq!(
        line(&ran, "b.jpg"),
        "tốt: của trang này\tR8CDTS\tĐền Bia\t210\t\tđủ gần với một khuôn viên lớn"
    );
    for (photo, why) in [("d.jpg", "ảnh không ghi vị trí"), ("e.jpg", "bài chưa có vị trí đo tại chỗ")]
    {
        let line = line(&ran, photo);
        assert!(line.starts_with("tốt: của trang này, chưa rõ khoảng cách\t"), "{line}");
        assert!(line.ends_with(&format!("\t\t\tchưa rõ cách nơi đặt bao xa: {why}")), "{line}");
    }
    assert!(
        ran.stderr.ends_with(
            "4 ảnh: 4 tốt, 0 cần xem lại, 0 XẤU (2 ảnh chưa rõ khoảng cách); 3 trên 3 mã đã in có trong ảnh\n"
        ),
        "{}",
        ran.stderr
    );
    for (photo, metres) in [("c.jpg", "330"), ("f.jpg", "7")] {
        let ran = audit(&scene, &[], &["a.jpg", photo]);
        assert_eq!(ran.exit, 1);
        let line = line(&ran, photo);
        assert!(
            line.starts_with(&format!("XẤU: của trang này, XA nơi đặt\tR8CDTS\tĐền Bia\t{metres}")),
            "{line}"
        );
    }
    assert_eq!(audit(&scene, &["--far", "400"], &["c.jpg"]).exit, 0);
    assert_eq!(audit(&scene, &["--far", "200"], &["b.jpg"]).exit, 1);
    assert_eq!(audit(&scene, &["--far", "0"], &["b.jpg"]).exit, 2);
}

#[test]
fn a_place_that_makes_no_sense_is_unknown_and_told() {
    let scene = mounted();
    let den_bia = plate(&scene, "R8CDTS");
    let parts = |degrees: [i64; 2]| json!([degrees, [58, 1], [25, 1]]);
    let (latitude, longitude) = (parts([20, 1]), parts([106, 1]));
    let cases = [
        ("zero", json!({"gps": [0.0, 0.0]}), "0, 0"),
        ("paris", json!({"gps": [48.85, 2.35]}), "ngoài Việt Nam"),
        ("south", json!({"raw": {"1": "S", "2": latitude, "3": "E", "4": longitude}}), "ngoài Việt Nam"),
        ("swapped", json!({"raw": {"1": "N", "2": longitude, "3": "E", "4": latitude}}), "ghi hỏng"),
        ("divided", json!({"raw": {"1": "N", "2": parts([20, 0]), "3": "E", "4": longitude}}), "ghi hỏng"),
        ("over", json!({"raw": {"1": "N", "2": parts([95, 1]), "3": "E", "4": longitude}}), "ghi hỏng"),
        ("refs", json!({"raw": {"1": "X", "2": latitude, "3": "Y", "4": longitude}}), "ghi hỏng"),
        ("half", json!({"raw": {"1": "N", "2": latitude}}), "ghi hỏng"),
        (
            "void",
            json!({"raw": {"1": "N", "2": latitude, "3": "E", "4": longitude, "9": "V"}}),
            "chưa bắt được vị trí",
        ),
        (
            "tower",
            json!({"raw": {"1": "N", "2": latitude, "3": "E", "4": longitude, "31": [1500, 1]}}),
            "sai tới 1500 m",
        ),
        ("escape", json!({"date": "\u{1b}[2J11:20 08:15:0", "raw": {"1": "\u{1b}["}}), "ghi hỏng"),
    ];
    let jobs: Vec<(String, Value)> =
        cases.iter().map(|(name, more, _)| (format!("{name}.jpg"), more.clone())).collect();
    let jobs: Vec<(&str, Vec<Value>, Value)> =
        jobs.iter().map(|(name, more)| (name.as_str(), vec![den_bia.clone()], more.clone())).collect();
    take(&scene, &jobs);
    let names: Vec<&str> = jobs.iter().map(|job| job.0).collect();
    let ran = audit(&scene, &[], &names);
    assert_eq!(ran.exit, 0, "{}{}", ran.stdout, ran.stderr);
    for (name, _, why) in cases {
        let line = line(&ran, &format!("{name}.jpg"));
        let start =
            "tốt: của trang này, chưa rõ khoảng cách\tR8CDTS\tĐền Bia\t\t\tchưa rõ cách nơi đặt bao xa: ";
        assert!(line.starts_with(start) && line.contains(why), "{name}: {line}");
    }
    assert!(!ran.stdout.contains('\u{1b}'));
    assert!(ran.stderr.contains("(11 ảnh chưa rõ khoảng cách)"), "{}", ran.stderr);
}

/// Each bad kind beside a good photo: exit 1, one bad photo, the good one as good as before.
#[test]
fn one_bad_photo_of_any_kind_is_never_all_well() {
    let scene = mounted();
    scene.change("content/relics/chua-con-son/index.md", "id: 4HWTNB\n", "id: 4HWTNB\ndraft: true\n");
    scene.change("content/guides/quet-ma-an-toan/index.md", "title: ", "title: \nten: ");
    let id = |file: &str| {
        let text = scene.read(file);
        text.split("id: ").nth(1).unwrap()[..6].to_owned()
    };
    let lychee = id("content/products/vai-thieu-thanh-ha/index.md");
    scene.change(
        "content/products/vai-thieu-thanh-ha/index.md",
        &format!("id: {lychee}\n"),
        &format!("id: {lychee}\nwithdrawn: {{on: 2026-11-20, reason: {{vi: Đã nghỉ, en: Closed}}}}\n"),
    );
    let guide = id("content/guides/quet-ma-an-toan/index.md");
    let ours = "https://HAIDUONG.DAUTICH.VN/Q";
    let codes = [
        ("other", "https://shopee.vn/abc".to_owned(), "KHÔNG phải của trang này"),
        ("host", "https://haiduong.dautich.vn.qr-pay.cc/Q/R8CDTS/".to_owned(), "KHÔNG phải của trang này"),
        ("near", "https://haidvong.dautich.vn/Q/R8CDTS/".to_owned(), "KHÔNG phải của trang này"),
        ("user", "https://haiduong.dautich.vn@evil.cc/Q/R8CDTS/".to_owned(), "KHÔNG phải của trang này"),
        ("plain", "http://haiduong.dautich.vn/Q/R8CDTS/".to_owned(), "KHÔNG phải của trang này"),
        ("unknown", format!("{ours}/L7BFWW/"), "KHÔNG có bài nào mang mã này"),
        ("check", format!("{ours}/R8CDTT/"), "KHÔNG có bài nào mang mã này"),
        ("draft", format!("{ours}/4HWTNB/"), "của trang này, bài còn nháp"),
        ("withdrawn", format!("{ours}/{lychee}/"), "của trang này, bài đã gỡ"),
        ("broken", format!("{ours}/{guide}/"), "của trang này, bài đang lỗi"),
        ("odd", format!("{ours}/R8CDTS/?utm=1"), "KHÔNG"),
        ("wifi", "WIFI:T:WPA;S:Free;P:12345678;;".to_owned(), "KHÔNG phải địa chỉ web"),
        ("script", "javascript:alert(1)".to_owned(), "KHÔNG phải địa chỉ web"),
    ];
    let mut jobs = vec![("good.jpg".to_owned(), vec![plate(&scene, "R8CDTS")])];
    for (name, text, _) in &codes {
        jobs.push((format!("{name}.jpg"), vec![sticker(&scene, name, text)]));
    }
    jobs.push(("blank.jpg".to_owned(), vec![]));
    let jobs: Vec<(&str, Vec<Value>, Value)> =
        jobs.iter().map(|(name, plates)| (name.as_str(), plates.clone(), json!({}))).collect();
    take(&scene, &jobs);
    let good = fs::read(scene.path("good.jpg")).unwrap();
    let fixture = |name: &str| fs::read(repository().join("tests/fixtures").join(name)).unwrap();
    scene.write("cut.jpg", &good[..good.len() - 2000]);
    scene.write("cut.png", fixture("cut-short.png"));
    scene.write("huge.png", fixture("huge-20000.png"));
    scene.write("letter.jpg", "Kính gửi Thành đoàn");
    scene.write("empty.jpg", "");
    scene.write("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    let unread = [
        ("blank.jpg", "không thấy mã QR nào"),
        ("cut.jpg", "hỏng hoặc bị cắt cụt"),
        ("cut.png", "hỏng hoặc bị cắt cụt"),
        ("huge.png", "ảnh quá lớn"),
        ("letter.jpg", "không phải ảnh"),
        ("empty.jpg", "không phải ảnh"),
        ("phone.jpg", "HEIC"),
        ("absent.jpg", "không tìm thấy"),
    ];
    let codes = codes.iter().map(|(name, _, verdict)| (format!("{name}.jpg"), *verdict, ""));
    let unread = unread.iter().map(|(name, why)| ((*name).to_owned(), "KHÔNG đọc được mã\t\t\t\t", *why));
    for (name, verdict, why) in codes.chain(unread) {
        let ran = audit(&scene, &[], &["good.jpg", &name]);
        assert_eq!(ran.exit, 1, "{name}: {}{}", ran.stdout, ran.stderr);
        let told = line(&ran, &name);
        assert!(told.starts_with(&format!("XẤU: {verdict}")) && told.contains(why), "{name}: {told}");
        assert!(line(&ran, "good.jpg").starts_with("tốt: của trang này"), "{name}: {}", ran.stdout);
        assert!(ran.stderr.contains("2 ảnh: 1 tốt, 0 cần xem lại, 1 XẤU"), "{name}: {}", ran.stderr);
        let told = ran.stdout.contains("CẢNH BÁO");
        assert_eq!(told, ["host.jpg", "near.jpg", "user.jpg"].contains(&name.as_str()), "{name}");
    }
}

#[test]
fn several_codes_in_one_photo_are_each_told() {
    let scene = mounted();
    let at = |mut plate: Value, x: i64, y: i64| {
        plate
            .as_object_mut()
            .unwrap()
            .extend(json!({"at": [x, y], "code": 200, "tilt": 8, "roll": 3}).as_object().unwrap().clone());
        plate
    };
    let (mao_dien, den_bia) = (plate(&scene, "7K3MQ5"), plate(&scene, "R8CDTS"));
    let fraud = sticker(&scene, "fraud", "https://haiduong.dautich.vn.qr-pay.cc/Q/R8CDTS/");
    let shop = sticker(&scene, "shop", "https://shopee.vn/abc");
    let cake = plate(&scene, "XJ5P9D");
    // A sticker as wide as the plate's symbol and pasted over it.
    let mut over = at(fraud.clone(), 350, 290);
    over["code"] = json!(360);
    let mut under = at(den_bia.clone(), 300, 250);
    under["code"] = json!(280);
    take(
        &scene,
        &[
            ("two.jpg", vec![at(mao_dien.clone(), 100, 100), at(den_bia.clone(), 800, 600)], json!({})),
            ("over.jpg", vec![under, over], json!({})),
            (
                "five.jpg",
                vec![
                    at(mao_dien, 30, 40),
                    at(den_bia, 830, 40),
                    at(cake, 30, 600),
                    at(fraud, 850, 620),
                    at(shop, 1200, 700),
                ],
                json!({}),
            ),
        ],
    );
    let ran = audit(&scene, &[], &["two.jpg"]);
    assert_eq!(
        (ran.exit, ran.stdout.matches("một ảnh có 2 mã của trang này").count()),
        (0, 2),
        "{}",
        ran.stdout
    );
    assert_eq!(ran.stdout.matches("\tXEM LẠI: của trang này").count(), 2, "{}", ran.stdout);
    let ran = audit(&scene, &[], &["over.jpg"]);
    assert!(ran.exit == 1 && line(&ran, "over.jpg").contains("CẢNH BÁO"), "{}", ran.stdout);
    let ran = audit(&scene, &[], &["five.jpg"]);
    assert_eq!(ran.stdout.matches("SITE/five.jpg\t").count(), 5, "{}", ran.stdout);
    assert_eq!(ran.stdout.matches("SITE/five.jpg\tXẤU: KHÔNG phải của trang này").count(), 2);
    assert!(ran.exit == 1 && ran.stderr.contains("1 ảnh: 0 tốt, 0 cần xem lại, 1 XẤU"), "{}", ran.stderr);
}

#[test]
fn what_the_ledger_knows_is_told() {
    let scene = mounted();
    let never = sticker(&scene, "never", "https://HAIDUONG.DAUTICH.VN/Q/4HWTNB/");
    take(&scene, &[("a.jpg", vec![plate(&scene, "R8CDTS")], json!({})), ("b.jpg", vec![never], json!({}))]);
    let ran = audit(&scene, &[], &["a.jpg"]);
    let unseen: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with("\tchưa có ảnh\t")).collect();
    assert_eq!(unseen.len(), 2, "{}", ran.stdout);
    assert!(unseen[0].starts_with("\tchưa có ảnh\t7K3MQ5\tVăn miếu Mao Điền\t\t\tin 2026-11-21 2026-11-21-"));
    assert!((ran.exit, ran.stderr.contains("1 trên 3 mã đã in có trong ảnh")) == (0, true), "{}", ran.stderr);
    let ran = audit(&scene, &[], &["b.jpg"]);
    assert!(ran.exit == 0 && line(&ran, "b.jpg").starts_with("XEM LẠI: "), "{}", ran.stdout);
    assert!(line(&ran, "b.jpg").contains("sổ chưa ghi in mã này"), "{}", ran.stdout);
    let ledger = scene.read("ledger.tsv");
    let batch = ledger.lines().last().unwrap().split('\t').nth(1).unwrap();
    let row = "retired\tx\t2026-11-21\tR8CDTS\thttps://HAIDUONG.DAUTICH.VN/Q/R8CDTS/\t\t\t\tĐền Bia\t\n";
    scene.write("ledger.tsv", format!("{ledger}{row}"));
    let ran = audit(&scene, &[], &["a.jpg"]);
    assert!(line(&ran, "a.jpg").starts_with("XEM LẠI: ") && ran.stdout.contains("đã tháo ngày 2026-11-21"));
    scene.write("ledger.tsv", format!("{ledger}void\t{batch}\t2026-11-21\t\t\t\t\t\t\tin lệch\n"));
    let ran = audit(&scene, &[], &["a.jpg"]);
    assert!(line(&ran, "a.jpg").contains("đợt in của mã này đã hủy"), "{}", ran.stdout);
    assert!(ran.stderr.contains("0 trên 0 mã đã in"), "{}", ran.stderr);
}

#[test]
fn folders_names_and_photos_given_twice() {
    let scene = mounted();
    take(
        &scene,
        &[
            ("ảnh biển/Đền Bia 1.jpg", vec![plate(&scene, "R8CDTS")], json!({})),
            ("ảnh biển/đợt hai/-x.JPG.jpg", vec![plate(&scene, "7K3MQ5")], json!({})),
        ],
    );
    let photo = fs::read(scene.path("ảnh biển/Đền Bia 1.jpg")).unwrap();
    scene.write("ảnh biển/Đền Bia 2.JPG", &photo);
    scene.write("ảnh biển/._Đền Bia 1.jpg", "macOS");
    scene.write("ảnh biển/Thumbs.db", "Windows");
    let ran = audit(&scene, &[], &["ảnh biển", "ảnh biển/Đền Bia 1.jpg"]);
    let names: Vec<&str> = ran
        .stdout
        .lines()
        .filter(|line| line.starts_with("SITE"))
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    assert_eq!(
        names,
        ["SITE/ảnh biển/Đền Bia 1.jpg", "SITE/ảnh biển/Đền Bia 2.JPG", "SITE/ảnh biển/đợt hai/-x.JPG.jpg"]
    );
    assert!(line(&ran, "ảnh biển/Đền Bia 2.JPG").contains("giống hệt ảnh SITE/ảnh biển/Đền Bia 1.jpg"));
    assert!((ran.exit, ran.stderr.contains("bỏ qua 1 tệp")) == (0, true), "{}", ran.stderr);
    fs::create_dir(scene.path("trống")).unwrap();
    let ran = audit(&scene, &[], &["trống"]);
    assert!(ran.exit == 2 && ran.stderr.contains("không có ảnh nào"), "{}", ran.stderr);
    let mut dashed = scene.command(&["audit", "--", "-x.jpg"]);
    scene.write("-x.jpg", &photo);
    let output = dashed.current_dir(scene.root()).output().unwrap();
    assert!(output.status.success() && String::from_utf8(output.stdout).unwrap().starts_with("-x.jpg\ttốt"));
}

#[test]
fn csv_json_and_page_tell_metres_and_never_the_place() {
    let scene = mounted();
    let fraud = sticker(&scene, "fraud", "https://haiduong.dautich.vn.qr-pay.cc/Q/R8CDTS/");
    let day = "2026:11:20 08:15:00";
    take(
        &scene,
        &[
            (
                "=1+1 <b>.jpg",
                vec![plate(&scene, "R8CDTS")],
                json!({"gps": north(DEN_BIA, 60.0), "date": day}),
            ),
            ("z.jpg", vec![fraud], json!({"gps": DEN_BIA, "orientation": 6})),
            ("y.jpg", vec![plate(&scene, "7K3MQ5")], json!({"gps": north(MAO_DIEN, 900.0)})),
        ],
    );
    let files = ["=1+1 <b>.jpg", "z.jpg", "y.jpg"];
    let page = scene.path("kiem tra.html").display().to_string();
    let run = |flags: &[&str]| {
        let mut command = scene.command(&["audit", "--page", &page]);
        let output = command.args(flags).args(files).current_dir(scene.root()).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = run(&[]);
    let first = scene.read("kiem tra.html");
    let csv = run(&["--format", "csv"]);
    let json = run(&["--format", "json"]);
    let page = scene.read("kiem tra.html");
    assert_eq!(first, page, "the same bytes twice");
    assert!(
        csv.starts_with("\u{feff}\"ảnh\",\"kết luận\",\"mã\",\"tên\",\"mét\",\"ngày chụp\",\"ghi chú\"\r\n")
    );
    let row = "\"'=1+1 <b>.jpg\",\"tốt: của trang này\",\"R8CDTS\",\"Đền Bia\",\"60\",\"2026-11-20 08:15\",\"\"\r\n";
    assert!(csv.contains(row), "{csv}");
    let read: Value = serde_json::from_str(&json).unwrap();
    let verdicts: Vec<&str> =
        (0..3).map(|at| read["photos"][at]["codes"][0]["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["ours", "far", "stranger"]);
    assert_eq!(read["photos"][2]["codes"][0]["imitates"], "haiduong.dautich.vn");
    assert_eq!((&read["far"], &read["printed"]), (&json!(300), &json!(3)));
    let words: String =
        page.split("data:image/jpeg;base64,").map(|part| part.split_once('"').unwrap().1).collect();
    for told in [&text, &csv, &json, &words] {
        for place in ["20.9", "106.2", "20,9", "20°"] {
            assert!(!told.contains(place), "{place} in {told}");
        }
    }
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("the page has no {text}"));
    assert!(at("y.jpg</span>") < at("z.jpg</span>") && at("z.jpg</span>") < at("=1+1 &lt;b&gt;.jpg</span>"));
    assert!(!page.contains("<b>.jpg") && !page.contains("<script"));
    let mut pictures = 0;
    for picture in page.split("data:image/jpeg;base64,").skip(1) {
        let bytes =
            base64::engine::general_purpose::STANDARD.decode(picture.split('"').next().unwrap()).unwrap();
        let read = image::load_from_memory(&bytes).unwrap();
        assert!(bytes.len() <= 40 * 1024 && read.width().max(read.height()) <= 320);
        assert!(!bytes.windows(4).any(|part| part == b"Exif"));
        pictures += 1;
    }
    assert_eq!(pictures, 3);
    scene.write("bai.html", "<p>của tôi</p>");
    let mine = scene.path("bai.html").display().to_string();
    assert_eq!(audit(&scene, &["--page", &mine], &["y.jpg"]).exit, 2);
    assert_eq!(scene.read("bai.html"), "<p>của tôi</p>");
}
