//! A photo in the forms that phones and desks ask for, made once from its pixels, upright and without GPS or any other
//! metadata, and kept in a cache beside the site, under the digest of the photo's bytes.
#![allow(clippy::disallowed_methods)] // the cache is this file's alone

use super::articles::{Trouble, gone};
use super::photo;
use super::source::Source;
use crate::diagnostic::rules::prose;
use crate::diagnostic::{Diagnostic, Failure};
use crate::site::Site;
use crate::site::site::FileFacts;
use base64::Engine as _;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::DynamicImage;
use jpeg_encoder::ColorType;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;
use webp::WebPConfig;

/// Where the cache stands in the site's folder. It may be deleted at any time.
pub const CACHE: &str = ".cache/dautich";
/// The first line of a cached photo; another recipe has another line.
const HEAD: &str = "dautich photo 3";
/// The width in pixels of what is shown until the photo comes.
const PLACEHOLDER: u32 = 16;
/// The width in pixels of the JPEG, for the few phones that know no WebP.
const PLAIN: u32 = 720;
/// How good a WebP or JPEG is made, of 100.
const QUALITY: f32 = 78.0;
/// How many bytes a WebP may take before it is made plainer, by width in pixels: at 720 a page with its font stays
/// within the 60 KB of a first view. Leaves and roof tiles need it, walls and faces do not.
const ENOUGH: [(u32, usize); 2] = [(480, 24 * 1024), (720, 34 * 1024)];
/// The plainest that is made.
const PLAINEST: f32 = 40.0;

/// One form of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rendition {
    /// A drawing, written anew.
    Drawing,
    /// A photo as WebP, so many pixels wide.
    WebP(u32),
    /// A photo as JPEG.
    Jpeg,
}

impl Rendition {
    /// The forms that a picture is published in.
    pub fn of(facts: &FileFacts) -> Vec<Self> {
        match facts.size {
            Some(_) if facts.ending == "svg" => vec![Self::Drawing],
            Some((width, _)) => photo::widths(width).map(Self::WebP).chain([Self::Jpeg]).collect(),
            None => Vec::new(),
        }
    }

    /// The path of this form; `plain` is the picture's own, as [`Site::photo_path`] gives it.
    pub fn path(self, plain: &str) -> String {
        match (self, plain.rsplit_once('.')) {
            (Self::WebP(width), Some((name, _))) => format!("{name}-{width}.webp"),
            _ => plain.to_owned(),
        }
    }
}

/// What is known of a photo whose forms stand in the cache.
#[derive(Clone, Debug)]
struct Made {
    /// As an address that holds its own bytes.
    placeholder: String,
    /// Where in the cached file each form lies, in bytes from its beginning, in the order of [`Rendition::of`].
    ranges: Vec<(u64, usize)>,
}

/// The photos of a site, each made when it is first asked for, once.
pub struct Renditions<'a> {
    source: &'a Source,
    folder: PathBuf,
    photos: HashMap<&'a str, OnceLock<Result<Made, Trouble>>>,
    /// Held as long as forms may be written, so that nobody sweeps them away.
    _lock: Option<File>,
    /// The cache of this run alone, where the site's folder cannot be written into.
    _lent: Option<TempDir>,
}

impl<'a> Renditions<'a> {
    /// Takes the cache of a site, and sweeps out what a killed run left half made. Where the site's folder cannot be
    /// written into, what is made lasts for this run only.
    pub fn open(source: &'a Source, site: &'a Site) -> Self {
        let files = site.files.values().flat_map(|folder| folder.values());
        let photos: HashMap<_, _> = files
            .filter(|facts| facts.size.is_some() && facts.ending != "svg")
            .map(|facts| (facts.digest.as_str(), OnceLock::new()))
            .collect();
        let (mut folder, mut lent, mut lock) = (source.root.join(CACHE), None, None);
        if !photos.is_empty() {
            match prepare(&folder) {
                Ok(held) => lock = held,
                Err(_) => lent = tempfile::tempdir().ok(),
            }
        }
        if let Some(lent) = &lent {
            folder = lent.path().to_owned();
        }
        Self { source, folder, photos, _lock: lock, _lent: lent }
    }

    /// What is shown in a photo's place until it comes: a WebP of some 80 bytes as a `data:` address. `None` for a
    /// drawing, and for a photo that cannot be made: whoever asks for its bytes is told why.
    pub fn placeholder(&self, facts: &FileFacts, folder: &str, name: &str) -> Option<String> {
        Some(self.made(facts, folder, name)?.as_ref().ok()?.placeholder.clone())
    }

