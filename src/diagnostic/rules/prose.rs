//! DT2xx: articles, translations, links and photos.

use super::heads::tongue;
use crate::diagnostic::{Diagnostic, Lang, Text};

/// The beginning of a text, with an ellipsis where more follows.
pub(super) fn cut(text: &str, letters: usize) -> String {
    let mut short: String = text.chars().take(letters).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// DT201: an entry without a file in one of the site's languages.
pub fn no_translation(lang: Lang, file: &str) -> Diagnostic {
    let tongue = tongue(lang);
    Diagnostic::warning(
        201,
        Text::new(
            format!("chưa có bản dịch {}", tongue.vi),
            format!("there is no translation into {}", tongue.en),
        ),
        Text::new(
            format!("viết bản dịch vào tệp {file}; trong lúc chờ, trang ấy hiện bài gốc kèm lời báo"),
            format!("write it in {file}; until then that page shows the source text with a notice"),
        ),
    )
}

/// DT202: a fact that lacks one of the languages.
pub fn words_lack(key: &str, lang: Lang) -> Diagnostic {
    let tongue = tongue(lang);
    Diagnostic::warning(
        202,
        Text::new(
            format!("`{key}` chưa có {}", tongue.vi),
            format!("`{key}` has no wording in {}", tongue.en),
        ),
        Text::new(
            format!("thêm {lang}: … vào trong dấu {{ }}; trong lúc chờ, trang hiện bản gốc"),
            format!("add {lang}: … inside the {{ }}; until then the page shows the source wording"),
        ),
    )
}

/// DT203: a link to an entry that does not exist.
pub fn broken_link(target: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None => Text::new(
            "viết [tên](id:MÃ) với mã sáu ký tự của bài, hoặc [tên](@/relics/ten-thu-muc/index.md)",
            "write [name](id:ID) with the entry's six characters, or [name](@/relics/folder-name/index.md)",
        ),
    };
    Diagnostic::error(
        203,
        Text::new(
            format!("liên kết `{target}` không dẫn tới bài nào"),
            format!("the link `{target}` leads to no entry"),
        ),
        help,
    )
}

/// DT204: a link to an entry that is not published.
pub fn link_to_unpublished(target: &str, withdrawn: bool) -> Diagnostic {
    let (vi, en) =
        if withdrawn { ("đã gỡ", "was withdrawn") } else { ("còn là bản nháp", "is still a draft") };
    Diagnostic::warning(
        204,
        Text::new(
            format!("liên kết `{target}` dẫn tới một bài {vi}"),
            format!("the link `{target}` leads to an entry that {en}"),
        ),
        Text::new(
            "bỏ liên kết, hoặc đăng bài ấy; trong lúc chờ, chỗ ấy chỉ hiện chữ, không bấm được",
            "drop the link, or publish that entry; until then the words stand without a link",
        ),
    )
}

/// DT205: HTML in an article.
pub fn raw_html(found: &str) -> Diagnostic {
    let short = cut(found.trim(), 30);
    Diagnostic::warning(
        205,
        Text::new(
            format!("đoạn mã HTML `{short}` sẽ hiện nguyên văn trên trang"),
            format!("the HTML `{short}` will be shown on the page as it is written"),
        ),
        Text::new(
            "xóa đi, hoặc viết theo Markdown: **đậm**, *nghiêng*, dòng trống để sang đoạn, danh sách, bảng",
            "delete it, or write Markdown: **bold**, *italics*, an empty line for a new paragraph, lists, tables",
        ),
    )
}

/// DT206: a link that would run something or lead out of the web.
pub fn forbidden_link(target: &str) -> Diagnostic {
    let short = cut(target, 40);
    let message = if short.is_empty() {
        Text::new("liên kết để trống, không dẫn tới đâu", "the link is empty and leads nowhere")
    } else {
        Text::new(format!("không dùng được liên kết `{short}`"), format!("the link `{short}` cannot be used"))
    };
    Diagnostic::error(
        206,
        message,
        Text::new(
            "liên kết ra ngoài bắt đầu bằng https://; liên kết trong trang viết id:MÃ hoặc #tên-mục",
            "links to other sites begin with https://; links inside are id:ID or #section",
        ),
    )
}

