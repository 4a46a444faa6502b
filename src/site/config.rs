//! `dautich.yaml`: the site's name, its addresses, its languages and its sections.
//! Every key of FIELDS is read and kept, whether or not a page shows it yet.

use super::entry::Kind;
use super::fields::{Fields, Reader};
use super::front_matter::Node;
use super::place::Contact;
use super::words::Words;
use crate::code::PrintedAddress;
use crate::code::address::NotAnAddress;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{codes, heads};
use crate::diagnostic::{Diagnostic, Lang, Span, Text};
use crate::vietnam::folding::slug;
use jiff::civil::Date;
use url::Url;

/// The name of the file, at the site's root.
pub const FILE: &str = "dautich.yaml";

/// Names of our own pages, and names that Windows keeps for itself.
const RESERVED_SECTIONS: [&str; 16] = [
    "tim",
    "search",
    "ban-do",
    "map",
    "le-hoi",
    "festivals",
    "xa-phuong",
    "communes",
    "trang",
    "page",
    "con",
    "aux",
    "nul",
    "prn",
    "index",
    "",
];

/// What `dautich.yaml` says.
#[derive(Debug)]
pub struct Config {
    /// The site's name.
    pub title: Words,
    /// What plaques carry; `None` until the editor has chosen a domain.
    pub printed_address: Option<At<PrintedAddress>>,
    /// Where this build is served, ending with `/`.
    pub base_url: String,
    /// The languages of the content, the source language first.
    pub languages: Vec<Lang>,
    /// The theme's folder name.
    pub theme: String,
    /// Names of the sections in paths, in the order of [`Kind::ALL`], a name a language.
    sections: Vec<Vec<String>>,
    /// Who publishes the site.
    pub publisher: Option<Words>,
    /// Where a mistake is reported.
    pub contact: Contact,
    /// Old printed addresses that somebody keeps alive.
    pub moved: Vec<Moved>,
    /// The licence of the site's prose.
    pub licence: Option<String>,
    /// Pictures printed on plaques, as paths from the site's root.
    pub logos: Vec<At<String>>,
}

/// An old printed address, and the promise to keep it.
#[derive(Debug, Clone)]
pub struct Moved {
    /// What older plaques carry.
    pub from: PrintedAddress,
    /// What plaques carry since.
    pub to: PrintedAddress,
    /// The day of the change.
    pub on: Option<Date>,
    /// Who keeps the old address answering.
    pub kept_by: String,
    /// Until when it is promised.
    pub until: Date,
    /// Where it is written, for the yearly reminder.
    pub span: Span,
}

impl Config {
    /// Reads the whole file as a head without fences.
    pub fn read(node: &Node, file: &str, text: &str, today: Date) -> (Option<Self>, Vec<Diagnostic>) {
        let mut reader = Reader { file, text, languages: &[], today, found: Vec::new() };
        let languages =
            Fields::of(node, &mut reader).map_or_else(Vec::new, |mut fields| languages(&mut fields));
        // What the first look found is found again below, where every key is asked for.
        let mut reader = Reader { file, text, languages: &languages, today, found: Vec::new() };
        let config = Fields::of(node, &mut reader).and_then(|mut fields| {
            let config = Self::from_fields(&mut fields);
            fields.finish();
            config
        });
        (config, reader.found)
    }

    fn from_fields(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let languages = languages(fields);
        let name = Text::new("tên của trang", "the site's name");
        let title = fields.required("title", &name, |fields| fields.words("title"));
        let base_url = fields
            .required_text(
                "base_url",
                &Text::new("địa chỉ nơi trang được đăng", "the address the site is served at"),
            )
            .and_then(|text| {
                let url = read_base_url(&text);
                if url.is_none() {
                    fields.reader.report(bad_address("base_url", &text, NotAnAddress::Unreadable), text.span);
                }
                url
            });
        let printed_address =
            fields.text("printed_address").and_then(|text| printed_address(fields, "printed_address", &text));
        let sections = sections(fields, &languages);
        Some(Self {
            printed_address,
            theme: fields.text("theme").map_or_else(|| "default".to_owned(), |theme| theme.value),
            publisher: fields.words("publisher"),
            contact: fields.map("contact", |fields| Some(Contact::read(fields))).unwrap_or_default(),
            moved: fields.list("moved", Moved::read),
            licence: fields.text("licence").map(|text| text.value),
            logos: fields.texts("logos"),
            sections,
            title: title?,
            base_url: base_url?,
            languages,
        })
    }

    /// The language whose files are plain `index.md`.
    pub fn source_language(&self) -> Lang {
        self.languages.first().copied().unwrap_or(Lang::VI)
    }

    /// The languages of a page that stands for all: the source language and English, or the second where there is no
    /// English. More would not fit the first flight of a landing; the others are linked from it.
    pub fn shared_languages(&self) -> impl Iterator<Item = Lang> {
        let english = self.languages.iter().position(|lang| *lang == Lang::EN).filter(|at| *at > 0);
        [Some(0), english.or(Some(1))].into_iter().flatten().filter_map(|at| self.languages.get(at).copied())
    }

