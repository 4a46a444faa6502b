"""Prints the text of every QR code that zxing-cpp finds in pictures, in their order: a reader that had no part in drawing them."""
import sys

import zxingcpp
from PIL import Image

for picture in sys.argv[1:]:
    for found in zxingcpp.read_barcodes(Image.open(picture), formats=zxingcpp.BarcodeFormat.QRCode):
        print(found.text)