    /// The bytes of one form of the picture `name` in an entry's folder.
    ///
    /// # Errors
    /// A picture that cannot be read to its end, or a machine that refuses.
    pub fn bytes(
        &self,
        facts: &FileFacts,
        folder: &str,
        name: &str,
        form: Rendition,
    ) -> Result<Vec<u8>, Trouble> {
        let file = format!("{folder}/{name}");
        if form == Rendition::Drawing {
            let bytes = self.source.read(&file, photo::MAX_BYTES).map_err(|why| gone(&file, why))?;
            return photo::clean(name, &bytes)
                .map_err(|finding| Trouble::Found(Box::new(finding.in_file(&file))));
        }
        let made = self.made(facts, folder, name).map_or_else(|| Err(lost(name)), Clone::clone)?;
        let at = Rendition::of(facts).iter().position(|other| *other == form);
        let (from, length) = at.and_then(|at| made.ranges.get(at).copied()).ok_or_else(|| lost(name))?;
        let path = self.folder.join(&facts.digest);
        let read = || -> io::Result<Vec<u8>> {
            let mut file = File::open(&path)?;
            file.seek(SeekFrom::Start(from))?;
            let mut bytes = vec![0; length];
            file.read_exact(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|error| Trouble::Failed(Failure::io(&path, &error)))
    }

    /// A photo's entry in the cache, made now where it has none.
    fn made(&self, facts: &FileFacts, folder: &str, name: &str) -> Option<&Result<Made, Trouble>> {
        let place = self.photos.get(facts.digest.as_str())?;
        // Nothing in here may wait for other threads' work: two of them would wait for each other.
        Some(place.get_or_init(|| {
            let forms = Rendition::of(facts).len();
            match cached(&self.folder.join(&facts.digest), forms) {
                Some(made) => Ok(made),
                None => self.make(facts, folder, name),
            }
        }))
    }

    fn make(&self, facts: &FileFacts, folder: &str, name: &str) -> Result<Made, Trouble> {
        let file = format!("{folder}/{name}");
        let bytes = self.source.read(&file, photo::MAX_BYTES).map_err(|why| gone(&file, why))?;
        let forms =
            develop(name, &bytes, facts).map_err(|found| Trouble::Found(Box::new(found.in_file(&file))))?;
        let path = self.folder.join(&facts.digest);
        let failed = |error: io::Error| Trouble::Failed(Failure::io(&path, &error));
        let lengths: Vec<String> = forms.iter().map(|form| form.len().to_string()).collect();
        let mut whole = format!("{HEAD}\n{}\n", lengths.join(" ")).into_bytes();
        whole.extend(forms.iter().flatten());
        // Beside its place first: a killed run leaves a whole photo or none.
        let beside = tempfile::NamedTempFile::with_prefix_in(UNDER_WAY, &self.folder).map_err(failed)?;
        fs::write(beside.path(), &whole).map_err(failed)?;
        beside.persist(&path).map_err(|error| failed(error.error))?;
        cached(&path, forms.len() - 1).ok_or_else(|| lost(name))
    }
}

/// How names of files begin that are not whole yet.
const UNDER_WAY: &str = "new-";

/// Makes the cache's folder and sweeps it where nobody else works in it.
fn prepare(folder: &Path) -> io::Result<Option<File>> {
    fs::create_dir_all(folder)?;
    let note = folder.join(".gitignore");
    if !note.exists() {
        fs::write(
            &note,
            "# Ảnh đã làm sẵn; xóa lúc nào cũng được. / Photos made ready; delete at any time.\n*\n",
        )?;
    }
    let lock = File::create(folder.join("lock"))?;
    if lock.try_lock().is_ok() {
        for found in fs::read_dir(folder)?.flatten() {
            if found.file_name().to_string_lossy().starts_with(UNDER_WAY) {
                // One that stays is of no harm: nothing reads it.
                let _ = fs::remove_file(found.path());
            }
        }
        lock.unlock()?;
    }
    // A disk that knows no locks has nobody to keep out.
    Ok(lock.lock_shared().ok().map(|()| lock))
}

/// A photo's entry as it stands in the cache; `None` where there is none, or not a whole one.
fn cached(path: &Path, forms: usize) -> Option<Made> {
    let mut file = File::open(path).ok()?;
    let mut start = Vec::with_capacity(1024);
    file.by_ref().take(1024).read_to_end(&mut start).ok()?;
    let mut lines = start.split(|byte| *byte == b'\n');
    let head = lines.next().filter(|line| *line == HEAD.as_bytes())?;
    let line = lines.next()?;
    let lengths: Vec<usize> =
        std::str::from_utf8(line).ok()?.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
    let mut at = head.len() + 1 + line.len() + 1;
    let whole = at + lengths.iter().sum::<usize>();
    if lengths.len() != forms + 1 || file.metadata().ok()?.len() != whole as u64 {
        return None;
    }
    let soft = start.get(at..at + lengths[0])?;
    let placeholder =
        format!("data:image/webp;base64,{}", base64::engine::general_purpose::STANDARD.encode(soft));
    let mut ranges = Vec::with_capacity(forms);
    for length in &lengths {
        ranges.push((at as u64, *length));
        at += length;
    }
    ranges.remove(0);
    Some(Made { placeholder, ranges })
}

/// Every form of a photo: the placeholder, then those of [`Rendition::of`].
fn develop(name: &str, bytes: &[u8], facts: &FileFacts) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    let unreadable = || Box::new(prose::unreadable_photo(name));
    let (width, height) = facts.size.ok_or_else(unreadable)?;
    let (picture, orientation) = photo::decode(name, bytes)?;
    // What lies in the file in sixteen bits, in grey or in a palette is even from here on.
    let picture: DynamicImage =
        if picture.color().has_alpha() { picture.into_rgba8().into() } else { picture.into_rgb8().into() };
    let lying = if photo::swaps(orientation) { (height, width) } else { (width, height) };
    // Turned when it is small: a twentieth of the pixels.
    let mut upright = resized(&picture, lying).ok_or_else(unreadable)?;
    drop(picture);
    upright.apply_orientation(orientation);
    let (mut webps, mut jpeg) = (Vec::new(), None);
    let across = |width: u32| {
        let (whole, high) = (u64::from(facts.size.map_or(1, |size| size.0)), u64::from(height));
        (width, ((high * u64::from(width) + whole / 2) / whole).max(1) as u32)
    };
    for wide in photo::widths(width).rev() {
        if wide < upright.width() {
            upright = resized(&upright, across(wide)).ok_or_else(unreadable)?;
        }
        if wide <= PLAIN && jpeg.is_none() {
            jpeg = as_jpeg(&upright);
        }
        webps.push(as_webp(&upright).ok_or_else(unreadable)?);
    }
    let soft = resized(&upright, across(PLACEHOLDER)).and_then(|soft| encode(&soft, 30.0));
    webps.push(soft.ok_or_else(unreadable)?);
    webps.reverse();
    webps.push(jpeg.ok_or_else(unreadable)?);
    Ok(webps)
}

