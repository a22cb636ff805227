import { canonicalJson, sha256 } from "#platform";
import type { EmbedderProvider, VectorSource } from "./embedders/embedder-provider.ts";
import { embedderProviders } from "./embedders/list.ts";
import { type EncoderText, type Family, preparePassage, prepareQuery, type Role } from "./families/family.ts";
import { findProvider, parseModelSource } from "./model-source.ts";
import { reportProgress } from "./report-progress.ts";
import type { TransportLimits } from "./services/transport-limits.ts";
import type { EmbedderProgress, TextEmbedder } from "./text-embedder.ts";
import { toUnitVector } from "./unit-vector.ts";
import { cachePassages } from "./vector-cache/cached-passages.ts";
import { rememberQueries } from "./vector-cache/remembered-queries.ts";

/** Any text that no model refuses: its vector tells the dimension. */
const probe = "dimension";

/**
 * Opens a text embedder by its source: `onnx:FOLDER`, `onnx:HUB-ID`, `onnx:QUERY-FOLDER,PASSAGE-FOLDER`, `openai:URL#MODEL` or
 * `tei:URL`, each also with `?family=NAME`. One text is embedded at once, to learn the dimension. With `cacheFolder` the vectors of
 * passages are kept there, and models of the hub.
 * @throws MedRoundsError `model-source-invalid`, `embedder-family-unknown`, `endpoint-invalid`, `path-missing`, `model-unusable`,
 * `transformers-missing`, `vector-invalid`, `service-unreachable`, `service-refused`, `service-broken`; the methods of the embedder
 * the last four too, `path-unwritable` and `disk-full`, and the reason of their signal
 */
export async function createTextEmbedder(request: {
  source: string;
  cacheFolder?: string;
  /** The key of a server. */
  apiKey?: string;
  onProgress?: (progress: EmbedderProgress) => void;
  limits?: TransportLimits;
  /** Those of the list unless told. */
  providers?: readonly EmbedderProvider[];
}): Promise<TextEmbedder> {
  const { cacheFolder, apiKey, onProgress, limits, providers = embedderProviders } = request;
  const source = parseModelSource(request.source);
  const provider = findProvider(providers, source);
  const vectors = await provider.open({ source, cacheFolder, apiKey, onProgress, limits });
  try {
    const checked = await checkVectors(provider.name, vectors);
    const kept = cacheFolder === undefined ? checked : await cachePassages(checked, cacheFolder);
    return rememberQueries(reportProgress(kept, onProgress));
  } catch (error) {
    await vectors[Symbol.asyncDispose]();
    throw error;
  }
}

async function checkVectors(provider: string, vectors: VectorSource): Promise<TextEmbedder> {
  const { id, family, identity } = vectors;
  const [first = []] = await vectors.embed({ role: "query", texts: [prepareQuery(family, probe)] });
  const dimension = first.length;
  toUnitVector(first, Math.max(1, dimension));
  const embed = async (role: Role, texts: readonly EncoderText[], signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    if (texts.length === 0) return [];
    const found = await vectors.embed({ role, texts, signal });
    return found.map((values) => toUnitVector(values, dimension));
  };
  return {
    id,
    dimension,
    fingerprint: sha256(canonicalJson({ provider, identity, family: decidingFields(family), dimension })),
    embedQueries: (queries, signal) =>
      embed(
        "query",
        queries.map((query) => prepareQuery(family, query)),
        signal,
      ),
    embedPassages: (passages, signal) =>
      embed(
        "passage",
        passages.map((passage) => preparePassage(family, passage)),
        signal,
      ),
    [Symbol.asyncDispose]: () => vectors[Symbol.asyncDispose](),
  };
}

/** All but the names by which models are recognized. */
function decidingFields({ models: _, ...fields }: Family): Omit<Family, "models"> {
  return fields;
}
