//! Templates, styles and strings: those inside the program, overridden file by file by the site's own.
//! Inline code is the same on every page, so that one Content-Security-Policy by hash holds for the whole site.
#![allow(clippy::disallowed_methods)] // this file is one of the few that may read the disk

use super::photo;
use super::source::even;
use super::template;
use crate::diagnostic::rules::themes;
use crate::diagnostic::{Diagnostic, Failure, Lang, Span};
use crate::site::Config;
use crate::site::front_matter::{self, Value};
use base64::Engine as _;
use rust_embed::RustEmbed;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};
use tera::{Context, Tera};
use walkdir::WalkDir;

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Bundled;

/// About as large as a page is, in bytes: most are made without moving what is written already.
const PAGE: usize = 48 * 1024;

/// The template of what a browser reads when a reader puts the site on the phone's screen.
pub const MANIFEST: &str = "manifest.webmanifest";
/// The service worker among the static files, at the root so that it serves the whole site.
const WORKER: &str = "sw.js";

/// The strings of one language: key to wording.
pub type Strings = BTreeMap<String, String>;

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// The Content-Security-Policy of every page.
    policy: String,
    /// Wordings by language.
    strings: BTreeMap<Lang, Strings>,
    /// Static files, by their path in the output.
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

/// A file of the theme and the name an editor knows it by.
struct File {
    name: String,
    bytes: Cow<'static, [u8]>,
}

impl Theme {
    /// Loads the theme of a site; a broken template or a missing string is a finding.
    ///
    /// # Errors
    /// Where the machine refuses to read.
    pub fn load(root: &Path, config: &Config) -> Result<Result<Self, Vec<Diagnostic>>, Failure> {
        let mut layers: BTreeMap<String, File> = Bundled::iter()
            .filter_map(|path| {
                let bytes = Bundled::get(&path)?.data;
                Some((path.to_string(), File { name: format!("themes/default/{path}"), bytes }))
            })
            .collect();
        let own = format!("themes/{}", config.theme);
        let missing = config.theme != "default" && !root.join(&own).is_dir();
        if missing || config.theme.contains(['/', '\\', '.']) {
            return Ok(Err(vec![themes::no_such_theme(&config.theme).in_file(crate::site::config::FILE)]));
        }
        for folder in [own.as_str(), "templates"] {
            read_layer(root, folder, &mut layers)?;
        }
        Ok(Self::assemble(&layers, config))
    }

    fn assemble(layers: &BTreeMap<String, File>, config: &Config) -> Result<Self, Vec<Diagnostic>> {
        let found = forbidden(layers);
        if !found.is_empty() {
            return Err(found);
        }
        let strings = strings(layers, config)?;
        let mut tera = Tera::default();
        let templates = layers
            .iter()
            .filter(|(path, _)| path.ends_with(".html") || *path == MANIFEST)
            .map(|(path, file)| (path.clone(), trim(&String::from_utf8_lossy(&file.bytes))));
        tera.add_raw_templates(templates).map_err(|error| vec![broken(&error)])?;
        let text = |path: &str| {
            let bytes = layers.get(path).map(|file| file.bytes.as_ref()).unwrap_or_default();
            // The browser turns CRLF into LF before it hashes what it met.
            String::from_utf8_lossy(bytes).replace("\r\n", "\n").trim().to_owned()
        };
        let (css, js) = (text("inline/page.css"), text("inline/page.js"));
        let take_css = text("inline/take.css");
        // Half as much again, which the pages at the plaques do without.
        let lists_css = text("inline/lists.css");
        let shared = tera.global_context();
        let policy = policy(&[&css, &lists_css], &js);
        shared.insert("csp", &policy);
        shared.insert("css", &css);
        shared.insert("lists_css", &lists_css);
        shared.insert("js", &js);
        shared.insert("take_css", &take_css);
        shared.insert("take_csp", &alone(&take_css));
        let by_tag: BTreeMap<&str, &Strings> =
            strings.iter().map(|(lang, words)| (lang.as_str(), words)).collect();
        shared.insert("strings", &by_tag);
        let mut files: BTreeMap<String, Cow<'static, [u8]>> = layers
            .iter()
            .filter_map(|(path, file)| Some((path.strip_prefix("static/")?.to_owned(), file.bytes.clone())))
            .collect();
        stamp(&mut files);
        Ok(Self { tera, policy, strings, files })
    }

    /// The Content-Security-Policy of every page, as a host may send it.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// The theme's wording for a key; the key itself where a language lacks it.
    pub fn string<'a>(&'a self, lang: Lang, key: &'a str) -> &'a str {
        self.strings.get(&lang).and_then(|words| words.get(key)).map_or(key, String::as_str)
    }

    /// The same for a key that is put together.
    pub fn string_of(&self, lang: Lang, key: &str) -> String {
        self.string(lang, key).to_owned()
    }

