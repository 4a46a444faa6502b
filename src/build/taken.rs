//! When and where a photo was taken, as its camera wrote it (EXIF 2.32). Hostile: a place is believed only where every
//! part of it makes sense. Coordinates stay inside the program: nothing here is ever shown but a distance.

use crate::diagnostic::Text;
use crate::site::place::is_in_vietnam;
use exif::{Exif, In, Rational, Reader, Tag, Value};
use jiff::civil::DateTime;

/// The error in metres beyond which a phone's own word on where it was is not used: cell towers, not satellites.
const TOO_UNSURE: f64 = 100.0;
/// The longest EXIF block that is looked into, in bytes: in a JPEG it has at most 64 KB.
const LONGEST: usize = 1024 * 1024;

/// What a camera wrote of a photo.
#[derive(Clone, PartialEq, Debug)]
pub struct Taken {
    /// When, on the camera's own clock.
    pub at: Option<DateTime>,
    /// Where.
    pub place: Whereabouts,
}

/// Where a photo was taken.
#[derive(Clone, PartialEq, Debug)]
pub enum Whereabouts {
    /// Latitude and longitude in degrees, in Vietnam.
    Known((f64, f64)),
    /// The photo does not say.
    Unsaid,
    /// What it says cannot be; why.
    Nonsense(Text),
}

impl Taken {
    /// Nothing known.
    pub const NOTHING: Self = Self { at: None, place: Whereabouts::Unsaid };

    /// Reads an EXIF block; what is damaged in it is passed over.
    pub fn read(block: Option<Vec<u8>>) -> Self {
        let Some(block) = block.filter(|block| block.len() <= LONGEST) else { return Self::NOTHING };
        let read = Reader::new().continue_on_error(true).read_raw(block);
        match read.or_else(|error| error.distill_partial_result(drop)) {
            Ok(exif) => Self { at: time(&exif), place: place(&exif) },
            Err(_) => Self::NOTHING,
        }
    }
}

/// `DateTimeOriginal`, `2026:11:21 08:15:00`; `None` where it is no day.
fn time(exif: &Exif) -> Option<DateTime> {
    let written = text(exif, Tag::DateTimeOriginal)?;
    let (day, hour) = written.split_once(' ')?;
    let date: Vec<i16> = day.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let clock: Vec<i8> = hour.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (&[year, month, day], &[hour, minute, second]) = (&date[..], &clock[..]) else { return None };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    DateTime::new(year, month, day, hour, minute, second, 0).ok().filter(|at| at.year() >= 1990)
}

fn place(exif: &Exif) -> Whereabouts {
    let parts = [Tag::GPSLatitude, Tag::GPSLatitudeRef, Tag::GPSLongitude, Tag::GPSLongitudeRef];
    if parts.iter().all(|tag| exif.get_field(*tag, In::PRIMARY).is_none()) {
        return Whereabouts::Unsaid;
    }
    let nonsense = |vi: &str, en: &str| Whereabouts::Nonsense(Text::new(vi, en));
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, ["N", "S"], 90.0);
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, ["E", "W"], 180.0);
    let Some(point) = latitude.zip(longitude) else {
        return nonsense("vị trí trong ảnh ghi hỏng", "the place in the photo is garbled");
    };
    // `V`: the receiver had no fix and wrote what it remembered.
    if text(exif, Tag::GPSStatus).is_some_and(|status| status.eq_ignore_ascii_case("V")) {
        return nonsense("máy chụp chưa bắt được vị trí", "the camera had no fix");
    }
    if point == (0.0, 0.0) {
        return nonsense("vị trí trong ảnh là 0, 0", "the place in the photo is 0, 0");
    }
    if !is_in_vietnam(point) {
        return nonsense("vị trí trong ảnh nằm ngoài Việt Nam", "the place in the photo is not in Vietnam");
    }
    match rationals(exif, Tag::GPSHPositioningError).and_then(|parts| parts.first().map(Rational::to_f64)) {
        Some(error) if error > TOO_UNSURE => nonsense(
            &format!("máy chụp tự báo vị trí sai tới {error:.0} m"),
            &format!("the camera itself gives its place an error of {error:.0} m"),
        ),
        _ => Whereabouts::Known(point),
    }
}

