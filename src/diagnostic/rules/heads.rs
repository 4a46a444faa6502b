//! DT0xx: files, folders and the heads of files.
//! The words "YAML" and "parser" never reach an editor.

use crate::diagnostic::{Diagnostic, Lang, Span, Text};

/// A language as people call it.
pub(super) fn tongue(lang: Lang) -> Text {
    match lang {
        Lang::VI => Text::new("tiếng Việt", "Vietnamese"),
        Lang::EN => Text::new("tiếng Anh", "English"),
        other => Text::new(format!("tiếng `{other}`"), format!("`{other}`")),
    }
}

const fn kilobytes(bytes: usize) -> usize {
    bytes.div_ceil(1024)
}

/// DT001: the file does not begin with a line of `---`.
pub fn no_head() -> Diagnostic {
    Diagnostic::error(
        1,
        Text::new("tệp không có phần đầu", "the file has no head"),
        Text::new(
            "dòng đầu tiên phải là ---, rồi các dòng như `title: …`, rồi một dòng --- nữa, sau đó mới đến bài viết",
            "the first line must be ---, then lines like `title: …`, then another line of ---, and then the article",
        ),
    )
}

/// DT002: the second line of `---` is missing.
pub fn head_not_closed() -> Diagnostic {
    Diagnostic::error(
        2,
        Text::new("phần đầu không có dòng --- kết thúc", "the head has no closing line of ---"),
        Text::new(
            "thêm một dòng chỉ có --- giữa phần đầu và bài viết",
            "put a line of just --- between the head and the article",
        ),
    )
}

/// DT003: the head is larger than any head that people write.
pub fn head_too_long(bytes: usize) -> Diagnostic {
    let kb = kilobytes(bytes);
    Diagnostic::error(
        3,
        Text::new(
            format!("phần đầu dài {kb} KB; nhiều nhất là 128 KB"),
            format!("the head is {kb} KB long; at most 128 KB is read"),
        ),
        Text::new(
            "chuyển phần văn xuôi xuống dưới dòng --- thứ hai; phần đầu chỉ ghi các dữ kiện ngắn",
            "move the prose below the second line of ---; the head is for short facts",
        ),
    )
}

/// DT003: the whole file is larger than any article.
pub fn file_too_large(bytes: u64) -> Diagnostic {
    let mb = bytes.div_ceil(1024 * 1024);
    Diagnostic::error(
        3,
        Text::new(
            format!("tệp nặng {mb} MB; nhiều nhất là 2 MB"),
            format!("the file is {mb} MB; at most 2 MB is read"),
        ),
        Text::new(
            "kiểm tra xem có ảnh hay tệp khác bị dán nhầm vào đây không",
            "look whether a picture or another file was pasted in by mistake",
        ),
    )
}

/// DT004: a tab where blanks must stand.
pub fn tab(at: Span) -> Diagnostic {
    Diagnostic::error(
        4,
        Text::new("dòng này thụt vào bằng phím Tab", "this line is indented with a tab"),
        Text::new("xóa ký tự Tab và gõ hai dấu cách thay vào", "delete the tab and type two spaces instead"),
    )
    .at("", at)
}

/// DT005: a quote that never ends.
pub fn unclosed_quote(quote: char, at: Span) -> Diagnostic {
    Diagnostic::error(
        5,
        Text::new(
            format!("dấu nháy {quote} mở ra mà không đóng lại"),
            format!("the quote {quote} is opened and never closed"),
        ),
        Text::new(
            format!("thêm {quote} ở cuối giá trị; nếu trong giá trị có sẵn {quote} thì bao cả giá trị bằng loại nháy kia"),
            format!("add {quote} at the end of the value; if the value itself holds {quote}, put the other kind of quote around it"),
        ),
    )
    .at("", at)
}

/// DT006: a value that holds a colon and a blank, without quotes.
pub fn second_colon(key: &str, value: &str, at: Span) -> Diagnostic {
    let quoted = value.replace('"', "'");
    Diagnostic::error(
        6,
        Text::new(
            format!("giá trị của `{key}` có dấu hai chấm nhưng không nằm trong dấu nháy"),
            format!("the value of `{key}` holds a colon and is not in quotes"),
        ),
        Text::new(format!("viết: {key}: \"{quoted}\""), format!("write: {key}: \"{quoted}\"")),
    )
    .at("", at)
}

