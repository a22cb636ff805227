import { type RowReader, rowDocument, stringField, stringsField, textField } from "../row.ts";

/** A section of a textbook (OpenStax): `text` and `title`, found under `unit`, `chapter` and `headings`. */
export const openstax: RowReader = {
  name: "openstax",
  fits: (row) => "chapter" in row && "headings" in row,
  read: (row) => {
    const text = textField(row, "text");
    const outer = [stringField(row, "unit"), stringField(row, "chapter")].filter(
      (heading) => heading !== undefined,
    );
    const headings = [...outer, ...stringsField(row, "headings")];
    return rowDocument({
      row,
      text,
      title: stringField(row, "title"),
      consumed: ["title", "text", "unit", "chapter", "headings"],
      sections: [{ headings, start: 0, end: text.length }],
    });
  },
};
