import type { CaseEntry } from "./case-entry.ts";
import type { CaseFilter, FilterValues } from "./case-filter.ts";
import type { CaseSearchOptions, ImageQuery, VectorQuery } from "./case-query.ts";
import { type CaseSelection, selectCases } from "./case-selection.ts";
import { readCaseTable } from "./case-table.ts";
import { type Choice, type ChosenCase, chooseCases, type Rank } from "./choose-cases.ts";
import { areOfOneSource } from "./diversity.ts";
import type { ComesFirst } from "./ranked-cases.ts";
import type { SimilarityFit } from "./similarity-fit.ts";

/** `likeness` is the highest cosine of the raw built-in descriptors, to about 0.002; it is there in a search by images. */
export type IndexHit = ChosenCase & { id: string; likeness?: number };

export type CaseIndexResult = Choice<IndexHit> &
  Pick<CaseSelection, "excluded" | "unknownValues"> & {
    /** How many cases were left to compare. */
    searched: number;
  };

/** A library's cases in memory, as they were when it was built. Exact; ties are broken by id. */
export type CaseIndex = {
  size: number;
  /** Of the fit. */
  version: string;
  bytes: number;
  /** What can be filtered by. */
  values(): FilterValues;
  /** The cases most similar to any of the images by the fit, less those related to one of them. Throws `vector-invalid`. */
  search(request: CaseSearchOptions & { images: readonly ImageQuery[] }): CaseIndexResult;
  /** The cases nearest to a vector in an encoder's own space. Throws `vector-invalid`. */
  searchByVector(request: CaseSearchOptions & VectorQuery): CaseIndexResult;

  // The parts of which other searches are made.
  positionOf(id: string): number | undefined;
  comesFirst: ComesFirst;
  /** What passes the filter, less what is related to any of the images. */
  select(request: { filter?: CaseFilter | undefined; images?: readonly ImageQuery[] }): CaseSelection;
  /** By the fit: a case scores its highest cosine with one of the images, −1 to 1. */
  byImages(images: readonly ImageQuery[]): Rank;
  /** By the cosine in the space of one encoder, of the cases that it has seen. The index must have been built with `keepEncoded`. */
  byVector(query: VectorQuery): Rank;
  /** The hits of a ranking that the options ask for. */
  choose(request: {
    options: CaseSearchOptions;
    selection: CaseSelection;
    images?: readonly ImageQuery[];
    rank: Rank;
  }): CaseIndexResult;
};

/**
 * Reads the cases into memory, with pauses for other work of the process. Each takes about 1.5 kB, 4 bytes a dimension of the fit, 1
 * of the descriptor, and with `keepEncoded` 4 a dimension of each encoder. Throws `vector-invalid`, the signal's reason, and what
 * reading the entries throws.
 */
export async function createCaseIndex(request: {
  entries: Iterable<CaseEntry> | AsyncIterable<CaseEntry>;
  fit: SimilarityFit;
  /** Keeps the encoders' own vectors, for searches by vector. */
  keepEncoded?: boolean;
  signal?: AbortSignal;
}): Promise<CaseIndex> {
  const { entries, fit, keepEncoded = false, signal } = request;
  const table = await readCaseTable({ entries, fit, keepEncoded, signal });
  const { ids, positions, identities, filters, descriptors, relations, byFit, byEncoder } = table;

  const index: CaseIndex = {
    size: ids.length,
    version: fit.version,
    bytes: table.bytes,
    values: filters.values,

    search({ images, ...options }) {
      const selection = index.select({ filter: options.filter, images });
      return index.choose({ options, selection, images, rank: index.byImages(images) });
    },
    searchByVector({ encoder, vector, ...options }) {
      const selection = index.select({ filter: options.filter });
      return index.choose({ options, selection, rank: index.byVector({ encoder, vector }) });
    },

    positionOf: (id) => positions.get(id),
    comesFirst: table.comesFirst,
    select: (request) => selectCases({ filters, relations, ...request }),
    byImages(images) {
      const queries = images.map((image) => fit.project(image));
      return (subset, top) => byFit.rank({ queries, subset, top });
    },
    byVector({ encoder, vector }) {
      if (!keepEncoded) throw new TypeError("The index was built without the vectors of the encoders.");
      return (subset, top) => byEncoder[encoder]?.rank({ queries: [vector], subset, top }) ?? [];
    },

    choose({ options, selection, images = [], rank }) {
      const { excluded, unknownValues, subset } = selection;
      const least = typeof options.diverse === "number" ? options.diverse : Number.POSITIVE_INFINITY;
      const isAlike = (a: number, b: number) =>
        areOfOneSource(identities[a]!, identities[b]!) || byFit.cosine(a, b) >= least;
      const chosen = chooseCases({ options, selection, rank, withLabel: filters.withLabel, isAlike });
      const hit = (ranked: ChosenCase): IndexHit => {
        const { position } = ranked;
        const cosines = images.map(({ descriptor }) => descriptors.cosine(position, descriptor));
        const likeness = cosines.length > 0 ? { likeness: Math.max(...cosines) } : {};
        return { ...ranked, id: ids[position] ?? "", ...likeness };
      };
      return {
        hits: chosen.hits.map(hit),
        byLabel: chosen.byLabel.map(({ label, hits }) => ({ label, hits: hits.map(hit) })),
        shortOf: chosen.shortOf,
        samePatient: chosen.samePatient.map(hit),
        excluded,
        searched: subset.count,
        unknownValues,
      };
    },
  };
  return index;
}
