//! The whole site as it was read: its config, its entries in order, its ledger, and what could not be read.
//! Never changes after it is loaded; everything later borrows it.

use super::place::Place;
use super::{Config, Entry, Kind, Ledger};
use crate::code::Id;
use crate::diagnostic::Lang;
use crate::vietnam::lunar::LunarCalendar;
use crate::vietnam::units::{Unit, Units};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A loaded site.
pub struct Site {
    /// What `dautich.yaml` says.
    pub config: Config,
    /// Every entry whose head could be read, by kind and then folder. Shared with the load that follows, if any.
    pub entries: Vec<Arc<Entry>>,
    /// Every code ever printed.
    pub ledger: Ledger,
    /// The ledger that the last build published, where there was one.
    pub published: Ledger,
    /// The units in force.
    pub units: Units,
    /// The lunar calendar.
    pub calendar: LunarCalendar,
    /// The files that entries name, by folder and name, and what is known of each.
    pub files: BTreeMap<String, Arc<BTreeMap<String, FileFacts>>>,
    /// Ids found in heads that could not be read otherwise: slips there are told once, not as dead links too.
    pub unread: Vec<(Id, String)>,
    by_id: HashMap<Id, usize>,
}

/// What is known of a file that an entry names, without keeping its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileFacts {
    /// The first 16 hexadecimal digits of its SHA-256.
    pub digest: String,
    /// The ending it is published under; empty where it is no picture.
    pub ending: &'static str,
    /// Width and height in pixels as it will be shown (after orientation), for a picture.
    pub size: Option<(u32, u32)>,
    /// What is heard in it, for a narration.
    pub sound: Option<Sound>,
}

/// A narration as it will be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// How long it takes, in milliseconds.
    pub milliseconds: u64,
    /// How large it is, in bytes.
    pub bytes: u64,
}

impl Site {
    /// Joins what was loaded, entries by kind and then folder; where an id is borne twice the first entry is found by it.
    pub fn new(
        config: Config,
        entries: Vec<Arc<Entry>>,
        ledgers: (Ledger, Ledger),
        files: BTreeMap<String, Arc<BTreeMap<String, FileFacts>>>,
        unread: Vec<(Id, String)>,
        units: Units,
    ) -> Self {
        let mut by_id = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for id in entry.ids() {
                by_id.entry(id.value).or_insert(at);
            }
        }
        let (ledger, published) = ledgers;
        Self {
            config,
            entries,
            ledger,
            published,
            units,
            calendar: LunarCalendar::new(),
            files,
            unread,
            by_id,
        }
    }

    /// The entry that an id leads to, its own or a former one.
    pub fn entry(&self, id: Id) -> Option<&Entry> {
        self.by_id.get(&id).map(|at| &*self.entries[*at])
    }

    /// The entry a link in an article names: `id:7K3MQ5`, or Zola's `@/relics/den-bia/index.md`.
    /// `None` where the link names no entry; `Some(None)` where it names one that does not exist.
    pub fn linked(&self, target: &str) -> Option<Option<&Entry>> {
        let target = target.split('#').next().unwrap_or(target);
        if let Some(id) = target.strip_prefix("id:") {
            return Some(Id::parse(id).ok().and_then(|id| self.entry(id)));
        }
        let path = target.strip_prefix("@/")?;
        let folder = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
        let of = |kind: &Kind| folder.strip_prefix(kind.folder()).is_some_and(|rest| rest.starts_with('/'));
        let Some(kind) = Kind::ALL.into_iter().find(of) else { return Some(None) };
        let folder = format!("content/{folder}");
        let at = self.entries.binary_search_by(|entry| (entry.kind, &entry.folder).cmp(&(kind, &folder)));
        Some(at.ok().map(|at| &*self.entries[at]))
    }

    /// The address of an entry's page in a language, as a path from the site's root.
    pub fn path(&self, entry: &Entry, lang: Lang) -> String {
        format!("{lang}/{}/{}/", self.config.section(entry.kind, lang), entry.slug)
    }

    /// The commune of a place, if it is one in force.
    pub fn commune(&self, place: &Place) -> Option<&Unit> {
        self.units.find(place.commune.as_ref()?)
    }

    /// What is known of a file in an entry's folder.
    pub fn file(&self, entry: &Entry, name: &str) -> Option<&FileFacts> {
        self.files.get(&entry.folder)?.get(name)
    }

    /// The path a picture of an entry's folder is published at, named by its content; `None` where it is no picture.
    pub fn photo_path(&self, entry: &Entry, name: &str) -> Option<String> {
        let facts = self.file(entry, name)?;
        facts.size.map(|_| format!("photos/{}.{}", facts.digest, facts.ending))
    }

    /// The path a narration of an entry's folder is published at, named by its content; `None` where it is none.
    pub fn audio_path(&self, entry: &Entry, name: &str) -> Option<String> {
        let facts = self.file(entry, name)?;
        facts.sound.map(|_| format!("audio/{}.{}", facts.digest, facts.ending))
    }
}
