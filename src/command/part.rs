//! One file of a batch: its pages laid out, drawn and staged; beside it, for a shop, a table of what is in it and a sheet of
//! small symbols to tick off. Pages are kept only until they are drawn: a long list takes no more memory than a short one.

use super::batch::{Batch, Stage, may_write};
use super::choice::place_words;
use super::labels::{Maker, Run, cut};
use crate::build::data::push_row;
use crate::diagnostic::{Diagnostic, Failure, Lang};
use crate::print::layout::Layout;
use crate::print::layouts::Layouts;
use crate::print::pdf::Writer;
use crate::print::printer::Printer;
use crate::print::receipt::Receipt;
use crate::print::sheet::{CONTACT, Form, PROOF, Page, Sheet};
use crate::site::Entry;
use jiff::civil::Date;
use rayon::prelude::*;
use std::path::PathBuf;

/// Pages that are laid out at a time, in parallel, before they are drawn.
const AT_ONCE: usize = 16;
/// The layout of the sheet that a shop ticks off.
const CONTACT_LAYOUT: &str = "contact";
/// The columns of a shop's table. Lengths are written with their unit: `1.379` alone is 1379 to a Vietnamese Excel.
const HEAD: [&str; 12] = [
    "id",
    "tên (name)",
    "tên tiếng Anh (name in English)",
    "nơi (place)",
    "địa chỉ bằng chữ (address in words)",
    "mã chứa (the code holds)",
    "cạnh mã (symbol)",
    "cạnh ô (module)",
    "số ô mỗi cạnh (modules a side)",
    "mức sửa lỗi (level)",
    "số bản (copies)",
    "trang (page)",
];

/// How all files of a run are made.
pub struct Order<'o, 's> {
    /// Whose labels they are.
    pub maker: &'o Maker<'s>,
    /// Every layout.
    pub layouts: &'s Layouts,
    /// That of the labels.
    pub layout: &'s Layout,
    /// Who prints them.
    pub form: Form,
    /// The printer to correct for.
    pub printer: Option<Printer>,
    /// Whether they are issued; else they say that they are a proof.
    pub issue: bool,
    /// The day.
    pub date: Date,
}

/// One file to be made.
pub struct Part<'s> {
    /// Its name as a batch of the ledger.
    pub batch: String,
    /// Where it will stand.
    pub file: PathBuf,
    /// At least one page.
    pub pages: Vec<Run<'s>>,
}

impl<'s> Part<'s> {
    /// Whether nothing but an older proof would be replaced, by the file or by what stands beside it.
    ///
    /// # Errors
    /// Where something else stands there.
    pub fn may_write(&self, issue: bool, press: bool) -> Result<(), Failure> {
        may_write(&self.file, issue)?;
        if issue || press {
            may_write(&self.beside(".csv"), issue)?;
            may_write(&self.beside("-contact.pdf"), issue)?;
        }
        Ok(())
    }

