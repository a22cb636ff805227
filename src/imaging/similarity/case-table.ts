import { setImmediate } from "node:timers/promises";
import type { CaseEntry, CaseIdentity } from "./case-entry.ts";
import { createCaseFilterIndex } from "./case-filter.ts";
import { createRelationIndex } from "./relations.ts";
import { createRoundedVectors } from "./rounded-vectors.ts";
import type { SimilarityFit } from "./similarity-fit.ts";
import { createVectorRanking } from "./vector-ranking.ts";

/** Entries read between two turns of the event loop: about 15 milliseconds of work. */
const stride = 256;

/** The cases in columns, each at its position in the order of the entries. Throws as `createCaseIndex`. */
export async function readCaseTable(request: {
  entries: Iterable<CaseEntry> | AsyncIterable<CaseEntry>;
  fit: SimilarityFit;
  keepEncoded: boolean;
  signal?: AbortSignal | undefined;
}) {
  const { entries, fit, keepEncoded, signal } = request;
  const ids: string[] = [];
  const positions = new Map<string, number>();
  const identities: Omit<CaseIdentity, "descriptor">[] = [];
  const projected: Float32Array[] = [];
  const encoded: (Float32Array | undefined)[][] = [];
  const filters = createCaseFilterIndex();
  const descriptors = createRoundedVectors();
  for await (const entry of entries) {
    signal?.throwIfAborted();
    const position = ids.push(entry.id) - 1;
    positions.set(entry.id, position);
    identities.push(identityOf(entry));
    projected.push(entry.projected ?? fit.project(entry));
    filters.add(entry);
    descriptors.add(entry.descriptor);
    for (const [encoder, vector] of keepEncoded ? entry.encoded.entries() : []) {
      encoded[encoder] ??= [];
      encoded[encoder][position] = vector;
    }
    if (ids.length % stride === 0) await setImmediate();
  }
  const relations = createRelationIndex(identities);
  const comesFirst = (a: number, b: number) => (ids[a] ?? "") < (ids[b] ?? "");
  const size = ids.length;
  const byFit = await createVectorRanking({ vectors: projected, size, dimension: fit.dimension, comesFirst });
  const byEncoder = await Promise.all(
    encoded.map((vectors) => {
      const dimension = vectors.find((vector) => vector !== undefined)?.length ?? 0;
      return createVectorRanking({ vectors, size, dimension, comesFirst });
    }),
  );
  const fingerprints = identities.reduce((sum, { fingerprint }) => sum + fingerprint.byteLength, 0);
  const rankings = [byFit, ...byEncoder].reduce((sum, ranking) => sum + ranking.bytes, 0);
  const bytes = fingerprints + rankings + filters.bytes() + descriptors.bytes();
  return { ids, positions, identities, filters, descriptors, relations, byFit, byEncoder, comesFirst, bytes };
}

/** Without the descriptor, in whose memory the fingerprint may lie. */
function identityOf(entry: CaseEntry): Omit<CaseIdentity, "descriptor"> {
  const { pixelHash, patientId, studyId, slideId, fingerprint } = entry;
  return { pixelHash, patientId, studyId, slideId, fingerprint: fingerprint.slice() };
}
