//! `dautich check`: every finding of a site, as text for people or JSON for programs.
//! Writes nothing but what it found.

use super::logos::logos;
use super::session::{Desk, Exit, Format, Session, colour, counted, worst};
use crate::diagnostic::{Failure, show};
use std::io::{self, Write};

/// `check`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Dạng kết quả / Form of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Checks the site; findings go to stdout.
///
/// # Errors
/// Where the machine refuses to read.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let Desk { source, site, mut found, .. } = session.load(&session.root.join("output"))?;
    found.extend(session.layouts(&source)?.1);
    if let Some(site) = &site {
        found.extend(logos(&source, &site.config)?.1);
    }
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Text => {
            session.show(&found, &source, &mut out, colour(&io::stdout()));
        }
        Format::Json => {
            let json = show::json(&found, |name| source.text(name).ok());
            let _ = writeln!(out, "{json:#}");
        }
    }
    if found.is_empty() {
        let entries = site.map_or(0, |site| site.entries.len());
        session.tell(
            &format!("{entries} bài, không có lỗi nào"),
            &format!("{}, nothing wrong", counted(entries, "entry", "entries")),
        );
    }
    Ok(worst(&found))
}
