//! The sign adviser: what it says agrees with what was measured (benches/damage.tsv), its words are plain, and sheets
//! warn of codes that will not be read.

use crate::scene::{Scene, repository};
use dautich::code::symbol::Level;
use dautich::print::adviser::{
    Advice, Hangs, On, PIXELS_A_MODULE, Plate, Reach, Reads, Sign, Warning, advise, needed, pixels,
};
use dautich::print::layout::Layout;
use dautich::print::layouts::Layouts;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The example site's own, which has no symbol between Q in 29 modules and H in 33; and one that is short enough for M
/// in 25 modules, but not for more.
const LONG: &str = "https://HAIDUONG.DAUTICH.EXAMPLE/Q/BCDFGH/";
const SHORT: &str = "https://DAUTICH.EXAMPLE/Q/BCDFGH/";

fn sign(distance: f32, hangs: Hangs) -> Sign {
    Sign { distance, hangs, on: On::Wall, diameter: None, plate: Some(Plate::Sticker), widest: None }
}

fn layouts() -> &'static Layouts {
    static LAYOUTS: LazyLock<Layouts> =
        LazyLock::new(|| Layouts::read(None, jiff::civil::date(2026, 11, 21)).0);
    &LAYOUTS
}

fn advice(sign: &Sign, address: &str) -> Advice<'static> {
    advise(sign, address, &layouts().iter().collect::<Vec<&Layout>>()).unwrap()
}

/// Per cent read by each reader, by damage and by symbol (level and modules).
type Rates = BTreeMap<String, BTreeMap<(String, u16), Vec<f32>>>;

fn measured() -> Rates {
    let text = std::fs::read_to_string(repository().join("benches/damage.tsv")).unwrap();
    let mut rates = Rates::new();
    for line in text.lines().skip(2) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [damage, level, modules, _, read, trials] = cells[..] else { panic!("{line}") };
        let rate = 100.0 * read.parse::<f32>().unwrap() / trials.parse::<f32>().unwrap();
        assert!(trials.parse::<u32>().unwrap() >= 100, "{line}: too few trials");
        let symbol = (level.to_owned(), modules.parse().unwrap());
        rates.entry(damage.to_owned()).or_default().entry(symbol).or_default().push(rate);
    }
    assert!(rates.len() > 40 && rates.values().all(|row| row.values().all(|both| both.len() == 2)));
    rates
}

fn mean(rates: &[f32]) -> f32 {
    rates.iter().sum::<f32>() / rates.len() as f32
}

/// What a sign meets, by where it hangs.
fn weather(hangs: Hangs) -> &'static [&'static str] {
    match hangs {
        Hangs::Indoors => &[
            "none",
            "blur-1",
            "blur-1.25",
            "blur-1.5",
            "tilt-30",
            "tilt-45",
            "contrast-60",
            "contrast-30",
            "contrast-20",
            "faded",
            "shade",
            "mud-clean-3",
            "mud-clean-5",
        ],
        Hangs::WithinReach => &[
            "mud-2",
            "mud-5",
            "mud-10",
            "mud-clean-3",
            "mud-clean-5",
            "mud-clean-8",
            "mud-clean-10",
            "outdoor",
        ],
        Hangs::OutOfReach => &["pixels-40", "pixels-45", "pixels-50", "pixels-55", "pixels-60", "pixels-80"],
    }
}

#[test]
fn the_level_advised_is_the_one_that_was_read_best_in_that_weather() {
    let rates = measured();
    for (hangs, address, others) in [
        (Hangs::Indoors, LONG, &[("H", 33)][..]),
        (Hangs::Indoors, SHORT, &[("M", 25), ("H", 33)]),
        (Hangs::WithinReach, LONG, &[("Q", 29)]),
        (Hangs::WithinReach, SHORT, &[("M", 25), ("Q", 29)]),
        (Hangs::OutOfReach, LONG, &[("H", 33)]),
    ] {
        for distance in [0.5, 1.0, 2.0, 4.0] {
            let advice = advice(&sign(distance, hangs), address);
            let rate = |row: &str, level: &str, modules: u16| mean(&rates[row][&(level.to_owned(), modules)]);
            let whole = |level, modules| {
                mean(&weather(hangs).iter().map(|row| rate(row, level, modules)).collect::<Vec<_>>())
            };
            for &(level, modules) in others {
                let (ours, theirs) = (whole(advice.level.letter(), advice.modules), whole(level, modules));
                assert!(ours > theirs, "{hangs:?} {address}: {ours} and at {level} {theirs}");
                if level == "M" {
                    continue; // what M is better at, far and blurred, is not this weather's
                }
                for row in weather(hangs) {
                    let (ours, theirs) =
                        (rate(row, advice.level.letter(), advice.modules), rate(row, level, modules));
                    assert!(ours >= theirs - 6.0, "{hangs:?} {row}: {ours} and at {level} {theirs}");
                }
            }
        }
    }
}

