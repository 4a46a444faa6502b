//! Browsers on this machine ask, the newest preview answers. Connections are bounded in number, size and time; pages
//! that stay open are told when the site was made anew. Knows no file of the site: the preview does.

use crate::desk::http::{self, Reply, Request};
use crate::desk::{overlay, preview};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender, SyncSender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Connections at a time, each with a thread of its own.
const MAX_OPEN: usize = 128;
/// How long a browser may take for each step of its request or of reading the reply.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long a page may take to make.
const MAKING: Duration = Duration::from_secs(60);
/// How much is read of a request that was refused, in bytes.
const MAX_REST: u64 = 256 * 1024;
/// How often an open page hears that we are still there, and we that it is.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// A page wanted of a preview.
pub struct Ask {
    /// Its path.
    pub path: String,
    /// The name of the newest state of the site.
    pub made: String,
    /// Where the answer goes.
    pub reply: SyncSender<Reply>,
}

/// The newest state of the site.
struct Live {
    made: String,
    findings: Vec<u8>,
    /// Who makes pages; `None` until the site could be read for the first time.
    maker: Option<Sender<Ask>>,
}

/// What all connections share.
pub struct Host {
    live: Mutex<Live>,
    changed: Condvar,
    open: AtomicUsize,
}

/// A connection that is counted while it lasts.
struct Counted(Arc<Host>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Host {
    /// A host with nothing to show yet.
    pub fn new() -> Arc<Self> {
        let live = Live { made: String::new(), findings: b"{}".to_vec(), maker: None };
        Arc::new(Self { live: Mutex::new(live), changed: Condvar::new(), open: AtomicUsize::new(0) })
    }

    /// Shows a new state: its name, its findings as JSON, and who makes its pages; without a maker the last good one
    /// goes on. Every open page is told.
    pub fn show(&self, made: String, findings: Vec<u8>, maker: Option<Sender<Ask>>) {
        let mut live = self.live();
        live.made = made;
        live.findings = findings;
        // The maker before is let go: it ends once its last page is made.
        live.maker = maker.or(live.maker.take());
        drop(live);
        self.changed.notify_all();
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Accepts connections for as long as the program runs.
    pub fn listen(self: &Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                // Out of handles: others will be given back.
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            let counted = Counted(Arc::clone(self));
            if self.open.fetch_add(1, Ordering::AcqRel) >= MAX_OPEN {
                continue;
            }
            // A browser that left, or a machine out of threads, is no matter: it will ask again.
            let _ = thread::Builder::new().spawn(move || counted.0.visit(stream));
        }
    }

    /// One connection: a request read, a reply written.
    fn visit(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let request = match Request::read(&mut stream) {
            Ok(request) => request,
            Err(status) => return refuse(&mut stream, status),
        };
        let own = request.path.strip_prefix(overlay::FOLDER);
        if own == Some("events") && !request.head_only {
            return self.tell(&mut stream);
        }
        let reply = match own {
            Some("findings.json") => Reply::new(200, http::kind(&request.path), self.live().findings.clone()),
            _ => match overlay::file(&request.path) {
                Some(text) => Reply::new(200, http::kind(&request.path), text),
                None => self.ask(request.path),
            },
        };
        reply.write(&mut stream, request.head_only)
    }

    /// Has the newest preview answer.
    fn ask(&self, path: String) -> Reply {
        let (made, maker) = {
            let live = self.live();
            (live.made.clone(), live.maker.clone())
        };
        let Some(maker) = maker else { return preview::nothing_yet(&made) };
        let (reply, answer) = mpsc::sync_channel(1);
        let asked = maker.send(Ask { path, made, reply });
        drop(maker);
        let failed =
            || Reply::new(500, http::TEXT, "500\nkhông dựng được trang này\nthis page cannot be made\n");
        asked.ok().and_then(|()| answer.recv_timeout(MAKING).ok()).unwrap_or_else(failed)
    }

    /// Tells an open page the name of the state now, and of each one that follows.
    fn tell(&self, stream: &mut TcpStream) -> io::Result<()> {
        let mut told = self.live().made.clone();
        // A browser that lost us asks again after half a second.
        write!(stream, "{}retry: 500\nevent: here\ndata: {told}\n\n", http::events_head())?;
        loop {
            let live = self.live();
            let waited = self.changed.wait_timeout_while(live, HEARTBEAT, |live| live.made == told);
            let (live, _) = waited.unwrap_or_else(PoisonError::into_inner);
            let made = live.made.clone();
            drop(live);
            if made == told {
                stream.write_all(b": \n\n")?;
            } else {
                write!(stream, "event: reload\ndata: {made}\n\n")?;
                told = made;
            }
        }
    }
}

/// Says why a request is not answered. What is left of it is read as well, or the reply would be lost with it.
fn refuse(stream: &mut TcpStream, status: u16) -> io::Result<()> {
    let words = format!("{status}\nchỉ xem trên máy này: http://127.0.0.1\nfor this machine only\n");
    Reply::new(status, http::TEXT, words).write(stream, false)?;
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(MAX_REST), &mut io::sink())?;
    Ok(())
}
