import { terms } from "#text";
import { medicalPatterns } from "./medical-patterns.ts";
import { medicalTerms } from "./medical-terms.ts";
import { otherTerms } from "./other-terms.ts";

/** `score` is from 0 (another field) to 1 (medicine), and no probability; `reason` is a sentence for a person. */
export type DomainVerdict = {
  verdict: "medical" | "not-medical" | "unclear";
  reason: string;
  score: number;
};

/** The sum of weights from which a text is called medical; below 0 it is called something else. */
const enough = 2;
const longestPhrase = 5;
/** A question says early what it is about. */
const longestText = 4_000;

/**
 * Whether a text asks something of medicine, by the terms and forms of words it holds; no model is asked. Where it names nothing
 * that is known it is unclear, since questions about rare things hold rare words. With medical images any text that names no other
 * field is about them. Measured in docs/quality-guards.md.
 */
export function judgeDomain({ text, hasImages }: { text: string; hasImages: boolean }): DomainVerdict {
  const found = findTerms(text.slice(0, longestText));
  const sum = found.reduce((total, { weight }) => total + weight, 0);
  const score = Number((1 / (1 + Math.exp(1 - sum))).toFixed(2));
  const medical = quote(found.filter(({ weight }) => weight > 0));
  const other = quote(found.filter(({ weight }) => weight < 0));
  if (hasImages) {
    return sum >= 0
      ? { verdict: "medical", reason: "It comes with a medical image.", score: Math.max(score, 0.5) }
      : { verdict: "unclear", reason: `It comes with a medical image, but names ${other}.`, score };
  }
  if (sum >= enough) return { verdict: "medical", reason: `It names ${medical}.`, score };
  if (sum < 0) {
    const beside = medical === "" ? "" : `, which outweighs ${medical}`;
    return { verdict: "not-medical", reason: `It names ${other}${beside}.`, score };
  }
  const named = [medical, other].filter((part) => part !== "").join(" and ");
  const reason =
    named === ""
      ? "It names nothing that is known of medicine or of another field."
      : `It names ${named}, which may be medical or not.`;
  return { verdict: "unclear", reason, score };
}

type Term = { term: string; weight: number };
type Word = { written: string; stem: string };

/** The distinct terms of a text, the longest at each place, and the words whose form is known. */
function findTerms(text: string): Term[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = readWords(plain);
  const found = new Map<string, Term>();
  const read = new Set<string>();
  for (let start = 0; start < words.length; start++) {
    for (let length = Math.min(longestPhrase, words.length - start); length > 0; length--) {
      const part = words.slice(start, start + length);
      const known = lookUp(part);
      if (!known) continue;
      found.set(known.term, known);
      for (const { written } of part) read.add(written);
      start += length - 1;
      break;
    }
  }
  for (const { weight, pattern } of medicalPatterns) {
    for (const [term] of plain.matchAll(pattern)) {
      if (readWords(term).some(({ written }) => !read.has(written))) found.set(term, { term, weight });
    }
  }
  return [...found.values()];
}

/** Without stop words. */
function readWords(text: string): Word[] {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((written) => {
    const [stem] = terms(written);
    return stem === undefined ? [] : [{ written, stem }];
  });
}

function lookUp(part: readonly Word[]): Term | undefined {
  const known = byStems.get(part.map(({ stem }) => stem).join(" "));
  if (known || part.length > 1) return known;
  const written = part[0]?.written ?? "";
  return byWord.get(written) ?? byWord.get(written.replace(/s$/, ""));
}

/** Phrases, and the words of medicine in all their forms. */
const byStems = new Map<string, Term>();
/** Single words of other fields: by their stems "training", "detective" and "radiator" were medical words, too. */
const byWord = new Map<string, Term>();
for (const { weight, terms: list } of [...medicalTerms, ...otherTerms]) {
  for (const written of list.split(",")) {
    const term = written.trim().replace(/\s+/g, " ");
    const words = readWords(term.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase());
    if (weight < 0 && words.length === 1) byWord.set(words[0]!.written, { term, weight });
    else byStems.set(words.map(({ stem }) => stem).join(" "), { term, weight });
  }
}

function quote(found: readonly Term[]): string {
  return found
    .slice(0, 3)
    .map(({ term }) => `“${term}”`)
    .join(", ");
}
