//! Findings as an editor reads them on a terminal, and as another program reads them in JSON.
//! Never decides the order or the exit code; the texts of the files are handed in.

use super::{Diagnostic, Lang, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

/// The findings as text, one after another. `source` gives a file's text by its name; `colour` allows ANSI colours.
pub fn text(
    findings: &[Diagnostic],
    lang: Lang,
    colour: bool,
    source: impl Fn(&str) -> Option<String>,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut shown = String::new();
    let mut last: (String, Option<String>) = (String::new(), None);
    for finding in findings {
        if last.0 != finding.file || last.1.is_none() {
            last = (finding.file.clone(), source(&finding.file));
        }
        shown.push_str(&one(finding, lang, last.1.as_deref(), &renderer));
        shown.push('\n');
    }
    shown
}

fn one(finding: &Diagnostic, lang: Lang, source: Option<&str>, renderer: &Renderer) -> String {
    let name = |vi: &'static str, en: &'static str| if lang == Lang::EN { en } else { vi };
    let level = match finding.severity {
        Severity::Warning => Level::WARNING.with_name(name("cảnh báo", "warning")),
        Severity::Error => Level::ERROR.with_name(name("lỗi", "error")),
        Severity::Break => Level::ERROR.with_name(name("chặn", "blocked")),
    };
    let code = finding.code.to_string();
    let title = level.primary_title(finding.message.get(lang)).id(code.as_str());
    let group = match (source, finding.span) {
        (Some(source), Some(span)) => {
            let range = span.range();
            let range = range.start.min(source.len())..range.end.min(source.len());
            let snippet = Snippet::source(source).path(finding.file.as_str());
            title.element(snippet.annotation(AnnotationKind::Primary.span(range)))
        }
        _ if finding.file.is_empty() => Group::with_title(title),
        _ => title.element(annotate_snippets::Origin::path(finding.file.as_str())),
    };
    let body = renderer.render(&[group]);
    format!("{body}\n{}: {}\n", name("cách sửa", "help"), finding.help.get(lang))
}

/// The line and column, from 1 and in characters, of a byte offset.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset.min(text.len()))];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The findings as JSON: `{"version":1,"diagnostics":[{"code","severity","file","line","column",...}]}`.
/// Both languages are always there, so that the reader may choose.
pub fn json(findings: &[Diagnostic], source: impl Fn(&str) -> Option<String>) -> Value {
    let mut last: (&str, Option<String>) = ("", None);
    let list: Vec<Value> = findings
        .iter()
        .map(|finding| {
            if finding.span.is_some() && last.0 != finding.file {
                last = (finding.file.as_str(), source(&finding.file));
            }
            let text = last.1.as_ref().filter(|_| finding.span.is_some());
            let place = |offset: u32| text.map(|text| line_and_column(text, offset as usize));
            let (from, to) = match finding.span {
                Some(span) => (place(span.start), place(span.end)),
                None => (None, None),
            };
            json!({
                "code": finding.code.to_string(),
                "severity": match finding.severity {
                    Severity::Warning => "warning",
                    Severity::Error => "error",
                    Severity::Break => "break",
                },
                "file": finding.file,
                "line": from.map(|at| at.0),
                "column": from.map(|at| at.1),
                "end_line": to.map(|at| at.0),
                "end_column": to.map(|at| at.1),
                "message": finding.message,
                "help": finding.help,
            })
        })
        .collect();
    json!({ "version": 1, "diagnostics": list })
}