    /// A file beside this one, named after it.
    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.file.file_stem().unwrap_or_default().to_owned();
        name.push(ending);
        self.file.with_file_name(name)
    }

    /// The entries, in printed order.
    fn entries(&self) -> Vec<&'s Entry> {
        self.pages.iter().flat_map(|run| run.entries.iter().copied()).collect()
    }

    /// Makes the file on the stage; or tells what is wrong with its texts.
    ///
    /// # Errors
    /// Where a code does not read back, or the machine refuses.
    pub fn make(
        &self,
        order: &Order<'_, 's>,
        stage: &Stage,
    ) -> Result<Result<Batch<'s>, Vec<Diagnostic>>, Failure> {
        let title = order.maker.site.config.title.get(Lang::VI).0;
        let (address, layout) = (order.maker.address, order.layout);
        let sheet = Sheet {
            layout,
            pages: self.pages.len(),
            logos: order.maker.logos(),
            form: order.form,
            stamp: (!order.issue).then_some(PROOF),
            printer: order.printer,
            ticked: false,
            languages: order.maker.languages(),
            title: format!("Mã QR · {title}"),
            footer: format!("{title} · {address} · {} · {} · 100 %", layout.name, order.date),
        };
        let for_shop = order.issue || order.form == Form::Press;
        let mut table = "\u{feff}".to_owned();
        push_row(&mut table, &HEAD.map(str::to_owned));
        let drawn = draw(order, &sheet, &self.pages, |n, run, page| {
            if for_shop {
                tabulate(order.maker, n, run, page, &mut table);
            }
        })?;
        let (bytes, receipt) = match drawn {
            Ok(drawn) => drawn,
            Err(found) => return Ok(Err(found)),
        };
        let mut files = vec![stage.put(&self.file, &bytes)?];
        if for_shop {
            files.push(stage.put(&self.beside(".csv"), table.as_bytes())?);
            match self.contact(order, &sheet)? {
                Ok(bytes) => files.push(stage.put(&self.beside("-contact.pdf"), &bytes)?),
                Err(found) => return Ok(Err(found)),
            }
        }
        let (name, place) = (self.batch.clone(), self.file.clone());
        Ok(Ok(Batch { name, layout: layout.name.clone(), entries: self.entries(), place, files, receipt }))
    }

    /// The sheet that a shop ticks off what it made on.
    fn contact(
        &self,
        order: &Order<'_, 's>,
        sheet: &Sheet<'_>,
    ) -> Result<Result<Vec<u8>, Vec<Diagnostic>>, Failure> {
        let layout = order.layouts.find(CONTACT_LAYOUT).unwrap_or(order.layout);
        let mut runs = cut(layout, None, &self.entries());
        runs.iter_mut().for_each(|run| run.ids = true);
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let sheet = Sheet {
            layout,
            pages: runs.len(),
            stamp: Some(CONTACT),
            printer: None,
            ticked: true,
            form: Form::Office,
            title: format!("Tờ đối chiếu (contact sheet) · {name}"),
            footer: format!("{name} · {}", order.date),
            logos: &[],
            languages: sheet.languages,
        };
        Ok(draw(order, &sheet, &runs, |_, _, _| {})?.map(|(bytes, _)| bytes))
    }
}

/// A file's bytes, and what its codes say.
type File = (Vec<u8>, Receipt);

/// Lays pages out in parallel, a few at a time, and draws them in their order; each is shown to `see` with its number.
fn draw<'s>(
    order: &Order<'_, 's>,
    sheet: &Sheet<'_>,
    runs: &[Run<'s>],
    mut see: impl FnMut(usize, &Run<'s>, &Page<'_>),
) -> Result<Result<File, Vec<Diagnostic>>, Failure> {
    let (mut writer, mut found, mut n) = (Writer::new(sheet)?, Vec::new(), 0);
    for runs in runs.chunks(AT_ONCE) {
        // Gathered first, so that the same failure is told each time.
        let pages: Vec<_> = runs.par_iter().map(|run| order.maker.page(run)).collect();
        for (run, page) in runs.iter().zip(pages) {
            n += 1;
            match page? {
                Ok(page) if found.is_empty() => {
                    writer.page(&page)?;
                    see(n, run, &page);
                }
                Ok(_) => {}
                Err(more) => found.extend(more),
            }
        }
    }
    if found.is_empty() { writer.finish(order.date).map(Ok) } else { Ok(Err(found)) }
}

/// A row a label of a page.
fn tabulate(maker: &Maker<'_>, page: usize, run: &Run<'_>, laid: &Page<'_>, table: &mut String) {
    for (entry, label) in run.entries.iter().zip(&laid.labels) {
        let (title, translated) = maker.names(entry);
        let (symbol, module) = (&label.symbol.symbol, label.symbol.module);
        let modules = symbol.outline().size;
        push_row(
            table,
            &[
                entry.id.value.to_string(),
                title.to_owned(),
                translated.to_owned(),
                place_words(maker.site, entry),
                label.words.clone(),
                symbol.text().to_owned(),
                format!("{:.1} mm", module * f32::from(modules)),
                format!("{module:.2} mm"),
                modules.to_string(),
                symbol.level().letter().to_owned(),
                "1".to_owned(),
                page.to_string(),
            ],
        );
    }
}
