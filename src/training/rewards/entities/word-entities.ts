import { terms } from "#text";
import type { EntityFinder } from "./entity-finder.ts";

/** Without an ontology each content word counts as an entity, by its stem; what is one letter or digit long (an option's label) does not. */
export const wordEntities: EntityFinder = {
  name: "words",
  find(text) {
    const found = new Set(terms(text));
    for (const term of found) if (term.length === 1) found.delete(term);
    return found;
  },
};
