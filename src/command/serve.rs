//! `dautich serve`: the site in the browser while it is being written, made anew at every change, errors and all.
//! On this machine only, drafts included; nothing is written to `output/`.
#![allow(clippy::disallowed_methods)] // a command may ask the clock

use super::host::{Ask, Host};
use super::session::{Desk, Exit, Session, colour, counted, worst};
use super::watch::{Signal, Watch, settled};
use crate::build::load::Kept;
use crate::build::plan::Plan;
use crate::build::renditions::Renditions;
use crate::build::source::Source;
use crate::build::theme::Theme;
use crate::desk::overlay;
use crate::desk::preview::Preview;
use crate::diagnostic::{Diagnostic, Failure, Severity, Text, show};
use crate::site::Site;
use jiff::civil::Date;
use std::collections::HashSet;
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// `serve`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Cổng (0: cổng trống bất kỳ) / Port (0: any that is free)
    #[arg(short, long, value_name = "PORT", default_value_t = 1111)]
    port: u16,
    /// Mở trình duyệt / Open the browser
    #[arg(short = 'O', long)]
    open: bool,
}

/// Serves the site until Ctrl-C.
///
/// # Errors
/// Where the port is taken or the folder cannot be watched.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port));
    let listener = listener.map_err(|error| unbound(arguments.port, &error))?;
    let port = listener.local_addr().map_err(|error| unbound(arguments.port, &error))?.port();
    let address = format!("http://127.0.0.1:{port}/");
    let (signal, signals) = mpsc::channel();
    // Watched before it is read: no change falls between.
    let mut watch = Watch::start(&session.root, signal.clone())?;
    stop_at_interrupt(signal)?;
    let host = Host::new();
    let mut maker = Maker::new(session, Arc::clone(&host), &address);
    maker.make();
    thread::spawn(move || host.listen(&listener));
    let _ = writeln!(io::stdout(), "{address}");
    let _ = io::stdout().flush();
    session.tell(
        "mở địa chỉ ấy trong trình duyệt; lưu tệp thì trang tự tải lại; bài nháp cũng hiện. Ctrl-C: thôi",
        "open that address in a browser; pages reload when a file is saved; drafts are shown. Ctrl-C: stop",
    );
    if arguments.open && !open(&address) {
        session.tell("không mở được trình duyệt; hãy tự mở", "no browser could be opened; open it yourself");
    }
    while let Ok(first) = signals.recv() {
        match if first == Signal::Stop { first } else { settled(first, &signals) } {
            Signal::Stop => break,
            Signal::Moved => watch.renew()?,
            Signal::Changed => {}
        }
        maker.make();
    }
    Ok(Exit::Done)
}

/// Makes the site anew, and tells of it.
struct Maker<'a> {
    session: &'a Session,
    host: Arc<Host>,
    base_url: &'a str,
    /// Names this run of the program, so that pages of an earlier run know that they are old.
    run: u128,
    /// How often it was made.
    times: u64,
    /// What was told of already: file, rule and wording.
    told: HashSet<(String, u16, String)>,
    /// What the last reading leaves to the next.
    kept: Kept,
}

impl<'a> Maker<'a> {
    fn new(session: &'a Session, host: Arc<Host>, base_url: &'a str) -> Self {
        let run = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_millis();
        Self { session, host, base_url, run, times: 0, told: HashSet::new(), kept: Kept::default() }
    }

    /// Reads, checks and plans the site; where that cannot be, the last good one goes on beneath what is wrong.
    fn make(&mut self) {
        let begun = Instant::now();
        self.times += 1;
        let made = format!("{}-{}", self.run, self.times);
        let Desk { source, site, theme, mut found, kept } = match load_steadily(self.session, &self.kept) {
            Ok(desk) => desk,
            Err(failure) => {
                Session::fail(self.session.lang, &failure);
                let findings = overlay::findings(&[], Some(&failure), self.session.lang, |_| None);
                return self.host.show(made, findings, None);
            }
        };
        self.kept = kept;
        let source = Arc::new(source);
        let mut asks = None;
        if let Some((site, theme)) = site.zip(theme) {
            let sound = worst(&found) == Exit::Done;
            let (ask, asked) = mpsc::channel();
            let (ready, planned) = mpsc::sync_channel(1);
            let (source, date, base_url) = (Arc::clone(&source), self.session.date, self.base_url.to_owned());
            thread::spawn(move || keep(&source, &site, &theme, date, &base_url, asked, &ready));
            // Two files at one path follow from errors told already; where there are none it is the error.
            found.extend(planned.recv().ok().flatten().filter(|_| sound));
            asks = Some(ask);
        }
        let findings = overlay::findings(&found, None, self.session.lang, |name| source.text(name).ok());
        self.host.show(made, findings, asks);
        self.tell(&found, &source, begun.elapsed());
    }

