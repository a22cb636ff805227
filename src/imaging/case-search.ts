import type { Case, Exclusions } from "#contracts";
import type { Collection, Filter } from "#store";
import { caseFromRecord } from "./case-collection.ts";
import type { DecodedImage } from "./decode.ts";
import type { ImageEmbedder } from "./descriptor/index.ts";

export type CaseHit = { case: Case; score: number };

/**
 * The cases most similar to any of several images of one question, best first: a case's score is its highest cosine with
 * one of them. Left out are the images themselves (equal pixels), and every case of their patients and slides, whether named
 * in the request or known from the library's own entry of the image. An unknown patient or slide equals no other.
 */
export async function searchCasesByImage(request: {
  collection: Collection;
  embedder: ImageEmbedder;
  images: readonly DecodedImage[];
  top: number;
  patientId?: string;
  slideId?: string;
}): Promise<{ hits: CaseHit[]; searched: number; excluded: Exclusions }> {
  const { collection, embedder, images, top } = request;
  const { filter, excluded } = await findExclusions(request);
  const best = new Map<string, { record: string; score: number }>();
  for (const image of images) {
    const vector = embedder.embed(image);
    const hits = await collection.searchVector({ vector, top, columns: ["record"], filter });
    for (const { row, score } of hits) {
      if (score > (best.get(row.id)?.score ?? -2)) best.set(row.id, { record: row.record ?? "", score });
    }
  }
  const ranked = [...best.values()].sort((a, b) => b.score - a.score).slice(0, top);
  return {
    hits: ranked.map(({ record, score }) => ({ case: caseFromRecord(record), score })),
    searched: await collection.count(filter),
    excluded,
  };
}

async function findExclusions(request: {
  collection: Collection;
  images: readonly DecodedImage[];
  patientId?: string;
  slideId?: string;
}): Promise<{ filter: Filter; excluded: Exclusions }> {
  const { collection, images } = request;
  const columns = ["pixelHash", "patientId", "slideId"];
  const sameImage = oneOf("pixelHash", new Set(images.map((image) => image.pixelHash)));
  const known = await collection.find({ filter: sameImage, columns });
  const patients = new Set([request.patientId ?? "", ...known.map((row) => row.patientId ?? "")]);
  const slides = new Set([request.slideId ?? "", ...known.map((row) => row.slideId ?? "")]);
  patients.delete("");
  slides.delete("");
  const samePatient = oneOf("patientId", patients);
  const sameSlide = oneOf("slideId", slides);
  const count = (filter: Filter, ...without: Filter[]) =>
    collection.count({ type: "all", filters: [filter, ...without.map(not)] });
  return {
    filter: not({ type: "any", filters: [sameImage, samePatient, sameSlide] }),
    excluded: {
      sameImage: known.length,
      samePatient: await count(samePatient, sameImage),
      sameSlide: await count(sameSlide, sameImage, samePatient),
    },
  };
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
}): Promise<CaseHit[]> {
  const { collection, query, top } = request;
  const hits = await collection.searchTerms({ query, top, columns: ["record"] });
  return hits.map(({ row, score }) => ({ case: caseFromRecord(row.record ?? ""), score }));
}
