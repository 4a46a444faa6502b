//! DT312, DT319, DT323 and on: entries that name one another by id, and names on plaques that entries no longer bear.
//! A reference that leads nowhere is an error; one that leads to what is not shown is a warning.

use super::prose::cut;
use crate::diagnostic::{Diagnostic, Text};

/// DT312: a fact that names an entry which does not exist.
pub fn no_such_entry(key: &str, id: &str) -> Diagnostic {
    Diagnostic::error(
        312,
        Text::new(
            format!("`{key}` ghi mã {id}, nhưng không có bài nào mang mã ấy"),
            format!("`{key}` names {id}, but no entry bears that id"),
        ),
        Text::new(
            "chép lại mã từ phần đầu của bài kia, hoặc bỏ mã này",
            "copy the id from the head of the other entry, or drop this one",
        ),
    )
}

/// DT319: a fact that names its own entry.
pub fn names_itself(key: &str) -> Diagnostic {
    Diagnostic::error(
        319,
        Text::new(format!("`{key}` ghi mã của chính bài này"), format!("`{key}` names this very entry")),
        Text::new(
            "ghi mã của bài khác, hoặc xóa dòng này",
            "write the id of another entry, or delete the line",
        ),
    )
}

/// DT323: a former id that an entry of its own still bears.
pub fn former_id_alive(id: &str, other: &str) -> Diagnostic {
    Diagnostic::error(
        323,
        Text::new(
            format!("`former_ids` ghi mã {id}, nhưng bài {other} vẫn đang mang mã ấy"),
            format!("`former_ids` names {id}, but {other} still bears that id"),
        ),
        Text::new(
            "nếu đã gộp bài kia vào đây thì chép cả `former_ids` của bài ấy sang rồi xóa thư mục bài ấy; nếu còn cả hai bài thì bỏ mã này",
            "if that entry was merged into this one, copy its own `former_ids` here too and delete its folder; if both live on, take the id out",
        ),
    )
}

/// "A → B → A", for a circle of names.
fn round(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(8).map(|name| cut(name, 40)).collect();
    let more = if names.len() > 8 { " → …" } else { "" };
    format!("{}{more} → {}", shown.join(" → "), shown[0])
}

/// DT324: former ids that send a code round in a circle.
pub fn former_ids_in_a_circle(names: &[&str]) -> Diagnostic {
    let round = round(names);
    Diagnostic::error(
        324,
        Text::new(
            format!("các bài nhận mã của nhau theo vòng tròn: {round}"),
            format!("these entries claim one another's ids in a circle: {round}"),
        ),
        Text::new(
            "chọn một bài để giữ, chép nội dung và ghi mã của các bài kia vào đó (`former_ids`), rồi xóa thư mục các bài kia",
            "choose the one that stays, bring the others' text and ids into it (`former_ids`), then delete their folders",
        ),
    )
}

/// DT325: relics each of which is a part of the next.
pub fn part_of_in_a_circle(names: &[&str]) -> Diagnostic {
    let round = round(names);
    Diagnostic::error(
        325,
        Text::new(
            format!("các bài thuộc về nhau theo vòng tròn: {round}"),
            format!("these entries are parts of one another in a circle: {round}"),
        ),
        Text::new(
            "bài nói về cả cụm thì xóa dòng `part_of`; chỉ các di tích trong cụm mới ghi dòng ấy",
            "delete `part_of` in the entry of the whole cluster; only the places inside it have that line",
        ),
    )
}

/// DT326: a fact that names an entry which is not shown.
pub fn reference_not_shown(key: &str, id: &str, withdrawn: bool) -> Diagnostic {
    let (vi, en) =
        if withdrawn { ("bài đã gỡ", "was withdrawn") } else { ("bài còn nháp", "is still a draft") };
    let help = if withdrawn {
        Text::new(
            "bỏ mã ấy, hoặc thay bằng mã của bài khác",
            "take that id out, or write another entry's instead",
        )
    } else {
        Text::new("đăng bài kia, hoặc tạm bỏ mã ấy", "publish that entry, or take the id out for now")
    };
    Diagnostic::warning(
        326,
        Text::new(
            format!("`{key}` nhắc tới {id}, là {vi}, nên trang không hiện"),
            format!("`{key}` names {id}, which {en}, so the page does not show it"),
        ),
        help,
    )
}

/// DT327: a plaque that bears another name than its entry does now.
pub fn renamed_since_printed(printed: &str, now: &str, batch: &str) -> Diagnostic {
    let (printed, now) = (cut(printed, 60), cut(now, 60));
    Diagnostic::warning(
        327,
        Text::new(
            format!("biển đã in (đợt {batch}) ghi tên \"{printed}\", bài nay tên là \"{now}\""),
            format!(
                "the printed plaque (batch {batch}) says \"{printed}\", the entry is now called \"{now}\""
            ),
        ),
        Text::new(
            "mã trên biển vẫn dùng được; lần in tới biển sẽ mang tên mới, hoặc ghi tên cũ vào `also` để người xem tìm ra",
            "the code still works; the next plaque will bear the new name; write the old one in `also` so that people find it",
        ),
    )
}

/// DT328: a fact that names an entry of another kind than it takes.
pub fn reference_of_another_kind(key: &str, id: &str) -> Diagnostic {
    Diagnostic::warning(
        328,
        Text::new(
            format!("`{key}` phải là mã của một di tích; {id} không phải di tích"),
            format!("`{key}` takes the id of a relic; {id} is none"),
        ),
        Text::new(
            "xem lại mã ở dòng `id` của bài định nhắc tới; muốn nhắc tới bài loại khác thì đặt liên kết trong bài viết",
            "look at the line `id` of the entry you mean; one of another kind can be linked in the article",
        ),
    )
}
