import { type Passage, passageSchema } from "#contracts";
import type { CollectionSchema, Row } from "#store";
import { documentKey } from "./document-key.ts";

/** How passages lie in a store. `document` and `contentHash` tell whether a document is there, and whether it is the same. */
export const passageCollection: CollectionSchema = {
  name: "passages",
  text: ["corpus", "document", "contentHash", "record"],
  keys: ["document", "contentHash"],
  terms: "words",
};

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
