//! What a page shows of the field's own facts, and what it never shows: stars past their day, other people's numbers.

use crate::scene::Scene;

const PRODUCT: &str = "---
id: XJ5P9D
title: Bánh thử
summary: Một thứ bánh.
makers:
  - name: Hợp tác xã thử
    place: {commune: \"10813\"}
    contact: {phone: \"0900 000 000\", zalo: \"0900000001\", email: htx@thu.dautich.example, consent: {by: Hợp tác xã thử, on: 2026-10-01}}
  - name: Cơ sở không đồng ý
    contact: {phone: \"0911 111 111\", email: kin@thu.dautich.example}
ocop: {stars: 4, decision: 1234/QĐ-UBND, issued_on: 2023-12-29}
protection: [{kind: geographical-indication, number: \"00003\", year: 2007}, {kind: collective-mark, number: \"00123\"}]
listings:
  - {url: \"https://shopee.vn/Banh-i.1.2?sp_atk=x\", checked: 2026-11-01, shop: Bánh thử}
  - https://www.lazada.vn/products/banh-i1-s2.html
  - https://www.facebook.com/banh.thu
  - https://s.shopee.vn/abc
gtin: \"8931234567897\"
label: {net: 250 g, abv: 4.5}
---
Một đoạn văn.
";

const PAGE_VI: &str = "output/vi/dac-san/banh-dau-xanh/index.html";
const PAGE_EN: &str = "output/en/specialties/banh-dau-xanh/index.html";

fn scene() -> Scene {
    let scene = Scene::example();
    scene.write("content/products/banh-dau-xanh/index.md", PRODUCT);
    scene.write(
        "content/products/banh-dau-xanh/index.en.md",
        "---\ntitle: Trial cake\nsummary: A kind of cake.\n---\nA paragraph.\n",
    );
    scene
}

/// A build on a day of its own: `Scene::run` has a fixed one.
fn run(scene: &Scene, date: &str) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dautich"));
    command.arg("-r").arg(scene.root()).args(["--date", date, "build"]).env_remove("DAUTICH_LANG");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn stars_are_shown_while_they_stand_and_not_a_day_longer() {
    let scene = scene();
    run(&scene, "2026-12-29");
    let (vi, en) = (scene.read(PAGE_VI), scene.read(PAGE_EN));
    assert!(vi.contains("data-until=\"2026-12-29\"") && vi.contains("OCOP 4 sao"));
    assert!(vi.contains("đến hết 29/12/2026"), "the day stands in words, for readers without script");
    assert!(en.contains("OCOP 4 stars") && en.contains("until the end of 29 December 2026"));
    let landing = scene.read("output/Q/XJ5P9D/index.html");
    assert_eq!(landing.matches("data-until=\"2026-12-29\"").count(), 2);
    run(&scene, "2026-12-30");
    for page in [PAGE_VI, PAGE_EN, "output/Q/XJ5P9D/index.html"] {
        let page = scene.read(page);
        assert!(
            !page.contains("4 sao")
                && !page.contains("4 stars")
                && !page.contains("data-until=\"2026-12-29\"")
        );
    }
    assert!(scene.read(PAGE_VI).contains("đã hết hạn công nhận sau ngày 29/12/2026"));
}

/// The JSON-LD is read by machines long after the build, and no script hides anything in it.
#[test]
fn search_engines_are_told_of_no_stars_and_of_no_shop() {
    let scene = scene();
    run(&scene, "2026-11-21");
    let page = scene.read(PAGE_VI);
    let json = page
        .split("<script type=\"application/ld+json\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    assert!(json.contains("\"gtin\":\"8931234567897\""));
    for word in ["sao", "star", "OCOP", "award", "rating", "offer", "shopee", "0900"] {
        assert!(!json.to_lowercase().contains(&word.to_lowercase()), "{word} in {json}");
    }
}

#[test]
fn register_numbers_labels_and_shops_stand_in_both_languages() {
    let scene = scene();
    run(&scene, "2026-11-21");
    let (vi, en) = (scene.read(PAGE_VI), scene.read(PAGE_EN));
    for words in [
        "Chỉ dẫn địa lý",
        "số đăng ký 00003",
        "Nhãn hiệu tập thể",
        "250 g",
        "4,5 % vol.",
        "8931234567897",
        "Nơi mua",
    ] {
        assert!(vi.contains(words), "{words}");
    }
    for words in [
        "Geographical indication",
        "register no. 00003",
        "Collective mark",
        "250 g",
        "4.5 % vol.",
        "Where to buy",
    ] {
        assert!(en.contains(words), "{words}");
    }
    for page in [vi, en] {
        assert!(page.contains("href=\"https://shopee.vn/Banh-i.1.2\" rel=\"noopener nofollow\">Shopee</a>"));
        assert!(page.contains(
            "href=\"https://www.lazada.vn/products/banh-i1-s2.html\" rel=\"noopener nofollow\">Lazada</a>"
        ));
        assert!(page.contains("https://www.facebook.com/banh.thu"));
        assert!(!page.contains("sp_atk") && !page.contains("s.shopee.vn"));
    }
}

#[test]
fn contacts_are_shown_with_consent_only_and_never_reach_the_data_files() {
    let scene = scene();
    run(&scene, "2026-11-21");
    let page = scene.read(PAGE_VI);
    assert!(page.contains("tel:0900000000") && page.contains("https://zalo.me/0900000001"));
    let all = scene.files("output");
    assert!(all.iter().filter(|(name, _)| name.starts_with("data/")).count() >= 4);
    for (name, bytes) in all {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("0911 111 111") && !text.contains("0911111111") && !text.contains("kin@thu"),
            "{name}"
        );
        if !name.ends_with(".html") {
            assert!(
                !text.contains("0900 000 000") && !text.contains("090000000") && !text.contains("htx@thu"),
                "{name}"
            );
        }
    }
}

#[test]
fn the_next_three_days_of_a_festival_stand_in_both_languages() {
    let scene = scene();
    run(&scene, "2026-11-21");
    let (vi, en) = (
        scene.read("output/vi/di-tich/den-bia/index.html"),
        scene.read("output/en/relics/den-bia/index.html"),
    );
    assert!(vi.contains("Sắp tới, thường vào:") && en.contains("Coming up, usually:"));
    for (vi_days, en_days) in [
        ("5–6/5/2027", "5–6 May 2027"),
        ("24–25/4/2028", "24–25 April 2028"),
        ("12–13/5/2029", "12–13 May 2029"),
    ] {
        assert!(vi.contains(vi_days) && en.contains(en_days), "{vi_days}");
    }
    // On its last day it is still the next one; the day after it is not.
    run(&scene, "2027-05-06");
    assert!(scene.read("output/vi/di-tich/den-bia/index.html").contains("5–6/5/2027"));
    run(&scene, "2027-05-07");
    assert!(!scene.read("output/vi/di-tich/den-bia/index.html").contains("5–6/5/2027"));
}

#[test]
fn years_that_are_cancelled_or_not_due_are_passed_over() {
    let scene = scene();
    scene.change(
        "content/relics/den-bia/index.md",
        "lunar: last/3, days: 2, every: 1",
        "lunar: 8/1, every: 2, from_year: 2023, cancelled: [2029]",
    );
    run(&scene, "2026-11-21");
    let page = scene.read("output/vi/di-tich/den-bia/index.html");
    let days: Vec<&str> = page.split("<time datetime=\"").skip(1).filter_map(|rest| rest.get(..4)).collect();
    assert_eq!(days, ["2027", "2031", "2033"]);
}
