//! `dautich scan`: every verdict on codes that somebody photographed, and files that are no picture at all.

use crate::scene::{Ran, Scene, repository};
use dautich::code::Symbol;
use image::{DynamicImage, GrayImage, Luma, RgbaImage, imageops};

/// A symbol with its quiet zone, so many pixels a module.
pub fn symbol(text: &str, pixels: u32) -> GrayImage {
    let symbol = Symbol::encode(text).unwrap();
    let side = u32::from(symbol.size) + 8;
    GrayImage::from_fn(side * pixels, side * pixels, |x, y| {
        let dark = symbol.is_dark((x / pixels) as i32 - 4, (y / pixels) as i32 - 4);
        Luma([if dark { 20 } else { 245 }])
    })
}

/// The example site with a picture of each text, named by the key.
fn scene(texts: &[(&str, &str)]) -> Scene {
    let scene = Scene::example();
    for (name, text) in texts {
        symbol(text, 6).save(scene.path(&format!("{name}.png"))).unwrap();
    }
    scene
}

fn scan(scene: &Scene, arguments: &[&str], files: &[&str]) -> Ran {
    let paths: Vec<String> = files.iter().map(|file| scene.path(file).display().to_string()).collect();
    let mut all = arguments.to_vec();
    all.push("scan");
    all.extend(paths.iter().map(String::as_str));
    scene.run(&all)
}

#[test]
fn a_code_of_ours_is_named_with_its_page_and_file() {
    let scene = scene(&[("bia", "https://HAIDUONG.DAUTICH.EXAMPLE/Q/R8CDTS/")]);
    let ran = scan(&scene, &[], &["bia.png"]);
    assert_eq!(
        ran.stdout,
        "SITE/bia.png\tcủa trang này\tR8CDTS\tĐền Bia\thttps://HAIDUONG.DAUTICH.EXAMPLE/Q/R8CDTS/\t\
         https://haiduong.dautich.example/vi/di-tich/den-bia/\tcontent/relics/den-bia/index.md\n"
    );
    assert_eq!((ran.exit, ran.stderr.as_str()), (0, "1 mã, tất cả của trang này\n"));
    let ran = scan(&scene, &["--lang", "en"], &["bia.png"]);
    assert!(
        ran.stdout.contains("\tours\tR8CDTS\tBia Temple") || ran.stdout.contains("\tours\tR8CDTS\t"),
        "{}",
        ran.stdout
    );
    assert_eq!(ran.stderr, "1 code, all of them ours\n");
}

