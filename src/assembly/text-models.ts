import { resolve } from "node:path";
import { checkTextEmbedder, type TextEmbedderRecord } from "#library";

/**
 * Below the current folder, as the default library: vectors of passages by content, so that no text is embedded twice, and models
 * that were downloaded.
 */
const cacheFolder = ".medrounds";

/** Loads the embedder of a source, to embed passages with. Throws what `createTextEmbedder` does. */
export async function loadTextEmbedder(source: string) {
  const { createTextEmbedder } = await import("#models");
  return createTextEmbedder({ source, cacheFolder: resolve(cacheFolder) });
}

/** Loads the embedder that made the library's vectors, to embed queries with. Throws `embedder-mismatch` where it is another now. */
export async function loadQueryEmbedder(record: TextEmbedderRecord) {
  const { createTextEmbedder } = await import("#models");
  const embedder = await createTextEmbedder({ source: record.source });
  try {
    checkTextEmbedder(record, embedder);
    return embedder;
  } catch (error) {
    await embedder[Symbol.asyncDispose]();
    throw error;
  }
}

export async function loadReranker(source: string) {
  const { createReranker } = await import("#models");
  return createReranker({ source });
}
