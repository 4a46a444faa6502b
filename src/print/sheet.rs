//! Labels on pages: which label lies where, and what a page says about itself.
//! Knows nothing of PDF; every length is in millimetres.

use super::label::Label;
use super::layout::{Layout, Role};
use super::setting::{Area, Line, Texts, set};
use super::typeface::Typefaces;
use crate::diagnostic::Diagnostic;

/// From the frame's outer line to the highest text within, in millimetres.
const CLEAR: f32 = 5.0;

/// A batch of labels in one layout.
pub struct Sheet {
    /// How the paper is cut and a label set.
    pub layout: &'static Layout,
    /// The pages, in their order.
    pub pages: Vec<Page>,
    /// Whether every label and page says that it is a proof.
    pub proof: bool,
    /// What the file is called by its reader.
    pub title: String,
    /// The small line at the foot of a page, without the page's number.
    pub footer: String,
}

/// A page: labels, laid across and then down, and what stands around them on a wall.
pub struct Page {
    /// How its labels are set: the sheet's layout, or that for fewer labels.
    pub layout: &'static Layout,
    /// At least one, and no more than the layout has on a page.
    pub labels: Vec<Label>,
    /// The heading, in millimetres from the paper's upper left corner.
    pub above: Vec<Line>,
    /// The lines under the labels, from the same corner.
    pub below: Vec<Line>,
}

impl Page {
    /// A page of these labels, with the texts that its layout puts around them.
    ///
    /// # Errors
    /// A finding where a text does not fit at its smallest size, or holds a letter the font lacks; and whose text it is.
    pub fn new(
        labels: Vec<Label>,
        texts: &Texts<'_>,
        layout: &'static Layout,
        faces: &Typefaces,
    ) -> Result<Self, (Box<Diagnostic>, Role)> {
        let Some(wall) = &layout.wall else {
            return Ok(Self { layout, labels, above: Vec::new(), below: Vec::new() });
        };
        let (width, height) = layout.paper;
        let between = |top: f32, bottom: f32| Area {
            left: wall.margin,
            top,
            width: width - 2.0 * wall.margin,
            height: bottom - top,
        };
        let clear = wall.frame + CLEAR;
        let above = set(texts, wall.above, between(clear, wall.head), faces)?;
        let below = set(texts, wall.below, between(height - wall.foot, height - clear), faces)?;
        Ok(Self { layout, labels, above, below })
    }
}
