/** An image by the SHA-256 of its file; `pixels` is how large it is sent at the most, null for as it is. */
export type JudgedImage = { sha256: string; pixels: number | null };

/** A model that judges. Replies are JSON of `schema` (JSON Schema 2020-12), or nearly: they are checked here. */
export type JudgeModel = {
  /** With what tells it from others, as its endpoint. */
  name: string;
  /** How large images it is sent; null where it takes none. */
  images: Pick<JudgedImage, "pixels"> | null;
  /** Rejects with a `MedRoundsError`, or the signal's reason. */
  ask(request: {
    system: string;
    text: string;
    /** Stand in front of the text. */
    images?: readonly JudgedImage[];
    schema: Record<string, unknown>;
    seed: number;
    signal?: AbortSignal;
  }): Promise<unknown>;
};

/** Gives texts their vectors, in order; the cosine of two says how alike they are. */
export type JudgeEmbedder = {
  /** With what tells it from others. */
  name: string;
  /** Rejects with a `MedRoundsError`, or the signal's reason. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly ArrayLike<number>[]>;
};
