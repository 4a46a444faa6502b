//! `ledger.tsv` while it is written: locked from before it is read until its rows stand in it, and written whole.
//! Rows are added at its end; what stood there stays letter for letter.
#![allow(clippy::disallowed_methods)] // the ledger is a command's to read and write

use super::session::Session;
use crate::build::write::write_whole;
use crate::diagnostic::Failure;
use crate::site::ledger::{self, Row};
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

/// The ledger of a site, held by this command alone until it is dropped.
pub struct LedgerFile {
    path: PathBuf,
    _lock: File,
}

impl LedgerFile {
    /// Waits until no other command holds the ledger.
    ///
    /// # Errors
    /// Where the machine refuses.
    pub fn lock(session: &Session) -> Result<Self, Failure> {
        let path = session.root.join("ledger.lock");
        let lock = File::create(&path).map_err(|error| Failure::io(&path, &error))?;
        lock.lock().map_err(|error| Failure::io(&path, &error))?;
        Ok(Self { path: session.root.join(ledger::FILE), _lock: lock })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// Where the machine refuses; what stood there stands still.
    pub fn add(&self, rows: &[Row]) -> Result<(), Failure> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::io(&self.path, &error)),
        };
        // A ledger that is a shortcut to a shared one stays one.
        let real = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        write_whole(&real, ledger::append(&text, rows).as_bytes())
    }
}
