//! Whether an address is a product's page at a marketplace we know, by exact host and path; a look-alike never is.
//! Only reads the address as written; whether the page still stands is for a person to look at.

use url::{Host, Url};

/// Where a product is sold, or where its seller writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Marketplace {
    /// shopee.vn
    Shopee,
    /// lazada.vn
    Lazada,
    /// shop.tiktok.com
    TikTokShop,
    /// tiki.vn
    Tiki,
    /// voso.vn
    Voso,
    /// buudien.vn, PostMart until it was renamed
    Buudien,
    /// A page or group of a seller, no marketplace.
    Facebook,
    /// An official account or group of a seller, no marketplace.
    Zalo,
    /// A seller's channel at www.tiktok.com, no marketplace.
    TikTok,
}

impl Marketplace {
    /// Its name, the same in every language.
    pub const fn name(self) -> &'static str {
        ["Shopee", "Lazada", "TikTok Shop", "Tiki", "Voso", "Buudien.vn", "Facebook", "Zalo", "TikTok"]
            [self as usize]
    }

    /// Whether it is where a seller writes rather than a marketplace.
    pub const fn is_seller_page(self) -> bool {
        matches!(self, Self::Facebook | Self::Zalo | Self::TikTok)
    }

    /// Whether we do not know how its product pages are addressed, so that a person should open the page.
    pub const fn is_unsure(self) -> bool {
        matches!(self, Self::Voso | Self::Buudien)
    }
}

/// A page at a marketplace, its address without what follows a buyer around.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listing {
    /// Where.
    pub at: Marketplace,
    /// The address to show.
    pub address: String,
}

/// Why an address is not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It does not begin with `https://`, as written.
    NotHttps,
    /// It holds a character that an address may not hold.
    Character(char),
    /// No address at all.
    Unreadable,
    /// A name before `@` hides the host that follows.
    User(String),
    /// A port.
    Port,
    /// A host that is written in numbers.
    Number,
    /// A host of other letters in disguise (`xn--`).
    Punycode(String),
    /// A host that is spelt in another way than browsers read it.
    Host(String),
    /// Not a marketplace we know.
    Unknown(String),
    /// A stranger that bears a marketplace's name.
    LookAlike(String, Marketplace),
    /// Browsers read another address than is written.
    Respelt(String),
    /// The path hides a separator or a control character behind `%`.
    Hidden,
    /// The host is right, but the page is no product and no shop.
    NotAListing(Marketplace),
    /// An address that pays somebody and leads on.
    Affiliate,
    /// A short address, which could lead anywhere.
    Short(Marketplace),
    /// The marketplace has closed.
    Closed(&'static str),
    /// The marketplace has moved.
    Moved(&'static str, &'static str),
    /// `zalo.me/` and a telephone number.
    PersonalZalo,
}

/// Hosts, exactly as they must be written.
const HOSTS: [(&str, Marketplace); 18] = [
    ("shopee.vn", Marketplace::Shopee),
    ("www.shopee.vn", Marketplace::Shopee),
    ("lazada.vn", Marketplace::Lazada),
    ("www.lazada.vn", Marketplace::Lazada),
    ("m.lazada.vn", Marketplace::Lazada),
    ("shop.tiktok.com", Marketplace::TikTokShop),
    ("www.tiktok.com", Marketplace::TikTokShop),
    ("tiki.vn", Marketplace::Tiki),
    ("www.tiki.vn", Marketplace::Tiki),
    ("voso.vn", Marketplace::Voso),
    ("www.voso.vn", Marketplace::Voso),
    ("buudien.vn", Marketplace::Buudien),
    ("www.buudien.vn", Marketplace::Buudien),
    ("nongsan.buudien.vn", Marketplace::Buudien),
    ("www.facebook.com", Marketplace::Facebook),
    ("m.facebook.com", Marketplace::Facebook),
    ("facebook.com", Marketplace::Facebook),
    ("zalo.me", Marketplace::Zalo),
];

/// Hosts of addresses that lead on to another; only the network knows where.
const SHORT: [(&str, Marketplace); 11] = [
    ("s.shopee.vn", Marketplace::Shopee),
    ("vn.shp.ee", Marketplace::Shopee),
    ("shp.ee", Marketplace::Shopee),
    ("shope.ee", Marketplace::Shopee),
    ("s.lazada.vn", Marketplace::Lazada),
    ("vt.tiktok.com", Marketplace::TikTokShop),
    ("vm.tiktok.com", Marketplace::TikTokShop),
    ("fb.com", Marketplace::Facebook),
    ("fb.me", Marketplace::Facebook),
    ("m.me", Marketplace::Facebook),
    ("ti.ki", Marketplace::Tiki),
];