/// Degrees, minutes and seconds with their hemisphere as signed degrees; `None` where any part makes no sense.
fn degrees(exif: &Exif, tag: Tag, reference: Tag, [more, less]: [&str; 2], most: f64) -> Option<f64> {
    let written = text(exif, reference)?;
    let sign = match written.to_ascii_uppercase() {
        hemisphere if hemisphere == more => 1.0,
        hemisphere if hemisphere == less => -1.0,
        _ => return None,
    };
    let parts = rationals(exif, tag)?;
    let parts: Vec<f64> =
        parts.iter().map(|part| (part.denom != 0).then(|| part.to_f64())).collect::<Option<_>>()?;
    let &[whole, minutes, seconds] = &parts[..] else { return None };
    let value = whole + minutes / 60.0 + seconds / 3600.0;
    (minutes < 60.0 && seconds < 60.0 && value <= most).then_some(sign * value)
}

fn rationals(exif: &Exif, tag: Tag) -> Option<&[Rational]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(parts) => Some(parts),
        _ => None,
    }
}

/// A short text without its padding; `None` where it is longer than any of those asked for.
fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(lines) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let line = lines.first().filter(|line| line.len() <= 32)?;
    Some(std::str::from_utf8(line).ok()?.trim_matches([' ', '\0']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(tag: u16, form: u16, count: u32, value: [u8; 4]) -> Vec<u8> {
        [&tag.to_be_bytes()[..], &form.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    }

    /// An EXIF block with a place: the hemispheres and the parts of each, as numerator and denominator.
    fn block(refs: [u8; 2], latitude: [(u32, u32); 3], longitude: [(u32, u32); 3]) -> Vec<u8> {
        let mut out = b"MM\0*\0\0\0\x08\0\x01".to_vec();
        out.extend(entry(0x8825, 4, 1, 26_u32.to_be_bytes()));
        out.extend([0; 4]);
        out.extend([0, 4]);
        out.extend(entry(1, 2, 2, [refs[0], 0, 0, 0]));
        out.extend(entry(2, 5, 3, 80_u32.to_be_bytes()));
        out.extend(entry(3, 2, 2, [refs[1], 0, 0, 0]));
        out.extend(entry(4, 5, 3, 104_u32.to_be_bytes()));
        out.extend([0; 4]);
        for (over, under) in latitude.into_iter().chain(longitude) {
            out.extend(over.to_be_bytes());
            out.extend(under.to_be_bytes());
        }
        out
    }

    const LATITUDE: [(u32, u32); 3] = [(20, 1), (54, 1), (4860, 100)];
    const LONGITUDE: [(u32, u32); 3] = [(106, 1), (14, 1), (4380, 100)];

    fn read(block: Vec<u8>) -> Whereabouts {
        Taken::read(Some(block)).place
    }

    #[test]
    fn a_place_is_read_as_degrees() {
        let Whereabouts::Known((latitude, longitude)) = read(block(*b"NE", LATITUDE, LONGITUDE)) else {
            panic!("no place")
        };
        assert!((latitude - 20.9135).abs() < 1e-6 && (longitude - 106.2455).abs() < 1e-6);
    }

    #[test]
    fn nonsense_is_no_place() {
        let none = [(0, 1); 3];
        for (what, block) in [
            ("0, 0", block(*b"NE", none, none)),
            ("zero denominators", block(*b"NE", [(20, 0), (54, 1), (0, 1)], LONGITUDE)),
            ("0/0", block(*b"NE", LATITUDE, [(0, 0); 3])),
            ("latitude 95", block(*b"NE", [(95, 1), (0, 1), (0, 1)], LONGITUDE)),
            ("minutes over 60", block(*b"NE", [(20, 1), (75, 1), (0, 1)], LONGITUDE)),
            ("south", block(*b"SE", LATITUDE, LONGITUDE)),
            ("west", block(*b"NW", LATITUDE, LONGITUDE)),
            ("no hemisphere", block(*b"\0\0", LATITUDE, LONGITUDE)),
            ("swapped", block(*b"NE", LONGITUDE, LATITUDE)),
            ("Paris", block(*b"NE", [(48, 1), (51, 1), (0, 1)], [(2, 1), (21, 1), (0, 1)])),
            ("largest", block(*b"NE", [(u32::MAX, 1); 3], LONGITUDE)),
        ] {
            assert!(matches!(read(block), Whereabouts::Nonsense(_)), "{what}");
        }
    }

    /// Cut anywhere and changed anywhere: never a panic, and never a place outside Vietnam.
    #[test]
    fn a_damaged_block_is_survived() {
        let whole = block(*b"NE", LATITUDE, LONGITUDE);
        let sane = |place| !matches!(place, Whereabouts::Known(point) if !is_in_vietnam(point));
        for length in 0..whole.len() {
            assert!(sane(read(whole[..length].to_vec())));
        }
        let mut seed = 7_u32;
        for _ in 0..20_000 {
            let mut changed = whole.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % changed.len();
                changed[at] = (seed >> 24) as u8;
            }
            assert!(sane(read(changed)));
        }
    }
}
