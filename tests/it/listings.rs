//! Addresses of listings, genuine and hostile: none hostile is taken, none genuine is refused.
//! Shops, numbers and slugs are made up.

use dautich::site::listing::refused;
use dautich::vietnam::marketplace::judge;
use std::collections::BTreeSet;

/// As an editor pastes it, the marketplace, and what a page shows where that is another.
const GENUINE: &[(&str, &str, &str)] = &[
    ("https://shopee.vn/Banh-dau-xanh-i.1.2", "Shopee", ""),
    ("https://www.shopee.vn/Banh-dau-xanh-i.123456789.23456789012", "Shopee", ""),
    ("https://shopee.vn/B%C3%A1nh-%C4%91%E1%BA%ADu-xanh-H%E1%BA%A3i-D%C6%B0%C6%A1ng-i.123.456", "Shopee", ""),
    ("https://shopee.vn/-Chinh-hang-Banh-(hop-250g)-i.1.2", "Shopee", ""),
    ("https://shopee.vn/Banh-5.5-i.1.2", "Shopee", ""),
    ("https://shopee.vn/product/123/456", "Shopee", ""),
    ("https://shopee.vn/product/123/456/", "Shopee", ""),
    ("https://shopee.vn/shop/123", "Shopee", ""),
    ("https://shopee.vn/htx.thu_nghiem", "Shopee", ""),
    ("https://shopee.vn/banhthu", "Shopee", ""),
    ("https://shopee.vn/Banh-i.1.2?sp_atk=ab-cd&xptdk=ef", "Shopee", "https://shopee.vn/Banh-i.1.2"),
    ("https://shopee.vn/Banh-i.1.2?utm_source=an_1&smtt=0.0.9", "Shopee", "https://shopee.vn/Banh-i.1.2"),
    ("https://shopee.vn/Banh-i.1.2?uls_trackid=x&mkttid=y", "Shopee", "https://shopee.vn/Banh-i.1.2"),
    ("https://shopee.vn/Banh-i.1.2#reviews", "Shopee", "https://shopee.vn/Banh-i.1.2"),
    ("https://shopee.vn/product/1/2?d_id=3&share_channel_code=1", "Shopee", "https://shopee.vn/product/1/2"),
    ("https://shopee.vn/banhthu?shopCollection=1", "Shopee", "https://shopee.vn/banhthu"),
    ("https://www.lazada.vn/products/pdp-i1-s2.html", "Lazada", ""),
    ("https://www.lazada.vn/products/pdp-i1.html", "Lazada", ""),
    ("https://www.lazada.vn/products/pdp-i1.html?skuId=2", "Lazada", ""),
    (
        "https://www.lazada.vn/products/pdp-i1.html?spm=a2o4n&skuId=2&laz_trackid=3",
        "Lazada",
        "https://www.lazada.vn/products/pdp-i1.html?skuId=2",
    ),
    ("https://www.lazada.vn/products/banh-dau-xanh-i1-s2.html", "Lazada", ""),
    (
        "https://www.lazada.vn/products/banh-dau-xanh-i1-s2.html?exlaz=e",
        "Lazada",
        "https://www.lazada.vn/products/banh-dau-xanh-i1-s2.html",
    ),
    ("https://lazada.vn/products/banh-i1-s2.html", "Lazada", ""),
    ("https://m.lazada.vn/products/banh-i1-s2.html", "Lazada", ""),
    ("https://www.lazada.vn/products/b%C3%A1nh-i1-s2.html", "Lazada", ""),
    ("https://www.lazada.vn/shop/htx-thu", "Lazada", ""),
    ("https://www.lazada.vn/shop/htx-thu/?spm=x", "Lazada", "https://www.lazada.vn/shop/htx-thu/"),
    ("https://shop.tiktok.com/vn/pdp/1729000000000000001", "TikTok Shop", ""),
    ("https://shop.tiktok.com/vn/pdp/banh-dau-xanh/1729000000000000001", "TikTok Shop", ""),
    ("https://shop.tiktok.com/view/product/1729000000000000001", "TikTok Shop", ""),
    (
        "https://shop.tiktok.com/view/product/1729000000000000001?region=VN&ttclid=x",
        "TikTok Shop",
        "https://shop.tiktok.com/view/product/1729000000000000001",
    ),
    ("https://www.tiktok.com/view/product/1729000000000000001", "TikTok Shop", ""),
    ("https://www.tiktok.com/@htx.thu", "TikTok", ""),
    ("https://tiki.vn/banh-dau-xanh-p123.html", "Tiki", ""),
    ("https://www.tiki.vn/banh-dau-xanh-p123.html", "Tiki", ""),
    (
        "https://tiki.vn/banh-dau-xanh-p123.html?spid=124&utm_campaign=x",
        "Tiki",
        "https://tiki.vn/banh-dau-xanh-p123.html?spid=124",
    ),
    ("https://tiki.vn/cua-hang/htx-thu", "Tiki", ""),
    ("https://voso.vn/banh-dau-xanh", "Voso", ""),
    ("https://buudien.vn/san-pham/banh-dau-xanh", "Buudien.vn", ""),
    ("https://nongsan.buudien.vn/banh-dau-xanh", "Buudien.vn", ""),
    ("https://www.facebook.com/htx.thu", "Facebook", ""),
    ("https://m.facebook.com/htx.thu/", "Facebook", ""),
    ("https://www.facebook.com/groups/123456", "Facebook", ""),
    ("https://www.facebook.com/profile.php?id=100000000000001", "Facebook", ""),
    ("https://www.facebook.com/htx.thu?mibextid=x", "Facebook", "https://www.facebook.com/htx.thu"),
    ("https://zalo.me/1000000000000000001", "Zalo", ""),
    ("https://zalo.me/g/abcdef123", "Zalo", ""),
];

