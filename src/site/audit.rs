//! What a photo of a mounted plate says about it: whose each code is, how far from its entry's measured point the photo
//! was taken, what the ledger knows of it. Nothing is called well that was not seen to be well.

use super::Site;
use super::entry::Facts;
use super::ledger::{Event, Standing};
use super::place::{Place, kilometres};
use super::verdict::{Judged, Verdict, judge};
use crate::code::Id;
use crate::diagnostic::Text;
use std::collections::{BTreeMap, BTreeSet};

/// How far from its entry's point a plate is still in its place, in metres, unless somebody says otherwise. A phone is
/// 10 to 50 m off, more under trees; the point is one gate or hall of a site, and the grounds of a large one reach 200
/// to 250 m from it. What is farther hangs elsewhere.
pub const FAR: u32 = 300;

/// How good what a photo shows is, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Grade {
    /// Somebody must go there.
    Bad,
    /// Ours, read and not far, but somebody must look at what is told.
    Look,
    /// Ours, read, and not known to be far.
    Well,
}

impl Grade {
    /// The word for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Look => "look",
            Self::Well => "well",
        }
    }
}

/// How far from its entry's point a photo of a plate was taken.
#[derive(Clone, PartialEq, Debug)]
pub enum Distance {
    /// In metres.
    Metres(u32),
    /// Not known, and why.
    Unknown(Text),
    /// Asked of a code that leads to no entry of ours.
    Nothing,
}

/// One code of a photo.
#[derive(Clone, Debug)]
pub struct Plate<'s> {
    /// Whose it is.
    pub judged: Judged<'s>,
    /// How far it is from its place.
    pub distance: Distance,
    /// Whether that is too far.
    pub far: bool,
    /// What the ledger knows against it.
    pub note: Option<Text>,
    /// How good that is.
    pub grade: Grade,
}

impl Plate<'_> {
    /// The word for programs: that of the verdict, `far`, or `odd` where another program wrote the code.
    pub fn word(&self) -> &'static str {
        match self.judged.verdict {
            Verdict::Ours(_) | Verdict::Former(_) if self.judged.odd => "odd",
            Verdict::Ours(_) | Verdict::Former(_) if self.far => "far",
            Verdict::NotAnAddress if self.grade == Grade::Look => "wifi",
            verdict => verdict.word(),
        }
    }

    /// Whether it leads to an entry of ours, far or not.
    pub const fn leads(&self) -> bool {
        matches!(self.judged.verdict, Verdict::Ours(_) | Verdict::Former(_)) && !self.judged.odd
    }
}

/// What is asked again for each photo: the site, and what its ledger says in the end.
pub struct Audit<'s> {
    site: &'s Site,
    standing: BTreeMap<Id, Standing<'s>>,
    known: BTreeSet<Id>,
    farthest: u32,
}

impl<'s> Audit<'s> {
    /// Begins an audit; what is more than `farthest` metres from its entry's point is far.
    pub fn new(site: &'s Site, farthest: u32) -> Self {
        Self { site, standing: site.ledger.standing(), known: site.ledger.ids().collect(), farthest }
    }

    /// Looks at what one symbol holds, in a photo taken at a point, or nobody knows where and why.
    pub fn plate(&self, text: &str, taken: &Result<(f64, f64), Text>) -> Plate<'s> {
        let judged = judge(self.site, text);
        if let Some(name) = network(text).filter(|name| self.is_network(name)) {
            let note = Text::new(
                format!("mã Wi-Fi, mạng {name} như trong bài"),
                format!("a Wi-Fi code, network {name} as in an entry"),
            );
            let (distance, note) = (Distance::Nothing, Some(note));
            return Plate { judged, distance, far: false, note, grade: Grade::Look };
        }
        let distance = match judged.verdict.entry() {
            Some(entry) => match (entry.place.as_ref().and_then(Place::measured), taken) {
                (Some(point), Ok(taken)) => {
                    Distance::Metres((kilometres(point, *taken) * 1000.0).round() as u32)
                }
                (None, _) => Distance::Unknown(Text::new(
                    "bài chưa có vị trí đo tại chỗ",
                    "nobody measured the entry's point",
                )),
                (_, Err(why)) => Distance::Unknown(why.clone()),
            },
            None => Distance::Nothing,
        };
        let far = matches!(distance, Distance::Metres(metres) if metres > self.farthest);
        let leads = matches!(judged.verdict, Verdict::Ours(_) | Verdict::Former(_)) && !judged.odd;
        let note = judged.id.filter(|_| leads).and_then(|id| self.recorded(id));
        let grade = match (leads && !far, &note) {
            (false, _) => Grade::Bad,
            (true, Some(_)) => Grade::Look,
            (true, None) => Grade::Well,
        };
        Plate { judged, distance, far, note, grade }
    }

    /// What the ledger has against a plate with this id that somebody saw on a wall.
    fn recorded(&self, id: Id) -> Option<Text> {
        match self.standing.get(&id) {
            Some(standing) if standing.latest.event == Event::Retired => {
                let date = standing.latest.date;
                Some(Text::new(
                    format!("sổ ghi biển này đã tháo ngày {date}"),
                    format!("the ledger says that this plate came down on {date}"),
                ))
            }
            Some(_) => None,
            None if self.known.contains(&id) => Some(Text::new(
                "sổ ghi đợt in của mã này đã hủy, mà biển vẫn treo",
                "the ledger says that its batch was voided, yet it hangs",
            )),
            None => Some(Text::new(
                "sổ chưa ghi in mã này; có thể bản nháp bị đem gắn, và chương trình không giữ mã ấy sống",
                "the ledger does not know it; a proof may have been mounted, and nothing keeps that code alive",
            )),
        }
    }

    /// Whether a Wi-Fi network is one that an entry names.
    fn is_network(&self, name: &str) -> bool {
        self.site.entries.iter().any(|entry| match &entry.facts {
            Facts::Relic(relic) => relic.wifi.as_ref().is_some_and(|wifi| wifi.0 == name),
            _ => false,
        })
    }

    /// The codes that hang somewhere for all the ledger knows, by id.
    pub fn hanging(&self) -> impl Iterator<Item = (Id, &Standing<'s>)> {
        let standing = self.standing.iter().map(|(id, code)| (*id, code));
        standing.filter(|(_, code)| code.latest.event != Event::Retired)
    }
}

/// The network of a Wi-Fi code (`WIFI:T:WPA;S:name;P:password;;`, a backslash before `\\ ; , " :`).
fn network(text: &str) -> Option<String> {
    let (mut name, mut rest) = (String::new(), text.strip_prefix("WIFI:")?);
    rest = rest.strip_prefix("S:").or_else(|| rest.split_once(";S:").map(|(_, rest)| rest))?;
    let mut letters = rest.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '\\' => name.extend(letters.next()),
            letter => name.push(letter),
        }
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_of_a_wifi_code() {
        for (text, name) in [
            ("WIFI:T:WPA;S:DinhLang;P:1;;", Some("DinhLang")),
            (r"WIFI:S:a\;b\\c;T:WPA;P:x;;", Some(r"a;b\c")),
            ("WIFI:T:WPA;P:x;;", None),
            ("https://x.vn/;S:y;", None),
        ] {
            assert_eq!(network(text).as_deref(), name, "{text}");
        }
    }
}
