//! The command line: verbs, flags and help in both languages. Joins the commands' own arguments, nothing more.

use crate::command::session::{Exit, Globals, Session, language};
use crate::command::{audit, build, check, init, ledger, new, scan, serve, sheets, translate, units};
use crate::diagnostic::Lang;
use clap::error::{ContextKind, ErrorKind};
use clap::{Parser, Subcommand};
use std::io::Write as _;

/// The whole command line.
#[derive(Parser, Debug)]
#[command(
    name = "dautich",
    version,
    about = "Trang di tích, đặc sản từ Markdown, và mã QR không bao giờ chết\nHeritage and specialty pages from Markdown, and QR codes that never break",
    after_help = "Ví dụ / Examples:\n  dautich init trang-cua-toi\n  dautich new relic den-kiep-bac --title \"Đền Kiếp Bạc\"\n  dautich check\n  dautich serve -O\n  dautich build\n  dautich sheets\n\nMã thoát / Exit codes: 0 xong · 1 nội dung có lỗi · 2 sai lệnh · 3 mã đã in sẽ chết · 4 máy hỏng"
)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Tạo trang mới với vài bài mẫu / Make a new site with a few entries to learn from
    #[command(after_help = "Ví dụ / Example:\n  dautich init trang-cua-toi")]
    Init(init::Arguments),
    /// Tạo một bài với mã riêng / Make an entry with an id of its own
    #[command(
        after_help = "Ví dụ / Examples:\n  dautich new relic den-kiep-bac --title \"Đền Kiếp Bạc\"\n  dautich new product \"Bánh gai Ninh Giang\""
    )]
    New(new::Arguments),
    /// Soát mọi lỗi, không ghi gì / Find everything that is wrong, write nothing
    #[command(
        after_help = "Ví dụ / Examples:\n  dautich check\n  dautich check --format json\n  dautich --lang en check"
    )]
    Check(check::Arguments),
    /// Soát rồi dựng cả trang / Check, then build the site
    #[command(
        after_help = "Ví dụ / Examples:\n  dautich build\n  dautich build -o /tmp/xem-thu --drafts\n  dautich build -u https://thu.example.vn/"
    )]
    Build(build::Arguments),
    /// Xem trang trên máy này trong lúc viết, lưu tệp là trang tự tải lại / See the site on this machine while you write
    #[command(
        after_help = "Ví dụ / Examples:\n  dautich serve\n  dautich serve -O         # mở trình duyệt / open the browser\n  dautich serve -p 8080    # cổng khác / another port"
    )]
    Serve(serve::Arguments),
    /// Làm tờ mã QR để in / Make sheets of QR codes to print
    #[command(
        after_help = "Ví dụ / Examples:\n  dautich sheets                        # bản nháp / a proof\n  dautich sheets --only 7K3MQ5,R8CDTS\n  dautich sheets --kind relic --issue   # chính thức / issued\n  dautich sheets --advise --distance 1.5 --outdoors   # nên in cỡ nào, treo ra sao / how large, how high\n  dautich sheets --distance 3 --layout A4             # in, và nhắc nếu đứng xa quá / print, and warn if too far\n  dautich sheets --layout commune --commune 10909   # tờ treo tường của một xã / a commune's page for the wall\n  dautich sheets --each commune         # mỗi xã một tệp, một đợt / a file and a batch a commune\n  dautich sheets --layout A5 --press    # cho nhà in / for a print shop\n  dautich sheets --form svg --size 80   # chỉ mã / symbols alone\n  dautich sheets --calibrate            # đo máy in / measure your printer"
    )]
    Sheets(sheets::Arguments),
    /// Đọc mã trong ảnh, PDF: dẫn đi đâu, có phải của trang này / Read codes in pictures and PDFs: where they lead, whose they are
    #[command(
        after_help = "Mỗi mã một dòng, các ô cách nhau bằng tab / A line a code, cells between tabs:\n  tệp[:trang], kết luận, mã, tên, điều mã chứa, trang đích, tệp bài\n  file[:page], verdict, id, title, what it holds, page, article\n--format json: {version, files: [{file, trouble, codes: [{page, verdict, ours, id, title, article, address, leads_to, host, imitates, note}]}]}\n  verdict: ours former withdrawn draft broken unknown stranger not-an-address\nMã thoát / Exit code: 1 nếu có mã không phải của trang này, hoặc tệp không đọc được / if any is not ours or a file cannot be read\n\nVí dụ / Examples:\n  dautich scan anh-bien.jpg\n  dautich scan print/L7164-proof.pdf            # cần pdftoppm / needs pdftoppm\n  dautich scan --format json *.jpg"
    )]
    Scan(scan::Arguments),
    /// Soát ảnh biển đã gắn: của mình, mã lạ, không đọc được, xa nơi đặt / Check photos of mounted plates: ours, strange, unreadable, far
    #[command(
        after_help = "Mỗi mã một dòng, các ô cách nhau bằng tab / A line a code, cells between tabs:\n  ảnh, kết luận, mã, tên, mét, ngày chụp, ghi chú; sau cùng là các mã đã in chưa có ảnh\n  photo, verdict, id, title, metres, date, note; last the printed codes that no photo shows\nKết luận / Verdicts: tốt · XEM LẠI · XẤU / well · LOOK · BAD\n\nKhoảng cách chỉ có khi bài ghi `precision: site` và ảnh còn vị trí chụp; không thì ghi là chưa rõ.\nDistance is told only where the entry has `precision: site` and the photo its place; else it is said to be unknown.\nXa: hơn 300 m (điện thoại sai 10 đến 50 m, khuôn viên lớn rộng 200 đến 250 m); đổi bằng --far.\nFar: over 300 m (a phone errs by 10 to 50 m, large grounds reach 200 to 250 m); --far changes it.\nTọa độ không được ghi ra ở đâu cả / Coordinates are written nowhere.\n\nMã thoát / Exit code: 0 chỉ khi không ảnh nào XẤU / 0 only if no photo is BAD; 1 nếu có / else\n\nVí dụ / Examples:\n  dautich audit anh-bien/\n  dautich audit anh-bien/ --page kiem-tra.html       # trang A4 để in và lưu / an A4 page to file\n  dautich audit anh-bien/ --format csv > kiem-tra.csv\n  dautich audit --far 800 anh-con-son/                # khuôn viên rộng / wide grounds\n  dautich audit -- -anh.jpg                           # tên bắt đầu bằng gạch / a name that begins with a dash"
    )]
    Audit(audit::Arguments),
    /// Sổ mã đã in: theo đợt, nơi, năm; hủy một đợt / What was printed: by batch, place, year; void a batch
    #[command(
        after_help = "Ví dụ / Examples:\n  dautich ledger\n  dautich ledger --format json\n  dautich ledger void 2026-11-21-7K3M --reason \"in lệch giấy, đã xé bỏ\""
    )]
    Ledger(ledger::Arguments),
    /// Bản dịch nào thiếu, nào đã cũ / Which translations are missing or stale
    #[command(after_help = "Ví dụ / Examples:\n  dautich translate status\n  dautich translate done den-bia")]
    Translate(translate::Arguments),
    /// Tra xã, phường mới và cũ, mã đơn vị hành chính / Look up communes, new and old, and their codes
    #[command(
        after_help = "Ví dụ / Examples:\n  dautich units mao dien\n  dautich units \"xã Cẩm Điền\"     # tên cũ / an old name\n  dautich units 10930\n  dautich units Hải Phòng        # cả thành phố / a whole province"
    )]
    Units(units::Arguments),
}

