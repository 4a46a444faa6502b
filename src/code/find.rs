//! Finds the QR symbols in a grey picture, whoever made them, and says what each holds.
//! A hostile picture costs bounded memory and time: what is not found by then is told as not looked at, and a reader
//! that breaks on it breaks alone.

use image::{GrayImage, imageops};
use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, Luma8LuminanceSource};
use std::collections::{BTreeSet, HashSet};
use std::sync::{Once, mpsc};
use std::time::{Duration, Instant};
use std::{panic, thread};

/// The longest side that is looked at, in pixels: an A4 page at 350 dpi. What is larger is made smaller first.
const LONGEST: u32 = 4096;
/// The shortest side worth looking at again when it is made smaller, in pixels.
const SHORTEST: u32 = 300;
/// How long one picture may take, by the clock on the wall. A photo of twelve million pixels takes less than a second,
/// and many times that on a machine that does something else beside.
const PATIENCE: Duration = Duration::from_secs(60);
/// How far the neighbours reach to each side that a pixel is held against, in pixels: a symbol is read best where its
/// modules are 4 to 12 pixels wide, and a square of 25 holds a few of those.
const AROUND: usize = 12;
/// The name of the thread that reads.
const READER: &str = "reader";

/// What was found in a picture.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Found {
    /// What each symbol holds, each text once.
    pub texts: BTreeSet<String>,
    /// Whether the picture was looked at to its end.
    pub whole: bool,
}

/// Finds every symbol in a picture, at its own size and at smaller ones (3/4, 1/2, 3/8 and so on): blur and noise that
/// hide a symbol at one size are gone at the next. The smaller ones are looked at twice, the second time with each pixel
/// held against its neighbours, which mends spots of dirt and the edge of a shadow.
#[allow(clippy::disallowed_methods)] // what is not found in time is told as not looked at
pub fn find(picture: GrayImage) -> Found {
    let begun = Instant::now();
    let (out, results) = mpsc::channel();
    silence_the_reader();
    // Not joined: a reader that takes too long is left behind and ends with the program.
    let reader = thread::Builder::new().name(READER.to_owned()).spawn(move || {
        let whole = bounded(picture);
        let mut next = smaller(&whole, 3, 4);
        let mut sight = Some((whole, false));
        while let Some((picture, twice)) = sight {
            let half = smaller(&picture, 1, 2);
            let again = twice.then(|| against_neighbours(&picture));
            if out.send((texts(picture, HybridBinarizer::new), false)).is_err() {
                return;
            }
            if again
                .is_some_and(|again| out.send((texts(again, GlobalHistogramBinarizer::new), false)).is_err())
            {
                return;
            }
            sight = next.map(|next| (next, true));
            next = half;
        }
        let _ = out.send((Vec::new(), true));
    });
    let mut found = Found::default();
    while reader.is_ok() && !found.whole {
        let left = PATIENCE.saturating_sub(begun.elapsed());
        let Ok((texts, last)) = results.recv_timeout(left) else { break };
        found.texts.extend(texts);
        found.whole = last;
    }
    found
}

/// A picture no larger than is looked at; a very small one three times as large, so that a module has some pixels.
fn bounded(picture: GrayImage) -> GrayImage {
    let (width, height) = picture.dimensions();
    let longest = width.max(height).max(1);
    if longest > LONGEST {
        let scale =
            |side: u32| (u64::from(side) * u64::from(LONGEST)).div_ceil(u64::from(longest)).max(1) as u32;
        return imageops::thumbnail(&picture, scale(width), scale(height));
    }
    if longest < SHORTEST {
        return imageops::resize(&picture, width * 3, height * 3, imageops::FilterType::Triangle);
    }
    picture
}

/// A picture made smaller; `None` where nothing could be read in it any more.
fn smaller(picture: &GrayImage, over: u32, under: u32) -> Option<GrayImage> {
    let (width, height) = (picture.width() * over / under, picture.height() * over / under);
    (width.min(height) >= SHORTEST).then(|| imageops::thumbnail(picture, width, height))
}

/// Black where a pixel is darker than the mean of the square around it by a twentieth, else white.
fn against_neighbours(picture: &GrayImage) -> GrayImage {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = picture.as_raw();
    let row = |y: usize| &pixels[y * width..(y + 1) * width];
    // What each column holds of the rows of the square, kept as the square goes down.
    let mut columns = vec![0_u32; width];
    for y in 0..AROUND.min(height) {
        columns.iter_mut().zip(row(y)).for_each(|(sum, pixel)| *sum += u32::from(*pixel));
    }
    let mut out = Vec::with_capacity(pixels.len());
    for y in 0..height {
        if y + AROUND < height {
            columns.iter_mut().zip(row(y + AROUND)).for_each(|(sum, pixel)| *sum += u32::from(*pixel));
        }
        if let Some(gone) = y.checked_sub(AROUND + 1) {
            columns.iter_mut().zip(row(gone)).for_each(|(sum, pixel)| *sum -= u32::from(*pixel));
        }
        let rows = (y + AROUND + 1).min(height) - y.saturating_sub(AROUND);
        let mut sum: u32 = columns[..AROUND.min(width)].iter().sum();
        for (x, pixel) in row(y).iter().enumerate() {
            sum += columns.get(x + AROUND).copied().unwrap_or_default();
            sum -= x.checked_sub(AROUND + 1).map_or(0, |gone| columns[gone]);
            let count = rows * ((x + AROUND + 1).min(width) - x.saturating_sub(AROUND));
            let dark = u32::from(*pixel) * count as u32 * 20 < sum * 19;
            out.push(if dark { 0 } else { 255 });
        }
    }
    GrayImage::from_raw(picture.width(), picture.height(), out).unwrap_or_default()
}

/// What the symbols in a picture of this very size hold.
fn texts<B: Binarizer>(picture: GrayImage, halved: impl FnOnce(Luma8LuminanceSource) -> B) -> Vec<String> {
    let (width, height) = picture.dimensions();
    let Ok(source) = Luma8LuminanceSource::new(picture.into_raw(), width, height) else { return Vec::new() };
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        ..DecodeHints::default()
    };
    let mut bitmap = BinaryBitmap::new(halved(source));
    let found = QrReader.decode_multiple_with_hints(&mut bitmap, &hints).unwrap_or_default();
    found.iter().map(|symbol| symbol.getText().to_owned()).collect()
}

/// A reader that breaks on a hostile picture says nothing to the editor: that the picture was not read whole is told
/// by the command. Every other thread speaks as before.
fn silence_the_reader() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            if thread::current().name() != Some(READER) {
                usual(what);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// The running sums are those of the square, at the edges too.
    #[test]
    fn each_pixel_is_held_against_the_mean_around_it() {
        let picture = GrayImage::from_fn(61, 47, |x, y| Luma([(x * 37 + y * 91 + x * y * 13) as u8]));
        let made = against_neighbours(&picture);
        for (x, y, pixel) in picture.enumerate_pixels() {
            let near = |at: u32, side: u32| at.saturating_sub(12)..(at + 13).min(side);
            let around = near(y, 47).flat_map(|v| near(x, 61).map(move |u| (u, v)));
            let lights: Vec<u32> = around.map(|(u, v)| u32::from(picture.get_pixel(u, v).0[0])).collect();
            let dark = u32::from(pixel.0[0]) * 20 * (lights.len() as u32) < lights.iter().sum::<u32>() * 19;
            assert_eq!(made.get_pixel(x, y).0[0] == 0, dark, "{x}, {y}");
        }
    }
}
