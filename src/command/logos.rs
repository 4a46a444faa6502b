//! The site's logos (`logos` in dautich.yaml) made ready for print: grey, on white, as large as 600 dpi needs.

use crate::build::articles;
use crate::build::photo;
use crate::build::source::{Source, Unreadable};
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::plates;
use crate::diagnostic::{Diagnostic, Failure, Text};
use crate::print::logo::Logo;
use crate::site::config::{self, Config};
use std::path::{Component, Path};

/// Logos on a plaque: more would crowd the name.
const MOST: usize = 4;
/// The height in pixels at which one is printed: 17 mm at 600 dpi.
const HEIGHT: u32 = 400;
/// How many times wider than high one may be.
const WIDEST: f32 = 8.0;

/// The logos, and what is wrong with those that cannot be had.
///
/// # Errors
/// Where the machine refuses to read.
pub fn logos(source: &Source, config: &Config) -> Result<(Vec<Logo>, Vec<Diagnostic>), Failure> {
    let (mut logos, mut found) = (Vec::new(), Vec::new());
    if let Some(beyond) = config.logos.get(MOST) {
        found.push(plates::bad_logo(&beyond.value, &too_many()).at(config::FILE, beyond.span));
    }
    for name in config.logos.iter().take(MOST) {
        match logo(source, name)? {
            Ok(logo) => logos.push(logo),
            Err(finding) => found.push(finding.at(config::FILE, name.span)),
        }
    }
    Ok((logos, found))
}

fn logo(source: &Source, name: &At<String>) -> Result<Result<Logo, Box<Diagnostic>>, Failure> {
    let bad = |why: &Text| Ok(Err(Box::new(plates::bad_logo(&name.value, why))));
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if !Path::new(&name.value).components().all(inside) || name.value.contains(['\\', ':']) {
        return bad(&outside());
    }
    let bytes = match source.read(&name.value, photo::MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(Unreadable::Missing | Unreadable::Folder) => return bad(&missing()),
        Err(why) => return Ok(Err(Box::new(articles::unreadable(why)?))),
    };
    Ok(drawn(&name.value, &bytes))
}

fn drawn(name: &str, bytes: &[u8]) -> Result<Logo, Box<Diagnostic>> {
    let (width, height) = photo::look(name, bytes)?.size.unwrap_or_default();
    let shape = width as f32 / height.max(1) as f32;
    if !(1.0 / WIDEST..=WIDEST).contains(&shape) {
        return Err(Box::new(plates::bad_logo(name, &odd_shape())));
    }
    let across = (HEIGHT as f32 * shape).round().max(1.0) as u32;
    let pixels = photo::filling(name, bytes, across, HEIGHT)?;
    // Opaque, for it lies on white: the colours are as they were. Brightness as eyes weigh it (ITU-R BT.601).
    let grey = |pixel: &[u8]| {
        ((u32::from(pixel[0]) * 299 + u32::from(pixel[1]) * 587 + u32::from(pixel[2]) * 114 + 500) / 1000)
            as u8
    };
    let pixels = pixels.data().chunks_exact(4).map(grey).collect();
    Logo::of(pixels, across, HEIGHT).ok_or_else(|| Box::new(plates::bad_logo(name, &odd_shape())))
}

fn too_many() -> Text {
    Text::new(format!("nhiều nhất {MOST} logo"), format!("at most {MOST} logos"))
}

fn outside() -> Text {
    Text::new("tệp phải nằm trong thư mục của trang", "the file must lie inside the site's folder")
}

fn missing() -> Text {
    Text::new("không có tệp này", "there is no such file")
}

fn odd_shape() -> Text {
    Text::new("hình quá dài hoặc quá dẹt", "the picture is too long or too flat")
}
