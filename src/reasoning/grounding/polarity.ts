import { wordStatuses } from "#text";
import { contentTerm } from "./content-terms.ts";

export type Polarity = "present" | "absent" | "uncertain";

/** Denies the clause behind it, whatever its verb; the triggers of `#text` know findings. */
const negator =
  /\b(?:not|never|\p{L}+n't|non|hardly|rarely|seldom|fails? to|failed to)\b(?!\s(?:only|merely|just|simply|necessarily|uncommon|excluded|ruled))/giu;
const clauseEnd = /[,;:.]|\b(?:but|however|although|though|because|which|while|whereas|unless|until|and)\b/giu;
/** What stands behind one of these is a place or a time, and is not itself denied: "no effusion in the left lung". */
const preposition = /^(?:in|at|within|on|from|during|after|before|for|with|among|throughout|over|near|since)$/i;

/** For each meaningful term of a sentence how it is said: denied, left open or affirmed; none where that cannot be told. */
export function readPolarity(sentence: string): Map<string, Set<Polarity>> {
  const denied = deniedSpans(sentence);
  const polarities = new Map<string, Set<Polarity>>();
  let last: Polarity = "present";
  let behindPreposition = false;
  for (const { start, end, status } of wordStatuses(sentence)) {
    const word = sentence.slice(start, end);
    const inSpan = denied.some((span) => start >= span.start && start < span.end);
    const polarity = status === "present" && inSpan ? "absent" : status;
    if (polarity !== last) behindPreposition = false;
    last = polarity;
    if (preposition.test(word)) behindPreposition = true;
    const term = contentTerm(word);
    if (term === null) continue;
    const known = polarities.get(term) ?? new Set();
    if (polarity === "present" || !behindPreposition) known.add(polarity);
    polarities.set(term, known);
  }
  return polarities;
}

function deniedSpans(sentence: string): { start: number; end: number }[] {
  return Array.from(sentence.matchAll(negator), ({ 0: { length }, index }) => {
    clauseEnd.lastIndex = index + length;
    return { start: index, end: clauseEnd.exec(sentence)?.index ?? sentence.length };
  });
}

/** "denial" where a term that both hold is denied by one and affirmed by the other, "certainty" where the evidence leaves it open. */
export function comparePolarity(
  claim: ReadonlyMap<string, ReadonlySet<Polarity>>,
  evidence: ReadonlyMap<string, ReadonlySet<Polarity>>,
): "denial" | "certainty" | null {
  let conflict: "certainty" | null = null;
  for (const [term, said] of claim) {
    const given = evidence.get(term);
    if (!given || said.size === 0 || given.size === 0 || !said.isDisjointFrom(given)) continue;
    if (said.has("absent") || given.has("absent")) return "denial";
    if (said.has("present")) conflict = "certainty";
  }
  return conflict;
}
