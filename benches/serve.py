#!/usr/bin/env python3
"""How soon an edit shows in `dautich serve`: from the moment a file is saved until its page, fetched after the
preview told of the change, holds the new sentence. On the example site and on a made-up one.

    serve.py [--sizes 1000,10000] [--edits 10] [--dautich PATH] [--dir DIR]
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
from run import DAY, HERE, find_dautich  # noqa: E402


def serve(dautich, site, log):
    """The process, its port, and the seconds until it answers."""
    begun = time.perf_counter()
    command = [dautich, "-r", str(site), "--lang", "en", "--date", DAY, "serve", "-p", "0"]
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
    line = child.stdout.readline()
    return child, int(line.rstrip("/\n").rsplit(":", 1)[1]), time.perf_counter() - begun


def ask(port, path):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    return connection.makefile("rb")


def until(lines, wanted):
    while not lines.readline().startswith(wanted):
        pass


def used(process):
    """Seconds of CPU that a process has used; less noisy than the clock where other work runs."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0


def measure(dautich, site, edits, log):
    """Seconds to the first answer; milliseconds from each edit to the event and to the page; CPU seconds an edit."""
    child, port, start = serve(dautich, site, log)
    try:
        events = ask(port, "/.dautich/events")
        until(events, b"event: here")
        files = sorted((site / "content/relics").glob("*/index.md"))
        told, shown, before = [], [], used(child.pid)
        for number in range(edits):
            file = files[number * len(files) // edits]
            name = next(line[4:].strip() for line in file.read_text("utf-8").splitlines() if line.startswith("id: ")).strip('"')
            text, sentence = file.read_bytes(), f"Câu thứ {number} lúc {time.time_ns()}."
            begun = time.perf_counter()
            file.write_bytes(text + f"\n{sentence}\n".encode())
            until(events, b"event: reload")
            told.append((time.perf_counter() - begun) * 1000)
            page = ask(port, f"/Q/{name}/").read().decode()
            shown.append((time.perf_counter() - begun) * 1000)
            if sentence not in page:
                sys.exit(f"/Q/{name}/ was told of and is not new")
            file.write_bytes(text)
            until(events, b"event: reload")
            time.sleep(0.2)
        # Each was taken back, which is an edit too.
        return start, told, shown, (used(child.pid) - before) / edits / 2
    finally:
        child.terminate()
        child.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument("--dautich", default=find_dautich())
    parser.add_argument("--dir", type=Path, help="where to work; default: a temporary folder, removed afterwards")
    given = parser.parse_args()
    if not given.dautich:
        sys.exit("no dautich found; give --dautich PATH (or: cargo build --release)")
    folder = given.dir or Path(tempfile.mkdtemp(prefix="dautich-serve-"))
    folder.mkdir(parents=True, exist_ok=True)
    example = folder / "example"
    shutil.copytree(HERE.parent / "content", example / "content", dirs_exist_ok=True)
    shutil.copy(HERE.parent / "dautich.yaml", example)
    sites = {"the example": example}
    for size in given.sizes.split(","):
        site = folder / size
        if not site.exists():
            subprocess.run([sys.executable, str(HERE / "generate.py"), size, str(site)], check=True)
        sites[f"{int(size):,} entries"] = site
    print("| site | first answer s | edit → told, ms | edit → page, ms (most) | CPU an edit, ms |\n|---|---|---|---|---|")
    with open(folder / "serve.log", "w", encoding="utf-8") as log:
        for name, site in sites.items():
            start, told, shown, cpu = measure(given.dautich, site, given.edits, log)
            print(f"| {name} | {start:.2f} | {statistics.median(told):.0f} | {statistics.median(shown):.0f} ({max(shown):.0f}) | {cpu * 1000:.0f} |", flush=True)
    print(f"\n{given.edits} edits each, medians; load {os.getloadavg()[0]:.1f}")
    if not given.dir:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
