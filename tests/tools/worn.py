"""What two readers that drew nothing find on printed pages as they are and as a bad printer, scanner and photo leave them.

Arguments: how many ways to wear each page (1: only as it is; 5: all); where the labels lie on a page, each as left, top, width and
height in shares of the page, joined by `;`; then the pages. Prints a line a page, way and reader: page, way, reader, and every text
it read, between tabs, in order. zxing-cpp reads the whole page; zbar, which misses codes on a page of many, each label by itself, and where it finds none there once more at
half the size, as a phone looks at more than one frame.
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


def zbar(label):
    return look(label) or look(label.reduce(2))


def look(label):
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        label.save(file.name)
        ran = subprocess.run(["zbarimg", "-q", "--raw", "--nodbus", file.name], capture_output=True, text=True)
    return ran.stdout.splitlines()


def cut(page, box):
    left, top, width, height = (float(share) for share in box.split(","))
    corners = (left * page.width, top * page.height, (left + width) * page.width, (top + height) * page.height)
    return page.crop([round(side) for side in corners])


for name in sys.argv[3:]:
    page = Image.open(name).convert("L")
    labels = [cut(page, box) for box in sys.argv[2].split(";")]
    for way, wear in WAYS[: int(sys.argv[1])]:
        whole = [found.text for found in zxingcpp.read_barcodes(wear(page))]
        apart = [text for label in labels for text in zbar(wear(label))]
        for reader, texts in (("zxing", whole), ("zbar", apart)):
            print("\t".join([name, way, reader, *sorted(texts)]))
