//! What a preview adds to a page that a build does not have: a script that reloads it and lays the findings over it.
//! The page's own policy is loosened for that script and nothing else; findings travel as JSON and are shown as text.

use crate::diagnostic::{Diagnostic, Failure, Lang, Severity, show};
use serde_json::json;
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

/// A page with the preview's script in it: the policy of every page lets files of its own host in. `made` names the state of the site that the page shows.
pub fn onto(page: &str, made: &str) -> String {
    let script = format!("<script src=\"/{FOLDER}preview.js\" data-made=\"{made}\" defer></script>");
    match page.find("</head>") {
        Some(at) => format!("{}{script}{}", &page[..at], &page[at..]),
        None => format!("{page}{script}"),
    }
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
    fn the_script_stands_in_the_head_or_at_the_end() {
        let script = "<script src=\"/.dautich/preview.js\" data-made=\"7\" defer></script>";
        assert_eq!(onto("<head></head><p>x</p>", "7"), format!("<head>{script}</head><p>x</p>"));
        assert_eq!(onto("x", "7"), format!("x{script}"));
    }
}
