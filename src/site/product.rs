//! A local specialty or craft: its makers, its awards and protections, its label, its pages at marketplaces.
//! Keeps what was written; an award's expiry and a listing's host are judged later.

use super::fields::Fields;
use super::place::{Contact, Place};
use super::words::Words;
use crate::code::Id;
use crate::diagnostic::Text;
use crate::diagnostic::diagnostic::At;
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
}

/// A kind of registered protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A product's page at a marketplace.
#[derive(Debug)]
pub struct Listing {
    /// Its address.
    pub url: At<String>,
    /// When a person last looked.
    pub checked: Option<Date>,
    /// The shop's name there.
    pub shop: Option<String>,
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
        Self {
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
                Some(Ocop { stars: stars?, decision, issuer, issued_on, product })
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
            gtin: fields.text("gtin"),
            label: fields.map("label", |fields| Some(LabelFacts::read(fields))).unwrap_or_default(),
            from_relics: fields.ids_once("from_relics"),
        }
    }
}

impl Maker {
    fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let name = fields.required_text("name", &Text::new("tên nơi sản xuất", "the maker's name"));
        let place = fields.map("place", Place::read);
        let website = fields.url("website").map(|text| text.value);
        let contact = fields.map("contact", |fields| Some(Contact::read(fields))).unwrap_or_default();
        Some(Self { name: name?.value, place, website, contact })
    }
}

impl Listing {
    fn read_all(fields: &mut Fields<'_, '_, '_>) -> Vec<Self> {
        let short = |url| Self { url, checked: None, shop: None };
        let listings = fields.list_or_texts("listings", short, |fields| {
            let url = fields.required_text("url", &Text::new("địa chỉ trang bán", "the listing's address"));
            let (checked, shop) = (fields.date("checked"), fields.text("shop").map(|text| text.value));
            Some(Self { url: url?, checked, shop })
        });
        listings
            .into_iter()
            .filter_map(|listing| {
                let url = fields.as_url("listings", listing.url)?;
                Some(Self { url, checked: listing.checked, shop: listing.shop })
            })
            .collect()
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
