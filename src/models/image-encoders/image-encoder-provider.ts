import type { Picture } from "../image-preprocessing/picture.ts";
import type { ModelSource } from "../model-source.ts";
import type { TransportLimits } from "../services/transport-limits.ts";
import type { EmbedderProgress } from "../text-embedder.ts";

/** A way to reach image encoders: in process, or a protocol of servers. */
export type ImageEncoderProvider = {
  /** What a source begins with. */
  name: string;
  /** A source as people write it. */
  example: string;
  /** Finds the model. Rejects with what the provider says of a source it cannot use. */
  open(request: OpenImageEncoder): Promise<ImageVectorSource>;
};

export type OpenImageEncoder = {
  source: ModelSource;
  apiKey?: string | undefined;
  cacheFolder?: string | undefined;
  onProgress?: ((progress: EmbedderProgress) => void) | undefined;
  limits?: TransportLimits | undefined;
  signal?: AbortSignal | undefined;
};

/** A model that turns images and texts into numbers that nobody has checked yet. */
export type ImageVectorSource = AsyncDisposable & {
  id: string;
  /** What decides the vectors, as JSON: the model's id, or the digests of its files, and how images and texts are prepared. */
  identity: Readonly<Record<string, unknown>>;
  /** The folder with the model's files, which may hold a golden.json. */
  folder?: string;
  /** One vector an image, in their order. */
  embedImages(
    images: readonly Picture[],
    signal: AbortSignal | undefined,
  ): Promise<readonly ArrayLike<unknown>[]>;
  embedTexts?(
    texts: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<readonly ArrayLike<unknown>[]>;
};
