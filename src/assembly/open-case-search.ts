import {
  type CaseIndex,
  type CaseSearchOptions,
  type CaseSearchResult,
  caseFromRecord,
  type SimilarityFit,
  searchCases,
} from "#imaging";
import { type Library, readSimilarity, similarityVersion } from "#library";
import { readEnvironment } from "#platform";
import type { SearchServer } from "#reasoning";
import { tellMissingVectors, tellUnfitted } from "./case-notes.ts";
import { strangerOf } from "./key-for-library.ts";
import { openLibraryEncoders } from "./library-encoders.ts";
import { loadCaseIndex } from "./load-case-index.ts";
import { describeQuestionImage, type QuestionImage } from "./question-image.ts";
import { openRefreshed } from "./refreshed.ts";
import { isPlain, searchCaseTerms } from "./search-case-terms.ts";
import { hostsBeyond, placeOf, serversOf } from "./server-of.ts";
import { isTerm, promptKindOf } from "./text-prompts.ts";

export type CaseQuestion = CaseSearchOptions & {
  /** The views of one question. */
  images?: readonly QuestionImage[];
  text?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** The one search of cases that commands, rounds and server share. Dispose of it to free its models and its memory. */
export type CaseSearch = AsyncDisposable & {
  /**
   * The cases most similar to the images, or that fit the text, or both. Cases that came in the last second may be missing. Throws
   * `usage-invalid` where nothing is asked for, `box-invalid`, and the signal's reason.
   */
  search(question: CaseQuestion): Promise<CaseSearchResult & { notes: string[] }>;
  /** By what cases can be filtered: the values there are, and how many cases have each. */
  values(): Promise<ReturnType<CaseIndex["values"]>>;
  /** All that decides what is found, beside the library's content. Loads the encoders. */
  identity(): Promise<{ similarity: string; encoders: string[] }>;
  /** The servers that take part in a search by image: of the encoders, which are sent the image itself, and of the store. */
  servers: readonly SearchServer[];
  /** What a person should know, such as cases that have no vector yet. Loads the encoders. */
  notes(): Promise<string[]>;
  /** Resolves when the encoders are loaded and the cases lie in memory. Searches are answered before, too. */
  warm(): Promise<void>;
};

/**
 * Puts together the search of a library's cases. They are read into memory at the first search that needs it; encoders are loaded at
 * the first search by image, and one that can't be had is left out, with a note.
 */
export function openCaseSearch(request: {
  library: Library;
  /** Whether the cases are read at once and again when the library changes: for processes that live long. */
  inMemory?: boolean;
  /** How often, in milliseconds, to look whether the library changed. */
  checkEvery?: number;
}): CaseSearch {
  const { library, inMemory = false, checkEvery = 1_000 } = request;
  const { cases, embedder, imageVectors } = library;
  const encoders = openLibraryEncoders(library);
  const sources = imageVectors.map((vectors) => vectors.embedder.source);
  const asked = sources.filter((source) => strangerOf(source, readEnvironment()) === undefined);
  const imageServers = serversOf(asked.map(placeOf)).map((server) => ({ ...server, takesImages: true }));
  const hasTexts = imageVectors.some((vectors) => vectors.embedder.texts);
  let lastFit: SimilarityFit | undefined;
  const version = async () => {
    const tables = [cases, ...imageVectors.map(({ collection }) => collection)];
    const versions = await Promise.all(tables.map((table) => table.version()));
    return [...versions, await similarityVersion(library)].join(" ");
  };
  const readFit = async () => {
    const similarity = await readSimilarity(library);
    // Another process may have added an encoder, which this one can't ask: the fit it began with is still good.
    return { similarity, fit: (similarity.type === "outdated" && lastFit) || similarity.fit };
  };
  const table = openRefreshed({
    checkEvery: inMemory ? checkEvery : Number.POSITIVE_INFINITY,
    version,
    build: async (signal) => {
      const { similarity, fit } = await readFit();
      const index = await loadCaseIndex({
        library,
        fit,
        version,
        keepEncoded: hasTexts,
        isKept: !inMemory,
        signal,
      });
      if (similarity.type === "fitted") lastFit = fit;
      return { index, notes: index.size > 0 && fit !== lastFit ? tellUnfitted(similarity) : [] };
    },
  });
  if (inMemory) table.current().catch(() => {});

  return {
    async search({ images = [], text, signal, ...options }) {
      if (text && images.length === 0 && !hasTexts && isPlain(options)) {
        return { ...(await searchCaseTerms(library, { ...options, text })), notes: [] };
      }
      const by = { embedder, encoders, signal };
      const described = await Promise.all(images.map((image) => describeQuestionImage(image, by)));
      const { index, notes } = await table.current();
      signal?.throwIfAborted();
      const worded =
        hasTexts && text ? await encoders.embedText(await sayText(text, { options, index }), signal) : unsaid;
      const found = await searchCases({
        ...options,
        index,
        images: described.map(({ image }) => image),
        text,
        textVectors: worded.vectors,
        terms: async (query, top) => {
          const ranked = await cases.searchTerms({ query, top, columns: [] });
          return ranked.map(({ row, score }) => ({ id: row.id, score }));
        },
        records: (ids) => readCases(library, ids),
      });
      const told = [...notes, ...described.flatMap((image) => image.notes), ...worded.notes];
      return { ...found, notes: [...new Set(told)] };
    },
    values: async () => (await table.current()).index.values(),
    async identity() {
      const { fit } = await readFit();
      return { similarity: fit.version, encoders: (await encoders.load()).fingerprints };
    },
    servers: [...imageServers, ...serversOf([library.manifest.store])],
    async notes() {
      const { notes } = await encoders.load();
      const missing = await tellMissingVectors(library);
      const hosts = hostsBeyond(imageServers);
      const sent = hosts.length > 0 ? [`Images of searches are sent to ${hosts.join(", ")}.`] : [];
      return [...(await table.current()).notes, ...notes, ...missing, ...sent];
    },
    async warm() {
      await Promise.all([table.current(), encoders.load()]);
    },
    async [Symbol.asyncDispose]() {
      table[Symbol.dispose]();
      await encoders[Symbol.asyncDispose]();
    },
  };
}

const unsaid = { vectors: [], notes: [] };

/** A text in the ways in which it might describe an image. */
async function sayText(
  text: string,
  { options, index }: { options: CaseSearchOptions; index: CaseIndex },
): Promise<readonly string[]> {
  if (!isTerm(text)) return [text];
  const { promptsFor } = await import("#models");
  return promptsFor(text, promptKindOf(options.filter, index));
}

async function readCases({ cases }: Library, ids: readonly string[]) {
  const rows = await cases.find({
    filter: { type: "one-of", column: "id", values: ids },
    columns: ["record"],
  });
  return rows.map(({ record }) => caseFromRecord(record ?? ""));
}
