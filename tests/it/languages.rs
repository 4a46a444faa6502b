//! A third language by files alone: a site's own words for the theme, and articles beside the others.

use crate::scene::{Scene, repository};
use std::fs;

#[test]
fn a_third_language_needs_files_and_nothing_else() {
    let scene = Scene::example();
    let english = fs::read_to_string(repository().join("themes/default/i18n/en.yaml")).unwrap();
    let french = english
        .replace("language: English", "language: Français")
        .replace("\nnear: Nearby", "\nnear: À proximité")
        .replace("\ndirections: Directions", "\ndirections: Itinéraire");
    assert_eq!(
        french.matches("Français").count() + french.matches("Itinéraire").count(),
        2,
        "the keys are there"
    );
    scene.write("templates/i18n/fr.yaml", french);
    scene.change("dautich.yaml", "languages: [vi, en]", "languages: [vi, en, fr]");
    scene.change(
        "dautich.yaml",
        "relics: {vi: di-tich, en: relics",
        "relics: {vi: di-tich, en: relics, fr: sites",
    );
    for (folder, title) in
        [("relics/den-bia", "Temple de la Stèle"), ("relics/chua-con-son", "Pagode de Côn Sơn")]
    {
        let article = scene.read(&format!("content/{folder}/index.en.md"));
        let photos = &article[article.find("photos:").unwrap()..article.find("source_hash:").unwrap()];
        scene.write(
            &format!("content/{folder}/index.fr.md"),
            format!(
                "---\ntitle: {title}\nsummary: Un résumé en français.\n{photos}---\n{}\n",
                "Une phrase écrite pour ce test, avec assez de mots pour ne pas sembler vide. ".repeat(12)
            ),
        );
    }
    let ran = scene.run(&["build"]);
    assert_eq!(ran.exit, 0, "{}", ran.stderr);

    let page = scene.read("output/fr/sites/den-bia/index.html");
    assert!(page.contains("<html lang=\"fr\"") && page.contains("<h1>Temple de la Stèle</h1>"), "{page}");
    assert!(page.contains("Itinéraire") && page.contains("hreflang=\"fr\" href="));
    for lang in ["vi", "en", "fr"] {
        assert_eq!(
            page.matches(&format!("<link rel=\"alternate\" hreflang=\"{lang}\"")).count(),
            1,
            "{lang}"
        );
    }
    let landing = scene.read("output/Q/R8CDTS/index.html");
    assert!(landing.contains("data-langs=\"vi en \""), "a landing carries the source and English");
    assert!(
        landing.contains("href=\"../../fr/sites/den-bia/\" lang=\"fr\""),
        "and links the rest: {landing}"
    );
    assert!(!landing.contains("Un résumé en français"));
    assert!(landing.contains("Đền Bia") && landing.contains("The Stele Temple") | landing.contains("Stele"));
    let home = scene.read("output/index.html");
    assert!(home.contains("href=\"fr/sites/\" lang=\"fr\""), "{home}");
    let list = scene.read("output/fr/sites/index.html");
    assert!(list.contains("Pagode de Côn Sơn"));
    // What nobody translated yet is shown in the source language, says so, and is no page for search engines.
    let untold = scene.read("output/fr/sites/van-mieu-mao-dien/index.html");
    assert!(untold.contains("<h1 lang=\"vi\">Văn miếu Mao Điền</h1>"), "{untold}");
    let sitemap = scene.read("output/sitemap.xml");
    assert!(sitemap.contains("/fr/sites/den-bia/") && !sitemap.contains("/fr/sites/van-mieu-mao-dien/"));
}
