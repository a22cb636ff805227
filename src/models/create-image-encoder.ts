import { canonicalJson, sha256 } from "#platform";
import { checkGolden } from "./check-golden.ts";
import type { ImageEncoder } from "./image-encoder.ts";
import type { ImageEncoderProvider, ImageVectorSource } from "./image-encoders/image-encoder-provider.ts";
import { imageEncoderProviders } from "./image-encoders/list.ts";
import type { Picture } from "./image-preprocessing/picture.ts";
import { findProvider, parseModelSource } from "./model-source.ts";
import type { TransportLimits } from "./services/transport-limits.ts";
import type { EmbedderProgress } from "./text-embedder.ts";
import { toUnitVector } from "./unit-vector.ts";
import { cacheImages } from "./vector-cache/cached-images.ts";

/** Any image that no model gives a zero vector: its vector tells the dimension. */
const probe: Picture = {
  width: 32,
  height: 32,
  channels: 1,
  data: Uint8Array.from({ length: 32 * 32 }, (_, pixel) => 64 + (pixel % 32) * 4),
};

/**
 * Opens an image encoder by its source: `onnx:FOLDER` or `onnx:HUB-ID`, each also with `?family=NAME`; `infinity:URL#MODEL`,
 * `jina:URL#MODEL`, `vllm:URL#MODEL` or `cohere:URL#MODEL`. One image is embedded at once, to learn the dimension, and a second where
 * the folder has a golden.json. Models of the hub are kept in `cacheFolder`; in `vectorFolder` the vectors of images, which is not for
 * the images of questions, since these may be of a patient.
 * @throws MedRoundsError `model-source-invalid`, `image-family-unknown`, `endpoint-invalid`, `path-missing`, `image-encoder-unusable`,
 * `golden-mismatch`, `transformers-missing`, `vector-invalid`, `service-unreachable`, `service-refused`, `service-broken`, what
 * downloads throw; the methods of the encoder too, and the reason of their signal
 */
export async function createImageEncoder(request: {
  source: string;
  /** The key of a server. */
  apiKey?: string;
  cacheFolder?: string;
  vectorFolder?: string;
  signal?: AbortSignal;
  onProgress?: (progress: EmbedderProgress) => void;
  limits?: TransportLimits;
  /** Those of the list unless told. */
  providers?: readonly ImageEncoderProvider[];
}): Promise<ImageEncoder> {
  const { vectorFolder, signal, providers = imageEncoderProviders, ...options } = request;
  const source = parseModelSource(request.source);
  const provider = findProvider(providers, source);
  const vectors = await provider.open({ ...options, source, signal });
  try {
    const encoder = await checkVectors({ provider: provider.name, vectors, signal });
    if (vectors.folder !== undefined) await checkGolden({ encoder, folder: vectors.folder, signal });
    return vectorFolder === undefined ? encoder : await cacheImages(encoder, vectorFolder);
  } catch (error) {
    await vectors[Symbol.asyncDispose]();
    throw error;
  }
}

async function checkVectors(request: {
  provider: string;
  vectors: ImageVectorSource;
  signal: AbortSignal | undefined;
}): Promise<ImageEncoder> {
  const { provider, vectors } = request;
  const { id, identity, embedTexts } = vectors;
  const [first = []] = await vectors.embedImages([probe], request.signal);
  const dimension = first.length;
  toUnitVector(first, Math.max(1, dimension));
  const check =
    <Item>(
      embed: (
        items: readonly Item[],
        signal: AbortSignal | undefined,
      ) => Promise<readonly ArrayLike<unknown>[]>,
    ) =>
    async (items: readonly Item[], signal?: AbortSignal): Promise<Float32Array[]> => {
      signal?.throwIfAborted();
      if (items.length === 0) return [];
      return (await embed(items, signal)).map((values) => toUnitVector(values, dimension));
    };
  return {
    id,
    dimension,
    fingerprint: sha256(canonicalJson({ provider, identity, dimension })),
    embedImages: check(vectors.embedImages),
    ...(embedTexts !== undefined && {
      embedTexts: check((texts, signal) =>
        embedTexts(
          texts.map((text) => text.toWellFormed()),
          signal,
        ),
      ),
    }),
    [Symbol.asyncDispose]: () => vectors[Symbol.asyncDispose](),
  };
}
