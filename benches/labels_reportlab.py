"""The labels of `labels.py` with reportlab and segno: argument 1 a table (title, translated, words, address), 2 the PDF.

The same sheet as dautich's L7164: twelve on A4, the symbol 40 mm wide as one path, three texts made smaller and broken at blanks
until they fit, trim marks. Written as somebody who knows the two would: the matrix once, runs of dark modules as rectangles of one path.
"""
import sys
from pathlib import Path

import segno
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parent.parent / "src/print/fonts"
WIDTH, HEIGHT, ACROSS, DOWN = 63.5, 71.98, 66.0, 71.98
LEFT, TOP = (210 - 2 * ACROSS - WIDTH) / 2, (297 - 3 * DOWN - HEIGHT) / 2
SYMBOL, MARGIN, QUIET = 40.0, 2.5, 0.8


def wrap(text, font, size, width, most):
    """Lines no wider than the width, or none."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if pdfmetrics.stringWidth(longer, font, size) <= width:
            line = longer
        elif line:
            lines, line = [*lines, line], word
        else:
            return None
    lines.append(line)
    fits = len(lines) <= most and all(pdfmetrics.stringWidth(line, font, size) <= width for line in lines)
    return lines if fits else None


def fit(text, font, largest, smallest, most):
    size = largest
    while size >= smallest:
        lines = wrap(text, font, size, (WIDTH - 2 * MARGIN) * mm, most)
        if lines:
            return lines, size
        size -= 0.25
    sys.exit(f"does not fit: {text}")


def symbol(canvas, address, left, top):
    """The symbol's quiet zone begins at `top`; what it took in millimetres."""
    matrix = segno.make_qr(address, error="q", boost_error=True).matrix
    module = SYMBOL / len(matrix)
    path = canvas.beginPath()
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                path.rect((left + (WIDTH - SYMBOL) / 2 + start * module) * mm, (297 - top - (4 + y + 1) * module) * mm, (x - start) * module * mm, module * mm)
            x += 1
    canvas.drawPath(path, stroke=0, fill=1)
    return SYMBOL + 8 * module


def label(canvas, row, left, top):
    title, translated, words, address = row
    y = top + QUIET + symbol(canvas, address, left, top + QUIET)
    for text, font, largest, smallest, most in ((title, "SemiBold", 10, 7, 2), (translated, "Regular", 8, 6, 2), (words, "Regular", 7, 4.5, 1)):
        lines, size = fit(text, font, largest, smallest, most)
        canvas.setFont(font, size)
        for line in lines:
            y += size * 1.28 / mm
            canvas.drawCentredString((left + WIDTH / 2) * mm, (297 - y) * mm, line)


def main():
    for name in ("Regular", "SemiBold"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"BeVietnamPro-{name}.ttf")))
    rows = [line.split("\t") for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    canvas = Canvas(sys.argv[2], pagesize=(210 * mm, 297 * mm), pageCompression=1)
    for at, row in enumerate(rows):
        if at and at % 12 == 0:
            canvas.showPage()
        canvas.setFillGray(0)
        label(canvas, row, LEFT + at % 3 * ACROSS, TOP + at // 3 % 4 * DOWN)
    canvas.save()


main()