/// DT207: a file that is not in the entry's folder.
pub fn no_such_file(name: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None => Text::new(
            "chép tệp vào thư mục của bài, hoặc sửa lại tên",
            "copy the file into the entry's folder, or mend the name",
        ),
    };
    Diagnostic::error(
        207,
        Text::new(
            format!("không có tệp `{name}` trong thư mục của bài"),
            format!("there is no file `{name}` in the entry's folder"),
        ),
        help,
    )
}

/// DT208: a file that is not the picture its name says.
pub fn unreadable_photo(name: &str) -> Diagnostic {
    Diagnostic::error(
        208,
        Text::new(format!("không đọc được ảnh `{name}`"), format!("the picture `{name}` cannot be read")),
        Text::new(
            "mở thử bằng trình xem ảnh; nếu không mở được thì xin lại ảnh gốc, rồi lưu thành JPG hoặc PNG",
            "try to open it in a picture viewer; if it does not open, ask for the original and save it as JPG or PNG",
        ),
    )
}

/// DT209: a picture that a blind reader is not told about.
pub fn no_alt(name: &str) -> Diagnostic {
    Diagnostic::error(
        209,
        Text::new(
            format!("ảnh `{name}` thiếu lời tả (`alt`)"),
            format!("the picture `{name}` has no description (`alt`)"),
        ),
        Text::new(
            "tả trong một câu những gì thấy trong ảnh, cho người không nhìn được: ghi vào `alt`, hoặc giữa hai dấu [ ] nếu là ảnh trong bài viết",
            "say in one sentence what is seen, for those who cannot see it: in `alt`, or between the [ ] of a picture in the article",
        ),
    )
}

/// DT210: a picture in a format we do not take.
pub fn photo_format(name: &str) -> Diagnostic {
    Diagnostic::error(
        210,
        Text::new(
            format!("ảnh `{name}` không phải JPG, PNG, WebP hay SVG"),
            format!("the picture `{name}` is not JPG, PNG, WebP or SVG"),
        ),
        Text::new(
            "lưu lại thành JPG; trên iPhone chọn Cài đặt, Máy ảnh, Định dạng, Tương thích nhất",
            "save it as JPG; on an iPhone choose Settings, Camera, Formats, Most Compatible",
        ),
    )
}

/// DT211: a picture with more pixels than we open.
pub fn photo_too_large(name: &str, width: u32, height: u32) -> Diagnostic {
    Diagnostic::error(
        211,
        Text::new(
            format!(
                "ảnh `{name}` có {width} x {height} điểm ảnh; mỗi cạnh nhiều nhất 12000, cả ảnh nhiều nhất 120 triệu"
            ),
            format!(
                "the picture `{name}` has {width} x {height} pixels; a side has at most 12000, a picture 120 million"
            ),
        ),
        Text::new("thu nhỏ còn khoảng 4000 điểm ảnh mỗi cạnh", "make it smaller, about 4000 pixels a side"),
    )
}

/// DT212: a heading of the first level inside an article.
pub fn first_level_heading() -> Diagnostic {
    Diagnostic::warning(
        212,
        Text::new(
            "tên mục trong bài bắt đầu từ hai dấu ##; một dấu # chỉ dành cho tên bài",
            "headings in an article begin at ##; a single # is for the entry's own name",
        ),
        Text::new("viết ## rồi đến tên mục", "write ## and then the heading"),
    )
}

/// DT213: a head without an article.
pub fn empty_article() -> Diagnostic {
    Diagnostic::warning(
        213,
        Text::new("chưa có bài viết dưới phần đầu", "there is no article below the head"),
        Text::new(
            "viết vài đoạn dưới dòng --- thứ hai",
            "write a few paragraphs below the second line of ---",
        ),
    )
}

/// DT214: a caption for a picture that the source does not show.
pub fn caption_without_photo(name: &str, near: Option<&str>, source: &str) -> Diagnostic {
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None => Text::new(
            "sửa tên cho giống hệt trong `photos` của bài gốc, hoặc xóa dòng này",
            "write the name exactly as in `photos` of the source, or delete the line",
        ),
    };
    Diagnostic::error(
        214,
        Text::new(
            format!("{source} không có ảnh nào tên `{name}`"),
            format!("{source} has no picture named `{name}`"),
        ),
        help,
    )
}

