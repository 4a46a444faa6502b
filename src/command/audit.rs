//! `dautich audit`: volunteers' photos of mounted plates: ours, somebody else's, unreadable, or far from their place; and
//! which printed codes no photo shows. Opens no address; tells metres and never where a photo was taken.
#![allow(clippy::disallowed_methods)] // a command may read what it was asked to

use super::audit_page;
use super::audit_report::{Report, Row, Seen, Unseen, as_json, csv, notes, text, title};
use super::picture::{no_code, no_pixels, read, too_busy};
use super::session::{Exit, Session, counted, printable};
use crate::build::photo::{self, Shot};
use crate::build::taken::{Taken, Whereabouts};
use crate::build::write::write_whole;
use crate::code::find::find;
use crate::diagnostic::{Failure, Text};
use crate::site::Site;
use crate::site::audit::{Audit, FAR, Grade};
use clap::ValueEnum;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::available_parallelism;
use walkdir::WalkDir;

/// Photos that are decoded at a time, at most: twelve million pixels take 60 MB each.
const MOST_AT_ONCE: usize = 4;
/// The pixels beyond which a photo is decoded alone.
const LARGE: u64 = 30_000_000;
/// The longer side of a photo on the page, in pixels.
const THUMBNAIL: u32 = 320;
/// The largest photo on the page, in bytes.
const THUMBNAIL_BYTES: usize = 40 * 1024;
/// What is a photo in a folder by its name. HEIC is named so that it is told rather than passed over.
const PHOTOS: [&str; 12] =
    ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "gif", "bmp", "tif"];

/// The form of the result on stdout.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Form {
    /// Để đọc / For people
    Text,
    /// Cho Excel / For spreadsheets
    Csv,
    /// Cho chương trình khác / For programs
    Json,
}

/// `audit`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Ảnh chụp biển đã gắn, hoặc thư mục ảnh / Photos of mounted plates, or folders of them
    #[arg(value_name = "PHOTOS", required = true)]
    photos: Vec<PathBuf>,
    /// Dạng kết quả / Form of the result
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Thêm một trang để in và lưu / Also a page to print and file
    #[arg(long, value_name = "FILE.html")]
    page: Option<PathBuf>,
    /// Xa hơn chừng này mét là xa nơi đặt / What is more metres away is far
    #[arg(long, value_name = "METRES", default_value_t = FAR, value_parser = clap::value_parser!(u32).range(1..))]
    far: u32,
}

/// One photo before it is judged.
struct Looked {
    name: String,
    digest: Option<[u8; 32]>,
    texts: BTreeSet<String>,
    trouble: Option<Text>,
    taken: Taken,
    thumbnail: Option<Vec<u8>>,
}

/// Looks at the photos.
///
/// # Errors
/// Where a flag cannot be followed or the machine refuses; a photo that cannot be read is told and the others are looked
/// at.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    if let Some(page) = &arguments.page {
        may_write(page)?;
    }
    let desk = session.load(&session.root.join("output"))?;
    let Some(site) = &desk.site else { return Ok(session.report(&desk.found, &desk.source)) };
    let (photos, passed_over) = gather(&arguments.photos);
    if photos.is_empty() {
        return Err(no_photos(&arguments.photos));
    }
    let looked = look_at_all(session, &photos, arguments.page.is_some())?;
    let report = report(session, site, looked, arguments.far);
    let shown = match arguments.format {
        Form::Text => text(&report, session.lang),
        Form::Csv => csv(&report, session.lang),
        Form::Json => format!("{:#}\n", as_json(&report)),
    };
    let _ = io::stdout().lock().write_all(shown.as_bytes());
    if let Some(page) = &arguments.page {
        write_whole(page, &audit_page::html(&report, session.date)?)?;
        let name = printable(&page.display().to_string());
        session.tell(&format!("trang để in: {name}"), &format!("page to print: {name}"));
    }
    if passed_over > 0 {
        session.tell(
            &format!("bỏ qua {passed_over} tệp không phải ảnh trong thư mục"),
            &format!("passed over {} that are no photos", counted(passed_over, "file", "files")),
        );
    }
    let told = report.summary();
    session.tell(&told.vi, &told.en);
    let well = report.photos.iter().all(|photo| photo.grade != Grade::Bad);
    Ok(if well { Exit::Done } else { Exit::Content })
}

