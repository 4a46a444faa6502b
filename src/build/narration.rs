//! A narration (MP3, ISO/IEC 11172-3 and 13818-3 Layer III): how long it takes and how large it is, told frame by frame,
//! and its published bytes without the tags, in which a phone may have written who recorded it and where.

use super::articles::unreadable;
use super::photo::hex;
use super::source::{Source, Unreadable};
use super::wordings;
use crate::diagnostic::rules::prose;
use crate::diagnostic::{Diagnostic, Failure};
use crate::site::Entry;
use crate::site::site::{FileFacts, Sound};
use crate::vietnam::folding::nearest;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;

/// The largest narration, in bytes: over an hour at 32 kbit/s; nobody hears more before a temple.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// Told apart in the digest, so that a change of this file's recipe changes the published names.
const RECIPE: &[u8] = b"sound 1";
/// How far frames are looked for behind bytes that are none, in bytes: a cover picture that a tag's size left out.
const FARTHEST: usize = 256 * 1024;

/// The bit rates of Layer III in kbit/s by their number in the header: version 1, then versions 2 and 2.5.
const RATES: [[u32; 15]; 2] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

/// One frame by its header.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Frame {
    /// Samples a second.
    sampled: u32,
    /// Samples in the frame.
    samples: u32,
    /// Its length with the header, in bytes.
    bytes: usize,
}

impl Frame {
    /// Reads a header; `None` where no Layer III frame begins, or one whose length only its encoder knew.
    fn read(bytes: &[u8]) -> Option<Self> {
        let [0xff, second, third, _] = *bytes.first_chunk()? else { return None };
        let version = (second >> 3) & 3;
        // The sync's last bits, no reserved version, Layer III.
        if second & 0xe0 != 0xe0 || version == 1 || (second >> 1) & 3 != 1 {
            return None;
        }
        let newer = usize::from(version != 3);
        let rate = *RATES[newer].get(usize::from(third >> 4)).filter(|rate| **rate > 0)? * 1000;
        let sampled = *[44_100, 48_000, 32_000].get(usize::from((third >> 2) & 3))?;
        let sampled = match version {
            3 => sampled,
            2 => sampled / 2,
            _ => sampled / 4,
        };
        let samples = if newer == 0 { 1152 } else { 576 };
        let bytes = samples / 8 * rate / sampled + u32::from((third >> 1) & 1);
        Some(Self { sampled, samples, bytes: bytes as usize })
    }

    /// Whether two frames may belong to one recording.
    fn goes_with(self, other: Self) -> bool {
        (self.sampled, self.samples) == (other.sampled, other.samples)
    }
}

/// What is heard in a file.
#[derive(Debug, PartialEq, Eq)]
struct Heard {
    /// From the first frame to the end of the last: no tag before, none behind.
    range: Range<usize>,
    /// How long it takes, in milliseconds.
    milliseconds: u64,
}

/// Goes through the frames. A constant or variable bit rate makes no difference, and no header is taken at its word.
/// `None` where the bytes are no MP3.
fn hear(file: &[u8]) -> Option<Heard> {
    let start = first_frame(file, tag_length(file))?;
    let kind = Frame::read(&file[start..])?;
    let (mut at, mut end, mut samples, mut sound) = (start, start, 0_u64, 0);
    while let Some(rest) = file.get(at..) {
        match Frame::read(rest).filter(|frame| frame.goes_with(kind)) {
            // The last one was cut off.
            Some(frame) if frame.bytes > rest.len() => break,
            Some(frame) => {
                // An encoder's note about the file (Xing, Info) sits in a frame of its own, which is silent.
                let note = at == start && is_note(&rest[..frame.bytes]);
                samples += u64::from(if note { 0 } else { frame.samples });
                sound += frame.bytes;
                at += frame.bytes;
                end = at;
            }
            None => match first_frame(file, at) {
                Some(next) if next > at => at = next,
                _ => break,
            },
        }
    }
    // Chance makes frames of anything, but few.
    (sound * 2 >= end - start)
        .then(|| Heard { range: start..end, milliseconds: samples * 1000 / u64::from(kind.sampled) })
}

fn is_note(frame: &[u8]) -> bool {
    frame[..frame.len().min(64)].windows(4).any(|word| word == b"Xing" || word == b"Info")
}

/// The length of the ID3v2 tag before the sound.
fn tag_length(file: &[u8]) -> usize {
    match file.first_chunk::<10>() {
        Some([b'I', b'D', b'3', _, _, flags, size @ ..]) => {
            let size = size.iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
            let foot = if flags & 0x10 == 0 { 10 } else { 20 };
            size + foot
        }
        _ => 0,
    }
}

/// Where a frame begins that another one follows, or that ends the file.
fn first_frame(file: &[u8], from: usize) -> Option<usize> {
    (from..file.len().min(from.saturating_add(FARTHEST))).find(|&at| {
        let Some(frame) = Frame::read(&file[at..]) else { return false };
        let behind = file.get(at + frame.bytes..);
        behind.is_some_and(|next| {
            next.is_empty() || Frame::read(next).is_some_and(|next| next.goes_with(frame))
        })
    })
}

