//! What the day of the build makes of an entry's facts: awards that end, festivals on a day that does not exist, and what
//! the page of a product on sale still lacks. Only warnings: none of it may stop a correction.

use crate::diagnostic::rules::{facts, products};
use crate::diagnostic::{Diagnostic, Text};
use crate::site::entry::Facts;
use crate::site::product::{Ocop, Product};
use crate::site::relic::Relic;
use crate::site::{Entry, Site};
use crate::vietnam::ocop::{Standing, last_day, standing};
use jiff::civil::Date;

/// How many times of a festival a page tells, and are looked at here.
pub const TIMES: usize = 3;

/// Every finding of an entry that depends on the day.
pub fn check(site: &Site, entry: &Entry, date: Date, found: &mut Vec<Diagnostic>) {
    if entry.withdrawn.is_some() {
        return;
    }
    match &entry.facts {
        Facts::Relic(relic) => check_festivals(site, entry, relic, date, found),
        Facts::Product(product) => {
            found.extend(product.ocop.as_ref().and_then(|award| check_award(entry, award, date)));
            check_label(entry, product, found);
        }
        Facts::Guide(_) | Facts::Trail(_) => {}
    }
}

fn check_festivals(site: &Site, entry: &Entry, relic: &Relic, date: Date, found: &mut Vec<Diagnostic>) {
    for festival in &relic.festivals {
        if festival.every > 1 && festival.from_year.is_none() {
            found.push(facts::which_years(festival.every).at(entry.file(), festival.span));
        }
        let Some(lunar) = festival.lunar.filter(|lunar| lunar.day == Some(30)) else { continue };
        let times = festival.next(&site.calendar, date, TIMES);
        if let Some((year, time)) = times.iter().find_map(|time| Some((time.short?, time))) {
            let day = time.first;
            let meant = Text::new(format!("{}/{}/{}", day.day(), day.month(), day.year()), day.to_string());
            found.push(facts::no_thirtieth(lunar.month, year, &meant).at(entry.file(), festival.span));
        }
    }
}

fn check_award(entry: &Entry, award: &Ocop, date: Date) -> Option<Diagnostic> {
    let Some(issued) = award.issued_on else {
        return Some(products::award_undated(None).at(entry.file(), award.span));
    };
    let last = last_day(issued).to_string();
    let finding = match standing(issued, date) {
        Standing::Good => return None,
        Standing::NotYet => products::award_undated(Some(&issued.to_string())),
        Standing::Ending(days) => products::award_ending(days, &last),
        Standing::Ended => products::award_ended(&last),
    };
    Some(finding.at(entry.file(), award.span))
}

/// What a label must say (Decree 43/2017/NĐ-CP, amended by 111/2021), of what is on sale.
fn check_label(entry: &Entry, product: &Product, found: &mut Vec<Diagnostic>) {
    if !product.is_on_sale() {
        return;
    }
    let label = &product.label;
    let somewhere =
        product.makers.iter().any(|maker| maker.place.is_some() || maker.contact.address.is_some());
    let wanted = [
        (product.makers.is_empty(), "nơi sản xuất (makers)", "the maker (makers)"),
        (!somewhere, "địa chỉ nơi sản xuất (place)", "the maker's address (place)"),
        (label.ingredients.is_none(), "thành phần (ingredients)", "ingredients"),
        (label.net.is_none(), "khối lượng tịnh (net)", "net weight (net)"),
        (label.shelf_life.is_none(), "hạn dùng (shelf_life)", "shelf life (shelf_life)"),
        (label.storage.is_none(), "cách bảo quản (storage)", "storage"),
        (label.allergens.is_none(), "chất dễ gây dị ứng (allergens)", "allergens"),
    ];
    if let Some(lacking) = Text::listed(&wanted) {
        let finding = products::label_lacks(&lacking);
        found.push(finding.at(entry.file(), entry.id.span));
    }
}
