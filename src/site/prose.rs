//! The prose keys of a file: title, summary, captions, narration; all that a translation may hold.
//! A fact in a translation is refused by its key.

use super::fields::Fields;
use crate::diagnostic::Text;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::prose;

/// What a reader is told about a photo.
#[derive(Debug, Default, Clone)]
pub struct Caption {
    /// What is seen, for those who cannot see it.
    pub alt: Option<String>,
    /// The line under it.
    pub caption: Option<String>,
}

/// A narration: the transcript is the article, unless a file is named.
#[derive(Debug)]
pub struct Audio {
    /// The mp3 file's name.
    pub file: At<String>,
    /// Who reads.
    pub reader: Option<String>,
    /// A file with the words spoken.
    pub transcript: Option<At<String>>,
}

/// The prose keys of one file.
#[derive(Debug)]
pub struct Prose {
    /// `title`.
    pub title: At<String>,
    /// `summary`.
    pub summary: String,
    /// Captions by file name, with the place of the name.
    pub captions: Vec<(At<String>, Caption)>,
    /// `audio`.
    pub audio: Option<Audio>,
    /// `machine`.
    pub machine: bool,
    /// `translator`.
    pub translator: Option<String>,
    /// `source_hash`.
    pub source_hash: Option<String>,
}

fn title_needed() -> Text {
    Text::new("tên của bài, trong ngôn ngữ của tệp này", "the entry's name, in this file's language")
}

fn summary_needed() -> Text {
    Text::new(
        "một hai câu: đây là gì và vì sao đáng biết",
        "one or two sentences: what it is and why it matters",
    )
}

/// The longest title that is still a name, in characters: the longest official names of relics stay under it.
const LONGEST_TITLE: usize = 120;
/// The longest summary, in characters: what a chat or a list of search results shows of it, and half as much again.
const LONGEST_SUMMARY: usize = 320;

/// `title` and `summary`, which every file must have; one that is too long is told.
pub(super) fn title_and_summary(fields: &mut Fields<'_, '_, '_>) -> (Option<At<String>>, Option<At<String>>) {
    let title = fields.required_text("title", &title_needed());
    let summary = fields.required_text("summary", &summary_needed());
    let long = |text: &Option<At<String>>, most: usize| {
        let text = text.as_ref()?;
        let letters = text.chars().count();
        (letters > most).then_some((letters, text.span))
    };
    // Word makes “ ” of the quotes that YAML would take off.
    if let Some(title) = title.as_ref().filter(|title| title.starts_with('“') && title.ends_with('”')) {
        fields.reader.report(prose::quoted_title(title), title.span);
    }
    if let Some((letters, span)) = long(&title, LONGEST_TITLE) {
        fields.reader.report(prose::long_title(letters, LONGEST_TITLE), span);
    }
    if let Some((letters, span)) = long(&summary, LONGEST_SUMMARY) {
        fields.reader.report(prose::long_summary(letters, LONGEST_SUMMARY), span);
    }
    (title, summary)
}

impl Prose {
    /// Reads the head of a translation. A key of the source file is a fact and must not stand here.
    pub fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let (title, summary) = title_and_summary(fields);
        let captions = fields.entries("photos", |name, fields| Some((name.clone(), Caption::read(fields))));
        let audio = fields.map("audio", Audio::read);
        let machine = fields.flag("machine").value;
        let translator = fields.text("translator").map(|text| text.value);
        let source_hash = fields.text("source_hash").map(|text| text.value);
        Some(Self {
            title: title?,
            summary: summary?.value,
            captions,
            audio,
            machine,
            translator,
            source_hash,
        })
    }

    /// The keys of a source file that are facts, for the finding that names them.
    pub const FACT_KEYS: [&'static str; 34] = [
        "id",
        "also",
        "draft",
        "sources",
        "claims",
        "reviewed",
        "updated",
        "former_ids",
        "withdrawn",
        "extra",
        "place",
        "types",
        "designations",
        "part_of",
        "worships",
        "period",
        "timeline",
        "festivals",
        "visiting",
        "wifi",
        "makers",
        "craft",
        "season",
        "ocop",
        "protection",
        "listings",
        "gtin",
        "label",
        "from_relics",
        "audience",
        "steps",
        "contact_point",
        "stops",
        "by",
    ];
}

impl Caption {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_>) -> Self {
        Self {
            alt: fields.text("alt").map(|text| text.value),
            caption: fields.text("caption").map(|text| text.value),
        }
    }
}

/// A name in the entry's own folder, never a path.
pub(super) fn own_file(fields: &mut Fields<'_, '_, '_>, file: At<String>) -> Option<At<String>> {
    if file.contains(['/', '\\', ':']) || file.starts_with('.') {
        fields.reader.report(prose::climbing_name(&file), file.span);
        return None;
    }
    Some(file)
}

impl Audio {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let file = fields.required_text("file", &Text::new("tên tệp mp3", "the mp3 file's name"));
        let reader = fields.text("reader").map(|text| text.value);
        let transcript = fields.text("transcript").and_then(|name| own_file(fields, name));
        let file = own_file(fields, file?)?;
        if !file.to_ascii_lowercase().ends_with(".mp3") {
            fields.reader.report(prose::audio_format(&file), file.span);
        }
        Some(Self { file, reader, transcript })
    }
}
