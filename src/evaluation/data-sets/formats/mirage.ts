import { z } from "zod";
import type { DataSetFormat, FileKind, Row } from "../data-set-format.ts";
import { hasFields, readFields, someText, someTexts, textTable } from "../fields.ts";
import { choice } from "../options.ts";

const fields = z.object({
  question: someText,
  options: textTable,
  answer: someText,
  PMID: someTexts.nullish(),
});

/**
 * MIRAGE (Xiong et al. 2024, arXiv 2402.13178): `benchmark.json` of github.com/Teddy-XiongGZ/MIRAGE, an object of tasks (mmlu, medqa,
 * medmcqa, pubmedqa, bioasq), each an object of questions by id with `question`, `options` by label and `answer`, a label. Abstracts are
 * not in it, it asks without context; those of pubmedqa are its questions' ids, those of
 * bioasq are in `PMID` where it was built with that.
 */
export const mirage: DataSetFormat = {
  name: "mirage",
  card: {
    title: "MIRAGE",
    license:
      "public domain (US Government) for the selection; MIT (MedQA, MedMCQA, MMLU, PubMedQA) and CC BY 2.5 (BioASQ) for the questions",
    source: "github.com/Teddy-XiongGZ/MIRAGE",
    splits:
      "none: all 7,663 questions are for testing (MMLU-Med 1,089, MedQA-US 1,273, MedMCQA dev 4,183, PubMedQA* 500, BioASQ-Y/N 618)",
    contamination:
      "Its sources are public since 2019 to 2022 and in the training data of most models; a library of PubMed holds the abstracts that PubMedQA and BioASQ questions were written from.",
  },
  recognizes: isTableOfTasks,
  expand: ({ place, value }) =>
    Object.entries(value).map(([id, question]) => ({
      place: `${place}/${id}`,
      value: typeof question === "object" && question !== null ? { ...question } : {},
    })),
  open:
    () =>
    ({ place, value }: Row) => {
      const { question, options, answer, PMID: articles } = readFields(fields, value);
      const [task, id = ""] = place.split("/");
      return {
        ...{ sourceId: place, question, ...choice(options, answer), tags: { task } },
        sources: articles ?? (task === "pubmedqa" ? [id] : []),
      };
    },
};

function isTableOfTasks(first: Row["value"], kind: FileKind): boolean {
  const question: unknown = Object.values(first)[0];
  return (
    kind === "table" &&
    typeof question === "object" &&
    question !== null &&
    hasFields({ ...question }, "question", "options", "answer")
  );
}
