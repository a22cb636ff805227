"""Prepares an image for each family with Pillow and numpy, as the families' own code does.

Usage: prepare-image.py WIDTH HEIGHT CHANNELS FAMILY... < pixels > planes
Pixels are 8 bits a sample, interleaved; planes are 32-bit floats, little-endian, [3, height, width], family after family.
"""

import sys

import numpy as np
from PIL import Image

CLIP = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])
IMAGE_NET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
HALF = ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5])


def shortest(image, side, filter):
    width, height = image.size
    short, long = min(width, height), max(width, height)
    target = int(side * long / short)
    return image.resize((side, target) if width <= height else (target, side), filter)


def crop(image, side, offset):
    left, top = (offset(length - side) for length in image.size)
    return image.crop((left, top, left + side, top + side))


def torchvision(room):
    return int(round(room / 2.0))


def hugging_face(room):
    return room // 2


def clip(image):
    return crop(shortest(image, 224, Image.BICUBIC), 224, torchvision), *CLIP


def medclip(image):
    gray = image.convert("L")
    width, height = gray.size
    side = max(224, width, height)
    square = Image.new("L", (side, side), 0)
    square.paste(gray, (int((side - width) / 2), int((side - height) / 2)))
    resized = square.resize((224, 224), Image.BICUBIC)
    return resized.convert("RGB"), [0.5862785803043838] * 3, [0.27950088968644304] * 3


FAMILIES = {
    "clip": clip,
    "biomedclip": clip,
    "medclip": medclip,
    "siglip": lambda image: (image.resize((224, 224), Image.BICUBIC), *HALF),
    "medsiglip": lambda image: (image.resize((448, 448), Image.BILINEAR), *HALF),
    "mobilenet": lambda image: (crop(shortest(image, 256, Image.BILINEAR), 224, hugging_face), *HALF),
    "resnet": lambda image: (crop(shortest(image, 256, Image.BICUBIC), 224, hugging_face), *IMAGE_NET),
    "dino": lambda image: (crop(shortest(image, 256, Image.BICUBIC), 224, hugging_face), *IMAGE_NET),
    "vit": lambda image: (image.resize((224, 224), Image.BILINEAR), *HALF),
}


def main():
    width, height, channels = (int(value) for value in sys.argv[1:4])
    pixels = np.frombuffer(sys.stdin.buffer.read(), dtype=np.uint8)
    shape = (height, width, 3) if channels == 3 else (height, width)
    image = Image.fromarray(pixels.reshape(shape)).convert("RGB")
    for family in sys.argv[4:]:
        prepared, mean, deviation = FAMILIES[family](image)
        values = np.asarray(prepared, dtype=np.float64) / 255
        planes = ((values - mean) / deviation).transpose(2, 0, 1)
        sys.stdout.buffer.write(planes.astype("<f4").tobytes())


main()
