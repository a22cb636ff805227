import { z } from "zod";
import type { Draft, Row } from "../../data-set-format.ts";
import { hasFields, invalidSample, maybeText, readFields, someText, textTable } from "../../fields.ts";
import { choice, labelOptions, openOrYesNo } from "../../options.ts";
import { commonFields } from "./common-fields.ts";

const fields = z.object({
  qid: maybeText,
  question: someText,
  answer: someText,
  options: textTable.nullish(),
  labels: z.array(someText).nullish(),
  image_labels: z.array(someText).nullish(),
  subject: maybeText,
  answer_type: maybeText,
  question_type: maybeText,
  phrase_type: maybeText,
});
/** Nobody answers an open question so; without its options the row would be scored against a letter. */
const optionLetter = /^\(?[A-H][).:]?$/i;
const decisions = ["yes", "no", "maybe"];

/** The rows of one question each that a row with a list of them, `qa`, stands for. */
export function expandQuestions(row: Row): readonly Row[] {
  const { qa, labels, ...image } = row.value;
  if (!Array.isArray(qa)) return [row];
  return qa.map((question: unknown, index) => ({
    place: `${row.place}/${index + 1}`,
    value: {
      ...image,
      qid: String(index + 1),
      image_labels: labels,
      ...(typeof question === "object" ? question : {}),
    },
  }));
}

/** A question with its answer: a choice where there are options, or where the answer is yes, no or maybe; else an open one. */
export function readQuestionRow(row: Row): Draft {
  const known = readFields(fields, row.value);
  const common = commonFields(row);
  return {
    ...common,
    sourceId: known.qid ? `${common.sourceId}/${known.qid}` : common.sourceId,
    question: known.question,
    // The contexts are of an abstract that has the question's id.
    sources: common.sources ?? (hasFields(row.value, "contexts") ? [common.sourceId] : undefined),
    ...answered(known, row),
    tags: {
      task: known.options ? known.labels?.[0] : undefined,
      label: known.image_labels?.[0],
      subject: known.subject,
      answer_type: known.answer_type?.toLowerCase(),
      question_type: known.question_type,
      phrase_type: known.phrase_type,
    },
  };
}

function answered({ answer, options }: z.infer<typeof fields>, row: Row): Pick<Draft, "options" | "gold"> {
  if (options) return choice(options, answer);
  if (optionLetter.test(answer))
    throw invalidSample(`The answer ${answer} is an option's letter, and the row has no options.`);
  // With the contexts of PubMedQA a question is answered by yes, no or maybe.
  const isDecision = hasFields(row.value, "contexts") && decisions.includes(answer);
  return isDecision ? choice(labelOptions(decisions), answer) : openOrYesNo(answer);
}
