"""Prints the text of every code that zxing-cpp finds in a picture: a reader that had no part in drawing them."""
import sys

import zxingcpp
from PIL import Image

for found in zxingcpp.read_barcodes(Image.open(sys.argv[1])):
    print(found.text)
