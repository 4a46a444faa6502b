//! Photos as volunteers send them: upright, light, without a word of metadata, made once, and never half made.

use crate::scene::Scene;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, imageops};
use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// What a phone hides in a photo, and must not leave the house.
const SECRET: &[u8] = b"GPS-SECRET-20.9738-106.2623";
const CACHE: &str = ".cache/dautich";

/// A JPEG of these pixels as a phone writes it: EXIF with a turn (2.32, tag 0x0112) and a place, XMP, a colour profile's
/// segment and a comment, each with the secret in it.
fn phone(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut plain = Cursor::new(Vec::new());
    picture.write_to(&mut plain, ImageFormat::Jpeg).unwrap();
    let plain = plain.into_inner();
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET);
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>".as_slice(), SECRET].concat();
    let comment = SECRET.to_vec();
    let mut bytes = plain[..2].to_vec();
    for (marker, segment) in [(0xe1, exif), (0xe1, xmp), (0xfe, comment)] {
        bytes.extend([0xff, marker]);
        bytes.extend(u16::try_from(segment.len() + 2).unwrap().to_be_bytes());
        bytes.extend(segment);
    }
    bytes.extend(&plain[2..]);
    bytes
}

/// The published forms of the one photo, by the end of their names: `-480.webp`, `.jpg`.
fn forms(scene: &Scene) -> BTreeMap<String, Vec<u8>> {
    let photos = scene
        .files("output")
        .into_iter()
        .filter(|(name, _)| name.starts_with("photos/") && !name.ends_with(".svg"));
    photos.map(|(name, bytes)| (name["photos/0123456789abcdef".len()..].to_owned(), bytes)).collect()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Four colours in the corners, so that every turn and mirroring is told from every other.
fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x * 2 < width, y * 2 < height) {
        (true, true) => Rgb([220, 30, 30]),
        (false, true) => Rgb([30, 200, 30]),
        (true, false) => Rgb([30, 30, 220]),
        (false, false) => Rgb([230, 230, 230]),
    })
}

#[test]
fn all_eight_orientations_stand_upright_and_nothing_of_the_camera_is_left() {
    let upright = corners(600, 400);
    let lying = [
        upright.clone(),
        imageops::flip_horizontal(&upright),
        imageops::rotate180(&upright),
        imageops::flip_vertical(&upright),
        imageops::flip_horizontal(&imageops::rotate90(&upright)),
        imageops::rotate270(&upright),
        imageops::flip_horizontal(&imageops::rotate270(&upright)),
        imageops::rotate90(&upright),
    ];
    for (picture, orientation) in lying.iter().zip(1..) {
        let photo = phone(picture, orientation);
        assert!(has(&photo, SECRET) && has(&photo, b"Exif"), "the photo carries what must not get out");
        let scene = Scene::with_photo("cổng chính.JPG", &photo);
        scene.done(&["build"]);
        let forms = forms(&scene);
        let names: Vec<&str> = forms.keys().map(String::as_str).collect();
        assert_eq!(names, ["-480.webp", "-600.webp", ".jpg"]);
        for (name, bytes) in &forms {
            let seen = image::load_from_memory(bytes).unwrap().to_rgb8();
            let wide = if name.starts_with("-480") { 480 } else { 600 };
            assert_eq!(seen.dimensions(), (wide, wide * 2 / 3), "{orientation}{name}");
            for (x, y) in [(1, 1), (3, 1), (1, 3), (3, 3)] {
                let (at, of) = ((seen.width() * x / 4, seen.height() * y / 4), (150 * x, 100 * y));
                let far = seen.get_pixel(at.0, at.1).0.iter().zip(upright.get_pixel(of.0, of.1).0);
                assert!(far.clone().all(|(a, b)| a.abs_diff(b) < 30), "{orientation}{name} at {at:?}");
            }
            for part in [b"Exif".as_slice(), b"EXIF", b"XMP ", b"ICCP", b"ns.adobe", b"VP8X"] {
                assert!(!has(bytes, part), "{orientation}{name} carries metadata");
            }
        }
        for (name, bytes) in scene.files("output").into_iter().chain(scene.files(CACHE)) {
            assert!(!has(&bytes, SECRET), "{name} carries the place");
        }
        let page = scene.read("output/vi/di-tich/den-bia/index.html");
        assert!(page.contains("width=\"600\" height=\"400\""), "the page knows the size as shown");
    }
}

