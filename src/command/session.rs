//! What every command begins with: the folder, the language of messages, the day, the terminal; and how it ends.
//! The one place that asks the environment and the clock.
#![allow(clippy::disallowed_methods)] // a command may ask the clock and the environment

use crate::build::articles;
use crate::build::load::{self, Kept};
use crate::build::source::Source;
use crate::build::theme::Theme;
use crate::build::{check, write};
use crate::diagnostic::show;
use crate::diagnostic::{Diagnostic, Failure, Lang, Severity, Text};
use crate::print::layouts::{self, Layouts};
use crate::site::Site;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use jiff::{Timestamp, tz};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How a command ended, as its exit code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// All went well.
    Done = 0,
    /// The content has an error.
    Content = 1,
    /// The command line cannot be followed.
    Usage = 2,
    /// A printed code would break.
    Break = 3,
    /// The machine failed.
    Machine = 4,
}

/// The form of a result on stdout.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Flags that every command takes.
#[derive(clap::Args, Debug)]
pub struct Globals {
    /// Thư mục của trang / The site's folder
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Ngôn ngữ của lời nhắn: vi hoặc en (nếu không: DAUTICH_LANG, rồi tiếng Việt) / Language of messages
    #[arg(long, global = true, value_name = "vi|en", value_parser = ["vi", "en"])]
    pub lang: Option<String>,
    /// Ngày của lần dựng (nếu không: SOURCE_DATE_EPOCH, rồi hôm nay ở Việt Nam) / Day of the build
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub date: Option<Date>,
}

/// A command under way.
pub struct Session {
    /// The site's folder.
    pub root: PathBuf,
    /// The language of messages.
    pub lang: Lang,
    /// The day of the build.
    pub date: Date,
}

/// A site as a command finds it: read, checked, nothing written yet.
pub struct Desk {
    /// Its files.
    pub source: Source,
    /// What they say; `None` where `dautich.yaml` cannot be read.
    pub site: Option<Site>,
    /// How its pages look; `None` where the theme is broken.
    pub theme: Option<Theme>,
    /// Everything that is wrong, in the order it is shown.
    pub found: Vec<Diagnostic>,
    /// What the next load may keep.
    pub kept: Kept,
}

impl Desk {
    /// The site and its theme, if nothing found forbids to go on.
    pub fn sound(&self) -> Option<(&Site, &Theme)> {
        let sound = worst(&self.found) == Exit::Done;
        self.site.as_ref().zip(self.theme.as_ref()).filter(|_| sound)
    }
}

/// The language of messages before the command line is understood: `--lang`, else `DAUTICH_LANG`, else Vietnamese.
pub fn language(arguments: &[String]) -> Lang {
    let flag = arguments
        .iter()
        .position(|argument| argument == "--lang")
        .and_then(|at| arguments.get(at + 1).cloned());
    let joined = arguments.iter().find_map(|argument| argument.strip_prefix("--lang=").map(str::to_owned));
    let chosen = flag.or(joined).or_else(|| std::env::var("DAUTICH_LANG").ok()).unwrap_or_default();
    if chosen.to_ascii_lowercase().starts_with("en") { Lang::EN } else { Lang::VI }
}

impl Session {
    /// Starts a command from its global flags.
    ///
    /// # Errors
    /// Where `SOURCE_DATE_EPOCH` is no number of seconds.
    pub fn start(globals: Globals, lang: Lang) -> Result<Self, Failure> {
        let date = match globals.date {
            Some(date) => date,
            None => day()?,
        };
        Ok(Self { root: globals.root, lang, date })
    }

