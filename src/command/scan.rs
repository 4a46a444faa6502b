//! `dautich scan`: the codes in photos, scans and PDFs, where each leads, and whether it is ours.
//! Opens no address, writes nothing but to a temporary folder of its own, and trusts no picture.
#![allow(clippy::disallowed_methods)] // a command may read what it was asked to

use super::session::{Exit, Format, Session, counted, printable};
use crate::build::photo::{self, NoPixels};
use crate::code::find::find;
use crate::diagnostic::{Failure, Text};
use crate::site::Site;
use crate::site::verdict::{Judged, Stranger, Verdict, judge};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Pages of a PDF that are looked at.
const MAX_PAGES: usize = 100;
/// The longer side of a page as it is drawn, in pixels: 200 dpi on A4, whatever size the PDF claims.
const PAGE_SIDE: &str = "2340";
/// How long the drawing of a PDF's pages may take, in tenths of a second.
const PDF_PATIENCE: u32 = 1200;

/// `scan`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Ảnh chụp, ảnh quét (PNG, JPEG, WebP) hoặc PDF / Photos, scans or PDFs
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Dạng kết quả / Form of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What one file holds.
#[derive(Default)]
struct Seen {
    file: String,
    /// Page (1 for a picture) and what a symbol on it holds.
    codes: Vec<(usize, String)>,
    /// Why the file, or a part of it, was not read.
    trouble: Option<Text>,
    paged: bool,
}

/// Looks at the files.
///
/// # Errors
/// Where the machine refuses; a file that cannot be read is told and the others are looked at.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let desk = session.load(&session.root.join("output"))?;
    let Some(site) = &desk.site else { return Ok(session.report(&desk.found, &desk.source)) };
    if site.config.printed_address.is_none() && site.config.moved.is_empty() {
        session.tell(
            "dautich.yaml chưa có printed_address: không mã nào được coi là của trang này",
            "dautich.yaml has no printed_address: no code counts as ours",
        );
    }
    let mut files: Vec<&PathBuf> = arguments.files.iter().collect();
    files.sort();
    files.dedup();
    let bar = session.progress(files.len(), "đọc mã", "reading");
    let (mut good, mut count, mut report) = (true, 0, Vec::new());
    let mut out = io::stdout().lock();
    for file in files {
        let seen = look(file)?;
        bar.inc(1);
        good &= seen.trouble.is_none();
        count += seen.codes.len();
        if let Some(trouble) = &seen.trouble {
            let name = printable(&seen.file);
            session.tell(&format!("{name}: {}", trouble.vi), &format!("{name}: {}", trouble.en));
        }
        let mut codes = Vec::new();
        for (page, text) in &seen.codes {
            let judged = judge(site, text);
            good &= judged.verdict.is_ours();
            let name = if seen.paged { format!("{}:{page}", seen.file) } else { seen.file.clone() };
            let name = printable(&name);
            if arguments.format == Format::Text {
                let _ = writeln!(out, "{}", line(session, site, &name, text, &judged));
            }
            if let Some(why) = explained(&judged) {
                session.tell(&format!("{name}: {}", why.vi), &format!("{name}: {}", why.en));
            }
            codes.push(as_json(site, *page, text, &judged));
        }
        report.push(json!({"file": seen.file, "trouble": seen.trouble, "codes": codes}));
    }
    bar.finish_and_clear();
    if arguments.format == Format::Json {
        let _ = writeln!(out, "{:#}", json!({"version": 1, "files": report}));
    }
    session.tell(
        &format!(
            "{count} mã, {}",
            if good {
                "tất cả của trang này"
            } else {
                "có mã hoặc tệp cần xem lại ở trên"
            }
        ),
        &format!(
            "{}, {}",
            counted(count, "code", "codes"),
            if good { "all of them ours" } else { "NOT all is well" }
        ),
    );
    Ok(if good { Exit::Done } else { Exit::Content })
}

/// One file's codes, page by page, each text once a page.
fn look(file: &Path) -> Result<Seen, Failure> {
    let mut seen = Seen { file: file.display().to_string(), ..Seen::default() };
    let bytes = match read(file) {
        Ok(bytes) => bytes,
        Err(why) => return Ok(Seen { trouble: Some(why), ..seen }),
    };
    if bytes.starts_with(b"%PDF") {
        seen.paged = true;
        drop(bytes);
        return pages(file, seen);
    }
    seen.trouble = look_at(&bytes, 1, &mut seen.codes);
    if seen.codes.is_empty() && seen.trouble.is_none() {
        seen.trouble = Some(no_code());
    }
    Ok(seen)
}

/// Adds a picture's codes; why it was not read, or not to its end.
fn look_at(bytes: &[u8], page: usize, codes: &mut Vec<(usize, String)>) -> Option<Text> {
    let picture = match photo::grey(bytes) {
        Ok(picture) => picture,
        Err(why) => return Some(no_pixels(why)),
    };
    let found = find(picture);
    codes.extend(found.texts.into_iter().map(|text| (page, text)));
    let slow = || {
        Text::new(
            "ảnh quá rối, không đọc hết được; hãy cắt riêng phần có mã rồi thử lại",
            "this picture is too busy to be read to its end; cut the code out and try again",
        )
    };
    (!found.whole).then(slow)
}

