//! A printed code never breaks: what a build does when the ledger and the content no longer agree.

use crate::scene::Scene;
use dautich::site::Ledger;

const BOTH: &str = "moved: [{from: \"https://haiduong.dautich.vn/\", to: \"https://ditich.haiphong.vn/\", on: 2026-10-01, \
     kept_by: Thành đoàn, until: 2030-01-01}]\n";

/// The example site on a real domain, issued and built.
fn issued() -> Scene {
    let scene = Scene::on_a_real_domain();
    scene.done(&["sheets", "--issue"]);
    scene.done(&["build"]);
    scene
}

/// The batch of the last row of a ledger.
fn batch_of(ledger: &str) -> String {
    ledger.lines().last().unwrap().split('\t').nth(1).unwrap().to_owned()
}

/// Builds, which must stop with this exit code and leave the output as it was; what was said.
fn stopped(scene: &Scene, exit: i32) -> String {
    let before = scene.files("output");
    let ran = scene.run(&["build"]);
    assert_eq!(ran.exit, exit, "{}", ran.stderr);
    assert!(scene.files("output") == before, "the output changed");
    ran.stderr
}

#[test]
fn an_issued_sheet_is_in_the_ledger_and_the_site_builds() {
    let scene = issued();
    let ledger = scene.read("ledger.tsv");
    assert!(ledger.starts_with(
        "# dautich ledger 1\nevent\tbatch\tdate\tid\taddress\tlayout\tcopies\tplace\tname\tnote\n"
    ));
    let batch = batch_of(&ledger);
    assert!(batch.starts_with("2026-11-21-") && batch.len() == 15, "{batch}");
    assert!(ledger.contains(&format!(
        "printed\t{batch}\t2026-11-21\tR8CDTS\thttps://HAIDUONG.DAUTICH.VN/Q/R8CDTS/\tL7164\t1\tthôn Văn Thai, xã Tuệ Tĩnh, thành phố Hải Phòng\tĐền Bia\t\n"
    )));
    assert_eq!(ledger.lines().count(), 8);
    scene.done(&["sheets", "--issue", "--only", "R8CDTS"]);
    assert!(scene.read("ledger.tsv").starts_with(&ledger), "rows are only added");
    let second = batch_of(scene.read("ledger.tsv").strip_prefix(&ledger).unwrap());
    assert_ne!(second, batch);
    for batch in [batch, second] {
        assert!(scene.path(&format!("print/L7164-{batch}.pdf")).exists());
    }
}

#[test]
fn a_communes_wall_is_issued_as_labels_are() {
    let scene = issued();
    let before = scene.read("ledger.tsv");
    scene.done(&["sheets", "--layout", "commune", "--commune", "10909", "--issue"]);
    let ledger = scene.read("ledger.tsv");
    let added = ledger.strip_prefix(&before).expect("rows are only added");
    let batch = batch_of(added);
    assert_eq!(
        added,
        format!(
            "printed\t{batch}\t2026-11-21\tR8CDTS\thttps://HAIDUONG.DAUTICH.VN/Q/R8CDTS/\tcommune\t1\tthôn Văn Thai, xã Tuệ Tĩnh, thành phố Hải Phòng\tĐền Bia\t\n"
        )
    );
    assert!(scene.path(&format!("print/commune-{batch}.pdf")).exists());
}

