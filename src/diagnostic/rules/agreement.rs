//! DT140 to DT149, DT153 and on: facts of one entry that contradict one another, the calendar, or themselves.
//! A day or year ahead of the build's own is a warning: it depends on the date.

use crate::diagnostic::{Diagnostic, Text};

/// DT140: a period that ends before it begins.
pub fn period_backwards(from: i64, to: i64) -> Diagnostic {
    Diagnostic::error(
        140,
        Text::new(
            format!("thời kỳ bắt đầu năm {from} mà lại kết thúc năm {to}"),
            format!("the period begins in {from} and ends in {to}"),
        ),
        Text::new(
            "xem lại hai năm; năm trước Công nguyên viết với dấu trừ, ví dụ -111",
            "look at both years again; a year before our era has a minus, as in -111",
        ),
    )
}

/// DT141: a number that is no year.
pub fn not_a_year(key: &str, written: i64) -> Diagnostic {
    Diagnostic::error(
        141,
        Text::new(
            format!("`{key}` ghi {written}, không phải một năm"),
            format!("`{key}` says {written}, which is no year"),
        ),
        Text::new(
            "viết năm bằng một đến bốn chữ số, ví dụ 1428; trước Công nguyên thì thêm dấu trừ; không có năm 0",
            "write a year of one to four digits, as in 1428, with a minus before our era; there is no year 0",
        ),
    )
}

/// DT142: a year that has not come yet.
pub fn year_ahead(key: &str, year: i64, now: i16) -> Diagnostic {
    Diagnostic::warning(
        142,
        Text::new(
            format!("`{key}` ghi năm {year}, mà nay mới là năm {now}"),
            format!("`{key}` says {year}, and it is only {now}"),
        ),
        Text::new(
            "sửa lại năm; việc còn chưa xảy ra thì để dành, xảy ra rồi hãy ghi",
            "mend the year; leave what has not happened yet until it has",
        ),
    )
}

/// DT143: a day that has not come yet.
pub fn day_ahead(key: &str, day: &str, today: &str) -> Diagnostic {
    Diagnostic::warning(
        143,
        Text::new(
            format!("`{key}` ghi ngày {day}, mà hôm nay mới là {today}"),
            format!("`{key}` says {day}, and today is only {today}"),
        ),
        Text::new(
            "sửa lại ngày; nếu ngày đúng rồi thì xem lại ngày giờ của máy",
            "mend the day; if it is right, look at the clock of this computer",
        ),
    )
}

/// DT144: an event told after a later one.
pub fn out_of_order(year: i64, before: i64) -> Diagnostic {
    Diagnostic::warning(
        144,
        Text::new(
            format!("mốc năm {year} đứng sau mốc năm {before}"),
            format!("the event of {year} stands after that of {before}"),
        ),
        Text::new(
            "xếp các mốc trong `timeline` từ xưa đến nay, hoặc sửa năm ở `sort`",
            "put the events of `timeline` in order, the oldest first, or mend the year in `sort`",
        ),
    )
}

/// DT145: another name that is no other name.
pub fn same_name_again(name: &str) -> Diagnostic {
    Diagnostic::warning(
        145,
        Text::new(
            format!("tên khác \"{name}\" trùng với tên đã ghi"),
            format!("the other name \"{name}\" is written already"),
        ),
        Text::new(
            "bỏ tên ấy khỏi `also`; ở đó chỉ ghi những tên chưa có, ví dụ tên cũ, tên dân gian",
            "take it out of `also`, which is for names not written yet: an old one, one that people use",
        ),
    )
}

/// DT146: a source listed twice.
pub fn same_source_again(number: usize, first: usize) -> Diagnostic {
    Diagnostic::warning(
        146,
        Text::new(
            format!("nguồn số {number} trùng với nguồn số {first}"),
            format!("source {number} is the same as source {first}"),
        ),
        Text::new(
            format!(
                "giữ nguồn số {first}; chỗ nào ghi `source: {number}` thì đổi, rồi đánh số lại các nguồn sau"
            ),
            format!("keep source {first}; change each `source: {number}`, and count the later ones anew"),
        ),
    )
}

/// DT147: a disagreement in which only one side speaks.
pub fn one_voice() -> Diagnostic {
    Diagnostic::warning(
        147,
        Text::new(
            "`claims` để ghi chỗ các nguồn nói khác nhau, mà ở đây chưa đủ hai ý",
            "`claims` is for what sources differ on, and here are not even two versions",
        ),
        Text::new(
            "ghi vào `says` ít nhất hai ý, mỗi ý một nguồn; nếu các nguồn nói như nhau thì bỏ mục này",
            "write at least two under `says`, each with its source; if the sources agree, delete this item",
        ),
    )
}

/// DT148: a point called measured that is not there.
pub fn precise_without_point() -> Diagnostic {
    Diagnostic::warning(
        148,
        Text::new(
            "`precision: site` nói là đã đo tại chỗ, nhưng không có `point`",
            "`precision: site` says that it was measured at the place, but there is no `point`",
        ),
        Text::new(
            "thêm point: [vĩ độ, kinh độ] đo tại nơi ấy, hoặc bỏ dòng `precision`",
            "add point: [latitude, longitude] as measured there, or delete the line `precision`",
        ),
    )
}

/// DT149: a mailbox that is none.
pub fn not_an_email(written: &str) -> Diagnostic {
    Diagnostic::error(
        149,
        Text::new(
            format!("\"{written}\" không phải địa chỉ thư điện tử"),
            format!("\"{written}\" is not an e-mail address"),
        ),
        Text::new(
            "viết một địa chỉ dạng ten@ten-mien.vn, không dấu, không dấu cách; số điện thoại ghi ở `phone`",
            "write one address like name@your-domain.vn, without marks and spaces; a telephone goes under `phone`",
        ),
    )
}

/// DT154: a trail that leads nowhere.
pub fn too_few_stops() -> Diagnostic {
    Diagnostic::warning(
        154,
        Text::new("hành trình chưa có đủ hai điểm dừng", "the trail has fewer than two stops"),
        Text::new(
            "ghi mã các bài theo thứ tự đi, ví dụ stops: [7K3MQ5, R8CDTS]; chưa chọn xong thì thêm `draft: true`",
            "write the ids in walking order, as in stops: [7K3MQ5, R8CDTS]; add `draft: true` until they are chosen",
        ),
    )
}

/// DT155: a stop that the trail has already left behind.
pub fn stop_again(id: &str) -> Diagnostic {
    Diagnostic::warning(
        155,
        Text::new(format!("hành trình dừng ở {id} hai lần"), format!("the trail stops at {id} twice")),
        Text::new(
            "bỏ một lần; chỉ khi đi một vòng thì điểm cuối mới trùng điểm đầu",
            "drop one; only a round trip ends where it began",
        ),
    )
}

/// DT156: one thing listed twice.
pub fn listed_twice(key: &str, what: &str) -> Diagnostic {
    Diagnostic::warning(
        156,
        Text::new(format!("`{key}` ghi {what} hai lần"), format!("`{key}` lists {what} twice")),
        Text::new("bỏ một lần", "drop one of them"),
    )
}

/// DT153: one rank given twice in one year.
pub fn same_rank_again(rank: &str) -> Diagnostic {
    Diagnostic::warning(
        153,
        Text::new(
            format!("hạng `{rank}` được ghi hai lần cho cùng một năm"),
            format!("the rank `{rank}` is given twice in the same year"),
        ),
        Text::new(
            "gộp thành một dòng trong `designations`, hoặc sửa năm của một trong hai",
            "make one line of them in `designations`, or mend the year of one",
        ),
    )
}
