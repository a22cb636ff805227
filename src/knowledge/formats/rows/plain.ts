import { type RowReader, rowDocument, stringField, textOrTitle } from "../row.ts";

/** Any row: `text` and perhaps `title`, or a title alone. */
export const plain: RowReader = {
  name: "plain",
  fits: () => true,
  read: (row) =>
    rowDocument({
      row,
      text: textOrTitle(row),
      title: stringField(row, "title"),
      consumed: ["title", "text"],
    }),
};
