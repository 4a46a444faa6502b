//! A printer as somebody measured it: how far it stretches and shifts what it prints, and how to draw so that it comes out
//! right. Four numbers from the calibration page, kept in `printer.yaml` at a site's root; lengths are millimetres.

use crate::diagnostic::rules::codes;
use crate::diagnostic::{Diagnostic, Lang, Text};
use crate::site::fields::read_file;
use jiff::civil::Date;
use std::fmt::{self, Write as _};

/// The name of the file.
pub const FILE: &str = "printer.yaml";

/// What is measured, by the letter it has on the page and in the file, and how long it is on a true printer: from cross to
/// cross across and down, and from the paper's left and upper edge to the first cross.
pub const MEASURES: [(&str, f32); 4] = [("A", 180.0), ("B", 260.0), ("C", 15.0), ("D", 20.0)];

/// By how much a printer may stretch and shift before the numbers are a slip of the ruler.
const STRETCH: f32 = 0.1;
const SHIFT: f32 = 15.0;

/// A printer that was measured.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Printer {
    /// A, B, C, D as measured.
    measured: [f32; 4],
}

impl Printer {
    /// A printer by its four measures.
    ///
    /// # Errors
    /// Why these numbers are no printer's: which of them, what was found and what is allowed.
    pub fn new(measured: [f32; 4]) -> Result<Self, Text> {
        let printer = Self { measured };
        let (scale, shift) = (printer.scale(), printer.shift());
        for (at, scale) in [scale.0, scale.1].into_iter().enumerate() {
            let ((name, true_length), found) = (MEASURES[at], measured[at]);
            // Asked so that what is no number fails too.
            let likely = (scale - 1.0).abs() <= STRETCH;
            if !likely {
                let (from, to) = (true_length * (1.0 - STRETCH), true_length * (1.0 + STRETCH));
                return Err(between(name, found, from, to));
            }
        }
        for (at, (shift, scale)) in [(shift.0, scale.0), (shift.1, scale.1)].into_iter().enumerate() {
            let ((name, true_length), found) = (MEASURES[at + 2], measured[at + 2]);
            let likely = shift.abs() <= SHIFT;
            if !likely {
                let at = true_length * scale;
                return Err(between(name, found, (at - SHIFT).max(0.0), at + SHIFT));
            }
        }
        Ok(printer)
    }

    /// How much longer a length comes out, across and down; 1 is true.
    pub fn scale(&self) -> (f32, f32) {
        (self.measured[0] / MEASURES[0].1, self.measured[1] / MEASURES[1].1)
    }

    /// How far right and down of its place the paper's upper left corner comes out.
    pub fn shift(&self) -> (f32, f32) {
        let (across, down) = self.scale();
        (self.measured[2] - MEASURES[2].1 * across, self.measured[3] - MEASURES[3].1 * down)
    }

    /// How a page is drawn so that it comes out right: a scale across and down, then a shift. Only A4 has a place on the
    /// paper to keep; what is cut out of smaller paper keeps its middle.
    pub fn correction(&self, paper: (f32, f32)) -> ((f32, f32), (f32, f32)) {
        let (scale, shift) = (self.scale(), self.shift());
        let on_a4 = (paper.0 - 210.0).abs() < 0.5 && (paper.1 - 297.0).abs() < 0.5;
        let place = |shift: f32, scale: f32, side: f32| {
            if on_a4 { -shift / scale } else { side / 2.0 * (1.0 - 1.0 / scale) }
        };
        ((1.0 / scale.0, 1.0 / scale.1), (place(shift.0, scale.0, paper.0), place(shift.1, scale.1, paper.1)))
    }

