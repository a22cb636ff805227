import type { Grammar } from "./grammar.ts";
import { grammars } from "./list.ts";

/** The preset of that name; med-rwr where none is named or the name is not known, so that any transcript can be read. */
export function findGrammar(name: string | undefined): Grammar {
  return grammars.find((grammar) => grammar.name === name) ?? grammars[0];
}
