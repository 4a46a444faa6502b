//! `dautich init`: a new site with a few entries to learn from. Its ids are drawn anew, so that no two sites share one.
//! Writes only into a new or empty folder.
#![allow(clippy::disallowed_methods)] // a command may write what it was asked for

use super::new::fresh;
use super::session::{Exit, Session};
use super::translate::stamp;
use crate::build::write::write_whole;
use crate::code::Id;
use crate::diagnostic::{Failure, Text};
use rust_embed::RustEmbed;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The entries a new site begins with: one of each kind that the example site has.
#[derive(RustEmbed)]
#[folder = "content"]
#[include = "relics/van-mieu-mao-dien/*"]
#[include = "relics/den-bia/*"]
#[include = "products/banh-dau-xanh/*"]
#[include = "relics/chua-con-son/*"]
#[include = "products/vai-thieu-thanh-ha/*"]
#[include = "guides/quet-ma-an-toan/*"]
struct Examples;

/// `init`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Thư mục mới / The new folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Makes the site.
///
/// # Errors
/// A folder that holds something, or a machine that refuses.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let folder = &arguments.folder;
    if folder.exists()
        && (!folder.is_dir() || fs::read_dir(folder).map_err(|e| Failure::io(folder, &e))?.next().is_some())
    {
        return Err(occupied(folder));
    }
    let ids = new_ids()?;
    write_whole(&folder.join("dautich.yaml"), config().as_bytes())?;
    write_whole(&folder.join(".gitignore"), b"/output/\n/ledger.lock\n/wifi.yaml\n/.cache/\n")?;
    for path in Examples::iter() {
        let Some(file) = Examples::get(&path) else { continue };
        let place = folder.join("content").join(path.as_ref());
        match std::str::from_utf8(&file.data) {
            Ok(text) if path.ends_with(".md") => write_whole(&place, renamed(text, &ids).as_bytes())?,
            _ => write_whole(&place, &file.data)?,
        }
    }
    // The ids in the articles' links are new, and with them the text that the translations were stamped for.
    let made = Session { root: folder.clone(), ..*session };
    for entry in made.load(&folder.join("output"))?.site.iter().flat_map(|site| &site.entries) {
        stamp(&made, entry)?;
    }
    let name = folder.display();
    session.tell(
        &format!(
            "đã tạo trang mới ở {name}\ntiếp theo:\n  1. mở dautich.yaml, ghi tên trang và tên miền sẽ in trên biển\n  \
             2. cd {name}\n  3. dautich new relic ten-di-tich --title \"Tên di tích\"\n  4. dautich build"
        ),
        &format!(
            "made a new site in {name}\nnext:\n  1. open dautich.yaml, write the site's name and the domain for the plaques\n  \
             2. cd {name}\n  3. dautich new relic name-of-relic --title \"Its name\"\n  4. dautich build"
        ),
    );
    Ok(Exit::Done)
}

fn occupied(folder: &Path) -> Failure {
    let name = folder.display();
    Failure::usage(
        Text::new(format!("{name} đã có và không trống"), format!("{name} is there already and not empty")),
        Text::new("chọn một tên thư mục mới", "choose a new folder name"),
    )
}

/// Every id of the examples, with a fresh one in its stead.
fn new_ids() -> Result<BTreeMap<Id, Id>, Failure> {
    let mut taken = BTreeSet::new();
    for path in Examples::iter() {
        let bytes = Examples::get(&path).map(|file| file.data).unwrap_or_default();
        taken.extend(words(&String::from_utf8_lossy(&bytes)).filter_map(|(_, word)| Id::parse(word).ok()));
    }
    let mut ids = BTreeMap::new();
    for old in taken.clone() {
        let new = fresh(&taken)?;
        taken.insert(new);
        ids.insert(old, new);
    }
    Ok(ids)
}

/// The runs of ASCII letters and digits in a text, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn renamed(text: &str, ids: &BTreeMap<Id, Id>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, word) in words(text) {
        if let Some(new) = Id::parse(word).ok().and_then(|id| ids.get(&id)) {
            out.push_str(&text[from..at]);
            out.push_str(new.as_str());
            from = at + word.len();
        }
    }
    out.push_str(&text[from..]);
    out
}

fn config() -> String {
    "# Trang của bạn. Những gì sau dấu # là lời chú, máy không đọc.\n\
     title: {vi: Di tích và đặc sản quê tôi, en: Heritage and specialties of my home}\n\
     \n\
     # Địa chỉ in trên biển. Một khi đã in thì không đổi được nữa: hãy chọn tên miền giữ được ít nhất mười năm.\n\
     # printed_address: https://ten-mien-cua-ban.vn/\n\
     \n\
     # Nơi bản này được đăng.\n\
     base_url: http://localhost/\n\
     \n\
     languages: [vi, en]\n\
     theme: default\n\
     # publisher: {vi: Thành đoàn …, en: … City Youth Union}\n\
     # contact: {email: bandoc@ten-mien-cua-ban.vn}\n\
     licence: CC BY-SA 4.0\n"
        .to_owned()
}