    /// The paths of the static files, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A static file's bytes.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// Renders a template with what one page has of its own.
    ///
    /// # Errors
    /// A finding that names the template and its fault.
    pub fn render(&self, template: &str, page: &impl Serialize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let context = Context::from_serialize(page).map_err(|error| Box::new(broken(&error)))?;
        let mut bytes = Vec::with_capacity(PAGE);
        let rendered = self.tera.render_to(template, &context, &mut bytes);
        rendered.map(|()| bytes).map_err(|error| Box::new(broken(&error)))
    }
}

/// Gives the service worker a digest of every static file: what a phone keeps of an older theme goes.
fn stamp(files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    let mut digest = Sha256::new();
    for (path, bytes) in files.iter() {
        digest.update(Sha256::digest(path));
        digest.update(Sha256::digest(bytes));
    }
    let digest = photo::hex(&digest.finalize()[..8]);
    if let Some(worker) = files.get_mut(WORKER) {
        *worker = String::from_utf8_lossy(worker).replace("{{ version }}", &digest).into_bytes().into();
    }
}

/// What in the templates the page's own policy would silently stop.
fn forbidden(layers: &BTreeMap<String, File>) -> Vec<Diagnostic> {
    let templates = layers.iter().filter(|(path, _)| path.ends_with(".html"));
    let found = templates.flat_map(|(_, file)| {
        // Made even as it is when the finding is shown, so that the place is the same.
        let text = even(file.bytes.to_vec()).unwrap_or_default();
        let found = template::forbidden(&text).into_iter();
        found.map(|(finding, span)| finding.at(&file.name, span)).collect::<Vec<_>>()
    });
    found.collect()
}

fn broken(error: &tera::Error) -> Diagnostic {
    themes::template(&error.to_string())
}

fn read_layer(root: &Path, folder: &str, layers: &mut BTreeMap<String, File>) -> Result<(), Failure> {
    let base = root.join(folder);
    if !base.is_dir() {
        return Ok(());
    }
    for found in WalkDir::new(&base).sort_by_file_name() {
        let found = found.map_err(|error| Failure::io(&base, &io::Error::from(error)))?;
        let Ok(inside) = found.path().strip_prefix(&base) else { continue };
        if !found.file_type().is_file() {
            continue;
        }
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let path = parts.join("/");
        let bytes = fs::read(found.path()).map_err(|error| Failure::io(found.path(), &error))?;
        layers.insert(path.clone(), File { name: format!("{folder}/{path}"), bytes: bytes.into() });
    }
    Ok(())
}

/// White space at the start of lines and empty lines, gone once for all pages. Lines keep their ends, so that words
/// never run together.
fn trim(template: &str) -> String {
    template.lines().map(str::trim_start).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Everything from our own origin only; inline code by its hash. Files of our own may stand beside it: what paper needs, and
/// the scripts of the search and the map, are no part of a page's first flight. The search's form leads from every page.
fn policy(css: &[&str], js: &str) -> String {
    let hash = |code: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(code));
    format!(
        "default-src 'none'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         worker-src 'self'; style-src 'self' {}; script-src 'self' 'sha256-{}'; base-uri 'none'; form-action 'self'",
        css.iter().map(|css| format!("'sha256-{}'", hash(css))).collect::<Vec<_>>().join(" "),
        hash(js)
    )
}

/// The policy of a page that is one file: nothing is fetched at all.
fn alone(css: &str) -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(css));
    format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    )
}

/// The wordings of every language of the site. Each must have every key of the Vietnamese ones inside the program.
fn strings(
    layers: &BTreeMap<String, File>,
    config: &Config,
) -> Result<BTreeMap<Lang, Strings>, Vec<Diagnostic>> {
    let reference =
        Bundled::get("i18n/vi.yaml").map(|file| read_strings(&file.data, "i18n/vi.yaml")).transpose()?;
    let reference = reference.unwrap_or_default();
    let (mut strings, mut found) = (BTreeMap::new(), Vec::new());
    for lang in &config.languages {
        let Some(file) = layers.get(&format!("i18n/{lang}.yaml")) else {
            found.push(themes::no_strings(lang.as_str()).in_file(crate::site::config::FILE));
            continue;
        };
        match read_strings(&file.bytes, &file.name) {
            Ok(words) => {
                let lacking = reference.keys().filter(|key| !words.contains_key(*key));
                found.extend(lacking.map(|key| themes::missing_string(key).in_file(&file.name)));
                strings.insert(*lang, words);
            }
            Err(more) => found.extend(more),
        }
    }
    if found.is_empty() { Ok(strings) } else { Err(found) }
}

fn read_strings(bytes: &[u8], name: &str) -> Result<Strings, Vec<Diagnostic>> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let node = front_matter::parse(&text, Span::new(0, text.len()))
        .map_err(|finding| vec![finding.in_file(name)])?;
    let Value::Map(pairs) = node.value else { return Ok(Strings::new()) };
    Ok(pairs
        .into_iter()
        .filter_map(
            |(key, node)| if let Value::Text(text) = node.value { Some((key.value, text)) } else { None },
        )
        .collect())
}
