//! A picture that a command was handed, and what is told of the codes in it: its bytes within limits, the symbols it
//! shows, whose they are in words. Trusts no name, opens no address.
#![allow(clippy::disallowed_methods)] // a command may read what it was asked to

use super::session::printable;
use crate::build::photo::{self, NoPixels};
use crate::diagnostic::{Failure, Text};
use crate::site::Site;
use crate::site::verdict::{Judged, Stranger, Verdict};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file that may be a picture.
///
/// # Errors
/// Why they are not looked at: it cannot be read, is no file, or too large.
pub fn read(file: &Path) -> Result<Vec<u8>, Text> {
    let told = |error: &io::Error| Failure::io(file, error).message;
    let data = fs::metadata(file).map_err(|error| told(&error))?;
    if !data.is_file() {
        return Err(Text::new("không phải một tệp", "not a file"));
    }
    let mut bytes = Vec::new();
    let opened = File::open(file).and_then(|open| open.take(photo::MAX_BYTES + 1).read_to_end(&mut bytes));
    opened.map_err(|error| told(&error))?;
    if bytes.len() as u64 > photo::MAX_BYTES {
        let most = photo::MAX_BYTES / (1024 * 1024);
        return Err(Text::new(format!("tệp lớn hơn {most} MB"), format!("the file is over {most} MB")));
    }
    Ok(bytes)
}

/// Why a picture was not looked at to its end.
pub fn too_busy() -> Text {
    Text::new(
        "ảnh quá rối, không đọc hết được; hãy cắt riêng phần có mã rồi thử lại",
        "this picture is too busy to be read to its end; cut the code out and try again",
    )
}

/// Why a picture without codes is of no use.
pub fn no_code() -> Text {
    Text::new(
        "không thấy mã QR nào; chụp gần hơn, đủ sáng, thấy cả viền trắng quanh mã",
        "no QR code was found; take the photo nearer, in good light, with the white border in it",
    )
}

/// Why a file's pixels were not looked at.
pub fn no_pixels(why: NoPixels) -> Text {
    match why {
        NoPixels::Form => Text::new(
            "không phải ảnh PNG, JPEG, WebP hay tệp PDF, dù tên thế nào",
            "no PNG, JPEG, WebP or PDF, whatever its name",
        ),
        NoPixels::Heic => Text::new(
            "ảnh HEIC của iPhone; đổi thành JPG rồi thử lại (trên iPhone: Cài đặt, Máy ảnh, Định dạng, Tương thích nhất)",
            "an iPhone's HEIC; save it as JPG and try again (on an iPhone: Settings, Camera, Formats, Most Compatible)",
        ),
        NoPixels::TooLarge(width, height) => Text::new(
            format!("ảnh quá lớn ({width} x {height} điểm ảnh); mỗi cạnh nhiều nhất 12000"),
            format!("the picture is too large ({width} x {height} pixels); a side has at most 12000"),
        ),
        NoPixels::Damaged => Text::new(
            "tệp ảnh hỏng hoặc bị cắt cụt; chép lại từ máy chụp",
            "the picture is damaged or cut short; copy it again from the camera",
        ),
    }
}

/// A verdict in few words.
pub const fn words(verdict: &Verdict<'_>) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Ours(_) => ("của trang này", "ours"),
        Verdict::Former(_) => ("của trang này, mã cũ", "ours, a former id"),
        Verdict::Withdrawn(_) => ("của trang này, bài đã gỡ", "ours, withdrawn"),
        Verdict::Draft(_) => ("của trang này, bài còn nháp", "ours, still a draft"),
        Verdict::Broken(_) => ("của trang này, bài đang lỗi", "ours, its entry has an error"),
        Verdict::Unknown => ("KHÔNG có bài nào mang mã này", "NOT known: no entry bears it"),
        Verdict::Stranger(_) => ("KHÔNG phải của trang này", "NOT ours"),
        Verdict::NotAnAddress => ("KHÔNG phải địa chỉ web", "NOT a web address"),
    }
}

/// The page a code leads to in the end; none for a draft.
pub fn page(site: &Site, judged: &Judged<'_>) -> Option<String> {
    let base = &site.config.base_url;
    match judged.verdict {
        Verdict::Ours(entry) | Verdict::Former(entry) => {
            Some(format!("{base}{}", site.path(entry, site.config.source_language())))
        }
        Verdict::Withdrawn(_) => judged.id.map(|id| format!("{base}Q/{id}/")),
        _ => None,
    }
}

/// What a person should know beyond the verdict.
pub fn explained(judged: &Judged<'_>) -> Option<Text> {
    let host = printable(judged.host.as_deref().unwrap_or_default());
    if let Some(ours) = &judged.imitates {
        return Some(Text::new(
            format!(
                "CẢNH BÁO: mã này giả giống {ours} nhưng thật ra dẫn tới {host}; có thể là mã lừa đảo dán đè, đừng mở"
            ),
            format!(
                "WARNING: this code looks like {ours} but really leads to {host}; it may be a fraud pasted over ours, do not open it"
            ),
        ));
    }
    let (vi, en) = match judged.verdict {
        Verdict::Stranger(Stranger::Host) => (format!("dẫn tới {host}"), format!("leads to {host}")),
        Verdict::Stranger(Stranger::UserOrPort) => (
            format!("{host} là máy của trang này, nhưng mã kèm tên người dùng hoặc cổng lạ"),
            format!("{host} is ours, but the code adds a user or a port"),
        ),
        Verdict::Stranger(Stranger::Scheme) => (
            "máy của trang này nhưng không mã hóa (http): kẻ đứng giữa có thể thay trang".to_owned(),
            "our host without encryption (http): whoever stands between can change the page".to_owned(),
        ),
        Verdict::Stranger(Stranger::Path) => (
            "máy của trang này nhưng không phải địa chỉ in trên biển (…/Q/MÃ/)".to_owned(),
            "our host, but not an address that plaques carry (…/Q/ID/)".to_owned(),
        ),
        Verdict::Unknown if judged.id.is_none() => (
            "địa chỉ của trang này, nhưng mã sai ký tự kiểm tra: in hỏng hoặc làm giả".to_owned(),
            "our address, but the id fails its check: a misprint or a forgery".to_owned(),
        ),
        Verdict::Unknown => (
            "địa chỉ của trang này, mã đúng dạng, nhưng không bài nào mang nó".to_owned(),
            "our address and a well-formed id, but no entry bears it".to_owned(),
        ),
        Verdict::Draft(_) => (
            "bài còn là bản nháp: quét mã này sẽ không thấy trang".to_owned(),
            "its entry is a draft: whoever scans it finds no page".to_owned(),
        ),
        Verdict::Broken(folder) => (
            format!("bài ở {folder} đang có lỗi; chạy `dautich check`"),
            format!("the entry in {folder} has an error; run `dautich check`"),
        ),
        _ if judged.odd => (
            "dẫn đúng chỗ nhưng không viết như mã do dautich in: có người khác đã làm mã này".to_owned(),
            "leads to the right place but is not written as dautich prints it: somebody else made this code"
                .to_owned(),
        ),
        _ => return None,
    };
    Some(Text::new(vi, en))
}
