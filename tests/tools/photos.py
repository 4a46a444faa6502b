"""Makes photos of plates as volunteers send them: a rendered plate seen from the side, small in a large picture, dirty,
blurred, badly lit, with the EXIF of a phone. Pillow alone; the same seed gives the same pixels.

    photos.py make JOBS.json            each job a photo, see `job`
    photos.py read PHOTO…               what zxing-cpp finds: a line a photo, texts between tabs
    photos.py rate PLATES FOLDER COUNT  the photos of the reading rates: COUNT a kind, from plates/*.png
"""
import json
import math
import random
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, TiffImagePlugin


def solved(rows):
    """Gauss, with pivots: each row a line of coefficients and what they come to."""
    n = len(rows)
    for at in range(n):
        best = max(range(at, n), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for row in range(n):
            if row != at:
                rows[row] = [a - rows[row][at] * b for a, b in zip(rows[row], rows[at])]
    return [row[n] for row in rows]


def perspective(seen, flat):
    """The eight numbers that take a point of the photo to one of the plate."""
    rows = []
    for (x, y), (u, v) in zip(seen, flat):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return solved(rows)


def noise(size, rng, grain):
    """A grey picture of random light, whose spots are `grain` pixels wide."""
    small = (max(2, size[0] // grain), max(2, size[1] // grain))
    made = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
    return made.resize(size, Image.Resampling.BICUBIC)


def wall(size, rng):
    """What plates hang on and beside: plaster, bricks, leaves, a sign or two."""
    light = Image.blend(noise(size, rng, 90), noise(size, rng, 7), 0.35).point(lambda v: 60 + v * 0.55)
    draw = ImageDraw.Draw(light)
    if rng.random() < 0.5:
        high, wide = rng.randint(50, 110), rng.randint(120, 300)
        for row, y in enumerate(range(0, size[1], high)):
            draw.line([(0, y), (size[0], y)], fill=rng.randint(60, 110), width=7)
            for x in range(row % 2 * wide // 2, size[0], wide):
                draw.line([(x, y), (x, y + high)], fill=rng.randint(60, 110), width=7)
    for _ in range(rng.randint(0, 250)):
        x, y, r = rng.randint(0, size[0]), rng.randint(0, size[1]), rng.randint(8, 90)
        draw.ellipse([x, y, x + r, y + r * rng.uniform(0.3, 1)], fill=rng.randint(20, 140))
    return light


def mounted(plate, job, rng):
    """Where the plate's corners come to lie: turned and tilted before a lens, so that its symbol's width is as wanted."""
    wide, high = plate.size
    scale = job["code"] / job.get("symbol", 1.0) / wide
    tilt, roll = math.radians(job.get("tilt", 0)), math.radians(job.get("roll", 0))
    toward = math.radians(job.get("toward", rng.uniform(0, 360)))
    far = 2.6 * wide * scale
    corners = []
    for x, y in [(-wide / 2, -high / 2), (wide / 2, -high / 2), (wide / 2, high / 2), (-wide / 2, high / 2)]:
        x, y = x * scale, y * scale
        x, y = x * math.cos(roll) - y * math.sin(roll), x * math.sin(roll) + y * math.cos(roll)
        along, across = x * math.cos(toward) + y * math.sin(toward), -x * math.sin(toward) + y * math.cos(toward)
        depth = far + along * math.sin(tilt)
        along = along * math.cos(tilt)
        x, y = along * math.cos(toward) - across * math.sin(toward), along * math.sin(toward) + across * math.cos(toward)
        corners.append((x * far / depth, y * far / depth))
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    return [(x - left, y - top) for x, y in corners]


def dirtied(plate, share, rng):
    """Mud: opaque spots over a share of the plate."""
    if not share:
        return plate
    plate, (wide, high) = plate.copy(), plate.size
    draw, done = ImageDraw.Draw(plate), 0.0
    while done < share * wide * high:
        r = rng.uniform(0.004, 0.03) * wide
        x, y = rng.uniform(0, wide), rng.uniform(0, high)
        draw.ellipse([x - r, y - r, x + r, y + r], fill=rng.randint(60, 150))
        done += math.pi * r * r
    return plate


def hung(photo, plate, job, rng):
    """Puts a plate on the photo, drawn at twice the size and made smaller, as a lens does."""
    plate = dirtied(plate, job.get("dirt", 0), rng)
    corners = mounted(plate, job, rng)
    wide, high = (math.ceil(max(c[axis] for c in corners)) + 4 for axis in (0, 1))
    # A plate that is much larger than it is seen is made smaller first: bicubic looks at sixteen pixels only.
    shrink = max(1, int(plate.size[0] * job.get("symbol", 1.0) / job["code"] / 2))
    plate = plate.reduce(shrink) if shrink > 1 else plate
    flat = [(0, 0), (plate.size[0], 0), plate.size, (0, plate.size[1])]
    numbers = perspective([((x + 2) * 2, (y + 2) * 2) for x, y in corners], flat)
    drawn = lambda what: what.transform((wide * 2, high * 2), Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC).reduce(2)
    mask = drawn(Image.new("L", plate.size, 255))
    at = job.get("at") or (rng.randint(0, max(0, photo.size[0] - wide)), rng.randint(0, max(0, photo.size[1] - high)))
    photo.paste(drawn(plate), tuple(at), mask)
    return (at[0] + wide // 2, at[1] + high // 2, max(wide, high))


def lit(photo, job, rng, about):
    """Uneven light: from one side to the other, the edge of a shadow across the plate, the sun mirrored on it."""
    wide, high = photo.size
    if job.get("slope"):
        slope = Image.linear_gradient("L").rotate(rng.choice([0, 90, 180, 270])).resize(photo.size)
        low = 1 - job["slope"]
        photo = ImageChops.multiply(photo, slope.point(lambda v: 255 * low + v * (1 - low)))
    x, y, r = about
    if job.get("shadow"):
        shade = Image.new("L", photo.size, 255)
        turn = rng.uniform(0, math.pi)
        dx, dy = math.cos(turn) * 9000, math.sin(turn) * 9000
        off = rng.uniform(-0.15, 0.15) * r
        points = [(x + off + dx, y + dy), (x + off - dx, y - dy), (x - dx - dy, y - dy + dx), (x + dx - dy, y + dy + dx)]
        ImageDraw.Draw(shade).polygon(points, fill=int(255 * (1 - job["shadow"])))
        photo = ImageChops.multiply(photo, shade.filter(ImageFilter.GaussianBlur(max(1, r * 0.01))))
    if job.get("glare"):
        spot = ImageChops.invert(Image.radial_gradient("L")).resize((int(r * 1.2), int(r * 1.2)))
        spot = spot.point(lambda v: max(0, v - 60) * job["glare"] * 1.3)
        glare = Image.new("L", photo.size, 0)
        glare.paste(spot, (int(x - r * 0.6 + rng.uniform(-0.3, 0.3) * r), int(y - r * 0.6 + rng.uniform(-0.3, 0.3) * r)))
        photo = ImageChops.add(photo, glare)
    return photo


def taken(photo, job, rng):
    """Blur, the sensor's noise, exposure."""
    if job.get("blur"):
        photo = photo.filter(ImageFilter.GaussianBlur(job["blur"]))
    if job.get("shake"):
        n = job["shake"]
        photo = ImageChops.blend(photo, ImageChops.offset(photo, n, n // 2), 0.5)
        photo = ImageChops.blend(photo, ImageChops.offset(photo, n // 2, n // 4), 0.34)
    if job.get("dim"):
        photo = photo.point(lambda v: v * (1 - job["dim"]) + 10)
    grain = job.get("noise", 0.06)
    return Image.blend(photo, noise(photo.size, rng, 1), grain)


def exif(job):
    """What a phone writes; `gps` is (latitude, longitude), `raw` the GPS tags as they are to stand."""
    head = Image.Exif()
    number = lambda value: TiffImagePlugin.IFDRational(*value) if isinstance(value, list) else value
    if "orientation" in job:
        head[0x0112] = job["orientation"]
    if "date" in job:
        head.get_ifd(0x8769)[0x9003] = job["date"]
    if "gps" in job:
        latitude, longitude = job["gps"]
        parts = lambda d: (TiffImagePlugin.IFDRational(int(d)), TiffImagePlugin.IFDRational(int(d * 60 % 60)), TiffImagePlugin.IFDRational(round(d * 3600 % 60 * 1000), 1000))
        head.get_ifd(0x8825).update({1: "NS"[latitude < 0], 2: parts(abs(latitude)), 3: "EW"[longitude < 0], 4: parts(abs(longitude))})
    for tag, value in job.get("raw", {}).items():
        value = tuple(number(part) for part in value) if isinstance(value, list) else value
        head.get_ifd(0x8825)[int(tag)] = value
    return head


def make(job):
    """One photo: {"to", "plates": [{"file", "symbol", "code", "tilt", …}], "size", "seed", light, blur, EXIF}."""
    rng = random.Random(job.get("seed", 1))
    size = tuple(job.get("size", (1600, 1200)))
    photo, about = wall(size, rng), (size[0] // 2, size[1] // 2, size[1] // 2)
    for plate in job.get("plates", []):
        drawn = Image.open(plate["file"]).convert("L")
        if "crop" in plate:
            wide, high = plate["crop"]
            left, top = (drawn.size[0] - wide) // 2, (drawn.size[1] - high) // 2
            drawn = drawn.crop((left, top, left + wide, top + high))
        about = hung(photo, drawn, plate, rng)
    photo = taken(lit(photo, job, rng, about), job, rng)
    warm = Image.merge("RGB", [photo.point(lambda v, gain=gain: v * gain) for gain in (1.0, 0.97, 0.9)])
    warm.save(job["to"], quality=job.get("quality", 85), exif=exif(job))


# Code and photo in pixels: a plate of 18 x 12 cm in a photo of twelve million pixels, from near to across a courtyard.
KINDS = {
    "plain 400": lambda r: ({"code": 400, "tilt": 10}, {}),
    "150 wide": lambda r: ({"code": 150, "tilt": 10}, {"blur": 0.7}),
    "110 wide": lambda r: ({"code": 110, "tilt": 5}, {"blur": 0.5}),
    "90 wide": lambda r: ({"code": 90, "tilt": 5}, {"blur": 0.4}),
    "70 wide": lambda r: ({"code": 70, "tilt": 5}, {"blur": 0.3}),
    "tilt 55-60": lambda r: ({"code": 500, "tilt": r.uniform(55, 60)}, {"blur": 0.8}),
    "tilt 35-40": lambda r: ({"code": 300, "tilt": r.uniform(35, 40)}, {"blur": 0.8}),
    "tilt 45-50": lambda r: ({"code": 400, "tilt": r.uniform(45, 50)}, {"blur": 0.8}),
    "150 wide, tilt 35": lambda r: ({"code": 170, "tilt": 35}, {"blur": 0.6}),
    "shadow": lambda r: ({"code": 300, "tilt": 15}, {"shadow": r.uniform(0.6, 0.8), "slope": 0.5, "blur": 1}),
    "shadow 0.85-0.92": lambda r: ({"code": 500, "tilt": 15}, {"shadow": r.uniform(0.85, 0.92), "blur": 1}),
    "glare": lambda r: ({"code": 400, "tilt": 15}, {"glare": r.uniform(0.5, 0.9), "blur": 1}),
    "dirt 4 %": lambda r: ({"code": 400, "tilt": 10, "dirt": 0.04}, {"blur": 1}),
    "dirt 8 %": lambda r: ({"code": 400, "tilt": 10, "dirt": 0.08}, {"blur": 1}),
    "blur of a module/2": lambda r: ({"code": 400, "tilt": 10}, {"blur": 400 / 33 * 0.5}),
    "blur of 0.8 module": lambda r: ({"code": 400, "tilt": 10}, {"blur": 400 / 33 * 0.8}),
    "dirt 2 % and shadow": lambda r: ({"code": 420, "tilt": 20, "dirt": 0.02}, {"shadow": 0.5, "blur": 1}),
    "shaken": lambda r: ({"code": 500, "tilt": 10}, {"shake": r.randint(10, 16), "blur": 1.5}),
    "dim and noisy": lambda r: ({"code": 350, "tilt": 15}, {"dim": 0.75, "noise": 0.12, "blur": 1}),
    "all at once": lambda r: ({"code": r.randint(180, 500), "tilt": r.uniform(0, 40), "dirt": r.uniform(0, 0.03)},
                              {"shadow": r.uniform(0, 0.6), "slope": r.uniform(0, 0.6), "blur": r.uniform(0.5, 2), "noise": 0.1, "quality": r.randint(40, 85)}),
}


def rate(plates, folder, count):
    """COUNT photos a kind of plates of 18 x 12 cm rendered at 300 dpi, named `kind--number--page.jpg`."""
    plates = sorted(Path(plates).glob("*.png"))
    for name, kind in KINDS.items():
        for number in range(count):
            rng = random.Random(f"{name} {number}")
            plate, photo = kind(rng)
            page = rng.randrange(len(plates))
            # The symbol is 64 mm wide with its quiet zone of eight modules in all: some 52 mm of 180 are modules.
            plate |= {"file": str(plates[page]), "crop": [2126, 1417], "symbol": 52 / 180, "roll": rng.uniform(0, 360)}
            to = Path(folder) / f"{name.replace(' ', '_').replace('/', 'of').replace(',', '')}--{number:03}--{plates[page].stem}.jpg"
            if not to.exists():
                make(photo | {"to": str(to), "plates": [plate], "size": [4000, 3000], "seed": f"{name} {number}"})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", jobs]:
            for job in json.loads(Path(jobs).read_text("utf-8")):
                make(job)
        case ["rate", plates, folder, count]:
            rate(plates, folder, int(count))
        case ["read", *photos]:
            import zxingcpp

            for photo in photos:
                print("\t".join([photo] + [found.text for found in zxingcpp.read_barcodes(Image.open(photo))]))
        case _:
            sys.exit(__doc__)