/// Hosts that count whom to pay and lead on.
const AFFILIATE: [&str; 2] = ["c.lazada.vn", "l.facebook.com"];

/// Marketplaces that have ended: Sendo's in April 2025.
const CLOSED: [(&str, &str); 2] = [("sendo.vn", "Sendo"), ("www.sendo.vn", "Sendo")];
/// Marketplaces that go by another name.
const MOVED: [(&str, &str, &str); 2] =
    [("postmart.vn", "PostMart", "buudien.vn"), ("www.postmart.vn", "PostMart", "buudien.vn")];

/// Words by which a stranger's host shows whom it imitates.
const NAMES: [(&str, Marketplace); 8] = [
    ("shopee", Marketplace::Shopee),
    ("lazada", Marketplace::Lazada),
    ("tiktok", Marketplace::TikTokShop),
    ("tiki", Marketplace::Tiki),
    ("voso", Marketplace::Voso),
    ("buudien", Marketplace::Buudien),
    ("facebook", Marketplace::Facebook),
    ("zalo", Marketplace::Zalo),
];

/// Judges an address as an editor wrote it.
///
/// # Errors
/// The first reason why it is not taken, what could deceive a buyer before what is only untidy.
pub fn judge(written: &str) -> Result<Listing, Refusal> {
    let Some(rest) = written.strip_prefix("https://") else { return Err(Refusal::NotHttps) };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    // Letters of other scripts in the host are a disguise; in the path they are only not yet encoded.
    if let Some(strange) = authority.chars().find(|c| !c.is_ascii_graphic()) {
        return Err(Refusal::Character(strange));
    }
    if let Some(strange) =
        written.chars().find(|c| *c == '\\' || c.is_control() || (c.is_ascii() && !c.is_ascii_graphic()))
    {
        return Err(Refusal::Character(strange));
    }
    if authority.to_ascii_lowercase().split(['.', '@']).any(|label| label.starts_with("xn--")) {
        return Err(Refusal::Punycode(authority.to_owned()));
    }
    let url = Url::parse(written).map_err(|_| Refusal::Unreadable)?;
    check_authority(authority, &url)?;
    let host = url.host_str().unwrap_or_default();
    if AFFILIATE.contains(&host) {
        return Err(Refusal::Affiliate);
    }
    if let Some((_, at)) = SHORT.iter().find(|(name, _)| *name == host) {
        return Err(Refusal::Short(*at));
    }
    if let Some((_, name)) = CLOSED.iter().find(|(name, _)| *name == host) {
        return Err(Refusal::Closed(name));
    }
    if let Some((_, name, now)) = MOVED.iter().find(|(name, ..)| *name == host) {
        return Err(Refusal::Moved(name, now));
    }
    let Some((_, at)) = HOSTS.iter().find(|(name, _)| *name == host) else {
        let imitated = NAMES.iter().find(|(name, _)| host.contains(name));
        return Err(match imitated {
            Some((_, at)) => Refusal::LookAlike(host.to_owned(), *at),
            None => Refusal::Unknown(host.to_owned()),
        });
    };
    if url.as_str() != written {
        return Err(Refusal::Respelt(url.as_str().to_owned()));
    }
    check_path(&url, *at, host)
}

/// Holds the part before the path to a bare host, written as browsers read it.
fn check_authority(authority: &str, url: &Url) -> Result<(), Refusal> {
    let host = url.host_str().unwrap_or_default();
    if authority.contains('@') {
        return Err(Refusal::User(host.to_owned()));
    }
    if authority.contains(':') && !authority.starts_with('[') || url.port().is_some() {
        return Err(Refusal::Port);
    }
    if !matches!(url.host(), Some(Host::Domain(_))) {
        return Err(Refusal::Number);
    }
    if host != authority || host.ends_with('.') {
        return Err(Refusal::Host(host.to_owned()));
    }
    Ok(())
}

/// Holds the path to those of products and shops, and keeps of the query only what names the product.
fn check_path(url: &Url, at: Marketplace, host: &str) -> Result<Listing, Refusal> {
    let path = url.path();
    let small = path.to_ascii_lowercase();
    let hides = |code: &str| small.contains(code);
    if hides("%2f") || hides("%5c") || hides("%25") || hides("%7f") || hides("%0") || hides("%1") {
        return Err(Refusal::Hidden);
    }
    let parts: Vec<&str> = path.trim_start_matches('/').trim_end_matches('/').split('/').collect();
    if parts[0].starts_with("an_redir") || parts[0] == "universal-link" {
        return Err(Refusal::Affiliate);
    }
    let found = match (at, host) {
        (Marketplace::Shopee, _) => shopee(&parts).then_some(at),
        (Marketplace::Lazada, _) => lazada(&parts).then_some(at),
        (Marketplace::TikTokShop, "www.tiktok.com") if parts[0].starts_with('@') => {
            (parts.len() == 1 && name(&parts[0][1..], 2)).then_some(Marketplace::TikTok)
        }
        (Marketplace::TikTokShop, _) => tiktok(&parts).then_some(at),
        (Marketplace::Tiki, _) => tiki(&parts).then_some(at),
        (Marketplace::Facebook, _) => facebook(&parts, url).then_some(at),
        (Marketplace::Zalo, _) => zalo(&parts)?.then_some(at),
        // How they address a product is not published: any page but the first.
        _ => (!parts[0].is_empty()).then_some(at),
    };
    let at = found.ok_or(Refusal::NotAListing(at))?;
    Ok(Listing { at, address: tidy(url, at) })
}