#[test]
fn m_is_advised_for_a_small_sticker_out_of_reach_and_read_from_afar_alone() {
    let rates = measured();
    let small = |hangs, address| advice(&Sign { widest: Some(80.0), ..sign(4.0, hangs) }, address);
    let m = small(Hangs::OutOfReach, SHORT);
    assert_eq!((m.level, m.ask, m.modules), (Level::M, Some(Level::M), 25));
    assert!(m.warnings.contains(&Warning::LevelM) && m.warnings.contains(&Warning::TooSmall(60.0)));
    for row in weather(Hangs::OutOfReach) {
        let rate = |level: &str, modules| mean(&rates[*row][&(level.to_owned(), modules)]);
        assert!(rate("M", 25) >= rate("Q", 29).max(rate("H", 33)), "{row}");
    }
    assert_eq!(small(Hangs::OutOfReach, LONG).level, Level::Q, "M saves no module there");
    assert_eq!(small(Hangs::WithinReach, SHORT).level, Level::H, "hands reach it");
    assert_eq!(advice(&sign(4.0, Hangs::OutOfReach), SHORT).level, Level::Q, "there is room");
}

#[test]
fn what_is_advised_has_the_pixels_that_were_read() {
    let rates = measured();
    let pixel_rows: Vec<(f32, &BTreeMap<_, Vec<f32>>)> = rates
        .iter()
        .filter_map(|(key, row)| Some((key.strip_prefix("pixels-")?.parse().unwrap(), row)))
        .collect();
    assert!(pixel_rows.len() >= 10);
    for (level, modules) in rates["none"].keys() {
        let sure = PIXELS_A_MODULE * f32::from(*modules);
        let symbol = (level.clone(), *modules);
        let read = |row: &&(f32, &BTreeMap<_, Vec<f32>>)| row.1[&symbol].iter().all(|rate| *rate >= 98.5);
        let enough = pixel_rows.iter().filter(|row| row.0 >= sure);
        assert!(enough.clone().count() > 0 && enough.clone().all(|row| read(&row)), "{level} {modules}");
        // Half of it is nothing: "không quét được" is no exaggeration.
        let few = pixel_rows.iter().filter(|row| row.0 <= sure / 2.0);
        assert!(few.clone().count() > 0);
        assert!(few.flat_map(|row| &row.1[&symbol]).all(|rate| *rate <= 1.0), "{level} {modules}");
    }
    for hangs in [Hangs::Indoors, Hangs::WithinReach, Hangs::OutOfReach] {
        for address in
            [LONG, SHORT, "https://HAIDUONG.DAUTICH.EXAMPLE/mot-thu-muc/rat-dai/va-dai-hon-nua/Q/BCDFGH/"]
        {
            for distance in [0.1, 0.3, 0.8, 1.5, 4.0, 12.0, 30.0] {
                let advice = advice(&sign(distance, hangs), address);
                assert!(pixels(advice.symbol, distance) >= PIXELS_A_MODULE * f32::from(advice.modules));
                assert!(advice.module() >= 0.5 && advice.quiet() >= advice.module() * 3.99);
                assert_eq!(Reach::of(advice.symbol, advice.modules).reads(distance), Reads::Well);
                let layout = advice.layout.unwrap();
                assert!(layout.symbol * advice.enlarged * 1.06 >= advice.symbol, "{}", layout.name);
                assert!(layout.wall.is_none());
            }
        }
    }
    // 45 degrees, the most a sign above the heads is seen from.
    assert!(rates["tilt-45"].values().flatten().all(|rate| *rate >= 99.0));
    assert!(rates["tilt-55"].values().flatten().any(|rate| *rate < 99.0));
    // What the warnings say.
    assert!(rates["inverted"].values().flatten().any(|rate| *rate == 0.0));
    assert!(rates["dark-red-shade"].values().flatten().all(|rate| *rate == 0.0));
    assert!(rates["glare-5"].values().flatten().all(|rate| *rate < 80.0));
}