#[test]
fn ours_but_former_withdrawn_draft_or_broken() {
    let scene = scene(&[
        ("former", "https://HAIDUONG.DAUTICH.EXAMPLE/Q/C8B2NS/"),
        ("withdrawn", "https://HAIDUONG.DAUTICH.EXAMPLE/Q/XJ5P9D/"),
        ("draft", "https://HAIDUONG.DAUTICH.EXAMPLE/Q/R8CDTS/"),
        ("moved", "https://CU.DAUTICH.EXAMPLE/Q/7K3MQ5/"),
        ("broken", "https://HAIDUONG.DAUTICH.EXAMPLE/Q/4HWTNB/"),
    ]);
    std::fs::remove_dir_all(scene.path("content/products/vai-thieu-thanh-ha")).unwrap();
    scene.change(
        "content/relics/van-mieu-mao-dien/index.md",
        "id: 7K3MQ5\n",
        "id: 7K3MQ5\nformer_ids: [C8B2NS]\n",
    );
    scene.change(
        "content/products/banh-dau-xanh/index.md",
        "id: XJ5P9D\n",
        "id: XJ5P9D\nwithdrawn: {on: 2026-11-20, reason: {vi: Đã nghỉ, en: Closed}}\n",
    );
    scene.change("content/relics/den-bia/index.md", "id: R8CDTS\n", "id: R8CDTS\ndraft: true\n");
    scene.change("content/relics/chua-con-son/index.md", "title: ", "title: \nten: ");
    let config = scene.read("dautich.yaml");
    scene.write(
        "dautich.yaml",
        format!(
            "{config}moved: [{{from: \"https://cu.dautich.example/\", to: \"https://haiduong.dautich.example/\", \
             on: 2026-10-01, kept_by: Thành đoàn, until: 2030-01-01}}]\n"
        ),
    );
    for (name, verdict, rest) in [
        ("former", "của trang này, mã cũ\tC8B2NS\tVăn miếu Mao Điền", "/vi/di-tich/van-mieu-mao-dien/"),
        ("withdrawn", "của trang này, bài đã gỡ\tXJ5P9D\t", "https://haiduong.dautich.example/Q/XJ5P9D/\t"),
        ("draft", "của trang này, bài còn nháp\tR8CDTS\tĐền Bia", "content/relics/den-bia/index.md"),
        ("moved", "của trang này\t7K3MQ5\tVăn miếu Mao Điền", "https://CU.DAUTICH.EXAMPLE/Q/7K3MQ5/"),
        ("broken", "của trang này, bài đang lỗi\t4HWTNB\t", "https://HAIDUONG.DAUTICH.EXAMPLE/Q/4HWTNB/"),
    ] {
        let ran = scan(&scene, &[], &[&format!("{name}.png")]);
        assert_eq!(ran.exit, 0, "{name}: {}{}", ran.stdout, ran.stderr);
        let line = ran.stdout.strip_prefix(&format!("SITE/{name}.png\t")).unwrap();
        assert!(line.starts_with(verdict) && line.contains(rest), "{name}: {line}");
        let told = ran.stderr.lines().count() > 1;
        assert_eq!(told, matches!(name, "draft" | "broken"), "{name}: {}", ran.stderr);
    }
}

#[test]
fn what_is_not_ours_is_exit_1_and_a_likeness_is_told_in_words() {
    let cases = [
        (
            "a-gone",
            "https://HAIDUONG.DAUTICH.EXAMPLE/Q/L7BFWW/",
            "KHÔNG có bài nào mang mã này\tL7BFWW",
            "không bài nào mang nó",
        ),
        (
            "b-check",
            "https://HAIDUONG.DAUTICH.EXAMPLE/Q/7K3MQ6/",
            "KHÔNG có bài nào mang mã này\t\t",
            "sai ký tự kiểm tra",
        ),
        (
            "c-phish",
            "https://haiduong.dautich.example.evil.cc/Q/7K3MQ5/",
            "KHÔNG phải của trang này\t\t",
            "CẢNH BÁO: mã này giả giống haiduong.dautich.example nhưng thật ra dẫn tới haiduong.dautich.example.evil.cc",
        ),
        (
            "d-user",
            "https://haiduong.dautich.example@evil.cc/Q/7K3MQ5/",
            "KHÔNG phải của trang này\t\t",
            "thật ra dẫn tới evil.cc",
        ),
        ("e-near", "https://haidvong.dautich.example/Q/7K3MQ5/", "KHÔNG phải của trang này\t\t", "CẢNH BÁO"),
        (
            "f-query",
            "https://evil.cc/?u=https://haiduong.dautich.example/Q/7K3MQ5/",
            "KHÔNG phải của trang này\t\t",
            "CẢNH BÁO",
        ),
        (
            "g-port",
            "https://haiduong.dautich.example:8443/Q/7K3MQ5/",
            "KHÔNG phải của trang này\t\t",
            "cổng lạ",
        ),
        (
            "h-http",
            "http://haiduong.dautich.example/Q/7K3MQ5/",
            "KHÔNG phải của trang này\t\t",
            "không mã hóa",
        ),
        (
            "i-path",
            "https://haiduong.dautich.example/x/Q/7K3MQ5/",
            "KHÔNG phải của trang này\t\t",
            "không phải địa chỉ in",
        ),
        ("j-other", "https://shopee.vn/abc", "KHÔNG phải của trang này\t\t", "dẫn tới shopee.vn"),
        ("k-wifi", "WIFI:T:WPA;S:DinhLang;P:12345678;;", "KHÔNG phải địa chỉ web\t\t", "1 mã"),
        ("l-script", "javascript:alert(1)", "KHÔNG phải địa chỉ web\t\t", "1 mã"),
    ];
    let texts: Vec<(&str, &str)> = cases.iter().map(|case| (case.0, case.1)).collect();
    let scene = scene(&texts);
    for (name, text, verdict, told) in cases {
        let ran = scan(&scene, &[], &[&format!("{name}.png")]);
        assert_eq!(ran.exit, 1, "{name}");
        let line = ran.stdout.strip_prefix(&format!("SITE/{name}.png\t")).unwrap();
        assert!(line.starts_with(verdict) && line.trim_end().ends_with(text), "{name}: {line}");
        assert!(ran.stderr.contains(told), "{name}: {}", ran.stderr);
        assert_eq!(
            ran.stderr.contains("CẢNH BÁO"),
            ["c-phish", "d-user", "e-near", "f-query"].contains(&name),
            "{name}"
        );
    }
    let files: Vec<String> = cases.iter().rev().map(|case| format!("{}.png", case.0)).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let ran = scan(&scene, &["--lang", "en"], &files);
    let names: Vec<&str> = ran.stdout.lines().map(|line| &line[5..6]).collect();
    assert_eq!(names.concat(), "abcdefghijkl", "files in order, whatever order they were named in");
}

