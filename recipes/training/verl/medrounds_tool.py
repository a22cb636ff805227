"""A search by function call for verl's own tool agent, from 0.8 on: rollout.multi_turn.function_tool_path=adapters/medrounds_tool.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from medrounds_client import SETTINGS, post  # noqa: E402
from verl.tools.function_tool import function_tool  # noqa: E402


@function_tool("search_passages")
def search_passages(query: str) -> str:
    """Searches the medical library.

    Args:
        query: What to look up, in words.
    """
    hits = post("/v1/retrieve", {"queries": [query], "top": SETTINGS["top"]})["hits"][0]
    return "\n".join(f"[{at}] {hit['title']}: {hit['text']}" for at, hit in enumerate(hits, 1)) or "None"