/// DT007: a value that begins with a sign which needs quotes.
pub fn sign_first(key: &str, sign: char, value: &str, at: Span) -> Diagnostic {
    let quoted = value.replace('"', "'");
    Diagnostic::error(
        7,
        Text::new(
            format!("giá trị của `{key}` bắt đầu bằng ký tự {sign} nhưng không nằm trong dấu nháy"),
            format!("the value of `{key}` begins with {sign} and is not in quotes"),
        ),
        Text::new(format!("viết: {key}: \"{quoted}\""), format!("write: {key}: \"{quoted}\"")),
    )
    .at("", at)
}

/// DT008: the same key twice.
pub fn duplicate_key(key: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        8,
        Text::new(format!("`{key}` được ghi hai lần"), format!("`{key}` is written twice")),
        Text::new(
            "gộp hai dòng làm một, giữ giá trị đúng",
            "make one line of the two and keep the right value",
        ),
    )
    .at("", at)
}

/// DT009: too many values, too deep, or an alias.
pub fn head_too_deep(at: Span) -> Diagnostic {
    Diagnostic::error(
        9,
        Text::new(
            "đến đây đã có quá nhiều tầng hoặc quá nhiều giá trị (nhiều nhất 8 tầng, 5.000 giá trị)",
            "by this line there are too many levels or too many values (at most 8 levels and 5,000 values)",
        ),
        Text::new(
            "xem lại các dấu [ và { mở ra mà chưa đóng; so với bài mẫu do `dautich new` tạo",
            "look for [ and { that are opened and not closed; compare with an entry made by `dautich new`",
        ),
    )
    .at("", at)
}

/// DT010: a line that cannot be read, for a reason we cannot name.
pub fn unreadable(at: Span) -> Diagnostic {
    Diagnostic::error(
        10,
        Text::new("không đọc được từ dòng này trở đi", "nothing can be read from this line on"),
        Text::new(
            "mỗi dòng viết `tên: giá trị`, thụt vào bằng dấu cách cho thẳng hàng với dòng trên; đóng đủ các dấu ] } và dấu nháy",
            "write each line as `name: value`, indented with spaces in line with the one above; close every ] } and quote",
        ),
    )
    .at("", at)
}

/// DT011: bytes that are not UTF-8.
pub fn not_utf8() -> Diagnostic {
    Diagnostic::error(
        11,
        Text::new("tệp không phải chữ Unicode (UTF-8)", "the file is not Unicode text (UTF-8)"),
        Text::new(
            "mở bằng Notepad, chọn Lưu thành (Save as), ở ô Mã hóa (Encoding) chọn UTF-8; chữ TCVN3, VNI phải chuyển mã trước bằng bộ công cụ của UniKey (Ctrl+Shift+F6)",
            "open it in Notepad, choose Save as and, under Encoding, UTF-8; TCVN3 or VNI text must first be converted, for instance with UniKey's toolkit (Ctrl+Shift+F6)",
        ),
    )
}

/// DT012: a key that nobody reads.
pub fn unknown_key(key: &str, near: Option<&str>, known: &str) -> Diagnostic {
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None if known.split(", ").any(|key| key == "extra") => Text::new(
            format!("ở đây dùng được: {known} (dữ liệu riêng thì đặt dưới `extra`)"),
            format!("known here: {known} (data of your own goes under `extra`)"),
        ),
        None => Text::new(format!("ở đây dùng được: {known}"), format!("known here: {known}")),
    };
    Diagnostic::error(
        12,
        Text::new(format!("không có mục nào tên `{key}`"), format!("there is no key `{key}`")),
        help,
    )
}

/// DT013: a value of another kind than the key takes.
pub fn wrong_type(key: &str, wanted: &Text, found: &Text) -> Diagnostic {
    Diagnostic::error(
        13,
        Text::new(
            format!("`{key}` cần {}, ở đây là {}", wanted.vi, found.vi),
            format!("`{key}` takes {}, here it is {}", wanted.en, found.en),
        ),
        Text::new(format!("ghi lại `{key}` thành {}", wanted.vi), format!("write `{key}` as {}", wanted.en)),
    )
}

