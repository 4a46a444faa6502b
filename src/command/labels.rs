//! An entry as a label and a page of them: which words stand on it, and its code, read back from the drawing.
//! Where they lie on the paper is `print`'s; which entries are asked for is `choice`'s.

use super::choice::place_words;
use super::logos::logos;
use super::networks::Networks;
use super::session::Session;
use crate::build::source::Source;
use crate::build::theme::Theme;
use crate::build::told::capital;
use crate::code::read_back::Proven;
use crate::code::symbol::Level;
use crate::code::{PrintedAddress, Symbol};
use crate::diagnostic::{Diagnostic, Failure, Lang, Text};
use crate::print::label::{Drawn, Label};
use crate::print::layout::{Layout, Role};
use crate::print::logo::Logo;
use crate::print::setting::Texts;
use crate::print::sheet::Page;
use crate::print::typeface::Typefaces;
use crate::site::{Entry, Site, config};
use crate::vietnam::units::Unit;

/// The entries of one page.
pub struct Run<'s> {
    /// How large they stand.
    pub layout: &'s Layout,
    /// Whose page it is, on a wall.
    pub unit: Option<&'s Unit>,
    /// Whether the commune's entries began on a page before.
    pub continued: bool,
    /// Whether labels bear their id for the address in words.
    pub ids: bool,
    /// At least one, and no more than the layout has on a page.
    pub entries: Vec<&'s Entry>,
}

/// Cuts entries into pages of a layout.
pub fn cut<'s>(layout: &'s Layout, unit: Option<&'s Unit>, entries: &[&'s Entry]) -> Vec<Run<'s>> {
    let layout = layout.holding(entries.len());
    let chunks = entries.chunks(layout.per_page()).enumerate();
    chunks
        .map(|(n, chunk)| Run { layout, unit, continued: n > 0, ids: false, entries: chunk.to_vec() })
        .collect()
}

/// What labels are made from: a site, the strings of its theme, its printed address, the fonts.
pub struct Maker<'s> {
    /// Whose entries they are.
    pub site: &'s Site,
    /// What their codes begin with.
    pub address: &'s PrintedAddress,
    /// What texts are measured in.
    pub faces: Typefaces,
    theme: &'s Theme,
    level: Level,
    extras: &'s Extras,
}

/// A symbol that joins a network, and the network's name.
type Joined<'e> = (Proven, &'e str);

/// What a site adds to its plaques besides words.
pub struct Extras {
    logos: Vec<Logo>,
    networks: Networks,
}

impl Extras {
    /// What this layout has room for; and what is wrong in it.
    ///
    /// # Errors
    /// Where the machine refuses to read.
    pub fn read(
        session: &Session,
        source: &Source,
        site: &Site,
        layout: &Layout,
    ) -> Result<(Self, Vec<Diagnostic>), Failure> {
        let (mut found, mut extras) = (Vec::new(), Self { logos: Vec::new(), networks: Networks::default() });
        if layout.logos.is_some() {
            (extras.logos, found) = logos(source, &site.config)?;
        }
        if layout.wifi.is_some() {
            let (networks, more) = Networks::read(source, session.date)?;
            extras.networks = networks;
            found.extend(more);
        }
        Ok((extras, found))
    }
}

impl<'s> Maker<'s> {
    /// A maker of this site's labels, whose symbols have at least this level.
    ///
    /// # Errors
    /// Only if a font inside the program were broken.
    pub fn new(
        site: &'s Site,
        theme: &'s Theme,
        address: &'s PrintedAddress,
        level: Level,
        extras: &'s Extras,
    ) -> Result<Self, Failure> {
        let faces = Typefaces::new().ok_or_else(|| does_not_read("font"))?;
        Ok(Self { site, address, faces, theme, level, extras })
    }

