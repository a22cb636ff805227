import { type RowReader, rowDocument, stringField, textField } from "../row.ts";

/** Any row: `text`, perhaps `title`. */
export const plain: RowReader = {
  name: "plain",
  fits: () => true,
  read: (row) =>
    rowDocument({
      row,
      text: textField(row, "text"),
      title: stringField(row, "title"),
      consumed: ["title", "text"],
    }),
};
