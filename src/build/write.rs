//! The one writer. Every output is first made in full beside the site, then a journal is written, then files take their
//! places by rename, pages before the lists that name them and removals last; a build that was killed is finished by the
//! next one. At every moment each address of both the old site and the new answers with a whole page.
#![allow(clippy::disallowed_methods)] // publishing is this file's alone

use super::articles::Trouble;
use super::plan::{Output, Plan};
use super::render::Reading;
use crate::diagnostic::{Failure, Text};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The folder inside the output that marks it as ours and holds the journal.
pub const MARKER: &str = ".dautich";
/// Where the copy of the ledger stands in the output.
const LEDGER: &str = "data/ledger.tsv";
/// What the marker says to whoever finds it. The repository keeps this one file of the output.
const README: &str = "Thư mục này do dautich tạo ra; mỗi lần chạy `dautich build` các trang trong đây được thay mới.\n\
    This folder is made by dautich; each `dautich build` makes its pages anew.\n";

/// An output folder that is ours to publish into, held so that no other build writes there.
pub struct Publication {
    folder: PathBuf,
    /// Paths that earlier builds published.
    ours: BTreeSet<String>,
    /// Whether that list is lost while the marker says the folder is ours: then any file may be replaced, none removed.
    adopted: bool,
    _lock: File,
}

/// What a build changed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files that exist now.
    pub files: usize,
    /// Files that are new or differ from before.
    pub changed: usize,
    /// Files that are gone.
    pub removed: usize,
}

/// The ledger that the last build left in an output folder, joined with one that a killed build had staged; empty
/// where there is none or the folder is not ours.
///
/// # Errors
/// Where it is there and the machine refuses to read it.
pub fn published_ledger(folder: &Path) -> Result<Vec<u8>, Failure> {
    let marker = folder.join(MARKER);
    if !marker.is_dir() {
        return Ok(Vec::new());
    }
    let read = |path: &Path| match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(|error| Failure::io(path, &error)),
    };
    let mut ledger = read(&folder.join(LEDGER))?;
    let journal = read(&marker.join("journal"))?;
    let staged = String::from_utf8_lossy(&journal);
    let order = staged.lines().filter_map(|line| line.strip_prefix('+')?.split_once(' '));
    for (number, _) in order.filter(|(_, path)| *path == LEDGER) {
        if let Ok(number) = number.parse() {
            ledger.extend(read(&marker.join(staged_name(number)))?);
        }
    }
    Ok(ledger)
}