#[test]
fn a_page_offers_phones_and_desks_what_they_need_and_a_soft_picture_until_it_comes() {
    let scene = Scene::with_photo("lớn.jpg", &phone(&corners(1600, 1200), 1));
    scene.done(&["build"]);
    let page = scene.read("output/vi/di-tich/den-bia/index.html");
    let digest = page.split("/photos/").nth(1).unwrap()[..16].to_owned();
    let at = |wide: u32| format!("../../../photos/{digest}-{wide}.webp {wide}w");
    let phone = format!("media=\"(max-width:40rem)\" srcset=\"{}, {}\"", at(480), at(720));
    assert!(page.contains(&phone), "phones are never offered the widest");
    assert!(page.contains(&format!("srcset=\"{}, {}, {}\" sizes=\"46rem\"", at(480), at(720), at(1080))));
    assert!(
        page.contains(&format!("<img src=\"../../../photos/{digest}.jpg\" width=\"1080\" height=\"810\""))
    );
    let soft = page.split("src=\"data:image/webp;base64,").nth(1).unwrap().split('"').next().unwrap();
    assert!(soft.len() < 240, "the placeholder takes {} letters", soft.len());
    for stands in page.split("srcset=\"").skip(1).flat_map(|rest| rest.split('"').next().unwrap().split(", "))
    {
        let path = stands.split(' ').next().unwrap().trim_start_matches("../");
        assert!(scene.path("output").join(path).exists(), "{path} is offered and does not stand");
    }
}

#[test]
fn a_photo_narrower_than_a_phone_is_not_blown_up() {
    let scene = Scene::with_photo("nho.png", &{
        let mut bytes = Cursor::new(Vec::new());
        corners(300, 200).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    });
    scene.done(&["build"]);
    assert_eq!(forms(&scene).keys().collect::<Vec<_>>(), ["-300.webp", ".jpg"]);
}

#[test]
fn a_busy_photo_stays_within_a_first_view() {
    // Leaves and gravel at their worst: no two neighbours alike.
    let mut random = 7_u32;
    let busy = RgbImage::from_fn(1080, 810, |_, _| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(random >> 24) as u8, (random >> 17) as u8 / 2 + 60, (random >> 10) as u8 / 2])
    });
    let busy = imageops::blur(&busy, 1.4);
    let scene = Scene::with_photo("la.jpg", &phone(&busy, 1));
    scene.done(&["build"]);
    let forms = forms(&scene);
    let mut plain = Cursor::new(Vec::new());
    let wide = imageops::resize(&busy, 720, 540, imageops::FilterType::CatmullRom);
    wide.write_to(&mut plain, ImageFormat::Jpeg).unwrap();
    let (made, jpeg) = (forms["-720.webp"].len(), plain.into_inner().len());
    assert!(made * 2 < jpeg, "{made} bytes beside {jpeg} of a plain JPEG");
}

#[test]
fn odd_photos_are_taken_or_explained() {
    let mut sixteen = Cursor::new(Vec::new());
    DynamicImage::ImageRgb16(DynamicImage::ImageRgb8(corners(600, 400)).to_rgb16())
        .write_to(&mut sixteen, ImageFormat::Png)
        .unwrap();
    let mut grey = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(corners(600, 400))
        .to_luma_alpha8()
        .write_to(&mut grey, ImageFormat::Png)
        .unwrap();
    let mut cmyk = Vec::new();
    let inks: Vec<u8> =
        corners(600, 400).pixels().flat_map(|p| [255 - p.0[0], 255 - p.0[1], 255 - p.0[2], 0]).collect();
    jpeg_encoder::Encoder::new(&mut cmyk, 90).encode(&inks, 600, 400, jpeg_encoder::ColorType::Cmyk).unwrap();
    for (name, bytes) in
        [("sau.png", sixteen.into_inner()), ("xam.png", grey.into_inner()), ("muc.jpg", cmyk)]
    {
        let scene = Scene::with_photo(name, &bytes);
        scene.done(&["build"]);
        let forms = forms(&scene);
        assert_eq!(forms.len(), 3, "{name}");
        let seen = image::load_from_memory(&forms[".jpg"]).unwrap().to_rgb8();
        let (red, white) = (seen.get_pixel(100, 100).0, seen.get_pixel(500, 300).0);
        assert!(white.iter().all(|part| *part > 190), "{name}: white is {white:?}");
        if name != "xam.png" {
            assert!(red[0] > 170 && red[1] < 90 && red[2] < 90, "{name}: red is {red:?}");
        }
    }
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0".as_slice(), &[7; 400]].concat();
    let huge = fs::read(crate::scene::repository().join("tests/fixtures/huge-20000.png")).unwrap();
    let cut = phone(&corners(900, 600), 1);
    for (name, bytes, code) in [
        ("iphone.jpg", heic.as_slice(), "DT210"),
        ("iphone.heic", heic.as_slice(), "DT210"),
        ("bom.png", &huge, "DT211"),
        ("cut.jpg", &cut[..200], "DT208"),
        ("thu.jpg", b"not a picture", "DT208"),
    ] {
        let scene = Scene::with_photo(name, bytes);
        let ran = scene.run(&["build"]);
        assert!(ran.exit == 1 && ran.stderr.contains(code), "{name}: {} {}", ran.exit, ran.stderr);
        assert!(scene.files("output").is_empty(), "{name}: something was written");
    }
}

