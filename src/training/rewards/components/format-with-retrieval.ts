import { hasSearched } from "../retrieved-texts.ts";
import type { Reward } from "../reward.ts";
import { accuracy } from "./accuracy.ts";
import { keepsFormat } from "./format.ts";

/** Med-RwR's format reward σf (arXiv 2510.18303, section 3). */
export const formatWithRetrieval: Reward = {
  name: "format-with-retrieval",
  about:
    "0 where the grammar is broken or no thought is there; else 1, and 1 more for a right answer after a search.",
  read(trajectory) {
    if (!keepsFormat(trajectory)) return { value: 0 };
    return { value: hasSearched(trajectory) && accuracy.read(trajectory).value === 1 ? 2 : 1 };
  },
};
