//! An article's CommonMark: looked through for slips when it is loaded, turned into HTML when it is rendered.
//! Raw HTML becomes text, links outside an allow-list disappear, and nothing a volunteer writes can run.

use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::prose;
use crate::diagnostic::{Diagnostic, Span};
use crate::vietnam::folding::{nearest, slug};
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use serde::Serialize;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// What an article holds besides its words.
#[derive(Debug, Default)]
pub struct Outline {
    /// How many words it has; an article is not counted on beyond [`FEWEST_WORDS`].
    pub words: usize,
    /// Whether it has a numbered list.
    pub steps: bool,
    /// Links to other entries.
    pub links: Vec<At<String>>,
    /// Pictures of the entry's folder.
    pub pictures: Vec<At<String>>,
    /// Slips, placed in the article.
    pub found: Vec<(Diagnostic, Span)>,
}

/// With fewer words an article says nothing that its summary did not: two or three sentences, read in ten seconds.
/// Vietnamese is counted in syllables, as it is written.
pub const FEWEST_WORDS: usize = 40;

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

impl Outline {
    /// Keeps a link by where it leads; one to a section of this article is handed back until its headings are known.
    fn link(&mut self, link: At<String>) -> Option<At<String>> {
        match target(&link) {
            Target::Entry => self.links.push(link),
            Target::Forbidden => self.found.push((prose::forbidden_link(&link), link.span)),
            Target::Section => return Some(link),
            Target::Elsewhere => {}
        }
        None
    }

    fn picture(&mut self, file: At<String>, described: bool) {
        if !described {
            self.found.push((prose::no_alt(&file), file.span));
        }
        if file.contains(['/', '\\', ':']) {
            self.found.push((prose::climbing_name(&file), file.span));
        } else {
            self.pictures.push(file);
        }
    }
}

/// Looks through an article. Spans count from the start of `article`.
pub fn outline(article: &str) -> Outline {
    let mut outline = Outline::default();
    if article.trim().is_empty() {
        outline.found.push((prose::empty_article(), Span::default()));
    }
    let mut html_end = None;
    let mut code = Vec::new();
    let mut picture: Option<(At<String>, bool)> = None;
    let mut sections = Vec::new();
    for (event, range) in Parser::new_ext(article, options()).into_offset_iter() {
        // A block's range takes in its line's end, which would show as a second line.
        let span = Span::new(range.start, range.start + article[range.clone()].trim_end().len());
        match event {
            Event::Html(code) | Event::InlineHtml(code) => {
                // Tags of one paragraph are one slip.
                if html_end.is_none_or(|end: usize| {
                    article[end.min(range.start)..range.start].contains(
                        "

",
                    )
                }) {
                    outline.found.push((prose::raw_html(&code), span));
                }
                html_end = Some(range.end);
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                outline.found.push((prose::first_level_heading(), span));
            }
            Event::Start(Tag::CodeBlock(_)) => code.push(range),
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                sections.extend(outline.link(At { value: dest_url.to_string(), span }))
            }
            Event::Start(Tag::List(Some(_))) => outline.steps = true,
            Event::Start(Tag::Image { dest_url, .. }) => {
                picture = Some((At { value: file_name(&dest_url), span }, false))
            }
            Event::Text(ref text) | Event::Code(ref text) => {
                if let Event::Code(_) = event {
                    code.push(range);
                }
                if outline.words < FEWEST_WORDS {
                    outline.words += text.split_whitespace().count();
                }
                if let Some((_, described)) = &mut picture {
                    *described |= !text.trim().is_empty();
                }
            }
            Event::End(TagEnd::Image) => {
                if let Some((file, described)) = picture.take() {
                    outline.picture(file, described);
                }
            }
            _ => {}
        }
    }
    outline.found.extend(blanks_in_addresses(article, &code));
    if !sections.is_empty() {
        let anchors = anchors(article);
        let lost = |link: &At<String>| Some((lost_section(link, &anchors)?, link.span));
        outline.found.extend(sections.iter().filter_map(lost));
    }
    outline
}

