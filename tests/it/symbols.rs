//! Symbols of random addresses at every level: no larger than the standard needs, and read by two readers outside the
//! program from their drawn outline.

use crate::scene::{Scene, repository, tool};
use dautich::code::read_back::Proven;
use dautich::code::symbol::{Level, Outline, QUIET_ZONE};
use dautich::code::{Id, PrintedAddress, Symbol};
use dautich::print::label::{Drawn, Label};
use dautich::print::layout::{Layout, Role};
use dautich::print::layouts::Layouts;
use dautich::print::setting::Texts;
use dautich::print::typeface::{POINT, Typefaces};
use std::collections::BTreeSet;

/// Pixels a module.
const STEP: u32 = 4;

/// Numbers from a fixed seed.
struct Dice(u64);

impl Dice {
    fn under(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn word(&mut self, from: &str, longest: usize) -> String {
        let letters: Vec<char> = from.chars().collect();
        (0..=self.under(longest)).map(|_| letters[self.under(letters.len())]).collect()
    }

    fn id(&mut self) -> Id {
        loop {
            if let Some(id) = Id::from_draw([0; 5].map(|_: u8| self.under(29) as u8)) {
                return id;
            }
        }
    }

    /// An address as it is printed; now and then with a port or a path, which a site may have but should not.
    fn address(&mut self) -> String {
        const LABEL: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
        let mut host = String::new();
        for _ in 0..=self.under(3) {
            let (first, last) = (self.word(LABEL, 5), self.word(LABEL, 4));
            let hyphen = if self.under(3) == 0 { "-" } else { "" };
            host += &format!("{first}{hyphen}{last}.");
        }
        host += ["vn", "org.vn", "gov.vn", "example"][self.under(4)];
        let path = match self.under(5) {
            0 => format!("/{}", self.word("abcXYZ019-_.~", 12)),
            1 => format!("/{}/{}", self.word("ABCXYZ", 6), self.word("0123456789", 9)),
            _ => String::new(),
        };
        let id = self.id();
        if self.under(6) == 0 {
            return format!("https://{}:{}{path}/Q/{id}/", host.to_uppercase(), 1 + self.under(65_535));
        }
        match PrintedAddress::parse(&format!("https://{host}{path}/")) {
            Ok(address) => address.of(id),
            Err(why) => panic!("https://{host}{path}/: {why:?}"),
        }
    }
}

/// Data codewords of versions 1 to 20 at M, Q and H (ISO/IEC 18004:2015, table 7).
const CODEWORDS: [[usize; 3]; 20] = [
    [16, 13, 9],
    [28, 22, 16],
    [44, 34, 26],
    [64, 48, 36],
    [86, 62, 46],
    [108, 76, 60],
    [124, 88, 66],
    [154, 110, 86],
    [182, 132, 100],
    [216, 154, 122],
    [254, 180, 140],
    [290, 206, 158],
    [334, 244, 180],
    [365, 261, 197],
    [415, 295, 223],
    [453, 325, 253],
    [507, 367, 283],
    [563, 397, 313],
    [627, 445, 341],
    [669, 485, 385],
];

const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The fewest bits that hold a text in a version: the best of all cuts into numeric, alphanumeric and byte segments
/// (tables 2 and 3; 7.4.3 to 7.4.5), in sixths of a bit while a segment is open.
fn fewest_bits(text: &str, version: usize) -> usize {
    let header = if version < 10 { [4 + 10, 4 + 9, 4 + 8] } else { [4 + 12, 4 + 11, 4 + 16] };
    let cost = |mode: usize, byte: u8| match mode {
        0 => byte.is_ascii_digit().then_some(20),
        1 => ALPHANUMERIC.contains(&byte).then_some(33),
        _ => Some(48),
    };
    let mut open = [None; 3];
    let mut closed = Some(0);
    for byte in text.bytes() {
        open = [0, 1, 2].map(|mode| {
            let begun = closed.map(|bits: usize| bits + 6 * header[mode]);
            let before = begun.into_iter().chain(open[mode]).min();
            Some(before? + cost(mode, byte)?)
        });
        closed = open.iter().flatten().map(|bits: &usize| bits.div_ceil(6) * 6).min();
    }
    closed.unwrap() / 6
}

/// The bits of `https` in byte mode and all behind it in alphanumeric mode, if that is possible.
fn bits_of_two(text: &str, version: usize) -> Option<usize> {
    let rest = text.strip_prefix("https")?;
    let (byte, alphanumeric) = if version < 10 { (8, 9) } else { (16, 11) };
    let bits = 4 + byte + 5 * 8 + 4 + alphanumeric + (rest.len() * 11).div_ceil(2);
    rest.bytes().all(|byte| ALPHANUMERIC.contains(&byte)).then_some(bits)
}

/// The smallest version whose codewords hold so many bits at a level.
fn smallest(bits: impl Fn(usize) -> Option<usize>, level: Level) -> Option<usize> {
    (1..=20)
        .find(|version| bits(*version).is_some_and(|bits| bits <= 8 * CODEWORDS[version - 1][level as usize]))
}

/// The symbol as its outline says, with its quiet zone: even-odd, each module by the upright edges left of its middle.
fn picture(outline: &Outline) -> image::GrayImage {
    let edges: Vec<_> = outline
        .loops
        .iter()
        .flat_map(|corners| corners.iter().zip(corners.iter().cycle().skip(1)))
        .filter(|(from, to)| from.0 == to.0)
        .map(|(from, to)| (u32::from(from.0), u32::from(from.1.min(to.1))..u32::from(from.1.max(to.1))))
        .collect();
    let dark =
        |x: u32, y: u32| edges.iter().filter(|(at, rows)| *at <= x && rows.contains(&y)).count() % 2 == 1;
    let (size, quiet) = (u32::from(outline.size), u32::from(QUIET_ZONE));
    let mut picture = image::GrayImage::from_pixel(
        (size + 2 * quiet) * STEP,
        (size + 2 * quiet) * STEP,
        image::Luma([255]),
    );
    for (x, y) in (0..size * size).map(|at| (at % size, at / size)).filter(|(x, y)| dark(*x, *y)) {
        for pixel in 0..STEP * STEP {
            let (left, top) = ((x + quiet) * STEP, (y + quiet) * STEP);
            picture.put_pixel(left + pixel % STEP, top + pixel / STEP, image::Luma([0]));
        }
    }
    picture
}

#[test]
fn no_symbol_is_larger_than_the_standard_needs() {
    let mut dice = Dice(18_004);
    let mut cut_in_two = 0;
    for _ in 0..3000 {
        let text = dice.address();
        for level in Level::ALL {
            let symbol = Symbol::at_least(&text, level).unwrap();
            let version = (usize::from(symbol.size) - 17) / 4;
            assert_eq!(Some(version), smallest(|v| Some(fewest_bits(&text, v)), level), "{text} {level:?}");
            if let Some(two) = smallest(|v| bits_of_two(&text, v), level) {
                assert!(version <= two, "{text} {level:?}");
                cut_in_two += usize::from(version == two);
            }
            // Raised as far as that version holds, and no farther.
            let bits = fewest_bits(&text, version);
            let highest =
                Level::ALL.into_iter().filter(|l| bits <= 8 * CODEWORDS[version - 1][*l as usize]).max();
            assert_eq!(Some(symbol.level), highest, "{text} {level:?}");
        }
        assert_eq!(Symbol::encode(&text).unwrap(), Symbol::at_least(&text, Level::Q).unwrap());
    }
    assert!(cut_in_two > 5000, "{cut_in_two}: the cut of the design is hardly ever the best");
}

/// Four modules on each side, whatever the address and the level make of the symbol: from the widest, that of 25 modules,
/// to that of a host with a path.
#[test]
fn no_layout_lets_anything_into_a_quiet_zone() {
    let layouts = Layouts::read(None, jiff::civil::date(2026, 11, 21)).0;
    let faces = Typefaces::new().unwrap();
    let texts = Texts::default()
        .with(Role::Title, "Chùa Côn Sơn – Khu di tích quốc gia đặc biệt Côn Sơn – Kiếp Bạc")
        .with(Role::Translated, "Côn Sơn Pagoda – the Côn Sơn and Kiếp Bạc Special National Relic")
        .with(Role::Site, "Di tích và đặc sản Hải Dương")
        .with(Role::Place, "phường Trần Nhân Tông, thành phố Hải Phòng")
        .with(Role::Hint, "Quét bằng Zalo hoặc máy ảnh")
        .with(Role::HintTranslated, "Scan with your camera")
        .with(Role::Words, "haiduong.dautich.example/Q/7K3MQ5");
    let known: Vec<&Layout> = layouts
        .iter()
        .flat_map(|layout| layout.wall.iter().flat_map(|wall| &wall.fewer).chain([layout]))
        .collect();
    assert_eq!(QUIET_ZONE, 4, "ISO/IEC 18004, 9.1");
    assert!(known.len() > 15);
    let mut sizes = BTreeSet::new();
    for host in [
        "DAUTICH.EXAMPLE",
        "HAIDUONG.DAUTICH.EXAMPLE",
        "DI-TICH.THANH-PHO.HAI-PHONG.GOV.VN/di-tich/va-dac-san",
    ] {
        for level in Level::ALL {
            let text = format!("https://{host}/Q/7K3MQ5/");
            let symbol = Symbol::at_least(&text, level).unwrap();
            sizes.insert(symbol.size);
            for layout in &known {
                let drawn = || Proven::new(&symbol, &text).unwrap();
                let drawn = Drawn { symbol: drawn(), wifi: None, logos: &[] };
                let label = match Label::new(drawn, &texts, layout, &faces) {
                    Ok(label) => label,
                    // Refused rather than drawn too fine, or with less around it.
                    Err((found, _)) => {
                        assert_eq!(found.code.0, 342, "{} {}: {found:?}", layout.name, symbol.size);
                        assert!(symbol.size > 37, "{} {}: {found:?}", layout.name, symbol.size);
                        continue;
                    }
                };
                assert!(label.symbol.module >= 0.5, "{} {}", layout.name, symbol.size);
                let (left, top, right, bottom) = label.symbol.quiet;
                let free = label.symbol.module * f32::from(QUIET_ZONE);
                let (x, y) = label.symbol.at;
                for (side, edge) in [
                    (left, x - free),
                    (top, y - free),
                    (right, x + layout.symbol + free),
                    (bottom, y + layout.symbol + free),
                ] {
                    assert!((side - edge).abs() < 0.01, "{} {}", layout.name, symbol.size);
                }
                let inset = layout.frame.unwrap_or(0.0);
                assert!(left >= inset && top >= inset, "{} {}", layout.name, symbol.size);
                assert!(right <= layout.width - inset && bottom <= layout.height - inset, "{}", layout.name);
                for line in &label.lines {
                    let size = line.size * POINT;
                    let width = faces.face(line.weight).width(&line.text, line.size);
                    let beside = line.x >= right - 0.01 || line.x + width <= left + 0.01;
                    let over = line.baseline + 0.25 * size <= top + 0.01;
                    let under = line.baseline - size >= bottom - 0.01;
                    assert!(beside || over || under, "{} {}: {line:?}", layout.name, symbol.size);
                }
            }
        }
    }
    assert!(sizes.contains(&25) && sizes.contains(&33) && sizes.iter().any(|size| *size > 37), "{sizes:?}");
}

#[test]
fn random_addresses_at_every_level_are_read_by_two_readers() {
    let scene = Scene::empty();
    let mut dice = Dice(2026);
    let (mut files, mut want) = (Vec::new(), Vec::new());
    for number in 0..300 {
        let text = dice.address();
        let outline = Symbol::at_least(&text, Level::ALL[number % 3]).unwrap().outline();
        let path = scene.path(&format!("{number:03}.png"));
        picture(&outline).save(&path).unwrap();
        files.push(path.to_str().unwrap().to_owned());
        want.push(text);
    }
    let python = std::env::var("DAUTICH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = repository().join("tests/tools/zxing.py");
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let read = |program: &str, flags: &[&str]| -> Vec<String> {
        tool(program, &[flags, &files].concat()).lines().map(str::to_owned).collect()
    };
    let all = |reader: &str, found: Vec<String>| {
        let wrong = want.iter().zip(&found).find(|(want, found)| want != found);
        assert_eq!((wrong, found.len()), (None, want.len()), "{reader}");
    };
    all("zxing-cpp", read(&python, &[script.to_str().unwrap()]));
    all("zbar", read("zbarimg", &["-q", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable"]));
}
