//! DT3xx: ids, printed addresses and the ledger. What would kill a plaque is a break, exit code 3.

use super::prose::cut;
use crate::diagnostic::{Diagnostic, Text};

/// DT301: one id for two entries.
pub fn duplicate_id(id: &str, other: &str) -> Diagnostic {
    Diagnostic::error(
        301,
        Text::new(
            format!("mã số \"{id}\" đã dùng ở {other}"),
            format!("the id \"{id}\" is already used in {other}"),
        ),
        Text::new(
            "bài nào đã in biển thì giữ mã; bài kia tạo lại bằng `dautich new`, có mã riêng, rồi chép nội dung sang",
            "the entry whose plaque is printed keeps it; make the other anew with `dautich new`, which gives it its own, and copy the text over",
        ),
    )
}

/// DT302: six characters that are no id.
pub fn not_an_id(written: &str, reason: &Text, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => Text::did_you_mean(near),
        None => Text::new(
            "chép lại mã từ biển hoặc từ ledger.tsv; bài chưa in biển thì dùng mã do `dautich new` cấp",
            "copy the id from the plaque or from ledger.tsv; an entry without a plaque takes one that `dautich new` gives",
        ),
    };
    Diagnostic::error(
        302,
        Text::new(
            format!("\"{written}\" không phải mã số: {}", reason.vi),
            format!("\"{written}\" is not an id: {}", reason.en),
        ),
        help,
    )
}

/// DT303: a `printed_address` or `base_url` that cannot serve.
pub fn not_an_address(key: &str, written: &str, reason: &Text) -> Diagnostic {
    Diagnostic::error(
        303,
        Text::new(
            format!("không dùng được `{key}` \"{written}\": {}", reason.vi),
            format!("`{key}` \"{written}\" cannot be used: {}", reason.en),
        ),
        Text::new(
            "viết dạng https://ten-mien.vn/ bằng chữ không dấu",
            "write it as https://your-domain.vn/ in letters without marks",
        ),
    )
}

/// DT304: plaques that carry a path besides the host.
pub fn address_with_path(path: &str) -> Diagnostic {
    Diagnostic::warning(
        304,
        Text::new(
            format!("địa chỉ in trên biển có thêm đường dẫn `{path}`"),
            format!("the printed address carries the path `{path}`"),
        ),
        Text::new(
            "nên dùng một tên miền riêng: mã nhỏ hơn, và không ai gõ nhầm chữ hoa, chữ thường",
            "a domain of its own is better: a smaller code, and nobody mistypes capitals and small letters",
        ),
    )
}

/// A plaque in plain words, from its row of the ledger.
pub struct Plaque<'a> {
    /// Its id.
    pub id: &'a str,
    /// The name printed on it.
    pub name: &'a str,
    /// Where it hangs; may be empty.
    pub place: &'a str,
    /// The batch it was printed in.
    pub batch: &'a str,
    /// The day of that.
    pub date: &'a str,
}

impl Plaque<'_> {
    /// "The plaque … would go dead", for a reason.
    fn would_go_dead(&self, vi: &str, en: &str) -> Text {
        let Self { id, name, place, batch, date } = self;
        let at = |word: &str| if place.is_empty() { String::new() } else { format!(" {word} {place}") };
        Text::new(
            format!(
                "biển \"{name}\"{} (mã {id}, in ngày {date}, đợt {batch}) sẽ thành mã chết: {vi}",
                at("ở")
            ),
            format!(
                "the plaque \"{name}\"{} (id {id}, printed {date}, batch {batch}) would go dead: {en}",
                at("at")
            ),
        )
    }
}