/// DT014: a required key is not there.
pub fn missing_key(key: &str, what: &Text) -> Diagnostic {
    Diagnostic::error(
        14,
        Text::new(format!("thiếu `{key}`"), format!("`{key}` is missing")),
        Text::new(format!("ghi thêm `{key}: …` ({})", what.vi), format!("add `{key}: …` ({})", what.en)),
    )
}

/// DT015: a required key is there and empty.
pub fn empty_value(key: &str, what: &Text) -> Diagnostic {
    Diagnostic::error(
        15,
        Text::new(format!("`{key}` để trống"), format!("`{key}` is empty")),
        Text::new(
            format!("ghi vào sau dấu hai chấm: {}", what.vi),
            format!("write after the colon: {}", what.en),
        ),
    )
}

/// DT016: a shortcut (symbolic link) inside the content.
pub fn symlink() -> Diagnostic {
    Diagnostic::error(
        16,
        Text::new(
            "đây là một lối tắt (shortcut), không phải tệp thật",
            "this is a shortcut (symbolic link), not the file itself",
        ),
        Text::new(
            "chép chính tệp hay thư mục ấy vào đây rồi xóa lối tắt",
            "copy the file or folder itself here and delete the shortcut",
        ),
    )
}

/// DT017: a folder without its source article.
pub fn no_index() -> Diagnostic {
    Diagnostic::error(
        17,
        Text::new("thư mục bài này không có tệp index.md", "this entry's folder has no index.md"),
        Text::new(
            "đặt bài gốc vào tệp tên đúng là index.md (đang là index.vi.md hay Index.md thì đổi tên), hoặc xóa thư mục nếu không dùng",
            "put the source article in a file named exactly index.md (rename index.vi.md or Index.md), or delete the folder if it is not used",
        ),
    )
}

/// DT018: a folder or file of `content/` that is no kind of entry.
pub fn unknown_folder(name: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None => Text::new(
            "trong content/ chỉ có bốn thư mục relics, products, guides, trails; mỗi bài là một thư mục bên trong, có tệp index.md",
            "content/ holds the folders relics, products, guides and trails; each entry is a folder inside one of them, with an index.md",
        ),
    };
    Diagnostic::warning(
        18,
        Text::new(
            format!("bỏ qua `{name}`: không thuộc loại bài nào"),
            format!("`{name}` is passed over: it is no kind of entry"),
        ),
        help,
    )
}

/// DT019: a folder name that cannot become part of an address.
pub fn bad_slug(name: &str, reason: &Text) -> Diagnostic {
    Diagnostic::error(
        19,
        Text::new(
            format!("không dùng được tên `{name}` làm địa chỉ: {}", reason.vi),
            format!("the name `{name}` cannot be part of an address: {}", reason.en),
        ),
        Text::new(
            "đặt tên ngắn bằng chữ thường không dấu nối bằng gạch ngang, ví dụ den-kiep-bac; mã số của bài giữ nguyên",
            "choose a short name in small letters without marks, joined by hyphens, as in den-kiep-bac; the id stays",
        ),
    )
}

/// DT020: two folders that would stand at one address.
pub fn slug_collision(slug: &str, other: &str) -> Diagnostic {
    Diagnostic::error(
        20,
        Text::new(
            format!("thư mục này và `{other}` trùng địa chỉ `{slug}` trên trang"),
            format!("this folder and `{other}` would stand at the same address, `{slug}`"),
        ),
        Text::new(
            "đổi tên một trong hai thư mục, ví dụ thêm tên xã cho khác; mã số của bài giữ nguyên",
            "rename one of the two, for instance with the commune's name; the id stays",
        ),
    )
}

/// DT021: no `dautich.yaml`.
pub fn no_config() -> Diagnostic {
    Diagnostic::error(
        21,
        Text::new("không có tệp dautich.yaml ở đây", "there is no dautich.yaml here"),
        Text::new(
            "vào thư mục của trang rồi chạy lại, hoặc chỉ ra bằng `--root THƯ-MỤC`; trang mới: `dautich init THƯ-MỤC`",
            "go to the site's folder and run it again, or point to it with `--root DIR`; for a new site: `dautich init DIR`",
        ),
    )
}

