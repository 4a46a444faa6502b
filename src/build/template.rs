//! A template's own markup, looked through for what the page's Content-Security-Policy forbids: it would be there and
//! silently do nothing. Reads tags and attributes; what a template puts in between is not its markup.

use crate::diagnostic::rules::themes;
use crate::diagnostic::{Diagnostic, Span};

/// What may stand inside `style` and `script`: the constant code whose hashes the policy names, as the theme gives it.
const CONSTANT: [(&str, &str); 4] = [
    ("style", "{{ css | safe }}"),
    ("style", "{{ lists_css | safe }}"),
    ("style", "{{ take_css | safe }}"),
    ("script", "{{ js | safe }}"),
];

/// The findings of one template, placed in its text.
pub fn forbidden(template: &str) -> Vec<(Diagnostic, Span)> {
    let markup = without_expressions(template);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = markup[at..].find('<').map(|start| at + start) {
        let rest = &markup[start..];
        if rest.starts_with("<!--") {
            at = start + rest.find("-->").unwrap_or(rest.len());
            continue;
        }
        let name: String = rest[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        at = start + 1;
        if name.is_empty() {
            continue;
        }
        let attributes = attributes(&markup, start + 1 + name.len());
        at = attributes.end;
        for (attribute, value, span) in &attributes.list {
            let small = attribute.to_ascii_lowercase();
            let handler = small.len() > 2 && small.starts_with("on");
            if small == "style" || handler || runs(value) {
                found.push((themes::forbidden_markup(template[span.range()].trim()), *span));
            }
        }
        let small = name.to_ascii_lowercase();
        let Some((tag, _)) = CONSTANT.into_iter().find(|(tag, _)| *tag == small) else { continue };
        let end =
            markup[at..].to_ascii_lowercase().find(&format!("</{tag}")).map_or(markup.len(), |end| at + end);
        let is = |name: &str, wanted: &str| {
            attributes
                .list
                .iter()
                .any(|(other, value, _)| other == name && (wanted.is_empty() || value == wanted))
        };
        let data = tag == "script" && (is("type", "application/ld+json") || is("src", ""));
        let code = template[at..end].trim();
        if !data && !CONSTANT.contains(&(tag, code)) && !code.is_empty() {
            found.push((themes::forbidden_markup(&format!("<{tag}>")), Span::new(start, attributes.end)));
        }
        at = end;
    }
    found
}

/// Whether an address runs instead of leading somewhere; browsers pass over blanks and controls in it.
fn runs(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    plain.to_ascii_lowercase().starts_with("javascript:")
}

struct Attributes {
    /// Name, value and place of each.
    list: Vec<(String, String, Span)>,
    /// Behind the tag.
    end: usize,
}

fn attributes(markup: &str, mut at: usize) -> Attributes {
    let mut list = Vec::new();
    let skip =
        |at: usize, ends: &dyn Fn(char) -> bool| markup[at..].find(ends).map_or(markup.len(), |n| at + n);
    loop {
        at = skip(at, &|c| !c.is_whitespace() && c != '/');
        if markup[at..].is_empty() || markup[at..].starts_with('>') {
            return Attributes { list, end: (at + 1).min(markup.len()) };
        }
        let start = at;
        // The first letter is taken whatever it is, so that every round goes on.
        let first = markup[at..].chars().next().map_or(1, char::len_utf8);
        at = skip(at + first, &|c| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
        let name = markup[start..at].to_owned();
        let sign = skip(at, &|c| !c.is_whitespace());
        let mut value = String::new();
        if markup[sign..].starts_with('=') {
            let open = skip(sign + 1, &|c| !c.is_whitespace());
            let quote = markup[open..].chars().next().filter(|c| matches!(c, '"' | '\''));
            let from = open + usize::from(quote.is_some());
            let end = match quote {
                Some(quote) => skip(from, &|c| c == quote),
                None => skip(from, &|c| c.is_whitespace() || c == '>'),
            };
            markup[from..end].clone_into(&mut value);
            at = (end + usize::from(quote.is_some())).min(markup.len());
        }
        list.push((name, value, Span::new(start, at)));
    }
}

/// The template with blanks for what its language puts between `{{ }}`, `{% %}` and `{# #}`; every byte keeps its place.
fn without_expressions(template: &str) -> String {
    let mut markup = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min() {
        let close = match &rest[start..start + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let end = rest[start..].find(close).map_or(rest.len(), |end| start + end + 2);
        markup.push_str(&rest[..start]);
        markup.extend(std::iter::repeat_n(' ', end - start));
        rest = &rest[end..];
    }
    markup + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &str) -> Vec<&str> {
        forbidden(template).into_iter().map(|(_, span)| &template[span.range()]).collect()
    }

    #[test]
    fn what_the_policy_forbids_is_found_where_it_stands() {
        assert_eq!(shown("<p style=\"color:red\">"), ["style=\"color:red\""]);
        assert_eq!(shown("<p\n  OnClick = 'x()' title=\"a > b\">"), ["OnClick = 'x()'"]);
        assert_eq!(
            shown("<a{% if x %} class=\"{{ x }}\"{% endif %} href=\" Java\nScript:x\">"),
            ["href=\" Java\nScript:x\""]
        );
        assert_eq!(shown("<script>alert(1)</script><style>p{}</style>"), ["<script>", "<style>"]);
        assert_eq!(shown("<svg/onload=x>"), ["onload=x"]);
        assert_eq!(shown("<script>{{ js | safe }};more()</script>"), ["<script>"]);
    }

    #[test]
    fn what_it_allows_is_left_alone() {
        for template in [
            "<style>{{ css | safe }}</style>\n<script>\n{{ js | safe }}\n</script>",
            "<script type=\"application/ld+json\">{{ structured | safe }}</script>",
            "<!-- <p style=x> --> {# <p onclick=x> #} {% if a < b %}<p title=\"style='x'\">style=\"x\" onclick=</p>{% endif %}",
            "1 < 2 <p",
            "<p data-style=\"x\" content=\"javascript\">",
            "<p {{ \"{% }",
        ] {
            assert_eq!(shown(template), [""; 0], "{template}");
        }
    }
}
