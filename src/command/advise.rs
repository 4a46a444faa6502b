//! `dautich sheets --advise`: what the sign adviser says, in plain words, and nothing is written; with `--distance`
//! alone, what it has to say of the sheets that were just made. Reminds that no plate is fixed to a relic itself.

use super::caution::{level_m, note, number, of_sign, on_words, unread, words};
use super::session::{Exit, Session};
use crate::code::symbol::Level;
use crate::code::{Id, PrintedAddress, Symbol};
use crate::diagnostic::{Failure, Lang, Text};
use crate::print::adviser::{
    self, Advice, Hangs, OUT_OF_REACH, On, Plate, Reach, Sign, WITHIN_REACH, Warning,
};
use crate::print::layout::Layout;
use crate::print::layouts::Layouts;
use crate::site::Entry;
use crate::site::entry::Facts;
use crate::site::relic::{Relic, RelicType};
use std::io::{self, Write as _};

/// The flags about the sign that a sheet becomes.
#[derive(clap::Args, Debug)]
pub struct Flags {
    /// Chỉ khuyên nên in mã cỡ nào, khuôn nào, treo ra sao; không in gì / Only advise on size, layout and place
    #[arg(long, requires = "distance")]
    pub advise: bool,
    /// Người quét đứng cách biển mấy mét, ví dụ 1.5 / From how many metres it is read
    #[arg(long, value_name = "M", allow_hyphen_values = true)]
    distance: Option<String>,
    /// Biển ở ngoài trời / It hangs outdoors
    #[arg(long, requires = "distance")]
    outdoors: bool,
    /// Biển ngoài trời, treo cao quá tầm với / It hangs outdoors above everybody's reach
    #[arg(long, requires = "distance")]
    high: bool,
    /// Gắn lên gì: tường, chân riêng, cột, kính, gỗ, bia, cây, công trình di tích / What it is fixed to
    #[arg(long, value_enum, requires = "distance")]
    on: Option<On>,
    /// Đường kính cột, mm / The post's diameter
    #[arg(long, value_name = "MM", requires = "distance", allow_hyphen_values = true)]
    diameter: Option<String>,
    /// Biển bằng gì: giấy, decal, decal phản quang, thép khắc, tấm màu tối / What it is made of
    #[arg(long, value_enum, requires = "distance")]
    plate: Option<Plate>,
    /// Biển chỉ rộng được chừng này, mm / The widest the plate can be
    #[arg(long, value_name = "MM", requires = "distance", allow_hyphen_values = true)]
    widest: Option<String>,
}

impl Flags {
    /// The sign they tell of, if they tell of one.
    ///
    /// # Errors
    /// Where a length is none, or none that a sign has.
    pub fn sign(&self) -> Result<Option<Sign>, Failure> {
        let Some(distance) = &self.distance else { return Ok(None) };
        let hangs = match (self.outdoors, self.high) {
            (_, true) => Hangs::OutOfReach,
            (true, false) => Hangs::WithinReach,
            (false, false) => Hangs::Indoors,
        };
        let (mm, post) = (Text::new("mm", "mm"), (20.0, 3000.0));
        Ok(Some(Sign {
            distance: length("distance", distance, (0.1, 30.0), &Text::new("mét", "metres"))?,
            hangs,
            on: self.on.unwrap_or(On::Wall),
            diameter: self.diameter.as_ref().map(|text| length("diameter", text, post, &mm)).transpose()?,
            plate: self.plate,
            widest: self.widest.as_ref().map(|text| length("widest", text, post, &mm)).transpose()?,
        }))
    }
}

