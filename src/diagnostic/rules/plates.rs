//! DT34x: layouts that a site writes itself, logos and Wi-Fi codes on what is printed.

use crate::diagnostic::{Diagnostic, Text};

/// DT340: a layout whose numbers cannot be printed.
pub fn layout_impossible(name: &str, why: &Text) -> Diagnostic {
    Diagnostic::error(
        340,
        Text::new(
            format!("khuôn in `{name}` không in được: {}", why.vi),
            format!("the layout `{name}` cannot be printed: {}", why.en),
        ),
        Text::new(
            "đo lại bằng thước trên tờ nhãn thật, ghi mm",
            "measure the real sheet with a ruler again, in mm",
        ),
    )
}

/// DT341: a layout under a name that is taken.
pub fn layout_twice(name: &str) -> Diagnostic {
    Diagnostic::error(
        341,
        Text::new(format!("đã có khuôn in tên `{name}`"), format!("there is a layout `{name}` already")),
        Text::new(
            "đặt tên khác; muốn dựa theo khuôn ấy thì ghi `like: …`",
            "give it another name; to build on that one, write `like: …`",
        ),
    )
}

/// DT342: a symbol that is too small at this layout's size, or whose quiet zone leaves the label.
pub fn symbol_without_room(layout: &str, modules: u16, module: f32, whole: f32) -> Diagnostic {
    Diagnostic::error(
        342,
        Text::new(
            format!(
                "mã {modules} x {modules} ô không vừa khuôn `{layout}`: mỗi ô {module:.2} mm (ít nhất 0.5), cả viền trắng rộng {whole:.1} mm"
            ),
            format!(
                "a symbol of {modules} x {modules} modules does not fit the layout `{layout}`: {module:.2} mm a module (at least 0.5), {whole:.1} mm with its quiet zone"
            ),
        ),
        Text::new(
            "sửa `symbol` của khuôn, hoặc chọn khuôn có nhãn lớn hơn",
            "change the layout's `symbol`, or take a layout with larger labels",
        ),
    )
}

/// DT343: a layout with a Wi-Fi code for a place whose network cannot be joined by one.
pub fn no_wifi(why: &Text) -> Diagnostic {
    Diagnostic::error(
        343,
        Text::new(format!("không làm được mã Wi-Fi: {}", why.vi), format!("no Wi-Fi code: {}", why.en)),
        Text::new(
            "ghi tên mạng ở bài (`wifi: {ssid: …, security: WPA}`), mật khẩu ở wifi.yaml (`networks: [{ssid: …, password: …}]`); hoặc chọn khuôn không có Wi-Fi",
            "write the network's name in the entry (`wifi: {ssid: …, security: WPA}`) and its password in wifi.yaml (`networks: [{ssid: …, password: …}]`); or take a layout without Wi-Fi",
        ),
    )
}

/// DT344: a logo that cannot be printed.
pub fn bad_logo(name: &str, why: &Text) -> Diagnostic {
    Diagnostic::error(
        344,
        Text::new(
            format!("không in được logo `{name}`: {}", why.vi),
            format!("the logo `{name}` cannot be printed: {}", why.en),
        ),
        Text::new(
            "ghi đường dẫn từ thư mục của trang, như `logos: [logo-doan.svg]` (SVG, PNG, JPEG, WebP)",
            "write its path from the site's folder, as in `logos: [logo-doan.svg]` (SVG, PNG, JPEG, WebP)",
        ),
    )
}
