"""The labels of `labels.py` with segno and typst: argument 1 the folder with labels.typ and labels.tsv, 2 the PDF; with a third, the
drawings of symbols are those of labels.json, made before."""
import json
import sys
from pathlib import Path

import typst

FONTS = Path(__file__).resolve().parent.parent / "src/print/fonts"
folder = Path(sys.argv[1])
if len(sys.argv) < 4:
    from labels import drawn

    rows = [line.split("\t") for line in (folder / "labels.tsv").read_text("utf-8").splitlines()]
    (folder / "labels.json").write_text(drawn(rows), "utf-8")
typst.compile(str(folder / "labels.typ"), output=sys.argv[2], root=sys.argv[1], font_paths=[str(FONTS)])