/// DT215: a file name that leads out of the entry's folder.
pub fn climbing_name(name: &str) -> Diagnostic {
    Diagnostic::error(
        215,
        Text::new(
            format!("`{name}` không phải tên tệp trong thư mục của bài"),
            format!("`{name}` is not a name in the entry's own folder"),
        ),
        Text::new(
            "chép tệp vào thư mục của bài và chỉ ghi tên tệp, không có dấu / \\ : hay dấu chấm ở đầu",
            "copy the file into the entry's folder and write just its name, without / \\ : or a dot in front",
        ),
    )
}

/// DT216: a caption that stands only in the source language.
pub fn caption_lacks(name: &str, lang: Lang) -> Diagnostic {
    let tongue = tongue(lang);
    Diagnostic::warning(
        216,
        Text::new(
            format!("ảnh `{name}` chưa có lời tả {}", tongue.vi),
            format!("the picture `{name}` has no description in {}", tongue.en),
        ),
        Text::new(
            format!(
                "thêm vào tệp này `photos: {{{name}: {{alt: …}}}}`; trong lúc chờ, trang dùng lời tả gốc"
            ),
            format!(
                "add `photos: {{{name}: {{alt: …}}}}` to this file; until then the page uses the source's"
            ),
        ),
    )
}

/// DT217: audio in a format a phone may not play.
pub fn audio_format(name: &str) -> Diagnostic {
    Diagnostic::error(
        217,
        Text::new(
            format!("tệp âm thanh `{name}` không phải MP3"),
            format!("the audio file `{name}` is not MP3"),
        ),
        Text::new(
            "lưu lại thành MP3 bằng phần mềm ghi âm (32 kbit/s, một kênh là đủ cho giọng đọc)",
            "save it as MP3 with a sound editor (32 kbit/s, mono, is enough for a voice)",
        ),
    )
}

/// DT218: a file name with a blank, which Markdown does not take for a picture or link.
pub fn blank_in_address(address: &str) -> Diagnostic {
    let help = if address.starts_with("id:") || address.starts_with("@/") {
        let mended = address.replace(' ', "");
        Text::new(format!("bỏ dấu cách: ({mended})"), format!("drop the space: ({mended})"))
    } else {
        Text::new(format!("đặt trong dấu < >: (<{address}>)"), format!("put it between < >: (<{address}>)"))
    };
    Diagnostic::error(
        218,
        Text::new(
            format!("tên `{address}` có dấu cách nên không thành ảnh hay liên kết"),
            format!("`{address}` holds a space, so it becomes no picture and no link"),
        ),
        help,
    )
}

/// DT219: letters in a drawing, which depend on the fonts of whoever looks at it.
pub fn letters_in_drawing(name: &str) -> Diagnostic {
    Diagnostic::error(
        219,
        Text::new(
            format!("tranh `{name}` có chữ; khi đăng lên, chữ ấy sẽ mất"),
            format!("the drawing `{name}` holds text, which would be lost when it is published"),
        ),
        Text::new(
            "trong chương trình vẽ, đổi chữ thành đường nét (Convert to path) rồi lưu lại; hoặc ghi chữ ấy vào `caption`",
            "in the drawing program turn the text into outlines (Convert to path) and save it again; or write it as the `caption`",
        ),
    )
}

/// DT220: a translation made from an older source.
pub fn stale_translation(lang: Lang) -> Diagnostic {
    let tongue = tongue(lang);
    Diagnostic::warning(
        220,
        Text::new(
            format!("bản {} dịch theo bài gốc cũ; từ đó đến nay bài gốc đã sửa", tongue.vi),
            format!("the {} translation is older than the source, which has changed since", tongue.en),
        ),
        Text::new(
            "sửa bản dịch cho khớp bài gốc rồi chạy `dautich translate done TÊN-BÀI`; cho đến khi ấy trang báo cho khách biết",
            "bring the translation up to date, then run `dautich translate done ENTRY`; until then the page says so",
        ),
    )
}

/// DT221: an article that tells a visitor next to nothing.
pub fn near_empty_article(words: usize, fewest: usize, translation: bool) -> Diagnostic {
    let help = if translation {
        Text::new(
            "dịch nốt bài gốc; chưa có người dịch thì xóa tệp này, trang sẽ hiện bài gốc kèm lời báo",
            "translate the rest; if there is nobody to do so, delete this file and the page shows the source with a notice",
        )
    } else {
        Text::new(
            "kể thêm ba điều: nơi này là gì, có từ bao giờ, đến đây nên xem gì; bài chưa xong thì thêm `draft: true`",
            "tell three things more: what it is, since when, what to look at; add `draft: true` while it is unfinished",
        )
    };
    Diagnostic::warning(
        221,
        Text::new(
            format!(
                "bài viết chỉ có {words} chữ, khách đọc xong vẫn chưa biết gì thêm; nên có từ {fewest} chữ"
            ),
            format!(
                "the article has only {words} words and tells a visitor next to nothing; better {fewest} or more"
            ),
        ),
        help,
    )
}

