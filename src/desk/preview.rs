//! A path becomes what a real host would answer, made on demand from the plan of a site, errors and all.
//! Nothing is written; what has errors is left out and what is healthy is served.

use super::http::{self, HTML, Reply};
use super::overlay;
use crate::build::articles::Trouble;
use crate::build::plan::{Output, Plan, Task};
use crate::build::render::{Reading, Renderer};
use crate::build::renditions::Renditions;
use crate::build::source::Source;
use crate::build::theme::Theme;
use crate::diagnostic::Text;
use std::collections::HashMap;

/// One state of a site, as a host would show it.
pub struct Preview<'a> {
    renderer: Renderer<'a>,
    /// Where each path stands in the plan; the first where two entries claim one.
    places: HashMap<&'a str, &'a Output<'a>>,
}

impl<'a> Preview<'a> {
    /// A preview of a plan; `base_url` is where it is served.
    pub fn new(
        plan: &'a Plan<'a>,
        source: &'a Source,
        renditions: &'a Renditions<'a>,
        theme: &'a Theme,
        base_url: &'a str,
    ) -> Self {
        let mut places = HashMap::with_capacity(plan.outputs.len());
        for output in &plan.outputs {
            places.entry(output.path.as_str()).or_insert(output);
        }
        Self { renderer: Renderer { plan, source, renditions, theme, base_url }, places }
    }

    /// What stands at a path: a file, the index of a folder, a redirect to the closing slash, or the page for what is
    /// not there. A page carries `made`, the name of the newest state, so that it knows when it is old.
    pub fn answer(&self, path: &str, made: &str) -> Reply {
        let folder = path.is_empty() || path.ends_with('/');
        let index = format!("{path}{}index.html", if folder { "" } else { "/" });
        match self.places.get(if folder { index.as_str() } else { path }) {
            // A worker would keep old pages from being replaced; one that an earlier day left behind takes its leave.
            Some(_) if path == "sw.js" => Reply::new(200, http::kind(path), NO_WORKER),
            Some(output) => self.make(output, 200, made),
            None if !folder && self.places.contains_key(index.as_str()) => Reply::moved(&format!("{path}/")),
            None => match self.places.get("404.html") {
                Some(output) => self.make(output, 404, made),
                None => page(404, &not_here(), &Text::new("", ""), made),
            },
        }
    }

    fn make(&self, output: &Output<'a>, status: u16, made: &str) -> Reply {
        let kind = http::kind(&output.path);
        match self.renderer.bytes(output, &mut Reading::default()) {
            Ok(bytes) if kind == HTML => {
                Reply::new(status, kind, overlay::onto(&String::from_utf8_lossy(&bytes), made))
            }
            Ok(bytes) => {
                let keep = matches!(output.task, Task::Photo(..));
                Reply { keep, ..Reply::new(status, kind, bytes) }
            }
            Err(Trouble::Found(finding)) => page(500, &finding.message, &finding.help, made),
            Err(Trouble::Failed(failure)) => page(500, &failure.message, &failure.help, made),
        }
    }
}

/// What a service worker of the site is replaced with.
const NO_WORKER: &str = "self.addEventListener(\"install\",()=>self.skipWaiting());\n\
    self.addEventListener(\"activate\",()=>self.registration.unregister());\n";

/// The page for an address of nothing.
fn not_here() -> Text {
    Text::new("không có trang này", "there is no such page")
}

/// What is shown while there is no site to show: `dautich.yaml` or the theme cannot be read.
pub fn nothing_yet(made: &str) -> Reply {
    let message = Text::new("chưa có gì để xem", "there is nothing to show yet");
    let help = Text::new(
        "sửa những lỗi ghi bên dưới; trang tự hiện ra",
        "mend what is listed below; the page then appears by itself",
    );
    page(503, &message, &help, made)
}

/// A plain page in both languages, with the preview's script.
fn page(status: u16, message: &Text, help: &Text, made: &str) -> Reply {
    let paragraph =
        |text: &str| if text.is_empty() { String::new() } else { format!("<p>{}</p>\n", escape(text)) };
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{status} · Dấu Tích</title>\n</head>\n<body>\n\
         <h1>{}</h1>\n{}<div lang=\"en\">\n<h2>{}</h2>\n{}</div>\n<p><a href=\"/\">Trang chủ · Home</a></p>\n</body>\n</html>\n",
        escape(&message.vi),
        paragraph(&help.vi),
        escape(&message.en),
        paragraph(&help.en),
    );
    Reply::new(status, HTML, overlay::onto(&page, made))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
