//! What is missing or stale, the stamp, and what the reader of a stale page is told.

use crate::scene::Scene;

#[test]
fn a_translation_is_stamped_grows_stale_and_is_stamped_again() {
    let scene = Scene::example();
    // As if nobody had stamped the translations yet.
    for (name, bytes) in scene.files("content") {
        let text = String::from_utf8_lossy(&bytes);
        if name.ends_with(".en.md") {
            let unstamped: Vec<&str> =
                text.lines().filter(|line| !line.starts_with("source_hash:")).collect();
            scene.write(&format!("content/{name}"), unstamped.join("\n"));
        }
    }
    let status = |scene: &Scene| scene.done(&["translate", "status"]).stdout;
    assert_eq!(status(&scene).lines().count(), 6);
    assert!(status(&scene).contains("chưa ghi nhận\ten\tcontent/relics/den-bia/index.en.md\tĐền Bia\n"));
    let before = scene.read("content/relics/den-bia/index.en.md");
    for named in ["den-bia", "r8cdts", "content/relics/den-bia/"] {
        scene.done(&["translate", "done", named]);
    }
    let after = scene.read("content/relics/den-bia/index.en.md");
    let stamp: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert!(stamp.len() == 1 && stamp[0].starts_with("source_hash: \""), "{stamp:?}");
    assert_eq!(status(&scene).lines().count(), 5);
    scene.done(&["build"]);
    assert!(!scene.read("output/en/relics/den-bia/index.html").contains("older than the Vietnamese"));

    scene.change("content/relics/den-bia/index.md", "## Ngôi đền hôm nay", "## Ngôi đền bây giờ");
    assert!(status(&scene).contains("đã cũ\ten\tcontent/relics/den-bia/index.en.md"));
    let ran = scene.done(&["build"]);
    assert!(ran.stderr.contains("cảnh báo[DT220]"), "{}", ran.stderr);
    let page = scene.read("output/en/relics/den-bia/index.html");
    assert!(
        page.contains("older than the Vietnamese")
            && page.contains("href=\"../../../vi/di-tich/den-bia/\" hreflang=\"vi\"")
    );
    assert!(scene.read("output/Q/R8CDTS/index.html").contains("older than the Vietnamese"));
    scene.done(&["translate", "done", "den-bia"]);
    assert!(!scene.done(&["build"]).stderr.contains("DT220"));
}

#[test]
fn an_entry_that_is_not_there_is_a_usage_error_with_a_suggestion() {
    let ran = Scene::example().run(&["translate", "done", "den-bai"]);
    assert_eq!(ran.exit, 2);
    assert!(ran.stderr.contains("có phải `den-bia`?"), "{}", ran.stderr);
}
