import type { Grammar } from "./grammar.ts";
import { medRwr } from "./med-rwr.ts";
import { r1Searcher } from "./r1-searcher.ts";
import { searchR1 } from "./search-r1.ts";

/** Every preset. The first is what a transcript is written in that names none. */
export const grammars: readonly [Grammar, ...Grammar[]] = [medRwr, searchR1, r1Searcher];
