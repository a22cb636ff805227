import { type EmbedProgress, type EmbedReport, embedLibrary, type Library } from "#library";
import { loadTextEmbedder, type ModelDownload } from "./text-models.ts";

/**
 * Gives every passage of a library its vector by the embedder of this source, and names the embedder in the library, so that later
 * additions are embedded, too. Throws what loading the embedder does, and as `embedLibrary` of the library.
 */
export async function embedLibraryFrom(request: {
  library: Library;
  source: string;
  /** Whether vectors that the source made when it was another model are dropped. */
  replace?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: EmbedProgress) => void;
  /** Told while a model comes from the hub, which happens once. */
  onDownload?: (download: ModelDownload) => void;
}): Promise<EmbedReport> {
  await using embedder = await loadTextEmbedder(request.source, request.onDownload);
  return await embedLibrary({ ...request, embedder });
}
