"""Thumbnails by pydicom, numpy and Pillow: `pydicom_thumbnails.py FOLDER TIMES PROCESSES`.

Reads every file of the folder TIMES times: decodes it, applies its window, fits it into 256 pixels, encodes it as WebP.
Prints one JSON line: name, images a second.
"""
import io
import json
import sys
import time
from multiprocessing import Pool
from pathlib import Path

import numpy
import pydicom
from PIL import Image


def thumbnail(file):
    dataset = pydicom.dcmread(file)
    values = dataset.pixel_array.astype(numpy.float32)
    values = values * float(dataset.get("RescaleSlope", 1)) + float(dataset.get("RescaleIntercept", 0))
    center, width = float(dataset.WindowCenter), float(dataset.WindowWidth)
    # PS3.3 C.11.2.1.2.1
    shown = numpy.clip(((values - (center - 0.5)) / (width - 1) + 0.5) * 255, 0, 255).astype(numpy.uint8)
    if dataset.PhotometricInterpretation == "MONOCHROME1":
        shown = 255 - shown
    image = Image.fromarray(shown)
    image.thumbnail((256, 256))
    encoded = io.BytesIO()
    image.save(encoded, "WEBP", quality=82)
    return len(encoded.getvalue())


if __name__ == "__main__":
    files = [str(file) for file in sorted(Path(sys.argv[1]).iterdir())]
    with Pool(int(sys.argv[3])) as pool:
        pool.map(thumbnail, files)
        began = time.perf_counter()
        pool.map(thumbnail, files * int(sys.argv[2]), chunksize=1)
        seconds = time.perf_counter() - began
    print(json.dumps({"name": "pydicom, numpy, Pillow", "rate": len(files) * int(sys.argv[2]) / seconds}))
