#!/usr/bin/env python3
"""Sheets of labels: dautich beside reportlab with segno and beside typst, the same labels, in turns, in one run.

    labels.py [--sizes 1000,57000] [--runs 3] [--dautich PATH] [--dir DIR]

`pip install reportlab segno typst zxing-cpp pillow`; `pdftoppm` and `pdftotext` (Poppler) for the check afterwards. dautich is given a
whole site: what `check` costs on it alone is told too. Sizes above 5,000 are run once.
"""
import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import generate  # noqa: E402
from run import DAY, find_dautich, measure, median  # noqa: E402

HERE = Path(__file__).resolve().parent
HOST = generate.BASE.removeprefix("https://").rstrip("/")


def rows(size):
    ids = generate.ids(size)
    for at in range(size):
        title = generate.name_of(at)
        yield title["vi"], title["en"], f"{HOST}/Q/{ids[at]}", f"https://{HOST.upper()}/Q/{ids[at]}/"


def svg(address):
    """A symbol as one path, as typst is handed it."""
    import segno

    matrix = segno.make_qr(address, error="q", boost_error=True).matrix
    size = len(matrix)
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < size:
            start = x
            while x < size and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{"".join(runs)}"/></svg>'


def prepare(folder, size):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # A process of its own: memory of this one would count as its children's.
    subprocess.run([sys.executable, str(HERE / "generate.py"), str(size), str(folder / "site")], check=True)
    subprocess.run([sys.executable, __file__, "--list", str(size), "--dir", str(folder)], check=True)
    shutil.copy(HERE / "labels.typ", folder)


def drawn(table):
    """What labels.typ reads: words, and a drawing in place of each address."""
    return json.dumps([[title, translated, words, svg(address)] for title, translated, words, address in table], ensure_ascii=False)


def write_list(folder, size):
    table = list(rows(size))
    (folder / "labels.tsv").write_text("".join("\t".join(row) + "\n" for row in table), "utf-8")
    (folder / "labels.json").write_text(drawn(table), "utf-8")


def commands(given, folder):
    dautich = [given.dautich, "-r", str(folder / "site"), "--lang", "en", "--date", DAY]
    typst = [sys.executable, str(HERE / "labels_typst.py"), str(folder), str(folder / "typst.pdf")]
    return {
        "dautich": [*dautich, "sheets", "-o", str(folder / "dautich.pdf")],
        "dautich check": [*dautich, "check"],
        "reportlab + segno": [sys.executable, str(HERE / "labels_reportlab.py"), str(folder / "labels.tsv"), str(folder / "reportlab.pdf")],
        "typst + segno": typst,
        "typst, symbols given": [*typst, "given"],
    }


def verify(folder, size):
    """Every label's words in the text, and the codes of one page in the middle, in what each tool made."""
    import zxingcpp
    from PIL import Image

    for tool in ("dautich", "reportlab", "typst"):
        files = sorted(folder.glob(f"{tool}*.pdf"))
        text = "".join(subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True).stdout for file in files)
        found = sum(words in text for _, _, words, _ in rows(size))
        page = folder / f"{tool}-page"
        subprocess.run(["pdftoppm", "-r", "150", "-f", "7", "-l", "7", "-gray", "-png", "-singlefile", str(files[0]), str(page)], check=True)
        codes = {code.text for code in zxingcpp.read_barcodes(Image.open(f"{page}.png"))}
        known = {address for *_, address in rows(size)}
        megabytes = sum(file.stat().st_size for file in files) / 2**20
        print(f"  {tool}: {found:,} of {size:,} labels in the text, {len(codes & known)} of 12 codes of page 7 read, {megabytes:.1f} MiB in {len(files)} files")


def run(given, folder, size):
    prepare(folder, size)
    todo = commands(given, folder)
    costs = {tool: [] for tool in todo}
    for _ in range(1 if size > 5000 else given.runs):
        for tool, command in todo.items():
            costs[tool].append(measure(command, folder / "log"))
            print(f"  {size:,} {tool}: {costs[tool][-1].wall:.2f} s", file=sys.stderr, flush=True)
    ours = costs["dautich"]
    print(f"\n{size:,} labels (medians)\n")
    print("| | wall s | CPU s | peak MiB | wall, dautich = 1 |\n|---|---|---|---|---|")
    for tool, cost in costs.items():
        ratio = median(cost, "wall") / median(ours, "wall")
        print(f"| {tool} | {median(cost, 'wall'):.2f} | {median(cost, 'cpu'):.2f} | {median(cost, 'memory'):.0f} | {ratio:.2f} |")
    verify(folder, size)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,57000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dautich", default=None)
    parser.add_argument("--dir", type=Path)
    parser.add_argument("--list", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.list:
        return write_list(given.dir, given.list)
    given.dautich = given.dautich or find_dautich()
    folder = given.dir or Path(tempfile.mkdtemp())
    try:
        for size in map(int, given.sizes.split(",")):
            run(given, folder / str(size), size)
    finally:
        if not given.dir:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