#[test]
fn a_proof_leaves_the_ledger_alone_and_example_hosts_are_never_issued() {
    let scene = Scene::example();
    scene.done(&["sheets"]);
    assert!(!scene.path("ledger.tsv").exists());
    let ran = scene.run(&["sheets", "--issue"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.stderr.contains("DT315"));
    assert!(!scene.path("ledger.tsv").exists());
    assert_eq!(scene.files("print").len(), 1, "only the proof");
}

#[test]
fn a_removed_entry_stops_the_build_and_is_named() {
    let scene = issued();
    std::fs::remove_dir_all(scene.path("content/products/vai-thieu-thanh-ha")).unwrap();
    let said = stopped(&scene, 3);
    assert!(
        said.contains("chặn[DT305]") && said.contains("Vải thiều Thanh Hà") && said.contains("C8B2NS"),
        "{said}"
    );
    // Merged into another entry, its code lives on.
    scene.change(
        "content/products/banh-dau-xanh/index.md",
        "id: XJ5P9D\n",
        "id: XJ5P9D\nformer_ids: [C8B2NS]\n",
    );
    scene.done(&["build"]);
    assert!(scene.read("output/Q/C8B2NS/index.html").contains("Bánh đậu xanh"));
}

#[test]
fn a_renamed_folder_is_fine_and_a_changed_id_is_not() {
    let scene = issued();
    std::fs::rename(scene.path("content/relics/den-bia"), scene.path("content/relics/den-bia-van-thai"))
        .unwrap();
    scene.done(&["build"]);
    assert!(scene.path("output/vi/di-tich/den-bia-van-thai/index.html").exists());
    assert!(!scene.path("output/vi/di-tich/den-bia").exists());
    let mention = |name: &str| scene.path(name).exists();
    assert!(mention("output/Q/R8CDTS/index.html"));
    for entry in walkdir::WalkDir::new(scene.path("content")) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|e| e == "md") {
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replace("R8CDTS", "L7BFWW")).unwrap();
        }
    }
    assert!(stopped(&scene, 3).contains("R8CDTS"));
}

#[test]
fn a_drafted_entry_stops_the_build_and_a_withdrawn_one_keeps_its_page() {
    let scene = issued();
    let file = "content/products/banh-dau-xanh/index.md";
    scene.change(file, "id: XJ5P9D\n", "id: XJ5P9D\ndraft: true\n");
    assert!(stopped(&scene, 3).contains("DT306"));
    scene.change(
        file,
        "draft: true\n",
        "withdrawn: {on: 2026-11-20, reason: {vi: Cơ sở đã nghỉ, en: The maker has closed}}\n",
    );
    scene.done(&["build"]);
    let page = scene.read("output/Q/XJ5P9D/index.html");
    assert!(page.contains("Cơ sở đã nghỉ") && page.contains("The maker has closed"));
    assert!(!page.contains("photos/") && !page.contains("mailto:"), "photos and contacts are gone");
    assert!(!scene.read("output/vi/dac-san/index.html").contains("banh-dau-xanh"));
}

#[test]
fn a_lost_row_stops_the_build() {
    let scene = issued();
    let ledger = scene.read("ledger.tsv");
    let short: Vec<&str> = ledger.lines().filter(|line| !line.contains("4HWTNB")).collect();
    scene.write("ledger.tsv", short.join("\n"));
    assert!(stopped(&scene, 3).contains("DT307"));
    std::fs::remove_file(scene.path("ledger.tsv")).unwrap();
    assert!(stopped(&scene, 3).contains("Chùa Côn Sơn"));
    scene.write("ledger.tsv", ledger);
    scene.done(&["build"]);
}

#[test]
fn a_moved_address_needs_somebody_who_keeps_the_old_one() {
    let scene = issued();
    let (old, new) =
        ("printed_address: https://haiduong.dautich.vn/", "printed_address: https://ditich.haiphong.vn/");
    scene.change("dautich.yaml", old, new);
    assert!(stopped(&scene, 3).contains("DT308"));
    let config = scene.read("dautich.yaml");
    scene.write("dautich.yaml", format!("{config}{BOTH}"));
    let ran = scene.done(&["build"]);
    assert!(ran.stderr.contains("DT309") && ran.stderr.contains("Thành đoàn"), "{}", ran.stderr);
    let late = scene.run(&["--date", "2031-01-01", "build"]);
    assert_eq!(late.exit, 2, "--date twice is a usage error");
    scene.change("dautich.yaml", "until: 2030-01-01", "until: 2026-11-20");
    let ran = scene.done(&["build"]);
    assert!(ran.stderr.contains("DT310") && ran.stderr.contains("GẤP"), "{}", ran.stderr);
    scene.write("dautich.yaml", config.replace(new, ""));
    assert!(stopped(&scene, 3).contains("DT308"), "no printed address at all");
}