/// A length on the command line, with a decimal comma or point.
fn length(flag: &str, written: &str, (least, most): (f32, f32), unit: &Text) -> Result<f32, Failure> {
    let read = written.trim().replace(',', ".").parse().ok();
    read.filter(|length| (least..=most).contains(length)).ok_or_else(|| {
        let between = |lang| format!("{} đến {}", number(least, lang), number(most, lang));
        Failure::usage(
            Text::new(
                format!("`--{flag}` không nhận giá trị `{written}`"),
                format!("`--{flag}` does not take `{written}`"),
            ),
            Text::new(
                format!(
                    "ghi một số {} từ {}, ví dụ `--{flag} {}`",
                    unit.vi,
                    between(Lang::VI),
                    example(flag)
                ),
                format!(
                    "write {} from {} to {}, for example `--{flag} {}`",
                    unit.en,
                    number(least, Lang::EN),
                    number(most, Lang::EN),
                    example(flag)
                ),
            ),
        )
    })
}

fn example(flag: &str) -> &'static str {
    match flag {
        "distance" => "1.5",
        "diameter" => "114",
        _ => "80",
    }
}

/// Says on stdout how such a sign is best made, for the address of this site, however unfinished the site is.
///
/// # Errors
/// Where the site cannot be read, or no symbol holds its address.
pub fn run(session: &Session, sign: Option<&Sign>) -> Result<Exit, Failure> {
    let Some(sign) = sign else { return Ok(Exit::Usage) };
    let desk = session.load(&session.root.join("output"))?;
    let address = desk.site.as_ref().and_then(|site| site.config.printed_address.as_ref());
    let text = sample(address.map(|address| &address.value));
    let (layouts, more) = session.layouts(&desk.source)?;
    if !more.is_empty() {
        return Ok(session.report(&more, &desk.source));
    }
    let layouts: Vec<&Layout> = layouts.iter().collect();
    let advice = adviser::advise(sign, &text, &layouts).map_err(|_| too_long(&text))?;
    let lang = session.lang;
    let mut lines = vec![told(sign).get(lang).to_owned()];
    // Where no plate may be, its size comes second.
    let (never, warnings): (Vec<_>, Vec<_>) =
        advice.warnings.iter().partition(|warning| matches!(warning, Warning::Never(_)));
    let notes = |of: &[&Warning]| -> Vec<String> {
        of.iter().map(|warning| note(&words(warning, sign, &advice), lang)).collect()
    };
    lines.extend(notes(&never));
    lines.extend(parts(sign, &advice).iter().map(|part| format!("  {}", part.get(lang))));
    if address.is_none() {
        lines.push(note(
            &Text::new(
                "chưa có `printed_address` trong dautich.yaml: tính theo một tên miền 18 chữ",
                "there is no `printed_address` in dautich.yaml yet: this is for a domain of 18 letters",
            ),
            lang,
        ));
    }
    lines.extend(notes(&warnings));
    let _ = writeln!(io::stdout().lock(), "{}", lines.join("\n"));
    Ok(Exit::Done)
}

/// What the symbols of a site hold, with an id of letters only, which take the most room.
fn sample(address: Option<&PrintedAddress>) -> String {
    const DOMAIN: &str = "https://TEN-MIEN-CUA-BAN.VN/Q/";
    match (address, Id::from_draw([10, 11, 12, 13, 14])) {
        (Some(address), Some(id)) => address.of(id),
        _ => format!("{DOMAIN}KBCDFG/"),
    }
}

fn too_long(text: &str) -> Failure {
    Failure::usage(
        Text::new(format!("không mã nào chứa hết {text}"), format!("no symbol holds {text}")),
        Text::new("chọn `printed_address` ngắn hơn", "choose a shorter `printed_address`"),
    )
}

