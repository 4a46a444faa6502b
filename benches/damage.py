"""How much a plaque may suffer before phones cannot read it: made-up damage over the example site's own plaques.

    cargo build --release
    python3 -m pip install --target target/tools/damage numpy==2.4.6 pillow==13.0.0 zxing-cpp==3.1.1 pyzbar==0.1.9
    PYTHONPATH=target/tools/damage python3 benches/damage.py            # writes benches/damage.tsv and the table of docs/plaques.md
    PYTHONPATH=target/tools/damage python3 benches/damage.py --docs     # the table alone, from benches/damage.tsv

Needs pdftoppm and libzbar0 (Debian: poppler-utils, zbar-tools). Every symbol is taken from the PDF that `dautich sheets`
prints; all symbols are equally wide, whatever their modules. The same seed gives the same damage, and the same damage
is done to every symbol. Nothing here was photographed: trust the order of the rates, not their height.
"""
import argparse
import functools
import math
import multiprocessing
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process a core measures already
import numpy
import zxingcpp
from PIL import Image, ImageDraw
from pyzbar import pyzbar

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE / "damage.tsv"
PAGE = HERE.parent / "docs" / "plaques.md"

# What is printed: name, host of the printed address (None: the example site's own), the level asked for. An address of
# 14 or 15 letters is the only kind that a symbol of 25 modules holds at M and not at Q; one of at most 13 letters has H in 29.
SYMBOLS = [
    ("M", 25, "dautich.example", "M"),
    ("Q", 29, None, "Q"),
    ("H", 33, None, "H"),
    ("H", 29, "qr.example", "Q"),
]
# Pixels of the camera across the symbol, where it is not what is measured: what a frame of 1,920 pixels has of a symbol
# a tenth as wide as the distance (src/print/adviser.rs), a little rounded up.
PIXELS = 150
# What a camera adds to every picture: blur in pixels, noise in steps of 255, turn in degrees.
SOFT, NOISE, TURN = 0.6, 3.0, 8.0

