//! DT42x to DT44x: awards, labels, strong drink, bar codes.
//! An award that ran out is a warning: it must not stop a correction from being published.

use crate::diagnostic::{Diagnostic, Text};

/// DT420: an award that ends within 90 days.
pub fn award_ending(days: i32, last: &str) -> Diagnostic {
    Diagnostic::warning(
        420,
        Text::new(
            format!("công nhận OCOP còn {days} ngày, hết hạn sau ngày {last}"),
            format!("the OCOP award has {days} days left and ends after {last}"),
        ),
        Text::new(
            "nhắc nơi sản xuất làm hồ sơ đánh giá lại; có quyết định mới thì sửa `issued_on`, nếu không trang tự bỏ sao sau ngày ấy",
            "remind the maker to be assessed again; write the new decision's day as `issued_on`, else the page drops the stars after that day",
        ),
    )
}

/// DT421: an award that has ended.
pub fn award_ended(last: &str) -> Diagnostic {
    Diagnostic::warning(
        421,
        Text::new(
            format!("công nhận OCOP đã hết hạn sau ngày {last}, nên trang không hiện sao"),
            format!("the OCOP award ended after {last}, so the page does not show the stars"),
        ),
        Text::new(
            "đã được đánh giá lại thì ghi số và ngày của quyết định mới; chưa thì cứ để vậy, không in sao lên biển hay bao bì",
            "if it was assessed again, write the new decision and its day; if not, leave it, and print no stars on signs or packages",
        ),
    )
}

/// DT422: an award without a day from which it counts, or with one that has not come.
pub fn award_undated(future: Option<&str>) -> Diagnostic {
    let message = match future {
        Some(day) => Text::new(
            format!("`issued_on` là {day}, một ngày chưa tới, nên trang không hiện sao OCOP"),
            format!(
                "`issued_on` is {day}, a day that has not come, so the page does not show the OCOP stars"
            ),
        ),
        None => Text::new(
            "không có ngày cấp (`issued_on`) thì không biết sao OCOP còn hạn hay không, nên trang không hiện sao",
            "without the day of issue (`issued_on`) nobody knows whether the OCOP stars still stand, so the page does not show them",
        ),
    };
    Diagnostic::warning(
        422,
        message,
        Text::new(
            "chép ngày ký ghi trên quyết định công nhận, viết năm-tháng-ngày",
            "copy the day of signing from the decision, written year-month-day",
        ),
    )
}

/// DT430: a product on sale whose page lacks what its label must say.
pub fn label_lacks(lacking: &Text) -> Diagnostic {
    Diagnostic::warning(
        430,
        Text::new(
            format!("trang của hàng đang bán còn thiếu: {}", lacking.vi),
            format!("the page of a product on sale lacks: {}", lacking.en),
        ),
        Text::new(
            "chép từ nhãn trên bao bì vào `label` và `makers`; thứ không ăn uống (chiếu, gốm, tranh) thì ghi `craft: true`",
            "copy it from the package's label into `label` and `makers`; for what is no food or drink (mats, pottery) write `craft: true`",
        ),
    )
}

/// DT431: strong drink with a page where it is sold.
pub fn strong_drink_listed(abv: f64) -> Diagnostic {
    let percent = abv.to_string();
    Diagnostic::error(
        431,
        Text::new(
            format!(
                "rượu {} độ không được quảng cáo; bài chỉ kể lịch sử, không có `listings`",
                percent.replace('.', ",")
            ),
            format!(
                "a drink of {percent} % may not be advertised; the page tells its history only, without `listings`"
            ),
        ),
        Text::new(
            "xóa `listings`: từ 15 độ trở lên thì không dẫn tới nơi bán (Luật Phòng, chống tác hại của rượu, bia 2019)",
            "delete `listings`: from 15 % on no page leads to where it is sold (law of 2019 on the harms of alcohol)",
        ),
    )
}

/// DT440: a number under the bars that cannot be one. `why` says what is wrong.
pub fn not_a_gtin(number: &str, why: &Text) -> Diagnostic {
    Diagnostic::error(
        440,
        Text::new(
            format!("`{number}` không phải mã số thương phẩm: {}", why.vi),
            format!("`{number}` is no GTIN: {}", why.en),
        ),
        Text::new(
            "chép lại từng chữ số dưới mã vạch, không dấu cách; bao bì không có mã vạch thì xóa dòng này",
            "copy each digit from under the bars again, without blanks; if the package has no bar code, delete the line",
        ),
    )
}
