import type { CaseEvidence, Citation, DifferentialEntry, LabelStatus } from "#contracts";
import type { ExtractedSentence } from "./extract-sentences.ts";

/** A sentence of an answer with the evidence that bears it. */
export type Claim = { text: string; citations: Omit<Citation, "claim">[] };

/** Marks behind a sentence; a vote of many cases shows the nearest, its citations name all. */
const marksShown = 5;

/**
 * What the similar cases say of a label: how many carry it, or where none does, how many deny it. Cites these cases, or all
 * where they are none.
 */
export function voteClaim({ label }: DifferentialEntry, cases: readonly CaseEvidence[]): Claim {
  const withStatus = (wanted: LabelStatus) =>
    cases.filter(({ case: { labels } }) =>
      labels.some(({ name, status }) => name === label && status === wanted),
    );
  const carrying = withStatus("present");
  const denying = carrying.length > 0 ? [] : withStatus("absent");
  const cited = [carrying, denying, cases].find((some) => some.length > 0) ?? [];
  const said = denying.length > 0 ? `say that ${label} is absent` : `carry the label ${label}`;
  return {
    text: `${denying.length || carrying.length} of the ${cases.length} most similar cases ${said}.`,
    citations: cited.map(({ number }) => ({ evidence: number, quote: null, start: null, end: null })),
  };
}

export function quoteClaims(quotes: readonly ExtractedSentence[]): Claim[] {
  return quotes.map(({ evidence, quote, start, end }) => ({
    text: quote.replace(/\s+/g, " "),
    citations: [{ evidence: evidence.number, quote, start, end }],
  }));
}

/** A leading sentence, which may be empty, and the claims as one text with its citations. */
export function writeClaims(lead: string, claims: readonly Claim[]): { text: string; citations: Citation[] } {
  const sentences = claims.map(({ text, citations }) => {
    const marks = citations.slice(0, marksShown).map(({ evidence }) => `[${evidence}]`);
    return `${text} ${marks.join("")}`;
  });
  return {
    text: [lead, ...sentences].filter((part) => part !== "").join(" "),
    citations: claims.flatMap(({ text, citations }) =>
      citations.map((citation) => ({ claim: text, ...citation })),
    ),
  };
}
