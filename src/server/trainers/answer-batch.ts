import { MedRoundsError } from "#contracts";
import { searchBatch } from "../search-batch.ts";
import type { ServerContext } from "../server-context.ts";

type Answers = Awaited<ReturnType<typeof searchBatch>>;

/** Passages for each query where a request does not say how many. */
export const defaultTop = 3;

/**
 * Answers a batch of a trainer: for each query in its place up to `top` passages that have words. What a model wrote as its query
 * must not fail the queries of others beside it, so one that is too long is cut. Each query is counted, with whether it found
 * nothing. Throws `request-too-large`.
 */
export async function answerBatch(request: {
  server: ServerContext;
  /** The route by which the trainer asks, for the metrics. */
  route: string;
  queries: readonly string[];
  top: number;
  signal: AbortSignal;
}): Promise<Answers> {
  const { server, route, queries, top, signal } = request;
  const { limits, metrics, emptyResults } = server;
  checkSize({ queries: queries.length, top }, limits);
  const longest = limits.queryCharacters;
  const cut = queries.map((query) => (query.length > longest ? query.slice(0, longest) : query));
  const found = await searchBatch({ server, queries: cut, top, signal });
  const answers = found.map((hits) => hits.filter(hasWords));
  metrics.queries.add({ route }, queries.length);
  metrics.cutQueries.add({ route }, cut.filter((query, index) => query !== queries[index]).length);
  if (top > 0) {
    metrics.emptyQueries.add({ route }, answers.filter((hits) => hits.length === 0).length);
    for (const hits of answers) emptyResults.count(hits.length === 0);
  }
  return answers;
}

/** Of a row that was only a title, the title is all there is to read. */
export function readableText({ title, text }: { title: string; text: string }): string {
  return text.trim() === "" ? title : text;
}

/** A blank passage would take the place of one that says something. */
function hasWords({ passage }: Answers[number][number]): boolean {
  return readableText(passage).trim() !== "";
}

function checkSize(
  { queries, top }: { queries: number; top: number },
  limits: { batchQueries: number; batchTop: number; batchPassages: number },
): void {
  const { batchQueries, batchTop, batchPassages } = limits;
  const refuse = (message: string, limit: number) =>
    new MedRoundsError("request-too-large", message, { limit });
  if (queries > batchQueries) throw refuse(`A batch has up to ${batchQueries} queries.`, batchQueries);
  if (top > batchTop) throw refuse(`A query is answered with up to ${batchTop} passages.`, batchTop);
  if (queries * top > batchPassages) {
    throw refuse(`A batch may ask for up to ${batchPassages} passages in all.`, batchPassages);
  }
}