/// Parses, runs, and says how it ended.
pub fn run(arguments: &[String]) -> Exit {
    let lang = language(arguments);
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return explain(&error, lang),
    };
    let ended = Session::start(cli.globals, lang).and_then(|session| match &cli.verb {
        Verb::Init(arguments) => init::run(&session, arguments),
        Verb::New(arguments) => new::run(&session, arguments),
        Verb::Check(arguments) => check::run(&session, arguments),
        Verb::Build(arguments) => build::run(&session, arguments),
        Verb::Serve(arguments) => serve::run(&session, arguments),
        Verb::Sheets(arguments) => sheets::run(&session, arguments),
        Verb::Scan(arguments) => scan::run(&session, arguments),
        Verb::Audit(arguments) => audit::run(&session, arguments),
        Verb::Ledger(arguments) => ledger::run(&session, arguments),
        Verb::Translate(arguments) => translate::run(&session, arguments),
        Verb::Units(arguments) => units::run(&session, arguments),
    });
    ended.unwrap_or_else(|failure| Session::fail(lang, &failure))
}

/// What is wrong with a command line, in the editor's language; help and version as they are.
fn explain(error: &clap::Error, lang: Lang) -> Exit {
    if !error.use_stderr() {
        let _ = error.print();
        return Exit::Done;
    }
    if lang == Lang::EN || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return Exit::Usage;
    }
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (written, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh `{}`", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("lệnh này không nhận `{written}`"),
        ErrorKind::MissingRequiredArgument => format!("còn thiếu: {written}"),
        ErrorKind::MissingSubcommand => "còn thiếu tên lệnh".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{written}` cần một giá trị theo sau"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{written}` không nhận giá trị `{value}`")
        }
        ErrorKind::ArgumentConflict => format!("không dùng `{written}` hai lần hay cùng nhau"),
        _ => "không hiểu dòng lệnh".to_owned(),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(context)
        .find(|word| !word.is_empty());
    let choices = context(ContextKind::ValidValue);
    let help = match (near, choices.is_empty()) {
        (Some(near), _) => format!("có phải `{near}`?"),
        (None, false) => format!("chọn một trong: {choices}"),
        (None, true) => "xem `dautich --help`, hoặc `dautich LỆNH --help`".to_owned(),
    };
    let _ = writeln!(std::io::stderr(), "lỗi: {what}\ncách sửa: {help}");
    Exit::Usage
}
