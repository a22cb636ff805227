"""Single-query search by FAISS, flat and HNSW, over raw float32 files: `faiss_search.py VECTORS QUERIES DIMENSION`.

Prints a JSON line a configuration: name, median and 95th percentile in milliseconds, recall@10 against flat.
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


def measure(name, index, truth=None, build=0.0):
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
    print(json.dumps({"name": name, "median": median, "high": high, "recall": recall, "buildSeconds": build}), flush=True)
    return found


flat = faiss.IndexFlatIP(dimension)
flat.add(vectors)
truth = measure("FAISS flat", flat)
began = time.perf_counter()
hnsw = faiss.IndexHNSWFlat(dimension, 32, faiss.METRIC_INNER_PRODUCT)
hnsw.hnsw.efConstruction = 200
hnsw.add(vectors)
build = time.perf_counter() - began
for breadth in (16, 32, 64, 96, 128, 192, 256, 384):
    hnsw.hnsw.efSearch = breadth
    measure(f"FAISS HNSW M 32, ef {breadth}", hnsw, truth, build)
