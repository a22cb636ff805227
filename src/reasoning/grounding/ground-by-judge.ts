import { type Grounding, MedRoundsError } from "#contracts";
import type { AnswerSentence } from "./answer-sentences.ts";
import { contentTerms } from "./content-terms.ts";
import type { EntailmentJudge } from "./entailment-judge.ts";
import type { Premise } from "./premises.ts";
import { findInvented, type GroundingRequest, groundedSentence, type Reading } from "./reading.ts";

/** A claim is supported from this probability on. */
const leastEntailment = 0.5;
/** How many premises of each claim a judge sees, of what it cites and of all else. */
const mostPremises = 2;

/** A premise of a claim as a judge reads it; `sentence` is the claim's place in the answer. */
export type JudgedPair = { sentence: number; from: Premise; premise: string; hypothesis: string };

/** Each claim with what is most like it in words, of its cited evidence and of all else. A claim that is like nothing has no pair. */
export function pairClaims({ sentences, search, premises }: Reading): JudgedPair[] {
  return sentences.flatMap((sentence, index) => {
    if (!sentence.claims) return [];
    const terms = new Set(contentTerms(sentence.words));
    const isCited = ({ evidence }: Premise) => sentence.cited.includes(evidence);
    const chosen = [isCited, (premise: Premise) => !isCited(premise)].flatMap((among) =>
      search.find(terms, { among, most: mostPremises }).slice(0, mostPremises),
    );
    const cited = premises.filter(isCited).slice(0, mostPremises);
    const froms = chosen.length > 0 ? chosen.map(({ premise }) => premise) : cited;
    return froms.map((from) => pair(sentence, index, from));
  });
}

function pair({ words }: AnswerSentence, sentence: number, from: Premise): JudgedPair {
  const premise = [from.context.text(), from.statement.text()].filter((part) => part !== "").join(": ");
  return { sentence, from, premise, hypothesis: words };
}

/** Matches claims to evidence by a judge's probabilities. Rejects where it fails or does not tell one for each pair. */
export async function groundByJudge(
  { answer, evidence }: GroundingRequest,
  parts: { reading: Reading; pairs: readonly JudgedPair[]; judge: EntailmentJudge; signal: AbortSignal },
): Promise<Grounding> {
  const { reading, pairs, judge, signal } = parts;
  const asked = pairs.map(({ premise, hypothesis }) => ({ premise, hypothesis }));
  const told = asked.length === 0 ? [] : await judge.entails(asked, { signal });
  if (told.length !== pairs.length || !told.every((value) => value >= 0 && value <= 1)) {
    throw new MedRoundsError("endpoint-broken", "The judge did not give a probability for each pair.", {
      judge: judge.name,
      pairs: pairs.length,
    });
  }
  const judged = Map.groupBy(
    pairs.map((one, index) => ({ ...one, score: told[index] ?? 0 })),
    ({ sentence }) => sentence,
  );
  return {
    method: judge.type,
    judge: judge.name,
    sentences: reading.sentences.map((sentence, index) => {
      if (!sentence.claims) return groundedSentence(sentence, null);
      const best = judged.get(index)?.reduce((one, other) => (other.score > one.score ? other : one));
      const supported = best !== undefined && best.score >= leastEntailment;
      const premise = supported ? best.from : null;
      return groundedSentence(sentence, { supported, premise, score: best?.score ?? 0, conflict: null });
    }),
    inventedCitations: findInvented(answer.text, evidence),
  };
}
