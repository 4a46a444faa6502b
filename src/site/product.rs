//! A local specialty or craft: its makers, its awards and protections, its label, its pages at marketplaces.
//! Keeps what was written; what the day of the build makes of it is judged later.

use super::fields::Fields;
use super::listing::Listing;
use super::place::{Contact, Place};
use super::words::Words;
use crate::code::Id;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::products;
use crate::diagnostic::{Span, Text};
use crate::vietnam::gtin::{self, NotAGtin};
use jiff::civil::Date;

/// Who makes a product.
#[derive(Debug)]
pub struct Maker {
    /// The co-operative, company or family.
    pub name: String,
    /// Where.
    pub place: Option<Place>,
    /// Its own site.
    pub website: Option<String>,
    /// How to reach it.
    pub contact: Contact,
}

/// An award of the programme "One commune, one product", good for 36 months.
#[derive(Debug)]
pub struct Ocop {
    /// 3 to 5.
    pub stars: i64,
    /// The decision's number.
    pub decision: Option<String>,
    /// Who gave it.
    pub issuer: Option<Words>,
    /// The day from which the 36 months count.
    pub issued_on: Option<Date>,
    /// Which of the maker's products has it.
    pub product: Option<Words>,
    /// Where it is written.
    pub span: Span,
}

/// A kind of registered protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProtectionKind {
    /// chỉ dẫn địa lý
    GeographicalIndication,
    /// nhãn hiệu chứng nhận
    CertificationMark,
    /// nhãn hiệu tập thể
    CollectiveMark,
}

impl ProtectionKind {
    const CHOICES: [(&'static str, Self); 3] = [
        ("geographical-indication", Self::GeographicalIndication),
        ("certification-mark", Self::CertificationMark),
        ("collective-mark", Self::CollectiveMark),
    ];

    /// The word people write.
    pub const fn word(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }
}

/// A registered protection of a product's name.
#[derive(Debug)]
pub struct Protection {
    /// Which kind.
    pub kind: ProtectionKind,
    /// The number in the register.
    pub number: Option<String>,
    /// Since which year.
    pub year: Option<i64>,
    /// Who holds it.
    pub holder: Option<Words>,
    /// The source's number, from 1.
    pub source: Option<usize>,
}

/// What a package's label says.
#[derive(Debug, Default)]
pub struct LabelFacts {
    /// What is in it.
    pub ingredients: Option<Words>,
    /// Net weight or volume.
    pub net: Option<String>,
    /// How long it keeps.
    pub shelf_life: Option<Words>,
    /// How to keep it.
    pub storage: Option<Words>,
    /// What may harm some people.
    pub allergens: Option<Words>,
    /// Alcohol by volume in percent.
    pub abv: Option<f64>,
}

/// A local specialty or craft.
#[derive(Debug)]
pub struct Product {
    /// Who makes it.
    pub makers: Vec<Maker>,
    /// A craft rather than a food.
    pub craft: bool,
    /// When it is to be had.
    pub season: Option<Words>,
    /// Its award.
    pub ocop: Option<Ocop>,
    /// Its protections.
    pub protection: Vec<Protection>,
    /// Its pages at marketplaces.
    pub listings: Vec<Listing>,
    /// The number under the bars.
    pub gtin: Option<At<String>>,
    /// What its label says.
    pub label: LabelFacts,
    /// Relics it is tied to.
    pub from_relics: Vec<At<Id>>,
}

impl Product {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_>, sources: usize) -> Self {
        let product = Self {
            makers: fields.list("makers", Maker::read),
            craft: fields.flag("craft").value,
            season: fields.words("season"),
            ocop: fields.map("ocop", |fields| {
                let three_to_five = Text::new("số sao, từ 3 đến 5", "the stars, 3 to 5");
                let stars =
                    fields.required("stars", &three_to_five, |fields| fields.number_within("stars", 3, 5));
                let decision = fields.text("decision").map(|text| text.value);
                let (issuer, issued_on) = (fields.words("issuer"), fields.date("issued_on"));
                let product = fields.words("product");
                Some(Ocop { stars: stars?, decision, issuer, issued_on, product, span: fields.span })
            }),
            protection: fields.list("protection", |fields| {
                let which = Text::new(
                    "loại bảo hộ, như geographical-indication",
                    "the kind, as in geographical-indication",
                );
                let kind =
                    fields.required("kind", &which, |fields| fields.choice("kind", &ProtectionKind::CHOICES));
                let number = fields.text("number").map(|text| text.value);
                let (year, holder) = (fields.year("year"), fields.words("holder"));
                let source = fields.source(sources);
                Some(Protection { kind: kind?, number, year, holder, source })
            }),
            listings: Listing::read_all(fields),
            gtin: fields.text("gtin").filter(|number| is_gtin(number, fields)),
            label: fields.map("label", |fields| Some(LabelFacts::read(fields))).unwrap_or_default(),
            from_relics: fields.ids_once("from_relics"),
        };
        if let (Some(abv), Some(listing)) =
            (product.label.abv.filter(|_| product.is_strong()), product.listings.first())
        {
            fields.reader.report(products::strong_drink_listed(abv), listing.url.span);
        }
        product
    }

    /// Whether it is a drink that may not be advertised: 15 % of alcohol and more (law of 2019 on the harms of alcohol).
    pub fn is_strong(&self) -> bool {
        self.label.abv.is_some_and(|abv| abv >= 15.0)
    }

    /// Whether the page is that of one thing that can be bought, so that its label belongs on it; a page that tells of a
    /// specialty which many make has no label.
    pub fn is_on_sale(&self) -> bool {
        !self.craft
            && (!self.listings.is_empty()
                || self.gtin.is_some()
                || self.ocop.is_some()
                || self.label.net.is_some())
    }
}

/// Whether a number under the bars is one; a slip is a finding.
fn is_gtin(number: &At<String>, fields: &mut Fields<'_, '_, '_>) -> bool {
    let why = match gtin::check(number) {
        Ok(()) => return true,
        Err(NotAGtin::Character(c)) => {
            Text::new(format!("ký tự `{c}` không phải chữ số"), format!("`{c}` is no digit"))
        }
        Err(NotAGtin::Length(length)) => Text::new(
            format!("có {length} chữ số, phải là 8, 12, 13 hoặc 14"),
            format!("it has {length} digits, and must have 8, 12, 13 or 14"),
        ),
        Err(NotAGtin::Check(_)) => Text::new(
            "chữ số cuối không khớp với các chữ số trước: có một chữ số sai hoặc hai chữ số đổi chỗ",
            "the last digit does not fit the others: one is wrong, or two are swapped",
        ),
    };
    fields.reader.report(products::not_a_gtin(number, &why), number.span);
    false
}

impl Maker {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let name = fields.required_text("name", &Text::new("tên nơi sản xuất", "the maker's name"));
        let place = fields.map("place", Place::read);
        let website = fields.url("website").map(|text| text.value);
        let contact = Contact::read_of(name.as_ref().map_or("", |name| name.as_str()), fields);
        Some(Self { name: name?.value, place, website, contact })
    }
}

impl LabelFacts {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Self {
        Self {
            ingredients: fields.words("ingredients"),
            net: fields.text("net").map(|text| text.value),
            shelf_life: fields.words("shelf_life"),
            storage: fields.words("storage"),
            allergens: fields.words("allergens"),
            abv: fields.percent("abv"),
        }
    }
}
