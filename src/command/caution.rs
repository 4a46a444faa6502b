//! What whoever orders a sign must beware of, in words: what never carries a plate, what does not read, what mirrors.
//! Says nothing that the adviser did not find.

use crate::code::symbol::Level;
use crate::diagnostic::{Lang, Text};
use crate::print::adviser::{Advice, On, Reach, Reads, Sign, Warning};

/// A number of at most one decimal, as the language writes it.
pub fn number(value: f32, lang: Lang) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if lang == Lang::EN { text.to_owned() } else { text.replace('.', ",") }
}

/// A note as it is shown.
pub fn note(text: &Text, lang: Lang) -> String {
    format!("{}{}", if lang == Lang::EN { "note: " } else { "lưu ý: " }, text.get(lang))
}

/// What a sign is on.
pub fn on_words(on: On) -> (&'static str, &'static str) {
    match on {
        On::Wall => ("gắn tường", "a wall"),
        On::Stand => ("trên chân riêng", "a stand"),
        On::Post => ("gắn cột", "a post"),
        On::Glass => ("trên kính", "glass"),
        On::Timber => ("trên gỗ", "timber"),
        On::Stele => ("trên bia đá", "a stele"),
        On::Tree => ("trên cây", "a tree"),
        On::Relic => ("trên công trình di tích", "a ranked structure"),
    }
}

/// A warning in words.
pub fn words(warning: &Warning, sign: &Sign, advice: &Advice<'_>) -> Text {
    match *warning {
        Warning::TooSmall(width) => unread(width, advice.modules, sign.distance, None).unwrap_or_else(|| {
            Text::new("chỗ gắn hẹp hơn mức nên có", "there is less room than there should be")
        }),
        Warning::LevelM => level_m(advice.level),
        _ => of_sign(warning),
    }
}

/// A warning that depends on the sign alone, in words.
pub fn of_sign(warning: &Warning) -> Text {
    let n = |value: f32| (number(value, Lang::VI), number(value, Lang::EN));
    match *warning {
        Warning::Never(on) => never(on),
        Warning::Bent(diameter) => {
            let (whole, half) = (n(diameter), n(diameter / 2.0));
            Text::new(
                format!(
                    "dán ôm cột {} mm thì mã rộng nhiều nhất {} mm (nửa đường kính); cần lớn hơn thì gắn một tấm phẳng vào cột (`--plate steel`)",
                    whole.0, half.0
                ),
                format!(
                    "bent round a post of {} mm a code is at most {} mm wide (half the diameter); for more, clamp a flat plate to it (`--plate steel`)",
                    whole.1, half.1
                ),
            )
        }
        Warning::BentUnknown => Text::new(
            "dán ôm cột thì mã rộng nhiều nhất nửa đường kính cột: đo cột rồi thêm `--diameter` (mm), hoặc gắn một tấm phẳng vào cột",
            "bent round a post a code is at most half the diameter wide: measure it and add `--diameter` (mm), or clamp a flat plate to the post",
        ),
        Warning::FromBelow => Text::new(
            "đứng gần thế này mà biển treo cao thì phải ngước xiên quá 45 độ: hạ biển xuống, hoặc để người quét đứng từ 1 m trở ra",
            "so near and so high it is seen from more than 45 degrees below: hang it lower, or let people stand 1 m away or farther",
        ),
        Warning::Glass => Text::new(
            "kính phản chiếu trời và đèn, lóa che 5 % mã là nhiều máy không đọc: dán mặt ngoài kính, decal mờ, không đối diện cửa sổ hay đèn; mã cần nền trắng, không in trên phim trong",
            "glass mirrors sky and lamps, and glare on 5 % of a code stops many readers: stick it on the outer face, matt, not facing a window or a lamp; white behind it, never clear film",
        ),
        Warning::Gloss => Text::new(
            "decal bóng bị lóa nắng: chọn loại mờ, hoặc cán màng mờ",
            "a glossy sticker mirrors the sun: choose a matt one or a matt film",
        ),
        Warning::PaperOutdoors => Text::new(
            "giấy ngoài trời ướt và phai: chỉ dùng tạm, biển lâu dài nên là decal hoặc thép",
            "paper gets wet and fades outdoors: for a while only; a lasting sign is a decal or steel",
        ),
        Warning::Flash => Text::new(
            "decal phản quang hắt lại đèn pin, đèn chớp của điện thoại: quét thử ban đêm một tấm trước khi đặt cả loạt",
            "a reflective decal throws a phone's torch and flash back: try one at night before you order them all",
        ),
        Warning::PaleSteel => Text::new(
            "thép khắc không tô thì mờ dần và lóa: nhờ thợ tô đen các ô, mặt thép mờ, và quét thử một tấm trước",
            "etched steel is pale and mirrors until it is filled: have the modules filled black, the steel brushed matt, and try one first",
        ),
        Warning::Dark => Text::new(
            "nền tối (đỏ sẫm, nâu, đen): in mã đen trong một ô trắng đủ cả phần chừa trắng; không in mã sáng trên nền tối, không phải máy nào cũng đọc được mã ngược màu",
            "on a dark plate print the code black in a white square with all of its white border; never light on dark: not every phone reads inverted codes",
        ),
        Warning::TooSmall(_) | Warning::LevelM => Text::new("", ""),
    }
}