impl Publication {
    /// Takes an output folder: a new or empty one is marked as ours, any other without our mark is refused.
    /// What a killed build left is finished first.
    ///
    /// # Errors
    /// A folder that is somebody else's, a build already running there, or a machine that refuses.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let marker = folder.join(MARKER);
        let failed = |error: &io::Error| Failure::io(folder, error);
        if folder.exists() && !folder.is_dir() {
            return Err(not_ours(folder));
        }
        if !marker.is_dir() {
            let occupied = folder.is_dir() && fs::read_dir(folder).map_err(|e| failed(&e))?.next().is_some();
            if occupied {
                return Err(not_ours(folder));
            }
            fs::create_dir_all(&marker).map_err(|e| failed(&e))?;
        }
        let readme = marker.join("README.txt");
        if !readme.exists() {
            fs::write(&readme, README).map_err(|e| Failure::io(&readme, &e))?;
        }
        let lock = File::create(marker.join("lock")).map_err(|e| Failure::io(&marker, &e))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy(folder)),
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
        let mut publication =
            Self { folder: folder.to_path_buf(), ours: BTreeSet::new(), adopted: false, _lock: lock };
        publication.ours = publication.read_list("files")?;
        publication.adopted = !publication.marker("files").exists();
        if marker.join("journal").exists() {
            publication.finish_journal()?;
        }
        let staged = marker.join("new");
        if staged.exists() {
            fs::remove_dir_all(&staged).map_err(|e| Failure::io(&staged, &e))?;
        }
        Ok(publication)
    }

    fn marker(&self, name: &str) -> PathBuf {
        self.folder.join(MARKER).join(name)
    }

    fn read_list(&self, name: &str) -> Result<BTreeSet<String>, Failure> {
        let path = self.marker(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(error) => Err(Failure::io(&path, &error)),
        }
    }

    /// Makes every output of a plan and publishes them, whole or not at all. `bytes` makes one output's bytes; it is
    /// called once each, job by job in parallel, and `tick` after each.
    ///
    /// # Errors
    /// Everything that kept an output from being made; nothing is published then.
    pub fn publish<'s>(
        mut self,
        plan: &Plan<'s>,
        bytes: impl Fn(&Output<'s>, &mut Reading<'s>) -> Result<Vec<u8>, Trouble> + Sync,
        tick: impl Fn() + Sync,
    ) -> Result<Published, Vec<Trouble>> {
        let outputs = &plan.outputs;
        let failed = |failure| vec![Trouble::Failed(failure)];
        let staging = self.marker("new");
        fs::create_dir_all(&staging).map_err(|e| failed(Failure::io(&staging, &e)))?;
        let shards = outputs.len().div_ceil(SHARD);
        for shard in 0..shards {
            let path = staging.join(shard.to_string());
            fs::create_dir_all(&path).map_err(|e| failed(Failure::io(&path, &e)))?;
        }
        let make = |number: usize, reading: &mut Reading<'s>| {
            let output = &outputs[number];
            let made = if output.task.is_named_by_content() && self.stands(&output.path) {
                Ok(false)
            } else {
                bytes(output, reading)
                    .and_then(|bytes| self.stage(number, &output.path, &bytes).map_err(Trouble::Failed))
            };
            tick();
            (number, made)
        };
        let mut made: Vec<(usize, Result<bool, Trouble>)> = plan
            .jobs()
            .par_iter()
            .flat_map_iter(|job| {
                let mut reading = Reading::default();
                job.iter().map(move |number| make(*number, &mut reading))
            })
            .collect();
        made.sort_unstable_by_key(|(number, _)| *number);
        let (changed, troubles) = sort_out(made);
        if !troubles.is_empty() {
            // The staged files are of no use; that they are gone matters to nobody but the disk.
            let _ = fs::remove_dir_all(&staging);
            return Err(troubles);
        }
        let files: BTreeSet<String> = outputs.iter().map(|output| output.path.clone()).collect();
        let removed: Vec<&String> = self.ours.difference(&files).collect();
        let report = Published { files: files.len(), changed: changed.len(), removed: removed.len() };
        if changed.is_empty() && removed.is_empty() && self.ours == files {
            let _ = fs::remove_dir_all(&staging);
            return Ok(report);
        }
        let mut journal = String::new();
        for stage in changed.chunk_by(|a, b| outputs[*a].stage == outputs[*b].stage) {
            for number in stage {
                let _ = writeln!(journal, "+{number} {}", outputs[*number].path);
            }
            journal.push_str(STAGE_ENDS);
        }
        for path in removed {
            let _ = writeln!(journal, "-{path}");
        }
        for path in &files {
            let _ = writeln!(journal, "={path}");
        }
        self.place("journal", &journal).map_err(failed)?;
        self.ours = files;
        self.finish_journal().map_err(failed)?;
        Ok(report)
    }

    /// Whether a file of ours stands at a path and holds something: a power cut may have left it empty.
    fn stands(&self, path: &str) -> bool {
        self.ours.contains(path) && fs::metadata(self.folder.join(path)).is_ok_and(|found| found.len() > 0)
    }

    /// Writes an output beside the site, unless the very same bytes stand at its place. Says whether it was written.
    fn stage(&self, number: usize, path: &str, bytes: &[u8]) -> Result<bool, Failure> {
        let place = self.folder.join(path);
        match fs::read(&place) {
            Ok(present) if present == bytes => return Ok(false),
            Ok(_) if !self.adopted && !self.ours.contains(path) => return Err(in_the_way(&place)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::io(&place, &error)),
        }
        let staged = self.marker(&staged_name(number));
        fs::write(&staged, bytes).map_err(|error| Failure::io(&staged, &error))?;
        Ok(true)
    }

    /// Carries the journal out, from wherever it was left: renames stage by stage, then removals, then the list of files.
    fn finish_journal(&mut self) -> Result<(), Failure> {
        let path = self.marker("journal");
        let journal = fs::read_to_string(&path).map_err(|error| Failure::io(&path, &error))?;
        for stage in journal.split_inclusive(STAGE_ENDS) {
            self.take_places(stage.lines().filter_map(|line| line.strip_prefix('+')?.split_once(' ')))?;
        }
        for removed in journal.lines().filter_map(|line| line.strip_prefix('-')) {
            self.remove(removed)?;
        }
        let files: Vec<&str> = journal.lines().filter_map(|line| line.strip_prefix('=')).collect();
        self.place("files", &files.iter().flat_map(|file| [file, "\n"]).collect::<String>())?;
        self.ours = files.into_iter().map(str::to_owned).collect();
        fs::remove_file(&path).map_err(|error| Failure::io(&path, &error))?;
        let staging = self.marker("new");
        match fs::remove_dir_all(&staging) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::io(&staging, &error)),
            _ => Ok(()),
        }
    }

    /// Renames the files of one stage into their places, in any order.
    fn take_places<'j>(&self, orders: impl Iterator<Item = (&'j str, &'j str)>) -> Result<(), Failure> {
        let orders: Vec<(usize, &str)> =
            orders.filter_map(|(number, path)| Some((number.parse().ok()?, path))).collect();
        let folder = |path: &'j str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut folders: Vec<&str> = orders.iter().map(|(_, path)| folder(path)).collect();
        folders.dedup();
        folders.par_iter().try_for_each(|folder| {
            let folder = self.folder.join(folder);
            fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))
        })?;
        orders.par_iter().try_for_each(|(number, path)| {
            let (staged, place) = (self.marker(&staged_name(*number)), self.folder.join(path));
            match fs::rename(&staged, &place) {
                // Already renamed before the last build was killed.
                Err(_) if !staged.exists() => Ok(()),
                renamed => renamed.map_err(|error| Failure::io(&place, &error)),
            }
        })
    }

    /// Removes a file of ours, and the folders it leaves empty.
    fn remove(&self, path: &str) -> Result<(), Failure> {
        let place = self.folder.join(path);
        match fs::remove_file(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Failure::io(&place, &error)),
            _ => {}
        }
        let parents = place.ancestors().skip(1).take_while(|parent| *parent != self.folder);
        for parent in parents {
            if fs::remove_dir(parent).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Writes a file of the marker's, whole.
    fn place(&self, name: &str, text: &str) -> Result<(), Failure> {
        write_whole(&self.marker(name), text.as_bytes())
    }
}

