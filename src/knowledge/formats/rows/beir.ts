import { type Row, type RowReader, rowDocument, stringField, textOrTitle } from "../row.ts";

/** A document of a BEIR corpus (Thakur et al. 2021): `_id`, `title`, `text`, and perhaps an object `metadata`. */
export const beir: RowReader = {
  name: "beir",
  fits: (row) => "_id" in row && !("id" in row),
  read: (row) => {
    const nested = nestedMetadata(row);
    return rowDocument({
      row,
      text: textOrTitle(row),
      title: stringField(row, "title"),
      consumed: ["title", "text", ...(nested ? ["metadata"] : [])],
      metadata: nested ?? {},
    });
  },
};

/** The fields of `metadata`; null where that is no object, or where one of its fields would hide one of the row's. */
function nestedMetadata(row: Row): Row | null {
  const { metadata } = row;
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) return null;
  return Object.keys(metadata).some((field) => field in row) ? null : { ...metadata };
}
