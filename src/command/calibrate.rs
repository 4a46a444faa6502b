//! `sheets --calibrate`: prints the page to measure on; with the four measures, keeps them in `printer.yaml`, by which sheets
//! for one's own printer are corrected from then on.

use super::batch::may_write;
use super::session::{Exit, Session};
use crate::build::articles::text_if_there;
use crate::build::source::Source;
use crate::build::write::write_whole;
use crate::diagnostic::{Diagnostic, Failure, Text};
use crate::print::calibration;
use crate::print::printer::{FILE, MEASURES, Printer};
use std::path::Path;

/// What is typed to keep four measures.
const EXAMPLE: &str = "dautich sheets --calibrate A=179.2 B=259.1 C=15.5 D=19";

/// The printer that was measured, if one was; or what is wrong in its file.
///
/// # Errors
/// Where the machine refuses to read.
pub fn printer(
    session: &Session,
    source: &Source,
) -> Result<Result<Option<Printer>, Vec<Diagnostic>>, Failure> {
    Ok(match text_if_there(source, FILE)? {
        Ok(Some(text)) => Printer::read(&text, session.date).map(Some),
        Ok(None) => Ok(None),
        Err(finding) => Err(vec![*finding]),
    })
}

/// Prints the page, or keeps the measures.
///
/// # Errors
/// Where the measures are no printer's, or the machine refuses.
pub fn calibrate(
    session: &Session,
    measures: &[String],
    output: Option<&Path>,
    corrected: bool,
) -> Result<Exit, Failure> {
    let source = Source::open(&session.root)?;
    let known = printer(session, &source)?;
    if !measures.is_empty() {
        let printer = Printer::new(numbers(measures)?).map_err(|why| refused(&why))?;
        if let Ok(Some(old)) = known {
            let old = old.to_string();
            session.tell(&format!("số đo cũ: {old}"), &format!("the old measures: {old}"));
        }
        write_whole(&session.root.join(FILE), printer.yaml(session.date).as_bytes())?;
        say(session, &printer);
        session.tell(
            &format!("đã ghi {FILE}: từ nay tờ mã in trên máy này được bù\ntiếp theo: chạy lại `dautich sheets --calibrate`, in trang ấy, đo lại: bốn số phải đúng 180, 260, 15, 20"),
            &format!("{FILE} is written: sheets for this printer are corrected from now on\nnext: run `dautich sheets --calibrate` again, print that page and measure: the four must be 180, 260, 15, 20"),
        );
        return Ok(Exit::Done);
    }
    let printer = match known {
        Ok(printer) => printer.filter(|_| corrected),
        Err(found) => return Ok(session.report(&found, &source)),
    };
    let file = output.map_or_else(|| session.root.join("print").join("calibration.pdf"), Path::to_owned);
    may_write(&file, false)?;
    write_whole(&file, &calibration::page(printer, session.date)?)?;
    if let Some(printer) = &printer {
        say(session, printer);
    }
    let file = file.display();
    session.tell(
        &format!("xong: {file}\ntiếp theo: in trang ấy ở 100 %, đo bốn khoảng bằng thước, rồi gõ như {EXAMPLE}"),
        &format!("done: {file}\nnext: print it at 100 %, measure the four distances with a ruler, then type as in {EXAMPLE}"),
    );
    Ok(Exit::Done)
}

/// Tells that and how a printer is corrected for.
pub fn say(session: &Session, printer: &Printer) {
    let ((across, down), (right, under)) = (printer.scale(), printer.shift());
    let (across, down) = (across * 100.0, down * 100.0);
    session.tell(
        &format!("bù cho máy in theo {FILE}: máy in ngang {across:.1} %, dọc {down:.1} %, lệch phải {right:.1} mm, lệch xuống {under:.1} mm (in không bù: --no-printer)"),
        &format!("corrected for the printer in {FILE}: it prints {across:.1} % across, {down:.1} % down, {right:.1} mm to the right, {under:.1} mm down (uncorrected: --no-printer)"),
    );
}

/// The four measures as they were typed: `A=179.2 B=259.1 C=15.5 D=19`, in any order, with a point or a comma.
fn numbers(measures: &[String]) -> Result<[f32; 4], Failure> {
    let mut numbers = [None; 4];
    for measure in measures {
        let parts = measure.split_once('=');
        let slot = parts.and_then(|(name, _)| {
            MEASURES.iter().position(|(known, _)| known.eq_ignore_ascii_case(name.trim()))
        });
        let number = parts.and_then(|(_, number)| number.trim().replace(',', ".").parse::<f32>().ok());
        match slot.zip(number) {
            Some((slot, number)) if numbers[slot].is_none() => numbers[slot] = Some(number),
            _ => {
                return Err(refused(&Text::new(
                    format!("không hiểu `{measure}`"),
                    format!("`{measure}` is not understood"),
                )));
            }
        }
    }
    if let Some(((name, _), _)) = MEASURES.iter().zip(numbers).find(|(_, number)| number.is_none()) {
        return Err(refused(&Text::new(format!("thiếu {name}"), format!("{name} is missing"))));
    }
    Ok(numbers.map(Option::unwrap_or_default))
}

fn refused(why: &Text) -> Failure {
    Failure::usage(
        Text::new(
            format!("số đo máy in không dùng được: {}", why.vi),
            format!("the printer's measures cannot be used: {}", why.en),
        ),
        Text::new(
            format!("đo lại trên trang căn chỉnh rồi gõ cả bốn số, như {EXAMPLE}"),
            format!("measure again on the calibration page and type all four, as in {EXAMPLE}"),
        ),
    )
}