    /// The file's text, with what an editor must know of it.
    pub fn yaml(&self, date: Date) -> String {
        let mut text = format!(
            "# Máy in của máy tính này, đo ngày {date} trên trang căn chỉnh (dautich sheets --calibrate), tính bằng mm.\n\
             # Từ nay tờ mã in bằng máy này được bù co giãn và lệch. Đổi máy in hay đổi cỡ giấy thì đo lại; xóa tệp này là thôi bù.\n\
             # The printer of this computer as measured; sheets are corrected for it. Delete this file to stop that.\n"
        );
        let notes = [
            "dấu cộng trái đến phải",
            "dấu cộng trên đến dưới",
            "mép trái giấy đến dấu cộng",
            "mép trên giấy đến dấu cộng",
        ];
        for (((name, true_length), found), note) in MEASURES.into_iter().zip(self.measured).zip(notes) {
            let _ = writeln!(text, "{name}: {found}  # {note}; đúng ra là {true_length}");
        }
        text
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong in it.
    pub fn read(text: &str, today: Date) -> Result<Self, Vec<Diagnostic>> {
        let (measured, found) = read_file(FILE, text, &[Lang::VI, Lang::EN], today, |fields| {
            MEASURES.map(|(name, _)| fields.decimal(name))
        });
        if !found.is_empty() {
            return Err(found);
        }
        let measured = measured.unwrap_or_default();
        let wrong = |why: Text| vec![codes::printer_impossible(&why).in_file(FILE)];
        let missing = MEASURES.into_iter().zip(measured).find(|(_, found)| found.is_none());
        if let Some(((name, _), _)) = missing {
            return Err(wrong(Text::new(format!("thiếu dòng `{name}`"), format!("`{name}` is missing"))));
        }
        Self::new(measured.map(|number| number.unwrap_or_default() as f32)).map_err(wrong)
    }
}

impl fmt::Display for Printer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.measured;
        write!(f, "A={a} B={b} C={c} D={d}")
    }
}

fn between(name: &str, found: f32, from: f32, to: f32) -> Text {
    Text::new(
        format!("{name} là {found} mm, phải từ {from:.1} đến {to:.1} mm"),
        format!("{name} is {found} mm, must be from {from:.1} to {to:.1} mm"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_drawn_with_the_correction_comes_out_right() {
        let printer =
            Printer::new([180.0 * 0.96, 260.0 * 0.985, 15.0 * 0.96 + 2.5, 20.0 * 0.985 - 1.5]).unwrap();
        let ((across, down), (right, under)) = printer.correction((210.0, 297.0));
        for (x, y) in [(0.0, 0.0), (7.4, 281.0), (203.0, 15.0)] {
            let drawn: (f32, f32) = (x * across + right, y * down + under);
            let printed = (drawn.0 * 0.96 + 2.5, drawn.1 * 0.985 - 1.5);
            assert!((printed.0 - x).abs() < 1e-3 && (printed.1 - y).abs() < 1e-3, "{printed:?}");
        }
        // A plate's middle stays where it is.
        let ((across, _), (right, _)) = printer.correction((172.0, 234.0));
        assert!((86.0 * across + right - 86.0_f32).abs() < 1e-3);
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let printer = Printer::new([179.2, 259.1, 15.5, 19.0]).unwrap();
        assert_eq!(Printer::read(&printer.yaml(date(2026, 11, 22)), date(2026, 11, 22)).unwrap(), printer);
    }

    #[test]
    fn numbers_that_are_no_printers_are_refused() {
        for measured in [
            [161.0, 260.0, 15.0, 20.0],
            [180.0, 287.0, 15.0, 20.0],
            [180.0, 260.0, 31.0, 20.0],
            [180.0, 260.0, 15.0, 4.0],
            [0.0, 260.0, 15.0, 20.0],
            [f32::NAN, 260.0, 15.0, 20.0],
            [180.0, 260.0, 15.0, f32::INFINITY],
            [18.0, 26.0, 1.5, 2.0],
        ] {
            assert!(Printer::new(measured).is_err(), "{measured:?}");
        }
        for text in [
            "A: 180\nB: 260\nC: 15\n",
            "A: 1\nB: 260\nC: 15\nD: 20\n",
            "A: x\nB: 260\nC: 15\nD: 20\n",
            "[",
            "",
        ] {
            assert!(Printer::read(text, date(2026, 11, 22)).is_err(), "{text}");
        }
    }
}