    /// The logos on each label, where its layout has room for them.
    pub fn logos(&self) -> &'s [Logo] {
        &self.extras.logos
    }

    /// The languages of what is printed: the source language, and the second where there is one.
    pub fn languages(&self) -> (Lang, Option<Lang>) {
        (self.site.config.source_language(), self.site.config.languages.get(1).copied())
    }

    /// An entry's names in both languages; the second is empty where there is none, or the same.
    pub fn names<'e>(&self, entry: &'e Entry) -> (&'e str, &'e str) {
        let title = entry.source().title.as_str();
        let article = self.languages().1.and_then(|lang| entry.article(lang));
        let translated = article.map(|article| article.title.as_str());
        (title, translated.filter(|translated| *translated != title).unwrap_or_default())
    }

    /// An entry's symbol and its drawing, which says what it should.
    ///
    /// # Errors
    /// Where the drawing does not read back.
    pub fn proven(&self, entry: &Entry) -> Result<Proven, Failure> {
        let text = self.address.of(entry.id.value);
        let symbol = Symbol::at_least(&text, self.level).map_err(|_| does_not_read(&text))?;
        Proven::new(&symbol, &text).ok_or_else(|| does_not_read(&text))
    }

    /// A page, laid out; or what is wrong with its texts.
    ///
    /// # Errors
    /// Where a drawing does not read back.
    pub fn page(&self, run: &Run<'s>) -> Result<Result<Page<'s>, Vec<Diagnostic>>, Failure> {
        let (mut labels, mut found) = (Vec::new(), Vec::new());
        for entry in &run.entries {
            match self.label(entry, run)? {
                Ok(label) => labels.push(label),
                Err(finding) => found.push(*finding),
            }
        }
        let page = Page::new(labels, &self.page_texts(run), run.layout, &self.faces);
        let page = page.map_err(|(finding, _)| found.push(finding.in_file(config::FILE)));
        Ok(match page {
            Ok(page) if found.is_empty() => Ok(page),
            _ => Err(found),
        })
    }

    /// An entry's label; or what is wrong with its texts.
    fn label(&self, entry: &Entry, run: &Run<'_>) -> Result<Result<Label, Box<Diagnostic>>, Failure> {
        let (wifi, network) = match self.wifi(entry, run.layout)? {
            Ok(wifi) => wifi.unzip(),
            Err(finding) => return Ok(Err(finding)),
        };
        let drawn = Drawn { symbol: self.proven(entry)?, wifi, logos: &self.extras.logos };
        let (title, translated) = self.names(entry);
        let texts = self
            .site_texts()
            .with(Role::Title, title)
            .with(Role::Translated, translated)
            .with(Role::Place, place_words(self.site, entry))
            .with(
                Role::Words,
                if run.ids { entry.id.value.to_string() } else { self.address.words(entry.id.value) },
            )
            .with(Role::Network, network.unwrap_or_default());
        let label = Label::new(drawn, &texts, run.layout, &self.faces);
        Ok(label.map_err(|(finding, role)| Box::new(self.placed(*finding, role, entry))))
    }

    /// The symbol that joins the network of an entry's place and that network's name, where the layout shows them.
    fn wifi<'e>(
        &self,
        entry: &'e Entry,
        layout: &Layout,
    ) -> Result<Result<Option<Joined<'e>>, Box<Diagnostic>>, Failure> {
        if layout.wifi.is_none() {
            return Ok(Ok(None));
        }
        let (text, name) = match self.extras.networks.payload(entry) {
            Ok(joined) => joined,
            Err(finding) => return Ok(Err(finding)),
        };
        let symbol = Symbol::encode(&text).map_err(|_| does_not_read("Wi-Fi"))?;
        Ok(Ok(Some((Proven::new(&symbol, &text).ok_or_else(|| does_not_read("Wi-Fi"))?, name))))
    }

    /// A finding where the words stand that are to blame for it.
    fn placed(&self, finding: Diagnostic, role: Role, entry: &Entry) -> Diagnostic {
        let translated = self.languages().1.and_then(|lang| entry.article(lang));
        let article = match (role, translated) {
            // The site's address, not the entry, asks for too much.
            (Role::Words, _) => return finding.in_file(config::FILE),
            (Role::Translated, Some(article)) => article,
            _ => entry.source(),
        };
        finding.at(&article.file, article.title.span)
    }

    /// What labels and pages say alike.
    fn site_texts(&self) -> Texts<'_> {
        let (source, second) = self.languages();
        let hint = |lang| self.theme.string(lang, "scan_hint");
        let wifi = |lang| self.theme.string(lang, "wifi_hint");
        Texts::default()
            .with(Role::Site, self.site.config.title.get(source).0)
            .with(Role::Hint, hint(source))
            .with(Role::HintTranslated, second.map_or("", hint))
            .with(Role::Wifi, wifi(source))
            .with(Role::WifiTranslated, second.map_or("", wifi))
    }

    /// What stands around the labels of a page: whose it is and who hung it there.
    fn page_texts(&self, run: &Run<'_>) -> Texts<'_> {
        let (source, second) = self.languages();
        let words =
            |of: &dyn Fn(&Unit) -> String| run.unit.map(|unit| capital(&of(unit))).unwrap_or_default();
        let heading = |name: String, lang: Lang| {
            let continued = if lang == Lang::VI { "tiếp theo" } else { "continued" };
            if run.continued { format!("{name} ({continued})") } else { name }
        };
        let publisher = self.site.config.publisher.as_ref().map_or("", |words| words.get(source).0);
        let translated = second.map(|lang| heading(words(&|unit| unit.label(lang)), lang));
        self.site_texts()
            .with(Role::Commune, heading(words(&|unit| unit.short_label(source)), source))
            .with(Role::Province, words(&|unit| unit.province_label(source)))
            .with(Role::CommuneTranslated, translated.unwrap_or_default())
            .with(Role::Publisher, publisher)
    }
}

fn does_not_read(text: &str) -> Failure {
    Failure::machine(
        Text::new(
            format!("mã vẽ ra không đọc lại được đúng địa chỉ {text}; không xuất tệp nào"),
            format!("the drawn code does not read back as {text}; no file was made"),
        ),
        Text::new("báo lỗi này cho người làm dautich", "report this to the makers of dautich"),
    )
}
