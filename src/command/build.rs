//! `dautich build`: check, then the whole site into the output folder.
//! With an error among the findings nothing is written.

use super::session::{Exit, Session};
use crate::build::articles::Trouble;
use crate::build::plan::Plan;
use crate::build::render::Renderer;
use crate::build::renditions::Renditions;
use crate::build::source::Source;
use crate::build::theme::Theme;
use crate::build::write::{Publication, Published};
use crate::diagnostic::{Diagnostic, Failure, Text};
use crate::site::{Site, config};
use std::path::{Path, PathBuf};

/// `build`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Địa chỉ nơi bản này được đăng, thay cho `base_url` / Where this build is served, instead of `base_url`
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
    /// Thư mục xuất ra (nếu không: output/ trong trang) / Output folder
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Dựng cả bản nháp, để xem thử / Build drafts too, for a preview
    #[arg(long)]
    drafts: bool,
}

/// Builds the site.
///
/// # Errors
/// Where the machine refuses, or a flag cannot be followed.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let output = arguments.output_dir.clone().unwrap_or_else(|| session.root.join("output"));
    let desk = session.load(&output)?;
    let Some((site, theme)) = desk.sound() else { return Ok(stop(session, &desk.found, &desk.source)) };
    let base_url = match &arguments.base_url {
        Some(url) => config::read_base_url(url).ok_or_else(|| bad_base_url(url))?,
        None => site.config.base_url.clone(),
    };
    match make(session, arguments.drafts, &desk.source, site, theme, &base_url, &output)? {
        Ok(published) => {
            let exit = session.report(&desk.found, &desk.source);
            say_done(session, &output, published, site.config.printed_address.is_some());
            Ok(exit)
        }
        Err(mut more) => {
            more.extend(desk.found);
            more.sort_by(|a, b| a.order().cmp(&b.order()));
            Ok(stop(session, &more, &desk.source))
        }
    }
}

/// Shows why nothing was written.
fn stop(session: &Session, found: &[Diagnostic], source: &Source) -> Exit {
    let exit = session.report(found, source);
    session.tell(
        "không ghi gì; các trang đã đăng vẫn như cũ",
        "nothing was written; the published pages are as they were",
    );
    exit
}

fn make(
    session: &Session,
    drafts: bool,
    source: &Source,
    site: &Site,
    theme: &Theme,
    base_url: &str,
    output: &Path,
) -> Result<Result<Published, Vec<Diagnostic>>, Failure> {
    let plan = match Plan::new(site, theme.files(), session.date, drafts) {
        Ok(plan) => plan,
        Err(finding) => return Ok(Err(vec![*finding])),
    };
    let publication = Publication::open(output)?;
    let renditions = Renditions::open(source, site);
    let renderer = Renderer { plan: &plan, source, renditions: &renditions, theme, base_url };
    let bar = session.progress(plan.outputs.len(), "dựng trang", "building");
    let published = publication.publish(&plan, |output, last| renderer.bytes(output, last), || bar.inc(1));
    bar.finish_and_clear();
    let troubles = match published {
        Ok(published) => return Ok(Ok(published)),
        Err(troubles) => troubles,
    };
    let mut found = Vec::new();
    for trouble in troubles {
        match trouble {
            Trouble::Found(finding) => found.push(*finding),
            Trouble::Failed(failure) => return Err(failure),
        }
    }
    // A broken template breaks every page in the same way: told once.
    found.dedup_by(|a, b| a == b);
    Ok(Err(found))
}

fn bad_base_url(url: &str) -> Failure {
    Failure::usage(
        Text::new(
            format!("`--base-url {url}` không phải một địa chỉ web"),
            format!("`--base-url {url}` is no web address"),
        ),
        Text::new("viết dạng https://ten-mien.vn/", "write it as https://your-domain.vn/"),
    )
}

fn say_done(session: &Session, output: &Path, published: Published, printable: bool) {
    let folder = output.display();
    let Published { files, changed, removed } = published;
    session.tell(
        &format!("xong: {files} tệp trong {folder} ({changed} tệp mới hoặc đổi, {removed} tệp gỡ đi)"),
        &format!("done: {files} files in {folder} ({changed} new or changed, {removed} removed)"),
    );
    if printable {
        session.tell(
            "tiếp theo: chép thư mục ấy lên nơi đăng trang, hoặc in mã: dautich sheets",
            "next: copy that folder to where the site is served, or print the codes: dautich sheets",
        );
    } else {
        session.tell(
            "tiếp theo: chép thư mục ấy lên nơi đăng trang; muốn in mã thì ghi `printed_address` vào dautich.yaml trước",
            "next: copy that folder to where the site is served; to print codes write `printed_address` in dautich.yaml first",
        );
    }
}
