import { dirname, join } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { parseJson, readBoundedFile } from "#platform";
import type { DataFile, DataSetFormat, Row } from "../data-set-format.ts";
import { hasFields, maybeText, readFields, someText } from "../fields.ts";
import { choice, labelOptions } from "../options.ts";

const original = z.object({ QUESTION: someText, final_decision: someText, YEAR: maybeText });
const mirrored = z.object({ pubid: someText, question: someText, final_decision: someText });
const answers = labelOptions(["yes", "no", "maybe"]);

/**
 * PubMedQA (Jin et al. 2019, arXiv 1909.06146): `ori_pqal.json` of github.com/pubmedqa/pubmedqa, an object by PMID with `QUESTION`,
 * `CONTEXTS`, `final_decision`; the ids in `test_ground_truth.json` beside it are the test set, the others its cross-validation folds
 * (train). Also in Parquet with `pubid`, `question`, `final_decision`. Samples are the questions alone: the abstracts, from which they
 * were written (`sources`, by PMID), belong into a library.
 */
export const pubMedQa: DataSetFormat = {
  name: "pubmedqa",
  card: {
    title: "PubMedQA PQA-L",
    license: "MIT",
    source: "github.com/pubmedqa/pubmedqa",
    splits: "test (500, by test_ground_truth.json) and ten folds for training of the other 500",
    contamination:
      "Abstracts and questions are in the training data of most models. A library that holds the abstracts holds the answers; that is the task where retrieval is measured, and a leak where it is not.",
  },
  recognizes: (first) =>
    hasFields(first, "QUESTION", "final_decision") || hasFields(first, "pubid", "question", "final_decision"),
  async open(file, { signal }) {
    const test = await testIds(file, signal);
    return ({ place, value }: Row) => {
      const isMirror = "pubid" in value;
      const known = isMirror ? readFields(mirrored, value) : readFields(original, value);
      const sourceId = "pubid" in known ? known.pubid : place;
      return {
        sourceId,
        question: "pubid" in known ? known.question : known.QUESTION,
        sources: [sourceId],
        ...choice(answers, known.final_decision),
        split: test && (test.has(sourceId) ? "test" : "train"),
      };
    };
  },
};

/** Undefined where the file of the test set is not there. */
async function testIds(file: DataFile, signal?: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  const list = join(dirname(file.path), "test_ground_truth.json");
  try {
    const bytes = await readBoundedFile(list, { limit: 16 * 1024 * 1024, ...(signal ? { signal } : {}) });
    const decisions = parseJson(new TextDecoder().decode(bytes));
    if (typeof decisions === "object" && decisions !== null) return new Set(Object.keys(decisions));
  } catch (error) {
    if (MedRoundsError.is(error) && error.code === "path-missing") return undefined;
    throw error;
  }
  throw new MedRoundsError("data-set-invalid", "test_ground_truth.json is no object of decisions by PMID.");
}
