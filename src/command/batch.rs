//! From files made to files handed over: each is whole on the disk beside its place, then the ledger learns of every code,
//! then the files take their places. Killed at any moment, no issued sheet exists that the ledger does not know.
#![allow(clippy::disallowed_methods)] // a command may write what it was asked for

use super::choice::place_words;
use super::ledger_file::LedgerFile;
use super::new::fresh;
use super::session::{Session, counted};
use crate::code::PrintedAddress;
use crate::diagnostic::{Failure, Text};
use crate::print::receipt::Receipt;
use crate::site::ledger::{Event, Row};
use crate::site::{Entry, Site};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What is voided as one: the codes of one file, or of one folder of symbols.
pub struct Batch<'s> {
    /// Its name in the ledger.
    pub name: String,
    /// What it was printed as.
    pub layout: String,
    /// Its entries, in printed order.
    pub entries: Vec<&'s Entry>,
    /// The file or folder that people are told of.
    pub place: PathBuf,
    /// Its files, made and not yet in their places.
    pub files: Vec<Staged>,
    /// What its codes say.
    pub receipt: Receipt,
}

/// A file that is whole on the disk, and where it will stand.
pub struct Staged {
    made: PathBuf,
    place: PathBuf,
}

/// A folder beside the files' places, gone when it is dropped; so is their folder if it was made for nothing.
pub struct Stage {
    within: Option<TempDir>,
    folder: PathBuf,
    made: bool,
}