/// Looks through a narration: its digest, its length and its size as it will be published.
///
/// # Errors
/// A finding where the bytes are no MP3, or no sound is in them.
pub fn look(name: &str, bytes: &[u8]) -> Result<FileFacts, Box<Diagnostic>> {
    if bytes.trim_ascii().is_empty() {
        return Err(Box::new(prose::silent_audio(name)));
    }
    let heard = hear(bytes).ok_or_else(|| Box::new(prose::audio_format(name)))?;
    if heard.milliseconds == 0 {
        return Err(Box::new(prose::silent_audio(name)));
    }
    let mut hash = Sha256::new();
    hash.update(RECIPE);
    hash.update(&bytes[heard.range.clone()]);
    let sound = Sound { milliseconds: heard.milliseconds, bytes: heard.range.len() as u64 };
    let digest = hex(&hash.finalize()[..8]);
    Ok(FileFacts { digest, ending: "mp3", sound: Some(sound), ..FileFacts::default() })
}

/// The bytes to publish: the sound alone.
///
/// # Errors
/// A finding where the file is no MP3 any more.
pub fn make(name: &str, mut bytes: Vec<u8>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let heard = hear(&bytes).ok_or_else(|| Box::new(prose::audio_format(name)))?;
    bytes.truncate(heard.range.end);
    bytes.drain(..heard.range.start);
    Ok(bytes)
}

/// Looks into the narrations and transcripts that an entry's articles name.
///
/// # Errors
/// Where the machine refuses to read.
pub(super) fn look_into(
    source: &Source,
    entry: &Entry,
    files: &mut BTreeMap<String, FileFacts>,
    found: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    for article in &entry.articles {
        let Some(audio) = &article.audio else { continue };
        for name in [Some(&audio.file), audio.transcript.as_ref()].into_iter().flatten() {
            if !source.holds(&entry.folder, name) {
                let near = nearest(name, source.beside_articles(&entry.folder));
                found.push(prose::no_such_file(name, near).at(&article.file, name.span));
            }
        }
        // What its name gives away is told already.
        let named = audio.file.to_ascii_lowercase().ends_with(".mp3");
        let heard = files.get(&audio.file.value).is_some_and(|facts| facts.sound.is_some());
        if named && !heard && source.holds(&entry.folder, &audio.file) {
            let looked = match source.read(&format!("{}/{}", entry.folder, audio.file.value), MAX_BYTES) {
                Ok(bytes) => look(&audio.file, &bytes),
                Err(Unreadable::Failed(failure)) => return Err(failure),
                Err(Unreadable::TooLarge(bytes)) => {
                    Err(Box::new(prose::audio_too_large(&audio.file, bytes, MAX_BYTES)))
                }
                Err(_) => Err(Box::new(prose::audio_format(&audio.file))),
            };
            match looked {
                Ok(facts) => drop(files.insert(audio.file.value.clone(), facts)),
                Err(finding) => found.push(finding.at(&article.file, audio.file.span)),
            }
        }
        if let Some(name) = audio.transcript.as_ref().filter(|name| source.holds(&entry.folder, name)) {
            let file = format!("{}/{}", entry.folder, name.value);
            match source.text(&file) {
                Ok(text) => wordings::look_at_text(&entry.facts, &file, &text, found),
                Err(why) => found.push(unreadable(why)?.in_file(&file)),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A silent frame: version 1, 32 kbit/s, 32,000 samples a second, mono: 144 bytes, 36 ms.
    fn frame() -> Vec<u8> {
        let mut frame = vec![0xff, 0xfb, 0x18, 0xc0];
        frame.resize(144, 0);
        frame
    }

    #[test]
    fn seconds_are_counted_frame_by_frame() {
        let file = frame().repeat(100);
        assert_eq!(hear(&file), Some(Heard { range: 0..14_400, milliseconds: 3600 }));
        // Version 2 at 22,050: 576 samples a frame; 8 kbit/s and 16 kbit/s by turns: a variable bit rate.
        let slow = |rate: u8, bytes: usize| {
            let mut frame = vec![0xff, 0xf3, rate << 4, 0xc0];
            frame.resize(bytes, 0);
            frame
        };
        let pair = [slow(1, 26), slow(2, 52)].concat();
        let heard = hear(&pair.repeat(50)).unwrap();
        assert_eq!((heard.range, heard.milliseconds), (0..3900, 2612));
    }

    #[test]
    fn tags_and_an_encoders_note_are_not_sound() {
        let mut note = frame();
        note[36..40].copy_from_slice(b"Xing");
        let mut file = b"ID3\x04\0\0\0\0\0\x14GEO 20.9738,106.2623".to_vec();
        file.extend(note);
        file.extend(frame().repeat(10));
        file.extend(b"TAG Nguyen Van A");
        file.resize(file.len() + 112, 0);
        let heard = hear(&file).unwrap();
        assert_eq!(heard.milliseconds, 360);
        let made = make("vi.mp3", file).unwrap();
        assert_eq!(made.len(), 11 * 144);
        assert!(!made.windows(3).any(|w| w == b"GEO" || w == b"TAG"));
    }

    #[test]
    fn other_bytes_are_no_mp3() {
        let words = "một đoạn văn dài ".repeat(400);
        for bytes in [&b"RIFF0000WAVEfmt "[..], words.as_bytes(), &[0xff; 4000], b"\xff\xfb", b"ID3"] {
            assert_eq!(hear(bytes), None);
        }
        assert_eq!(look("vi.mp3", b"").unwrap_err().code.0, 235);
        // A frame cut short is left away.
        assert_eq!(hear(&frame().repeat(3)[..400]).unwrap().range, 0..288);
    }
}