/// The line of the journal that stands between two stages: what follows is not begun before what precedes is done.
const STAGE_ENDS: &str = "|\n";

/// Staged files a folder, so that no folder holds a hundred thousand.
const SHARD: usize = 4096;

fn staged_name(number: usize) -> String {
    format!("new/{}/{number}", number / SHARD)
}

/// The numbers of the outputs that changed, and everything that went wrong.
fn sort_out(made: Vec<(usize, Result<bool, Trouble>)>) -> (Vec<usize>, Vec<Trouble>) {
    let (mut changed, mut troubles) = (Vec::new(), Vec::new());
    for (number, made) in made {
        match made {
            Ok(true) => changed.push(number),
            Ok(false) => {}
            Err(trouble) => troubles.push(trouble),
        }
    }
    (changed, troubles)
}

/// Writes a file whole: beside its place first, then by rename.
///
/// # Errors
/// Where the machine refuses; what stood there stands still.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(|error| Failure::io(parent, &error))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".dautich-new");
    let beside = PathBuf::from(beside);
    // On the disk before it takes its place: after a power cut a ledger must not be an empty file.
    let synced = |mut file: File| file.write_all(bytes).and_then(|()| file.sync_all());
    let written = File::create(&beside).and_then(synced).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::io(path, &error)
    })
}

fn not_ours(folder: &Path) -> Failure {
    let name = folder.display();
    Failure::usage(
        Text::new(
            format!("{name} đã có tệp khác và không phải do dautich tạo ra; không ghi gì vào đó"),
            format!("{name} holds other files and was not made by dautich; nothing was written there"),
        ),
        Text::new(
            "chọn một thư mục mới hoặc trống: `dautich build -o THƯ-MỤC-MỚI`",
            "choose a new or empty folder: `dautich build -o NEW-FOLDER`",
        ),
    )
}

fn in_the_way(place: &Path) -> Failure {
    let name = place.display();
    Failure::usage(
        Text::new(
            format!("{name} do người khác đặt vào và khác với trang sắp đăng; không ghi đè"),
            format!(
                "{name} was put there by somebody else and differs from the page to publish; it is not overwritten"
            ),
        ),
        Text::new("dời tệp ấy đi nơi khác rồi chạy lại", "move that file elsewhere and run it again"),
    )
}

fn busy(folder: &Path) -> Failure {
    let name = folder.display();
    Failure::machine(
        Text::new(
            format!("một dautich khác đang ghi vào {name}"),
            format!("another dautich is writing into {name}"),
        ),
        Text::new("đợi nó xong rồi chạy lại", "wait until it is done and run it again"),
    )
}
