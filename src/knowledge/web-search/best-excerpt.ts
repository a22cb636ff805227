import { terms } from "#text";

const longest = 1_200;
const shortestPart = 40;

type Part = { start: number; end: number; score: number };

/**
 * The stretch of a text, at most 1,200 characters of whole paragraphs, that speaks most of a query: rare terms of the query count more
 * than those in every paragraph. Exactly the text's own characters. Undefined where no term of the query occurs.
 */
export function bestExcerpt(text: string, query: string): string | undefined {
  const parts = scoreParts(text, new Set(terms(query)));
  let best: { start: number; end: number; score: number } | undefined;
  for (const [index, first] of parts.entries()) {
    let score = 0;
    for (let last = index; last < parts.length; last++) {
      const part = parts[last]!;
      if (last > index && part.end - first.start > longest) break;
      score += part.score;
      // A longer stretch has to be worth its length.
      const worth = score / Math.sqrt(last - index + 1);
      if (worth > (best?.score ?? 0)) best = { start: first.start, end: part.end, score: worth };
    }
  }
  return best && text.slice(best.start, Math.min(best.end, best.start + longest)).trim();
}

/** Paragraphs, the short ones with those that follow, each with how much of the query it has. */
function scoreParts(text: string, wanted: ReadonlySet<string>): Part[] {
  const parts: { start: number; end: number; found: ReadonlySet<string> }[] = [];
  let start = 0;
  for (const match of [...text.matchAll(/\n{2,}/g), { index: text.length, 0: "" }]) {
    const end = match.index;
    if (end - start < shortestPart && end < text.length) continue;
    for (let from = start; from < end; from += longest) {
      const to = Math.min(end, from + longest);
      parts.push({ start: from, end: to, found: wanted.intersection(new Set(terms(text.slice(from, to)))) });
    }
    start = end + match[0].length;
  }
  const counts = new Map<string, number>();
  for (const { found } of parts) for (const term of found) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weight = (term: string) => Math.log(1 + parts.length / (counts.get(term) ?? 1));
  return parts.map(({ found, ...place }) => ({
    ...place,
    score: [...found].reduce((sum, term) => sum + weight(term), 0),
  }));
}
