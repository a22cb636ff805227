import type { EncoderText, Family, Role } from "../families/family.ts";
import type { ModelSource } from "../model-source.ts";
import type { TransportLimits } from "../services/transport-limits.ts";
import type { EmbedderProgress } from "../text-embedder.ts";

/** A way to reach embedding models: in process, or a protocol of servers. */
export type EmbedderProvider = {
  /** What a source begins with. */
  name: string;
  /** A source as people write it. */
  example: string;
  /** Finds the model. Rejects with what the provider says of a source it cannot use. */
  open(request: OpenRequest): Promise<VectorSource>;
};

export type OpenRequest = {
  source: ModelSource;
  apiKey?: string | undefined;
  cacheFolder?: string | undefined;
  onProgress?: ((progress: EmbedderProgress) => void) | undefined;
  limits?: TransportLimits | undefined;
};

/** A model that turns texts, as its family prepared them, into numbers that nobody has checked yet. */
export type VectorSource = AsyncDisposable & {
  id: string;
  family: Family;
  /** What decides the vectors beside the family: the model's id, or the digests of its files. */
  identity: Readonly<Record<string, string>>;
  /** One vector a text, in their order. */
  embed(request: {
    role: Role;
    texts: readonly EncoderText[];
    signal?: AbortSignal | undefined;
  }): Promise<readonly ArrayLike<unknown>[]>;
};
