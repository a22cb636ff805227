"""Med-RwR's way of serving `/queries`: Flask before a flat FAISS index, the queries' vectors ready.

`flask_queries.py VECTORS QUERY_VECTORS DIMENSION TEXTS QUERIES PORT SERVER`: raw float32 files and JSON lists of strings; SERVER is
`flask`, its own server, as Med-RwR runs it, or `waitress`, which keeps connections open.
"""
import json
import sys

import faiss
import numpy
from flask import Flask, jsonify, request

vectors_file, query_vectors_file, dimension, texts_file, queries_file, port, server = sys.argv[1:8]
if server == "waitress":
    import waitress
vectors = numpy.fromfile(vectors_file, dtype=numpy.float32).reshape(-1, int(dimension))
query_vectors = numpy.fromfile(query_vectors_file, dtype=numpy.float32).reshape(-1, int(dimension))
texts = json.load(open(texts_file, encoding="utf-8"))
vector_of = dict(zip(json.load(open(queries_file, encoding="utf-8")), query_vectors))
index = faiss.IndexFlatIP(int(dimension))
index.add(vectors)
app = Flask(__name__)


@app.post("/queries")
def queries():
    asked = request.json["queries"]
    _, ids = index.search(numpy.stack([vector_of[query] for query in asked]), request.json.get("k", 3))
    return jsonify({"queries": asked, "answers": [[f"{i}\t{texts[i]}" for i in row] for row in ids.tolist()]})


if server == "waitress":
    waitress.serve(app, host="127.0.0.1", port=int(port), threads=4)
else:
    app.run(host="127.0.0.1", port=int(port), threaded=True)
