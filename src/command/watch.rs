//! Changes of a site's files become one signal once they have settled. Listens to what a build reads and to nothing
//! else: never to `output/` or `print/`, nor to what an editing program keeps beside a file. Writes nothing.
#![allow(clippy::disallowed_methods)] // a command may ask the clock

use crate::diagnostic::{Failure, Text};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// The folders a build reads, with all that is in them.
const FOLDERS: [&str; 3] = ["content", "templates", "themes"];
/// The files a build reads.
const FILES: [&str; 2] = ["dautich.yaml", "ledger.tsv"];
/// How long nothing may stir before the files are read.
const QUIET: Duration = Duration::from_millis(60);
/// How long to wait at most, where they never rest.
const PATIENCE: Duration = Duration::from_millis(600);

/// What a command waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// A file of the site changed.
    Changed,
    /// One of the folders themselves came or went, so it must be watched anew.
    Moved,
    /// Ctrl-C.
    Stop,
}

/// A site's folder under watch.
pub struct Watch {
    watcher: RecommendedWatcher,
    root: PathBuf,
}

impl Watch {
    /// Begins to watch a site; changes go to `signals`.
    ///
    /// # Errors
    /// Where the folder is not there or the machine cannot watch it.
    pub fn start(root: &Path, signals: Sender<Signal>) -> Result<Self, Failure> {
        let root = root.canonicalize().map_err(|error| Failure::io(root, &error))?;
        let base = root.clone();
        let tell = move |event: notify::Result<Event>| {
            let signal = match event {
                Ok(event) => signal(&base, &event),
                // What was lost is not known: everything is read again.
                Err(_) => Some(Signal::Moved),
            };
            // The command that listened has ended; so will the watch.
            let _ = signal.map(|signal| signals.send(signal));
        };
        let watcher = notify::recommended_watcher(tell).map_err(|error| unwatchable(&root, &error))?;
        let mut watch = Self { watcher, root };
        let watched = watch.watcher.watch(&watch.root, RecursiveMode::NonRecursive);
        watched.map_err(|error| unwatchable(&watch.root, &error))?;
        watch.renew()?;
        Ok(watch)
    }

    /// Watches the folders that are there now.
    ///
    /// # Errors
    /// Where the machine cannot watch so many.
    pub fn renew(&mut self) -> Result<(), Failure> {
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            // A folder that went took its watch with it, or never had one.
            let _ = self.watcher.unwatch(&folder);
            if folder.is_dir() {
                match self.watcher.watch(&folder, RecursiveMode::Recursive) {
                    // Gone again since: its going is a signal of its own.
                    Err(_) if !folder.is_dir() => {}
                    watched => watched.map_err(|error| unwatchable(&folder, &error))?,
                }
            }
        }
        Ok(())
    }
}

/// Waits until nothing has stirred for a moment: a file saved in two steps is one change, and so are a hundred files.
/// The first signal is given; what they amount to together is returned.
pub fn settled(first: Signal, signals: &Receiver<Signal>) -> Signal {
    let begun = Instant::now();
    let mut all = first;
    while begun.elapsed() < PATIENCE {
        match signals.recv_timeout(QUIET) {
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Signal::Stop,
            Ok(Signal::Moved) => all = Signal::Moved,
            Ok(Signal::Changed) => {}
            Err(RecvTimeoutError::Timeout) => break,
        }
    }
    all
}

/// What an event means for the site.
fn signal(root: &Path, event: &Event) -> Option<Signal> {
    if event.need_rescan() {
        return Some(Signal::Moved);
    }
    // That we read a file ourselves is no change.
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
        return None;
    }
    let signals = event.paths.iter().filter_map(|path| concern(path.strip_prefix(root).ok()?));
    signals.fold(None, |all, one| if all == Some(Signal::Moved) { all } else { Some(one) })
}

/// What a change at a path inside the site means for it.
fn concern(inside: &Path) -> Option<Signal> {
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let passing = |name: &str| name.starts_with('.') || name.starts_with("~$") || name.ends_with('~');
    if parts.iter().any(|part| passing(part)) {
        return None;
    }
    match &parts[..] {
        [name] if FILES.contains(&name.as_ref()) => Some(Signal::Changed),
        [name] if FOLDERS.contains(&name.as_ref()) => Some(Signal::Moved),
        [folder, _, ..] if FOLDERS.contains(&folder.as_ref()) => Some(Signal::Changed),
        _ => None,
    }
}

fn unwatchable(folder: &Path, error: &notify::Error) -> Failure {
    let name = folder.display();
    Failure::machine(
        Text::new(
            format!("không theo dõi được thư mục {name}: {error}"),
            format!("the folder {name} cannot be watched: {error}"),
        ),
        Text::new(
            "chép trang về một ổ đĩa trong máy rồi chạy lại, hoặc dùng `dautich build`",
            "copy the site to a disk of this machine and run it again, or use `dautich build`",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_build_reads_concerns_it() {
        let concern = |path: &str| concern(Path::new(path));
        assert_eq!(concern("dautich.yaml"), Some(Signal::Changed));
        assert_eq!(concern("content"), Some(Signal::Moved));
        assert_eq!(concern("content/relics/den-bia/index.md"), Some(Signal::Changed));
        for other in [
            "output/index.html",
            "print/a.pdf",
            "content/relics/den-bia/.index.md.swp",
            "content/~$a.docx",
            "notes.md",
            "",
        ] {
            assert_eq!(concern(other), None, "{other}");
        }
    }

    #[test]
    fn reading_is_no_change() {
        let event = |kind| Event::new(kind).add_path("/s/content/a.md".into());
        let root = Path::new("/s");
        assert_eq!(signal(root, &event(EventKind::Access(AccessKind::Open(AccessMode::Any)))), None);
        assert_eq!(
            signal(root, &event(EventKind::Access(AccessKind::Close(AccessMode::Write)))),
            Some(Signal::Changed)
        );
        assert_eq!(signal(root, &event(EventKind::Any).add_path("/s/content".into())), Some(Signal::Moved));
    }
}