/// The sign as it was told.
fn told(sign: &Sign) -> Text {
    let hangs = match sign.hangs {
        Hangs::Indoors => ("trong nhà", "indoors"),
        Hangs::WithinReach => ("ngoài trời, trong tầm với", "outdoors, within reach"),
        Hangs::OutOfReach => ("ngoài trời, quá tầm với", "outdoors, out of reach"),
    };
    let on = on_words(sign.on);
    let plate = match sign.plate {
        None => ("", ""),
        Some(Plate::Paper) => (", giấy", ", paper"),
        Some(Plate::Sticker) => (", decal", ", a sticker"),
        Some(Plate::Reflective) => (", decal phản quang", ", a reflective decal"),
        Some(Plate::Steel) => (", thép khắc", ", etched steel"),
        Some(Plate::Dark) => (", tấm màu tối", ", a dark plate"),
    };
    let distance = |lang| number(sign.distance, lang);
    Text::new(
        format!("Biển đọc từ {} m, {}, {}{}", distance(Lang::VI), hangs.0, on.0, plate.0),
        format!("A sign read from {} m, {}, on {}{}", distance(Lang::EN), hangs.1, on.1, plate.1),
    )
}

/// The advice, a line a part.
fn parts(sign: &Sign, advice: &Advice<'_>) -> Vec<Text> {
    let n = |value: f32| (number(value, Lang::VI), number(value, Lang::EN));
    let (symbol, module, quiet) = (n(advice.symbol), n(advice.module()), n(advice.quiet()));
    let whole = n((advice.symbol + 2.0 * advice.quiet()).ceil());
    let (level, modules) = (advice.level.letter(), advice.modules);
    let pixels = n(adviser::pixels(advice.symbol, sign.distance).floor());
    vec![
        Text::new(
            format!(
                "mã    rộng {} mm, mức {level}, {modules} x {modules} ô, mỗi ô {} mm",
                symbol.0, module.0
            ),
            format!(
                "code  {} mm wide, level {level}, {modules} x {modules} modules of {} mm",
                symbol.1, module.1
            ),
        ),
        Text::new(
            format!(
                "nền   trắng, chừa {} mm mỗi phía quanh mã: ít nhất {} x {} mm",
                quiet.0, whole.0, whole.0
            ),
            format!("white {} mm on each side of the code: at least {} x {} mm", quiet.1, whole.1, whole.1),
        ),
        Text::new(
            format!("ảnh   khung ngắm 1920 điểm thấy mã rộng chừng {} điểm ảnh", pixels.0),
            format!("seen  about {} pixels across in a finder's frame of 1920", pixels.1),
        ),
        height(sign),
        print(advice),
    ]
}

fn height(sign: &Sign) -> Text {
    let (low, high) = WITHIN_REACH;
    if sign.hangs == Hangs::OutOfReach {
        return Text::new(
            format!(
                "treo  mép dưới cao trên {} m, mặt biển ngả xuống phía người quét",
                number(OUT_OF_REACH, Lang::VI)
            ),
            format!(
                "hang  its lower edge above {} m, its face leaning down to the reader",
                number(OUT_OF_REACH, Lang::EN)
            ),
        );
    }
    let both = |lang| (number(low, lang), number(high, lang));
    let (vi, en) = (both(Lang::VI), both(Lang::EN));
    Text::new(
        format!(
            "treo  giữa mã cao {} đến {} m, vừa tầm trẻ em và người ngồi xe lăn (kinh nghiệm, không phải tiêu chuẩn)",
            vi.0, vi.1
        ),
        format!(
            "hang  its middle {} to {} m high, for children and wheelchairs too (experience, no standard)",
            en.0, en.1
        ),
    )
}