/// `![Cổng](cổng chính.jpg)`: an address with a blank, which CommonMark leaves as plain text.
fn blanks_in_addresses(article: &str, code: &[Range<usize>]) -> Vec<(Diagnostic, Span)> {
    let mut found = Vec::new();
    let mut code = code.iter().peekable();
    for (at, _) in article.match_indices("](") {
        while code.next_if(|range| range.end <= at).is_some() {}
        if code.peek().is_some_and(|range| range.contains(&at)) {
            continue;
        }
        let rest = &article[at + 2..article.floor_char_boundary(at + 2 + LONGEST_ADDRESS)];
        let Some(end) = rest.find([')', '\n']).filter(|end| rest[*end..].starts_with(')')) else { continue };
        let address = rest[..end].trim();
        let fenced = address.starts_with('<') || address.contains(['"', '\'', '(']);
        if address.contains(' ') && !fenced {
            found.push((prose::blank_in_address(address), Span::new(at + 2, at + 2 + end)));
        }
    }
    found
}

/// How far an address is looked for, in bytes.
const LONGEST_ADDRESS: usize = 300;

/// The items of an article's first ordered list, in plain words: the steps of a guide.
pub fn steps(article: &str) -> Vec<String> {
    let (mut steps, mut depth): (Vec<String>, usize) = (Vec::new(), 0);
    for event in Parser::new_ext(article, options()) {
        match event {
            Event::Start(Tag::List(Some(_))) if depth == 0 => depth = 1,
            Event::Start(Tag::List(_)) if depth > 0 => depth += 1,
            Event::End(TagEnd::List(_)) if depth == 1 => return steps,
            Event::End(TagEnd::List(_)) => depth = depth.saturating_sub(1),
            Event::Start(Tag::Item) if depth == 1 => steps.push(String::new()),
            Event::Text(text) | Event::Code(text) if depth > 0 => {
                if let Some(step) = steps.last_mut() {
                    step.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) if depth > 0 => {
                if let Some(step) = steps.last_mut().filter(|step| !step.is_empty()) {
                    step.push(' ');
                }
            }
            _ => {}
        }
    }
    steps
}

/// The ids of an article's headings, in order, as [`render`] gives them.
pub fn anchors(article: &str) -> Vec<String> {
    let (mut anchors, mut seen, mut heading) = (Vec::new(), HashSet::new(), None);
    for event in Parser::new_ext(article, options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(words) = &mut heading {
                    words.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                anchors.extend(heading.take().map(|words| own_anchor(&words, &mut seen)))
            }
            _ => {}
        }
    }
    anchors
}

/// The finding for a link whose part behind `#` is none of `anchors`; `None` where it is, and where nothing stands
/// behind the `#`, which leads to the top of the page.
pub fn lost_section(link: &str, anchors: &[String]) -> Option<Diagnostic> {
    let (before, section) = link.split_once('#').filter(|(_, section)| !section.is_empty())?;
    let wanted = anchor(&percent_encoding::percent_decode_str(section).decode_utf8_lossy());
    if anchors.contains(&wanted) {
        return None;
    }
    let near = nearest(&wanted, anchors.iter().map(String::as_str)).map(|near| format!("{before}#{near}"));
    Some(prose::no_such_section(link, near.as_deref()))
}

/// The id of a heading among those `seen` before it: one that is taken gets a number.
fn own_anchor(words: &str, seen: &mut HashSet<String>) -> String {
    let base = anchor(words);
    let mut own = base.clone();
    let mut count = 1;
    while !seen.insert(own.clone()) {
        count += 1;
        own = format!("{base}-{count}");
    }
    own
}

/// The id of a heading: its slug, beginning with a letter.
pub fn anchor(heading: &str) -> String {
    let slug = slug(heading);
    if slug.starts_with(|c: char| c.is_ascii_lowercase()) { slug } else { format!("muc-{slug}") }
}

/// A picture's file name as it is on the disk: `%20` and its kin are letters again.
fn file_name(address: &str) -> String {
    percent_encoding::percent_decode_str(address).decode_utf8_lossy().nfc().collect()
}

/// Where a link leads, by its spelling alone.
enum Target {
    /// Another entry: `id:` or `@/`.
    Entry,
    /// A heading of this article.
    Section,
    /// Another site, a mailbox, a telephone.
    Elsewhere,
    /// Anything else: `javascript:`, `data:`, a path of the disk.
    Forbidden,
}

