//! The preview as a browser meets it: pages from memory, errors laid over them, every change told.

use crate::scene::Scene;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const BIA: &str = "content/relics/den-bia/index.md";

/// A preview under way; ended with the test.
struct Serving {
    child: Child,
    port: u16,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// An open page that listens for changes.
struct Listening(BufReader<TcpStream>);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(scene: &Scene) -> Serving {
    serve_telling(scene, Stdio::null())
}

/// A preview whose talk on stderr is kept.
fn serve_telling(scene: &Scene, talk: Stdio) -> Serving {
    let mut child = scene.command(&["serve", "-p", "0"]).stdout(Stdio::piped()).stderr(talk).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.trim_end().strip_suffix('/'));
    let port = port.unwrap_or_else(|| panic!("no address but {line:?}")).parse().unwrap();
    Serving { child, port }
}

impl Serving {
    fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no reply: {text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port))
    }

    fn listen(&self) -> Listening {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
            .write_all(
                b"GET /.dautich/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n",
            )
            .unwrap();
        let mut listening = Listening(BufReader::new(stream));
        listening.until("event: here");
        listening
    }

    /// Asks until an answer is as wanted. The limit is for a machine under load.
    fn until(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.get(path);
            if wanted(&answer) {
                return answer;
            }
            let late = begun.elapsed() > Duration::from_secs(30);
            assert!(!late, "{path} never came right: {} {}", answer.status, answer.body);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn findings(&self) -> serde_json::Value {
        serde_json::from_str(&self.get("/.dautich/findings.json").body).unwrap()
    }
}

impl Listening {
    /// The line after the one wanted.
    fn until(&mut self, wanted: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended before {wanted:?}");
            if line.trim_end() == wanted {
                let mut data = String::new();
                self.0.read_line(&mut data).unwrap();
                return data.trim_end().to_owned();
            }
        }
    }
}

