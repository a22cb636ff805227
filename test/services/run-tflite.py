"""Runs a quantized image model of TensorFlow Lite with LiteRT.

Usage: run-tflite.py MODEL IMAGE...
Prints a line for each image: the vector after the average pool, and the class where the model tells one, as JSON.
"""

import json
import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

model, *images = sys.argv[1:]
interpreter = Interpreter(model, experimental_preserve_all_tensors=True)
interpreter.allocate_tensors()
[source], [result] = interpreter.get_input_details(), interpreter.get_output_details()
[pooled] = [
    detail
    for detail in interpreter.get_tensor_details()
    if detail["name"].endswith(("AvgPool_1a/AvgPool", "Logits/AvgPool"))
]
scale, zero = pooled["quantization"]
for image in images:
    size = tuple(source["shape"][1:3])
    pixels = np.asarray(Image.open(image).convert("RGB").resize(size, Image.BILINEAR))
    interpreter.set_tensor(source["index"], pixels[None])
    interpreter.invoke()
    vector = (interpreter.get_tensor(pooled["index"]).reshape(-1).astype(float) - zero) * scale
    scores = interpreter.get_tensor(result["index"]).reshape(-1)
    print(json.dumps({"vector": vector.tolist(), "class": int(scores.argmax())}))