fn read(file: &Path) -> Result<Vec<u8>, Text> {
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

/// Draws a PDF's pages with `pdftoppm` and looks at each.
fn pages(file: &Path, mut seen: Seen) -> Result<Seen, Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::io(&std::env::temp_dir(), &error))?;
    if let Err(why) = draw(file, folder.path()) {
        seen.trouble = Some(why);
    }
    let listed = fs::read_dir(folder.path()).map_err(|error| Failure::io(folder.path(), &error))?;
    let mut drawn: Vec<PathBuf> = listed.flatten().map(|page| page.path()).collect();
    // `pdftoppm` numbers the pages with as many digits as the last one has.
    drawn.sort();
    for (number, page) in drawn.iter().enumerate().take(MAX_PAGES) {
        let bytes = fs::read(page).map_err(|error| Failure::io(page, &error))?;
        let why = look_at(&bytes, number + 1, &mut seen.codes);
        seen.trouble = seen.trouble.or(why);
    }
    if drawn.len() > MAX_PAGES {
        seen.trouble = Some(Text::new(
            format!("chỉ đọc {MAX_PAGES} trang đầu; hãy tách tệp"),
            format!("only the first {MAX_PAGES} pages were read; split the file"),
        ));
    } else if seen.codes.is_empty() && seen.trouble.is_none() {
        seen.trouble = Some(no_code());
    }
    Ok(seen)
}

/// Runs `pdftoppm`, with an end to its time and to the size of what it draws.
fn draw(file: &Path, folder: &Path) -> Result<(), Text> {
    let failed = || Text::new("không mở được tệp PDF này", "this PDF cannot be opened");
    // In full, so that a name like `-r.pdf` is never taken for a flag.
    let file = fs::canonicalize(file).map_err(|_| failed())?;
    let mut child = Command::new("pdftoppm")
        .args(["-gray", "-png", "-scale-to", PAGE_SIDE, "-l", &(MAX_PAGES + 1).to_string()])
        .arg(file)
        .arg(folder.join("page"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => no_pdftoppm(),
            _ => Text::new(format!("không chạy được pdftoppm: {error}"), format!("pdftoppm: {error}")),
        })?;
    for _ in 0..PDF_PATIENCE {
        match child.try_wait() {
            Ok(Some(ended)) if ended.success() => return Ok(()),
            Ok(Some(_)) | Err(_) => return Err(failed()),
            Ok(None) => thread::sleep(Duration::from_millis(100)),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(Text::new("tệp PDF này vẽ quá lâu, đã dừng", "this PDF takes too long to draw and was stopped"))
}

fn no_pdftoppm() -> Text {
    Text::new(
        "đọc PDF cần chương trình pdftoppm mà máy này chưa có\n  Debian, Ubuntu: sudo apt install poppler-utils\n  \
         macOS: brew install poppler\n  Windows: cài Poppler for Windows và thêm thư mục bin của nó vào PATH\n  \
         hoặc: lưu trang PDF thành ảnh PNG rồi chạy `dautich scan` với ảnh ấy",
        "reading a PDF needs the program pdftoppm, which is not on this machine\n  Debian, Ubuntu: sudo apt install poppler-utils\n  \
         macOS: brew install poppler\n  Windows: install Poppler for Windows and add its bin folder to PATH\n  \
         or: save the page as PNG and run `dautich scan` on that",
    )
}

fn no_code() -> Text {
    Text::new(
        "không thấy mã QR nào; chụp gần hơn, đủ sáng, thấy cả viền trắng quanh mã",
        "no QR code was found; take the photo nearer, in good light, with the white border in it",
    )
}

fn no_pixels(why: NoPixels) -> Text {
    match why {
        NoPixels::Form => Text::new(
            "không phải ảnh PNG, JPEG, WebP hay tệp PDF, dù tên thế nào",
            "no PNG, JPEG, WebP or PDF, whatever its name",
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

/// A line on stdout: file, verdict, id, title, what the symbol holds, the page, the article's file.
fn line(session: &Session, site: &Site, name: &str, text: &str, judged: &Judged<'_>) -> String {
    let (vi, en) = words(&judged.verdict);
    let entry = judged.verdict.entry();
    let title = entry.map(|entry| &entry.article(session.lang).unwrap_or_else(|| entry.source()).title.value);
    let cells = [
        name.to_owned(),
        session.word(vi, en).to_owned(),
        judged.id.map(|id| id.to_string()).unwrap_or_default(),
        title.map(|title| printable(title)).unwrap_or_default(),
        printable(text),
        page(site, judged).unwrap_or_default(),
        entry.map(|entry| printable(entry.file())).unwrap_or_default(),
    ];
    cells.join("\t").trim_end().to_owned()
}

const fn words(verdict: &Verdict<'_>) -> (&'static str, &'static str) {
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
fn page(site: &Site, judged: &Judged<'_>) -> Option<String> {
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
fn explained(judged: &Judged<'_>) -> Option<Text> {
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

fn as_json(site: &Site, number: usize, text: &str, judged: &Judged<'_>) -> Value {
    let entry = judged.verdict.entry();
    let titles = entry.map(|entry| {
        let title = |article: &crate::site::Article| {
            (article.lang.as_str().to_owned(), Value::from(article.title.value.as_str()))
        };
        entry.articles.iter().map(title).collect::<serde_json::Map<_, _>>()
    });
    json!({
        "page": number,
        "verdict": judged.verdict.word(),
        "ours": judged.verdict.is_ours(),
        "id": judged.id,
        "title": titles,
        "article": entry.map(crate::site::Entry::file),
        "address": text,
        "leads_to": page(site, judged),
        "host": judged.host,
        "imitates": judged.imitates,
        "note": explained(judged),
    })
}
