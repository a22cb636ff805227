"""What every adapter asks MedRounds: what a search finds, and what a completion is worth. Knows no engine and needs no package."""

import json
import os
import time
import urllib.error
import urllib.request
from pathlib import Path

SETTINGS = json.loads((Path(__file__).parent / "settings.json").read_text(encoding="utf-8"))
TAGS, DOCUMENTS = SETTINGS["tags"], SETTINGS["documents"]
URL = os.environ.get("MEDROUNDS_URL", SETTINGS["url"])
TOKEN = os.environ.get("MEDROUNDS_TOKEN")


def post(path, body):
    """Waits for a server that restarts or is busy; any other refusal is raised."""
    data = json.dumps(body, default=lambda value: value.tolist() if hasattr(value, "tolist") else str(value)).encode()
    for attempt in range(SETTINGS["attempts"]):
        try:
            headers = {"content-type": "application/json", **({"authorization": f"Bearer {TOKEN}"} if TOKEN else {})}
            request = urllib.request.Request(URL + path, data, headers)
            with urllib.request.urlopen(request, timeout=SETTINGS["timeout"]) as reply:
                return json.load(reply)
        except (OSError, json.JSONDecodeError) as error:
            if getattr(error, "code", 503) not in (429, 500, 502, 503, 504) or attempt + 1 == SETTINGS["attempts"]:
                raise
            time.sleep(min(2**attempt / 2, 15))


def scores(completions, columns, profile=None):
    """A reward for each completion, None where it does not apply. Columns that MedRounds does not know are left out."""
    known = {own: list(columns[name]) for name, own in SETTINGS["columns"].items() if columns.get(name) is not None}
    profile = profile or os.environ.get("MEDROUNDS_PROFILE") or SETTINGS["profile"]
    body = {"profile": profile, "grammar": SETTINGS["grammar"], "completions": list(completions), "columns": known}
    return [item["total"] for item in post("/v1/score", body)["items"]]


def query_of(text):
    """The query that a turn ends with, with or without its closing tag; None where it asks nothing."""
    query = text.rpartition(TAGS["query"]["open"])[2].partition(TAGS["query"]["close"])[0].strip()
    asks = TAGS["query"]["open"] in text and TAGS["answer"]["open"] not in text
    return " ".join(query.replace('"', "").split()) or None if asks else None


def environment(text, query, number=1):
    """What follows a turn that asked, and what was found. `number` is that of the first document."""
    hits = post("/v1/retrieve", {"queries": [query], "top": SETTINGS["top"]})["hits"][0]
    shown = [DOCUMENTS["one"].replace("{number}", str(number + at)).replace("{title}", hit["title"])
             .replace("{text}", hit["text"]) for at, hit in enumerate(hits)]
    block = "\n".join(shown) or DOCUMENTS["none"]
    for tag in (tag for pair in TAGS.values() for tag in pair.values()):
        block = block.replace(tag, "‹" + tag[1:])
    close = "" if TAGS["query"]["close"] in text.rpartition(TAGS["query"]["open"])[2] else TAGS["query"]["close"]
    gap = SETTINGS["gap"]
    lead = next(gap[size:] for size in range(len(gap), -1, -1) if (text + close).endswith(gap[:size]))
    pair = TAGS["retrieve"]
    written = f"{close}{lead}{pair['open']}{DOCUMENTS['lead']}{block}{DOCUMENTS['trail']}{pair['close']}{gap}"
    return written, {"query": query, "documents": [{key: hit[key] for key in ("id", "title", "text")} for hit in hits]}
