//! What a picture's bytes are, whatever its name says: looked at without its pixels, or decoded within limits and turned
//! upright. Drawings (SVG) are parsed and written anew without anything that runs. Touches no disk.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::prose;
use crate::site::site::FileFacts;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, Luma};
use resvg::tiny_skia::{Color, ColorU8, IntSize, Pixmap, PixmapPaint, Transform};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// The widths that phones and desks are offered, in pixels; none wider than the photo itself is made.
pub const WIDTHS: [u32; 3] = [480, 720, 1080];
/// The width in pixels under which a photo is told to be too small: narrower than a cheap phone shows a page (360 points
/// at two pixels each), it is stretched to a blur.
pub const NARROWEST: u32 = 480;
/// The longest side of a photo that is opened at all, in pixels.
const MAX_SIDE: u32 = 12_000;
/// The most pixels of a photo that is opened at all: phones that boast of 108 million are in. Two at a time, as one
/// thread a core decodes them, take 700 MB.
const MAX_PIXELS: u64 = 120_000_000;
/// The longest side of a published photo in pixels: WebP has no longer one than 16,383.
const LONGEST: u32 = 4096;
/// The largest photo file that is read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The largest drawing, in bytes.
const MAX_SVG: usize = 2 * 1024 * 1024;
/// Told apart in the digest, so that a change of this file's recipe changes the published names.
const RECIPE: &[u8] = b"photo 3";

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
            // An iPhone's HEIC that somebody only renamed.
            _ if bytes.get(4..8) == Some(b"ftyp") => Err(Box::new(prose::photo_format(name))),
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
            if is_too_large(width, height) {
                return Err(Box::new(prose::photo_too_large(name, width, height)));
            }
            let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
            let upright = if swaps(orientation) { (height, width) } else { (width, height) };
            widest(upright)
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

/// The ending of a picture's plainest form: a photo has a JPEG beside its WebPs, a drawing stays one.
fn published_ending(name: &str) -> &'static str {
    let svg = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"));
    if svg { "svg" } else { "jpg" }
}

/// A drawing as it is published.
///
/// # Errors
/// A finding where it cannot be parsed.
pub fn clean(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Box<Diagnostic>> {
    let options = usvg::WriteOptions {
        coordinates_precision: 2,
        transforms_precision: 5,
        indent: usvg::Indent::None,
        ..usvg::WriteOptions::default()
    };
    Ok(drawing(name, bytes)?.to_string(&options).into_bytes())
}

/// A photo's pixels as they lie in the file, and how they are turned to stand upright.
///
/// # Errors
/// A finding where they cannot be read (a file cut short).
pub fn decode(name: &str, bytes: &[u8]) -> Result<(DynamicImage, Orientation), Box<Diagnostic>> {
    let unreadable = || Box::new(prose::unreadable_photo(name));
    let Form::Raster(format) = form(name, bytes)? else { return Err(unreadable()) };
    let mut decoder = open(bytes, format).into_decoder().map_err(|_| unreadable())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| unreadable())?;
    Ok((picture, orientation))
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
        Form::Raster(_) => {
            let (mut picture, orientation) = decode(name, bytes)?;
            picture.apply_orientation(orientation);
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
    if is_too_large(width, height) {
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
    limits.max_alloc = Some(512 * 1024 * 1024);
    reader.limits(limits);
    reader
}

fn is_too_large(width: u32, height: u32) -> bool {
    width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS
}

/// Whether an orientation makes a photo's height its width.
pub fn swaps(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// The size in pixels of the widest form of an upright photo.
fn widest((width, height): (u32, u32)) -> (u32, u32) {
    let scaled = |side: u32, to: u32, of: u32| {
        ((u64::from(side) * u64::from(to) + u64::from(of) / 2) / u64::from(of.max(1))).max(1) as u32
    };
    let across = width.min(WIDTHS[WIDTHS.len() - 1]);
    let down = scaled(height, across, width);
    if down <= LONGEST { (across, down) } else { (scaled(across, LONGEST, down), LONGEST) }
}

/// The widths that a photo is made in, in pixels, narrowest first; `width` is that of its widest form.
pub fn widths(width: u32) -> impl DoubleEndedIterator<Item = u32> {
    WIDTHS.into_iter().filter(move |narrower| *narrower < width).chain([width])
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
