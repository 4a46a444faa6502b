//! What a page tells of a product: its award while it stands, its protections, its label, where to buy it, who makes it.
//! Shows nothing that may not be shown: stars past their day, listings of strong drink, contacts nobody agreed to.

use super::tongue::{Said, Tongue};
use crate::site::place::Contact;
use crate::site::product::{Ocop, Product, Protection};
use crate::vietnam::ocop::{Standing, last_day, standing};
use jiff::civil::Date;
use serde::Serialize;

/// One row of the table of facts: a key of the theme's strings, and words.
#[derive(Serialize)]
pub struct Fact<'a> {
    /// `fact_<key>` is its label.
    pub key: &'static str,
    /// Its words.
    pub words: Vec<Said<'a>>,
}

/// OCOP stars that stand on the day of the build. The page hides them by itself after `last`.
#[derive(Serialize)]
pub struct Award {
    /// "OCOP 4 sao".
    stars: String,
    /// "đến hết 29/12/2026", for readers without script.
    until: String,
    /// The last day, `YYYY-MM-DD`.
    last: String,
}

/// A page where the product is sold, or where its seller writes.
#[derive(Serialize)]
pub struct Offer<'a> {
    name: &'static str,
    href: &'a str,
    seller: bool,
    shop: Option<&'a str>,
    checked: Option<String>,
}

/// How somebody who agreed is reached.
#[derive(Serialize)]
pub struct Reach<'a> {
    phone: Option<&'a str>,
    /// The number as a `tel:` address.
    tel: Option<String>,
    zalo: Option<String>,
    email: Option<&'a str>,
    address: Option<Said<'a>>,
}

/// The stars of a product, if they stand on a day.
pub fn award(tongue: Tongue<'_>, product: &Product, today: Date) -> Option<Award> {
    let award = product.ocop.as_ref()?;
    let issued = award.issued_on?;
    if !matches!(standing(issued, today), Standing::Good | Standing::Ending(_)) {
        return None;
    }
    let last = last_day(issued);
    Some(Award {
        stars: tongue.string("award_stars").replace("{stars}", &award.stars.to_string()),
        until: tongue.string("award_until").replace("{date}", &tongue.day(last)),
        last: last.to_string(),
    })
}

/// The rows of a product's table.
pub fn facts<'a>(tongue: Tongue<'a>, product: &'a Product, today: Date) -> Vec<Fact<'a>> {
    let label = &product.label;
    let said = |key, words: Option<Said<'a>>| words.map(|words| Fact { key, words: vec![words] });
    let of = |key, words| said(key, tongue.say_some(words));
    let plain = |key, text: Option<String>| said(key, text.map(Said::own));
    let mut rows: Vec<Fact<'a>> = of("season", product.season.as_ref()).into_iter().collect();
    rows.extend(product.ocop.as_ref().and_then(|award| ocop(tongue, award, today)));
    rows.extend(product.protection.iter().map(|mark| protection(tongue, mark)));
    let of_label = [
        of("ingredients", label.ingredients.as_ref()),
        plain("net", label.net.clone()),
        plain("abv", label.abv.map(|abv| format!("{} % vol.", tongue.number(abv)))),
        of("shelf_life", label.shelf_life.as_ref()),
        of("storage", label.storage.as_ref()),
        of("allergens", label.allergens.as_ref()),
        plain("gtin", product.gtin.as_ref().map(|number| number.value.clone())),
    ];
    rows.extend(of_label.into_iter().flatten());
    rows
}

/// The award without its stars: what it is for, by which decision, and until when.
fn ocop<'a>(tongue: Tongue<'a>, award: &'a Ocop, today: Date) -> Option<Fact<'a>> {
    let issued = award.issued_on?;
    let mut words: Vec<Said<'a>> = tongue.say_some(award.product.as_ref()).into_iter().collect();
    words.extend(
        award.decision.as_ref().map(|number| Said::own(format!("{} {number}", tongue.string("decision")))),
    );
    words.extend(tongue.say_some(award.issuer.as_ref()));
    let key = match standing(issued, today) {
        Standing::NotYet => return None,
        Standing::Ended => "award_ended",
        Standing::Good | Standing::Ending(_) => "award_good",
    };
    words.push(Said::own(tongue.string(key).replace("{date}", &tongue.day(last_day(issued)))));
    Some(Fact { key: "ocop", words })
}

fn protection<'a>(tongue: Tongue<'a>, mark: &'a Protection) -> Fact<'a> {
    let mut words = vec![Said::own(tongue.string(PROTECTION[mark.kind as usize]))];
    words.extend(
        mark.number
            .as_ref()
            .map(|number| Said::own(tongue.string("register_number").replace("{number}", number))),
    );
    words.extend(
        mark.year.map(|year| Said::own(tongue.string("since_year").replace("{year}", &year.to_string()))),
    );
    words.extend(tongue.say_some(mark.holder.as_ref()));
    Fact { key: "protection", words }
}

/// Where it is sold. Strong drink is sold nowhere here.
pub fn offers<'a>(tongue: Tongue<'_>, product: &'a Product) -> Vec<Offer<'a>> {
    let listings = product.listings.iter().filter(|_| !product.is_strong());
    listings
        .filter_map(|listing| {
            let page = listing.page.as_ref()?;
            Some(Offer {
                name: page.at.name(),
                href: &page.address,
                seller: page.at.is_seller_page(),
                shop: listing.shop.as_deref(),
                checked: listing.checked.map(|day| tongue.day(day)),
            })
        })
        .collect()
}

/// How somebody is reached, if they agreed to its being shown.
pub fn reach<'a>(tongue: Tongue<'a>, contact: &'a Contact) -> Option<Reach<'a>> {
    let any = contact.phone.is_some()
        || contact.zalo.is_some()
        || contact.email.is_some()
        || contact.address.is_some();
    if !contact.is_agreed() || !any {
        return None;
    }
    Some(Reach {
        phone: contact.phone.as_deref(),
        tel: contact.tel(),
        zalo: contact.zalo_link(),
        email: contact.email.as_deref(),
        address: tongue.say_some(contact.address.as_ref()),
    })
}

const PROTECTION: [&str; 3] =
    ["protection_geographical_indication", "protection_certification_mark", "protection_collective_mark"];
