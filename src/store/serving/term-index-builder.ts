import { termOf, tokensOf } from "./analyze.ts";
import { withRoom } from "./growable.ts";
import type { Postings } from "./term-index.ts";

/** BM25's parameters, as LanceDB has them. */
const k1 = 1.2;
const b = 0.75;

/** Marks a token that makes no term. */
const noTerm = -1;

/** Takes documents in, one after the other, and makes postings of them. The n-th document added is document n. */
export function createTermIndexBuilder() {
  const terms = new Map<string, number>();
  const termOfToken = new Map<string, number>();
  let frequencies = new Uint32Array(1024);
  let documentsOf = new Uint32Array(1024);
  let lengths = new Uint32Array(1024);
  let ends = new Uint32Array(1024);
  let entryTerms = new Uint32Array(1 << 16);
  let entryFrequencies = new Uint32Array(1 << 16);
  let documentCount = 0;
  let entryCount = 0;
  let totalLength = 0;

  const termOfKnown = (token: string) => {
    const known = termOfToken.get(token);
    if (known !== undefined) return known;
    const name = termOf(token);
    let term = noTerm;
    if (name !== undefined) {
      term = terms.get(name) ?? terms.size;
      if (term === terms.size) terms.set(name, term);
    }
    termOfToken.set(token, term);
    return term;
  };

  return {
    add(text: string): void {
      const found: number[] = [];
      let length = 0;
      for (const token of tokensOf(text)) {
        const term = termOfKnown(token);
        if (term === noTerm) continue;
        length++;
        if (term >= frequencies.length) frequencies = withRoom(frequencies, term + 1);
        const frequency = frequencies[term] as number;
        if (frequency === 0) found.push(term);
        frequencies[term] = frequency + 1;
      }
      documentsOf = withRoom(documentsOf, terms.size);
      entryTerms = withRoom(entryTerms, entryCount + found.length);
      entryFrequencies = withRoom(entryFrequencies, entryCount + found.length);
      for (const term of found) {
        entryTerms[entryCount] = term;
        entryFrequencies[entryCount++] = frequencies[term] as number;
        frequencies[term] = 0;
        documentsOf[term] = (documentsOf[term] as number) + 1;
      }
      lengths = withRoom(lengths, documentCount + 1);
      ends = withRoom(ends, documentCount + 1);
      lengths[documentCount] = length;
      ends[documentCount++] = entryCount;
      totalLength += length;
    },

    /** Bytes that `finish` holds at its height. */
    bytes: () => 4 * (entryTerms.length + entryFrequencies.length) + 8 * entryCount,

    /** The postings. The builder is of no use after it. */
    async finish(pause: () => Promise<void> | undefined): Promise<Postings> {
      termOfToken.clear();
      const termCount = terms.size;
      const starts = new Uint32Array(termCount + 1);
      const weights = new Float64Array(termCount);
      for (let term = 0; term < termCount; term++) {
        const holding = documentsOf[term] as number;
        starts[term + 1] = (starts[term] as number) + holding;
        weights[term] = (k1 + 1) * Math.log(1 + (documentCount - holding + 0.5) / (holding + 0.5));
      }
      const next = starts.slice(0, termCount);
      const documents = new Uint32Array(entryCount);
      const impacts = new Float32Array(entryCount);
      const maxima = new Float32Array(termCount);
      const average = totalLength / documentCount;
      for (let document = 0, at = 0; document < documentCount; document++) {
        const norm = k1 * (1 - b + (b * (lengths[document] as number)) / average);
        for (const end = ends[document] as number; at < end; at++) {
          const term = entryTerms[at] as number;
          const frequency = entryFrequencies[at] as number;
          const impact = Math.fround(((weights[term] as number) * frequency) / (frequency + norm));
          const place = next[term] as number;
          next[term] = place + 1;
          documents[place] = document;
          impacts[place] = impact;
          if (impact > (maxima[term] as number)) maxima[term] = impact;
        }
        const waiting = pause();
        if (waiting) await waiting;
      }
      return { terms, starts, documents, impacts, maxima, documentCount };
    },
  };
}
