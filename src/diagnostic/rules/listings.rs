//! DT40x: addresses at marketplaces. A stranger beside a maker's name is the maker's loss, so each has its reason.

use super::prose::cut;
use crate::diagnostic::{Diagnostic, Text};

fn copy_again(name: &str) -> Text {
    Text::new(
        format!("mở trang hàng trên {name} bằng trình duyệt, bấm vào thanh địa chỉ và chép lại"),
        format!("open the product's page on {name} in a browser, click on the address bar and copy it again"),
    )
}

/// DT401: an address that is not written as browsers read it. `why` says what is strange.
pub fn spelling(why: &Text, mended: Option<&str>) -> Diagnostic {
    let help = match mended {
        Some(mended) => Text::new(
            format!("nếu đúng là trang ấy thì viết: {mended}"),
            format!("if it is that page, write: {mended}"),
        ),
        None => copy_again_anywhere(),
    };
    Diagnostic::error(401, why.clone(), help)
}

fn copy_again_anywhere() -> Text {
    Text::new(
        "mở trang hàng bằng trình duyệt, bấm vào thanh địa chỉ và chép lại, bắt đầu bằng https://",
        "open the product's page in a browser, click on the address bar and copy it again, beginning with https://",
    )
}

/// DT402: an address that looks like a marketplace and leads elsewhere. `why` says how.
pub fn disguise(why: &Text) -> Diagnostic {
    Diagnostic::error(
        402,
        why.clone(),
        Text::new(
            "xóa địa chỉ này; hỏi lại người bán và vào trang hàng từ ứng dụng hay trang chủ của sàn rồi chép địa chỉ",
            "delete it; ask the seller again, go to the product from the marketplace's own app or home page and copy the address there",
        ),
    )
}

/// DT403: an address of a site that is no marketplace we know.
pub fn unknown(host: &str) -> Diagnostic {
    let host = cut(host, 60);
    Diagnostic::error(
        403,
        Text::new(
            format!(
                "`listings` chỉ nhận Shopee, Lazada, TikTok Shop, Tiki, Voso, buudien.vn, Facebook, Zalo; ở đây là {host}"
            ),
            format!(
                "`listings` takes Shopee, Lazada, TikTok Shop, Tiki, Voso, buudien.vn, Facebook and Zalo only; here is {host}"
            ),
        ),
        Text::new(
            "trang riêng của nơi sản xuất thì ghi ở `website` trong `makers`",
            "a maker's own site goes under `website` in `makers`",
        ),
    )
}

/// DT404: the right host, and neither a product nor a shop.
pub fn no_listing(name: &str) -> Diagnostic {
    Diagnostic::error(
        404,
        Text::new(
            format!("địa chỉ này ở {name} nhưng không phải trang của một mặt hàng hay một gian hàng"),
            format!("the address is at {name} but is the page of no product and no shop"),
        ),
        copy_again(name),
    )
}

/// DT405: an address that pays somebody for sending buyers on.
pub fn affiliate() -> Diagnostic {
    Diagnostic::error(
        405,
        Text::new(
            "đây là địa chỉ tiếp thị liên kết, chuyển người đọc qua một nơi khác để tính hoa hồng",
            "this is an affiliate address, which sends readers through another place to count a commission",
        ),
        Text::new(
            "mở nó bằng trình duyệt, chờ đến trang hàng rồi chép địa chỉ ở đó",
            "open it in a browser, wait for the product's page and copy the address there",
        ),
    )
}

/// DT406: a short address.
pub fn short(name: &str) -> Diagnostic {
    Diagnostic::warning(
        406,
        Text::new(
            format!("địa chỉ rút gọn của {name}: không ai biết nó dẫn tới đâu, nên trang chưa hiện"),
            format!(
                "a short address of {name}: nobody can tell where it leads, so the page does not show it"
            ),
        ),
        Text::new(
            "mở nó bằng trình duyệt rồi chép địa chỉ đầy đủ của trang hàng",
            "open it in a browser and copy the full address of the product's page",
        ),
    )
}

/// DT407: a marketplace that has closed.
pub fn closed(name: &str) -> Diagnostic {
    Diagnostic::warning(
        407,
        Text::new(
            format!("sàn {name} đã ngừng bán, nên trang không hiện địa chỉ này"),
            format!("{name} has stopped its marketplace, so the page does not show this address"),
        ),
        Text::new(
            "xóa dòng này, hoặc thay bằng gian hàng ở sàn khác",
            "delete the line, or put the shop at another marketplace in its place",
        ),
    )
}

/// DT408: a marketplace that goes by another name.
pub fn moved(name: &str, now: &str) -> Diagnostic {
    Diagnostic::warning(
        408,
        Text::new(
            format!("sàn {name} nay là {now}, nên trang không hiện địa chỉ cũ"),
            format!("{name} is now {now}, so the page does not show the old address"),
        ),
        Text::new(
            format!("tìm mặt hàng ấy ở {now} rồi chép địa chỉ mới"),
            format!("find the product at {now} and copy its new address"),
        ),
    )
}

/// DT409: a Zalo page that is somebody's telephone number.
pub fn personal_zalo() -> Diagnostic {
    Diagnostic::error(
        409,
        Text::new(
            "địa chỉ Zalo này chứa số điện thoại, là dữ liệu cá nhân",
            "this Zalo address holds a telephone number, which is personal data",
        ),
        Text::new(
            "xóa ở đây; ghi số vào `zalo` trong `contact` của nơi sản xuất, kèm `consent`; trang Zalo OA hay nhóm thì ghi ở đây được",
            "delete it here; write the number as `zalo` in the maker's `contact`, with `consent`; an official account or a group may stand here",
        ),
    )
}

/// DT410: a marketplace whose product pages we cannot tell from others.
pub fn unsure(name: &str) -> Diagnostic {
    Diagnostic::warning(
        410,
        Text::new(
            format!("chưa có cách kiểm tra địa chỉ trang hàng ở {name}"),
            format!("there is no way yet to check the address of a product at {name}"),
        ),
        Text::new(
            "tự mở địa chỉ này, xem đúng mặt hàng thì ghi ngày xem vào `checked`",
            "open it yourself and, if it is the product, write the day as `checked`",
        ),
    )
}
