//! DT5xx: templates and strings of a theme.

use crate::diagnostic::{Diagnostic, Text};

/// DT501: a template that cannot be read or rendered.
pub fn template(error: &str) -> Diagnostic {
    Diagnostic::error(
        501,
        Text::new(format!("khuôn trang có lỗi: {error}"), format!("a template is broken: {error}")),
        Text::new(
            "sửa tệp trong templates/ hoặc themes/, hay xóa tệp ấy để dùng khuôn có sẵn trong chương trình",
            "mend the file in templates/ or themes/, or delete it to use the one inside the program",
        ),
    )
}

/// DT502: a string that one language of the theme lacks.
pub fn missing_string(key: &str) -> Diagnostic {
    Diagnostic::error(
        502,
        Text::new(format!("bộ chữ của giao diện thiếu `{key}`"), format!("the theme's strings lack `{key}`")),
        Text::new(format!("thêm dòng `{key}: …` vào tệp này"), format!("add a line `{key}: …` to this file")),
    )
}

/// DT503: a theme that does not exist.
pub fn no_such_theme(name: &str) -> Diagnostic {
    Diagnostic::error(
        503,
        Text::new(
            format!("không có giao diện `{name}` trong themes/"),
            format!("there is no theme `{name}` in themes/"),
        ),
        Text::new(
            "ghi `theme: default`, hoặc chép giao diện vào themes/",
            "write `theme: default`, or copy the theme into themes/",
        ),
    )
}

/// DT504: a language of the site for which the theme has no strings.
pub fn no_strings(lang: &str) -> Diagnostic {
    Diagnostic::error(
        504,
        Text::new(
            format!("giao diện chưa có bộ chữ tiếng `{lang}`"),
            format!("the theme has no strings in `{lang}`"),
        ),
        Text::new(
            format!(
                "bỏ {lang} khỏi `languages` trong dautich.yaml, hoặc dịch bộ chữ của giao diện vào templates/i18n/{lang}.yaml"
            ),
            format!(
                "take {lang} out of `languages` in dautich.yaml, or translate the theme's strings into templates/i18n/{lang}.yaml"
            ),
        ),
    )
}

/// DT505: a static file of a theme that takes the place of one of the site's own.
pub fn static_in_the_way(path: &str) -> Diagnostic {
    Diagnostic::error(
        505,
        Text::new(
            format!("tệp tĩnh của giao diện chiếm chỗ `{path}` của trang"),
            format!("a static file of the theme takes the place `{path}`, which is the site's own"),
        ),
        Text::new(
            "đổi tên tệp ấy trong templates/static/ hoặc themes/…/static/",
            "rename that file in templates/static/ or themes/…/static/",
        ),
    )
}

/// DT506: markup of a template that the pages' own policy stops.
pub fn forbidden_markup(markup: &str) -> Diagnostic {
    Diagnostic::error(
        506,
        Text::new(
            format!("khuôn trang có `{markup}`, trình duyệt sẽ chặn mà không báo"),
            format!("the template holds `{markup}`, which browsers will stop without a word"),
        ),
        Text::new(
            "đặt kiểu chữ, màu sắc vào inline/page.css và mã chạy vào inline/page.js của giao diện, rồi xóa chỗ này",
            "put styles into the theme's inline/page.css and code into its inline/page.js, then take this out",
        ),
    )
}
