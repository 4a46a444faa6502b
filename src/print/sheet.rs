//! Labels on pages: which label lies where, and what a page says about itself.
//! Knows nothing of PDF; every length is in millimetres.

use super::label::Label;
use super::layout::Layout;

/// A batch of labels in one layout.
pub struct Sheet<'a> {
    /// How the paper is cut and a label set.
    pub layout: &'a Layout,
    /// The labels, in the order they are laid: across, down, next page.
    pub labels: Vec<Label>,
    /// Whether every label and page says that it is a proof.
    pub proof: bool,
    /// What the file is called by its reader.
    pub title: String,
    /// The small line at the foot of a page, without the page's number.
    pub footer: String,
}

impl Sheet<'_> {
    /// The pages, each a run of labels.
    pub fn pages(&self) -> impl ExactSizeIterator<Item = &[Label]> {
        self.labels.chunks(self.layout.per_page())
    }
}
