import { type RowReader, rowDocument, stringField, textField } from "../row.ts";

/** A snippet of MedRAG's corpora (Xiong et al. 2024): `id`, `title`, `content`; `contents` repeats title and content for indexing. */
export const medragSnippet: RowReader = {
  name: "medrag-snippet",
  fits: (row) => "content" in row && (row.text ?? null) === null,
  read: (row) => {
    const content = textField(row, "content");
    const repeated = stringField(row, "contents")?.endsWith(content);
    return rowDocument({
      row,
      text: content,
      title: stringField(row, "title"),
      consumed: ["title", "content", ...(repeated ? ["contents"] : [])],
    });
  },
};
