//! What a picture's bytes are, whatever its name says: looked at without its pixels, or decoded within limits and turned
//! upright. Drawings (SVG) are parsed and written anew without anything that runs. Touches no disk.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::rules::prose;
use crate::site::site::FileFacts;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, Luma, Rgba};
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
    /// An iPhone's own form, whatever its name says.
    Heic,
    /// Its sides, of which one is longer than is opened at all.
    TooLarge(u32, u32),
    /// It begins well and cannot be read to its end.
    Damaged,
}

/// Somebody's photo as it lies in its file, decoded within the limits of a site's own photos.
pub struct Shot {
    picture: DynamicImage,
    orientation: Orientation,
    /// What the camera wrote beside the pixels: an EXIF block, not looked into.
    pub exif: Option<Vec<u8>>,
}

/// The pixels of somebody's photo, not decoded yet, for whoever wants to wait until there is room for them.
///
/// # Errors
/// Why there are none.
pub fn pixels(bytes: &[u8]) -> Result<u64, NoPixels> {
    let (width, height) = begun(bytes)?.dimensions();
    Ok(u64::from(width) * u64::from(height))
}

/// A decoder that has read a photo's head and found it within the limits.
fn begun(bytes: &[u8]) -> Result<impl ImageDecoder + '_, NoPixels> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => format,
        _ if is_heic(bytes) => return Err(NoPixels::Heic),
        _ => return Err(NoPixels::Form),
    };
    let decoder = open(bytes, format).into_decoder().map_err(|_| NoPixels::Damaged)?;
    let (width, height) = decoder.dimensions();
    if is_too_large(width, height) { Err(NoPixels::TooLarge(width, height)) } else { Ok(decoder) }
}

/// Whether a file is what an iPhone makes unless it is told otherwise.
fn is_heic(bytes: &[u8]) -> bool {
    let brand = bytes.get(4..12).unwrap_or_default();
    [&b"heic"[..], b"heix", b"mif1", b"msf1", b"hevc"].iter().any(|heic| brand == [b"ftyp", *heic].concat())
}

/// Whether a JPEG lacks its end: the decoder fills what is missing with grey and says nothing. The marker of the end
/// (ISO/IEC 10918-1, B.1.1.3) is looked for behind the first scan, as thumbnails in the head have ends of their own.
fn is_cut_short(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        if marker == 0xda {
            return bytes[at..].windows(2).all(|pair| pair != [0xff, 0xd9]);
        }
        // A filled marker stands without a length.
        at += if marker == 0xff { 1 } else { 2 + usize::from(u16::from_be_bytes([high, low])) };
    }
    false
}

impl Shot {
    /// Decodes a photo, whatever its name says.
    ///
    /// # Errors
    /// Why there are no pixels.
    pub fn open(bytes: &[u8]) -> Result<Self, NoPixels> {
        let mut decoder = begun(bytes)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let exif = decoder.exif_metadata().ok().flatten();
        let picture = DynamicImage::from_decoder(decoder).map_err(|_| NoPixels::Damaged)?;
        if is_cut_short(bytes) {
            return Err(NoPixels::Damaged);
        }
        Ok(Self { picture, orientation, exif })
    }

    /// The photo in grey, turned upright, what is transparent laid on white: what a reader of codes looks at.
    pub fn grey(self) -> GrayImage {
        let (width, height) = (self.picture.width(), self.picture.height());
        let mut grey = if self.picture.color().has_alpha() {
            let both = self.picture.to_luma_alpha8();
            drop(self.picture);
            GrayImage::from_fn(width, height, |x, y| {
                let [light, opaque] = both.get_pixel(x, y).0.map(u32::from);
                Luma([(255 - (255 - light) * opaque / 255) as u8])
            })
        } else {
            self.picture.into_luma8()
        };
        if self.orientation != Orientation::NoTransforms {
            let mut turned = DynamicImage::ImageLuma8(grey);
            turned.apply_orientation(self.orientation);
            grey = turned.into_luma8();
        }
        grey
    }

    /// The photo as a JPEG of at most `side` by `side` pixels and `most` bytes, upright, without anything a camera
    /// wrote; `None` where it cannot be made that small.
    pub fn thumbnail(&self, side: u32, most: usize) -> Option<Vec<u8>> {
        let fits = self.picture.width().max(self.picture.height()) <= side;
        let mut small = if fits { self.picture.clone() } else { self.picture.thumbnail(side, side) };
        small.apply_orientation(self.orientation);
        let (wide, high) = (u16::try_from(small.width()).ok()?, u16::try_from(small.height()).ok()?);
        let on_white = |pixel: &Rgba<u8>| {
            let [red, green, blue, opaque] = pixel.0.map(u32::from);
            [red, green, blue].map(|part| (255 - (255 - part) * opaque / 255) as u8)
        };
        let pixels: Vec<u8> = small.into_rgba8().pixels().flat_map(on_white).collect();
        [72, 55, 35].into_iter().find_map(|quality| {
            let mut out = Vec::new();
            jpeg_encoder::Encoder::new(&mut out, quality)
                .encode(&pixels, wide, high, jpeg_encoder::ColorType::Rgb)
                .ok()?;
            (out.len() <= most).then_some(out)
        })
    }
}

/// A photo or scan in grey and upright.
///
/// # Errors
/// Why there are no pixels; nothing larger than the limits of a site's own photos is decoded.
pub fn grey(bytes: &[u8]) -> Result<GrayImage, NoPixels> {
    Shot::open(bytes).map(Shot::grey)
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
