import { resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import type { ImageEncoder } from "#imaging";
import {
  checkImageEncoder,
  checkTextEmbedder,
  type ImageEncoderRecord,
  type TextEmbedderRecord,
} from "#library";
import { readEnvironment } from "#platform";
import { keyForLibrary, strangerOf } from "./key-for-library.ts";

/**
 * Below the current folder, as the default library: vectors of passages by content, so that no text is embedded twice, and models
 * that were downloaded. No vectors of images: a library keeps those itself, and a removal must take them all.
 */
const cacheFolder = ".medrounds";

function request(source: string, apiKey: string | undefined) {
  return { source, cacheFolder: resolve(cacheFolder), ...(apiKey === undefined ? {} : { apiKey }) };
}

/** How much of a file of a model has been downloaded, in bytes. */
export type ModelDownload = { file: string; done: number; total: number };

/** Loads the embedder of a source, to embed passages with. Throws what `createTextEmbedder` does. */
export async function loadTextEmbedder(source: string, onDownload?: (download: ModelDownload) => void) {
  const { createTextEmbedder } = await import("#models");
  return createTextEmbedder({
    ...request(source, readEnvironment().embedderApiKey),
    onProgress: (progress) => {
      if (progress.type === "download") onDownload?.(progress);
    },
  });
}

/** Loads the embedder that a library or a suite names; as these may come from others, not every server is sent the key (`keyForLibrary`). */
export async function loadNamedEmbedder(source: string) {
  const { createTextEmbedder } = await import("#models");
  return createTextEmbedder(request(source, keyForLibrary(source, readEnvironment())));
}

/** Loads the embedder that made the library's vectors, to embed queries with. Throws `embedder-mismatch` where it is another now. */
export async function loadQueryEmbedder(record: TextEmbedderRecord) {
  const embedder = await loadNamedEmbedder(record.source);
  try {
    checkTextEmbedder(record, embedder);
    return embedder;
  } catch (error) {
    await embedder[Symbol.asyncDispose]();
    throw error;
  }
}

/** Loads the encoder of a source, to embed a library's images with. Throws what `createImageEncoder` does. */
export async function loadImageEncoder(
  source: string,
  onDownload?: (download: ModelDownload) => void,
): Promise<ImageEncoder> {
  const { createImageEncoder } = await import("#models");
  return createImageEncoder({
    ...request(source, readEnvironment().embedderApiKey),
    onProgress: (progress) => {
      if (progress.type === "download") onDownload?.(progress);
    },
  });
}

/**
 * Loads the encoder that made the library's vectors, to embed queries with. Throws `encoder-host-unknown` where the library names a
 * host that is not to get images, and `embedder-mismatch` where the encoder is another now.
 */
export async function loadQueryEncoder(record: ImageEncoderRecord): Promise<ImageEncoder> {
  const host = strangerOf(record.source, readEnvironment());
  if (host !== undefined) {
    const message = `The library names ${host} as the server of an image encoder.`;
    throw new MedRoundsError("encoder-host-unknown", message, { host });
  }
  const { createImageEncoder } = await import("#models");
  const encoder = await createImageEncoder(
    request(record.source, keyForLibrary(record.source, readEnvironment())),
  );
  try {
    checkImageEncoder(record, encoder);
    return encoder;
  } catch (error) {
    await encoder[Symbol.asyncDispose]();
    throw error;
  }
}

export async function loadReranker(source: string) {
  const { createReranker } = await import("#models");
  return createReranker(request(source, readEnvironment().rerankerApiKey));
}