#[test]
fn pages_are_served_as_a_host_would() {
    let scene = Scene::example();
    let serving = serve(&scene);
    let page = serving.get("/Q/7K3MQ5/");
    assert_eq!(page.status, 200, "{}", page.head);
    assert!(page.body.contains("Văn miếu Mao Điền") && page.head.contains("text/html; charset=utf-8"));
    assert!(
        page.body.contains("script-src &#39;self&#39; &#39;sha256-")
            && page.body.contains("/.dautich/preview.js")
    );
    for line in [
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: SAMEORIGIN",
        "Cross-Origin-Resource-Policy: same-origin",
    ] {
        assert!(page.head.contains(line), "{line}: {}", page.head);
    }
    let photo = page.body.split("/photos/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let photo = serving.get(&format!("/photos/{photo}"));
    assert!(
        photo.status == 200 && photo.head.contains("Cache-Control: private, max-age=600"),
        "{}",
        photo.head
    );
    let worker = serving.get("/sw.js").body;
    assert!(worker.contains("unregister") && !worker.contains("respondWith"), "{worker}");
    let bare = serving.get("/vi/di-tich/den-bia?tu=zalo");
    assert_eq!(bare.status, 301);
    assert!(bare.head.contains("\r\nLocation: /vi/di-tich/den-bia/"), "{}", bare.head);
    assert_eq!(serving.get("/index.html").body, serving.get("/").body);
    let icon = serving.get("/icon.svg");
    assert!(icon.status == 200 && icon.head.contains("image/svg+xml") && !icon.body.contains(".dautich"));
    let lost = serving.get("/vi/di-tich/khong-co/");
    assert_eq!(lost.status, 404);
    assert!(lost.body.contains("/.dautich/preview.js"), "a page that is not there yet appears by itself");
    let head = serving.raw("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(head.status == 200 && head.body.is_empty());
    assert!(serving.get("/.dautich/preview.css").head.contains("text/css"));
    assert!(!scene.path("output").exists(), "a preview writes nothing");
}

#[test]
fn nobody_else_is_answered() {
    let scene = Scene::example();
    scene.write("secret.txt", "bí mật");
    let serving = serve(&scene);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/vi/..%2f..%2fsecret.txt",
        "/secret.txt",
        "//secret.txt",
        "/dautich.yaml",
        "/content/relics/den-bia/index.md",
        "/..\\secret.txt",
        "/.dautich/../secret.txt",
        "/vi",
    ] {
        let answer = serving.get(path);
        assert!(answer.status == 404 && !answer.body.contains("bí mật"), "{path}: {}", answer.status);
    }
    assert_eq!(serving.raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 403);
    assert_eq!(serving.raw("GET / HTTP/1.1\r\n\r\n").status, 403);
    assert_eq!(serving.raw("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 405);
    assert_eq!(serving.raw("hello\r\n\r\n").status, 400);
    assert_eq!(serving.raw(&format!("GET /{} HTTP/1.1\r\n", "a".repeat(20_000))).status, 431);
}

#[test]
fn an_edit_is_told_and_seen() {
    let scene = Scene::example();
    let serving = serve(&scene);
    let mut page = serving.listen();
    assert!(serving.get("/vi/di-tich/den-bia/").body.contains("Đền Bia"));
    let begun = Instant::now();
    scene.change(BIA, "title: Đền Bia", "title: Đền Bia Mới");
    let made = page.until("event: reload");
    let took = begun.elapsed();
    let body = serving.get("/vi/di-tich/den-bia/").body;
    assert!(body.contains("Đền Bia Mới"), "the page is new before it is told");
    assert!(body.contains(&format!("data-made=\"{}\"", made.strip_prefix("data: ").unwrap())));
    eprintln!("edit to reload: {} ms", took.as_millis());
    assert!(took < Duration::from_secs(2), "{} ms", took.as_millis());
    scene.change("dautich.yaml", "title:", "# một chú thích\ntitle:");
    assert_ne!(page.until("event: reload"), made);
    assert!(!scene.path("output").exists());
}

#[test]
fn what_has_errors_is_told_and_the_healthy_are_served() {
    let scene = Scene::example();
    let serving = serve(&scene);
    let mut page = serving.listen();
    assert_eq!(serving.findings()["errors"], 0);
    let before = scene.read(BIA);
    // A warning in a file that comes earlier: the error is told first all the same.
    fs::remove_file(scene.path("content/products/banh-dau-xanh/index.en.md")).unwrap();
    serving.until("/.dautich/findings.json", |reply| reply.body.contains("DT201"));
    scene.change(BIA, "title: Đền Bia", "title: \"Đền Bia");
    serving.until("/.dautich/findings.json", |reply| reply.body.contains("DT005"));
    let findings = serving.findings();
    assert!(findings["errors"].as_u64().unwrap() >= 1 && findings["lang"] == "vi", "{findings}");
    let first = &findings["diagnostics"][0];
    assert!(first["code"].as_str().unwrap().starts_with("DT0") && first["file"] == BIA, "{first}");
    assert_eq!(serving.get("/Q/7K3MQ5/").status, 200);
    assert_eq!(serving.get("/vi/di-tich/den-bia/").status, 404);
    // Half of a file, as a slow editor leaves it for a moment, and then the whole.
    scene.write(BIA, &before.as_bytes()[..before.len() / 3]);
    page.until("event: reload");
    assert_eq!(serving.get("/").status, 200);
    scene.write(BIA, &before);
    serving.until("/vi/di-tich/den-bia/", |page| page.status == 200);
    assert_eq!(serving.findings()["errors"], 0);
}

#[test]
fn an_id_borne_twice_stops_no_preview() {
    let scene = Scene::example();
    crate::scene::copy(&scene.path("content/relics/den-bia"), &scene.path("content/relics/den-bia-2"))
        .unwrap();
    let serving = serve(&scene);
    let findings = serving.findings();
    assert!(findings["diagnostics"].to_string().contains("DT301"), "{findings}");
    assert!(!findings["diagnostics"].to_string().contains("DT505"), "one slip is told once: {findings}");
    assert_eq!(serving.get("/vi/di-tich/den-bia/").status, 200);
    assert_eq!(serving.get("/vi/di-tich/den-bia-2/").status, 200);
}

#[test]
fn a_broken_config_or_theme_leaves_the_last_good_pages() {
    let scene = Scene::example();
    scene.write("templates/cards.html", "{% if %}");
    let serving = serve(&scene);
    let page = serving.get("/");
    assert!(page.status == 503 && page.body.contains("/.dautich/preview.js"), "{}", page.head);
    assert!(serving.findings()["diagnostics"].to_string().contains("DT501"));
    fs::remove_dir_all(scene.path("templates")).unwrap();
    serving.until("/", |page| page.status == 200);
    let config = scene.read("dautich.yaml");
    scene.write("dautich.yaml", "chỉ một câu");
    serving.until("/.dautich/findings.json", |reply| reply.body.contains("DT010"));
    assert!(serving.get("/Q/7K3MQ5/").body.contains("Văn miếu Mao Điền"));
    scene.write("dautich.yaml", config);
    serving.until("/.dautich/findings.json", |reply| reply.body.contains("\"errors\":0"));
}

#[test]
fn folders_come_and_go() {
    let scene = Scene::example();
    let serving = serve(&scene);
    fs::rename(scene.path("content/relics/den-bia"), scene.path("content/relics/den-bia-moi")).unwrap();
    serving.until("/vi/di-tich/den-bia-moi/", |page| page.status == 200);
    assert_eq!(serving.get("/vi/di-tich/den-bia/").status, 404);
    // A file in the renamed folder is still watched, and so is a folder that was not there at the beginning.
    scene.change("content/relics/den-bia-moi/index.md", "title: Đền Bia", "title: Đền Bia Mới");
    serving.until("/vi/di-tich/den-bia-moi/", |page| page.body.contains("Đền Bia Mới"));
    scene.write("templates/cards.html", "<p>danh sách của chúng tôi</p>");
    serving.until("/vi/di-tich/", |page| page.body.contains("danh sách của chúng tôi"));
    scene.write("templates/cards.html", "<p>danh sách khác</p>");
    serving.until("/vi/di-tich/", |page| page.body.contains("danh sách khác"));
    fs::rename(scene.path("content"), scene.path("cat-di")).unwrap();
    serving.until("/Q/7K3MQ5/", |page| page.status == 404);
    fs::rename(scene.path("cat-di"), scene.path("content")).unwrap();
    serving.until("/Q/7K3MQ5/", |page| page.status == 200);
}

#[test]
fn a_hundred_files_at_once_are_a_few_changes() {
    let scene = Scene::example();
    let serving = serve(&scene);
    let number = |answer: &Answer| -> u64 {
        let made = answer.body.split("data-made=\"").nth(1).unwrap().split('"').next().unwrap();
        made.split('-').nth(1).unwrap().parse().unwrap()
    };
    assert_eq!(number(&serving.get("/")), 1);
    for at in 0..100 {
        scene.write(&format!("content/relics/di-tich-{at}/index.md"), "---\ntitle: Một\n");
    }
    let all = |reply: &Answer| (0..100).all(|at| reply.body.contains(&format!("/di-tich-{at}/")));
    serving.until("/.dautich/findings.json", all);
    let page = serving.get("/");
    assert!(page.status == 200 && number(&page) < 20, "made {} times", number(&page));
}

#[test]
fn drafts_are_shown() {
    let scene = Scene::example();
    let serving = serve(&scene);
    scene.done(&["new", "relic", "den-kiep-bac", "--title", "Đền Kiếp Bạc"]);
    let page = serving.until("/vi/di-tich/den-kiep-bac/", |page| page.status == 200);
    assert!(page.body.contains("Đền Kiếp Bạc"));
}

#[test]
fn a_taken_port_is_told_with_what_to_do() {
    let scene = Scene::example();
    let serving = serve(&scene);
    let ran = scene.run(&["serve", "-p", &serving.port.to_string()]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (4, ""));
    assert!(
        ran.stderr.contains(&format!("cổng {} đang có chương trình khác dùng", serving.port)),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("dautich serve -p 1112"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_a_good_end() {
    let scene = Scene::example();
    let mut serving = serve(&scene);
    let mut page = serving.listen();
    assert!(Command::new("kill").args(["-INT", &serving.child.id().to_string()]).status().unwrap().success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    let mut rest = Vec::new();
    page.0.read_to_end(&mut rest).unwrap();
}

#[test]
fn a_site_that_is_not_there_yet_is_waited_for() {
    let scene = Scene::empty();
    let serving = serve(&scene);
    assert_eq!(serving.get("/").status, 503);
    assert!(serving.findings()["diagnostics"].to_string().contains("DT021"));
    let example = Scene::example();
    crate::scene::copy(example.root(), scene.root()).unwrap();
    serving.until("/Q/7K3MQ5/", |page| page.status == 200);
}

#[test]
fn connections_are_bounded_in_number_and_time() {
    let scene = Scene::example();
    let serving = serve(&scene);
    let idle: Vec<TcpStream> =
        (0..150).map(|_| TcpStream::connect(("127.0.0.1", serving.port)).unwrap()).collect();
    // One too many is let go at once, while those before it are still waited for.
    let mut last = idle.last().unwrap();
    last.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    let told = last.read(&mut [0; 1]);
    let gone = |error: &std::io::Error| error.kind() == std::io::ErrorKind::ConnectionReset;
    assert!(matches!(&told, Ok(0)) || told.as_ref().is_err_and(gone), "{told:?}");
    // Whoever says nothing is not waited for, and the others are served again.
    let mut first = &idle[0];
    first.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut reply = String::new();
    first.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 408 "), "{reply:?}");
    drop(idle);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(serving.get("/").status, 200);
}

#[test]
fn a_refusal_is_read_though_much_was_sent() {
    let scene = Scene::example();
    let serving = serve(&scene);
    let mut stream = TcpStream::connect(("127.0.0.1", serving.port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    // What a browser still has to send after it was refused.
    for _ in 0..4 {
        std::thread::sleep(Duration::from_millis(100));
        stream.write_all(&[b'x'; 20_000]).unwrap();
    }
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 405 ") && reply.contains("\r\nAllow: GET, HEAD\r\n"), "{reply}");
}

#[test]
fn a_finding_is_told_once_on_the_terminal() {
    let scene = Scene::example();
    let talk = fs::File::create(scene.path("talk.txt")).unwrap();
    let serving = serve_telling(&scene, talk.into());
    let wait = |code: &str| drop(serving.until("/.dautich/findings.json", |reply| reply.body.contains(code)));
    let told = |code: &str| scene.read("talk.txt").matches(&format!("[{code}]")).count();
    scene.change(BIA, "title: Đền Bia", "title: \"Đền Bia");
    wait("DT005");
    fs::remove_file(scene.path("content/products/banh-dau-xanh/index.en.md")).unwrap();
    wait("DT201");
    let begun = Instant::now();
    while told("DT201") == 0 && begun.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!((told("DT005"), told("DT201")), (1, 1), "{}", scene.read("talk.txt"));
    // What was mended and is broken again is news.
    scene.change(BIA, "title: \"Đền Bia", "title: Đền Bia");
    serving.until("/.dautich/findings.json", |reply| !reply.body.contains("DT005"));
    scene.change(BIA, "title: Đền Bia", "title: \"Đền Bia");
    wait("DT005");
    while told("DT005") < 2 && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(told("DT005"), 2);
}

#[cfg(unix)]
#[test]
fn a_name_from_the_disk_cannot_write_on_the_page_of_an_error() {
    let scene = Scene::example();
    let photo = "a<b>&c.png";
    let cut = fs::read(crate::scene::repository().join("tests/fixtures/cut-short.png")).unwrap();
    scene.write(&format!("content/relics/den-bia/{photo}"), cut);
    scene.change(BIA, "file: den-bia.svg", &format!("file: \"{photo}\""));
    scene.change("content/relics/den-bia/index.en.md", "den-bia.svg", &format!("\"{photo}\""));
    let serving = serve(&scene);
    let page = serving.get("/vi/di-tich/den-bia/");
    let path =
        page.body.split("/photos/").find_map(|rest| rest.split('"').next().filter(|p| p.ends_with(".jpg")));
    let answer = serving.get(&format!("/photos/{}", path.unwrap_or_else(|| panic!("{}", page.body))));
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("a&lt;b&gt;&amp;c.png") && !answer.body.contains("<b>"), "{}", answer.body);
}