/// DT305: an id on a wall that no entry bears any more.
pub fn dead_plaque(plaque: &Plaque<'_>) -> Diagnostic {
    let id = plaque.id;
    Diagnostic::breaking(
        305,
        plaque.would_go_dead("không còn bài nào mang mã này", "no entry bears its id"),
        Text::new(
            format!(
                "khôi phục bài cũ; nếu đã gộp vào bài khác thì thêm {id} vào `former_ids` của bài ấy; nếu phải gỡ thì giữ bài và ghi `withdrawn`"
            ),
            format!(
                "bring the entry back; if it was merged, add {id} to `former_ids` of the living one; if it must go, keep it and write `withdrawn`"
            ),
        ),
    )
}

/// DT306: an id on a wall whose entry is a draft.
pub fn drafted_plaque(plaque: &Plaque<'_>) -> Diagnostic {
    Diagnostic::breaking(
        306,
        plaque.would_go_dead("bài đang để là bản nháp", "its entry is a draft"),
        Text::new(
            "xóa dòng `draft: true`; nếu bài phải gỡ thì ghi `withdrawn` với ngày và lý do",
            "delete the line `draft: true`; if the entry must go, write `withdrawn` with a date and a reason",
        ),
    )
}

/// DT307: a row that was published and is no longer in the ledger.
pub fn lost_row(id: &str, name: &str, batch: &str, date: &str) -> Diagnostic {
    Diagnostic::breaking(
        307,
        Text::new(
            format!(
                "ledger.tsv mất dòng của \"{name}\" (mã {id}, đợt {batch}, ngày {date}) đã có trong bản đăng trước"
            ),
            format!(
                "ledger.tsv has lost the row of \"{name}\" (id {id}, batch {batch}, {date}) that the last build published"
            ),
        ),
        Text::new(
            "chép lại các dòng thiếu từ output/data/ledger.tsv; sổ chỉ được thêm dòng, không được xóa",
            "copy the missing rows back from output/data/ledger.tsv; rows are only ever added, never deleted",
        ),
    )
}

/// "1 printed code carries", "2 printed codes carry".
fn counted(codes: usize, one: &str, more: &str) -> String {
    if codes == 1 { format!("1 printed code {one}") } else { format!("{codes} printed codes {more}") }
}

/// DT308: plaques carry another address than the site now names.
pub fn address_changed(printed: &str, now: Option<&str>, plaques: usize, example: &str) -> Diagnostic {
    let (vi_now, en_now) = match now {
        Some(now) => (format!("nay dautich.yaml ghi {now}"), format!("dautich.yaml now says {now}")),
        None => (
            "nay dautich.yaml không ghi `printed_address`".to_owned(),
            "dautich.yaml now has no `printed_address`".to_owned(),
        ),
    };
    Diagnostic::breaking(
        308,
        Text::new(
            format!("{plaques} mã đã in mang địa chỉ {printed} (ví dụ \"{example}\"), {vi_now}"),
            format!(
                "{} {printed} (for one, \"{example}\"), and {en_now}",
                counted(plaques, "carries", "carry")
            ),
        ),
        Text::new(
            format!(
                "ghi lại printed_address: {printed}; nếu thật sự đổi tên miền, thêm `moved` với from, to, on, kept_by, until"
            ),
            format!(
                "write printed_address: {printed} again; if the domain really changed, add `moved` with from, to, on, kept_by, until"
            ),
        ),
    )
}

/// DT309: plaques live on an address that somebody else keeps alive.
pub fn moved_address(from: &str, plaques: usize, kept_by: &str, until: &str) -> Diagnostic {
    Diagnostic::warning(
        309,
        Text::new(
            format!("{plaques} mã đã in còn dựa vào địa chỉ cũ {from}, do {kept_by} giữ đến {until}"),
            format!(
                "{} on the old address {from}, kept by {kept_by} until {until}",
                counted(plaques, "still rests", "still rest")
            ),
        ),
        Text::new(
            "thay dần biển cũ trước ngày ấy, hoặc xin giữ lâu hơn rồi sửa `until`",
            "replace the old plaques before that day, or ask to have it kept longer and change `until`",
        ),
    )
}

