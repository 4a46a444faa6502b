//! `dautich new`: an entry's folder with an id of its own and a file in each language.
//! Never touches a folder that is already there.
#![allow(clippy::disallowed_methods)] // a command may write what it was asked for

use super::session::{Desk, Exit, Session};
use crate::build::source::Source;
use crate::build::{load, write};
use crate::code::Id;
use crate::diagnostic::{Failure, Text};
use crate::site::{Kind, Site};
use crate::vietnam::folding::slug;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// `new`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Loại bài / Kind of entry
    #[arg(value_enum)]
    kind: Kind,
    /// Tên thư mục, không dấu, nối bằng gạch ngang / Folder name
    slug: String,
    /// Tên của bài / The entry's name
    #[arg(long, value_name = "T")]
    title: Option<String>,
}

/// Makes the entry.
///
/// # Errors
/// A name that cannot be used, a folder that is there already, or a machine that refuses.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let kind = arguments.kind;
    let Desk { source, site, found, .. } = session.load(&session.root.join("output"))?;
    let Some(site) = site else { return Ok(session.report(&found, &source)) };
    let name = slug(&arguments.slug);
    if let Some(reason) = load::bad_slug(&name) {
        return Err(unusable(&arguments.slug, &reason));
    }
    let folder = session.root.join("content").join(kind.folder()).join(&name);
    if folder.exists() || site.entries.iter().any(|entry| entry.kind == kind && entry.slug == name) {
        return Err(taken(&folder));
    }
    // "Đền Bia" given as the folder's name is the title as well.
    let titled = arguments.title.as_deref().or((name != arguments.slug).then_some(arguments.slug.as_str()));
    let id = draw(&source, &site)?;
    let shown = folder.display();
    fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
    write::write_whole(&folder.join("index.md"), source_file(kind, id, titled, session).as_bytes())?;
    for lang in &site.config.languages[1..] {
        let file = folder.join(format!("index.{lang}.md"));
        write::write_whole(&file, translation_file().as_bytes())?;
    }
    session.tell(
        &format!("đã tạo {shown} với mã {id}\ntiếp theo: mở index.md, điền phần đầu, viết bài, rồi xóa dòng `draft: true`"),
        &format!("made {shown} with the id {id}\nnext: open index.md, fill in its head, write, then delete the line `draft: true`"),
    );
    Ok(Exit::Done)
}

fn unusable(name: &str, reason: &Text) -> Failure {
    Failure::usage(
        Text::new(
            format!("không dùng được tên `{name}`: {}", reason.vi),
            format!("`{name}` cannot be used: {}", reason.en),
        ),
        Text::new("đặt tên như den-kiep-bac", "choose a name like den-kiep-bac"),
    )
}

fn taken(folder: &Path) -> Failure {
    let name = folder.display();
    Failure::usage(
        Text::new(format!("đã có bài ở {name}"), format!("there is an entry at {name} already")),
        Text::new(
            "chọn tên khác, hoặc sửa bài đang có",
            "choose another name, or edit the entry that is there",
        ),
    )
}

/// An id that no entry bears, that no plaque ever carried, and that stands in no head that could not be read.
fn draw(source: &Source, site: &Site) -> Result<Id, Failure> {
    let mut taken: BTreeSet<Id> = site.ledger.ids().chain(site.published.ids()).collect();
    taken.extend(site.entries.iter().flat_map(|entry| entry.ids().map(|id| id.value)));
    taken.extend(site.unread.iter().map(|(id, _)| *id));
    // Ids in commented lines and in heads beyond reading count as taken as well.
    for folder in &source.folders {
        let text = source.text(&format!("{folder}/index.md")).unwrap_or_default();
        taken
            .extend(text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| Id::parse(word).ok()));
    }
    fresh(&taken)
}

/// A random id that is not among those taken.
///
/// # Errors
/// Where the machine has no source of chance.
pub fn fresh(taken: &BTreeSet<Id>) -> Result<Id, Failure> {
    loop {
        let mut bytes = [0_u8; 64];
        getrandom::fill(&mut bytes).map_err(|error| {
            Failure::machine(
                Text::new(
                    format!("máy không cho số ngẫu nhiên: {error}"),
                    format!("the machine gives no random numbers: {error}"),
                ),
                Text::new("chạy lại", "run it again"),
            )
        })?;
        // 232 = 8 x 29: what lies above would make the first symbols likelier.
        let fair: Vec<u8> = bytes.iter().filter(|byte| **byte < 232).map(|byte| byte % 29).collect();
        let drawn = fair
            .chunks_exact(5)
            .filter_map(|five| Id::from_draw(five.try_into().ok()?))
            .find(|id| !taken.contains(id));
        if let Some(id) = drawn {
            return Ok(id);
        }
    }
}

/// YAML text in double quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn source_file(kind: Kind, id: Id, title: Option<&str>, session: &Session) -> String {
    let title = title.map(quoted).unwrap_or_default();
    let own = match kind {
        Kind::Relic => {
            "types: [history]          # một hay nhiều: history, architecture, archaeology, landscape\n\
             # designations:\n\
             #   - {kind: national, year: 1992}   # inventoried, provincial, national, special-national\n"
        }
        Kind::Product => "# season: {vi: tháng Sáu, en: June}\n# makers:\n#   - {name: Hợp tác xã …}\n",
        Kind::Guide => "steps: true               # danh sách đánh số trong bài thành các bước lớn\n",
        Kind::Trail => {
            "stops: []                 # mã các điểm dừng, theo thứ tự đi\nby: walk                  # walk, bicycle, motorbike, car\n"
        }
    };
    let date = session.date;
    format!(
        "---\n\
         id: {id}                # mã in trên biển; không bao giờ đổi\n\
         title: {title}\n\
         summary:                  # một hai câu: đây là gì và vì sao đáng biết\n\
         draft: true               # xóa dòng này khi bài đã xong\n\
         {own}\
         # place:\n\
         #   commune: \"10930\"        # mã xã, phường; luôn để trong dấu nháy\n\
         # photos:\n\
         #   - file: ten-anh.jpg\n\
         #     alt: tả trong một câu những gì thấy trong ảnh\n\
         # sources:\n\
         #   - {{title: tên tài liệu, on: {date}}}\n\
         updated: {date}\n\
         ---\n\n"
    )
}

fn translation_file() -> String {
    "---\n\
     title:                    # tên bằng ngôn ngữ này / the name in this language\n\
     summary:                  # một hai câu / one or two sentences\n\
     ---\n\n"
        .to_owned()
}
