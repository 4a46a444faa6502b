#!/usr/bin/env python3
"""What a photo of 12 megapixels costs: CPU seconds of a build that makes it in every width, less those of the same build
without it, and of a second build. Needs Pillow (`pip install pillow`) to draw the photos.

    photos.py [--photos 8] [--runs 3] [--dautich PATH]
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

sys.dont_write_bytecode = True
from run import DAY, find_dautich  # noqa: E402

WIDE, HIGH = 4032, 3024


def picture(seed):
    """A photo of sorts: light and dark at every scale, as nature has them, with hard edges here and there."""
    random.seed(seed)
    channels = []
    for _ in "rgb":
        whole = Image.new("L", (WIDE, HIGH), 128)
        for scale in (512, 256, 128, 64, 32, 16, 8, 4, 2):
            strength = 12 + 5 * scale.bit_length()
            layer = Image.effect_noise((WIDE // scale + 1, HIGH // scale + 1), strength).resize((WIDE, HIGH), Image.BICUBIC)
            whole = ImageChops.add(whole, layer, 1, -128)
        channels.append(whole)
    # Colours go together, as under one sun.
    channels = [channels[0]] + [Image.blend(channels[0], other, 0.3) for other in channels[1:]]
    photo = Image.merge("RGB", channels)
    draw = ImageDraw.Draw(photo)
    for _ in range(300):
        x, y, side = random.randrange(WIDE), random.randrange(HIGH), random.randrange(20, 300)
        corners = [(x, y), (x + side, y + random.randrange(side)), (x + random.randrange(side), y + side)]
        draw.polygon(corners, fill=tuple(random.randrange(30, 230) for _ in "rgb"))
    return photo.filter(ImageFilter.GaussianBlur(0.8))


def build(dautich, site):
    """CPU seconds of one build."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [dautich, "-r", str(site), "--lang", "en", "--date", DAY, "build"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fresh(dautich, site):
    shutil.rmtree(site / "output", ignore_errors=True)
    shutil.rmtree(site / ".cache", ignore_errors=True)
    return build(dautich, site)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--photos", type=int, default=8)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--dautich")
    asked = arguments.parse_args()
    dautich = asked.dautich or find_dautich()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run([dautich, "init", str(site)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        entry = site / "content/relics/den-bia"
        plain = (entry / "index.md").read_text()
        lines, sizes = "", []
        for number in range(asked.photos):
            picture(number).save(entry / f"{number}.jpg", quality=90)
            sizes.append(os.path.getsize(entry / f"{number}.jpg"))
            lines += f"  - file: {number}.jpg\n    alt: Photo {number}\n"
        # After the drawing, so that the card of the entry stays the same.
        at = plain.index("place:")
        rows = []
        for _ in range(asked.runs):
            (entry / "index.md").write_text(plain)
            without = fresh(dautich, site)
            (entry / "index.md").write_text(plain[:at] + lines + plain[at:])
            made = fresh(dautich, site)
            again = build(dautich, site)
            shutil.rmtree(site / "output")
            cached = build(dautich, site)
            rows.append(((made - without) / asked.photos, again, (cached - without) / asked.photos))
        each, again, cached = (statistics.median(column) for column in zip(*rows))
        print(f"{asked.photos} photos of {WIDE} x {HIGH}, {sum(sizes) / len(sizes) / 1e6:.1f} MB each, {asked.runs} runs, medians")
        print(f"made in every width: {each:.3f} CPU s a photo (goal 0.35)")
        print(f"the output removed, from the cache: {cached:.4f} CPU s a photo; nothing changed: {again:.3f} CPU s for the whole build")
        published = sorted((site / "output/photos").glob("*.webp"))
        for wide in (480, 720, 1080):
            found = [path.stat().st_size for path in published if path.name.endswith(f"-{wide}.webp")]
            print(f"{wide} px: {sum(found) / len(found) / 1024:.0f} KB")


main()