fn target(address: &str) -> Target {
    let small = address.trim().to_ascii_lowercase();
    if small.starts_with("id:") || small.starts_with("@/") {
        Target::Entry
    } else if small.starts_with('#') {
        Target::Section
    } else if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| small.starts_with(scheme)) {
        Target::Elsewhere
    } else {
        Target::Forbidden
    }
}

/// How an article's addresses become those of the page it is shown on.
pub struct Surroundings<'a> {
    /// Put before every `id`, so that two languages can stand on one page.
    pub prefix: &'a str,
    /// The address of a linked entry on this page; `None` leaves the words without a link.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// A picture of the entry's folder.
    pub picture: &'a dyn Fn(&str) -> Option<Shown>,
}

/// A picture as a page shows it.
#[derive(Serialize)]
pub struct Shown {
    /// The address of its plainest form: a drawing, or a JPEG.
    pub src: String,
    /// The WebPs of a photo for phones, as a `srcset`: a sharp screen does not make them fetch the widest.
    pub phone: Option<String>,
    /// The WebPs of a photo for wider screens.
    pub desk: Option<String>,
    /// Width in pixels of its widest form.
    pub width: u32,
    /// Height in pixels of its widest form.
    pub height: u32,
}

/// The article as HTML.
pub fn render(article: &str, around: &Surroundings<'_>) -> String {
    let events: Vec<Event<'_>> = Parser::new_ext(article, options()).collect();
    let mut safe =
        Safe { around, out: Vec::with_capacity(events.len()), headings: HashSet::new(), unlinked: 0 };
    let mut at = 0;
    while at < events.len() {
        at += safe.take(&events[at..]);
    }
    let mut out = String::with_capacity(article.len() * 5 / 4);
    html::push_html(&mut out, safe.out.into_iter());
    out
}

struct Safe<'a, 'e> {
    around: &'a Surroundings<'a>,
    out: Vec<Event<'e>>,
    headings: HashSet<String>,
    /// Links opened whose tag was dropped.
    unlinked: usize,
}