/// As it is pasted, and the reason for which it is not taken.
const HOSTILE: &[(&str, &str)] = &[
    // Strangers that bear a name.
    ("https://shopee.vn.khuyenmai.example/x-i.1.2", "LookAlike"),
    ("https://evilshopee.vn/x-i.1.2", "LookAlike"),
    ("https://shopee-vn.com/", "LookAlike"),
    ("https://shopee-vn.com/x-i.1.2", "LookAlike"),
    ("https://vn-shopee.example/product/1/2", "LookAlike"),
    ("https://shopee.vn-i.1.2.example/x", "LookAlike"),
    ("https://shopee.com/x-i.1.2", "LookAlike"),
    ("https://shopee.com.vn/x-i.1.2", "LookAlike"),
    ("https://shopee.cc/x-i.1.2", "LookAlike"),
    ("https://sale.shopee.vn/x-i.1.2", "LookAlike"),
    ("https://www.www.shopee.vn/x-i.1.2", "LookAlike"),
    ("https://m.shopee.vn.example/x-i.1.2", "LookAlike"),
    ("https://shopeevn/x-i.1.2", "LookAlike"),
    ("https://lazada.vn.cc/products/x-i1-s2.html", "LookAlike"),
    ("https://wwwlazada.vn/products/x-i1-s2.html", "LookAlike"),
    ("https://lazada.com/products/x-i1-s2.html", "LookAlike"),
    ("https://pages.lazada.vn/wow/x", "LookAlike"),
    ("https://tiki.vn.example/x-p1.html", "LookAlike"),
    ("https://tikivn.com/x-p1.html", "LookAlike"),
    ("https://tiktokshop.example/vn/pdp/1", "LookAlike"),
    ("https://shop.tiktok.com.example/vn/pdp/1", "LookAlike"),
    ("https://shop-tiktok.com/vn/pdp/1", "LookAlike"),
    ("https://tiktok.com/view/product/1", "LookAlike"),
    ("https://voso.com.example/x", "LookAlike"),
    ("https://mc.voso.vn/login", "LookAlike"),
    ("https://facebook.com.example/htx", "LookAlike"),
    ("https://oa.zalo.me.example/1000000000000000001", "LookAlike"),
    ("https://zalo.vn/g/abcdef", "LookAlike"),
    // Strangers.
    ("https://shope.vn/x-i.1.2", "Unknown"),
    ("https://shoppe.vn/x-i.1.2", "Unknown"),
    ("https://sh0pee.vn/x-i.1.2", "Unknown"),
    ("https://1azada.vn/products/x-i1-s2.html", "Unknown"),
    ("https://htx.example/banh", "Unknown"),
    ("https://bit.ly/3abc", "Unknown"),
    ("https://localhost/x-i.1.2", "Unknown"),
    // Letters that look like others.
    ("https://shoрee.vn/x-i.1.2", "Character"),
    ("https://ѕhopee.vn/x-i.1.2", "Character"),
    ("https://shopee.ѵn/x-i.1.2", "Character"),
    ("https://lаzada.vn/products/x-i1-s2.html", "Character"),
    ("https://tıki.vn/x-p1.html", "Character"),
    ("https://shopee。vn/x-i.1.2", "Character"),
    ("https://shopee．vn/x-i.1.2", "Character"),
    ("https://shopee.vn／x-i.1.2", "Character"),
    ("https://ｓｈｏｐｅｅ.vn/x-i.1.2", "Character"),
    ("https://shopee.vn\u{200b}/x-i.1.2", "Character"),
    ("https://shop\u{ad}ee.vn/x-i.1.2", "Character"),
    ("https://shopée.vn/x-i.1.2", "Character"),
    ("https://shopee.vn\u{202e}/x-i.1.2", "Character"),
    ("https://xn--shoee-5nf.vn/x-i.1.2", "Punycode"),
    ("https://www.xn--lzada-3ve.vn/products/x-i1-s2.html", "Punycode"),
    // Backslashes, blanks and control characters.
    ("https:\\\\shopee.vn\\x", "NotHttps"),
    ("https:/\\shopee.vn/x-i.1.2", "NotHttps"),
    ("https://evil.example\\@shopee.vn/x-i.1.2", "Character"),
    ("https://shopee.vn\\x-i.1.2", "Character"),
    ("https://shopee.vn/x\\..\\y-i.1.2", "Character"),
    ("https://shopee.vn/x-i.1.2\\", "Character"),
    ("https://shopee.vn/x -i.1.2", "Character"),
    ("https://shop ee.vn/x-i.1.2", "Character"),
    ("https://shopee.vn/x\t-i.1.2", "Character"),
    ("https://shop\nee.vn/x-i.1.2", "Character"),
    ("https://shopee.vn/x\u{0}-i.1.2", "Character"),
    ("https://shopee.vn/x\u{7f}-i.1.2", "Character"),
    ("https://shopee.vn/x\u{85}-i.1.2", "Character"),
    // Not https as it must be written.
    ("http://shopee.vn/x-i.1.2", "NotHttps"),
    ("HTTPS://shopee.vn/x-i.1.2", "NotHttps"),
    ("//shopee.vn/x-i.1.2", "NotHttps"),
    ("shopee.vn/x-i.1.2", "NotHttps"),
    ("javascript:alert(1)//shopee.vn/x-i.1.2", "NotHttps"),
    ("data:text/html,https://shopee.vn/x-i.1.2", "NotHttps"),
    ("ftp://shopee.vn/x-i.1.2", "NotHttps"),
    ("https:shopee.vn/x-i.1.2", "NotHttps"),
    (" https://shopee.vn/x-i.1.2", "NotHttps"),
    ("", "NotHttps"),
    ("https://", "Unreadable"),
    ("https:///shopee.vn/x-i.1.2", "Host"),
    ("https://shopee.vn^/x-i.1.2", "Unreadable"),
    ("https://shopee..vn/x-i.1.2", "LookAlike"),
    // A name before the host.
    ("https://shopee.vn@evil.example/", "User"),
    ("https://shopee.vn@evil.example/x-i.1.2", "User"),
    ("https://shopee.vn:x@evil.example/x-i.1.2", "User"),
    ("https://a@shopee.vn/x-i.1.2", "User"),
    ("https://@shopee.vn/x-i.1.2", "User"),
    ("https://shopee.vn%2f@evil.example/x-i.1.2", "User"),
    ("https://evil.example:@shopee.vn/x-i.1.2", "User"),
    // Ports and numbers.
    ("https://shopee.vn:8443/x-i.1.2", "Port"),
    ("https://shopee.vn:443/x-i.1.2", "Port"),
    ("https://shopee.vn:/x-i.1.2", "Port"),
    ("https://shopee.vn:99999/x-i.1.2", "Unreadable"),
    ("https://127.0.0.1/x-i.1.2", "Number"),
    ("https://2130706433/x-i.1.2", "Number"),
    ("https://0x7f.1/x-i.1.2", "Number"),
    ("https://[::1]/x-i.1.2", "Number"),
    ("https://[::ffff:7f00:1]:443/x-i.1.2", "Number"),
    // The host spelt otherwise.
    ("https://shopee.vn./x-i.1.2", "Host"),
    ("https://www.lazada.vn./products/x-i1-s2.html", "Host"),
    ("https://SHOPEE.VN/x-i.1.2", "Host"),
    ("https://Shopee.vn/x-i.1.2", "Host"),
    ("https://tiki.vn%2eevil.example/x-p1.html", "Host"),
    ("https://shopee%2evn/x-i.1.2", "Host"),
    ("https://%73hopee.vn/x-i.1.2", "Host"),
    ("https://shopee.vn%00.evil.example/x-i.1.2", "Unreadable"),
    ("https://shopee.vn%2fevil.example/x-i.1.2", "Unreadable"),
    // Browsers read another path.
    ("https://shopee.vn/../x-i.1.2", "Respelt"),
    ("https://shopee.vn/a/../x-i.1.2", "Respelt"),
    ("https://shopee.vn/./x-i.1.2", "Respelt"),
    ("https://shopee.vn/%2e%2e/x-i.1.2", "Respelt"),
    ("https://shopee.vn/product/1/2/..", "Respelt"),
    ("https://shopee.vn/Bánh-i.1.2", "Respelt"),
    ("https://shopee.vn/x\"y-i.1.2", "Respelt"),
    ("https://shopee.vn", "Respelt"),
    ("https://shopee.vn/x%2fy-i.1.2", "Hidden"),
    ("https://shopee.vn/x%5Cy-i.1.2", "Hidden"),
    ("https://shopee.vn/x%0d%0ay-i.1.2", "Hidden"),
    ("https://shopee.vn/x%252fy-i.1.2", "Hidden"),
    // Pages that are no listing.
    ("https://shopee.vn/", "NotAListing"),
    ("https://shopee.vn/search?keyword=banh", "NotAListing"),
    ("https://shopee.vn/cart", "NotAListing"),
    ("https://shopee.vn/redirect?url=https://evil.example", "NotAListing"),
    ("https://shopee.vn/buyer/login?next=https://evil.example", "NotAListing"),
    ("https://shopee.vn/x-i.1.2/../../evil", "Respelt"),
    ("https://shopee.vn/x-i.1", "NotAListing"),
    ("https://shopee.vn/x-i.1.2a", "NotAListing"),
    ("https://shopee.vn//evil.example/x-i.1.2", "NotAListing"),
    ("https://shopee.vn/product/1/2/3", "NotAListing"),
    ("https://shopee.vn/product/1/x", "NotAListing"),
    ("https://www.lazada.vn/", "NotAListing"),
    ("https://www.lazada.vn/products/banh.html", "NotAListing"),
    ("https://www.lazada.vn/catalog/?q=banh", "NotAListing"),
    ("https://shop.tiktok.com/", "NotAListing"),
    ("https://shop.tiktok.com/us/pdp/1", "NotAListing"),
    ("https://www.tiktok.com/link/v2?target=https://evil.example", "NotAListing"),
    ("https://www.tiktok.com/@htx/video/1", "NotAListing"),
    ("https://tiki.vn/search?q=banh", "NotAListing"),
    ("https://tiki.vn/x-p1", "NotAListing"),
    ("https://voso.vn/", "NotAListing"),
    ("https://www.facebook.com/sharer/sharer.php?u=https://evil.example", "NotAListing"),
    ("https://www.facebook.com/login.php?next=x", "NotAListing"),
    ("https://www.facebook.com/flx/warn/?u=https://evil.example", "NotAListing"),
    ("https://www.facebook.com/profile.php", "NotAListing"),
    ("https://zalo.me/", "NotAListing"),
    ("https://zalo.me/pc", "NotAListing"),
    // Paid redirects, short addresses, marketplaces that are gone, telephone numbers.
    ("https://shopee.vn/an_redir?origin_link=https%3A%2F%2Fevil.example", "Affiliate"),
    ("https://shopee.vn/universal-link/x-i.1.2?deep_and_deferred=1", "Affiliate"),
    ("https://c.lazada.vn/t/c.abc", "Affiliate"),
    ("https://l.facebook.com/l.php?u=https://evil.example", "Affiliate"),
    ("https://s.shopee.vn/abc", "Short"),
    ("https://vn.shp.ee/abc", "Short"),
    ("https://shope.ee/abc", "Short"),
    ("https://s.lazada.vn/s.abc", "Short"),
    ("https://vt.tiktok.com/abc/", "Short"),
    ("https://vm.tiktok.com/abc/", "Short"),
    ("https://fb.me/abc", "Short"),
    ("https://m.me/htx.thu", "Short"),
    ("https://www.sendo.vn/banh-1.html", "Closed"),
    ("https://sendo.vn/shop/htx", "Closed"),
    ("https://postmart.vn/banh", "Moved"),
    ("https://zalo.me/0900000000", "PersonalZalo"),
    ("https://zalo.me/84900000000", "PersonalZalo"),
];

