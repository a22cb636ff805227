"""Single-query BM25 by bm25s, numpy and numba: `bm25s_search.py TEXTS QUERIES`, two JSON files, each a list of strings.

Prints a JSON line a backend: name, median and 95th percentile in milliseconds, tokenizing of the query included. Stop words are
NLTK's, as in LanceDB. Each backend is measured three times in turn, and the least median counts.
"""
import json
import sys
import time

import bm25s
import numpy
import Stemmer

texts, queries = (json.load(open(file, encoding="utf-8")) for file in sys.argv[1:3])
stemmer = Stemmer.Stemmer("english")
tokenizer = bm25s.tokenization.Tokenizer(stemmer=stemmer, stopwords="english_plus")
tokens = tokenizer.tokenize(texts, return_as="ids", show_progress=False)
vocabulary = tokenizer.get_vocab_dict()
figures, retrievers = {}, {}
for backend in ("numpy", "numba"):
    began = time.perf_counter()
    retrievers[backend] = bm25s.BM25(k1=1.2, b=0.75, method="lucene", backend=backend)
    retrievers[backend].index((tokens, vocabulary), show_progress=False)
    figures[backend] = {"median": float("inf"), "buildSeconds": time.perf_counter() - began}
for _ in range(3):
    for backend, retriever in retrievers.items():
        times = []
        for number, query in enumerate(queries[:50] + queries):
            began = time.perf_counter()
            ids = tokenizer.tokenize([query], update_vocab=False, return_as="ids", show_progress=False)
            retriever.retrieve(ids, k=10, show_progress=False, n_threads=0)
            if number >= 50:
                times.append((time.perf_counter() - began) * 1000)
        median, high = numpy.percentile(times, [50, 95])
        if median < figures[backend]["median"]:
            figures[backend].update(median=median, high=high)
for backend, figure in figures.items():
    print(json.dumps({"name": f"bm25s ({backend})", **figure}), flush=True)
