//! Which of the eight masks a symbol wears: the one with the lowest penalty (ISO/IEC 18004, 7.8.3). Chooses as
//! `qrcode_rs` does, with a line of modules as the bits of one number; its loops over single modules take ten times
//! as long, which was a twelfth of a whole build.

use qrcode_rs::Color;
use qrcode_rs::canvas::{Canvas, MaskPattern};

const PATTERNS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The modules of the best masked canvas, row by row. `size` is its side, at most 128.
pub(super) fn best(canvas: &Canvas, size: u16) -> Vec<Color> {
    let masked = PATTERNS.map(|pattern| {
        let mut masked = canvas.clone();
        masked.apply_mask(pattern);
        masked.into_colors()
    });
    // The first of equals, as the standard numbers them.
    masked.into_iter().min_by_key(|modules| penalty(modules, usize::from(size))).unwrap_or_default()
}

/// How hard a symbol is to read.
fn penalty(modules: &[Color], size: usize) -> u32 {
    let (mut rows, mut columns) = (vec![0_u128; size], vec![0_u128; size]);
    for (y, (row, line)) in rows.iter_mut().zip(modules.chunks(size)).enumerate() {
        for (x, (column, module)) in columns.iter_mut().zip(line).enumerate() {
            let dark = u128::from(*module == Color::Dark);
            *row |= dark << x;
            *column |= dark << y;
        }
    }
    let whole = u128::MAX >> (128 - size);
    let lines = || rows.iter().chain(&columns).copied();
    let runs: u32 = lines().map(|line| run(line) + run(!line & whole)).sum();
    let blocks: u32 = rows.windows(2).map(|pair| block(pair[0], pair[1], whole >> 1)).sum();
    let finders: u32 = lines().map(finder).sum();
    let dark: u32 = rows.iter().map(|row| row.count_ones()).sum();
    let balance = (dark * 200 / modules.len() as u32).abs_diff(100);
    runs + blocks + finders + balance
}

/// Runs of five or more: three, and one for each module beyond the fifth.
fn run(line: u128) -> u32 {
    let fives = line & line >> 1 & line >> 2 & line >> 3 & line >> 4;
    let starts = fives & !(fives << 1);
    fives.count_ones() + 2 * starts.count_ones()
}

/// Squares of two by two in one colour: three each. `inner` is every column but the last.
fn block(row: u128, next: u128, inner: u128) -> u32 {
    let across = !(row ^ row >> 1);
    let down = !(row ^ next);
    3 * (across & down & down >> 1 & inner).count_ones()
}

/// What looks like a finder (dark 1:1:3:1:1) with four light modules on one side, or the edge: forty each.
fn finder(line: u128) -> u32 {
    let dark = line & line >> 2 & line >> 3 & line >> 4 & line >> 6;
    let finders = dark & !(line >> 1) & !(line >> 5);
    let before = line << 1 | line << 2 | line << 3 | line << 4;
    let after = line >> 7 | line >> 8 | line >> 9 | line >> 10;
    40 * (finders & !(before & after)).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode_rs::bits::encode_auto;
    use qrcode_rs::{EcLevel, QrCode, ec};

    /// Codes hang on walls: whatever chooses the mask, the symbol of an address must not change.
    #[test]
    fn the_mask_is_the_one_the_library_chooses() {
        for number in 0..400_u32 {
            let length = number as usize % 180;
            let text = format!("https://X{}.VN/Q/{:06}/{}", number % 7, number * 7919, "a".repeat(length));
            for level in [EcLevel::Q, EcLevel::H] {
                let bits = || encode_auto(text.as_bytes(), level).unwrap();
                let (version, bytes) = (bits().version(), bits().into_bytes());
                let expected = QrCode::with_bits(bits(), level).unwrap();
                let (data, correction) = ec::construct_codewords(&bytes, version, level).unwrap();
                let mut canvas = Canvas::new(version, level);
                canvas.draw_all_functional_patterns();
                canvas.draw_data(&data, &correction);
                assert!(best(&canvas, expected.width() as u16) == expected.to_colors(), "{text}");
            }
        }
    }
}
