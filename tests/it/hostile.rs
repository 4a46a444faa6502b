//! Content and folders that mean harm, or that went wrong: nothing panics, nothing is half written, no secret leaves.

use crate::scene::{Scene, repository};
use image::{ImageEncoder, RgbImage};
use std::fs;

/// An EXIF block with a GPS position and a turn of 90 degrees, as a phone writes it (TIFF 6.0, little endian).
fn exif() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend([2, 0]);
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend([1, 0]);
    tiff.extend([1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(b"GPS-SECRET-20.9738-106.2623");
    let mut block = b"Exif\0\0".to_vec();
    block.extend(tiff);
    block
}

/// A small photo, red on the left, with that EXIF block.
fn phone_photo() -> Vec<u8> {
    let picture =
        RgbImage::from_fn(
            40,
            20,
            |x, _| if x < 20 { image::Rgb([220, 20, 20]) } else { image::Rgb([20, 20, 220]) },
        );
    let mut plain = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut plain, 95)
        .write_image(&picture, 40, 20, image::ExtendedColorType::Rgb8)
        .unwrap();
    let block = exif();
    let mut photo = plain[..2].to_vec();
    photo.extend([0xff, 0xe1]);
    photo.extend(u16::try_from(block.len() + 2).unwrap().to_be_bytes());
    photo.extend(block);
    photo.extend(&plain[2..]);
    photo
}