fn resized(picture: &DynamicImage, (width, height): (u32, u32)) -> Option<DynamicImage> {
    if (picture.width(), picture.height()) == (width, height) {
        return Some(picture.clone());
    }
    let mut smaller = DynamicImage::new(width, height, picture.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(picture, &mut smaller, &options).ok()?;
    Some(smaller)
}

/// A WebP; of a busy photo that would weigh too much, a plainer one, guessed once from what the first one weighs.
fn as_webp(picture: &DynamicImage) -> Option<Vec<u8>> {
    let made = encode(picture, QUALITY)?;
    let enough =
        ENOUGH.iter().find(|(width, _)| picture.width() <= *width).map_or(usize::MAX, |(_, bytes)| *bytes);
    if made.len() <= enough {
        return Some(made);
    }
    let plainer = QUALITY * enough as f32 / made.len() as f32;
    encode(picture, plainer.max(PLAINEST))
}

fn encode(picture: &DynamicImage, quality: f32) -> Option<Vec<u8>> {
    let mut config = WebPConfig::new().ok()?;
    config.quality = quality;
    config.method = 2;
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgba8(clear) => webp::Encoder::from_rgba(clear, width, height),
        DynamicImage::ImageRgb8(full) => webp::Encoder::from_rgb(full, width, height),
        _ => return None,
    };
    Some(encoder.encode_advanced(&config).ok()?.to_vec())
}

/// A JPEG; what is transparent lies on white.
fn as_jpeg(picture: &DynamicImage) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(picture.width()).ok()?, u16::try_from(picture.height()).ok()?);
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, QUALITY as u8);
    encoder.set_progressive(true);
    let pixels = match picture {
        DynamicImage::ImageRgba8(clear) => {
            let on_white =
                |part: u8, opaque: u8| (255 - u16::from(255 - part) * u16::from(opaque) / 255) as u8;
            clear.pixels().flat_map(|p| [0, 1, 2].map(|at| on_white(p.0[at], p.0[3]))).collect()
        }
        other => other.to_rgb8().into_raw(),
    };
    encoder.encode(&pixels, width, height, ColorType::Rgb).ok()?;
    Some(out)
}

/// A photo that changed between load and render.
fn lost(name: &str) -> Trouble {
    Trouble::Found(Box::new(prose::unreadable_photo(name)))
}