#[test]
fn a_code_cannot_write_on_the_editors_screen() {
    let scene = scene(&[("x", "https://evil.cc/\u{1b}[2J\n\u{202e}gnp")]);
    let ran = scan(&scene, &[], &["x.png"]);
    assert_eq!(ran.stdout.lines().count(), 1);
    assert!(ran.stdout.contains("\\u{1b}[2J\\u{a}\\u{202e}gnp"), "{:?}", ran.stdout);
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn five_codes_on_one_picture_and_one_of_them_strange() {
    let scene = Scene::example();
    let mut wall = GrayImage::from_pixel(1500, 900, Luma([190]));
    for (at, id) in ["7K3MQ5", "R8CDTS", "4HWTNB", "XJ5P9D", "L7BFWW"].into_iter().enumerate() {
        let code = symbol(&format!("https://HAIDUONG.DAUTICH.EXAMPLE/Q/{id}/"), 6 + at as u32);
        imageops::replace(&mut wall, &code, at as i64 % 3 * 480 + 20, at as i64 / 3 * 420 + 20);
    }
    wall.save(scene.path("wall.jpg")).unwrap();
    let ran = scan(&scene, &[], &["wall.jpg"]);
    let ids: Vec<&str> = ran.stdout.lines().map(|line| line.split('\t').nth(2).unwrap()).collect();
    assert_eq!(ids, ["4HWTNB", "7K3MQ5", "L7BFWW", "R8CDTS", "XJ5P9D"]);
    assert_eq!(ran.exit, 1, "one of the five is nobody's");
}

#[test]
fn a_photo_is_read_though_it_is_tilted_blurred_dim_or_transparent() {
    let scene = Scene::example();
    let code = symbol("https://HAIDUONG.DAUTICH.EXAMPLE/Q/R8CDTS/", 8);
    let mut photo = GrayImage::from_fn(1600, 1200, |x, y| {
        // Seen from the side and a little turned; dim to the right; noise of a cheap sensor.
        let (u, v) = (f64::from(x) - 800.0, f64::from(y) - 600.0);
        let depth = 1.0 + u / 4000.0;
        let (s, c) = 0.3_f64.sin_cos();
        let (a, b) = ((u * c + v * s) / depth * 0.5 + 150.0, (v * c - u * s) / depth * 0.5 + 150.0);
        let inside = a >= 0.0 && b >= 0.0 && a < f64::from(code.width()) && b < f64::from(code.height());
        let light = if inside { f64::from(code.get_pixel(a as u32, b as u32).0[0]) } else { 120.0 };
        let noise = f64::from((x * 7919 + y * 104_729) % 23);
        Luma([(light * (0.75 - u / 5000.0) + noise).clamp(0.0, 255.0) as u8])
    });
    photo = imageops::blur(&photo, 2.0);
    photo.save(scene.path("photo.jpg")).unwrap();
    imageops::rotate90(&code).save(scene.path("turned.webp")).unwrap();
    RgbaImage::from_fn(code.width(), code.height(), |x, y| {
        image::Rgba([0, 0, 0, 255 - code.get_pixel(x, y).0[0]])
    })
    .save(scene.path("transparent.png"))
    .unwrap();
    DynamicImage::ImageLuma8(imageops::resize(&code, 90, 90, imageops::FilterType::Triangle))
        .save(scene.path("tiny.png"))
        .unwrap();
    for file in ["photo.jpg", "turned.webp", "transparent.png", "tiny.png"] {
        let ran = scan(&scene, &[], &[file]);
        assert!(ran.exit == 0 && ran.stdout.contains("\tR8CDTS\t"), "{file}: {}{}", ran.stdout, ran.stderr);
    }
}

/// A JPEG as a phone writes it: the pixels as the sensor lies, and how to turn them (EXIF 2.32, tag 0x0112).
fn jpeg(picture: &GrayImage, orientation: u8) -> Vec<u8> {
    let mut plain = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut plain, image::ImageFormat::Jpeg).unwrap();
    let plain = plain.into_inner();
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

#[test]
fn a_photo_is_turned_as_its_camera_says() {
    let scene = Scene::example();
    let code = symbol("https://HAIDUONG.DAUTICH.EXAMPLE/Q/R8CDTS/", 6);
    // The code in the lower part of a tall picture, white above it.
    let mut upright = GrayImage::from_pixel(code.width() + 40, code.height() * 2, Luma([255]));
    imageops::replace(&mut upright, &code, 20, i64::from(code.height()) - 20);
    // What the sensor saw where the camera says so: 6 turned left, 8 turned right, 3 on its head, 2 and 5 mirrored.
    let seen = [
        (1, upright.clone()),
        (2, imageops::flip_horizontal(&upright)),
        (3, imageops::rotate180(&upright)),
        (5, imageops::flip_horizontal(&imageops::rotate90(&upright))),
        (6, imageops::rotate270(&upright)),
        (8, imageops::rotate90(&upright)),
    ];
    for (orientation, picture) in seen {
        let bytes = jpeg(&picture, orientation);
        let grey = dautich::build::photo::grey(&bytes).unwrap();
        assert_eq!(grey.dimensions(), upright.dimensions(), "orientation {orientation}");
        let far = grey.pixels().zip(upright.pixels()).filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > 100).count();
        assert_eq!(far, 0, "orientation {orientation}: the picture lies another way");
        scene.write("photo.jpg", bytes);
        let ran = scan(&scene, &[], &["photo.jpg"]);
        assert!(
            ran.exit == 0 && ran.stdout.contains("\tR8CDTS\t"),
            "{orientation}: {}{}",
            ran.stdout,
            ran.stderr
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_are_read_all_the_same() {
    let scene = scene(&[("good", "https://HAIDUONG.DAUTICH.EXAMPLE/Q/R8CDTS/")]);
    let fixture = |name: &str| std::fs::read(repository().join("tests/fixtures").join(name)).unwrap();
    GrayImage::from_pixel(500, 400, Luma([200])).save(scene.path("blank.png")).unwrap();
    scene.write("huge.png", fixture("huge-20000.png"));
    scene.write("cut.png", fixture("cut-short.png"));
    scene.write("letter.jpg", "Kính gửi Thành đoàn");
    scene.write("empty.jpg", "");
    scene.write("broken.pdf", "%PDF-1.7\nnothing");
    std::fs::create_dir(scene.path("folder.png")).unwrap();
    let cases = [
        ("blank.png", "không thấy mã QR nào", "no QR code was found"),
        ("huge.png", "ảnh quá lớn (20000 x 20000 điểm ảnh)", "too large (20000 x 20000 pixels)"),
        ("cut.png", "hỏng hoặc bị cắt cụt", "damaged or cut short"),
        ("letter.jpg", "không phải ảnh PNG, JPEG, WebP", "no PNG, JPEG, WebP"),
        ("empty.jpg", "không phải ảnh PNG, JPEG, WebP", "no PNG, JPEG, WebP"),
        ("broken.pdf", "không mở được tệp PDF này", "this PDF cannot be opened"),
        ("folder.png", "không phải một tệp", "not a file"),
        ("absent.png", "không tìm thấy", "not found"),
    ];
    for (file, vi, en) in cases {
        for (lang, told) in [("vi", vi), ("en", en)] {
            let ran = scan(&scene, &["--lang", lang], &[file, "good.png"]);
            assert_eq!(ran.exit, 1, "{file}");
            assert!(ran.stderr.contains(told) && ran.stderr.contains(file), "{file}: {}", ran.stderr);
            assert!(
                ran.stdout.lines().count() == 1 && ran.stdout.contains("R8CDTS"),
                "{file}: {}",
                ran.stdout
            );
        }
    }
    assert_eq!(scan(&scene, &[], &[]).exit, 2, "no file is a usage error");
}

#[test]
fn a_sheet_is_read_whole_and_without_pdftoppm_it_says_what_to_install() {
    let scene = Scene::example();
    scene.done(&["sheets"]);
    let ran = scan(&scene, &[], &["print/L7164-proof.pdf"]);
    assert_eq!(ran.exit, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.stdout.lines().count(), 6, "{}", ran.stdout);
    assert!(ran.stdout.lines().all(|line| line.starts_with("SITE/print/L7164-proof.pdf:1\tcủa trang này\t")));
    let pdf = scene.path("print/L7164-proof.pdf");
    let output = scene.command(&["scan", pdf.to_str().unwrap()]).env("PATH", "").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]));
    assert!(told.contains("pdftoppm") && told.contains("apt install poppler-utils"), "{told}");
}

