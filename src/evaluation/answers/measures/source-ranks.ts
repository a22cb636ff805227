import type { Evidence } from "#contracts";
import type { AnsweredSample } from "../answer.ts";
import { documentName, documentNames } from "./document-names.ts";
import { roundEvidence } from "./round-evidence.ts";

/**
 * The documents that a round found, each once, in the order in which they came, and those that the question was written from; null where
 * either is not known. `documentName` says which are the same.
 */
export function sourceRanks({
  sample: { sources = [] },
  answer,
}: AnsweredSample): { isSource: readonly boolean[]; sources: number; found: number } | null {
  const evidence = roundEvidence(answer);
  if (evidence === null || sources.length === 0) return null;
  const wanted = new Set(sources.map(documentName));
  const documents = new Map(evidence.flatMap((one) => documentOf(one)));
  const found = [...documents.values()].map((names) => names.filter((name) => wanted.has(name)));
  return {
    isSource: found.map((names) => names.length > 0),
    sources: wanted.size,
    found: new Set(found.flat()).size,
  };
}

/** What tells a document from others in the libraries of a round, and its names. */
function documentOf(evidence: Evidence): [key: string, names: string[]][] {
  const names = documentNames(evidence);
  if (evidence.type === "page") return [[evidence.page.url, names]];
  if (evidence.type !== "passage") return [];
  const { corpus, source } = evidence.passage;
  return [[`${corpus} ${source.document}`, names]];
}
