import { wordStatuses } from "#text";
import { contentTerm } from "./content-terms.ts";

/** `object` is what stands behind a denied verb: "crosses no sutures" and "sutures are not crossed" deny the same. */
export type Polarity = "present" | "absent" | "uncertain" | "object";

/** Denies whatever verb is behind it; the triggers of `#text` know findings. */
const negator =
  /\b(?:not|never|\p{L}+n't|non|fails? to|failed to)\b(?!\s(?:only|merely|just|simply|necessarily|uncommon|excluded|ruled))/giu;
/** What stands behind one of these is a place or a time, and is not itself denied: "no effusion in the left lung". */
const preposition =
  /^(?:in|at|within|on|from|during|after|before|for|with|among|throughout|over|near|since)$/i;

/** "In adults without asthma, …": what the phrase denies ends with it. */
const introduction = /^(?:in|for|if|when|with|without|among|after|before|unless)\b[^,]*,/i;
const subordinate = /(?=\b(?:if|when|unless|because|since|that)\b)/i;

/** For each meaningful term of a sentence how it is said: denied, left open or affirmed; none where that cannot be told. */
export function readPolarity(sentence: string): Map<string, Set<Polarity>> {
  const polarities = new Map<string, Set<Polarity>>();
  const start = introduction.exec(sentence)?.[0].length ?? 0;
  const parts = [sentence.slice(0, start), ...sentence.slice(start).split(subordinate)];
  for (const part of parts) addPart(polarities, part);
  return polarities;
}

function addPart(polarities: Map<string, Set<Polarity>>, part: string): void {
  const negators = Array.from(part.matchAll(negator), ({ index }) => index);
  let last: Polarity = "present";
  let behindPreposition = false;
  /** How many words a negator still reaches: the verb, and what comes next. */
  let reached = 0;
  for (const { start, end, status } of wordStatuses(part)) {
    const word = part.slice(start, end);
    if (status !== last) behindPreposition = false;
    last = status;
    if (preposition.test(word)) {
      behindPreposition = true;
      reached = 0;
    }
    const term = contentTerm(word);
    if (term === null) continue;
    const known = polarities.get(term) ?? new Set();
    polarities.set(term, known);
    if ((negators[0] ?? Infinity) < start) {
      negators.shift();
      reached = 2;
      behindPreposition = false;
    }
    if (status === "present" && reached > 0) known.add(reached === 2 ? "absent" : "object");
    else if (status === "present" || !behindPreposition) known.add(status);
    reached = Math.max(0, reached - 1);
  }
}

/** "denial" where a term that both hold is denied by one and affirmed by the other, "certainty" where the evidence leaves it open. */
export function comparePolarity(
  claim: ReadonlyMap<string, ReadonlySet<Polarity>>,
  evidence: ReadonlyMap<string, ReadonlySet<Polarity>>,
): "denial" | "certainty" | null {
  const isDenied = (said: ReadonlySet<Polarity> | undefined) => said?.size === 1 && said.has("absent");
  const denyTheSame = claim.entries().some(([term, said]) => isDenied(said) && isDenied(evidence.get(term)));
  let conflict: "certainty" | null = null;
  for (const [term, claimed] of claim) {
    const said = settle(claimed, denyTheSame);
    const given = settle(evidence.get(term) ?? new Set(), denyTheSame);
    if (said.size === 0 || given.size === 0 || !said.isDisjointFrom(given)) continue;
    if (said.has("absent") || given.has("absent")) return "denial";
    if (said.has("present")) conflict = "certainty";
  }
  return conflict;
}

/** An object is denied with its verb, unless both sides deny the same verb. */
function settle(said: ReadonlySet<Polarity>, denyTheSame: boolean): ReadonlySet<Polarity> {
  if (!said.has("object")) return said;
  const others = [...said].filter((polarity) => polarity !== "object");
  return new Set(denyTheSame ? others : [...others, "absent"]);
}
