//! What search engines, feed readers and hosts fetch: the sitemap, robots.txt, the Atom feed, the headers file.
//! Names only pages that are published and translated; landings stay out (they are canonical to the pages named here).

use super::plan::{Plan, SITEMAP_LIMIT};
use crate::diagnostic::Lang;
use crate::site::Entry;
use std::fmt::Write as _;

/// Entries in the feed.
const FEED: usize = 50;

/// Text as it may stand in XML, in content and in quoted attributes.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // XML 1.0 has no place for control characters, escaped or not.
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}

fn is_public(entry: &Entry) -> bool {
    !entry.draft.value && entry.withdrawn.is_none()
}

/// One sitemap: the `number`th run of [`SITEMAP_LIMIT`] addresses, from 0.
pub fn sitemap(plan: &Plan<'_>, base_url: &str, number: usize) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, day) in plan.addresses().skip(number * SITEMAP_LIMIT).take(SITEMAP_LIMIT) {
        let _ = write!(out, "<url><loc>{}{}</loc>", xml(base_url), xml(path));
        if let Some(day) = day {
            let _ = write!(out, "<lastmod>{day}</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

/// The index of `count` sitemaps, where one does not hold them all.
pub fn sitemap_index(base_url: &str, count: usize) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for number in 1..=count {
        let _ = writeln!(out, "<sitemap><loc>{}sitemap-{number}.xml</loc></sitemap>", xml(base_url));
    }
    out.push_str("</sitemapindex>\n");
    out.into_bytes()
}

/// `robots.txt`: everything may be read.
pub fn robots(base_url: &str) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n").into_bytes()
}

/// `_headers` for hosts that read one (Cloudflare Pages, Netlify): the page's own policy again, and long life for
/// files named by their content. What the search fetches is asked for anew each time: what was withdrawn must not be
/// found there. So is the service worker: an old one must not outlive its theme. `base` is the path the site is served under, with both slashes.
pub fn headers(policy: &str, base: &str) -> Vec<u8> {
    format!(
        "{base}*\n  Content-Security-Policy: {policy}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n\n{base}photos/*\n  \
         Cache-Control: public, max-age=31536000, immutable\n\n{base}data/search/*\n  Cache-Control: no-cache\n\n{base}sw.js\n  Cache-Control: no-cache\n\n{base}fonts/*\n  Cache-Control: public, max-age=31536000\n"
    )
    .into_bytes()
}

/// The Atom feed of one language: the entries last changed, newest first. Its day is the newest entry's, not today's.
pub fn atom(plan: &Plan<'_>, base_url: &str, lang: Lang) -> Vec<u8> {
    let site = plan.site;
    let changed = |entry: &&&Entry| entry.article(lang).is_some() && entry.updated.is_some();
    let mut entries: Vec<&Entry> =
        plan.shown.iter().filter(|entry| is_public(entry)).filter(changed).copied().collect();
    entries.sort_by(|a, b| (b.updated, a.id.value).cmp(&(a.updated, b.id.value)));
    entries.truncate(FEED);
    let newest = entries.first().and_then(|entry| entry.updated).unwrap_or(plan.date);
    let title = xml(site.config.title.get(lang).0);
    let base = xml(base_url);
    let author = site.config.publisher.as_ref().map_or(title.clone(), |words| xml(words.get(lang).0));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <id>{base}{lang}/atom.xml</id>\n<title>{title}</title>\n<updated>{newest}T00:00:00+07:00</updated>\n\
         <author><name>{author}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{lang}/atom.xml\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}\"/>\n"
    );
    for entry in entries {
        let (Some(article), Some(day)) = (entry.article(lang), entry.updated) else { continue };
        let _ = write!(
            out,
            "<entry>\n<id>{base}Q/{}/#{lang}</id>\n<title>{}</title>\n<updated>{day}T00:00:00+07:00</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{base}{}\"/>\n<summary>{}</summary>\n</entry>\n",
            entry.id.value,
            xml(&article.title),
            xml(&site.path(entry, lang)),
            xml(&article.summary),
        );
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}
