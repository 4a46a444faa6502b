//! What an audit tells: rows of photo, verdict, id, title, metres, date and note, in the words of both languages, as lines,
//! as a CSV and as JSON. Coordinates are not among them.

use super::picture::{explained, page, words};
use super::session::{counted, printable};
use crate::build::data::push_row;
use crate::code::Id;
use crate::diagnostic::{Lang, Text};
use crate::site::audit::{Distance, Grade, Plate};
use crate::site::{Entry, Site};
use jiff::civil::DateTime;
use serde_json::{Value, json};

/// Metres within which a phone's own error explains all; what is farther and not far is told.
const NEAR: u32 = 100;
/// One photo and what it shows.
pub struct Seen<'s> {
    /// Its name, harmless on any screen.
    pub name: String,
    /// When it was taken, on the camera's own clock.
    pub taken: Option<DateTime>,
    /// What stands in the rows: one a code, and one where the photo or a part of it was not read.
    pub rows: Vec<Row<'s>>,
    /// The worst of its rows.
    pub grade: Grade,
    /// A small form of it, a JPEG.
    pub thumbnail: Option<Vec<u8>>,
}

/// What a photo shows, or that it was not read.
pub struct Row<'s> {
    /// What the symbol holds, and whose it is; `None` where none was read.
    pub plate: Option<(String, Plate<'s>)>,
    /// How good that is.
    pub grade: Grade,
    /// What somebody should know beyond the verdict.
    pub notes: Vec<Text>,
}

/// Everything an audit found.
pub struct Report<'s> {
    /// The site.
    pub site: &'s Site,
    /// Photos by name.
    pub photos: Vec<Seen<'s>>,
    /// Printed codes that no photo shows.
    pub unseen: Vec<Unseen>,
    /// Printed codes that may hang somewhere.
    pub hanging: usize,
    /// From how many metres on a plate is far.
    pub far: u32,
}

/// A printed code that no photo shows.
pub struct Unseen {
    /// Its id.
    pub id: Id,
    /// What is printed beside it.
    pub name: String,
    /// Where it hangs, in words.
    pub place: String,
    /// When and in which batch it was printed.
    pub printed: String,
}

/// What somebody should know of a code beyond its verdict.
pub fn notes(plate: &Plate<'_>) -> Vec<Text> {
    let mut notes = Vec::new();
    notes.extend(explained(&plate.judged).filter(|_| plate.word() != "wifi"));
    notes.extend(plate.note.clone().map(|note| Text::new(printable(&note.vi), printable(&note.en))));
    match &plate.distance {
        Distance::Metres(_) if plate.far => notes.push(Text::new(
            "đến xem: biển bị dời, gắn nhầm nơi, hoặc ảnh chụp ở chỗ khác",
            "go there: it was moved, hung in the wrong place, or photographed elsewhere",
        )),
        Distance::Unknown(why) => notes.push(Text::new(
            format!("chưa rõ cách nơi đặt bao xa: {}", why.vi),
            format!("how far from its place is not known: {}", why.en),
        )),
        Distance::Metres(metres) if *metres > NEAR => {
            notes.push(Text::new("đủ gần với một khuôn viên lớn", "near enough in large grounds"));
        }
        _ => {}
    }
    notes
}

/// An entry's title in a language, or in its source's.
pub fn title(entry: &Entry, lang: Lang) -> &str {
    &entry.article(lang).unwrap_or_else(|| entry.source()).title.value
}

impl Seen<'_> {
    /// The day and minute it was taken.
    pub fn date(&self) -> Option<String> {
        self.taken.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string())
    }
}

impl Row<'_> {
    /// The word for programs.
    pub fn word(&self) -> &'static str {
        self.plate.as_ref().map_or("unreadable", |(_, plate)| plate.word())
    }

    /// The verdict in words, the grade before it.
    pub fn verdict(&self) -> Text {
        let grade = match self.grade {
            Grade::Bad => ("XẤU", "BAD"),
            Grade::Look => ("XEM LẠI", "LOOK"),
            Grade::Well => ("tốt", "well"),
        };
        let unknown = self.grade != Grade::Bad && matches!(self.distance(), Some(Distance::Unknown(_)));
        let (vi, en) = match &self.plate {
            None => ("KHÔNG đọc được mã", "NOT readable"),
            Some((_, plate)) => match plate.word() {
                "far" => ("của trang này, XA nơi đặt", "ours, FAR from its place"),
                "odd" => ("KHÔNG do dautich in", "NOT printed by dautich"),
                "wifi" => ("mã Wi-Fi", "a Wi-Fi code"),
                _ => words(&plate.judged.verdict),
            },
        };
        let (more_vi, more_en) =
            if unknown { (", chưa rõ khoảng cách", ", distance not known") } else { ("", "") };
        Text::new(format!("{}: {vi}{more_vi}", grade.0), format!("{}: {en}{more_en}", grade.1))
    }

    /// The id that was read.
    pub fn id(&self) -> Option<Id> {
        self.plate.as_ref()?.1.judged.id
    }

    /// The title of its entry.
    pub fn title(&self, lang: Lang) -> String {
        let entry = self.plate.as_ref().and_then(|(_, plate)| plate.judged.verdict.entry());
        entry.map(|entry| printable(title(entry, lang))).unwrap_or_default()
    }

    /// How far it is from its place.
    pub fn distance(&self) -> Option<&Distance> {
        Some(&self.plate.as_ref()?.1.distance)
    }

    /// The metres from its place.
    pub fn metres(&self) -> Option<u32> {
        if let Some(Distance::Metres(metres)) = self.distance() { Some(*metres) } else { None }
    }

    /// The address of the page that it leads to in the end.
    pub fn page(&self, site: &Site) -> Option<String> {
        page(site, &self.plate.as_ref()?.1.judged)
    }

    /// What it tells beyond the verdict, on one line.
    pub fn note(&self, lang: Lang) -> String {
        self.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>().join("; ")
    }
}