#[test]
fn no_genuine_listing_is_refused() {
    for (written, name, shown) in GENUINE {
        let listing = judge(written).unwrap_or_else(|why| panic!("{written}: {why:?}"));
        assert_eq!(listing.at.name(), *name, "{written}");
        assert_eq!(listing.address, *if shown.is_empty() { written } else { shown }, "{written}");
    }
}

#[test]
fn no_hostile_listing_is_taken_and_each_refusal_has_its_reason() {
    let mut wrong = Vec::new();
    for (written, reason) in HOSTILE {
        let why = match judge(written) {
            Ok(listing) => panic!("{written} is taken: {listing:?}"),
            Err(why) => why,
        };
        let debug = format!("{why:?}");
        if debug.split(['(', ' ']).next() != Some(*reason) {
            wrong.push(format!("{written}: {debug}, not {reason}"));
        }
        let told = refused(&why, written);
        assert!(!told.message.vi.is_empty() && !told.message.en.is_empty());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let reasons: BTreeSet<&str> = HOSTILE.iter().map(|(_, reason)| *reason).collect();
    assert_eq!(reasons.len(), 18, "every reason is met: {reasons:?}");
    let all: BTreeSet<&str> = HOSTILE
        .iter()
        .map(|(written, _)| *written)
        .chain(GENUINE.iter().map(|(written, ..)| *written))
        .collect();
    assert_eq!(all.len(), HOSTILE.len() + GENUINE.len());
    assert!(all.len() >= 200, "{}", all.len());
}