#[test]
fn check_tells_of_a_dead_plaque_too() {
    let scene = issued();
    std::fs::remove_dir_all(scene.path("content/relics/den-bia")).unwrap();
    assert_eq!(scene.run(&["check"]).exit, 3);
    assert_eq!(scene.run(&["sheets"]).exit, 3);
}

/// Rows of two people: printed, mounted, a voided batch, a plaque that moved, in any order, even twice.
#[test]
fn a_ledger_is_the_same_in_any_order_and_joined_end_to_end() {
    let row = |cells: &[&str]| cells.join("\t");
    let address = |id: &str| format!("https://DITICH.VN/Q/{id}/");
    let rows = [
        row(&[
            "printed",
            "2026-01-01-1",
            "2026-01-01",
            "7K3MQ5",
            &address("7K3MQ5"),
            "L7164",
            "1",
            "",
            "Mao Điền",
            "",
        ]),
        row(&[
            "mounted",
            "2026-01-01-1",
            "2026-02-01",
            "7K3MQ5",
            &address("7K3MQ5"),
            "",
            "",
            "cổng",
            "Mao Điền",
            "",
        ]),
        row(&[
            "printed",
            "2026-03-01-1",
            "2026-03-01",
            "R8CDTS",
            &address("R8CDTS"),
            "L7164",
            "1",
            "",
            "Đền Bia",
            "",
        ]),
        row(&["void", "2026-03-01-1", "2026-03-02", "", "", "", "", "", "", "in hỏng"]),
        row(&[
            "printed",
            "2026-04-01-1",
            "2026-04-01",
            "4HWTNB",
            &address("4HWTNB"),
            "L7164",
            "1",
            "",
            "Côn Sơn",
            "",
        ]),
        row(&["void", "2026-04-01-1", "2026-04-02", "4HWTNB", &address("4HWTNB"), "", "", "", "", ""]),
        row(&[
            "mounted",
            "2026-04-01-1",
            "2026-04-03",
            "4HWTNB",
            &address("4HWTNB"),
            "",
            "",
            "",
            "Côn Sơn",
            "vẫn treo",
        ]),
    ];
    let head = "# dautich ledger 1\nevent\tbatch\tdate\tid\taddress\tlayout\tcopies\tplace\tname\tnote\n";
    let whole = |order: &[usize]| {
        format!("{head}{}\n", order.iter().map(|n| rows[*n].as_str()).collect::<Vec<_>>().join("\n"))
    };
    let (first, found) = Ledger::read(&whole(&[0, 1, 2, 3, 4, 5, 6]));
    assert!(found.is_empty(), "{found:?}");
    let standing: Vec<String> = first.standing().keys().map(ToString::to_string).collect();
    assert_eq!(standing, ["4HWTNB", "7K3MQ5"], "a voided batch is gone; what was mounted after all stands");
    let mut order: Vec<usize> = (0..rows.len()).collect();
    for turn in 0..200 {
        order.rotate_left(turn % 5 + 1);
        let last = order.len() - 1;
        order.swap(turn % 7, last - turn % 3);
        let (other, found) = Ledger::read(&whole(&order));
        assert!(found.is_empty());
        assert_eq!(other, first);
        assert_eq!(other.standing(), first.standing());
    }
    let joined = format!("{}{}", whole(&[4, 0, 2, 6]), whole(&[1, 5, 0, 3])).replace('\n', "\r\n");
    let (joined, found) = Ledger::read(&joined);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(joined, first);
}

#[test]
fn two_laptops_on_one_day_do_not_void_each_others_plaques() {
    let (one, two) = (issued(), issued());
    let (first, second) = (one.read("ledger.tsv"), two.read("ledger.tsv"));
    assert_ne!(batch_of(&first), batch_of(&second));
    let void = format!("void\t{}\t2026-11-22\t\t\t\t\t\t\tchưa in\n", batch_of(&second));
    one.write("ledger.tsv", format!("{first}{second}{void}"));
    one.done(&["build"]);
    std::fs::remove_dir_all(one.path("content/relics/den-bia")).unwrap();
    assert!(stopped(&one, 3).contains("Đền Bia"), "the first laptop's plaque still hangs");
}

