"""Plays a printer: stretches and shifts a rendered page as that printer would, then tells how far each symbol came out from
where it should be, in millimetres, and how far its sides differ, in percent. Arguments: the page drawn for that printer, the
page as it should come out, dots an inch, scale across and down, shift right and down in millimetres."""
import sys

import zxingcpp
from PIL import Image

drawn, ideal, (dpi, sx, sy, tx, ty) = sys.argv[1], sys.argv[2], map(float, sys.argv[3:8])
dot = 25.4 / dpi


def corners(image):
    found = {}
    for code in zxingcpp.read_barcodes(image):
        p = code.position
        found[code.text] = [(c.x, c.y) for c in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)]
    return found


page = Image.open(drawn).convert("L")
shift = (-tx / dot / sx, -ty / dot / sy)
printed = page.transform(page.size, Image.AFFINE, (1 / sx, 0, shift[0], 0, 1 / sy, shift[1]), Image.BICUBIC, fillcolor=255)
came, should = corners(printed), corners(Image.open(ideal).convert("L"))
assert came.keys() == should.keys() and came, (len(came), len(should))
off = max(max(abs(a - b) for p, q in zip(came[text], should[text]) for a, b in zip(p, q)) for text in came) * dot
skew = 0
for tl, tr, br, bl in came.values():
    across, down = (tr[0] - tl[0] + br[0] - bl[0]) / 2, (bl[1] - tl[1] + br[1] - tr[1]) / 2
    skew = max(skew, abs(across / down - 1) * 100)
print(len(came), round(off, 3), round(skew, 3))