#[test]
fn no_gps_leaves_the_house_and_photos_stand_upright() {
    let photo = phone_photo();
    assert!(photo.windows(10).any(|w| w == b"GPS-SECRET"), "the photo carries what must not get out");
    let scene = Scene::with_photo("cổng chính.JPG", &photo);
    scene.done(&["build"]);
    let mut seen = 0;
    for (name, bytes) in scene.files("output") {
        assert!(!bytes.windows(10).any(|w| w == b"GPS-SECRET"), "{name} carries the position");
        if name.starts_with("photos/") && name.ends_with(".jpg") {
            assert!(!bytes.windows(4).any(|w| w == b"Exif"), "{name} carries metadata");
            let upright = image::load_from_memory(&bytes).unwrap().to_rgb8();
            assert_eq!(upright.dimensions(), (20, 40), "turned by its EXIF orientation");
            assert!(upright.get_pixel(10, 5)[0] > 150 && upright.get_pixel(10, 35)[2] > 150, "red is on top");
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
    let page = scene.read("output/vi/di-tich/den-bia/index.html");
    assert!(page.contains("width=\"20\" height=\"40\""), "the page knows the size as shown");
}

#[test]
fn a_photo_cut_short_stops_the_build_before_anything_is_written() {
    let photo = phone_photo();
    let picture = RgbImage::from_fn(600, 600, |x, y| {
        image::Rgb([(x * y % 251) as u8, (x % 256) as u8, (y % 256) as u8])
    });
    let mut png = Vec::new();
    image::codecs::png::PngEncoder::new(&mut png)
        .write_image(&picture, 600, 600, image::ExtendedColorType::Rgb8)
        .unwrap();
    for (name, bytes) in [("ngan.png", &png[..png.len() / 2]), ("ngan.jpg", &photo[..60])] {
        let scene = Scene::with_photo(name, bytes);
        let ran = scene.run(&["build"]);
        assert_eq!(ran.exit, 1, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("DT208"), "{name}: {}", ran.stderr);
        assert!(scene.files("output").is_empty(), "{name}: something was written");
    }
}

#[test]
fn a_drawing_is_cleaned_of_everything_that_runs() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 30 20" onload="alert(1)">
        <script>alert(2)</script><style>@import url(https://evil.example/x.css);</style>
        <a xlink:href="javascript:alert(3)"><rect width="30" height="20" fill="#8c1d18" onclick="alert(4)"/></a>
        <foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="https://evil.example/"/></body></foreignObject>
        <image href="https://evil.example/track.png" width="9" height="9"/><use href="https://evil.example/a.svg#b"/>
        <circle cx="9" cy="9" r="4" fill="url(https://evil.example/#p)"/></svg>"##;
    let scene = Scene::with_photo("hiem.svg", svg.as_bytes());
    scene.done(&["build"]);
    let drawings: Vec<String> = scene
        .files("output")
        .into_iter()
        .filter(|(name, _)| name.starts_with("photos/"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    assert!(
        drawings.iter().any(|drawing| drawing.contains("#8c1d18") && drawing.len() < 600),
        "the drawing itself is kept"
    );
    for drawing in drawings {
        for bad in [
            "script",
            "alert",
            "onload",
            "onclick",
            "evil.example",
            "foreignObject",
            "javascript",
            "<image",
            "<a ",
        ] {
            assert!(!drawing.contains(bad), "{bad} got through");
        }
    }
}

#[test]
fn an_xml_bomb_is_refused_quickly() {
    let mut bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\">".to_owned();
    for (name, inner) in
        [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e"), ("g", "f"), ("h", "g"), ("i", "h")]
    {
        bomb.push_str(&format!("<!ENTITY {name} \"{}\">", format!("&{inner};").repeat(10)));
    }
    bomb.push_str("]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>&i;</title><rect width=\"9\" height=\"9\"/></svg>");
    let began = std::time::Instant::now();
    let ran = Scene::with_photo("bom.svg", bomb.as_bytes()).run(&["build"]);
    assert!(began.elapsed().as_secs() < 10);
    assert!(ran.exit == 1 || ran.exit == 0, "{}", ran.stderr);
}

#[test]
fn somebodys_home_is_never_written_into() {
    let scene = Scene::example();
    scene.write("home/letters/love.txt", "không được mất");
    scene.write("home/index.html", "trang của tôi");
    let before = scene.files("home");
    let home = scene.path("home");
    let ran = scene.run(&["build", "-o", home.to_str().unwrap()]);
    assert_eq!(ran.exit, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("không ghi gì"));
    assert!(scene.files("home") == before && !home.join(".dautich").exists());
    let file = scene.path("home/index.html");
    assert_eq!(scene.run(&["build", "-o", file.to_str().unwrap()]).exit, 2);
}

#[test]
fn a_file_that_somebody_put_into_the_output_is_not_overwritten() {
    let scene = Scene::example();
    scene.done(&["build"]);
    scene.write("output/CNAME", "haiduong.example");
    scene.done(&["build"]);
    assert_eq!(scene.read("output/CNAME"), "haiduong.example");
    scene.write("output/vi/dac-san/banh-gai/index.html", "viết tay");
    scene.done(&["new", "product", "banh-gai", "--title", "Bánh gai"]);
    scene.change("content/products/banh-gai/index.md", "summary:  ", "summary: Bánh làm từ lá gai. #");
    scene.change("content/products/banh-gai/index.md", "draft: true", "draft: false");
    scene.change("content/products/banh-gai/index.en.md", "title:  ", "title: Ramie cake #");
    scene.change("content/products/banh-gai/index.en.md", "summary:  ", "summary: A cake. #");
    let ran = scene.run(&["build"]);
    assert_eq!(ran.exit, 2, "{}", ran.stderr);
    assert_eq!(scene.read("output/vi/dac-san/banh-gai/index.html"), "viết tay");
}

/// A full disk: a tmpfs a little larger than the site, mounted by root; the second, larger build does not fit.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_published_site_as_it_was() {
    let scene = Scene::example();
    let disk = scene.path("disk");
    fs::create_dir(&disk).unwrap();
    scene.done(&["build", "-o", scene.path("elsewhere").to_str().unwrap()]);
    // A tmpfs counts in pages of 4 KB, folders among them.
    let files = scene.files("elsewhere");
    let pages: usize = files.iter().map(|(_, bytes)| bytes.len().div_ceil(4096) + 1).sum();
    let size = format!("size={}k", pages * 4 + 600);
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", &size, "dautich-test", disk.to_str().unwrap()])
        .status()
        .unwrap();
    assert!(mounted.success(), "this test mounts a small tmpfs, as root does in tests/run");
    let _unmount = Unmount(disk.clone());
    let output = disk.join("site");
    scene.done(&["build", "-o", output.to_str().unwrap()]);
    let before = scene.files("disk/site");
    for folder in ["den-bia", "chua-con-son", "van-mieu-mao-dien"] {
        let file = format!("content/relics/{folder}/index.md");
        let text = scene.read(&file);
        scene.write(&file, format!("{text}\n{}\n", "Thêm một đoạn nữa. ".repeat(20000)));
    }
    let ran = scene.run(&["build", "-o", output.to_str().unwrap()]);
    assert_eq!(ran.exit, 4, "{}", ran.stderr);
    assert!(ran.stderr.contains("đĩa đã đầy"), "{}", ran.stderr);
    assert!(scene.files("disk/site") == before, "the published site changed");
}

struct Unmount(std::path::PathBuf);

impl Drop for Unmount {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_template_that_is_broken_is_told_once_and_nothing_is_written() {
    let scene = Scene::example();
    scene.write("templates/cards.html", "{% for c in cards %}{{ c.nothing.here }}{% endfor %}");
    let ran = scene.run(&["build"]);
    assert_eq!(ran.exit, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("DT501"));
    assert!(scene.files("output").is_empty());
    scene.write("templates/cards.html", "{% for c in cards %}");
    assert_eq!(scene.run(&["build"]).exit, 1);
}

#[test]
fn a_site_may_override_one_template_and_one_string() {
    let scene = Scene::example();
    scene.write("templates/list.html", "<p>của riêng tôi</p>");
    let strings = fs::read_to_string(repository().join("themes/default/i18n/vi.yaml")).unwrap();
    scene.write("templates/i18n/vi.yaml", strings.replace("Chỉ đường", "Đường đi"));
    scene.done(&["build"]);
    assert!(scene.read("output/vi/di-tich/index.html").contains("<p>của riêng tôi</p>"));
    assert!(scene.read("output/vi/di-tich/den-bia/index.html").contains("Đường đi"));
}