#[test]
fn sheets_issued_at_once_lose_no_row() {
    let scene = Scene::example();
    scene.change("dautich.yaml", "haiduong.dautich.example/\nbase", "haiduong.dautich.vn/\nbase");
    let ids = ["7K3MQ5", "R8CDTS", "4HWTNB", "XJ5P9D", "C8B2NS", "S4G5J7"];
    for _ in 0..3 {
        let runs: Vec<_> = ids
            .iter()
            .map(|id| scene.command(&["sheets", "--issue", "--only", id]).spawn().unwrap())
            .collect();
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
    }
    assert_eq!(scene.read("ledger.tsv").lines().count(), 2 + 3 * ids.len());
    // Each sheet with its table and its contact sheet.
    assert_eq!(scene.files("print").len(), 3 * 3 * ids.len());
}

#[test]
fn a_sheet_never_replaces_what_somebody_wrote_or_issued() {
    let scene = issued();
    for file in ["content/relics/den-bia/index.md", "ledger.tsv", "dautich.yaml"] {
        let before = scene.read(file);
        for more in [&["sheets", "-o"][..], &["sheets", "--issue", "-o"]] {
            let path = scene.path(file);
            let ran = scene.run(&[more, &[path.to_str().unwrap()]].concat());
            assert_eq!(ran.exit, 2, "{}", ran.stderr);
            assert_eq!(scene.read(file), before, "{file}");
        }
    }
    let sheet = scene.files("print").remove(0).0;
    let path = scene.path("print").join(&sheet);
    assert_eq!(scene.run(&["sheets", "--issue", "-o", path.to_str().unwrap()]).exit, 2);
}

#[test]
fn blanks_in_a_cell_are_no_lost_row() {
    let scene = issued();
    let row = "mounted\tb\t2026-11-21\tR8CDTS\thttps://HAIDUONG.DAUTICH.VN/Q/R8CDTS/\t\t\tthôn A,  xã B \tĐền Bia\t\n";
    scene.write("ledger.tsv", format!("{}{row}", scene.read("ledger.tsv")));
    scene.done(&["build"]);
    scene.done(&["build"]);
}

#[test]
fn no_way_round_the_published_ledger() {
    // Staged by a build that was killed: it counts although it stands nowhere yet.
    let scene = issued();
    let ledger = scene.read("ledger.tsv");
    std::fs::remove_file(scene.path("output/data/ledger.tsv")).unwrap();
    scene.write("output/.dautich/new/0/0", &ledger);
    scene.write("output/.dautich/journal", "+0 data/ledger.tsv\n=data/ledger.tsv\n");
    std::fs::remove_file(scene.path("ledger.tsv")).unwrap();
    assert_eq!(scene.run(&["build"]).exit, 3);
    // Spoilt: a guard that cannot be read has not found nothing.
    let scene = issued();
    std::fs::write(scene.path("output/data/ledger.tsv"), [ledger.as_bytes(), &[0xff]].concat()).unwrap();
    std::fs::remove_file(scene.path("ledger.tsv")).unwrap();
    assert!(stopped(&scene, 3).contains("DT320"));
}

#[test]
fn a_slip_in_a_printed_entry_is_an_error_and_no_dead_plaque() {
    let scene = issued();
    scene.change(
        "content/relics/den-bia/index.md",
        "id: R8CDTS\n",
        "id: R8CDTS   # mã in trên biển\nalso: a: b\n",
    );
    let said = stopped(&scene, 1);
    assert!(said.contains("DT006") && !said.contains("DT305"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_shared_ledger_stays_shared() {
    let scene = Scene::example();
    scene.change("dautich.yaml", "haiduong.dautich.example/\nbase", "haiduong.dautich.vn/\nbase");
    scene.write("shared/ledger.tsv", "");
    std::os::unix::fs::symlink(scene.path("shared/ledger.tsv"), scene.path("ledger.tsv")).unwrap();
    scene.done(&["sheets", "--issue"]);
    assert_eq!(scene.read("shared/ledger.tsv").lines().count(), 8);
}