    /// The folder name of a section in a language's paths.
    pub fn section(&self, kind: Kind, lang: Lang) -> &str {
        let at = self.languages.iter().position(|l| *l == lang).unwrap_or(0);
        &self.sections[kind as usize][at]
    }
}

/// The languages of the site; `[vi, en]` where none are written.
fn languages(fields: &mut Fields<'_, '_, '_>) -> Vec<Lang> {
    let (mut languages, mut wrong) = (Vec::new(), false);
    for tag in fields.texts("languages") {
        match Lang::parse(&tag) {
            Some(lang) if !languages.contains(&lang) => languages.push(lang),
            Some(_) => {}
            None => {
                wrong = true;
                let wanted = Text::new("mã ngôn ngữ như vi, en", "language tags such as vi, en");
                let found = Text::new(format!("\"{}\"", tag.value), format!("\"{}\"", tag.value));
                fields.reader.report(heads::wrong_type("languages", &wanted, &found), tag.span);
            }
        }
    }
    // A slip here must not make every other line of the site wrong as well.
    if languages.is_empty() || wrong { vec![Lang::VI, Lang::EN] } else { languages }
}

/// A `base_url`, with the closing slash; `None` unless it is http or https with a host and nothing behind the path.
pub fn read_base_url(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let plain = matches!(url.scheme(), "https" | "http") && url.has_host() && url.query().is_none();
    (plain && url.fragment().is_none()).then(|| format!("{}/", url.as_str().trim_end_matches('/')))
}

fn printed_address(
    fields: &mut Fields<'_, '_, '_>,
    key: &str,
    text: &At<String>,
) -> Option<At<PrintedAddress>> {
    match PrintedAddress::parse(text) {
        Ok(value) => Some(At { value, span: text.span }),
        Err(why) => {
            fields.reader.report(bad_address(key, text, why), text.span);
            None
        }
    }
}

fn bad_address(key: &str, written: &str, why: NotAnAddress) -> Diagnostic {
    let reason = match why {
        NotAnAddress::Unreadable => Text::new("không phải một địa chỉ web", "it is no web address"),
        NotAnAddress::Scheme => Text::new("phải bắt đầu bằng https://", "it must begin with https://"),
        NotAnAddress::UserOrPort => Text::new(
            "không được có dấu @, cũng không có số sau tên miền như :8080",
            "it must have no @ and no number behind the domain such as :8080",
        ),
        NotAnAddress::QueryOrFragment => Text::new("không được có ? hay #", "it must have no ? and no #"),
        NotAnAddress::NotAscii => {
            Text::new("có chữ có dấu hoặc ký tự lạ", "it has letters with marks or strange characters")
        }
    };
    codes::not_an_address(key, written, &reason)
}

fn sections(fields: &mut Fields<'_, '_, '_>, languages: &[Lang]) -> Vec<Vec<String>> {
    let mut names: Vec<Vec<String>> = Kind::ALL
        .iter()
        .map(|kind| languages.iter().map(|lang| kind.section(*lang).to_owned()).collect())
        .collect();
    fields.map("sections", |fields| {
        for kind in Kind::ALL {
            let Some(span) = fields.get(kind.folder()).map(|(_, node)| node.span) else { continue };
            let Some(words) = fields.words(kind.folder()) else { continue };
            for (at, lang) in languages.iter().enumerate() {
                let (name, other) = words.get(*lang);
                if RESERVED_SECTIONS.contains(&name)
                    || names.iter().any(|kind| kind[at] == name && other.is_none())
                        && names[kind as usize][at] != name
                {
                    let reason = Text::new(
                        "tên này đã dùng cho phần khác của trang",
                        "another part of the site has that name",
                    );
                    fields.reader.report(heads::bad_slug(name, &reason), span);
                } else if slug(name) != name {
                    let reason =
                        Text::new("chỉ dùng a-z, 0-9 và gạch ngang", "only a-z, 0-9 and hyphens are allowed");
                    fields.reader.report(heads::bad_slug(name, &reason), span);
                } else if other.is_none() {
                    name.clone_into(&mut names[kind as usize][at]);
                }
            }
        }
        Some(())
    });
    names
}

impl Moved {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let url = Text::new("một địa chỉ https", "an https address");
        let mut address = |key: &'static str| {
            let text = fields.required_text(key, &url)?;
            printed_address(fields, key, &text)
        };
        let (from, to) = (address("from"), address("to"));
        let on = fields.date("on");
        let kept_by =
            fields.required_text("kept_by", &Text::new("ai giữ địa chỉ cũ", "who keeps the old address"));
        let day = Text::new("giữ đến ngày nào", "until which day");
        let until = fields.required("until", &day, |fields| fields.date("until"));
        Some(Self {
            span: from.as_ref()?.span,
            from: from?.value,
            to: to?.value,
            on,
            kept_by: kept_by?.value,
            until: until?,
        })
    }
}
