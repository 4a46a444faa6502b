//! `dautich ledger` and `ledger void`, and what `sheets --issue` shows before it writes: tables, refusals, questions.

use crate::scene::{DAY, Ran, Scene};
use std::process::{Command, Stdio};

const HEAD: &str = "# dautich ledger 1\nevent\tbatch\tdate\tid\taddress\tlayout\tcopies\tplace\tname\tnote\n";

fn row(event: &str, batch: &str, date: &str, id: &str, copies: &str, place: &str, note: &str) -> String {
    let name = match id {
        "7K3MQ5" => "Văn miếu Mao Điền",
        "R8CDTS" => "Đền Bia",
        _ => "",
    };
    let address = if id.is_empty() { String::new() } else { format!("https://HAIDUONG.DAUTICH.VN/Q/{id}/") };
    format!("{event}\t{batch}\t{date}\t{id}\t{address}\tL7164\t{copies}\t{place}\t{name}\t{note}\n")
}

/// A site with three batches: one mounted, one void, one just printed.
fn printed() -> Scene {
    let scene = Scene::on_a_real_domain();
    let rows = [
        row("printed", "2025-05-01-AAAA", "2025-05-01", "7K3MQ5", "3", "xã Mao Điền", ""),
        row("mounted", "2025-05-01-AAAA", "2025-05-03", "7K3MQ5", "1", "cổng đền", ""),
        row("printed", "2026-03-01-BBBB", "2026-03-01", "R8CDTS", "5", "xã Tuệ Tĩnh", ""),
        row("void", "2026-03-01-BBBB", "2026-03-02", "", "", "", "in lệch"),
        row("printed", "2026-04-01-CCCC", "2026-04-01", "R8CDTS", "12", "xã Tuệ Tĩnh", ""),
        row("printed", "2026-04-01-CCCC", "2026-04-01", "7K3MQ5", "1", "xã Mao Điền", ""),
    ];
    scene.write("ledger.tsv", format!("{HEAD}{}", rows.concat()));
    scene
}

