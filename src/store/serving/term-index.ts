import { termOf, tokensOf } from "./analyze.ts";
import { type ComesFirst, createBestHits } from "./best-hits.ts";
import { galloped, kthLargest } from "./posting-math.ts";

/**
 * An inverted index: the documents of term t are `documents[starts[t] … starts[t + 1]]`, ascending, and `impacts` holds beside each
 * what the term adds to its BM25 score; `maxima[t]` is the largest of them.
 */
export type Postings = {
  terms: ReadonlyMap<string, number>;
  starts: Uint32Array;
  documents: Uint32Array;
  impacts: Float32Array;
  maxima: Float32Array;
  documentCount: number;
};

export type Hit = { document: number; score: number };

type List = { start: number; end: number; weight: number; most: number };

/** Sums of float32 numbers may exceed the sum of their bounds by rounding; this is more than they ever do. */
const slack = 1 + 1e-5;

/** A stretch of postings is read through where it is shorter than so many times the candidates looked up in it. */
const lookupCost = 12;

/**
 * Searches postings by BM25, exactly. Term by term, those first that can add most (MaxScore: Turtle and Flood 1995): once the terms
 * left can't lift an unseen document among the best, they are only looked up for the documents still in the running.
 */
export function createTermSearch(postings: Postings, comesFirst: ComesFirst) {
  const { documents, impacts, documentCount } = postings;
  const sums = new Float32Array(documentCount);
  const seen = new Uint32Array(documentCount);

  const addAll = ({ start, end, weight }: List, from: number) => {
    let count = from;
    for (let at = start; at < end; at++) {
      const document = documents[at] as number;
      const sum = sums[document] as number;
      if (sum === 0) seen[count++] = document;
      sums[document] = sum + weight * (impacts[at] as number);
    }
    return count;
  };
  /** Adds what a list has for the documents seen so far, and for no other. */
  const addToSeen = ({ start, end, weight }: List, count: number) => {
    if (end - start < lookupCost * count) {
      for (let at = start; at < end; at++) {
        const document = documents[at] as number;
        const sum = sums[document] as number;
        if (sum !== 0) sums[document] = sum + weight * (impacts[at] as number);
      }
      return;
    }
    let at = start;
    for (let index = 0; index < count && at < end; index++) {
      const document = seen[index] as number;
      at = galloped({ sorted: documents, value: document, from: at, end });
      if (documents[at] === document && at < end) {
        sums[document] = (sums[document] as number) + weight * (impacts[at] as number);
      }
    }
  };
  /** Drops the documents seen that can't reach `least` with `rest` more. */
  const keepReaching = (count: number, least: number, rest: number) => {
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const document = seen[index] as number;
      if ((sums[document] as number) * slack + rest >= least) seen[kept++] = document;
      else sums[document] = 0;
    }
    return kept;
  };

  /** The best documents, best first; none where no term of the query is known. */
  return (query: string, top: number): Hit[] => {
    const lists = listsOf(postings, query);
    const best = createBestHits(Math.min(top, documentCount), comesFirst);
    /** What the lists from here on can add at most. */
    const rests = new Float64Array(lists.length + 1);
    for (let at = lists.length - 1; at >= 0; at--) {
      rests[at] = (rests[at + 1] as number) + (lists[at] as List).most * slack;
    }
    let count = 0;
    let closed = false;
    for (const [at, list] of lists.entries()) {
      const rest = rests[at] as number;
      // Finding the threshold reads all documents seen; it is worth it where it may save as much.
      if (count > top && (closed || list.end - list.start > count / 2)) {
        const least = kthLargest({ values: sums, indices: seen, count, top });
        if (closed || rest < least) {
          count = keepReaching(count, least, rest);
          if (!closed) seen.subarray(0, count).sort();
          closed = true;
        }
      }
      if (closed) addToSeen(list, count);
      else count = addAll(list, count);
    }
    for (let index = 0; index < count; index++) {
      const document = seen[index] as number;
      best.offer(document, sums[document] as number);
      sums[document] = 0;
    }
    return best.sorted();
  };
}

/** The lists of a query's terms, those that can add most first; a term that is there twice counts twice. */
function listsOf({ terms, starts, maxima }: Postings, query: string): List[] {
  const lists = new Map<number, List>();
  for (const token of tokensOf(query)) {
    const term = terms.get(termOf(token) ?? "");
    if (term === undefined) continue;
    const weight = (lists.get(term)?.weight ?? 0) + 1;
    const most = weight * (maxima[term] as number);
    lists.set(term, { start: starts[term] as number, end: starts[term + 1] as number, weight, most });
  }
  return [...lists.values()].sort((a, b) => b.most - a.most || a.start - b.start);
}
