import type { TextEvidence } from "#contracts";
import { count, webAddress } from "../plain-text.ts";
import { namePlace } from "./passage-place.ts";

/** Where a piece of evidence is from: its address where it has one, and what else tells it, in words. */
export function placeEvidence(item: TextEvidence): { address: string | null; parts: string[] } {
  switch (item.type) {
    case "passage": {
      const { source, licence, url } = item.passage;
      return { address: webAddress(url), parts: [namePlace(source), ...(licence ? [licence] : [])] };
    }
    case "page": {
      const { site, published, licence, trusted, from, url } = item.page;
      const parts = [
        site,
        ...(published ? [published] : []),
        ...(licence ? [licence] : []),
        ...(from === "search-result" ? ["only the search service’s excerpt was read"] : []),
        ...(trusted ? [] : ["no trusted publisher"]),
      ];
      return { address: webAddress(url), parts };
    }
    case "rows": {
      const { database, rows, truncated } = item.table;
      const shown = `${count(rows.length, "row")}${truncated ? ", there were more" : ""}`;
      return { address: null, parts: [database, shown, item.query] };
    }
  }
}
