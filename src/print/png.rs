//! A symbol alone as PNG: the SVG drawn at whole pixels a module, grey, with its resolution in it so that it prints at its
//! true size. Blurs no edge: every module begins and ends between two pixels.

use super::svg::Single;
use super::typeface::Typeface;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The resolution to come nearest to, in dots an inch: an etcher's and a good printer's.
const DPI: f32 = 1200.0;
/// The most pixels on a side: 4 bytes each are held while it is drawn.
const MOST: f32 = 5000.0;
/// Before this byte stand the signature (8) and the whole IHDR chunk (25): PNG wants pHYs after it (ISO/IEC 15948, 11.3.5.3).
const AFTER_HEAD: usize = 33;

/// The drawing as a PNG file; `None` where the library refuses, which no content can bring about.
pub fn png(single: &Single<'_>, face: &Typeface) -> Option<Vec<u8>> {
    let ((wide, high), module) = (single.modules(), single.module());
    let pixels = (module / 25.4 * DPI).round().min((MOST / high).floor()).max(1.0);
    let tree = Tree::from_str(&single.svg(face), &Options::default()).ok()?;
    let mut map = Pixmap::new((wide * pixels) as u32, (high * pixels) as u32)?;
    map.fill(Color::WHITE);
    let drawn = (map.width() as f32 / tree.size().width(), map.height() as f32 / tree.size().height());
    resvg::render(&tree, Transform::from_scale(drawn.0, drawn.1), &mut map.as_mut());
    let grey: Vec<u8> = map.data().chunks_exact(4).map(|pixel| pixel[0]).collect();
    let mut out = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Up);
    encoder.write_image(&grey, map.width(), map.height(), ExtendedColorType::L8).ok()?;
    let metre = (pixels / module * 1000.0).round() as u32;
    out.splice(AFTER_HEAD..AFTER_HEAD, resolution(metre));
    Some(out)
}

/// The chunk that tells how many pixels make a metre, across and down.
fn resolution(metre: u32) -> Vec<u8> {
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(metre.to_be_bytes());
    chunk.extend(metre.to_be_bytes());
    chunk.push(1);
    let check = crc(&chunk);
    [&9_u32.to_be_bytes()[..], &chunk, &check.to_be_bytes()].concat()
}

/// The check of a chunk (ISO/IEC 15948, 5.5).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
    })
}