#[test]
fn programs_get_json() {
    let scene = scene(&[("c-phish", "https://haiduong.dautich.example.evil.cc/Q/7K3MQ5/")]);
    let file = scene.path("c-phish.png");
    let ran = scene.run(&["scan", "--format", "json", file.to_str().unwrap()]);
    assert_eq!(ran.exit, 1);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let code = &json["files"][0]["codes"][0];
    assert_eq!(
        (&json["version"], &code["verdict"], &code["page"]),
        (&1.into(), &"stranger".into(), &1.into())
    );
    assert_eq!(code["host"], "haiduong.dautich.example.evil.cc");
    assert_eq!(code["imitates"], "haiduong.dautich.example");
    assert!(code["id"].is_null() && code["ours"] == false && code["note"]["en"].is_string());
}

/// Bounded time: thousands of finder patterns and no symbol.
#[test]
fn a_wall_of_finder_patterns_comes_to_an_end() {
    let scene = Scene::example();
    GrayImage::from_fn(3000, 3000, |x, y| {
        let (x, y) = (i64::from(x / 3 % 9), i64::from(y / 3 % 9));
        let ring = (x - 3).abs().max((y - 3).abs());
        Luma([if matches!(ring, 0 | 1 | 3) { 0 } else { 255 }])
    })
    .save(scene.path("wall.png"))
    .unwrap();
    let begun = std::time::Instant::now();
    let ran = scan(&scene, &[], &["wall.png"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (1, ""));
    assert!(begun.elapsed().as_secs() < 120, "{:?}", begun.elapsed());
}
