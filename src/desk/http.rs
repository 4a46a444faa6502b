//! The head of a request becomes a path of the site; a reply becomes bytes. As little of HTTP/1.1 as a browser on the
//! same machine needs: GET and HEAD, no body, one request a connection. Never opens a socket or a file.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::io::{self, Read, Write};

/// The longest head of a request, in bytes.
const MAX_HEAD: usize = 16 * 1024;
/// The most reads a head may come in; with the socket's own time limit this bounds how long a connection is held.
const MAX_READS: usize = 32;
/// What a path may not hold as it is, beside what is not ASCII.
const IN_PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'\\');

/// What a browser asks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// Whether only the head of the reply is wanted.
    pub head_only: bool,
    /// The path without its first `/`, decoded; it may name nothing at all.
    pub path: String,
}

/// What is sent back.
#[derive(Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The type of the content.
    pub kind: &'static str,
    /// The content.
    pub body: Vec<u8>,
    /// Where a redirect leads, as it is written in the head.
    pub location: Option<String>,
    /// Whether the browser may keep it for a while: only what is named by its content.
    pub keep: bool,
}

impl Request {
    /// Reads the head of a request.
    ///
    /// # Errors
    /// The status to refuse it with: 400 malformed, 403 a foreign host, 405 another method, 408 too slow, 431 too long.
    pub fn read(from: &mut impl Read) -> Result<Self, u16> {
        let head = head(from)?;
        let mut lines = head.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (method, target, version) = (words.next(), words.next().unwrap_or_default(), words.next());
        if !version.is_some_and(|version| version.starts_with("HTTP/1.")) || words.next().is_some() {
            return Err(400);
        }
        let hosts: Vec<&str> = lines
            .filter_map(|line| line.split_once(':'))
            .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
            .map(|(_, host)| host.trim())
            .collect();
        if !matches!(hosts[..], [host] if is_here(host)) {
            return Err(403);
        }
        let head_only = match method {
            Some("GET") => false,
            Some("HEAD") => true,
            _ => return Err(405),
        };
        let path = target.strip_prefix('/').ok_or(400_u16)?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8().map_err(|_| 400_u16)?.into_owned();
        Ok(Self { head_only, path })
    }
}

/// Whether a host is this machine by one of its own names. Any other name was pointed here by a stranger, who could
/// then read the drafts from a page of theirs (DNS rebinding).
fn is_here(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let here = name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost");
    here && port.parse::<u16>().is_ok()
}

/// The bytes up to the empty line.
fn head(from: &mut impl Read) -> Result<String, u16> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    for _ in 0..MAX_READS {
        let read = from.read(&mut part).map_err(|_| 408_u16)?;
        if read == 0 {
            return Err(400);
        }
        bytes.extend_from_slice(&part[..read]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            bytes.truncate(end);
            return String::from_utf8(bytes).map_err(|_| 400);
        }
        if bytes.len() > MAX_HEAD {
            return Err(431);
        }
    }
    Err(408)
}

impl Reply {
    /// A reply with content.
    pub fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, kind, body: body.into(), location: None, keep: false }
    }

    /// Sends the browser to a path of this site for good, as a host does where the closing slash is missing.
    pub fn moved(path: &str) -> Self {
        let location = format!("/{}", utf8_percent_encode(path, IN_PATH));
        Self { location: Some(location), ..Self::new(301, TEXT, "301\n") }
    }

    /// Writes the reply; `head_only` leaves the content out.
    ///
    /// # Errors
    /// Where the other end no longer listens.
    pub fn write(&self, to: &mut impl Write, head_only: bool) -> io::Result<()> {
        let cache = if self.keep { "private, max-age=600" } else { "no-store" };
        let length = format!("Content-Length: {}\r\n", self.body.len());
        let location = self.location.as_ref().map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
        let head = head_lines(self.status, self.kind, cache);
        to.write_all(format!("{head}{length}{location}\r\n").as_bytes())?;
        if !head_only {
            to.write_all(&self.body)?;
        }
        to.flush()
    }
}

/// The head of a stream of events, which has no length and does not end.
pub fn events_head() -> String {
    format!("{}\r\n", head_lines(200, "text/event-stream", "no-store"))
}

fn head_lines(status: u16, kind: &str, cache: &str) -> String {
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nCache-Control: {cache}\r\nConnection: close\r\n\
         X-Content-Type-Options: nosniff\r\nX-Frame-Options: SAMEORIGIN\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\n{allow}",
        reason(status)
    )
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Bad Request",
    }
}

/// Plain text.
pub const TEXT: &str = "text/plain; charset=utf-8";
/// A page.
pub const HTML: &str = "text/html; charset=utf-8";

/// The type of a file, by its ending.
pub fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => HTML,
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("geojson") => "application/geo+json",
        Some("webmanifest") => "application/manifest+json",
        Some("xml") => "application/xml",
        Some("csv") => "text/csv; charset=utf-8",
        Some("tsv") => "text/tab-separated-values; charset=utf-8",
        Some("txt" | "md") => TEXT,
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        Some("mp3") => "audio/mpeg",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Result<Request, u16> {
        Request::read(&mut head.as_bytes())
    }

    #[test]
    fn a_request_is_a_path_of_this_host() {
        let path = |target: &str| read(&format!("GET {target} HTTP/1.1\r\nhost: LOCALHOST:1111\r\n\r\n"));
        assert_eq!(path("/vi/%C4%91%E1%BB%81n/?x=/..").unwrap().path, "vi/đền/");
        assert_eq!(path("/").unwrap().path, "");
        assert_eq!(path("/%ff"), Err(400));
        assert_eq!(path("http://localhost/"), Err(400));
        let head = read("HEAD /a HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
        assert!(head.head_only && head.path == "a");
    }

    #[test]
    fn what_is_no_request_of_a_browser_here_is_refused() {
        let get = |rest: &str| read(&format!("GET / HTTP/1.1\r\n{rest}\r\n\r\n"));
        assert_eq!(get("Host: dautich.vn"), Err(403));
        assert_eq!(get("Host: 127.0.0.1.evil.example"), Err(403));
        assert_eq!(get("Host: 127.0.0.1:80@evil.example"), Err(403));
        assert_eq!(get("Host: localhost\r\nHost: evil.example"), Err(403));
        assert_eq!(get("Accept: */*"), Err(403));
        assert_eq!(read("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"), Err(405));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: localhost\r\n"), Err(400));
        assert_eq!(read(&format!("GET /{} HTTP/1.1\r\n", "a".repeat(MAX_HEAD))), Err(431));
        assert_eq!(read("\u{16}\u{3}\u{1}\r\n\r\n"), Err(400));
    }

    #[test]
    fn a_redirect_stays_on_this_host() {
        assert_eq!(Reply::moved("vi/đền/").location.unwrap(), "/vi/%C4%91%E1%BB%81n/");
    }
}