#[test]
fn a_photo_is_made_once_and_its_cache_may_be_deleted_or_damaged() {
    let scene = Scene::with_photo("cổng.jpg", &phone(&corners(1600, 1200), 6));
    scene.done(&["build"]);
    let (first, cache) = (scene.files("output"), scene.files(CACHE));
    let kept: Vec<&str> =
        cache.iter().map(|(name, _)| name.as_str()).filter(|name| name.len() == 16).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let place = scene.path(CACHE).join(kept[0]);
    let stamp = |path: &std::path::Path| fs::metadata(path).unwrap().modified().unwrap();
    let made = stamp(&place);
    fs::remove_dir_all(scene.path("output")).unwrap();
    scene.done(&["build"]);
    assert_eq!(
        (scene.files("output") == first, stamp(&place)),
        (true, made),
        "made from the cache, not anew"
    );
    for damage in [b"".as_slice(), b"dautich photo 3\n1 2 3", &fs::read(&place).unwrap()[..9000]] {
        fs::write(&place, damage).unwrap();
        fs::remove_dir_all(scene.path("output")).unwrap();
        scene.done(&["build"]);
        assert!(scene.files("output") == first, "a damaged cache was believed");
    }
    fs::remove_dir_all(scene.path(".cache")).unwrap();
    fs::write(scene.path(".cache"), "a file in the way").unwrap();
    fs::remove_dir_all(scene.path("output")).unwrap();
    scene.done(&["build"]);
    assert!(scene.files("output") == first, "a site whose folder takes no cache is built all the same");
}

#[test]
fn killed_while_photos_are_made_the_cache_is_never_wrong() {
    let scene = Scene::example();
    let mut lines = String::from("photos:\n");
    for number in 0..3_u8 {
        let mut picture = corners(1000, 700);
        picture.put_pixel(0, 0, Rgb([number; 3]));
        scene.write(&format!("content/relics/den-bia/{number}.jpg"), phone(&picture, 6 + number));
        lines += &format!("  - file: {number}.jpg\n    alt: Ảnh số {number}\n");
    }
    scene.change("content/relics/den-bia/index.md", "photos:\n", &lines);
    let began = Instant::now();
    scene.done(&["build"]);
    let long = began.elapsed();
    let (whole, right) = (scene.files("output"), photos_of(&scene));
    assert_eq!(right.len(), 3);
    let (mut random, mut cut_short, mut partly) = (0x9e37_79b9_7f4a_7c15_u64, 0, 0);
    for turn in 0..16 {
        let _ = fs::remove_dir_all(scene.path(".cache"));
        let _ = fs::remove_dir_all(scene.path("output"));
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut build =
            scene.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(long.mul_f64((random % 1000) as f64 / 1000.0).max(Duration::from_millis(5)));
        build.kill().unwrap();
        cut_short += usize::from(!build.wait().unwrap().success());
        let found = photos_of(&scene);
        partly += usize::from(!found.is_empty() && found.len() < right.len());
        for (name, bytes) in found {
            assert!(right[&name] == bytes, "kill {turn}: {name} is not whole");
        }
    }
    assert!(cut_short > 8 && partly > 0, "{cut_short} kills met a build, {partly} met it among the photos");
    scene.done(&["build"]);
    assert!(scene.files("output") == whole && photos_of(&scene) == right);
    assert!(
        scene.files(CACHE).iter().all(|(name, _)| !name.starts_with("new-")),
        "what was half made is swept out"
    );
}

/// The photos in the cache, without what is under way.
fn photos_of(scene: &Scene) -> BTreeMap<String, Vec<u8>> {
    if !scene.path(CACHE).is_dir() {
        return BTreeMap::new();
    }
    scene.files(CACHE).into_iter().filter(|(name, _)| name.len() == 16 && !name.starts_with("new-")).collect()
}

#[test]
fn an_entry_without_a_photo_has_a_drawing_of_its_own() {
    let scene = Scene::example();
    let page = scene.read("content/relics/den-bia/index.md");
    let from = page.find("photos:\n").unwrap();
    let to = from + page[from..].find("\nplace:").unwrap();
    scene.write("content/relics/den-bia/index.md", format!("{}{}", &page[..from], &page[to + 1..]));
    let english = scene.read("content/relics/den-bia/index.en.md");
    let from = english.find("photos:\n").unwrap();
    let to = from + english[from + 8..].find("\n---").unwrap() + 9;
    scene.write("content/relics/den-bia/index.en.md", format!("{}{}", &english[..from], &english[to..]));
    scene.run(&["build"]);
    let page = scene.read("output/vi/di-tich/den-bia/index.html");
    assert!(
        page.contains("<img src=\"../../../motifs/R8CDTS.svg\" width=\"1200\" height=\"525\" alt=\"\""),
        "{page}"
    );
    let drawing = scene.read("output/motifs/R8CDTS.svg");
    assert!(drawing.starts_with("<svg ") && !drawing.contains("style") && drawing.len() < 8000);
    usvg::Tree::from_str(&drawing, &usvg::Options::default()).unwrap();
}
