import { imageVectorCollection } from "#imaging";
import { passageVectorCollection } from "#knowledge";
import type { Collection, CollectionSchema } from "#store";
import type { Library } from "./library.ts";
import type { ImageEncoderRecord, LibraryManifest, TextEmbedderRecord } from "./manifest.ts";

type Vectors<EmbedderRecord> = { embedder: EmbedderRecord; collection: Collection };

/** What vectors of passages and vectors of cases have apart: where their embedders are named and their collections are kept. */
export type VectorKind<EmbedderRecord extends TextEmbedderRecord = TextEmbedderRecord> = {
  /** What is embedded, as messages tell it. */
  subject: "texts" | "images";
  prefix: string;
  schema(given: { name: string; dimension: number }): CollectionSchema;
  named(manifest: LibraryManifest): readonly EmbedderRecord[];
  name(manifest: LibraryManifest, embedders: EmbedderRecord[]): LibraryManifest;
  opened(library: Library): readonly Vectors<EmbedderRecord>[];
  keep(library: Library, vectors: Vectors<EmbedderRecord>[]): void;
};

export const textVectorKind: VectorKind = {
  subject: "texts",
  prefix: "passage_vectors",
  schema: passageVectorCollection,
  named: ({ textEmbedders }) => textEmbedders,
  name: (manifest, textEmbedders) => ({ ...manifest, textEmbedders }),
  opened: ({ textVectors }) => textVectors,
  keep: (library, textVectors) => {
    library.textVectors = textVectors;
  },
};

export const imageVectorKind: VectorKind<ImageEncoderRecord> = {
  subject: "images",
  prefix: "case_vectors",
  schema: imageVectorCollection,
  named: ({ imageEncoders }) => imageEncoders,
  name: (manifest, imageEncoders) => ({ ...manifest, imageEncoders }),
  opened: ({ imageVectors }) => imageVectors,
  keep: (library, imageVectors) => {
    library.imageVectors = imageVectors;
  },
};
