//! The example site as it is published: every address with its fingerprint, and a dozen pages whole.
//! `DAUTICH_GOLDEN=write` writes them anew; read the difference before you keep it.

use crate::scene::{Scene, repository};
use sha2::{Digest, Sha256};
use std::fs;

/// The pages kept whole.
const PAGES: [&str; 17] = [
    "index.html",
    "Q/7K3MQ5/index.html",
    "Q/S4G5J7/index.html",
    "vi/di-tich/index.html",
    "en/relics/index.html",
    "en/specialties/index.html",
    "vi/di-tich/den-bia/index.html",
    "en/relics/chua-con-son/index.html",
    "vi/dac-san/banh-dau-xanh/index.html",
    "en/guides/quet-ma-an-toan/index.html",
    "vi/le-hoi/index.html",
    "en/map/index.html",
    "data/festivals/vi/R8CDTS-1.ics",
    "qr/7K3MQ5.svg",
    "vi/tim/index.html",
    "data/search/index.tsv",
    "data/entries.json",
];

#[test]
fn the_example_site_is_published_as_it_was_read() {
    let scene = Scene::whole();
    scene.done(&["build"]);
    let golden = repository().join("tests/golden");
    let files = scene.files("output");
    let digest = |bytes: &[u8]| {
        Sha256::digest(bytes)[..6].iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let list: String = files.iter().map(|(name, bytes)| format!("{name}\t{}\n", digest(bytes))).collect();
    if std::env::var("DAUTICH_GOLDEN").as_deref() == Ok("write") {
        let _ = fs::remove_dir_all(&golden);
        for name in PAGES {
            let place = golden.join("pages").join(name);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::copy(scene.path("output").join(name), place).unwrap();
        }
        fs::write(golden.join("addresses.tsv"), &list).unwrap();
    }
    for name in PAGES {
        let want = fs::read_to_string(golden.join("pages").join(name)).unwrap();
        assert!(scene.read(&format!("output/{name}")) == want, "{name} is not as it was; see tests/golden");
    }
    assert_eq!(list, fs::read_to_string(golden.join("addresses.tsv")).unwrap());
}
