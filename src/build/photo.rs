//! Photos made fit to publish: turned upright, made smaller, and written anew from their pixels, so that no GPS and no
//! other metadata leaves the house. Drawings (SVG) are parsed and written anew without anything that runs.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::prose;
use crate::site::site::FileFacts;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, Luma};
use resvg::tiny_skia::{Color, ColorU8, IntSize, Pixmap, PixmapPaint, Transform};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// The longest side of a published photo in pixels.
const LONGEST: u32 = 1600;
/// The width in pixels under which a photo is told to be too small: narrower than a cheap phone shows a page (360 points
/// at two pixels each), it is stretched to a blur.
pub const NARROWEST: u32 = 480;
/// The longest side of a photo that is opened at all, in pixels.
const MAX_SIDE: u32 = 12_000;
/// The largest photo file that is read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The largest drawing, in bytes.
const MAX_SVG: usize = 2 * 1024 * 1024;
/// Told apart in the digest, so that a change of this file's recipe changes the published names.
const RECIPE: &[u8] = b"photo 1";

/// What a photo is, from its bytes and not from its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Raster(ImageFormat),
    Drawing,
}

fn form(name: &str, bytes: &[u8]) -> Result<Form, Box<Diagnostic>> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "svg" => Ok(Form::Drawing),
        "jpg" | "jpeg" | "png" | "webp" => match image::guess_format(bytes) {
            Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => {
                Ok(Form::Raster(format))
            }
            _ => Err(Box::new(prose::unreadable_photo(name))),
        },
        _ => Err(Box::new(prose::photo_format(name))),
    }
}

/// Looks at a photo without decoding its pixels: its digest, and its size as it will be published.
///
/// # Errors
/// A finding where it is no picture, too large, or of a format we do not take.
pub fn look(name: &str, bytes: &[u8]) -> Result<FileFacts, Box<Diagnostic>> {
    let size = match form(name, bytes)? {
        Form::Drawing if has_letters(bytes) => return Err(Box::new(prose::letters_in_drawing(name))),
        Form::Drawing => {
            let size = drawing(name, bytes)?.size().to_int_size();
            (size.width(), size.height())
        }
        Form::Raster(format) => {
            let unreadable = || Box::new(prose::unreadable_photo(name));
            let mut decoder = open(bytes, format).into_decoder().map_err(|_| unreadable())?;
            let (width, height) = decoder.dimensions();
            if width > MAX_SIDE || height > MAX_SIDE {
                return Err(Box::new(prose::photo_too_large(name, width, height)));
            }
            let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
            let (width, height) = if swaps(orientation) { (height, width) } else { (width, height) };
            shrunk(width, height)
        }
    };
    let mut hash = Sha256::new();
    hash.update(RECIPE);
    hash.update(bytes);
    let digest = hex(&hash.finalize()[..8]);
    Ok(FileFacts { digest, ending: published_ending(name), size: Some(size), ..FileFacts::default() })
}

/// Whether a drawing holds text: without its fonts the letters would be gone from the published one.
fn has_letters(bytes: &[u8]) -> bool {
    bytes.windows(5).any(|tag| tag == b"<text")
}

/// Small hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The ending under which a photo is published: a photo as JPEG, what may be transparent as PNG, a drawing as SVG.
fn published_ending(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("svg") => "svg",
        Some("jpg" | "jpeg") => "jpg",
        _ => "png",
    }
}

/// The bytes to publish.
///
/// # Errors
/// A finding where the pixels cannot be read after all (a file cut short).
pub fn make(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Box<Diagnostic>> {
    let unreadable = || Box::new(prose::unreadable_photo(name));
    let format = match form(name, bytes)? {
        Form::Drawing => {
            let options = usvg::WriteOptions {
                coordinates_precision: 2,
                transforms_precision: 5,
                indent: usvg::Indent::None,
                ..usvg::WriteOptions::default()
            };
            return Ok(drawing(name, bytes)?.to_string(&options).into_bytes());
        }
        Form::Raster(format) => format,
    };
    let mut picture = upright(bytes, format).ok_or_else(unreadable)?;
    let (width, height) = shrunk(picture.width(), picture.height());
    if width < picture.width() {
        picture = picture.resize_exact(width, height, FilterType::Triangle);
    }
    let mut out = Vec::new();
    let written = if published_ending(name) == "jpg" {
        picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut out, 82))
    } else {
        picture.to_rgba8().write_with_encoder(PngEncoder::new(&mut out))
    };
    written.map(|()| out).map_err(|_| unreadable())
}