/// The photos that are meant, each once, by name; and how many files of the folders are none.
fn gather(paths: &[PathBuf]) -> (Vec<PathBuf>, usize) {
    let (mut photos, mut passed_over) = (BTreeMap::new(), 0);
    let mut add = |path: PathBuf| {
        let one = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        photos.entry(one).or_insert(path);
    };
    for path in paths {
        if !path.is_dir() {
            add(path.clone());
            continue;
        }
        // What begins with a dot is the machine's: macOS puts `._IMG_1.jpg` beside every photo on a stick.
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let walk = WalkDir::new(path).into_iter();
        for found in walk.filter_entry(|found| found.depth() == 0 || !hidden(found.file_name())).flatten() {
            let ending = found.path().extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
            match ending {
                _ if !found.file_type().is_file() => {}
                Some(ending) if PHOTOS.contains(&ending.as_str()) => add(found.into_path()),
                _ => passed_over += 1,
            }
        }
    }
    let mut photos: Vec<PathBuf> = photos.into_values().collect();
    photos.sort();
    (photos, passed_over)
}

/// Looks at every photo, a few at a time; in the order they were given.
fn look_at_all(session: &Session, photos: &[PathBuf], pictured: bool) -> Result<Vec<Looked>, Failure> {
    let bar = session.progress(photos.len(), "xem ảnh", "looking");
    let threads = available_parallelism().map_or(1, usize::from).min(MOST_AT_ONCE);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| no_threads(&error))?;
    let alone = Mutex::new(());
    let looked = pool.install(|| {
        let each = photos.par_iter().map(|photo| {
            let looked = look(photo, pictured, &alone);
            bar.inc(1);
            looked
        });
        each.collect()
    });
    bar.finish_and_clear();
    Ok(looked)
}

/// One photo's codes, time, place and small form.
fn look(photo: &Path, pictured: bool, alone: &Mutex<()>) -> Looked {
    let mut looked = Looked {
        name: printable(&photo.display().to_string()),
        digest: None,
        texts: BTreeSet::new(),
        trouble: None,
        taken: Taken::NOTHING,
        thumbnail: None,
    };
    let bytes = match read(photo) {
        Ok(bytes) => bytes,
        Err(why) => return Looked { trouble: Some(why), ..looked },
    };
    looked.digest = Some(Sha256::digest(&bytes).into());
    let large = photo::pixels(&bytes).is_ok_and(|pixels| pixels > LARGE);
    // A lock that another thread died with guards nothing but memory.
    let _alone = large.then(|| alone.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    let mut shot = match Shot::open(&bytes) {
        Ok(shot) => shot,
        Err(why) => return Looked { trouble: Some(no_pixels(why)), ..looked },
    };
    drop(bytes);
    looked.taken = Taken::read(shot.exif.take());
    looked.thumbnail = pictured.then(|| shot.thumbnail(THUMBNAIL, THUMBNAIL_BYTES)).flatten();
    let found = find(shot.grey());
    looked.trouble = match (found.whole, found.texts.is_empty()) {
        (false, _) => Some(too_busy()),
        (true, true) => Some(no_code()),
        (true, false) => None,
    };
    looked.texts = found.texts;
    looked
}

/// Judges what was seen.
fn report<'s>(session: &Session, site: &'s Site, looked: Vec<Looked>, far: u32) -> Report<'s> {
    let audit = Audit::new(site, far);
    let mut first: BTreeMap<[u8; 32], String> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut photos = Vec::with_capacity(looked.len());
    for looked in looked {
        let twin = looked.digest.and_then(|digest| first.get(&digest).cloned());
        if let Some(digest) = looked.digest {
            first.entry(digest).or_insert_with(|| looked.name.clone());
        }
        let photo = judged(&audit, looked, twin.as_deref());
        seen.extend(photo.rows.iter().filter_map(|row| row.plate.as_ref()?.1.judged.id));
        photos.push(photo);
    }
    let hanging = audit.hanging().count();
    let missed = audit.hanging().filter(|(id, _)| !seen.contains(id));
    let unseen = missed
        .map(|(id, code)| Unseen {
            id,
            name: printable(site.entry(id).map_or(&code.latest.name, |entry| title(entry, session.lang))),
            place: printable(&code.latest.place),
            printed: printable(&format!("{} {}", code.printed.date, code.printed.batch)),
        })
        .collect();
    Report { site, photos, unseen, hanging, far }
}