/// DT310: the day until which the old address was promised has passed.
pub fn moved_address_expired(from: &str, plaques: usize, kept_by: &str, until: &str) -> Diagnostic {
    Diagnostic::warning(
        310,
        Text::new(
            format!(
                "GẤP: lời hứa giữ địa chỉ cũ {from} đã hết hạn ngày {until}; {plaques} mã đã in có thể đang chết"
            ),
            format!(
                "URGENT: the promise to keep the old address {from} ran out on {until}; {} dead",
                counted(plaques, "may be", "may be")
            ),
        ),
        Text::new(
            format!(
                "quét thử ngay một mã cũ bằng điện thoại; nhờ {kept_by} giữ tiếp địa chỉ ấy, hoặc thay biển"
            ),
            format!(
                "scan an old code with a phone now; ask {kept_by} to keep the address alive, or replace the plaques"
            ),
        ),
    )
}

/// DT311: a row of the ledger that cannot be read.
pub fn unreadable_row(reason: &Text) -> Diagnostic {
    Diagnostic::breaking(
        311,
        Text::new(
            format!("không đọc được dòng này của sổ: {}", reason.vi),
            format!("this row of the ledger cannot be read: {}", reason.en),
        ),
        Text::new(
            "sửa lại cho giống bản trong output/data/ledger.tsv; mở sổ bằng Notepad, không lưu bằng Excel",
            "make it as it stands in output/data/ledger.tsv; open the ledger in Notepad and never save it from Excel",
        ),
    )
}

/// DT313: a ledger without its first two lines.
pub fn no_ledger_header() -> Diagnostic {
    Diagnostic::breaking(
        313,
        Text::new(
            "sổ không có hai dòng đầu `# dautich ledger 1` và tên các cột",
            "the ledger lacks its first two lines, `# dautich ledger 1` and the names of the columns",
        ),
        Text::new(
            "chép lại hai dòng đầu từ output/data/ledger.tsv; nếu chưa in mã nào thì xóa tệp ledger.tsv",
            "copy the first two lines back from output/data/ledger.tsv; if no code was ever printed, delete ledger.tsv",
        ),
    )
}

/// DT314: sheets without an address to print.
pub fn no_printed_address() -> Diagnostic {
    Diagnostic::error(
        314,
        Text::new(
            "dautich.yaml chưa có `printed_address`, là địa chỉ sẽ in trên biển",
            "dautich.yaml has no `printed_address`, the address that plaques will carry",
        ),
        Text::new(
            "thêm dòng printed_address: https://ten-mien-cua-ban.vn/ — chọn tên miền sẽ giữ được ít nhất mười năm",
            "add printed_address: https://your-domain.vn/ — choose a domain that will be kept for ten years or more",
        ),
    )
}

/// DT315: an address that only this desk can open, about to be printed for good.
pub fn private_address(address: &str) -> Diagnostic {
    Diagnostic::error(
        315,
        Text::new(
            format!("không in chính thức với địa chỉ {address}: người ngoài không mở được"),
            format!("no sheet is issued for {address}: nobody outside can open it"),
        ),
        Text::new(
            "ghi tên miền thật vào `printed_address`; mới in thử thì bỏ `--issue`",
            "write your real domain in `printed_address`; for a proof, leave out `--issue`",
        ),
    )
}

/// DT316: an id named on the command line that has nothing to print.
pub fn not_printable(id: &str, reason: &Text) -> Diagnostic {
    Diagnostic::error(
        316,
        Text::new(
            format!("không in được mã {id}: {}", reason.vi),
            format!("the id {id} cannot be printed: {}", reason.en),
        ),
        Text::new("bỏ mã này khỏi `--only`", "leave it out of `--only`"),
    )
}

/// DT317: a title that does not fit its label at the smallest letters.
pub fn title_too_long(title: &str) -> Diagnostic {
    let short = cut(title, 60);
    Diagnostic::error(
        317,
        Text::new(
            format!("chữ \"{short}\" không vừa nhãn, dù đã thu nhỏ hết mức"),
            format!("the words \"{short}\" do not fit their label even in the smallest letters"),
        ),
        Text::new(
            "rút gọn: tên ở `title`, nơi chốn ở `place: detail`, tên trang ở dautich.yaml; phần đầy đủ để trong bài viết",
            "shorten them: the name in `title`, the place in `place: detail`, the site's name in dautich.yaml; the whole may stand in the article",
        ),
    )
}

