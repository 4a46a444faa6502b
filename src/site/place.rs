//! Where something is and how its people are reached, as the head says it.
//! A contact never leaves for the data files.

use super::fields::Fields;
use super::words::Words;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{agreement, facts};
use crate::diagnostic::{Span, Text};
use crate::vietnam::personal::is_person;
use crate::vietnam::units;
use jiff::civil::Date;

/// How exactly a point is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Measured at the place itself.
    Site,
    /// Only the commune is known: no distance, no pin.
    Commune,
}

/// Where something is.
#[derive(Debug)]
pub struct Place {
    /// The commune's five-digit code.
    pub commune: Option<At<String>>,
    /// The day on which the unit was so.
    pub as_of: Option<Date>,
    /// Hamlet or street.
    pub detail: Option<Words>,
    /// How old signs and maps call it.
    pub before: Option<At<String>>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// How exactly the point is known; without a point it means nothing.
    pub precision: Precision,
}

/// How people are reached; never leaves for the data files.
#[derive(Debug, Default)]
pub struct Contact {
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// A Zalo address.
    pub zalo: Option<String>,
    /// A postal address.
    pub address: Option<Words>,
    /// Who agreed to its being shown, and when.
    pub consent: Option<(String, Option<Date>)>,
}

/// Whether a point, latitude and longitude in degrees, lies in the box around Vietnam and its islands.
pub fn is_in_vietnam((latitude, longitude): (f64, f64)) -> bool {
    (6.0..=23.5).contains(&latitude) && (102.0..=118.0).contains(&longitude)
}

/// Kilometres between two points on the sphere of radius 6,371 km (haversine); within 0.5 % of the ellipsoid.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (from, to) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let chord = half(to - from) + from.cos() * to.cos() * half((b.1 - a.1).to_radians());
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

impl Place {
    /// The point, where it was measured at the place itself.
    pub fn measured(&self) -> Option<(f64, f64)> {
        self.point.filter(|_| self.precision == Precision::Site)
    }

    pub(super) fn read(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        let commune = fields.text("commune").and_then(|code| {
            let good = units::is_code(&code);
            if !good {
                fields.reader.report(facts::not_a_commune_code(&code), code.span);
            }
            good.then_some(code)
        });
        let point = fields.point("point").and_then(|point| {
            let (lat, lon) = point.value;
            let inside = is_in_vietnam((lat, lon));
            if !inside {
                let swapped = is_in_vietnam((lon, lat));
                fields.reader.report(facts::point_outside(lat, lon, swapped), point.span);
            }
            inside.then_some((lat, lon))
        });
        let choices = [("site", Precision::Site), ("commune", Precision::Commune)];
        // Unsaid means unsure: only a point that somebody calls measured is one.
        let precision = fields.choice("precision", &choices).unwrap_or(Precision::Commune);
        if precision == Precision::Site && fields.get("point").is_none() {
            let span = fields.place_of("precision");
            fields.reader.report(agreement::precise_without_point(), span);
        }
        Some(Self {
            commune,
            as_of: fields.past_date("as_of"),
            detail: fields.words("detail"),
            before: fields.text("before"),
            point,
            precision,
        })
    }
}

/// Where a Zalo account is found by its number.
const ZALO: &str = "https://zalo.me/";

/// A number as it is dialled.
fn dialled(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

impl Contact {
    /// The number as a `tel:` address.
    pub fn tel(&self) -> Option<String> {
        self.phone.as_ref().map(|phone| format!("tel:{}", dialled(phone)))
    }

    /// The Zalo address in full, from a link or a number.
    pub fn zalo_link(&self) -> Option<String> {
        self.zalo.as_ref().map(|zalo| match zalo.strip_prefix(ZALO) {
            Some(_) => zalo.clone(),
            None => format!("{ZALO}{}", dialled(zalo)),
        })
    }

    /// Whether the people it belongs to agreed to its being shown, on a day that is written.
    pub fn is_agreed(&self) -> bool {
        matches!(self.consent, Some((_, Some(_))))
    }

    /// Reads the contact of other people under `contact`, with the name it belongs to: what is personal needs their
    /// agreement.
    pub(super) fn read_of(name: &str, fields: &mut Fields<'_, '_, '_>) -> Self {
        let mut place = None;
        let contact = fields.map("contact", |fields| {
            place = Some(fields.span);
            Some(Self::read(fields))
        });
        let contact = contact.unwrap_or_default();
        if !contact.is_agreed() {
            contact.ask_for_agreement(name, place.unwrap_or(fields.span), fields);
        }
        contact
    }

    fn ask_for_agreement(&self, name: &str, place: Span, fields: &mut Fields<'_, '_, '_>) {
        let held = [
            (self.phone.is_some(), "số điện thoại", "a telephone number"),
            (self.zalo.is_some(), "Zalo", "a Zalo number"),
            (self.email.is_some(), "thư điện tử", "an e-mail address"),
        ];
        if let Some(held) = Text::listed(&held) {
            let finding = facts::no_consent(&held);
            fields.reader.report(finding, place);
        } else if is_person(name) {
            fields.reader.report(facts::person_named(name), place);
        }
    }

    /// Reads a contact as it stands; that of the site itself needs nobody's agreement.
    pub(super) fn read(fields: &mut Fields<'_, '_, '_>) -> Self {
        Self {
            email: fields.text("email").and_then(|email| {
                let good = is_email(&email);
                if !good {
                    fields.reader.report(agreement::not_an_email(&email), email.span);
                }
                good.then_some(email.value)
            }),
            phone: fields.text("phone").map(|text| text.value),
            zalo: fields.text("zalo").map(|text| text.value),
            address: fields.words("address"),
            consent: fields.map("consent", |fields| {
                let by = fields.required_text("by", &Text::new("ai đã đồng ý", "who agreed"));
                let on = fields.date("on");
                Some((by?.value, on))
            }),
        }
    }
}

/// Whether a text can be mailed to, by its shape alone: one `@`, a host with a dot, nothing a mail program would cut at.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let plain = |c: char| c.is_ascii_graphic() && !"@<>()[],;:\\\"".contains(c);
    let parts = || host.split('.');
    !name.is_empty()
        && text.chars().filter(|c| *c != '@').all(plain)
        && host.matches('@').count() == 0
        && parts().count() > 1
        && parts().all(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        assert!((kilometres((20.0, 106.0), (21.0, 106.0)) - 111.19).abs() < 0.1);
        assert!(kilometres((20.9, 106.3), (20.9, 106.3)) < 1e-6);
    }
}
