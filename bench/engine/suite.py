"""Writes the suite of the arms, and what their servers do, which so small a model can't be asked. python suite.py FOLDER NAME=PORT …"""

import json
import sys
from datetime import datetime, timezone
from pathlib import Path

folder, *served = sys.argv[1:]
models, known = [], []
for name, port in (one.split("=") for one in served):
    endpoint = f"http://127.0.0.1:{port}/v1"
    models.append({"name": name, "policy": "tags", "endpoint": endpoint, "model": name})
    able = {"images": {"most": 0}, "logprobs": True, "continuation": "continue_final_message", "tools": False, "stop": True, "responseSchema": False}
    known.append({"endpoint": endpoint, "model": name, "template": None, "probedAt": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
                  "capabilities": able})
rounds = {"type": "round", "retriever": "bm25", "reconsideration": "off"}
suite = {
    "name": "arms",
    "dataSets": [{"path": "test.jsonl"}],
    "models": models,
    "conditions": [{**rounds, "name": "nothing-found", "library": "kb-without"}, {**rounds, "name": "retrieval", "library": "kb"}],
    "seeds": [1],
    "limits": {"tokens": 128, "seconds": 60, "concurrency": 64},
    "baselines": ["random", "majority"],
}
Path(folder, "suite.yaml").write_text(json.dumps(suite, indent=2), encoding="utf-8")
file = Path(folder, ".medrounds", "models.json")
file.parent.mkdir(exist_ok=True)
file.write_text(json.dumps({"version": 1, "models": known}), encoding="utf-8")