    /// A message in the session's language.
    pub fn word<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        if self.lang == Lang::EN { en } else { vi }
    }

    /// Says something on stderr.
    pub fn tell(&self, vi: &str, en: &str) {
        let _ = writeln!(io::stderr(), "{}", self.word(vi, en));
    }

    /// Asks a question that is answered with yes or no; anything but a yes is a no. `None` where nobody sits there to
    /// answer.
    pub fn ask(&self, vi: &str, en: &str) -> Option<bool> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return None;
        }
        let _ = write!(io::stderr(), "{} ", self.word(vi, en));
        let _ = io::stderr().flush();
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).ok()?;
        Some(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "c" | "có" | "co"))
    }

    /// Reads and checks the site and its theme: what there is of them, and every finding in the order it is shown.
    ///
    /// # Errors
    /// Where the machine refuses to read.
    pub fn load(&self, output: &Path) -> Result<Desk, Failure> {
        self.load_with(output, None)
    }

    /// The same once more, for a command that stays: what did not change since `kept` is kept.
    ///
    /// # Errors
    /// Where the machine refuses to read.
    pub fn load_again(&self, output: &Path, kept: &Kept) -> Result<Desk, Failure> {
        self.load_with(output, Some((kept, SystemTime::now())))
    }

    fn load_with(&self, output: &Path, last: Option<(&Kept, SystemTime)>) -> Result<Desk, Failure> {
        let source = Source::open(&self.root)?;
        let loaded = load::load(&source, &write::published_ledger(output)?, self.date, last)?;
        let (mut found, mut theme) = (loaded.found, None);
        if let Some(site) = &loaded.site {
            found.extend(check::check(site, self.date));
            match Theme::load(&self.root, &site.config)? {
                Ok(loaded) => theme = Some(loaded),
                Err(more) => found.extend(more),
            }
        }
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        found.dedup();
        Ok(Desk { source, site: loaded.site, theme, found, kept: loaded.kept })
    }

    /// The layouts of the program and the site's own, and what is wrong in those.
    ///
    /// # Errors
    /// Where the machine refuses to read.
    pub fn layouts(&self, source: &Source) -> Result<(Layouts, Vec<Diagnostic>), Failure> {
        let (own, unread) = match articles::text_if_there(source, layouts::FILE)? {
            Ok(own) => (own, None),
            Err(finding) => (None, Some(*finding)),
        };
        let (layouts, mut found) = Layouts::read(own.as_deref(), self.date);
        found.extend(unread);
        Ok((layouts, found))
    }

    /// Shows findings with a closing count; the exit code they ask for.
    pub fn show(&self, found: &[Diagnostic], source: &Source, to: &mut dyn Write, colour: bool) -> Exit {
        let text = |name: &str| source.text(name).ok();
        let _ = to.write_all(show::text(found, self.lang, colour, text).as_bytes());
        if !found.is_empty() {
            let warnings = found.iter().filter(|finding| finding.severity == Severity::Warning).count();
            let errors = found.len() - warnings;
            let _ = writeln!(
                to,
                "{}",
                self.word(
                    &format!("{errors} lỗi, {warnings} cảnh báo"),
                    &format!(
                        "{}, {}",
                        counted(errors, "error", "errors"),
                        counted(warnings, "warning", "warnings")
                    )
                )
            );
        }
        worst(found)
    }

    /// Shows findings on stderr, as every command but `check` does.
    pub fn report(&self, found: &[Diagnostic], source: &Source) -> Exit {
        self.show(found, source, &mut io::stderr().lock(), colour(&io::stderr()))
    }

    /// Shows why the machine failed.
    pub fn fail(lang: Lang, failure: &Failure) -> Exit {
        let (error, help) = if lang == Lang::EN { ("error", "help") } else { ("lỗi", "cách sửa") };
        let _ = writeln!(
            io::stderr(),
            "{error}: {}\n{help}: {}",
            failure.message.get(lang),
            failure.help.get(lang)
        );
        if failure.usage { Exit::Usage } else { Exit::Machine }
    }

    /// A bar for `len` steps, drawn on stderr and only where that is a terminal.
    pub fn progress(&self, len: usize, vi: &'static str, en: &'static str) -> ProgressBar {
        if !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(len as u64).with_message(if self.lang == Lang::EN { en } else { vi });
        match ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}

/// An English count: "1 entry", "2 entries".
pub fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A text from outside on one line: what would move the cursor, colour the screen or turn the writing round is spelt out.
pub fn printable(text: &str) -> String {
    let strange = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if strange(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// The exit code that findings ask for.
pub fn worst(found: &[Diagnostic]) -> Exit {
    match found.iter().map(|finding| finding.severity).max() {
        Some(Severity::Break) => Exit::Break,
        Some(Severity::Error) => Exit::Content,
        Some(Severity::Warning) | None => Exit::Done,
    }
}

/// Whether colours may be written: a terminal, and no `NO_COLOR`.
pub fn colour(to: &impl IsTerminal) -> bool {
    to.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// `SOURCE_DATE_EPOCH`, else today; both in Vietnam, UTC+7.
fn day() -> Result<Date, Failure> {
    let vietnam = tz::Offset::constant(7).to_time_zone();
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => seconds
            .trim()
            .parse()
            .ok()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .ok_or_else(|| {
            Failure::usage(
                Text::new(
                    format!("SOURCE_DATE_EPOCH không phải số giây: {seconds}"),
                    format!("SOURCE_DATE_EPOCH is no number of seconds: {seconds}"),
                ),
                Text::new("bỏ biến ấy, hoặc dùng --date 2026-11-21", "unset it, or use --date 2026-11-21"),
            )
        })?,
        Err(_) => Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH),
    };
    Ok(now.to_zoned(vietnam).date())
}
