import type { PassageEvidence } from "#contracts";
import { sentences, terms } from "#text";
import { denies } from "./denial.ts";
import { weighTerms } from "./term-weights.ts";

/** A sentence of a passage, quoted: `quote` is the passage's text from `start` to `end`. `score` is 0–1. */
export type ExtractedSentence = {
  evidence: PassageEvidence;
  quote: string;
  start: number;
  end: number;
  score: number;
};

const longestSentence = 400;

/**
 * The sentences that say most about the wanted terms, best first: coverage of these terms (weighted by rarity) by the
 * sentence, half of that by its title and headings added. Questions, references and fragments are passed over, and so are
 * sentences that repeat a chosen one. With `about`, a sentence and its headings must hold at least half of that phrase, and must
 * not deny it.
 */
export function extractSentences(request: {
  passages: readonly PassageEvidence[];
  wanted: ReadonlySet<string>;
  about?: string;
  most: number;
}): ExtractedSentence[] {
  const { passages, wanted, most } = request;
  const about = request.about ?? "";
  const aboutTerms = new Set(terms(about));
  const candidates = passages.flatMap((evidence) => {
    const { title, headings, text } = evidence.passage;
    const context = new Set(terms([title, ...headings].join(" ")));
    return sentences(text)
      .filter((sentence) => isStatement(sentence.text))
      .filter((sentence) => about === "" || !denies(sentence.text, about))
      .map((sentence) => ({ ...sentence, evidence, context, terms: new Set(terms(sentence.text)) }));
  });
  const weights = weighTerms(candidates.map((candidate) => candidate.terms));
  const scored = candidates.flatMap((candidate) => {
    const inContext = candidate.terms.union(candidate.context);
    if (aboutTerms.size > 0 && weights.coverage(aboutTerms, inContext) < 0.5) return [];
    const score = (weights.coverage(wanted, candidate.terms) + weights.coverage(wanted, inContext)) / 2;
    return [{ ...candidate, score }];
  });
  scored.sort((a, b) => b.score - a.score || a.evidence.number - b.evidence.number || a.start - b.start);
  const chosen: typeof scored = [];
  for (const candidate of scored) {
    if (chosen.length === most || candidate.score === 0) break;
    if (!chosen.some((other) => repeats(candidate.terms, other.terms))) chosen.push(candidate);
  }
  return chosen.map(({ evidence, text, start, end, score }) => ({
    evidence,
    quote: text,
    start,
    end,
    score,
  }));
}

function isStatement(sentence: string): boolean {
  return (
    sentence.length <= longestSentence &&
    sentence.split(/\s+/).length >= 4 &&
    !sentence.endsWith("?") &&
    !/^(references?|see also|source|synonyms)\b/i.test(sentence)
  );
}

function repeats(candidate: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return candidate.intersection(other).size > 0.6 * Math.min(candidate.size, other.size);
}