impl Stage {
    /// A stage in the folder where the files will stand, which is made if it is not there: a rename must not cross disks.
    ///
    /// # Errors
    /// Where the machine refuses.
    pub fn new(folder: &Path) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let made = !folder.exists();
        let within = fs::create_dir_all(folder)
            .and_then(|()| tempfile::Builder::new().prefix(".dautich-").tempdir_in(folder))
            .map_err(|error| Failure::io(folder, &error))?;
        Ok(Self { within: Some(within), folder: folder.to_owned(), made })
    }

    /// Writes a file whole onto the stage. Names of places on one stage must differ.
    ///
    /// # Errors
    /// Where the machine refuses.
    pub fn put(&self, place: &Path, bytes: &[u8]) -> Result<Staged, Failure> {
        let within = self.within.as_ref().map_or(&*self.folder, TempDir::path);
        let made = within.join(place.file_name().unwrap_or_default());
        let written = File::create(&made).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|error| Failure::io(place, &error))?;
        Ok(Staged { made, place: place.to_owned() })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.within.take());
        if self.made {
            // Only an empty one goes.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Lets files take their places.
///
/// # Errors
/// Where the machine refuses; what stands there is whole.
pub fn into_place(batches: &[Batch<'_>]) -> Result<(), Failure> {
    for staged in batches.iter().flat_map(|batch| &batch.files) {
        fs::rename(&staged.made, &staged.place).map_err(|error| Failure::io(&staged.place, &error))?;
    }
    Ok(())
}

/// A name for a batch that no other laptop gives on the same day: the day and four symbols drawn by chance. A sheet is
/// voided by its batch, so the name must never mean two sheets.
///
/// # Errors
/// Where the machine gives no random numbers.
pub fn new_batch(site: &Site, date: Date, taken: &mut BTreeSet<String>) -> Result<String, Failure> {
    loop {
        let id = fresh(&BTreeSet::new())?;
        let name = format!("{date}-{}", &id.as_str()[..4]);
        if !site.ledger.has_batch(&name) && taken.insert(name.clone()) {
            return Ok(name);
        }
    }
}

/// A file replaces nothing but an older proof of its kind: an article, the ledger or an issued sheet named by mistake is
/// kept.
///
/// # Errors
/// Where something else stands there.
pub fn may_write(file: &Path, issue: bool) -> Result<(), Failure> {
    let proof: &[u8] = match file.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => b"<svg",
        Some("png") => b"\x89PNG",
        Some("csv") => b"\xef\xbb\xbf\"",
        _ => b"%PDF",
    };
    let mut head = [0; 4];
    let present = match File::open(file) {
        Ok(mut present) => present.read_exact(&mut head).is_ok() || file.exists(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(Failure::io(file, &error)),
    };
    if !present || (!issue && head == proof) {
        return Ok(());
    }
    let name = file.display();
    Err(Failure::usage(
        Text::new(
            format!("{name} đã có; tờ mã không ghi đè lên nó"),
            format!("{name} is there already; the sheet does not replace it"),
        ),
        Text::new("chọn tên tệp khác sau -o", "choose another file name after -o"),
    ))
}

/// Shows what is about to be issued, asks, and adds a row a code to the ledger. `false` where the answer was no.
///
/// # Errors
/// Where the machine refuses; the ledger is as it was.
pub fn issue(
    session: &Session,
    site: &Site,
    address: &PrintedAddress,
    ledger: &LedgerFile,
    ask: bool,
    batches: &[Batch<'_>],
) -> Result<bool, Failure> {
    let entries: Vec<&Entry> = batches.iter().flat_map(|batch| batch.entries.iter().copied()).collect();
    review(session, site, address, &entries);
    if ask && session.ask("Ghi vào sổ và in chính thức? [c/N]", "Issue them? [y/N]") == Some(false) {
        session.tell("không in gì; sổ vẫn như cũ", "nothing was issued; the ledger is as it was");
        return Ok(false);
    }
    let rows = batches.iter().flat_map(|batch| {
        batch.entries.iter().map(|entry| Row {
            date: session.date,
            batch: batch.name.clone(),
            event: Event::Printed,
            id: Some(entry.id.value),
            address: Some(address.clone()),
            layout: batch.layout.clone(),
            copies: 1,
            place: place_words(site, entry),
            name: entry.source().title.value.clone(),
            note: String::new(),
        })
    });
    ledger.add(&rows.collect::<Vec<_>>())?;
    Ok(true)
}

/// Tells what is about to be issued, as far as an editor must have seen it before it hangs on a wall.
fn review(session: &Session, site: &Site, address: &PrintedAddress, entries: &[&Entry]) {
    let n = entries.len();
    session.tell(
        &format!("sắp in chính thức {n} mã ở địa chỉ {address}:"),
        &format!("about to issue {} at {address}:", counted(n, "code", "codes")),
    );
    list(session, entries);
    let unreviewed: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.reviewed.is_none()).collect();
    let whole = |entry: &Entry| site.config.languages.iter().all(|lang| entry.article(*lang).is_some());
    let untranslated: Vec<&Entry> = entries.iter().copied().filter(|entry| !whole(entry)).collect();
    if !unreviewed.is_empty() {
        let n = unreviewed.len();
        session.tell(&format!("chưa ai duyệt ({n}):"), &format!("not reviewed by anybody ({n}):"));
        list(session, &unreviewed);
    }
    if !untranslated.is_empty() {
        let n = untranslated.len();
        session.tell(&format!("chưa dịch đủ ({n}):"), &format!("not translated ({n}):"));
        list(session, &untranslated);
    }
}

/// The first twenty of a list, and how many more.
const SHOWN: usize = 20;

/// The first twenty entries by id and title, and how many more.
pub fn list(session: &Session, entries: &[&Entry]) {
    for entry in entries.iter().take(SHOWN) {
        let line = format!("  {}  {}", entry.id.value, entry.source().title.value);
        session.tell(&line, &line);
    }
    if let Some(more) = entries.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        session.tell(&format!("  và {more} mã nữa"), &format!("  and {more} more"));
    }
}

/// Tells what was made: how many codes, in which files, and the receipt of each.
pub fn say_done(session: &Session, batches: &[Batch<'_>]) {
    let count: usize = batches.iter().map(|batch| batch.receipt.count).sum();
    if let [batch] = batches {
        let (file, digest) = (batch.place.display(), &batch.receipt.digest);
        session.tell(
            &format!(
                "xong: {count} mã trong {file}, đã đọc lại từng mã\nbiên nhận: {count} mã, SHA-256 {digest}"
            ),
            &format!(
                "done: {0} in {file}, each read back\nreceipt: {0}, SHA-256 {digest}",
                counted(count, "code", "codes")
            ),
        );
        return;
    }
    let files = batches.len();
    session.tell(
        &format!("xong: {count} mã trong {files} tệp, đã đọc lại từng mã; biên nhận (số mã, SHA-256):"),
        &format!("done: {count} codes in {files} files, each read back; receipts (codes, SHA-256):"),
    );
    for batch in batches.iter().take(SHOWN) {
        let line = format!("  {}  {}  {}", batch.place.display(), batch.receipt.count, batch.receipt.digest);
        session.tell(&line, &line);
    }
    if let Some(more) = files.checked_sub(SHOWN).filter(|more| *more > 0) {
        session.tell(&format!("  và {more} tệp nữa"), &format!("  and {more} more"));
    }
}

/// Tells what is to be done with what was issued.
pub fn say_issued(session: &Session, batches: &[Batch<'_>]) {
    let names: Vec<&str> = batches.iter().take(SHOWN).map(|batch| batch.name.as_str()).collect();
    let more = if batches.len() > SHOWN { ", …" } else { "" };
    let names = names.join(", ") + more;
    session.tell(
        &format!("đợt {names} đã ghi vào ledger.tsv: giữ tệp ấy cùng trang, không xóa dòng nào\ntiếp theo: in ở 100 % (không co giãn), dựng lại và đăng trang, rồi quét thử từng mã"),
        &format!("batch {names} is in ledger.tsv: keep that file with the site and delete no row\nnext: print at 100 % (no scaling), build and publish the site, then scan each code"),
    );
}
