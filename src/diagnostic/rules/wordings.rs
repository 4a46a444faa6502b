//! DT24x: what a text may not say, and what of a person it may not show.
//! Most are guesses by wording: warnings, so that a wrong guess never stops a page.

use super::prose::cut;
use crate::diagnostic::{Diagnostic, Text};

/// DT240: a product that is said to heal.
pub fn heals(said: &str) -> Diagnostic {
    Diagnostic::warning(
        240,
        Text::new(
            format!("“{said}” nói sản phẩm chữa được bệnh; thực phẩm không được quảng cáo như thuốc"),
            format!("“{said}” says that the product heals; food may not be advertised as a medicine"),
        ),
        Text::new(
            "bỏ câu ấy, kể mùi vị, nguyên liệu và cách làm",
            "drop it, and tell of taste, ingredients and how it is made",
        ),
    )
}

/// DT241: a product that is said to be traceable.
pub fn traceable(said: &str) -> Diagnostic {
    Diagnostic::warning(
        241,
        Text::new(
            format!(
                "“{said}”: trang này chỉ giới thiệu, không phải hệ thống truy xuất nguồn gốc (Thông tư 02/2024/TT-BKHCN)"
            ),
            format!(
                "“{said}”: this page informs only; it is no system of traceability (Circular 02/2024/TT-BKHCN)"
            ),
        ),
        Text::new(
            "bỏ lời ấy; nơi sản xuất có mã truy xuất thì nó nằm trên bao bì",
            "drop it; a maker's code of traceability, if there is one, stands on the package",
        ),
    )
}

/// DT242: a telephone number in a text.
pub fn phone_in_text(number: &str) -> Diagnostic {
    Diagnostic::warning(
        242,
        Text::new(
            format!("có số điện thoại trong bài: {number}; số của một người là dữ liệu cá nhân"),
            format!("there is a telephone number in the text: {number}; a person's number is personal data"),
        ),
        Text::new(
            "xóa khỏi bài; cần cho người đọc thì ghi vào `contact`, kèm `consent: {by: …, on: …}`",
            "delete it; if readers need it, write it under `contact` with `consent: {by: …, on: …}`",
        ),
    )
}

/// DT243: an identity number that the text itself calls one.
pub fn identity_number(number: &str) -> Diagnostic {
    let (message, help) = identity(number);
    Diagnostic::error(243, message, help)
}

/// DT247: a number of that shape, which may be something else.
pub fn identity_shape(number: &str) -> Diagnostic {
    let (message, help) = identity(number);
    Diagnostic::warning(247, message, help)
}

fn identity(number: &str) -> (Text, Text) {
    // Not quoted whole: what we tell is often passed on.
    let number = cut(number, 3);
    let message = Text::new(
        format!("{number} có dạng số căn cước hay chứng minh nhân dân của một người"),
        format!("{number} has the shape of somebody's identity number"),
    );
    let help = Text::new(
        "là số của người thì xóa ngay, ở mọi bản dịch và trong các bản lưu; trang không bao giờ cần số này",
        "if it is a person's, delete it at once, in every translation and in older copies; the page never needs it",
    );
    (message, help)
}

/// DT244: the name of somebody who keeps a relic.
pub fn keeper_named(said: &str) -> Diagnostic {
    Diagnostic::warning(
        244,
        Text::new(
            format!("“{said}” nêu tên người trông coi; tên người đang sống là dữ liệu cá nhân"),
            format!("“{said}” names a keeper; the name of a living person is personal data"),
        ),
        Text::new(
            "viết “thủ từ” hay “người trông coi” mà không nêu tên, hoặc giữ giấy đồng ý của người ấy",
            "write “the keeper” without a name, or keep that person's agreement in writing",
        ),
    )
}

/// DT245: stars in a text, which does not change when the award ends.
pub fn stars_in_text(said: &str) -> Diagnostic {
    Diagnostic::warning(
        245,
        Text::new(
            format!("“{said}” trong bài sẽ còn đó khi công nhận OCOP hết hạn"),
            format!("“{said}” stays in the text when the OCOP award has ended"),
        ),
        Text::new(
            "bỏ khỏi bài và ghi ở `ocop`: trang hiện sao khi còn hạn và tự bỏ khi hết hạn",
            "drop it and write it under `ocop`: the page shows the stars while they stand and drops them after",
        ),
    )
}

/// DT246: strong drink that is offered or praised.
pub fn strong_drink_sold(said: &str) -> Diagnostic {
    Diagnostic::warning(
        246,
        Text::new(
            format!("“{said}” là lời chào bán; rượu từ 15 độ trở lên không được quảng cáo"),
            format!("“{said}” offers it for sale; a drink of 15 % and more may not be advertised"),
        ),
        Text::new(
            "bỏ giá và lời mời mua, chỉ kể lịch sử và cách làm",
            "drop prices and offers, and tell its history and how it is made",
        ),
    )
}
