import type { DataSetFormat, Row } from "../data-set-format.ts";
import { hasFields, invalidSample } from "../fields.ts";
import { readClassRow } from "./manifest-rows/class-row.ts";
import { expandQuestions, readQuestionRow } from "./manifest-rows/question-row.ts";
import { readRecordRow } from "./manifest-rows/record-row.ts";
import { readReportRow } from "./manifest-rows/report-row.ts";

/**
 * MedRounds' own manifests, JSON lines with an `id` a row, and what is asked by the fields that the row has:
 * - `qa`: a list of questions about the row's image `file`, each with `question` and `answer`
 * - `question` and `answer`, with `options` by label where it is a choice; `answer` yes, no or maybe is a choice of these
 * - `question` and `is_impossible`: a question about records, with `demo_result` or `answer`, the rows of its result, or `sql`
 * - `findings` and `impression`: a report; the impression is asked for, or the whole of it where there is an image
 * - `file` and a class: the field that the suite names as `classField`, else the only one of `labels`; options are all classes
 *
 * `patient_id` and `slide_id` say what stands together; `official_split` or `split` the part; `sources`, or `PMID`, the documents that the
 * question was written from.
 */
export const manifest: DataSetFormat = {
  name: "manifest",
  card: {
    title: "A manifest of cases, questions or reports",
    license: "not stated; the rows' field license, where they have one, is shown instead",
    source: "the manifest's rows, field source",
    splits: "as the rows' field official_split or split has them",
    contamination:
      "Not known to MedRounds: public sets are likely in a model's training data, and their images or texts may be in the library.",
  },
  recognizes: (first, kind) =>
    kind === "lines" && hasFields(first, "id") && (hasFields(first, "file") || hasFields(first, "labels")),
  expand: expandQuestions,
  open:
    (_file, { classField }) =>
    (row: Row) => {
      const { value } = row;
      if (classField !== undefined) return readClassRow(row, classField);
      if (typeof value.is_impossible === "boolean") return readRecordRow(row);
      if (value.question !== undefined) return readQuestionRow(row);
      if (value.findings !== undefined || value.impression !== undefined) return readReportRow(row);
      if (typeof value.file === "string") return readClassRow(row);
      throw invalidSample("It has neither a question, nor a report, nor an image with a class.");
    },
};
