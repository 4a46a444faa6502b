//! One finding: its code, how bad it is, where it stands, what is wrong and what to do.
//! Findings are values; they are gathered, sorted and shown together, and never thrown.

use super::lang::Text;
use std::fmt;
use std::ops::Range;

/// The number of a rule, shown as `DT301`. Numbers are never reused (DESIGN 9).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DT{:03}", self.0)
    }
}

/// How bad a finding is, mildest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Published all the same.
    Warning,
    /// Nothing is written; exit code 1.
    Error,
    /// A code that hangs on a wall would stop working: nothing is written; exit code 3.
    Break,
}

/// A range of bytes in a file as [`Source`](crate::build::source::Source) reads it: without BOM, LF line ends, NFC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; offsets past 4 GiB saturate.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end.max(start)) }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }
}

/// A value together with the place where an editor wrote it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At<T> {
    /// What was written.
    pub value: T,
    /// Where, in the file that the value's owner names.
    pub span: Span,
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// One finding about one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Which rule found it.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The file, relative to the site's root, with `/` between folders; empty where no file is to blame.
    pub file: String,
    /// Where in that file.
    pub span: Option<Span>,
    /// What is wrong: lower case, no full stop.
    pub message: Text,
    /// An act the editor can do now.
    pub help: Text,
}

impl Diagnostic {
    fn new(code: u16, severity: Severity, message: Text, help: Text) -> Self {
        Self { code: Code(code), severity, file: String::new(), span: None, message, help }
    }

    /// A finding that is published all the same.
    pub fn warning(code: u16, message: Text, help: Text) -> Self {
        Self::new(code, Severity::Warning, message, help)
    }

    /// A finding that stops the build.
    pub fn error(code: u16, message: Text, help: Text) -> Self {
        Self::new(code, Severity::Error, message, help)
    }

    /// A finding that would kill a printed code.
    pub fn breaking(code: u16, message: Text, help: Text) -> Self {
        Self::new(code, Severity::Break, message, help)
    }

    /// The same finding, in a file.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        file.clone_into(&mut self.file);
        self
    }

    /// The same finding, at a place in a file.
    #[must_use]
    pub fn at(self, file: &str, span: Span) -> Self {
        let mut found = self.in_file(file);
        found.span = Some(span);
        found
    }

    /// The key findings are shown in: by file, place, code, wording, so that two runs print the same.
    pub fn order(&self) -> (&str, Span, Code, &str) {
        (&self.file, self.span.unwrap_or_default(), self.code, &self.message.vi)
    }
}
