//! The receipt of a sheet: how many codes it bears and a digest of what they say, so that a file can be held against the
//! ledger years later. Counts what was read back from the drawing, nothing else.

use crate::code::read_back::Proven;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// How many codes, and what they say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Codes, each read back from its drawn outline.
    pub count: usize,
    /// SHA-256 in hexadecimal of the printed addresses in printed order, each followed by a line feed.
    pub digest: String,
}

/// A receipt that is still being written: a code at a time, in printed order.
#[derive(Default)]
pub struct Tally {
    count: usize,
    hash: Sha256,
}

impl Tally {
    /// Counts a code, as it was read back.
    pub fn add(&mut self, code: &Proven) {
        self.count += 1;
        self.hash.update(code.text().as_bytes());
        self.hash.update(b"\n");
    }

    /// The receipt of what was counted.
    pub fn receipt(self) -> Receipt {
        let mut digest = String::with_capacity(64);
        for byte in self.hash.finalize() {
            let _ = write!(digest, "{byte:02x}");
        }
        Receipt { count: self.count, digest }
    }
}

impl Receipt {
    /// For a PDF's own description of what it is.
    pub fn sentence(&self) -> String {
        let Self { count, digest } = self;
        format!(
            "{count} mã, từng mã đã được đọc lại từ nét vẽ · {count} codes, each read back from its drawing · SHA-256 {digest}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Symbol;

    #[test]
    fn the_digest_is_that_of_a_list_one_a_line() {
        // printf 'https://A.VN/Q/7K3MQ5/\nhttps://A.VN/Q/4HWTNB/\n' | sha256sum
        let mut tally = Tally::default();
        for address in ["https://A.VN/Q/7K3MQ5/", "https://A.VN/Q/4HWTNB/"] {
            tally.add(&Proven::new(&Symbol::encode(address).unwrap(), address).unwrap());
        }
        let receipt = tally.receipt();
        assert_eq!(receipt.count, 2);
        assert_eq!(receipt.digest, "8fc3bb8f175c6b0dbb5f49061e00871490d5a6602b08269262145776b67ca9a2");
    }
}