# Each kind of damage: key, how it is called, what is done.
DAMAGE = [("none", "không hư hại", "none", {})]
DAMAGE += [(f"mud-{n}", f"bùn che {n} % diện tích mã", f"mud on {n} % of the symbol", {"mud": n / 100}) for n in (2, 5, 10, 20)]
DAMAGE += [(f"mud-clean-{n}", f"bùn {n} %, ba góc định vị sạch", f"mud on {n} %, finder patterns clean", {"mud": n / 100, "clean": True}) for n in (3, 5, 8, 10, 15)]
DAMAGE += [(f"blur-{n}", f"nhòe, sigma {n:g} % bề ngang mã".replace(".", ","), f"blur, sigma {n} % of the width", {"blur": n / 100}) for n in (1, 1.25, 1.5, 1.75, 2)]
DAMAGE += [(f"tilt-{n}", f"nhìn xiên {n}°", f"seen from {n}° aside", {"tilt": n}) for n in (30, 45, 55, 60, 65, 70)]
DAMAGE += [(f"contrast-{n}", f"tương phản còn {n} %", f"contrast {n} %", {"contrast": n / 100}) for n in (60, 30, 20, 10)]
DAMAGE += [
    ("faded", "mực phai không đều", "ink faded unevenly", {"faded": 0.55}),
    ("shade", "nửa nắng, nửa bóng râm", "half in the sun, half in the shade", {"shade": True}),
    ("glare-5", "lóa che 5 % (kính, bề mặt bóng)", "glare on 5 % (glass, gloss)", {"glare": 0.05}),
    ("glare-10", "lóa che 10 %", "glare on 10 %", {"glare": 0.10}),
    ("steel", "khắc trên thép xước", "etched in brushed steel", {"steel": True}),
    ("lacquer", "mã đen trên nền đỏ sơn son", "black on lacquer red", {"light": 62}),
    ("dark-red", "mã đen trên nền đỏ sẫm", "black on dark red", {"light": 39}),
    ("dark-red-shade", "nền đỏ sẫm, nửa nắng, nửa bóng râm", "dark red, half in the shade", {"light": 39, "shade": True}),
    ("inverted", "mã sáng trên nền tối (ngược màu)", "light on dark (inverted)", {"inverted": True}),
    ("outdoor", "ngoài trời: bùn 3 %, phai, bóng râm, xiên 30°, nhòe 0,8 %", "outdoors: mud 3 %, faded, shade, 30° aside, blur 0.8 %",
     {"mud": 0.03, "faded": 0.3, "shade": True, "tilt": 30, "blur": 0.008}),
]
DAMAGE += [(f"pixels-{n}", f"từ xa: mã rộng {n} điểm ảnh", f"from afar: {n} camera pixels across", {"pixels": n}) for n in (25, 30, 35, 40, 45, 50, 55, 60, 80, 100)]


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def modules(page):
    """The modules of the one symbol on a printed page, and its text: True is dark."""
    [found] = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    corners = [found.position.top_left, found.position.top_right, found.position.bottom_right, found.position.bottom_left]
    dark = numpy.asarray(page) < 128
    middle = (sum(corner.x for corner in corners) // 4, sum(corner.y for corner in corners) // 4)
    half = int((corners[1].x - corners[0].x) * 0.56)
    left, top = middle[0] - half, middle[1] - half
    part = dark[top:top + 2 * half, left:left + 2 * half]
    rows, columns = numpy.flatnonzero(part.any(axis=1)), numpy.flatnonzero(part.any(axis=0))
    part = part[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    finder = int(numpy.argmin(part[part.shape[0] // 200 + 1])) / 7
    size = round(part.shape[1] / finder)
    at = ((numpy.arange(size) + 0.5) * part.shape[0] / size).astype(int)
    return part[numpy.ix_(at, at)], found.text


def printed(program, folder):
    """For each kind of symbol every plaque of the example site, as the program prints it."""
    plaques = []
    for number, (level, size, host, asked) in enumerate(SYMBOLS):
        site = folder / str(number)
        site.mkdir()
        config = (HERE.parent / "dautich.yaml").read_text(encoding="utf-8")
        if host:
            config = config.replace("printed_address: https://haiduong.dautich.example/", f"printed_address: https://{host}/")
        (site / "dautich.yaml").write_text(config, encoding="utf-8")
        shutil.copytree(HERE.parent / "content", site / "content")
        run(program, "-r", site, "sheets", "--layout", "A6", "--level", asked, "-o", site / "plaques.pdf")
        run("pdftoppm", "-r", 200, "-gray", site / "plaques.pdf", site / "page")
        found = [modules(Image.open(page)) for page in sorted(site.glob("page-*.pgm"))]
        assert all(len(matrix) == size for matrix, _ in found), f"{level}: {[len(matrix) for matrix, _ in found]}"
        plaques.append(found)
    return plaques


def blobs(draw, share, clean, side=256):
    """Irregular spots over `share` of a square, as a mask of `side` pixels; `clean` keeps them off the finder patterns."""
    mask = Image.new("L", (side, side))
    pen = ImageDraw.Draw(mask)
    corner = side * 9 / 29
    while numpy.count_nonzero(numpy.asarray(mask)) < share * side * side:
        x, y = draw.uniform(0, side, 2)
        radius = side * draw.uniform(0.015, 0.07)
        reach = corner + radius * 1.3
        if clean and ((x < reach and (y < reach or y > side - reach)) or (x > side - reach and y < reach)):
            continue
        edge = radius * draw.uniform(0.6, 1.3, 9)
        points = [(x + r * math.cos(turn), y + r * math.sin(turn)) for r, turn in zip(edge, numpy.linspace(0, 2 * math.pi, 9, endpoint=False))]
        pen.polygon(points, fill=255)
    return mask


def field(draw, size, cells):
    """A soft random field from 0 to 1."""
    small = Image.fromarray((draw.random((cells, cells)) * 255).astype(numpy.uint8))
    return numpy.asarray(small.resize((size, size), Image.BICUBIC), dtype=numpy.float32) / 255


def plate(matrix, draw, damage):
    """The plate as it hangs: grey from 0 to 255, ten pixels a module, with its quiet zone and a rim."""
    size, step = len(matrix), 10
    light, dark = damage.get("light", 232.0), 18.0
    if "contrast" in damage:
        dark = light - damage["contrast"] * (light - dark)
    inside = numpy.kron(matrix, numpy.ones((step, step), dtype=bool))
    side = inside.shape[0]
    spot = lambda share, clean=False: numpy.asarray(blobs(draw, share, clean).resize((side, side))) > 127
    # The same draws for every symbol, whatever its size: the fields first, the picture after.
    print_ = numpy.full((side, side), light, dtype=numpy.float32)
    ink = numpy.full((side, side), dark, dtype=numpy.float32)
    if "faded" in damage:
        ink += (light - dark) * damage["faded"] * (0.4 + 0.6 * field(draw, side, 6))
    picture = numpy.where(inside, ink, print_)
    if "mud" in damage:
        picture = numpy.where(spot(damage["mud"], damage.get("clean", False)), draw.uniform(70, 120), picture)
    if "glare" in damage:
        picture = numpy.where(spot(damage["glare"]), 255.0, picture)
    quiet = 4 * step
    whole = numpy.pad(picture, quiet + 2 * step, constant_values=light)
    if damage.get("inverted"):
        whole = light + dark - whole
    if damage.get("steel"):
        lines = numpy.repeat(draw.normal(0, 12, (whole.shape[0], 1)), whole.shape[1], axis=1)
        shine = numpy.linspace(0.55, 0.95, whole.shape[1])[None, :]
        whole = numpy.where(whole > 125, (whole + lines) * shine, 75 + lines * 0.4)
    return whole, side, side / size * 6


def perspective(corners, target):
    """The eight numbers that PIL wants to take `target` (in the new picture) from `corners` (in the old)."""
    rows, right = [], []
    for (x, y), (u, v) in zip(target, corners):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return numpy.linalg.solve(numpy.array(rows, dtype=float), numpy.array(right, dtype=float))


@functools.cache
def gaussian(size, sigma):
    """A Gaussian blur of a line of `size` pixels as a matrix; the line goes on at its ends as it ends."""
    line = numpy.arange(size)
    weights = numpy.exp(-0.5 * ((line[:, None] - numpy.arange(-size, 2 * size)[None, :]) / sigma) ** 2)
    weights /= weights.sum(axis=1, keepdims=True)
    inside = weights[:, size:2 * size]
    inside[:, 0] += weights[:, :size].sum(axis=1)
    inside[:, -1] += weights[:, 2 * size:].sum(axis=1)
    return inside.astype(numpy.float32)


def photograph(matrix, seed, damage):
    """What a camera sees of a plaque."""
    draw = numpy.random.default_rng(seed)
    turn, axis = math.radians(draw.uniform(-TURN, TURN)), draw.uniform(0, 2 * math.pi)
    shift, wall, shade_at, shade_turn = draw.uniform(-0.5, 0.5, 2), draw.uniform(90, 150), draw.uniform(0.3, 0.7), draw.uniform(0, math.pi)
    whole, side, rim = plate(matrix, draw, damage)
    pixels = damage.get("pixels", PIXELS)
    over = max(2, math.ceil(300 / pixels))
    # In widths of the symbol: the plate turned in its plane, tilted about an axis in it, seen from ten widths.
    half, tilt = (side / 2 + rim) / side, math.radians(damage.get("tilt", 0))
    target = []
    for x, y in [(-half, -half), (half, -half), (half, half), (-half, half)]:
        x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
        along, across = x * math.cos(axis) + y * math.sin(axis), -x * math.sin(axis) + y * math.cos(axis)
        deep, across = across * math.sin(tilt), across * math.cos(tilt)
        near = 10 / (10 + deep)
        x, y = along * math.cos(axis) - across * math.sin(axis), along * math.sin(axis) + across * math.cos(axis)
        target.append((x * near, y * near))
    room = math.ceil(pixels * 2.1)
    size = room * over
    target = [((x * pixels + room / 2 + shift[0]) * over, (y * pixels + room / 2 + shift[1]) * over) for x, y in target]
    old = whole.shape[0]
    numbers = perspective([(0, 0), (old, 0), (old, old), (0, old)], target)
    seen = Image.fromarray(whole).transform((size, size), Image.PERSPECTIVE, numbers, Image.BILINEAR, fillcolor=wall)
    seen = numpy.array(seen.reduce(over))
    if damage.get("shade"):
        y, x = numpy.mgrid[0:room, 0:room] / room - 0.5
        edge = (x * math.cos(shade_turn) + y * math.sin(shade_turn)) - (shade_at - 0.5) * 0.5
        seen = seen * (0.35 + 0.65 / (1 + numpy.exp(-edge * 60)))
    soft = math.hypot(SOFT, damage.get("blur", 0) * pixels)
    lens = gaussian(room, round(soft, 4))
    seen = lens @ seen @ lens.T
    seen = seen + draw.normal(0, NOISE, seen.shape)
    return numpy.clip(seen, 0, 255).astype(numpy.uint8)


def by_zxing(picture):
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def by_zbar(picture):
    pixels = (picture.tobytes(), picture.shape[1], picture.shape[0])
    return [found.data.decode() for found in pyzbar.decode(pixels, symbols=[pyzbar.ZBarSymbol.QRCODE])]


READERS = {"zxing-cpp": by_zxing, "zbar": by_zbar}


def cell(work):
    """How many of the trials each reader reads."""
    plaques, row, damage, trials, seed = work
    read = dict.fromkeys(READERS, 0)
    for trial in range(trials):
        matrix, text = plaques[trial % len(plaques)]
        picture = photograph(matrix, [seed, row, trial], damage)
        for name, reader in READERS.items():
            read[name] += reader(picture) == [text]
    return read


def measure(arguments):
    with tempfile.TemporaryDirectory() as folder:
        plaques = printed(pathlib.Path(arguments.dautich).resolve(), pathlib.Path(folder))
    work = [(found, row, damage, arguments.trials, arguments.seed) for row, (_, _, _, damage) in enumerate(DAMAGE) for found in plaques]
    with multiprocessing.Pool(arguments.jobs) as pool:
        cells = []
        for done, read in enumerate(pool.imap(cell, work)):
            cells.append(read)
            print(f"\r{done + 1}/{len(work)}", end="", file=sys.stderr)
    lines = [f"# seed {arguments.seed}, {arguments.trials} trials a cell, {len(plaques[0])} plaques, {PIXELS} pixels across; read, of the trials",
             "damage\tlevel\tmodules\treader\tread\ttrials"]
    for number, read in enumerate(cells):
        key = DAMAGE[number // len(SYMBOLS)][0]
        level, size, _, _ = SYMBOLS[number % len(SYMBOLS)]
        lines += [f"{key}\t{level}\t{size}\t{reader}\t{count}\t{arguments.trials}" for reader, count in read.items()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table():
    """The table of docs/plaques.md."""
    head, _, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    rates = {}
    for line in lines:
        key, level, size, reader, read, trials = line.split("\t")
        rates[key, level, int(size), reader] = round(100 * int(read) / int(trials))
    out = ["| % đọc được: zxing-cpp / zbar | " + " | ".join(f"{level}, {size} ô" for level, size, _, _ in SYMBOLS) + " | in English |",
           "|---|" + "---|" * (len(SYMBOLS) + 1)]
    for key, vi, en, _ in DAMAGE:
        both = [" / ".join(str(rates[key, level, size, reader]) for reader in READERS) for level, size, _, _ in SYMBOLS]
        out.append(f"| {vi} | " + " | ".join(both) + f" | {en} |")
    return "\n".join([f"<!-- {head.lstrip('# ')} -->", "", *out])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dautich", default=HERE.parent / "target" / "release" / "dautich")
    parser.add_argument("--trials", type=int, default=162)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--docs", action="store_true", help="only write the table anew")
    arguments = parser.parse_args()
    if not arguments.docs:
        measure(arguments)
    begin, end = "<!-- damage.py -->\n", "\n<!-- /damage.py -->"
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(begin)
    PAGE.write_text(before + begin + table() + end + rest.split(end)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