/// DT222: a photo with so few pixels that it is a blur on a phone.
pub fn photo_too_small(name: &str, width: u32, height: u32, fewest: u32) -> Diagnostic {
    Diagnostic::warning(
        222,
        Text::new(
            format!(
                "ảnh `{name}` chỉ có {width} x {height} điểm ảnh, lên trang sẽ mờ; chiều rộng nên từ {fewest}"
            ),
            format!(
                "the photo `{name}` has only {width} x {height} pixels and will look blurred; its width should be {fewest} or more"
            ),
        ),
        Text::new(
            "xin ảnh gốc từ máy của người chụp; gửi qua Zalo thì chọn gửi ảnh HD, vì ảnh thường bị thu nhỏ",
            "ask for the original from the photographer's phone; Zalo makes photos smaller unless they are sent as HD",
        ),
    )
}

/// DT223: a link to a heading that its article does not have.
pub fn no_such_section(target: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None => Text::new(
            "sau dấu # viết tên mục không dấu, nối bằng gạch ngang, ví dụ mục \"Lễ hội\" là #le-hoi; hoặc bỏ phần từ dấu #",
            "after the # write the heading in letters without marks, joined by hyphens, as in #le-hoi for \"Lễ hội\"; or drop all from the # on",
        ),
    };
    Diagnostic::warning(
        223,
        Text::new(
            format!("liên kết `{target}` trỏ tới một mục không có trong bài"),
            format!("the link `{target}` names a section that the article does not have"),
        ),
        help,
    )
}

/// DT224: a title that is a sentence.
pub fn long_title(letters: usize, most: usize) -> Diagnostic {
    Diagnostic::warning(
        224,
        Text::new(
            format!("tên bài dài {letters} chữ cái; nên dưới {most}"),
            format!("the title is {letters} characters long; better at most {most}"),
        ),
        Text::new(
            "giữ tên gọi thường ngày ở `title`; tên đầy đủ ghi vào `also` hoặc trong bài viết",
            "keep the everyday name in `title`; the full one may stand in `also` or in the article",
        ),
    )
}

/// DT225: a summary that is an article.
pub fn long_summary(letters: usize, most: usize) -> Diagnostic {
    Diagnostic::warning(
        225,
        Text::new(
            format!(
                "`summary` dài {letters} chữ cái; nên dưới {most}, vì nó hiện trong danh sách và khi gửi qua Zalo"
            ),
            format!(
                "`summary` is {letters} characters long; better at most {most}: it is shown in lists and in chats"
            ),
        ),
        Text::new(
            "giữ lại một hai câu: đây là gì và vì sao đáng biết; phần còn lại chuyển xuống bài viết",
            "keep a sentence or two: what it is and why it matters; move the rest into the article",
        ),
    )
}

/// DT226: steps promised and none written.
pub fn steps_without_list() -> Diagnostic {
    Diagnostic::warning(
        226,
        Text::new(
            "`steps: true` nhưng bài viết không có danh sách đánh số",
            "`steps: true`, but the article has no numbered list",
        ),
        Text::new(
            "viết các bước thành dòng bắt đầu bằng 1. 2. 3., hoặc xóa dòng `steps`",
            "write the steps as lines that begin with 1. 2. 3., or delete the line `steps`",
        ),
    )
}

/// DT227: a title between the quotes that Word makes, which would be printed with it.
pub fn quoted_title(title: &str) -> Diagnostic {
    Diagnostic::warning(
        227,
        Text::new(
            format!(
                "tên {title} nằm trong dấu nháy cong của Word; hai dấu ấy sẽ hiện trên trang và in lên biển"
            ),
            format!(
                "the title {title} stands in curly quotes, which would show on the page and be printed on the plaque"
            ),
        ),
        Text::new("xóa hai dấu nháy; tên bài không cần nháy", "delete both quotes; a title needs none"),
    )
}