/// Which layout has it, as the command that prints a proof.
fn print(advice: &Advice<'_>) -> Text {
    let Some(layout) = advice.layout else {
        return Text::new(
            "in    không khuôn in nào vừa: làm biển rộng hơn, hoặc để người quét đứng gần hơn",
            "print no layout fits: make the plate wider, or let people step nearer",
        );
    };
    let level = advice.ask.map_or(String::new(), |level| format!(" --level {}", level.letter()));
    let command = format!("dautich sheets --layout {}{level}", layout.name);
    let (symbol, percent) = (layout.symbol, (advice.enlarged * 100.0).ceil());
    if advice.enlarged > 1.0 {
        return Text::new(
            format!(
                "in    không khuôn nào có mã rộng thế: `{command}` (mã {} mm), nhờ cửa hàng phóng to {percent} %",
                number(symbol, Lang::VI)
            ),
            format!(
                "print no layout has it so wide: `{command}` (code {} mm), enlarged to {percent} % by the shop",
                number(symbol, Lang::EN)
            ),
        );
    }
    let reach = Reach::of(symbol, advice.modules).well;
    Text::new(
        format!(
            "in    `{command}`: mã rộng {} mm, đọc dễ từ {} m trở lại",
            number(symbol, Lang::VI),
            number(reach, Lang::VI)
        ),
        format!(
            "print `{command}`: its code is {} mm wide, read well from {} m or nearer",
            number(symbol, Lang::EN),
            number(reach, Lang::EN)
        ),
    )
}

/// Tells of sheets just made what the adviser has to say: of the level asked for, of the layout with the narrowest
/// symbol on them, and of the sign they become, where one is told of. `address` is that of one of their codes.
pub fn comment(
    session: &Session,
    sign: Option<&Sign>,
    address: &str,
    asked: Option<Level>,
    layout: &Layout,
    layouts: &Layouts,
) {
    let Ok(symbol) = Symbol::at_least(address, asked.unwrap_or(Level::Q)) else { return };
    let mut notes = Vec::new();
    if asked == Some(Level::M) {
        notes.push(level_m(symbol.level));
    }
    if let Some(sign) = sign {
        if let Some(text) = unread(layout.symbol, symbol.size, sign.distance, Some(&layout.name)) {
            notes.push(text);
            notes.push(large_enough(sign, symbol.size, layouts));
        }
        if sign.hangs == Hangs::WithinReach && asked.is_none() && symbol.level < Level::H {
            notes.push(Text::new(
                "biển ngoài trời trong tầm với nên in ở mức H: thêm `--level H`",
                "a sign outdoors within reach is better at level H: add `--level H`",
            ));
        }
        notes.extend(sign.warnings().iter().map(of_sign));
    }
    notes.iter().for_each(|text| session.tell(&note(text, Lang::VI), &note(text, Lang::EN)));
}

/// Which layouts have the width that is needed.
fn large_enough(sign: &Sign, modules: u16, layouts: &Layouts) -> Text {
    let needed = adviser::needed(sign.distance, modules);
    let layouts: Vec<&Layout> = layouts.iter().collect();
    let found = adviser::large_enough(&layouts, needed, sign.hangs);
    let names: Vec<&str> = found.iter().map(|layout| layout.name.as_str()).collect();
    let names = names.join(", ");
    if names.is_empty() {
        let command = format!("dautich sheets --advise --distance {}", sign.distance);
        return Text::new(
            format!("cần mã rộng {needed} mm, không khuôn in nào có: xem `{command}`"),
            format!("a code of {needed} mm is needed and no layout has it: see `{command}`"),
        );
    }
    Text::new(
        format!("cần mã rộng {needed} mm, có ở khuôn: {names}"),
        format!("a code of {needed} mm is needed, which these layouts have: {names}"),
    )
}

/// Reminds whoever prints codes of relics where no plate goes, in one line.
pub fn remind<'e>(session: &Session, entries: impl Iterator<Item = &'e Entry>) {
    let old = |entry: &&Entry| {
        let built = |relic: &Relic| relic.types.contains(&RelicType::Architecture);
        entry.rank().is_some() || matches!(&entry.facts, Facts::Relic(relic) if built(relic))
    };
    let count = entries.filter(old).count();
    if count > 0 {
        session.tell(
            &format!("lưu ý: có {count} di tích trong tờ này; không gắn biển lên chính công trình, gỗ, bia đá, cây: dùng chân riêng hoặc cổng mới, được ban quản lý đồng ý"),
            &format!("note: {count} of these are relics; never fix a plate to the structure itself, timber, steles or trees: use a stand or a modern gate, with the board's consent"),
        );
    }
}
