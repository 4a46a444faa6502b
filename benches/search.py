#!/usr/bin/env python3
"""The search of a site as large as the nation: what its index costs the build, and what a query fetches.

    search.py [--size 57000] [--dautich PATH] [--dir DIR]

The example site's entries and as many made-up ones, named after syllables of the 10,052 communes there were before July 2025, so that
words are as many and as unevenly spread as they really are. The index is made when its first file is asked for: `serve` is started and
asked for it, and the CPU time of that process before and after tells what it costs, beside the CPU time of a whole `build`.
Then `search.mjs` types the queries of tests/web/queries.mjs into the built site in a browser (npm packages of tests/web).
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.dont_write_bytecode = True
import generate  # noqa: E402
from run import DAY, find_dautich, measure  # noqa: E402
from serve import serve, used  # noqa: E402

KINDS = ("Phường ", "Xã ", "Thị trấn ")


def table(name):
    lines = (generate.REPOSITORY / "src/vietnam" / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line[:1].isdigit()]


def communes():
    """Old communes: their full name, the code of the first that took them over, its province."""
    provinces = {row[5]: row[1] for row in table("vn-units-2025.tsv")}
    return [(name, into.split()[0].rstrip("*"), provinces[into.split()[0].rstrip("*")]) for _, name, into in table("vn-units-before-2025.tsv")]


def bare(name):
    return next((name[len(kind):] for kind in KINDS if name.startswith(kind)), name)


def renamed(entry, old, syllables):
    """A made-up entry under a name and in a place of the whole country."""
    dice = generate.Dice(f"search:{entry.number}")
    at = dice.below(len(old))
    name, code, province = old[at]
    own = bare(name) if dice.chance(40) else f"{dice.one(syllables)} {dice.one(syllables)}"
    vi, en = generate.GENERIC[entry.kind][dice.below(6)]
    entry.title = {"vi": f"{vi} {own}", "en": f"{own} {en}"}
    entry.slug = f"{generate.slug(entry.title['vi'])}-{entry.number}"
    entry.head["also"] = [f"{vi} {dice.one(syllables)}" for _ in range(dice.between(0, 2))]
    # Codes that follow each other lie in one district.
    district = bare(old[at // 14 * 14][0])
    entry.head["place"] |= {"commune": f"\2{code}", "before": f"{name[0].lower()}{name[1:]}, huyện {district}, tỉnh {province}"}
    return entry


def write(root, size):
    ids, old = generate.ids(size), communes()
    syllables = sorted({word for name, *_ in old for word in bare(name).split() if word.isalpha()})
    generate.write_dautich(root, lambda: (renamed(generate.Entry(at, size, ids, 1), old, syllables) for at in range(size)), ids)
    # The example's own last: its queries must be answered among all the others.
    shutil.copytree(generate.REPOSITORY / "content", root / "content", dirs_exist_ok=True)
    shutil.copy(generate.REPOSITORY / "dautich.yaml", root / "dautich.yaml")


def fetch(port, path):
    return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read()


def index_cost(dautich, site, log):
    """CPU seconds for the index: its first file has all of it worked out; a shard is copied together from lines."""
    child, port, _ = serve(dautich, site, log)
    try:
        fetch(port, "/")
        time.sleep(1)
        before = used(child.pid)
        fetch(port, "/data/search/index.tsv")
        return used(child.pid) - before
    finally:
        child.kill()
        child.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=57_000)
    parser.add_argument("--dautich", default=None)
    parser.add_argument("--dir", type=Path)
    given = parser.parse_args()
    dautich = given.dautich or find_dautich()
    folder = given.dir or Path(tempfile.mkdtemp())
    site, output = folder / "site", folder / "site/output"
    try:
        if not (site / "dautich.yaml").exists():
            write(site, given.size)
        built = measure([dautich, "-r", str(site), "--lang", "en", "--date", DAY, "build"], folder / "build.log")
        with open(folder / "serve.log", "wb") as log:
            index = index_cost(dautich, site, log)
        files = list((output / "data/search").iterdir())
        total = sum(file.stat().st_size for file in files)
        whole = sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
        print(f"{given.size:,} entries: build {built.cpu:.1f} s CPU, {built.wall:.1f} s wall, {built.memory:.0f} MiB; index {index:.2f} s CPU ({index / built.cpu:.1%}); "
              f"{len(files):,} files, {total / 2**20:.0f} MiB of {whole / 2**20:.0f}", flush=True)
        subprocess.run(["node", str(generate.HERE / "search.mjs"), str(output)], check=True)
    finally:
        if not given.dir:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
