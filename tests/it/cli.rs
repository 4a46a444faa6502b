//! The commands as people and scripts meet them: what is said, where, and the exit code.

use crate::scene::{Ran, Scene};
use std::process::{Command, Stdio};

fn bare(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dautich"))
        .args(arguments)
        .env_remove("DAUTICH_LANG")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn help_is_in_both_languages_with_examples() {
    let (exit, out, err) = bare(&["--help"]);
    assert_eq!((exit, err.as_str()), (0, ""));
    assert!(out.contains("mã QR không bao giờ chết") && out.contains("QR codes that never break"));
    for verb in ["init", "new", "check", "build", "serve", "sheets", "scan", "ledger"] {
        assert!(out.contains(verb));
        let (exit, out, _) = bare(&[verb, "--help"]);
        assert_eq!(exit, 0);
        assert!(out.contains("Ví dụ / Example") && out.contains(&format!("dautich {verb}")), "{verb}: {out}");
    }
}

#[test]
fn slips_on_the_command_line_are_told_in_the_editors_language() {
    for (arguments, vi) in [
        (&["buidl"][..], "lỗi: không có lệnh `buidl`\ncách sửa: có phải `build`?\n"),
        (&["build", "--draft"], "lỗi: lệnh này không nhận `--draft`\ncách sửa: có phải `--drafts`?\n"),
        (
            &["check", "--format", "xml"],
            "lỗi: `--format <FORMAT>` không nhận giá trị `xml`\ncách sửa: chọn một trong: text, json\n",
        ),
        (
            &["new", "relic"],
            "lỗi: còn thiếu: <SLUG>\ncách sửa: xem `dautich --help`, hoặc `dautich LỆNH --help`\n",
        ),
        (
            &["--date", "hôm nay", "check"],
            "lỗi: `--date <YYYY-MM-DD>` không nhận giá trị `hôm nay`\ncách sửa: xem `dautich --help`, hoặc `dautich LỆNH --help`\n",
        ),
    ] {
        let (exit, out, err) = bare(arguments);
        assert_eq!((exit, out.as_str(), err.as_str()), (2, "", vi));
    }
    let (exit, _, err) = bare(&["--lang", "en", "buidl"]);
    assert_eq!(exit, 2);
    assert!(err.contains("unrecognized subcommand 'buidl'"), "{err}");
}

#[test]
fn from_init_to_a_proof_sheet() {
    let scene = Scene::empty();
    let site = scene.path("trang của tôi");
    let run = |arguments: &[&str]| {
        let mut all = vec!["-r", site.to_str().unwrap(), "--date", "2026-11-21"];
        all.extend(arguments);
        bare(&all)
    };
    assert_eq!(bare(&["init", site.to_str().unwrap()]).0, 0);
    assert_eq!(bare(&["init", site.to_str().unwrap()]).0, 2, "a folder that is there is not touched");
    let (exit, _, err) = run(&["check"]);
    assert_eq!(exit, 0, "{err}");
    assert_eq!(run(&["new", "relic", "Đền Kiếp Bạc"]).0, 0);
    let file = "trang của tôi/content/relics/den-kiep-bac/index.md";
    assert!(scene.read(file).contains("title: \"Đền Kiếp Bạc\""));
    let (exit, out, err) = run(&["check"]);
    assert_eq!(exit, 0, "a new draft is no error: {out}{err}");
    assert_eq!(run(&["build"]).0, 0);
    assert!(!scene.path("trang của tôi/output/vi/di-tich/den-kiep-bac").exists(), "a draft is not published");
    assert_eq!(run(&["build", "--drafts", "-o", scene.path("xem-thu").to_str().unwrap()]).0, 0);
    assert!(scene.path("xem-thu/vi/di-tich/den-kiep-bac/index.html").exists());
    let (exit, _, err) = run(&["sheets"]);
    assert_eq!(exit, 1, "the address is left for the editor");
    assert!(err.contains("DT314"), "{err}");
    scene.change(
        "trang của tôi/dautich.yaml",
        "# printed_address: https://ten-mien-cua-ban.vn/",
        "printed_address: https://kiepbac.vn/",
    );
    assert_eq!(run(&["sheets"]).0, 0);
    assert!(scene.path("trang của tôi/print/L7164-proof.pdf").exists());
    let (exit, _, err) = run(&["new", "relic", "den-kiep-bac"]);
    assert_eq!(exit, 2, "{err}");
}

#[test]
fn two_new_sites_share_no_id() {
    let ids = |scene: &Scene| -> Vec<String> {
        let files = scene.files("content").into_iter().filter(|(name, _)| name.ends_with("index.md"));
        let line = |text: &str| text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
        files.map(|(_, bytes)| line(std::str::from_utf8(&bytes).unwrap())).collect()
    };
    let (one, two) = (Scene::empty(), Scene::empty());
    for scene in [&one, &two] {
        let (exit, _, err) = bare(&["init", scene.root().to_str().unwrap()]);
        assert_eq!(exit, 0, "{err}");
    }
    assert!(ids(&one).len() >= 4);
    assert!(ids(&one).iter().all(|id| !ids(&two).contains(id)));
    one.done(&["build"]);
}

#[test]
fn findings_are_results_of_check_and_talk_of_build() {
    let scene = Scene::example();
    scene.change("content/relics/den-bia/index.md", "title: Đền Bia", "title:");
    let Ran { exit, stdout, stderr } = scene.run(&["check"]);
    assert_eq!((exit, stderr.as_str()), (1, ""));
    assert!(stdout.contains("lỗi[DT015]: `title` để trống"), "{stdout}");
    let Ran { exit, stdout, stderr } = scene.run(&["build"]);
    assert_eq!((exit, stdout.as_str()), (1, ""));
    assert!(stderr.contains("DT015") && stderr.contains("không ghi gì"), "{stderr}");
    let Ran { exit, stdout, .. } = scene.run(&["--lang", "en", "check", "--format", "json"]);
    assert_eq!(exit, 1);
    let json: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let first = &json["diagnostics"][0];
    assert_eq!(first["code"], "DT015");
    assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(3), Some(1)));
    assert_eq!(first["severity"], "error");
    assert!(first["message"]["vi"].is_string() && first["help"]["en"].is_string());
}