#[test]
fn the_table_counts_by_batch_place_and_year_and_leaves_out_what_is_void() {
    let scene = printed();
    assert_eq!(
        scene.done(&["ledger"]).stdout,
        "\
Đợt              Ngày        Số mã  Số bản  Khổ giấy  Tình trạng
2025-05-01-AAAA  2025-05-01      1       3  L7164     đã gắn 1
2026-03-01-BBBB  2026-03-01      1       5  L7164     ĐÃ HỦY 2026-03-02: in lệch
2026-04-01-CCCC  2026-04-01      2      13  L7164     đã in

Nơi          Số mã  Số bản
xã Mao Điền      1       4
xã Tuệ Tĩnh      1      12

 Năm  Số mã  Số bản
2025      1       3
2026      2      13

Cộng: 3 đợt, trong đó 1 đợt đã hủy; còn 2 mã, 16 bản
"
    );
    let english = scene.done(&["--lang", "en", "ledger"]).stdout;
    assert!(english.contains("Batch ") && english.contains("VOID 2026-03-02: in lệch"), "{english}");
    assert!(english.ends_with("Total: 3 batches, 1 of them void; 2 codes in 16 copies stand\n"), "{english}");
    let json: serde_json::Value =
        serde_json::from_str(&scene.done(&["ledger", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["batches"][1]["void"], true);
    assert_eq!(json["batches"][1]["reason"], "in lệch");
    assert_eq!(json["batches"][2]["codes"][0]["id"], "7K3MQ5");
    assert_eq!(json["total"], serde_json::json!({"codes": 2, "copies": 16}));
    assert_eq!(json["years"][1], serde_json::json!({"year": "2026", "codes": 2, "copies": 13}));
}

#[test]
fn nothing_printed_is_no_error_and_a_spoilt_ledger_is() {
    let scene = Scene::on_a_real_domain();
    let ran = scene.done(&["ledger"]);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", "sổ chưa ghi đợt in nào\n"));
    scene.write("ledger.tsv", format!("{HEAD}printed\tx\n"));
    for arguments in [&["ledger"][..], &["ledger", "void", "x", "--reason", "y", "--yes"]] {
        let Ran { exit, stdout, stderr } = scene.run(arguments);
        assert_eq!((exit, stdout.as_str()), (3, ""), "{stderr}");
        assert!(stderr.contains("DT311"), "{stderr}");
    }
}

#[test]
fn a_batch_is_voided_by_one_row_and_its_entry_may_go() {
    let scene = Scene::on_a_real_domain();
    scene.done(&["sheets", "--issue", "--only", "R8CDTS"]);
    scene.done(&["build"]);
    let before = scene.read("ledger.tsv");
    let batch = before.lines().last().unwrap().split('\t').nth(1).unwrap().to_owned();
    std::fs::remove_dir_all(scene.path("content/relics/den-bia")).unwrap();
    assert_eq!(scene.run(&["build"]).exit, 3, "the printed code would die");
    let ran = scene.done(&["ledger", "void", &batch, "--reason", " in  lệch\tgiấy ", "--yes"]);
    assert!(ran.stderr.contains("R8CDTS  Đền Bia"), "it shows what is affected: {}", ran.stderr);
    assert_eq!(
        scene.read("ledger.tsv").strip_prefix(&before),
        Some(&*format!("void\t{batch}\t{DAY}\t\t\t\t0\t\t\tin lệch giấy\n"))
    );
    let ran = scene.run(&["build"]);
    assert_ne!(ran.exit, 3, "nothing on a wall would die any more: {}", ran.stderr);
}

#[test]
fn a_void_that_cannot_be_is_refused_with_a_reason_and_writes_nothing() {
    let scene = printed();
    let before = scene.read("ledger.tsv");
    for (arguments, told) in [
        (&["2026-04-01-CCCD", "--reason", "x", "--yes"][..], "có phải `2026-04-01-CCCC`?"),
        (&["khác", "--reason", "x", "--yes"], "xem tên các đợt bằng `dautich ledger`"),
        (&["2026-03-01-BBBB", "--reason", "x", "--yes"], "đã hủy rồi (2026-03-02: in lệch)"),
        (&["2025-05-01-AAAA", "--reason", "x", "--yes"], "`mounted` ngày 2025-05-03: mã 7K3MQ5, cổng đền"),
        (&["2026-04-01-CCCC", "--reason", "  ", "--yes"], "chưa ghi lý do hủy"),
        (&["2026-04-01-CCCC", "--yes"], "còn thiếu: --reason <TEXT>"),
        (&["2026-04-01-CCCC", "--reason", "x"], "chạy lại với --yes"),
    ] {
        let mut all = vec!["ledger", "void"];
        all.extend(arguments);
        let output = scene.command(&all).stdin(Stdio::null()).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.contains(told), "{arguments:?}: {stderr}");
        assert_eq!(scene.read("ledger.tsv"), before);
    }
    let empty = Scene::on_a_real_domain();
    assert_eq!(empty.run(&["ledger", "void", "x", "--reason", "y", "--yes"]).exit, 2);
    assert!(!empty.path("ledger.lock").exists() && !empty.path("ledger.tsv").exists());
}

#[test]
fn a_mounted_row_that_was_published_and_lost_still_forbids_a_void() {
    let scene = printed();
    scene.done(&["build"]);
    let hung = row("mounted", "2026-04-01-CCCC", "2026-04-05", "R8CDTS", "1", "sân đình", "");
    scene.write("output/.dautich/README.txt", "");
    scene.write("output/data/ledger.tsv", format!("{}{hung}", scene.read("ledger.tsv")));
    let ran = scene.run(&["ledger", "void", "2026-04-01-CCCC", "--reason", "x", "--yes"]);
    assert_eq!(ran.exit, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("sân đình"), "{}", ran.stderr);
    scene.write("output/data/ledger.tsv", b"\xff\xfe");
    let ran = scene.run(&["ledger", "void", "2026-04-01-CCCC", "--reason", "x", "--yes"]);
    assert!(ran.exit == 3 && ran.stderr.contains("DT320"), "a guard that cannot be read: {}", ran.stderr);
}

/// Runs the program on a terminal and types one line.
#[cfg(target_os = "linux")]
fn typed(scene: &Scene, arguments: &str, answer: &str) -> (i32, String) {
    let line =
        format!("{} -r {} --date {DAY} {arguments}", env!("CARGO_BIN_EXE_dautich"), scene.root().display());
    let mut child = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .env_remove("DAUTICH_LANG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, format!("{answer}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    (output.status.code().unwrap(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_it_asks_once_and_only_a_yes_is_a_yes() {
    let scene = printed();
    let before = scene.read("ledger.tsv");
    let void = "ledger void 2026-04-01-CCCC --reason sai";
    for no in ["", "n", "không"] {
        let (exit, said) = typed(&scene, void, no);
        assert_eq!(exit, 2, "{said}");
        assert!(said.contains("Hủy đợt này?") && said.contains("7K3MQ5"), "{said}");
        assert!(said.find("7K3MQ5") < said.find("Hủy đợt này?"), "shown before it asks");
        assert_eq!(scene.read("ledger.tsv"), before);
    }
    let (exit, said) = typed(&scene, &format!("--lang en {void}"), "y");
    assert!(exit == 0 && said.contains("Void this batch?"), "{said}");
    assert!(scene.read("ledger.tsv").starts_with(&before));
    assert!(scene.read("ledger.tsv").ends_with("\tsai\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn an_issue_is_shown_and_asked_for_on_a_terminal() {
    let scene = Scene::on_a_real_domain();
    let (exit, said) = typed(&scene, "sheets --issue", "n");
    assert_eq!(exit, 2, "{said}");
    assert!(said.contains("sắp in chính thức 6 mã ở địa chỉ https://haiduong.dautich.vn/"), "{said}");
    assert!(said.contains("Ghi vào sổ và in chính thức?"), "{said}");
    assert!(!scene.path("ledger.tsv").exists() && !scene.path("print").exists());
    let (exit, said) = typed(&scene, "sheets --issue --yes --only R8CDTS", "");
    assert!(exit == 0 && !said.contains("Ghi vào sổ và"), "{said}");
    let (exit, said) = typed(&scene, "sheets --issue --only R8CDTS", "c");
    assert_eq!(exit, 0, "{said}");
    assert_eq!(scene.read("ledger.tsv").lines().count(), 4);
}

#[test]
fn an_issue_tells_what_is_unreviewed_untranslated_and_how_many_more() {
    let scene = Scene::on_a_real_domain();
    std::fs::remove_file(scene.path("content/relics/den-bia/index.en.md")).unwrap();
    let relic =
        "---\nid: ID\ntitle: Miếu số COUNT\nsummary: Một ngôi miếu.\ntypes: [history]\nREVIEW\n---\n\nBài.\n";
    for n in 0..20_u8 {
        let id = dautich::code::Id::from_draw([1, 2, 3, 10 + n / 5, 15 + n % 5]).unwrap();
        let review = if n == 0 { "reviewed: {by: Phòng Văn hóa, on: 2026-01-01}" } else { "" };
        let text =
            relic.replace("ID", id.as_str()).replace("COUNT", &n.to_string()).replace("REVIEW", review);
        scene.write(&format!("content/relics/mieu-{n:02}/index.md"), text);
    }
    let ran = scene.done(&["sheets", "--issue"]);
    let (all, rest) = ran.stderr.split_once("chưa ai duyệt").unwrap();
    let (unreviewed, untranslated) = rest.split_once("chưa dịch đủ").unwrap();
    assert!(all.contains("sắp in chính thức 26 mã") && all.contains("và 6 mã nữa"), "{all}");
    assert_eq!(all.lines().filter(|line| line.starts_with("  ") && line.len() > 12).count(), 21);
    assert!(unreviewed.starts_with(" (25)"), "{unreviewed}");
    assert!(!unreviewed.contains("Miếu số 0\n"), "a reviewed one is not named: {unreviewed}");
    assert!(untranslated.starts_with(" (21)") && untranslated.contains("R8CDTS"), "{untranslated}");
    assert_eq!(scene.read("ledger.tsv").lines().count(), 28, "without a terminal it goes on");
}

#[test]
fn outside_a_site_it_does_not_say_that_nothing_was_printed() {
    let ran = Scene::empty().run(&["ledger"]);
    assert_eq!(ran.exit, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("DT021") && !ran.stderr.contains("sổ chưa ghi"), "{}", ran.stderr);
    let site = Scene::example();
    assert!(site.done(&["ledger"]).stderr.contains("sổ chưa ghi đợt in nào"));
}
