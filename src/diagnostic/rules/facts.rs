//! DT1xx: facts that cannot be right.
//! What depends on the date or on another office is a warning here, never an error.

use crate::diagnostic::{Diagnostic, Text};

/// DT101: digits without quotes where text is meant, so that leading zeros would be lost.
pub fn needs_quotes(key: &str, written: &str) -> Diagnostic {
    Diagnostic::error(
        101,
        Text::new(
            format!("giá trị của `{key}` phải nằm trong dấu nháy, ở đây là {written}"),
            format!("the value of `{key}` must stand in quotes, here it is {written}"),
        ),
        Text::new(format!("viết: {key}: \"{written}\""), format!("write: {key}: \"{written}\"")),
    )
}

/// DT102: not a day of the calendar.
pub fn not_a_date(key: &str, written: &str) -> Diagnostic {
    Diagnostic::error(
        102,
        Text::new(
            format!("`{key}` phải là một ngày có thật, viết năm-tháng-ngày; ở đây là {written}"),
            format!("`{key}` takes a real day, written year-month-day; here it is {written}"),
        ),
        Text::new(
            "ngày 5 tháng 2 năm 2026 viết là 2026-02-05, đủ hai chữ số cho tháng và ngày",
            "5 February 2026 is written 2026-02-05, with two digits for month and day",
        ),
    )
}

/// DT103: a point that is not in Vietnam.
pub fn point_outside(latitude: f64, longitude: f64, swapped: bool) -> Diagnostic {
    let help = if swapped {
        Text::new(
            format!("hai số bị đổi chỗ: viết [{longitude}, {latitude}] (vĩ độ trước, kinh độ sau)"),
            format!("the two are swapped: write [{longitude}, {latitude}] (latitude first, then longitude)"),
        )
    } else {
        Text::new(
            "vĩ độ từ 6 đến 23,5; kinh độ từ 102 đến 118; chép lại từ bản đồ, hoặc bỏ `point` nếu chưa đo",
            "latitude is 6 to 23.5 and longitude 102 to 118; copy it again from the map, or drop `point` if it was not measured",
        )
    };
    Diagnostic::error(
        103,
        Text::new(
            format!("điểm [{latitude}, {longitude}] nằm ngoài Việt Nam"),
            format!("the point [{latitude}, {longitude}] is outside Vietnam"),
        ),
        help,
    )
}

/// DT104: a commune code that the table does not have.
pub fn unknown_commune(code: &str) -> Diagnostic {
    Diagnostic::warning(
        104,
        Text::new(
            format!("bảng đơn vị hành chính hiện nay không có xã, phường hay đặc khu nào mang mã {code}"),
            format!("no commune of today has the code {code}"),
        ),
        Text::new(
            "có thể là mã của xã đã sáp nhập: tra mã mới rồi sửa; trong lúc chờ, trang vẫn được đăng",
            "it may be the code of a commune that was merged: look up the new one; until then the page is published all the same",
        ),
    )
}

/// DT105: a word that is none of those the key takes.
pub fn not_a_choice(key: &str, written: &str, near: Option<&str>, known: &str) -> Diagnostic {
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None => Text::new(format!("chọn một trong: {known}"), format!("choose one of: {known}")),
    };
    Diagnostic::error(
        105,
        Text::new(
            format!("`{key}` không nhận giá trị `{written}`"),
            format!("`{key}` does not take `{written}`"),
        ),
        help,
    )
}

/// DT105: a number outside of what the key takes.
pub fn out_of_range(key: &str, written: &str, (from, to): (i64, i64)) -> Diagnostic {
    Diagnostic::error(
        105,
        Text::new(format!("`{key}` không thể là {written}"), format!("`{key}` cannot be {written}")),
        Text::new(format!("ghi một số từ {from} đến {to}"), format!("write a number from {from} to {to}")),
    )
}

/// DT106: a fact where only prose may stand.
pub fn fact_in_translation(key: &str, source: &str) -> Diagnostic {
    Diagnostic::error(
        106,
        Text::new(
            format!("`{key}` là dữ kiện, không được ghi trong bản dịch"),
            format!("`{key}` is a fact and must not stand in a translation"),
        ),
        Text::new(
            format!(
                "xóa dòng này; dữ kiện chỉ ghi một lần trong {source}, nếu cần hai thứ tiếng thì viết {{vi: …, en: …}} ở đó"
            ),
            format!(
                "delete the line; a fact stands once, in {source}, and there as {{vi: …, en: …}} where it needs two languages"
            ),
        ),
    )
}

/// DT107: a source number past the end of `sources`.
pub fn no_such_source(number: i64, count: usize) -> Diagnostic {
    Diagnostic::error(
        107,
        Text::new(
            format!("không có nguồn số {number}; bài này có {count} nguồn"),
            format!("there is no source {number}; this entry has {count}"),
        ),
        Text::new(
            "đếm từ 1 theo thứ tự trong `sources`; chưa ghi nguồn ấy thì thêm vào `sources`",
            "count from 1 in the order of `sources`; if the source is not there yet, add it",
        ),
    )
}

/// DT108: not a lunar day.
pub fn not_lunar(written: &str) -> Diagnostic {
    Diagnostic::error(
        108,
        Text::new(
            format!("không hiểu ngày âm lịch `{written}`"),
            format!("the lunar day `{written}` cannot be read"),
        ),
        Text::new(
            "viết ngày/tháng, ví dụ 18/2; ngày cuối tháng viết last/3",
            "write day/month, as in 18/2; the last day of a month is last/3",
        ),
    )
}

