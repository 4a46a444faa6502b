//! A site loaded again, with what did not change kept, is the site as if loaded for the first time.

use crate::scene::{DAY, Scene};
use dautich::build::check::check;
use dautich::build::load::{Kept, Loaded, load};
use dautich::build::plan::{Plan, Task};
use dautich::build::render::{Reading, Renderer};
use dautich::build::renditions::Renditions;
use dautich::build::source::Source;
use dautich::build::theme::Theme;
use dautich::diagnostic::Diagnostic;
use std::fs::{self, File};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const BIA: &str = "content/relics/den-bia";
const MAO: &str = "content/relics/van-mieu-mao-dien";

/// Everything that a load finds and everything that is made of it.
fn seen(source: &Source, loaded: &Loaded) -> (Vec<Diagnostic>, Vec<(String, Vec<u8>)>) {
    let mut found = loaded.found.clone();
    let mut pages = Vec::new();
    if let Some(site) = &loaded.site {
        found.extend(check(site, DAY.parse().unwrap()));
        let theme = Theme::load(&source.root, &site.config).unwrap().ok().unwrap();
        let plan = Plan::unchecked(site, theme.files(), DAY.parse().unwrap(), true);
        let renditions = Renditions::open(source, site);
        let renderer = Renderer {
            plan: &plan,
            source,
            renditions: &renditions,
            theme: &theme,
            base_url: "https://thu.example/",
        };
        // Cards are drawn from names and photos that other pages show, and take long to draw.
        for output in plan.outputs.iter().filter(|output| !matches!(output.task, Task::Card(_))) {
            let made = renderer.bytes(output, &mut Reading::default());
            let bytes = made.unwrap_or_else(|trouble| format!("{trouble:?}").into_bytes());
            pages.push((output.path.clone(), bytes));
        }
    }
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    (found, pages)
}

/// Loads again and compares with a load that keeps nothing. Says how many entries were kept.
fn again(scene: &Scene, last: &mut Loaded, what: &str) -> usize {
    let source = Source::open(scene.root()).unwrap();
    // As if the files had lain there for a while.
    let now = SystemTime::now() + Duration::from_secs(60);
    let next = load(&source, b"", crate::scene::DAY.parse().unwrap(), Some((&last.kept, now))).unwrap();
    let fresh = load(&source, b"", crate::scene::DAY.parse().unwrap(), None).unwrap();
    assert!(seen(&source, &next) == seen(&source, &fresh), "{what}: not as a first load");
    let kept = match (&last.site, &next.site) {
        (Some(last), Some(next)) => {
            let known = |entry: &&Arc<_>| last.entries.iter().any(|other| Arc::ptr_eq(entry, other));
            next.entries.iter().filter(known).count()
        }
        _ => 0,
    };
    *last = next;
    kept
}

#[test]
fn a_site_loaded_again_is_as_loaded_first() {
    let scene = Scene::example();
    let source = Source::open(scene.root()).unwrap();
    let now = SystemTime::now() + Duration::from_secs(60);
    let mut last =
        load(&source, b"", crate::scene::DAY.parse().unwrap(), Some((&Kept::default(), now))).unwrap();
    let all = last.site.as_ref().unwrap().entries.len();
    let mut step = |what: &str, change: &dyn Fn(), kept: usize| {
        change();
        assert_eq!(again(&scene, &mut last, what), kept, "{what}: entries kept of {all}");
    };
    let index = format!("{BIA}/index.md");
    let head = |from: &str, to: &str| scene.change(&index, from, to);
    let image = fs::read(scene.path(MAO).join("index.md")).unwrap();
    step("nothing", &|| (), all);
    step("an article edited", &|| scene.write(&index, scene.read(&index) + "\nThêm một câu.\n"), all - 1);
    step("a head broken", &|| head("\ntitle:", "\ntitel:"), all - 1);
    step("the head still broken", &|| (), all - 1);
    step("the head mended", &|| head("\ntitel:", "\ntitle:"), all - 1);
    step("a translation gone", &|| fs::remove_file(scene.path(BIA).join("index.en.md")).unwrap(), all - 1);
    step("a folder where none was", &|| fs::create_dir(scene.path(BIA).join("anh.jpg")).unwrap(), all - 1);
    let renamed = "content/relics/den-bia-moi";
    step("a folder renamed", &|| fs::rename(scene.path(BIA), scene.path(renamed)).unwrap(), all - 1);
    step("an entry doubled", &|| scene.write("content/relics/hai/index.md", &image), all);
    step("the double gone", &|| fs::remove_dir_all(scene.path("content/relics/hai")).unwrap(), all);
    step("an entry gone", &|| fs::remove_dir_all(scene.path(renamed)).unwrap(), all - 1);
    step(
        "other languages",
        &|| scene.write("dautich.yaml", scene.read("dautich.yaml").replace("[vi, en]", "[vi]")),
        0,
    );
}

/// On a disk that counts whole seconds a second change may bear the size and the time of the first.
#[test]
fn a_file_changed_a_moment_ago_is_read_again() {
    let scene = Scene::example();
    let moment = SystemTime::now() + Duration::from_secs(60);
    let file = File::options().write(true).open(scene.path(BIA).join("index.md")).unwrap();
    let source = Source::open(scene.root()).unwrap();
    let mut kept = Kept::default();
    let mut read_anew = |changed: SystemTime| {
        file.set_modified(changed).unwrap();
        let then = load(&source, b"", crate::scene::DAY.parse().unwrap(), Some((&kept, moment))).unwrap();
        kept = then.kept.clone();
        let next = load(&source, b"", crate::scene::DAY.parse().unwrap(), Some((&kept, moment))).unwrap();
        let entry = |loaded: Loaded| {
            let entries = loaded.site.unwrap().entries;
            entries.into_iter().find(|entry| entry.folder == BIA).unwrap()
        };
        !Arc::ptr_eq(&entry(then), &entry(next))
    };
    assert!(read_anew(moment - Duration::from_secs(1)));
    assert!(read_anew(moment + Duration::from_secs(3600)), "a clock that goes wrong is trusted no more");
    assert!(!read_anew(moment - Duration::from_secs(10)));
}