    /// What is new among the findings, and one line on how it went.
    fn tell(&mut self, found: &[Diagnostic], source: &Source, took: Duration) {
        let key = |each: &Diagnostic| (each.file.clone(), each.code.0, each.message.vi.clone());
        let new: Vec<_> = found.iter().filter(|each| !self.told.contains(&key(each))).cloned().collect();
        self.told = found.iter().map(key).collect();
        let text = |name: &str| source.text(name).ok();
        let shown = show::text(&new, self.session.lang, colour(&io::stderr()), text);
        let _ = io::stderr().write_all(shown.as_bytes());
        let warnings = found.iter().filter(|each| each.severity == Severity::Warning).count();
        let (errors, took) = (found.len() - warnings, took.as_millis());
        let (vi, en) = if self.times == 1 { ("dựng", "made") } else { ("dựng lại", "made anew") };
        let (en_errors, en_warnings) =
            (counted(errors, "error", "errors"), counted(warnings, "warning", "warnings"));
        self.session.tell(
            &format!("{vi} trong {took} ms, {errors} lỗi, {warnings} cảnh báo"),
            &format!("{en} in {took} ms, {en_errors}, {en_warnings}"),
        );
    }
}

/// Reads the site. While an editor renames a folder a file may be gone between two looks: it is read again then.
fn load_steadily(session: &Session, kept: &Kept) -> Result<Desk, Failure> {
    let output = session.root.join("output");
    for _ in 0..4 {
        if let Ok(desk) = session.load_again(&output, kept) {
            return Ok(desk);
        }
        thread::sleep(Duration::from_millis(50));
    }
    session.load_again(&output, kept)
}

/// Keeps one state of the site and makes its pages, on a thread of its own because its plan borrows it. Ends when the
/// host has let it go.
fn keep(
    source: &Source,
    site: &Site,
    theme: &Theme,
    date: Date,
    base_url: &str,
    asked: Receiver<Ask>,
    ready: &SyncSender<Option<Diagnostic>>,
) {
    let plan = Plan::unchecked(site, theme.files(), date, true);
    let renditions = Renditions::open(source, site);
    let preview = Preview::new(&plan, source, &renditions, theme, base_url);
    let _ = ready.send(plan.reject_collisions().err().map(|finding| *finding));
    rayon::in_place_scope(|scope| {
        for Ask { path, made, reply } in asked {
            let preview = &preview;
            // A browser that no longer waits is no matter.
            scope.spawn(move |_| drop(reply.send(preview.answer(&path, &made))));
        }
    });
}

fn stop_at_interrupt(signal: Sender<Signal>) -> Result<(), Failure> {
    let stop = move || {
        // Nobody waits any more where the command has ended by itself.
        let _ = signal.send(Signal::Stop);
    };
    ctrlc::set_handler(stop).map_err(|error| {
        Failure::machine(
            Text::new(format!("không bắt được Ctrl-C: {error}"), format!("Ctrl-C cannot be caught: {error}")),
            Text::new("chạy lại", "run it again"),
        )
    })
}

/// Asks the machine to open an address; whether it took the order.
fn open(address: &str) -> bool {
    let opener = match std::env::consts::OS {
        "windows" => "explorer",
        "macos" => "open",
        _ => "xdg-open",
    };
    let mut command = Command::new(opener);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

fn unbound(port: u16, error: &io::Error) -> Failure {
    let message = match error.kind() {
        io::ErrorKind::AddrInUse => Text::new(
            format!("cổng {port} đang có chương trình khác dùng, có thể là một `dautich serve` khác"),
            format!("port {port} is in use by another program, maybe another `dautich serve`"),
        ),
        _ => Text::new(
            format!("không mở được cổng {port}: {error}"),
            format!("port {port} cannot be opened: {error}"),
        ),
    };
    let other = if port == 1112 { 1113 } else { 1112 };
    let help = Text::new(
        format!("đóng chương trình ấy, hoặc chọn cổng khác: `dautich serve -p {other}`"),
        format!("close that program, or choose another port: `dautich serve -p {other}`"),
    );
    Failure::machine(message, help)
}
