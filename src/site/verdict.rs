//! What a text from a symbol is to a site: an entry of ours, an id of ours that nobody bears, or somebody else's.
//! Ours is what parses as a printed address at a base of ours; a likeness is never enough.

use super::{Entry, Site};
use crate::code::{Id, PrintedAddress};
use crate::vietnam::folding::nearest;
use url::Url;

/// What a text from a symbol is to a site.
#[derive(Clone, Copy, Debug)]
pub enum Verdict<'s> {
    /// It leads to an entry of ours.
    Ours(&'s Entry),
    /// It leads to an entry of ours by the id of a merged duplicate.
    Former(&'s Entry),
    /// It leads to a page of ours that says that the entry was withdrawn.
    Withdrawn(&'s Entry),
    /// It is an entry's of ours that is a draft: its page is not published.
    Draft(&'s Entry),
    /// It is an entry's of ours whose head cannot be read; the folder.
    Broken(&'s str),
    /// It is at our address, but no entry bears the id, or the id has a wrong character.
    Unknown,
    /// A web address of somebody else.
    Stranger(Stranger),
    /// No web address at all.
    NotAnAddress,
}

/// In what an address differs from ours; the first that applies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stranger {
    /// It leads to another host.
    Host,
    /// Our host, with a user, a password or a port.
    UserOrPort,
    /// Our host without encryption: whoever is between can answer in our stead.
    Scheme,
    /// Our host, but not the form of a printed address.
    Path,
}

/// A verdict, and what it rests on.
#[derive(Clone, Debug)]
pub struct Judged<'s> {
    /// The verdict.
    pub verdict: Verdict<'s>,
    /// The id, where the text is a printed address at our base and the check character holds.
    pub id: Option<Id>,
    /// The host that a browser would really open, in small letters.
    pub host: Option<String>,
    /// Our host that a stranger's address imitates or holds.
    pub imitates: Option<String>,
    /// Ours, but not letter for letter as we print it: another program may read such an address differently.
    pub odd: bool,
}

impl Verdict<'_> {
    /// The word for programs.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Ours(_) => "ours",
            Self::Former(_) => "former",
            Self::Withdrawn(_) => "withdrawn",
            Self::Draft(_) => "draft",
            Self::Broken(_) => "broken",
            Self::Unknown => "unknown",
            Self::Stranger(_) => "stranger",
            Self::NotAnAddress => "not-an-address",
        }
    }

    /// Whether an entry of ours bears it.
    pub const fn is_ours(&self) -> bool {
        !matches!(self, Self::Unknown | Self::Stranger(_) | Self::NotAnAddress)
    }

    /// The entry that bears it.
    pub const fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Ours(entry) | Self::Former(entry) | Self::Withdrawn(entry) | Self::Draft(entry) => {
                Some(entry)
            }
            _ => None,
        }
    }
}

/// Judges what a symbol holds.
pub fn judge<'s>(site: &'s Site, text: &str) -> Judged<'s> {
    let bases: Vec<&PrintedAddress> = site
        .config
        .printed_address
        .iter()
        .map(|address| &address.value)
        .chain(site.config.moved.iter().map(|moved| &moved.from))
        .collect();
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let host = url.as_ref().and_then(Url::host_str).map(|host| host.trim_end_matches('.').to_owned());
    let mut judged = Judged { verdict: Verdict::NotAnAddress, id: None, host, imitates: None, odd: false };
    if let Some((base, written)) = PrintedAddress::split(text).filter(|(base, _)| bases.contains(&base)) {
        judged.id = Id::parse(written).ok();
        judged.verdict = judged.id.map_or(Verdict::Unknown, |id| borne(site, id));
        judged.odd = judged.id.is_some_and(|id| !base.of(id).eq_ignore_ascii_case(text));
    } else if let (Some(url), Some(host)) = (url, judged.host.clone()) {
        let ours = bases.iter().any(|base| base.host() == host);
        judged.verdict = Verdict::Stranger(match () {
            () if !ours => Stranger::Host,
            () if !url.username().is_empty() || url.password().is_some() || url.port().is_some() => {
                Stranger::UserOrPort
            }
            () if url.scheme() != "https" => Stranger::Scheme,
            () => Stranger::Path,
        });
        if !ours {
            let small = text.to_lowercase();
            let holds = bases.iter().map(|base| base.host()).find(|ours| small.contains(ours));
            judged.imitates =
                holds.or_else(|| nearest(&host, bases.iter().map(|base| base.host()))).map(str::to_owned);
        }
    }
    judged
}

/// Who bears an id of ours.
fn borne(site: &Site, id: Id) -> Verdict<'_> {
    match site.entry(id) {
        Some(entry) if entry.draft.value => Verdict::Draft(entry),
        Some(entry) if entry.withdrawn.is_some() => Verdict::Withdrawn(entry),
        Some(entry) if entry.id.value != id => Verdict::Former(entry),
        Some(entry) => Verdict::Ours(entry),
        None => site
            .unread
            .iter()
            .find(|(unread, _)| *unread == id)
            .map_or(Verdict::Unknown, |(_, folder)| Verdict::Broken(folder)),
    }
}