#[test]
fn the_language_of_messages_may_come_from_the_environment() {
    let scene = Scene::empty();
    let said = |lang: &str| {
        let output = scene.command(&["check"]).env("DAUTICH_LANG", lang).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said("en").contains("there is no dautich.yaml"));
    assert!(said("vi").contains("không có tệp dautich.yaml"));
}

#[test]
fn a_reader_that_stops_listening_is_no_failure() {
    let scene = Scene::empty();
    let mut child = scene.command(&["check"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn the_date_is_an_input() {
    let scene = Scene::example();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dautich"));
    command.arg("-r").arg(scene.root()).arg("sheets").env("SOURCE_DATE_EPOCH", "1800000000");
    assert!(command.output().unwrap().status.success());
    let first = scene.files("print");
    assert!(command.output().unwrap().status.success());
    assert!(scene.files("print") == first);
    let epoch = command.env("SOURCE_DATE_EPOCH", "hôm nay").output().unwrap();
    assert_eq!(epoch.status.code(), Some(2));
}

#[test]
fn a_communes_page_without_a_place_is_told_and_nothing_is_written() {
    let scene = Scene::example();
    for (arguments, message) in [
        (
            &["--commune", "10570", "--kind", "product"][..],
            "lỗi: không có bài nào để in ở phường Trần Hưng Đạo, thành phố Hải Phòng\ncách sửa: ghi `commune: \"10570\"` dưới `place:` của một bài, bỏ dòng `draft: true`, hoặc chọn xã khác\n",
        ),
        (
            &["--lang", "en", "--commune", "10570", "--kind", "product"],
            "error: there is no entry to print in Trần Hưng Đạo ward, Hải Phòng city\nhelp: write `commune: \"10570\"` under `place:` of an entry, drop its `draft: true`, or choose another commune\n",
        ),
        (
            &["--commune", "1057"],
            "lỗi: không có xã, phường nào mang mã `1057`\ncách sửa: mã có năm chữ số; tra bằng `dautich units TÊN`, ví dụ `dautich units mao dien`\n",
        ),
        (
            &["--kind", "guide"],
            "lỗi: không bài nào ghi xã để in trang của xã\ncách sửa: thêm `place: commune` với mã xã (tra bằng `dautich units TÊN`) vào bài\n",
        ),
    ] {
        let ran = scene.run(&[&["sheets", "--layout", "commune"], arguments].concat());
        assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (2, "", message), "{arguments:?}");
        assert!(!scene.path("print").exists());
    }
}

#[test]
fn a_communes_proof_tells_how_to_issue_the_same() {
    let scene = Scene::example();
    let ran = scene.done(&["sheets", "--layout", "commune", "--commune", "10930, 10570"]);
    assert_eq!(
        ran.stderr,
        "xong: 2 mã trong SITE/print/commune-proof.pdf, đã đọc lại từng mã\nbiên nhận: 2 mã, SHA-256 d1999ba6188be8931b6649fa6f6e6673120312c9dd37953353f03518b622b4ea\nđây là bản nháp, sổ chưa ghi gì; tiếp theo: xem lại từng nhãn, rồi in chính thức bằng dautich sheets --layout commune --commune 10930,10570 --issue\n"
    );
}