impl<'e> Safe<'_, 'e> {
    /// Passes on the first event, or what stands for it; says how many events were used up.
    fn take(&mut self, events: &[Event<'e>]) -> usize {
        match &events[0] {
            Event::Html(code) | Event::InlineHtml(code) => self.out.push(Event::Text(code.clone())),
            Event::Start(Tag::HtmlBlock) => self.out.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.out.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Heading { level, .. }) => self.heading(*level, events),
            Event::End(TagEnd::Heading(level)) => {
                self.out.push(Event::End(TagEnd::Heading((*level).max(HeadingLevel::H2))))
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                match self.address(*link_type, dest_url) {
                    Some(address) => self.out.push(Event::Start(Tag::Link {
                        link_type: if *link_type == LinkType::Email { LinkType::Inline } else { *link_type },
                        dest_url: address.into(),
                        title: title.clone(),
                        id: id.clone(),
                    })),
                    None => self.unlinked += 1,
                }
            }
            Event::End(TagEnd::Link) if self.unlinked > 0 => self.unlinked -= 1,
            Event::Start(Tag::Image { dest_url, .. }) => return self.picture(dest_url, events),
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let name = self.prefixed(name);
                self.out.push(Event::Start(Tag::FootnoteDefinition(name)));
            }
            Event::FootnoteReference(name) => {
                let name = self.prefixed(name);
                self.out.push(Event::FootnoteReference(name));
            }
            Event::Start(Tag::Table(columns)) => {
                self.out.push(Event::Html("<div class=\"table\" tabindex=\"0\">".into()));
                // Alignment would be written as `style=""`, which the page's policy forbids.
                self.out.push(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])));
            }
            Event::End(TagEnd::Table) => {
                self.out.push(Event::End(TagEnd::Table));
                self.out.push(Event::Html("</div>\n".into()));
            }
            other => self.out.push(other.clone()),
        }
        1
    }

    fn prefixed(&self, name: &str) -> CowStr<'e> {
        // No slug holds `_`, so that a note never takes the id of a heading.
        format!("{}note_{name}", self.around.prefix).into()
    }

    fn address(&self, link_type: LinkType, written: &str) -> Option<String> {
        if link_type == LinkType::Email {
            return Some(format!("mailto:{written}"));
        }
        match target(written) {
            Target::Entry => (self.around.link)(written),
            Target::Section => Some(format!("#{}{}", self.around.prefix, anchor(&written[1..]))),
            Target::Elsewhere => Some(written.trim().to_owned()),
            Target::Forbidden => None,
        }
    }

    fn heading(&mut self, level: HeadingLevel, events: &[Event<'e>]) {
        let words: String = events
            .iter()
            .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
            .filter_map(|event| {
                if let Event::Text(text) | Event::Code(text) = event { Some(text.as_ref()) } else { None }
            })
            .collect();
        let own = own_anchor(&words, &mut self.headings);
        let id = format!("{}{own}", self.around.prefix);
        self.out.push(Event::Start(Tag::Heading {
            level: level.max(HeadingLevel::H2),
            id: Some(id.into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        }));
    }

    fn picture(&mut self, file: &str, events: &[Event<'e>]) -> usize {
        let len = events.iter().position(|event| matches!(event, Event::End(TagEnd::Image))).unwrap_or(0) + 1;
        let alt: String = events[..len]
            .iter()
            .filter_map(|event| {
                if let Event::Text(text) | Event::Code(text) = event { Some(text.as_ref()) } else { None }
            })
            .collect();
        match (self.around.picture)(&file_name(file)) {
            Some(Shown { src, phone, desk, width, height }) => {
                let mut tag = String::new();
                let photo = phone.zip(desk);
                if let Some((phone, desk)) = &photo {
                    let _ = write!(
                        tag,
                        "<picture><source type=\"image/webp\" media=\"(max-width:40rem)\" srcset=\"{phone}\" sizes=\"100vw\">\
                         <source type=\"image/webp\" srcset=\"{desk}\" sizes=\"38em\">"
                    );
                }
                let _ = write!(
                    tag,
                    "<img src=\"{src}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" alt=\""
                );
                push_escaped(&mut tag, &alt);
                tag.push_str(if photo.is_some() { "\"></picture>" } else { "\">" });
                self.out.push(Event::InlineHtml(tag.into()));
            }
            None => self.out.push(Event::Text(alt.into())),
        }
        len
    }
}

/// Text as it may stand between tags or in a quoted attribute.
pub fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(article: &str) -> String {
        let around = Surroundings {
            prefix: "vi-",
            link: &|target| (target == "id:R8CDTS").then(|| "../den-bia/".to_owned()),
            picture: &|file| {
                let src = "../p/1.jpg".to_owned();
                (file == "chuong.jpg").then_some(Shown { src, phone: None, desk: None, width: 3, height: 2 })
            },
        };
        render(article, &around)
    }

    #[test]
    fn links_and_pictures_become_the_pages_own() {
        assert_eq!(html("[Đền Bia](id:R8CDTS)"), "<p><a href=\"../den-bia/\">Đền Bia</a></p>\n");
        assert_eq!(html("[Nháp](id:4HWTNB)"), "<p>Nháp</p>\n");
        assert_eq!(
            html("![Chuông \"cổ\"](chuong.jpg)"),
            "<p><img src=\"../p/1.jpg\" width=\"3\" height=\"2\" loading=\"lazy\" alt=\"Chuông &quot;cổ&quot;\"></p>\n"
        );
        assert!(html("# Một\n\n## Một\n").contains("<h2 id=\"vi-mot\">Một</h2>\n<h2 id=\"vi-mot-2\">"));
    }

    #[test]
    fn nothing_that_runs_gets_through() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt&colon;alert(1))",
            "![x](data:text/html,<script>)",
            "## Tên {#a onclick=alert(1)}",
            "[x]( data:text/html;base64,AAAA )",
            "<https://a.example/\"onmouseover=alert(1)>",
        ] {
            let out = html(hostile);
            let tags: Vec<&str> = out.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect();
            assert!(
                !tags.iter().any(|tag| tag.starts_with("script") || tag.contains(" on")),
                "{hostile}: {out}"
            );
            assert!(!out.contains("href=\"javascript") && !out.contains("src=\"data"), "{hostile}: {out}");
        }
    }

    #[test]
    fn slips_are_found_with_their_place() {
        let outline = outline("# Tên\n\n<b>x</b> ![](a.jpg) [y](javascript:z)\n");
        let codes: Vec<u16> = outline.found.iter().map(|(finding, _)| finding.code.0).collect();
        assert_eq!(codes, [212, 205, 209, 206]);
        assert_eq!(outline.pictures[0].value, "a.jpg");
    }
}