fn never(on: On) -> Text {
    let what = on_words(on);
    Text::new(
        format!(
            "KHÔNG gắn biển {}: đục, đóng đinh, dán, buộc đều làm hỏng; luật về di sản cấm làm sai lệch yếu tố gốc của di tích. Dùng chân biển riêng hoặc cổng, tường mới xây, và được ban quản lý đồng ý bằng giấy",
            what.0
        ),
        format!(
            "NEVER fix a plate to {}: drilling, nailing, gluing and tying all harm it, and heritage law forbids falsifying what is original in a relic. Use a stand of its own or a modern gate or wall, with the board's consent in writing",
            what.1
        ),
    )
}

/// What is to be said where a symbol is too small for the distance; `name` is its layout's.
pub fn unread(symbol: f32, modules: u16, distance: f32, name: Option<&str>) -> Option<Text> {
    let reach = Reach::of(symbol, modules);
    let n = |value: f32| (number(value, Lang::VI), number(value, Lang::EN));
    let named = name.map_or(String::new(), |name| format!(" ({name})"));
    let (far, width, well, most) = (n(distance), n(symbol), n(reach.well), n(reach.at_most));
    match reach.reads(distance) {
        Reads::Well => None,
        Reads::Hardly => Some(Text::new(
            format!(
                "ở {} m, mã {} mm{named} khó quét: phải cầm chắc máy và đủ sáng; ai cũng quét được thì từ {} m trở lại",
                far.0, width.0, well.0
            ),
            format!(
                "at {} m a code of {} mm{named} is hard to read: a steady hand and good light; everybody reads it from {} m or nearer",
                far.1, width.1, well.1
            ),
        )),
        Reads::Not => Some(Text::new(
            format!(
                "ở {} m, mã {} mm{named} không quét được: phải phóng to hoặc lại gần; đọc dễ từ {} m trở lại, xa nhất chừng {} m",
                far.0, width.0, well.0, most.0
            ),
            format!(
                "at {} m a code of {} mm{named} does not read without zoom or stepping nearer: well from {} m or nearer, at the very most from about {} m",
                far.1, width.1, well.1, most.1
            ),
        )),
    }
}

/// Why level M is seldom wanted; `reached` is what the symbol has.
pub fn level_m(reached: Level) -> Text {
    if reached > Level::M {
        let letter = reached.letter();
        return Text::new(
            format!("với địa chỉ này mức M không bớt được ô nào, nên mã vẫn ở mức {letter}"),
            format!("at this address level M saves no module, so the codes have level {letter} all the same"),
        );
    }
    Text::new(
        "mức M chịu ít vết bẩn hơn hẳn (khoảng 15 %): chỉ đáng dùng cho decal nhỏ, đọc từ xa, nơi tay không với tới",
        "level M bears far less dirt (about 15 %): worth it only for a small sticker read from afar, where no hand reaches",
    )
}
