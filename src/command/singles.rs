//! `sheets --form svg|png|pdf --size MM`: each symbol alone as a file of its own, at a size one chooses, for whoever makes the
//! plate. They are one batch of the ledger like a sheet.

use super::batch::{Batch, Stage, may_write};
use super::labels::Maker;
use super::session::Session;
use crate::code::symbol::LEAST_MODULE;
use crate::diagnostic::{Failure, Text};
use crate::print::pdf;
use crate::print::png;
use crate::print::receipt::Tally;
use crate::print::sheet::{Form, PROOF};
use crate::print::svg::Single;
use crate::print::typeface::Weight;
use crate::site::Entry;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// The longest side of a symbol.
const LONGEST: f32 = 3000.0;

/// Symbols that are drawn before the next are: they are kept no longer.
const AT_ONCE: usize = 256;

/// What kind of file a symbol is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Kind {
    /// Nét vẽ, phóng to bao nhiêu cũng rõ / A drawing that stays sharp at any size
    Svg,
    /// Ảnh điểm, gần 1200 dpi / A picture, near 1200 dpi
    Png,
    /// Một trang vừa bằng mã / A page as large as the symbol
    Pdf,
}

/// What symbols are asked for alone.
pub struct Singles<'a> {
    /// As what.
    pub kind: Kind,
    /// How large, as it was written: millimetres.
    pub size: &'a str,
    /// For a print shop.
    pub form: Form,
    /// Whether they are issued; else they say that they are a proof.
    pub issue: bool,
    /// Into which folder, if not into `print/`.
    pub output: Option<&'a Path>,
}

impl Kind {
    /// The word for it on the command line, and the files' ending.
    pub const fn word(self) -> &'static str {
        ["svg", "png", "pdf"][self as usize]
    }
}

impl Singles<'_> {
    /// The folder where they will stand.
    pub fn folder(&self, session: &Session, batch: &str) -> PathBuf {
        let state = if self.issue { batch } else { "proof" };
        let name = format!("{}-{}mm-{state}", self.kind.word(), self.size.trim().replace(',', "."));
        self.output.map_or_else(|| session.root.join("print").join(name), Path::to_owned)
    }

    /// The side of a symbol in millimetres.
    ///
    /// # Errors
    /// Where it is no length that can be printed.
    pub fn side(&self) -> Result<f32, Failure> {
        let side = self.size.trim().replace(',', ".").parse::<f32>().unwrap_or(f32::NAN);
        if side > 0.0 && side <= LONGEST { Ok(side) } else { Err(no_size(self.size)) }
    }

    /// Makes the files on the stage.
    ///
    /// # Errors
    /// Where a module would be too small to print, a code does not read back, or the machine refuses.
    pub fn make<'s>(
        &self,
        session: &Session,
        maker: &Maker<'s>,
        entries: &[&'s Entry],
        batch: String,
        stage: &Stage,
    ) -> Result<Batch<'s>, Failure> {
        let (side, folder) = (self.side()?, self.folder(session, &batch));
        let face = maker.faces.face(Weight::SemiBold);
        let one = |entry: &&Entry| {
            let place = folder.join(format!("{}.{}", entry.id.value, self.kind.word()));
            may_write(&place, self.issue)?;
            let symbol = maker.proven(entry)?;
            let title =
                format!("Mã QR · {} · {}", entry.source().title.value, maker.address.words(entry.id.value));
            let single = Single { symbol: &symbol, side, title, stamp: (!self.issue).then_some(PROOF) };
            if single.module() < LEAST_MODULE {
                return Err(too_small(side, symbol.outline().size));
            }
            let bytes = match self.kind {
                Kind::Svg => single.svg(face).into_bytes(),
                Kind::Png => png::png(&single, face).ok_or_else(|| refused(&place))?,
                Kind::Pdf => pdf::single(&single, face, self.form, maker.languages().0, session.date)?,
            };
            let staged = stage.put(&place, &bytes)?;
            Ok((staged, symbol))
        };
        let (mut files, mut tally) = (Vec::new(), Tally::default());
        for entries in entries.chunks(AT_ONCE) {
            // A picture is large while it is drawn: one at a time. Gathered first, so that the same failure is told each time.
            let made: Vec<Result<_, Failure>> = match self.kind {
                Kind::Png => entries.iter().map(one).collect(),
                Kind::Svg | Kind::Pdf => entries.par_iter().map(one).collect(),
            };
            for made in made {
                let (staged, symbol) = made?;
                tally.add(&symbol);
                files.push(staged);
            }
        }
        Ok(Batch {
            name: batch,
            layout: format!("{}-{side}mm", self.kind.word()),
            entries: entries.to_vec(),
            place: folder,
            files,
            receipt: tally.receipt(),
        })
    }
}

fn no_size(written: &str) -> Failure {
    Failure::usage(
        Text::new(
            format!("`--size {written}` không phải một cạnh in được"),
            format!("`--size {written}` is no side that can be printed"),
        ),
        Text::new(
            "ghi cạnh của mã bằng mm, không kể viền trắng, lớn hơn 0 và không quá 3000; ví dụ --size 80",
            "write the symbol's side in mm, without its white border, above 0 and at most 3000; for example --size 80",
        ),
    )
}

fn too_small(side: f32, modules: u16) -> Failure {
    let least = (f32::from(modules) * LEAST_MODULE).ceil();
    let module = side / f32::from(modules);
    Failure::usage(
        Text::new(
            format!("mã rộng {side} mm thì mỗi ô chỉ {module:.2} mm, điện thoại khó đọc; ít nhất 0.5 mm"),
            format!("a symbol of {side} mm has modules of {module:.2} mm, hard to read; at least 0.5 mm"),
        ),
        Text::new(
            format!("mã này có {modules} ô mỗi cạnh: ghi --size {least} hay lớn hơn"),
            format!("this one has {modules} modules a side: write --size {least} or more"),
        ),
    )
}

fn refused(place: &Path) -> Failure {
    let name = place.display();
    Failure::machine(
        Text::new(format!("không vẽ được {name}"), format!("{name} could not be drawn")),
        Text::new("báo lỗi này cho người làm dautich", "report this to the makers of dautich"),
    )
}