fn judged<'s>(audit: &Audit<'s>, looked: Looked, twin: Option<&str>) -> Seen<'s> {
    let taken = match looked.taken.place {
        Whereabouts::Known(point) => Ok(point),
        Whereabouts::Unsaid => {
            Err(Text::new("ảnh không ghi vị trí", "the photo does not say where it was taken"))
        }
        Whereabouts::Nonsense(why) => Err(why),
    };
    let mut rows: Vec<Row<'s>> = Vec::new();
    for text in looked.texts {
        let plate = audit.plate(&text, &taken);
        let notes = notes(&plate);
        rows.push(Row { grade: plate.grade, notes, plate: Some((text, plate)) });
    }
    let ours = rows.iter().filter(|row| row.plate.as_ref().is_some_and(|(_, plate)| plate.leads())).count();
    for row in &mut rows {
        if ours > 1 && row.grade != Grade::Bad {
            row.grade = Grade::Look;
            row.notes.push(Text::new(
                format!("một ảnh có {ours} mã của trang này"),
                format!("{ours} codes of ours in one photo"),
            ));
        }
    }
    if let Some(why) = looked.trouble {
        rows.push(Row { plate: None, grade: Grade::Bad, notes: vec![why] });
    }
    if let (Some(twin), Some(row)) = (twin, rows.first_mut()) {
        row.grade = row.grade.min(Grade::Look);
        row.notes.push(Text::new(format!("giống hệt ảnh {twin}"), format!("the very same photo as {twin}")));
    }
    let grade = rows.iter().map(|row| row.grade).min().unwrap_or(Grade::Bad);
    Seen { name: looked.name, taken: looked.taken.at, rows, grade, thumbnail: looked.thumbnail }
}

/// Refuses to replace anything but a page of an earlier audit.
fn may_write(page: &Path) -> Result<(), Failure> {
    let mut head = Vec::new();
    match File::open(page).and_then(|file| file.take(512).read_to_end(&mut head)) {
        Ok(_) if String::from_utf8_lossy(&head).contains(audit_page::MARK) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => {
            let name = printable(&page.display().to_string());
            Err(Failure::usage(
                Text::new(
                    format!("{name} đã có và không phải trang kiểm tra biển; không ghi đè"),
                    format!("{name} is there already and is no page of an audit; it is not replaced"),
                ),
                Text::new("chọn tên tệp khác sau --page", "choose another file name after --page"),
            ))
        }
    }
}

fn no_photos(paths: &[PathBuf]) -> Failure {
    let names: Vec<String> = paths.iter().map(|path| printable(&path.display().to_string())).collect();
    let names = names.join(", ");
    Failure::usage(
        Text::new(format!("không có ảnh nào trong {names}"), format!("there is no photo in {names}")),
        Text::new(
            "chép ảnh JPG hay PNG vào đó, hoặc nêu thư mục khác",
            "put JPG or PNG photos there, or name another folder",
        ),
    )
}

fn no_threads(error: &rayon::ThreadPoolBuildError) -> Failure {
    Failure::io(Path::new("thread"), &io::Error::other(error.to_string()))
}