/// DT109: a commune code of another shape.
pub fn not_a_commune_code(written: &str) -> Diagnostic {
    Diagnostic::error(
        109,
        Text::new(
            format!("mã xã phải có đúng năm chữ số, ở đây là {written}"),
            format!("a commune code has exactly five digits, here it is {written}"),
        ),
        Text::new(
            "viết trong dấu nháy thẳng, giữ số 0 ở đầu, ví dụ commune: \"10930\"; tra mã bằng `dautich units TÊN-XÃ`",
            "write it in straight quotes with its leading zeros, as in commune: \"10930\"; `dautich units NAME` finds the code",
        ),
    )
}

/// DT110: an address on the web that is not one.
pub fn not_a_url(key: &str, written: &str) -> Diagnostic {
    Diagnostic::error(
        110,
        Text::new(
            format!("`{key}` không phải địa chỉ https đầy đủ: {written}"),
            format!("`{key}` is not a full https address: {written}"),
        ),
        Text::new(
            "chép cả địa chỉ từ trình duyệt, bắt đầu bằng https://",
            "copy the whole address from the browser, beginning with https://",
        ),
    )
}

/// DT111: the thirtieth of a lunar month that has 29 days when the festival comes.
pub fn no_thirtieth(month: u8, year: i16, meant: &Text) -> Diagnostic {
    Diagnostic::warning(
        111,
        Text::new(
            format!(
                "tháng {month} âm lịch năm {year} chỉ có 29 ngày, không có ngày 30; trang hiện ngày 29, tức {}",
                meant.vi
            ),
            format!(
                "lunar month {month} of {year} has 29 days and no thirtieth; the page shows the 29th, which is {}",
                meant.en
            ),
        ),
        Text::new(
            format!(
                "nếu hội mở vào ngày cuối tháng thì viết lunar: last/{month}; nếu năm ấy hoãn thì ghi năm vào `cancelled`"
            ),
            format!(
                "if it is held on the month's last day, write lunar: last/{month}; if it is not held that year, add the year to `cancelled`"
            ),
        ),
    )
}

/// DT112: a festival of every few years, and nobody says which.
pub fn which_years(every: i64) -> Diagnostic {
    Diagnostic::warning(
        112,
        Text::new(
            format!(
                "hội {every} năm một lần mà không biết tính từ năm nào, nên trang không hiện ngày dương lịch"
            ),
            format!(
                "it is held every {every} years, and from which year is not said, so the page shows no dates"
            ),
        ),
        Text::new(
            "thêm một năm đã tổ chức, ví dụ from_year: 2025",
            "add a year in which it was held, as in from_year: 2025",
        ),
    )
}

/// DT113: a contact without the agreement of the person it belongs to.
pub fn no_consent(what: &Text) -> Diagnostic {
    Diagnostic::warning(
        113,
        Text::new(
            format!("dữ liệu cá nhân chưa có `consent` đủ `by` và `on`: {}; trang không hiện", what.vi),
            format!(
                "personal data without a `consent` that has `by` and `on`: {}; the page does not show it",
                what.en
            ),
        ),
        Text::new(
            "xin người ấy đồng ý rồi thêm vào `contact`, ngay cạnh đó, consent: {by: ai đồng ý, on: ngày}; không xin được thì xóa (Luật 91/2025/QH15)",
            "ask that person, then add beside it in `contact` consent: {by: who agreed, on: day}; if you cannot, delete it (Law 91/2025/QH15)",
        ),
    )
}

/// DT114: a person's name where a business could stand.
pub fn person_named(name: &str) -> Diagnostic {
    Diagnostic::warning(
        114,
        Text::new(
            format!("`{name}` là tên một người mà `contact` chưa có `consent`"),
            format!("`{name}` is a person's name, and its `contact` has no `consent`"),
        ),
        Text::new(
            "thêm contact: {consent: {by: …, on: …}}, hoặc ghi tên cơ sở thay cho tên người",
            "add contact: {consent: {by: …, on: …}}, or write the business's name instead",
        ),
    )
}

/// DT150: a commune that was merged away.
pub fn abolished_commune(code: &str, name: &str, successors: &[String]) -> Diagnostic {
    let into = successors.join("; ");
    let (several_vi, several_en) = if successors.len() > 1 {
        (
            "xã cũ chia ra nhiều nơi: xem thôn ở phần nào, rồi viết mã của xã, phường ấy",
            "it was divided: see in which part the place lies and write that code",
        )
    } else {
        ("viết mã mới; tên cũ để ở `before`", "write the new code; the old name belongs in `before`")
    };
    Diagnostic::warning(
        150,
        Text::new(
            format!("mã {code} là của {name}, đã sáp nhập; nay là {into}"),
            format!("the code {code} was {name}, which was merged; today it is {into}"),
        ),
        Text::new(several_vi, several_en),
    )
}

/// DT151: an old commune that did not go to the one that is written.
pub fn before_went_elsewhere(before: &str, here: &str, successors: &[String]) -> Diagnostic {
    let into = successors.join("; ");
    Diagnostic::warning(
        151,
        Text::new(
            format!("{before} theo bảng sáp nhập nay là {into}, không phải {here}"),
            format!("{before} is today {into} by the table of mergers, not {here}"),
        ),
        Text::new(
            "tra lại bằng `dautich units`; nếu bảng sai so với nghị quyết thì cứ để như đang viết",
            "look it up with `dautich units`; where the table differs from the resolution leave it as it is",
        ),
    )
}

/// DT152: a table of units that cannot be read.
pub fn unit_table(slip: &Text) -> Diagnostic {
    Diagnostic::error(
        152,
        slip.clone(),
        Text::new(
            "chép lại từ bảng gốc, các ô cách nhau bằng tab; hoặc xóa tệp này để dùng bảng có sẵn trong chương trình",
            "copy it anew from where it came, cells between tabs; or remove this file to use the table inside the program",
        ),
    )
}