/// A photo or drawing that fills `width` by `height` pixels, cut evenly at the sides that are too long; what is
/// transparent lies on white.
///
/// # Errors
/// A finding where the pixels cannot be read.
pub fn filling(name: &str, bytes: &[u8], width: u32, height: u32) -> Result<Pixmap, Box<Diagnostic>> {
    let unreadable = || Box::new(prose::unreadable_photo(name));
    let mut pixels = Pixmap::new(width, height).ok_or_else(unreadable)?;
    pixels.fill(Color::WHITE);
    match form(name, bytes)? {
        Form::Drawing => {
            let tree = drawing(name, bytes)?;
            let (across, down) = (tree.size().width(), tree.size().height());
            let scale = (width as f32 / across).max(height as f32 / down);
            let (left, top) = ((width as f32 - across * scale) / 2.0, (height as f32 - down * scale) / 2.0);
            resvg::render(
                &tree,
                Transform::from_row(scale, 0.0, 0.0, scale, left, top),
                &mut pixels.as_mut(),
            );
        }
        Form::Raster(format) => {
            let picture = upright(bytes, format).ok_or_else(unreadable)?;
            let picture = picture.resize_to_fill(width, height, FilterType::Triangle);
            let clear = picture.color().has_alpha();
            let mut drawn = picture.into_rgba8().into_raw();
            for pixel in drawn.chunks_exact_mut(4).filter(|_| clear) {
                let colour = ColorU8::from_rgba(pixel[0], pixel[1], pixel[2], pixel[3]).premultiply();
                pixel.copy_from_slice(&[colour.red(), colour.green(), colour.blue(), colour.alpha()]);
            }
            let size = IntSize::from_wh(width, height).ok_or_else(unreadable)?;
            let drawn = Pixmap::from_vec(drawn, size).ok_or_else(unreadable)?;
            let (paint, still) = (PixmapPaint::default(), Transform::identity());
            pixels.draw_pixmap(0, 0, drawn.as_ref(), &paint, still, None);
        }
    }
    Ok(pixels)
}

/// A photo's pixels as its camera was held; `None` where they cannot be read.
fn upright(bytes: &[u8], format: ImageFormat) -> Option<DynamicImage> {
    let mut decoder = open(bytes, format).into_decoder().ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

/// Why there are no pixels to look at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoPixels {
    /// Not a PNG, JPEG or WebP, whatever its name says.
    Form,
    /// Its sides, of which one is longer than is opened at all.
    TooLarge(u32, u32),
    /// It begins well and cannot be read to its end.
    Damaged,
}

/// A photo or scan in grey, turned upright, what is transparent laid on white: what a reader of codes looks at.
///
/// # Errors
/// Why there are no pixels; nothing larger than the limits of a site's own photos is decoded.
pub fn grey(bytes: &[u8]) -> Result<GrayImage, NoPixels> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => format,
        _ => return Err(NoPixels::Form),
    };
    let mut decoder = open(bytes, format).into_decoder().map_err(|_| NoPixels::Damaged)?;
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(NoPixels::TooLarge(width, height));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| NoPixels::Damaged)?;
    let mut grey = if picture.color().has_alpha() {
        let both = picture.to_luma_alpha8();
        drop(picture);
        GrayImage::from_fn(width, height, |x, y| {
            let [light, opaque] = both.get_pixel(x, y).0.map(u32::from);
            Luma([(255 - (255 - light) * opaque / 255) as u8])
        })
    } else {
        picture.into_luma8()
    };
    if orientation != Orientation::NoTransforms {
        let mut turned = DynamicImage::ImageLuma8(grey);
        turned.apply_orientation(orientation);
        grey = turned.into_luma8();
    }
    Ok(grey)
}

fn open(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(768 * 1024 * 1024);
    reader.limits(limits);
    reader
}

fn swaps(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn shrunk(width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    if longest <= LONGEST {
        return (width, height);
    }
    let scale = |side: u32| (u64::from(side) * u64::from(LONGEST)).div_ceil(u64::from(longest)).max(1) as u32;
    (scale(width), scale(height))
}

/// Parses a drawing. What the parser has no room for (scripts, handlers, links, foreign objects) is gone with it, and
/// pictures inside it are refused.
fn drawing(name: &str, bytes: &[u8]) -> Result<usvg::Tree, Box<Diagnostic>> {
    let unreadable = || Box::new(prose::unreadable_photo(name));
    if bytes.len() > MAX_SVG {
        return Err(unreadable());
    }
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    usvg::Tree::from_data(bytes, &options).map_err(|_| unreadable())
}