/// The address without fragment and without any part of the query that does not name the product.
fn tidy(url: &Url, at: Marketplace) -> String {
    let kept = match at {
        Marketplace::Lazada => "skuId",
        Marketplace::Tiki => "spid",
        Marketplace::Facebook => "id",
        _ => "",
    };
    let value = url.query_pairs().find(|(key, value)| key == kept && digits(value)).map(|(_, value)| value);
    let mut tidy = url.clone();
    tidy.set_fragment(None);
    tidy.set_query(value.map(|value| format!("{kept}={value}")).as_deref());
    tidy.into()
}

fn digits(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// A shop's or page's name in an address.
fn name(text: &str, least: usize) -> bool {
    (least..=60).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        && text.bytes().any(|b| b.is_ascii_alphanumeric())
}

/// `TEXT<mark>DIGITS`: what stands before the mark, where digits follow it.
fn numbered<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let (before, number) = text.rsplit_once(mark)?;
    digits(number).then_some(before)
}

fn shopee(parts: &[&str]) -> bool {
    const OWN: [&str; 22] = [
        "search",
        "cart",
        "buyer",
        "user",
        "mall",
        "flash_sale",
        "daily_discover",
        "redirect",
        "m",
        "web",
        "events",
        "product",
        "shop",
        "verify",
        "checkout",
        "affiliate",
        "seller",
        "api",
        "docs",
        "download",
        "voucher",
        "shopee_live",
    ];
    match parts {
        // `ten-hang-i.123.456`
        [one]
            if numbered(one, ".")
                .and_then(|rest| numbered(rest, "-i."))
                .is_some_and(|slug| !slug.is_empty()) =>
        {
            true
        }
        [one] => name(one, 3) && !OWN.contains(one) && !one.contains("-i."),
        ["product", shop, item] => digits(shop) && digits(item),
        ["shop", shop] => digits(shop),
        _ => false,
    }
}

fn lazada(parts: &[&str]) -> bool {
    match parts {
        ["products", page] => page.strip_suffix(".html").is_some_and(|page| {
            let item = numbered(page, "-s").unwrap_or(page);
            numbered(item, "-i").is_some_and(|slug| !slug.is_empty())
        }),
        ["shop", shop] => name(shop, 2),
        _ => false,
    }
}

fn tiktok(parts: &[&str]) -> bool {
    match parts {
        ["vn", "pdp", id] | ["view", "product", id] => digits(id),
        ["vn", "pdp", slug, id] => name(slug, 1) && digits(id),
        _ => false,
    }
}

fn tiki(parts: &[&str]) -> bool {
    match parts {
        [page] => page
            .strip_suffix(".html")
            .and_then(|page| numbered(page, "-p"))
            .is_some_and(|slug| !slug.is_empty()),
        ["cua-hang", shop] => name(shop, 2),
        _ => false,
    }
}

fn facebook(parts: &[&str], url: &Url) -> bool {
    const OWN: [&str; 16] = [
        "login",
        "sharer",
        "share",
        "dialog",
        "watch",
        "events",
        "photo",
        "permalink",
        "story",
        "help",
        "policies",
        "marketplace",
        "groups",
        "pages",
        "messages",
        "flx",
    ];
    match parts {
        ["profile.php"] => url.query_pairs().any(|(key, value)| key == "id" && digits(&value)),
        [page] => name(page, 3) && !page.ends_with(".php") && !OWN.contains(page),
        ["groups", group] => name(group, 3),
        ["people", _, id] => digits(id),
        _ => false,
    }
}

/// # Errors
/// `PersonalZalo` where the page is that of a telephone number.
fn zalo(parts: &[&str]) -> Result<bool, Refusal> {
    match parts {
        // Numbers of official accounts have 15 digits and more; telephone numbers have at most 11.
        [id] if digits(id) && id.len() < 15 => Err(Refusal::PersonalZalo),
        [id] => Ok(digits(id)),
        ["g", group] => Ok(name(group, 6)),
        _ => Ok(false),
    }
}
