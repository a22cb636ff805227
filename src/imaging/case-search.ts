import type { Case, Exclusions } from "#contracts";
import type { Collection, Filter } from "#store";
import { caseFromRecord } from "./case-collection.ts";
import { descriptorQuery, fingerprintQuery, partCosine } from "./case-vector.ts";
import type { DecodedImage } from "./decode.ts";
import type { ImageEmbedder } from "./descriptor/index.ts";
import { fingerprintOf, isFlat, samePictureCosine } from "./fingerprint.ts";
import { knownIdentity } from "./identity.ts";

export type CaseHit = { case: Case; score: number };

type ImageSearch = {
  collection: Collection;
  embedder: ImageEmbedder;
  images: readonly DecodedImage[];
  top: number;
  /** Ids of the patient, each of which may be the library's. */
  patientIds?: readonly string[];
  slideId?: string;
};

/**
 * The cases most similar to any of several images of one question, best first: a case's score is its highest cosine with
 * one of them. Left out are the images themselves (the same pixels, or the same picture at another size or encoded again), and
 * every case of their patients and slides, whether named in the request or known from the library's own entries of the image. An
 * unknown patient or slide equals no other.
 */
export async function searchCasesByImage(
  request: ImageSearch,
): Promise<{ hits: CaseHit[]; searched: number; excluded: Exclusions }> {
  const { collection, top } = request;
  // The store looks for the images themselves while they are described here.
  const [{ filter, excluded }, queries] = await Promise.all([findExclusions(request), describe(request)]);
  const columns = ["record"];
  const [searched, ...found] = await Promise.all([
    collection.count(filter),
    ...queries.map((vector) => collection.searchVector({ vector, top, columns, filter })),
  ]);
  const best = new Map<string, { record: string; score: number }>();
  for (const { row, score } of found.flat()) {
    if (score > (best.get(row.id)?.score ?? -2)) best.set(row.id, { record: row.record ?? "", score });
  }
  const ranked = [...best.values()].sort((a, b) => b.score - a.score).slice(0, top);
  return {
    hits: ranked.map(({ record, score }) => ({ case: caseFromRecord(record), score: partCosine(score) })),
    searched,
    excluded,
  };
}

async function describe({ embedder, images }: ImageSearch): Promise<Float32Array[]> {
  return images.map((image) => descriptorQuery(embedder.embed(image)));
}

async function findExclusions(request: ImageSearch): Promise<{ filter: Filter; excluded: Exclusions }> {
  const { collection } = request;
  const known = await findSameImages(request);
  const identities = (named: readonly string[], column: "patientId" | "slideId") => {
    const values = new Set([
      ...named.map((id) => knownIdentity(id) ?? ""),
      ...known.map((row) => row[column] ?? ""),
    ]);
    values.delete("");
    return oneOf(column, values);
  };
  const sameImage = oneOf("id", new Set(known.map((row) => row.id)));
  const samePatient = identities(request.patientIds ?? [], "patientId");
  const sameSlide = identities(request.slideId === undefined ? [] : [request.slideId], "slideId");
  const count = (filter: Filter, ...without: Filter[]) =>
    collection.count({ type: "all", filters: [filter, ...without.map(not)] });
  const [patientCases, slideCases] = await Promise.all([
    count(samePatient, sameImage),
    count(sameSlide, sameImage, samePatient),
  ]);
  return {
    filter: not({ type: "any", filters: [sameImage, samePatient, sameSlide] }),
    excluded: { sameImage: known.length, samePatient: patientCases, sameSlide: slideCases },
  };
}

const identityColumns = ["patientId", "slideId"];

type IdentityRow = Awaited<ReturnType<Collection["find"]>>[number];

/** The library's own entries of the images. */
async function findSameImages({ collection, embedder, images }: ImageSearch): Promise<IdentityRow[]> {
  const filter = oneOf("pixelHash", new Set(images.map((image) => image.pixelHash)));
  const fingerprints = images.map((image) => fingerprintOf(image.raster)).filter((found) => !isFlat(found));
  const rows = await Promise.all([
    collection.find({ filter, columns: identityColumns }),
    ...fingerprints.map((found) => findCopies(collection, fingerprintQuery(found, embedder.dimension))),
  ]);
  return [...new Map(rows.flat().map((row) => [row.id, row])).values()];
}

async function findCopies(collection: Collection, vector: Float32Array): Promise<IdentityRow[]> {
  for (let top = 50; ; top *= 10) {
    const hits = await collection.searchVector({ vector, top, columns: identityColumns });
    const copies = hits.filter(({ score }) => partCosine(score) >= samePictureCosine);
    if (copies.length < top) return copies.map(({ row }) => row);
  }
}

function oneOf(column: string, values: ReadonlySet<string>): Filter {
  return { type: "one-of", column, values: [...values] };
}

function not(filter: Filter): Filter {
  return { type: "not", filter };
}

/** The cases whose labels or text fit a query in plain words, best first, by BM25. */
export async function searchCasesByText(request: {
  collection: Collection;
  query: string;
  top: number;
  /** Only cases of these corpora; all unless given. */
  corpora?: readonly string[];
}): Promise<CaseHit[]> {
  const { collection, query, top, corpora: values } = request;
  const only = values ? { filter: { type: "one-of", column: "corpus", values } as const } : {};
  const hits = await collection.searchTerms({ query, top, columns: ["record"], ...only });
  return hits.map(({ row, score }) => ({ case: caseFromRecord(row.record ?? ""), score }));
}
