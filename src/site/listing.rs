//! A product's page at a marketplace: the address as written, and what it turned out to be.
//! An address that is not taken is told with its reason and never shown.

use super::fields::Fields;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::listings;
use crate::diagnostic::{Diagnostic, Text};
use crate::vietnam::marketplace::{self, Refusal};
use jiff::civil::Date;

/// A product's page at a marketplace.
#[derive(Debug)]
pub struct Listing {
    /// Its address as written.
    pub url: At<String>,
    /// Where it leads, if it is taken.
    pub page: Option<marketplace::Listing>,
    /// When a person last looked.
    pub checked: Option<Date>,
    /// The shop's name there.
    pub shop: Option<String>,
}

impl Listing {
    pub(super) fn read_all(fields: &mut Fields<'_, '_, '_>) -> Vec<Self> {
        let short = |url| Self { url, page: None, checked: None, shop: None };
        let mut listings = fields.list_or_texts("listings", short, |fields| {
            let url = fields.required_text("url", &Text::new("địa chỉ trang bán", "the listing's address"));
            let (checked, shop) = (fields.date("checked"), fields.text("shop").map(|text| text.value));
            Some(Self { url: url?, page: None, checked, shop })
        });
        for listing in &mut listings {
            match marketplace::judge(&listing.url) {
                Ok(page) => {
                    if page.at.is_unsure() && listing.checked.is_none() {
                        fields.reader.report(listings::unsure(page.at.name()), listing.url.span);
                    }
                    listing.page = Some(page);
                }
                Err(why) => fields.reader.report(refused(&why, &listing.url), listing.url.span),
            }
        }
        listings
    }
}

/// Why an address is not taken, in words.
pub fn refused(why: &Refusal, written: &str) -> Diagnostic {
    match why {
        Refusal::Unknown(host) => listings::unknown(host),
        Refusal::NotAListing(at) => listings::no_listing(at.name()),
        Refusal::Affiliate => listings::affiliate(),
        Refusal::Short(at) => listings::short(at.name()),
        Refusal::Closed(name) => listings::closed(name),
        Refusal::Moved(name, now) => listings::moved(name, now),
        Refusal::PersonalZalo => listings::personal_zalo(),
        _ => disguised(why).map_or_else(|| misspelt(why, written), |how| listings::disguise(&how)),
    }
}

/// How an address looks like another than it is.
fn disguised(why: &Refusal) -> Option<Text> {
    Some(match why {
        Refusal::Character(c) if !c.is_ascii() && !c.is_control() && !c.is_whitespace() => Text::new(
            format!("tên miền có ký tự lạ `{c}`, chỉ trông giống chữ hay dấu thường"),
            format!("the host holds `{c}`, which only looks like a plain letter or mark"),
        ),
        Refusal::User(host) => Text::new(
            format!("phần trước dấu @ chỉ để đánh lừa; địa chỉ này dẫn tới {host}"),
            format!("what stands before @ only deceives; the address leads to {host}"),
        ),
        Refusal::Port => Text::new(
            "tên miền kèm số cổng; sàn thật không dùng",
            "the host has a port number; no real marketplace uses one",
        ),
        Refusal::Number => {
            Text::new("thay cho tên miền là một dãy số", "numbers stand in the place of a host")
        }
        Refusal::Punycode(host) => Text::new(
            format!("tên miền {host} giấu chữ lạ trông giống chữ thường"),
            format!("the host {host} hides letters that look like others"),
        ),
        Refusal::Host(host) => Text::new(
            format!("tên miền không viết như trình duyệt đọc ({host})"),
            format!("the host is not written as browsers read it ({host})"),
        ),
        Refusal::LookAlike(host, at) => Text::new(
            format!("{host} không phải {}, chỉ có tên giống", at.name()),
            format!("{host} is not {}, it only bears a like name", at.name()),
        ),
        _ => return None,
    })
}

/// How an address is written otherwise than browsers read it.
fn misspelt(why: &Refusal, written: &str) -> Diagnostic {
    let spelling = |vi: &str, en: &str| listings::spelling(&Text::new(vi, en), None);
    match why {
        Refusal::NotHttps => {
            let short: String = written.chars().take(40).collect();
            spelling(
                &format!("địa chỉ trang bán phải bắt đầu đúng bằng https://, ở đây là {short}"),
                &format!("the address of a listing must begin with exactly https://, here is {short}"),
            )
        }
        Refusal::Character('\\') => spelling(
            "địa chỉ có dấu \\, trình duyệt đọc thành dấu / và có thể dẫn đi nơi khác",
            "the address holds a \\, which browsers read as / and which may lead elsewhere",
        ),
        Refusal::Character(_) => {
            spelling("địa chỉ có dấu cách hoặc ký tự ẩn", "the address holds a blank or a hidden character")
        }
        Refusal::Hidden => spelling(
            "địa chỉ giấu dấu / \\ hoặc ký tự điều khiển sau dấu %",
            "the address hides a / \\ or a control character behind %",
        ),
        Refusal::Respelt(mended) => listings::spelling(
            &Text::new(
                "trình duyệt đọc địa chỉ này khác với cách viết",
                "browsers read this address in another way than it is written",
            ),
            Some(mended),
        ),
        // `Unreadable`; the others never come here.
        _ => spelling("không đọc được địa chỉ này", "the address cannot be read"),
    }
}
