import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { MedRoundsError, type RoundEvent } from "#contracts";
import { searchCasesByImage } from "#imaging";
import { searchPassages } from "#knowledge";
import type { Library } from "#library";
import { type LibraryPort, runRound } from "#reasoning";
import { choosePolicy, type PolicyChoice } from "./choose-policy.ts";
import {
  defaultConfidenceThreshold,
  defaultLimits,
  defaultSeed,
  hashConfiguration,
} from "./configuration.ts";
import { type LoadedImage, loadImage } from "./load-image.ts";
import { readQuestion } from "./read-question.ts";
import { emptyLibrary } from "./search-library.ts";

export type AskRequest = PolicyChoice & {
  library: Library;
  question: string;
  /** Paths of image files, the views of one question. */
  images: readonly string[];
  /** Each `LABEL=text`. */
  options: readonly string[];
  patientId?: string;
  slideId?: string;
  confidenceThreshold?: number;
  seed?: number;
  signal?: AbortSignal;
};

/**
 * Begins a round and resolves to its events. Rejects where the request itself is wrong (question, options, images, endpoint)
 * or the library is empty; all that happens later is an event.
 */
export async function ask(request: AskRequest): Promise<AsyncGenerator<RoundEvent, void>> {
  const { library, confidenceThreshold = defaultConfidenceThreshold, seed = defaultSeed } = request;
  const { patientId, slideId } = request;
  const question = readQuestion({
    text: request.question,
    images: request.images.map((file) => basename(file)),
    options: request.options,
    ...(patientId === undefined ? {} : { patientId }),
    ...(slideId === undefined ? {} : { slideId }),
  });
  const policy = await choosePolicy(request);
  const loaded = await Promise.all(request.images.map(loadImage));
  if ((await library.passages.count()) + (await library.cases.count()) === 0) throw emptyLibrary(library);
  const { identity: model } = policy;
  const { embedder } = library;
  const limits = defaultLimits;
  return runRound({
    id: randomUUID(),
    question,
    images: loaded.map(({ image }) => image),
    policy,
    library: connectLibrary(library, loaded),
    limits,
    confidenceThreshold,
    seed,
    configurationHash: hashConfiguration({ model, limits, confidenceThreshold, embedder }),
    now: () => performance.now(),
    signal: withDeadline(limits.milliseconds * 1.5, request.signal),
  });
}

/** The library as the loop's ports see it. Images were decoded once, when they were loaded. */
function connectLibrary(library: Library, loaded: readonly LoadedImage[]): LibraryPort {
  const decodedOf = new Map(loaded.map(({ image, decoded }) => [image, decoded]));
  return {
    async searchPassages({ query, top }) {
      const hits = await searchPassages({ collection: library.passages, query, top });
      return { hits, searched: await library.passages.count() };
    },
    async findSimilarCases({ images, signal: _signal, ...request }) {
      const decoded = images.map((image) => decodedOf.get(image)).filter((image) => image !== undefined);
      const { cases: collection, embedder } = library;
      return searchCasesByImage({ collection, embedder, images: decoded, ...request });
    },
  };
}

function withDeadline(milliseconds: number, signal?: AbortSignal): AbortSignal {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(
      new MedRoundsError("time-exceeded", "The round took longer than its time limit.", { milliseconds }),
    );
  }, milliseconds);
  timer.unref();
  return signal ? AbortSignal.any([deadline.signal, signal]) : deadline.signal;
}
