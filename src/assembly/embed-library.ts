import {
  type EmbedProgress,
  type EmbedReport,
  embedImages,
  embedLibrary,
  type ImageEmbedReport,
  type Library,
  refitLibrary,
} from "#library";
import { loadImageEncoder, loadTextEmbedder, type ModelDownload } from "./load-models.ts";

type EmbedRequest = {
  library: Library;
  source: string;
  /** Whether vectors that the source made when it was another model are dropped. */
  replace?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: EmbedProgress) => void;
  /** Told while a model comes from the hub, which happens once. */
  onDownload?: (download: ModelDownload) => void;
};

/**
 * Gives every passage of a library its vector by the embedder of this source, and names the embedder in the library, so that later
 * additions are embedded, too. Throws what loading the embedder does, and as `embedLibrary` of the library.
 */
export async function embedLibraryFrom(request: EmbedRequest): Promise<EmbedReport> {
  await using embedder = await loadTextEmbedder(request.source, request.onDownload);
  return await embedLibrary({ ...request, embedder });
}

/**
 * Gives every case of a library the vector of its image by the encoder of this source, as `embedLibraryFrom` does with passages, and
 * then fits anew how cases are compared where the vectors changed much. Throws as it does.
 */
export async function embedImagesFrom(request: EmbedRequest): Promise<ImageEmbedReport> {
  await using encoder = await loadImageEncoder(request.source, request.onDownload);
  const report = await embedImages({ ...request, encoder });
  if (!report.interrupted) await refitLibrary(request.library);
  return report;
}
