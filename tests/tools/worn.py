"""What two readers that drew nothing find on printed pages as they are and as a bad printer, scanner and photo leave them.

Arguments: how many ways to wear each page (1: only as it is; 5: all), then the pages. Prints a line a page and way: page,
way, reader, and every text it read, between tabs, in order.
"""
import io
import subprocess
import sys
import tempfile

import zxingcpp
from PIL import Image


def jpeg(page):
    held = io.BytesIO()
    page.save(held, "JPEG", quality=30)
    return Image.open(held).convert("L")


WAYS = [
    ("as it is", lambda page: page),
    ("96 %", lambda page: page.resize((round(page.width * 0.96), round(page.height * 0.96)), Image.Resampling.BICUBIC)),
    ("2 degrees", lambda page: page.rotate(2, Image.Resampling.BICUBIC, expand=True, fillcolor=255)),
    ("JPEG 30", jpeg),
    ("1 bit", lambda page: page.point(lambda light: 255 if light >= 128 else 0)),
]


def zbar(page):
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        page.save(file.name)
        ran = subprocess.run(["zbarimg", "-q", "--raw", "--nodbus", file.name], capture_output=True, text=True)
    return ran.stdout.splitlines()


for name in sys.argv[2:]:
    whole = Image.open(name).convert("L")
    for way, wear in WAYS[: int(sys.argv[1])]:
        page = wear(whole)
        for reader, texts in (("zxing", [found.text for found in zxingcpp.read_barcodes(page)]), ("zbar", zbar(page))):
            print("\t".join([name, way, reader, *sorted(texts)]))
