//! What a preview adds to a page that a build does not have: a script that reloads it and lays the findings over it.
//! The page's own policy is loosened for that script and nothing else; findings travel as JSON and are shown as text.

use crate::diagnostic::{Diagnostic, Failure, Lang, Severity, show};
use serde_json::json;
use std::borrow::Cow;
use std::cmp::Reverse;

/// The folder of addresses that only a preview answers. The name is kept: no site can plan a file there.
pub const FOLDER: &str = ".dautich/";
/// Findings that a page shows at most; the terminal shows them all.
const MAX_SHOWN: usize = 200;

/// The preview's own file at a path, if it is one.
pub fn file(path: &str) -> Option<&'static str> {
    match path.strip_prefix(FOLDER)? {
        "preview.js" => Some(include_str!("overlay.js")),
        "preview.css" => Some(include_str!("overlay.css")),
        _ => None,
    }
}

/// A page with the preview's script in it. `made` names the state of the site that the page shows.
pub fn onto(page: &str, made: &str) -> String {
    let script = format!("<script src=\"/{FOLDER}preview.js\" data-made=\"{made}\" defer></script>");
    let page = loosened(page);
    match page.find("</head>") {
        Some(at) => format!("{}{script}{}", &page[..at], &page[at..]),
        None => format!("{page}{script}"),
    }
}

/// The page with `'self'` in those directives of its policy that the preview's own files need.
fn loosened(page: &str) -> Cow<'_, str> {
    let policy = page.find("http-equiv=\"Content-Security-Policy\"").and_then(|meta| {
        let start = meta + page[meta..].find("content=\"")? + "content=\"".len();
        Some((start, start + page[start..].find('"')?))
    });
    let Some((start, end)) = policy else { return Cow::Borrowed(page) };
    let written = page[start..end].replace("&#39;", "'").replace("&#x27;", "'");
    let mut directives: Vec<String> = written.split(';').map(|each| each.trim().to_owned()).collect();
    directives.retain(|each| !each.is_empty());
    let sources = |directives: &[String], name: &str| {
        let found = directives.iter().position(|each| each.split(' ').next() == Some(name))?;
        Some((found, directives[found][name.len()..].replace("'none'", "")))
    };
    for name in ["script-src", "style-src", "connect-src"] {
        match sources(&directives, name) {
            Some((at, own)) => directives[at] = format!("{name} 'self' {}", own.trim()),
            None => {
                let Some((_, own)) = sources(&directives, "default-src") else { continue };
                directives.push(format!("{name} 'self' {}", own.trim()));
            }
        }
    }
    Cow::Owned(format!("{}{}{}", &page[..start], directives.join("; "), &page[end..]))
}

/// The findings for the script, the worst first: `{"lang","errors","warnings","failure","diagnostics":[…]}`.
pub fn findings(
    found: &[Diagnostic],
    failure: Option<&Failure>,
    lang: Lang,
    source: impl Fn(&str) -> Option<String>,
) -> Vec<u8> {
    let warnings = found.iter().filter(|finding| finding.severity == Severity::Warning).count();
    let mut worst = found.to_vec();
    worst.sort_by_key(|finding| Reverse(finding.severity));
    worst.truncate(MAX_SHOWN);
    json!({
        "lang": lang.as_str(),
        "errors": found.len() - warnings,
        "warnings": warnings,
        "failure": failure.map(|failure| json!({ "message": failure.message, "help": failure.help })),
        "diagnostics": show::json(&worst, source)["diagnostics"],
    })
    .to_string()
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_previews_own_files_are_let_in() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; \
                    connect-src &#39;none&#39;; script-src &#39;sha256-x&#39;\"></head><p>script-src</p>";
        assert_eq!(
            onto(page, "7"),
            "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; connect-src 'self' ; \
             script-src 'self' 'sha256-x'; style-src 'self' \">\
             <script src=\"/.dautich/preview.js\" data-made=\"7\" defer></script></head><p>script-src</p>"
        );
        assert_eq!(onto("x", "7"), "x<script src=\"/.dautich/preview.js\" data-made=\"7\" defer></script>");
    }
}
