import { medRwrPrompt } from "./med-rwr.ts";
import { r1SearcherPrompt } from "./r1-searcher.ts";
import { searchR1Prompt } from "./search-r1.ts";
import type { TagsPrompt } from "./tags-prompt.ts";

/** Every prompt; the first serves a grammar that has none. */
export const tagsPrompts: readonly [TagsPrompt, ...TagsPrompt[]] = [
  medRwrPrompt,
  searchR1Prompt,
  r1SearcherPrompt,
];
