"""Single-query search by FAISS, flat and HNSW, over raw float32 files: `faiss_search.py VECTORS QUERIES DIMENSION`.

Prints a JSON line a configuration: name, median and 95th percentile in milliseconds, recall@10 against flat. Each is
measured three times in turn, and the least median counts.
"""
import json
import sys
import time

import faiss
import numpy

vectors_file, queries_file, dimension = sys.argv[1], sys.argv[2], int(sys.argv[3])
vectors = numpy.fromfile(vectors_file, dtype=numpy.float32).reshape(-1, dimension)
queries = numpy.fromfile(queries_file, dtype=numpy.float32).reshape(-1, dimension)
top = 10


rounds = 3
figures = {}


def measure(name, index, truth=None, build=0.0):
    """Keeps the round with the least median: other work on the machine slowed it least."""
    found, times = [], []
    for query in queries[:20]:
        index.search(query[None], top)
    for query in queries:
        began = time.perf_counter()
        _, ids = index.search(query[None], top)
        times.append((time.perf_counter() - began) * 1000)
        found.append(set(ids[0].tolist()))
    recall = 1.0 if truth is None else sum(len(a & b) for a, b in zip(found, truth)) / (top * len(found))
    median, high = numpy.percentile(times, [50, 95])
    if name not in figures or median < figures[name]["median"]:
        figures[name] = {"name": name, "median": median, "high": high, "recall": recall, "buildSeconds": build}
    return found


flat = faiss.IndexFlatIP(dimension)
flat.add(vectors)
began = time.perf_counter()
hnsw = faiss.IndexHNSWFlat(dimension, 32, faiss.METRIC_INNER_PRODUCT)
hnsw.hnsw.efConstruction = 200
hnsw.add(vectors)
build = time.perf_counter() - began
for _ in range(rounds):
    truth = measure("FAISS flat", flat)
    for breadth in (64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 448, 512):
        hnsw.hnsw.efSearch = breadth
        measure(f"FAISS HNSW M 32, ef {breadth}", hnsw, truth, build)
for figure in figures.values():
    print(json.dumps(figure), flush=True)
