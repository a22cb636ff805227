import { type Passage, passageSchema } from "#contracts";
import { canonicalJson, sha256 } from "#platform";
import type { CollectionSchema, Row } from "#store";
import { documentKey } from "./document-key.ts";

/** How passages lie in a store. `document` and `contentHash` tell whether a document is there, and whether it is the same. */
export const passageCollection: CollectionSchema = {
  name: "passages",
  text: ["corpus", "document", "contentHash", "record"],
  keys: ["document", "contentHash"],
  terms: "words",
};

/**
 * How the vectors of passages lie in a store, a collection an embedder. The id is that of the passage; `textHash` tells whether the
 * vector is still that of its text.
 */
export function passageVectorCollection(given: { name: string; dimension: number }): CollectionSchema {
  return {
    name: given.name,
    text: ["corpus", "document", "textHash"],
    keys: ["document"],
    vector: { column: "vector", dimension: given.dimension },
  };
}

/** What an embedder is given of a passage: the headings go with the title, as in MedRAG's StatPearls. */
export function embeddedText({ title, headings, text }: Passage): { title: string; text: string } {
  const path = [title, ...headings.filter((heading) => heading !== title)];
  return { title: path.filter((part) => part !== "").join(" -- "), text };
}

/** A passage with its vector as a row of `passageVectorCollection`. */
export function passageVectorRow(given: { passage: Passage; vector: Float32Array }): Row {
  const { passage, vector } = given;
  return {
    id: passage.id,
    corpus: passage.corpus,
    document: documentKey({ corpus: passage.corpus, id: passage.source.document }),
    textHash: embeddedTextHash(passage),
    vector,
  };
}

/** SHA-256 of what an embedder is given of a passage. */
export function embeddedTextHash(passage: Passage): string {
  return sha256(canonicalJson(embeddedText(passage)));
}

/** A passage as a row; `contentHash` is that of its whole document. Title and headings are searched with the text. */
export function passageRow({ passage, contentHash }: { passage: Passage; contentHash: string }): Row {
  const headings = passage.headings.filter((heading) => heading !== passage.title);
  return {
    id: passage.id,
    corpus: passage.corpus,
    document: documentKey({ corpus: passage.corpus, id: passage.source.document }),
    contentHash,
    record: JSON.stringify(passage),
    words: [passage.title, ...headings, passage.text].join("\n"),
  };
}

export function passageFromRecord(record: string): Passage {
  return passageSchema.parse(JSON.parse(record));
}
