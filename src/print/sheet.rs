//! Labels on pages: which label lies where, and what a page says about itself.
//! Knows nothing of PDF; every length is in millimetres.

use super::label::Label;
use super::layout::{Layout, Role};
use super::logo::Logo;
use super::printer::Printer;
use super::setting::{Area, Line, Texts, set};
use super::typeface::Typefaces;
use crate::diagnostic::{Diagnostic, Lang};

/// From the frame's outer line to the highest text within, in millimetres.
const CLEAR: f32 = 5.0;

/// What a proof says on each label and page.
pub const PROOF: &str = "BẢN NHÁP · PROOF";

/// What a contact sheet says on each label and page.
pub const CONTACT: &str = "ĐỂ ĐỐI CHIẾU, KHÔNG GẮN · NOT FOR MOUNTING";

/// Who prints a sheet, and keeps it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// One's own printer, and the archive: PDF/A, tagged, grey is grey.
    Office,
    /// A print shop's press: all ink is black ink.
    Press,
}

/// A batch of labels in one layout, its pages apart: they are drawn one after another, and none need be kept.
pub struct Sheet<'l> {
    /// How the paper is cut and a label set.
    pub layout: &'l Layout,
    /// How many pages it has.
    pub pages: usize,
    /// The site's logos, as many as each label has places for.
    pub logos: &'l [Logo],
    /// Who prints it.
    pub form: Form,
    /// What every label and page says of itself where it must not be mounted.
    pub stamp: Option<&'static str>,
    /// The printer to correct for, if it was measured.
    pub printer: Option<Printer>,
    /// Whether each label has a box to tick, and no marks for a knife.
    pub ticked: bool,
    /// The language of the texts, and of those that are translated.
    pub languages: (Lang, Option<Lang>),
    /// What the file is called by its reader.
    pub title: String,
    /// The small line at the foot of a page, without the page's number.
    pub footer: String,
}

/// A page: labels, laid across and then down, and what stands around them on a wall.
pub struct Page<'l> {
    /// How its labels are set: the sheet's layout, or that for fewer labels.
    pub layout: &'l Layout,
    /// At least one, and no more than the layout has on a page.
    pub labels: Vec<Label>,
    /// The heading, in millimetres from the paper's upper left corner.
    pub above: Vec<Line>,
    /// The lines under the labels, from the same corner.
    pub below: Vec<Line>,
}

impl<'l> Page<'l> {
    /// A page of these labels, with the texts that its layout puts around them.
    ///
    /// # Errors
    /// A finding where a text does not fit at its smallest size, or holds a letter the font lacks; and whose text it is.
    pub fn new(
        labels: Vec<Label>,
        texts: &Texts<'_>,
        layout: &'l Layout,
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
        let above = set(texts, &wall.above, between(clear, wall.head), faces)?;
        let below = set(texts, &wall.below, between(height - wall.foot, height - clear), faces)?;
        Ok(Self { layout, labels, above, below })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::layouts::tests::bundled;
    use crate::vietnam::units::Units;
    use std::cmp::Reverse;

    fn page(commune: &str, province: &str, english: &str, site: &str) -> Result<(Vec<Line>, Vec<Line>), u16> {
        let texts = Texts::default()
            .with(Role::Commune, format!("{commune} (tiếp theo)"))
            .with(Role::Province, province)
            .with(Role::CommuneTranslated, format!("{english} (continued)"))
            .with(Role::Site, site)
            .with(Role::Publisher, "Ban Thường vụ Đoàn Thanh niên Cộng sản Hồ Chí Minh thành phố Hải Phòng")
            .with(Role::Hint, "Quét bằng Zalo hoặc máy ảnh")
            .with(Role::HintTranslated, "Scan with your phone’s camera");
        let layouts = bundled();
        let layout = layouts.find("commune").unwrap();
        let page = Page::new(Vec::new(), &texts, layout, &Typefaces::new().unwrap());
        page.map(|page| (page.above, page.below)).map_err(|(found, _)| found.code.0)
    }

    #[test]
    fn the_longest_names_of_communes_stand_whole_within_the_frame() {
        let (units, faces) = (Units::bundled(), Typefaces::new().unwrap());
        let mut longest: Vec<_> = units.iter().collect();
        longest.sort_by_key(|unit| Reverse(unit.label(Lang::VI).chars().count()));
        for unit in &longest[..40] {
            let (vi, en) = (unit.full_name(), unit.label(Lang::EN));
            let (above, below) =
                page(&vi, &unit.province_label(Lang::VI), &en, "Di tích và đặc sản Hải Dương").unwrap();
            assert_eq!(above[0].text, format!("{vi} (tiếp theo)"));
            for line in above.iter().chain(&below) {
                let right = line.x + faces.face(line.weight).width(&line.text, line.size);
                assert!(line.x >= 19.9 && right <= 190.1, "{line:?}");
                assert!((12.0..54.0).contains(&line.baseline) || (271.0..285.0).contains(&line.baseline));
            }
        }
    }

    #[test]
    fn a_heading_that_does_not_fit_is_a_finding() {
        assert_eq!(page("Xã Mao Điền", "", "", &"Di tích và đặc sản ".repeat(30)).err(), Some(317));
        assert_eq!(page("Xã Mao Điền 🏯", "", "", "Di tích").err(), Some(318));
    }
}
