import { contentTerm } from "./content-terms.ts";

export type Side = "left" | "right" | "both";

const word = /[\p{L}\p{N}]+|[,;:.]/gu;
const sideWords: Record<string, Side> = {
  left: "left",
  right: "right",
  bilateral: "both",
  bilaterally: "both",
  both: "both",
};
/** Not sides: "if left untreated", "right away". */
const otherSense =
  /\b(?:left (?:untreated|alone|behind|in place)|right (?:away|now)|both (?:of )?(?:the |these |those )?(?:conditions|diseases|drugs|findings|groups|patients|studies|tests)|both\b[^,;.]{1,40}\band)\b/gi;
const breaks = new Set([",", ";", ":", ".", "but", "with", "without", "while", "whereas"]);
const reach = 5;

/** Which side each meaningful term of a sentence is said to be on; a term that no side is said of is not there. */
export function readSides(sentence: string): Map<string, Set<Side>> {
  const sides = new Map<string, Set<Side>>();
  const tokens = (sentence.replace(otherSense, " ").match(word) ?? []).map((text) => text.toLowerCase());
  for (const [place, token] of tokens.entries()) {
    const side = sideWords[token];
    if (side === undefined) continue;
    const following = collect(tokens, place, 1);
    for (const term of following.length > 0 ? following : collect(tokens, place, -1)) {
      sides.set(term, (sides.get(term) ?? new Set()).add(side));
    }
  }
  return sides;
}

/** The terms next to a side in one direction, up to a break, another side or the reach. */
function collect(tokens: readonly string[], place: number, step: 1 | -1): string[] {
  const found: string[] = [];
  for (let index = place + step; Math.abs(index - place) <= reach; index += step) {
    const token = tokens[index];
    if (token === undefined || breaks.has(token) || sideWords[token] !== undefined) break;
    if (step === 1 && token === "and") break;
    const term = contentTerm(token);
    if (term !== null) found.push(term);
  }
  return found;
}

/** Whether the evidence puts what a claim puts on a side on that side too. What is on both sides is on each. */
export function sidesAgree(
  claim: ReadonlyMap<string, ReadonlySet<Side>>,
  evidence: ReadonlyMap<string, ReadonlySet<Side>>,
): boolean {
  const all = new Set([...evidence.values()].flatMap((sides) => [...sides]));
  return claim.entries().every(([term, sides]) => {
    const given = evidence.get(term) ?? all;
    return sides
      .values()
      .every((side) => given.has(side) || given.has("both") || (side === "both" && given.size === 2));
  });
}