/// DT022: nothing to publish.
pub fn no_entries() -> Diagnostic {
    Diagnostic::warning(
        22,
        Text::new("trang chưa có bài nào", "the site has no entries yet"),
        Text::new(
            "tạo bài đầu tiên: `dautich new relic den-kiep-bac --title \"Đền Kiếp Bạc\"`",
            "make the first one: `dautich new relic den-kiep-bac --title \"Đền Kiếp Bạc\"`",
        ),
    )
}

/// DT023: an article in a language the site does not have, or under a name that says none.
pub fn unknown_language_file(name: &str, languages: &str) -> Diagnostic {
    Diagnostic::warning(
        23,
        Text::new(
            format!(
                "bỏ qua `{name}`: không phải bài gốc, cũng không phải bản dịch sang ngôn ngữ nào của trang ({languages})"
            ),
            format!(
                "`{name}` is passed over: it is neither the source nor a translation into a language of the site ({languages})"
            ),
        ),
        Text::new(
            "bài gốc tên đúng là index.md, bản dịch là index.en.md; ngôn ngữ mới thì thêm vào `languages` trong dautich.yaml",
            "the source is named exactly index.md, a translation index.en.md; a new language is added to `languages` in dautich.yaml",
        ),
    )
}

/// DT024: a bracket that is opened and not closed on its line.
pub fn open_bracket(open: char, close: char, at: Span) -> Diagnostic {
    Diagnostic::error(
        24,
        Text::new(
            format!("trên dòng này, số dấu {open} và số dấu {close} không bằng nhau"),
            format!("this line does not have as many {open} as {close}"),
        ),
        Text::new(
            format!("thêm hoặc bớt dấu {close} cho đủ đôi; chữ có dấu ngoặc thì đặt trong dấu nháy"),
            format!("add or drop a {close} until they pair up; words that hold brackets go into quotes"),
        ),
    )
    .at("", at)
}

/// DT025: a colon without the blank behind it.
pub fn no_blank(key: &str, value: &str, at: Span) -> Diagnostic {
    Diagnostic::error(
        25,
        Text::new(format!("sau `{key}:` thiếu một dấu cách"), format!("there is no space after `{key}:`")),
        Text::new(format!("viết: {key}: {value}"), format!("write: {key}: {value}")),
    )
    .at("", at)
}

/// DT026: a folder bears the name of a file.
pub fn folder_for_file() -> Diagnostic {
    Diagnostic::error(
        26,
        Text::new("đây là một thư mục, không phải tệp", "this is a folder, not a file"),
        Text::new(
            "đổi tên thư mục này, rồi đặt tệp cùng tên vào chỗ của nó",
            "rename the folder and put a file of that name in its place",
        ),
    )
}

/// DT027: words behind a comma inside `{ }`, taken for a key.
pub fn comma_in_value(key: &str) -> Diagnostic {
    Diagnostic::error(
        27,
        Text::new(
            format!("trong dấu {{ }}, phần sau dấu phẩy (`{key}`) bị tách thành một mục khác"),
            format!("inside {{ }} the words behind the comma (`{key}`) become a key of their own"),
        ),
        Text::new(
            "đặt cả giá trị có dấu phẩy trong dấu nháy, ví dụ {vi: \"Sách, tập 1\"}",
            "put the whole value that holds the comma in quotes, as in {en: \"Book, volume 1\"}",
        ),
    )
}

/// DT028: an article one folder deeper than entries stand.
pub fn entry_too_deep() -> Diagnostic {
    Diagnostic::warning(
        28,
        Text::new(
            "bỏ qua bài này: thư mục của bài nằm sâu thêm một tầng",
            "this entry is passed over: its folder stands one level too deep",
        ),
        Text::new(
            "dời thư mục bài ra ngay dưới relics, products, guides hoặc trails; xã, huyện thì ghi trong `place`",
            "move the entry's folder up, straight into relics, products, guides or trails; communes are written under `place`",
        ),
    )
}