#[test]
fn the_table_of_the_docs_is_the_one_that_was_measured() {
    let page = std::fs::read_to_string(repository().join("docs/plaques.md")).unwrap();
    let seed = std::fs::read_to_string(repository().join("benches/damage.tsv")).unwrap();
    assert!(page.contains(seed.lines().next().unwrap().trim_start_matches("# ")));
    let rates = measured();
    let rows: Vec<&str> = page
        .split("<!-- damage.py -->")
        .nth(1)
        .unwrap()
        .split("<!-- /damage.py -->")
        .next()
        .unwrap()
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| %"))
        .collect();
    assert_eq!(rows.len(), rates.len());
    let cell = |damage: &str, level: &str, modules: u16| {
        let both: Vec<String> =
            rates[damage][&(level.to_owned(), modules)].iter().map(|rate| format!("{rate:.0}")).collect();
        both.join(" / ")
    };
    for (damage, words) in
        [("mud-clean-8", "| mud on 8 %, finder patterns clean |"), ("blur-1.5", "| blur, sigma 1.5 %")]
    {
        let row = rows.iter().find(|row| row.contains(words)).unwrap();
        for (level, modules) in [("M", 25), ("Q", 29), ("H", 33), ("H", 29)] {
            assert!(row.contains(&format!("| {} |", cell(damage, level, modules))), "{row}");
        }
    }
}

#[test]
fn posts_plates_and_places_are_heeded() {
    let post = Sign { on: On::Post, diameter: Some(114.0), ..sign(1.0, Hangs::WithinReach) };
    let bent = advice(&post, LONG);
    assert_eq!((bent.symbol, bent.needed), (57.0, 100.0));
    assert!(
        bent.warnings.contains(&Warning::TooSmall(57.0)) && bent.warnings.contains(&Warning::Bent(114.0))
    );
    let flat = advice(&Sign { plate: Some(Plate::Steel), ..post }, LONG);
    assert_eq!((flat.symbol, flat.warnings.as_slice()), (100.0, &[Warning::PaleSteel][..]));
    assert!(advice(&Sign { diameter: None, ..post }, LONG).warnings.contains(&Warning::BentUnknown));
    for on in [On::Timber, On::Stele, On::Tree, On::Relic] {
        assert!(
            advice(&Sign { on, ..sign(1.0, Hangs::Indoors) }, LONG).warnings.contains(&Warning::Never(on))
        );
    }
    for on in [On::Wall, On::Stand, On::Post, On::Glass] {
        assert!(
            !advice(&Sign { on, ..sign(1.0, Hangs::Indoors) }, LONG).warnings.contains(&Warning::Never(on))
        );
    }
    // In the weather no label paper, whose stocks come cut.
    assert_eq!(advice(&sign(0.4, Hangs::Indoors), LONG).layout.unwrap().name, "L7164");
    assert!(advice(&sign(0.4, Hangs::WithinReach), LONG).layout.unwrap().bleed > 0.0);
    assert_eq!(advice(&sign(0.8, Hangs::WithinReach), LONG).layout.unwrap().name, "A5");
    assert_eq!(needed(0.1, 29), 25.0, "a label in the hand");
}

#[test]
fn advice_is_plain_and_writes_nothing() {
    let scene = Scene::example();
    let before = scene.files("");
    let said = |arguments: &[&str]| scene.done(&[&["sheets", "--advise"], arguments].concat()).stdout;
    assert_eq!(
        said(&["--distance", "0,8", "--outdoors"]),
        "Biển đọc từ 0,8 m, ngoài trời, trong tầm với, gắn tường
  mã    rộng 80 mm, mức H, 33 x 33 ô, mỗi ô 2,4 mm
  nền   trắng, chừa 9,7 mm mỗi phía quanh mã: ít nhất 100 x 100 mm
  ảnh   khung ngắm 1920 điểm thấy mã rộng chừng 142 điểm ảnh
  treo  giữa mã cao 1,2 đến 1,4 m, vừa tầm trẻ em và người ngồi xe lăn (kinh nghiệm, không phải tiêu chuẩn)
  in    `dautich sheets --layout A5 --level H`: mã rộng 78 mm, đọc dễ từ 0,8 m trở lại
"
    );
    let english = said(&["--lang", "en", "--distance", "3", "--on", "timber"]);
    let mut lines = english.lines();
    assert_eq!(lines.next(), Some("A sign read from 3 m, indoors, on timber"));
    assert!(lines.next().unwrap().starts_with("note: NEVER fix a plate to timber: "), "{english}");
    assert!(
        english.contains(
            "no layout has it so wide: `dautich sheets --layout A4` (code 110 mm), enlarged to 273 %"
        )
    );
    assert_eq!(scene.files(""), before);
    // A site that is not finished may ask all the same.
    scene.change("dautich.yaml", "printed_address: ", "# printed_address: ");
    assert!(said(&["--distance", "1"]).contains("lưu ý: chưa có `printed_address` trong dautich.yaml"));
}

