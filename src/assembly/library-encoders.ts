import { MedRoundsError } from "#contracts";
import type { ImageEncoder, Raster, VectorQuery } from "#imaging";
import type { ImageEncoderRecord, Library } from "#library";
import { loadQueryEncoder } from "./load-models.ts";

/** A server that is down when a process begins need not stay so. */
const retryMilliseconds = 60_000;

/**
 * The image encoders that a library names, to describe queries by; loaded at the first use. One that can't be loaded, or fails, is left
 * out, with a note that says why; loading it is tried again in the background, once a minute at most. Dispose of it to free them.
 */
export type LibraryEncoders = AsyncDisposable & {
  /** The fingerprints of the encoders that can be had. */
  load(): Promise<{ fingerprints: string[]; notes: string[] }>;
  /** An image's vectors in the library's order. */
  embedImage(raster: Raster, signal?: AbortSignal): Promise<{ encoded: Vectors; notes: string[] }>;
  /** The vectors of a text, from several ways to say it, by the encoders that read texts. */
  embedText(
    prompts: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ vectors: VectorQuery[]; notes: string[] }>;
};

type Vectors = readonly (Float32Array | undefined)[];

export function openLibraryEncoders(
  { imageVectors }: Pick<Library, "imageVectors">,
  { retryAfter = retryMilliseconds }: { retryAfter?: number } = {},
): LibraryEncoders {
  const records = imageVectors.map(({ embedder }) => embedder);
  const loading = new AsyncDisposableStack();
  const encoders: (ImageEncoder | undefined)[] = records.map(() => undefined);
  const loadMissing = async () => {
    const notes: string[] = [];
    // One after the other: each may take much memory while it is loaded.
    for (const [index, record] of records.entries()) {
      if (encoders[index]) continue;
      const { value, note } = await unlessFailing(record, () => loadQueryEncoder(record));
      encoders[index] = value && loading.use(value);
      notes.push(...note);
    }
    return { notes, retryAt: notes.length > 0 ? performance.now() + retryAfter : Number.POSITIVE_INFINITY };
  };
  let loaded: ReturnType<typeof loadMissing> | undefined;
  let retry: Promise<unknown> | undefined;
  const load = async () => {
    loaded ??= loadMissing();
    const { notes, retryAt } = await loaded;
    if (retry === undefined && performance.now() >= retryAt) {
      const trying = loadMissing();
      retry = trying.then(
        () => {
          loaded = trying;
          retry = undefined;
        },
        () => {},
      );
    }
    return notes;
  };
  const askEach = async (
    ask: (encoder: ImageEncoder) => Promise<Float32Array | undefined>,
    signal: AbortSignal | undefined,
  ) => {
    const notes = await load();
    const tried = await Promise.all(
      records.map((record, index) => {
        const encoder = encoders[index];
        return encoder ? unlessFailing(record, () => ask(encoder)) : { value: undefined, note: [] };
      }),
    );
    signal?.throwIfAborted();
    return {
      encoded: tried.map(({ value }) => value),
      notes: [...notes, ...tried.flatMap(({ note }) => note)],
    };
  };
  return {
    async load() {
      const notes = await load();
      return { fingerprints: encoders.flatMap((encoder) => encoder?.fingerprint ?? []), notes };
    },
    embedImage: (raster, signal) =>
      askEach(async (encoder) => (await encoder.embedImages([raster], signal))[0], signal),
    async embedText(prompts, signal) {
      const options = { prompts, ...(signal ? { signal } : {}) };
      const { encoded, notes } = await askEach(async (encoder) => {
        if (!encoder.embedTexts) return undefined;
        const { embedPromptEnsemble } = await import("#models");
        return embedPromptEnsemble(encoder, options);
      }, signal);
      return {
        vectors: encoded.flatMap((vector, encoder) => (vector ? [{ encoder, vector }] : [])),
        notes,
      };
    },
    async [Symbol.asyncDispose]() {
      await loaded?.catch(() => {});
      await retry;
      await loading.disposeAsync();
    },
  };
}

async function unlessFailing<Value>(
  { id }: ImageEncoderRecord,
  work: () => Promise<Value>,
): Promise<{ value: Value | undefined; note: string[] }> {
  try {
    return { value: await work(), note: [] };
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
    const note = `Images are compared without ${id}: ${error.message} ${error.cure}`;
    return { value: undefined, note: [note] };
  }
}
