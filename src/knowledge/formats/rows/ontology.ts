import { type RowReader, rowDocument, stringField, textField } from "../row.ts";

/** A term of an ontology (Disease Ontology, Symptom Ontology): `name`, `def` and a `text` that says both with the synonyms. */
export const ontology: RowReader = {
  name: "ontology",
  fits: (row) => "name" in row && "def" in row,
  read: (row) =>
    rowDocument({
      row,
      text: textField(row, "text"),
      title: stringField(row, "name"),
      consumed: ["name", "text"],
    }),
};