impl Report<'_> {
    /// How many photos are so.
    pub fn count(&self, grade: Grade) -> usize {
        self.photos.iter().filter(|photo| photo.grade == grade).count()
    }

    /// Photos that are not bad, and of which it is not known how far they are from their place.
    pub fn unplaced(&self) -> usize {
        let unknown = |row: &Row<'_>| matches!(row.distance(), Some(Distance::Unknown(_)));
        self.photos.iter().filter(|photo| photo.grade != Grade::Bad && photo.rows.iter().any(unknown)).count()
    }

    /// The audit in a sentence.
    pub fn summary(&self) -> Text {
        let [bad, look, well] = [Grade::Bad, Grade::Look, Grade::Well].map(|grade| self.count(grade));
        let (all, unplaced) = (self.photos.len(), self.unplaced());
        let (hanging, seen) = (self.hanging, self.hanging - self.unseen.len());
        let aside = |words: String| if unplaced == 0 { String::new() } else { words };
        Text::new(
            format!(
                "{all} ảnh: {well} tốt, {look} cần xem lại, {bad} XẤU{}; {seen} trên {hanging} mã đã in có trong ảnh",
                aside(format!(" ({unplaced} ảnh chưa rõ khoảng cách)"))
            ),
            format!(
                "{}: {well} well, {look} to look at, {bad} BAD{}; {seen} of {} in the photos",
                counted(all, "photo", "photos"),
                aside(format!(" (distance not known in {unplaced})")),
                counted(hanging, "printed code", "printed codes")
            ),
        )
    }

    /// Photo, verdict, id, title, metres, date, note: a row a code, and one a printed code that no photo shows.
    fn cells(&self, lang: Lang) -> Vec<[String; 7]> {
        let mut all = Vec::new();
        for photo in &self.photos {
            all.extend(photo.rows.iter().map(|row| {
                [
                    photo.name.clone(),
                    row.verdict().get(lang).to_owned(),
                    row.id().map(|id| id.to_string()).unwrap_or_default(),
                    row.title(lang),
                    row.metres().map(|metres| metres.to_string()).unwrap_or_default(),
                    photo.date().unwrap_or_default(),
                    row.note(lang),
                ]
            }));
        }
        let verdict = Text::new("chưa có ảnh", "no photo").get(lang).to_owned();
        all.extend(self.unseen.iter().map(|code| {
            let when = Text::new(format!("in {}", code.printed), format!("printed {}", code.printed));
            let note = [when.get(lang), &code.place].join(", ");
            let note = note.trim_end_matches([',', ' ']).to_owned();
            let [none, metres, date] = [const { String::new() }; 3];
            [none, verdict.clone(), code.id.to_string(), code.name.clone(), metres, date, note]
        }));
        all
    }
}

/// A line a row, its cells between tabs.
pub fn text(report: &Report<'_>, lang: Lang) -> String {
    let lines = report.cells(lang).into_iter().map(|cells| cells.join("\t").trim_end().to_owned() + "\n");
    lines.collect()
}

/// The rows for spreadsheets, under headings.
pub fn csv(report: &Report<'_>, lang: Lang) -> String {
    let head =
        Text::new("ảnh,kết luận,mã,tên,mét,ngày chụp,ghi chú", "photo,verdict,id,title,metres,date,note");
    let mut out = "\u{feff}".to_owned();
    push_row(&mut out, &head.get(lang).split(',').map(str::to_owned).collect::<Vec<_>>());
    for cells in report.cells(lang) {
        push_row(&mut out, &cells);
    }
    out
}

/// The same for programs.
pub fn as_json(report: &Report<'_>) -> Value {
    let row = |row: &Row<'_>| {
        let plate = row.plate.as_ref();
        json!({
            "verdict": row.word(),
            "grade": row.grade.word(),
            "id": row.id(),
            "title": {"vi": row.title(Lang::VI), "en": row.title(Lang::EN)},
            "metres": row.metres(),
            "address": plate.map(|(text, _)| text),
            "leads_to": row.page(report.site),
            "imitates": plate.and_then(|(_, plate)| plate.judged.imitates.as_ref()),
            "notes": row.notes,
        })
    };
    let photos: Vec<Value> = report
        .photos
        .iter()
        .map(|photo| {
            let rows: Vec<Value> = photo.rows.iter().map(row).collect();
            json!({"photo": photo.name, "grade": photo.grade.word(), "date": photo.date(), "codes": rows})
        })
        .collect();
    let unseen: Vec<Value> = report
        .unseen
        .iter()
        .map(|code| json!({"id": code.id, "name": code.name, "place": code.place, "printed": code.printed}))
        .collect();
    json!({"version": 1, "far": report.far, "photos": photos, "unseen": unseen, "printed": report.hanging})
}
