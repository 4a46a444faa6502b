//! A site in a temporary folder, and the program run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{fs, io};
use tempfile::TempDir;

/// The day of every build in the tests.
pub const DAY: &str = "2026-11-21";

/// The repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that is gone after the test.
pub struct Scene {
    folder: TempDir,
}

/// What a run of the program left behind.
pub struct Ran {
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Scene {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A copy of the whole example site: its config and content, no output.
    pub fn whole() -> Self {
        let scene = Self::empty();
        fs::copy(repository().join("dautich.yaml"), scene.path("dautich.yaml")).unwrap();
        copy(&repository().join("content"), &scene.path("content")).unwrap();
        scene
    }

    /// The example on a domain that sheets may be issued for, nothing printed yet.
    pub fn on_a_real_domain() -> Self {
        let scene = Self::example();
        scene.change(
            "dautich.yaml",
            "printed_address: https://haiduong.dautich.example/",
            "printed_address: https://haiduong.dautich.vn/",
        );
        scene
    }

    /// A few entries of it, which link to no others: three relics, two products and a guide.
    pub fn example() -> Self {
        let scene = Self::empty();
        fs::copy(repository().join("dautich.yaml"), scene.path("dautich.yaml")).unwrap();
        for entry in [
            "relics/van-mieu-mao-dien",
            "relics/den-bia",
            "relics/chua-con-son",
            "products/banh-dau-xanh",
            "products/vai-thieu-thanh-ha",
            "guides/quet-ma-an-toan",
        ] {
            let folder = format!("content/{entry}");
            copy(&repository().join(&folder), &scene.path(&folder)).unwrap();
        }
        scene
    }

    /// The example site, Đền Bia with this photo before its others.
    pub fn with_photo(name: &str, bytes: &[u8]) -> Self {
        let scene = Self::example();
        scene.write(&format!("content/relics/den-bia/{name}"), bytes);
        scene.change(
            "content/relics/den-bia/index.md",
            "photos:\n",
            &format!("photos:\n  - file: {name}\n    alt: Một tấm ảnh\n"),
        );
        scene
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Reads a file as text.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Writes a file anew with one text in it exchanged for another, which must be there.
    pub fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, text.replace(from, to));
    }

    /// A command of the program on this site, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dautich"));
        command.arg("-r").arg(self.root()).args(["--date", DAY]).args(arguments);
        // Nobody sits there: a developer's terminal must not be asked.
        command.stdin(Stdio::null());
        command.env_remove("DAUTICH_LANG").env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
        command
    }

    /// Runs the program on this site.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap(), self.root())
    }

    /// Runs the program, which must end well.
    pub fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.exit, 0, "{arguments:?}\n{}{}", ran.stdout, ran.stderr);
        ran
    }

    /// Every file under a folder, by name, with its bytes; our own marker left out.
    pub fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        files(&self.path(folder))
    }
}

impl Ran {
    fn from(output: Output, root: &Path) -> Self {
        let text =
            |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&root.display().to_string(), "SITE");
        Self {
            exit: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// Every file under a folder, by name, with its bytes; our own marker left out.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    if !folder.exists() {
        return found;
    }
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && !name.starts_with(".dautich/") {
            found.push((name, fs::read(entry.path()).unwrap()));
        }
    }
    found
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// A tool's stdout; it must end well.
pub fn tool(name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name)
        .args(arguments)
        .env("PYTHONPATH", repository().join("target/tools/python"))
        .output()
        .unwrap_or_else(|error| panic!("{name}: {error} (tests/run installs it)"));
    assert!(output.status.success(), "{name} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
