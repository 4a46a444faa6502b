//! The six characters on a plaque, and the check character that catches a slip of the hand.
//! An id names an entry for ever; its alphabet, its length and its check can never change.

use std::fmt;

/// The 29 symbols (a prime): no vowels but Y, no 0, O, 1, I.
pub const ALPHABET: &[u8; 29] = b"23456789BCDFGHJKLMNPQRSTVWXYZ";

/// Runs of letters that read as Vietnamese abuse; never given to a new id. A printed id stays good whatever this says.
const DENIED: [&str; 15] = [
    "VCL", "DCM", "DKM", "DMM", "VKL", "VLL", "CLGT", "CMM", "CCM", "DCL", "CLM", "LZZ", "LSCN", "DTC", "NGV",
];

/// An id whose check character is right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; 6]);

/// Why a text is not an id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAnId {
    /// Not exactly six characters.
    Length,
    /// A character outside the alphabet.
    Character(char),
    /// Six good characters whose check does not hold: one of them is wrong, or two are swapped.
    Check,
    /// Digits only: a spreadsheet would turn it into a number.
    AllDigits,
}

impl Id {
    /// Reads an id exactly as it is printed.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        if let Some(strange) = text.chars().find(|c| !c.is_ascii() || !ALPHABET.contains(&(*c as u8))) {
            return Err(NotAnId::Character(strange));
        }
        let id = Self(text.as_bytes().try_into().map_err(|_| NotAnId::Length)?);
        if id.check_sum() != 0 {
            return Err(NotAnId::Check);
        }
        if id.0.iter().all(u8::is_ascii_digit) { Err(NotAnId::AllDigits) } else { Ok(id) }
    }

    /// The id with these five symbols (positions in [`ALPHABET`], each under 29) and their check character;
    /// `None` where the six would be all digits or read as abuse, so that the caller draws again.
    pub fn from_draw(draw: [u8; 5]) -> Option<Self> {
        let mut id = Self([ALPHABET[0]; 6]);
        for (place, symbol) in id.0.iter_mut().zip(draw) {
            *place = *ALPHABET.get(symbol as usize)?;
        }
        // The last weight is 1, so the check symbol is what is missing to the next multiple of 29.
        id.0[5] = ALPHABET[(29 - id.check_sum()) % 29];
        let text = id.as_str();
        let denied =
            DENIED.iter().any(|word| text.contains(word)) || text.bytes().all(|b| b.is_ascii_digit());
        (!denied).then_some(id)
    }

    /// 6a+5b+4c+3d+2e+f modulo 29, each letter standing for its position in the alphabet.
    fn check_sum(self) -> usize {
        let value = |byte: u8| ALPHABET.iter().position(|&symbol| symbol == byte).unwrap_or(0);
        self.0.iter().zip([6, 5, 4, 3, 2, 1]).map(|(&byte, weight)| weight * value(byte)).sum::<usize>() % 29
    }

    /// The six characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
