import type { Evidence } from "#contracts";
import { shorten } from "../plain-text.ts";
import { firstLabel } from "./first-label.ts";

/** A piece of evidence in a few words. A passage's name is its last heading, which is the most exact, else its title. */
export function nameEvidence(item: Evidence): string {
  switch (item.type) {
    case "passage":
      return shorten(item.passage.headings.at(-1) ?? item.passage.title, 120);
    case "case":
      return firstLabel(item.case);
    case "page":
      return shorten(item.page.title || item.page.site, 120);
    case "rows":
      return `Rows of ${shorten(item.table.database, 80)}`;
  }
}