#[test]
fn lengths_that_no_sign_has_are_refused() {
    let scene = Scene::example();
    for (arguments, message) in [
        (
            &["--distance", "0"][..],
            "lỗi: `--distance` không nhận giá trị `0`\ncách sửa: ghi một số mét từ 0,1 đến 30, ví dụ `--distance 1.5`\n",
        ),
        (
            &["--distance", "-3"],
            "lỗi: `--distance` không nhận giá trị `-3`\ncách sửa: ghi một số mét từ 0,1 đến 30, ví dụ `--distance 1.5`\n",
        ),
        (
            &["--distance", "NaN"],
            "lỗi: `--distance` không nhận giá trị `NaN`\ncách sửa: ghi một số mét từ 0,1 đến 30, ví dụ `--distance 1.5`\n",
        ),
        (
            &["--distance", "1", "--diameter", "-114"],
            "lỗi: `--diameter` không nhận giá trị `-114`\ncách sửa: ghi một số mm từ 20 đến 3000, ví dụ `--diameter 114`\n",
        ),
        (
            &["--outdoors"],
            "lỗi: còn thiếu: --distance <M>\ncách sửa: xem `dautich --help`, hoặc `dautich LỆNH --help`\n",
        ),
    ] {
        for advise in [&["sheets", "--advise"][..], &["sheets"]] {
            let ran = scene.run(&[advise, arguments].concat());
            assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (2, "", message));
        }
    }
    assert!(!scene.path("print").exists());
}

#[test]
fn sheets_warn_of_codes_that_will_not_be_read_and_print_them() {
    let scene = Scene::example();
    let said = |arguments: &[&str]| scene.done(&[&["sheets"], arguments].concat()).stderr;
    let far = said(&["--distance", "3", "--layout", "50x50"]);
    assert!(far.contains("lưu ý: ở 3 m, mã 29 mm (50x50) không quét được: phải phóng to hoặc lại gần; đọc dễ từ 0,3 m trở lại, xa nhất chừng 0,6 m\nlưu ý: cần mã rộng 300 mm, không khuôn in nào có: xem `dautich sheets --advise --distance 3`\n"), "{far}");
    assert!(scene.path("print/50x50-proof.pdf").exists());
    let near = said(&["--distance", "0.6", "--outdoors", "--layout", "L7164"]);
    assert!(near.contains("lưu ý: ở 0,6 m, mã 40 mm (L7164) khó quét"), "{near}");
    assert!(near.contains("lưu ý: cần mã rộng 60 mm, có ở khuôn: 100x100, 18x12, A5\n"), "{near}");
    assert!(near.contains("thêm `--level H`"), "{near}");
    let good = said(&["--distance", "0.4", "--layout", "L7164"]);
    assert!(!good.contains("quét được") && !good.contains("khó quét") && !good.contains("--level"), "{good}");
}

#[test]
fn a_level_is_drawn_where_it_is_asked_for_and_said_to_whoever_issues() {
    let scene = Scene::example();
    let sheet = |level: &[&str]| {
        let ran = scene.done(&[&["sheets", "--only", "7K3MQ5"], level].concat());
        (std::fs::read(scene.path("print/L7164-proof.pdf")).unwrap(), ran.stderr)
    };
    let (rule, said) = sheet(&[]);
    assert!(!said.contains("--level"));
    assert_eq!(sheet(&["--level", "Q"]).0, rule);
    let (high, said) = sheet(&["--level", "h"]);
    assert!(high != rule && said.contains(" --level H --only 7K3MQ5 --issue"), "{said}");
    let (low, said) = sheet(&["--level", "M"]);
    assert_eq!(low, rule);
    assert!(
        said.contains("lưu ý: với địa chỉ này mức M không bớt được ô nào, nên mã vẫn ở mức Q\n"),
        "{said}"
    );
    scene.change(
        "dautich.yaml",
        "printed_address: https://haiduong.dautich.example/",
        "printed_address: https://dautich.example/",
    );
    let (_, said) = sheet(&["--level", "M"]);
    assert!(said.contains("lưu ý: mức M chịu ít vết bẩn hơn hẳn"), "{said}");
    let ran = scene.run(&["sheets", "--level", "L"]);
    assert_eq!(
        (ran.exit, ran.stderr.as_str()),
        (2, "lỗi: `--level <M|Q|H>` không nhận giá trị `L`\ncách sửa: chọn một trong: M, Q, H\n")
    );
}

#[test]
fn whoever_prints_codes_of_relics_is_reminded_in_one_line() {
    let scene = Scene::example();
    let reminder = "di tích trong tờ này; không gắn biển lên chính công trình, gỗ, bia đá, cây";
    let said = |kind: &str| scene.done(&["sheets", "--kind", kind]).stderr;
    assert!(said("relic").contains(&format!("lưu ý: có 3 {reminder}")));
    assert!(!said("product").contains(reminder));
}