/// DT318: a letter the print font lacks.
pub fn letter_lacking(letter: char, title: &str) -> Diagnostic {
    let short = cut(title, 60);
    Diagnostic::error(
        318,
        Text::new(
            format!("phông chữ để in không có ký tự `{letter}` trong \"{short}\""),
            format!("the print font has no letter `{letter}`, found in \"{short}\""),
        ),
        Text::new(
            "bỏ ký tự ấy khỏi `title` (biểu tượng, chữ Hán để trong bài viết)",
            "leave it out of `title` (emoji and Hán characters belong in the article)",
        ),
    )
}

/// DT320: the ledger that the last build published cannot be read, so nobody can say what was lost.
pub fn published_unreadable() -> Diagnostic {
    Diagnostic::breaking(
        320,
        Text::new(
            "không đọc được bản sao của sổ trong lần đăng trước, nên không biết có mã nào bị mất không",
            "the copy of the ledger from the last build cannot be read, so nobody can say whether a code was lost",
        ),
        Text::new(
            "chép ledger.tsv đè lên tệp ấy nếu chắc chắn sổ còn đủ mọi dòng; đừng sửa gì trong output/",
            "copy ledger.tsv over that file if you are sure that the ledger holds every row; change nothing inside output/",
        ),
    )
}

/// DT321: a promise that leads to an address the site does not have.
pub fn moved_elsewhere(to: &str, now: &str) -> Diagnostic {
    Diagnostic::error(
        321,
        Text::new(
            format!("`moved` dẫn tới {to}, nhưng địa chỉ in trên biển nay là {now}"),
            format!("`moved` leads to {to}, but the printed address is now {now}"),
        ),
        Text::new(
            format!("ghi to: {now}, hoặc thêm một dòng `moved` nữa đi từ {to}"),
            format!("write to: {now}, or add another row of `moved` that leads on from {to}"),
        ),
    )
}

/// DT322: plaques carry a real domain while the pages name one that only this desk can open.
pub fn private_base_url(base_url: &str) -> Diagnostic {
    Diagnostic::warning(
        322,
        Text::new(
            format!("`base_url` còn là {base_url}: máy tìm kiếm sẽ không thấy trang"),
            format!("`base_url` is still {base_url}: search engines will not find the site"),
        ),
        Text::new(
            "ghi địa chỉ thật nơi trang được đăng, thường giống `printed_address`",
            "write the address the site is really served at, mostly the same as `printed_address`",
        ),
    )
}

/// DT329: old addresses that lead to one another and never to the one plaques carry.
pub fn moved_in_a_circle(from: &str) -> Diagnostic {
    Diagnostic::error(
        329,
        Text::new(
            format!("các dòng `moved` từ {from} dẫn vòng tròn, không tới địa chỉ nào"),
            format!("the rows of `moved` from {from} lead in a circle and arrive nowhere"),
        ),
        Text::new(
            "dòng cuối cùng phải có `to` là `printed_address` hiện nay",
            "the last row must have the `printed_address` of today as its `to`",
        ),
    )
}

/// DT330: a printer's measures that no printer has.
pub fn printer_impossible(why: &Text) -> Diagnostic {
    Diagnostic::error(
        330,
        Text::new(
            format!("số đo máy in không dùng được: {}", why.vi),
            format!("the printer's measures cannot be used: {}", why.en),
        ),
        Text::new(
            "đo lại trên trang mà `dautich sheets --calibrate` in ra, hoặc xóa printer.yaml để in không bù",
            "measure again on the page of `dautich sheets --calibrate`, or delete printer.yaml to print uncorrected",
        ),
    )
}
