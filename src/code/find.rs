//! Finds the QR symbols in a grey picture, whoever made them, and says what each holds.
//! A hostile picture costs bounded memory and time: what is not found by then is told as not looked at, and a reader
//! that breaks on it breaks alone.

use image::{GrayImage, imageops};
use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource};
use std::collections::{BTreeSet, HashSet};
use std::sync::{Once, mpsc};
use std::time::Duration;
use std::{panic, thread};

/// The longest side that is looked at, in pixels: an A4 page at 350 dpi. What is larger is made smaller first.
const LONGEST: u32 = 4096;
/// The shortest side worth looking at again at half the size, in pixels.
const SHORTEST: u32 = 300;
/// How long one size of one picture may take. A page of 300 dpi takes a hundredth of it.
const PATIENCE: Duration = Duration::from_secs(20);
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

/// Finds every symbol in a picture, at its own size and at smaller ones: blur and noise that hide a symbol at one size
/// are gone at the next.
pub fn find(picture: GrayImage) -> Found {
    let (out, results) = mpsc::channel();
    silence_the_reader();
    // Not joined: a reader that takes too long is left behind and ends with the program.
    let reader = thread::Builder::new().name(READER.to_owned()).spawn(move || {
        let mut picture = bounded(picture);
        loop {
            let (width, height) = picture.dimensions();
            let half = (width.min(height) / 2 >= SHORTEST).then(|| half(&picture));
            let last = half.is_none();
            if out.send((texts(picture), last)).is_err() {
                return;
            }
            match half {
                Some(half) => picture = half,
                None => return,
            }
        }
    });
    let mut found = Found::default();
    while reader.is_ok() && !found.whole {
        let Ok((texts, last)) = results.recv_timeout(PATIENCE) else { break };
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

fn half(picture: &GrayImage) -> GrayImage {
    imageops::thumbnail(picture, picture.width() / 2, picture.height() / 2)
}

/// What the symbols in a picture of this very size hold.
fn texts(picture: GrayImage) -> Vec<String> {
    let (width, height) = picture.dimensions();
    let Ok(source) = Luma8LuminanceSource::new(picture.into_raw(), width, height) else { return Vec::new() };
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        ..DecodeHints::default()
    };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
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
