import { terms } from "#text";

/** Words with which people ask, stemmed like terms: they say what is wanted, not what it is about. */
const askingTerms = new Set(
  terms(
    `answer case describe diagnosis evidence explain find finding findings following given identify image images indicate likely
     main most patient picture point points present question radiograph scan see seen show shown shows slide suggest support
     supports supported tell tile view views visible what which x-ray xray xrays`,
  ),
);

const normalLabel =
  /^(no ((acute|abnormal|significant|cardiopulmonary) )*(abnormality|abnormalities|findings?)|normal( (chest|study|image|tissue|x-ray|radiograph|scan|slide))?|none|unremarkable|healthy( tissue)?)$/i;
const abnormalOption = /^(abnormal|abnormality|abnormalities|any (abnormality|finding))$/i;

/** What a question is about: its terms without those that only ask. */
export function subjectTerms(question: string): Set<string> {
  return new Set(terms(question)).difference(askingTerms);
}

/** A question as a query: its words that say what it is about, as they are written; empty where it only asks. */
export function subjectQuery(question: string): string {
  const words = question.match(/[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*/gu) ?? [];
  return words.filter((word) => subjectTerms(word).size > 0).join(" ");
}

/** Whether a question asks if something is so ("Is there a pneumothorax?") and says what. */
export function asksWhether(question: string): boolean {
  return (
    /^\s*(any|are|can|could|do|does|has|have|is|was|were)(n['’]t)?\b/i.test(question) &&
    subjectTerms(question).size > 0
  );
}

/** Whether a label says that nothing was found, so that no passage can describe it. */
export function saysNothingFound(label: string): boolean {
  return normalLabel.test(label.trim().replaceAll("_", " "));
}

/** Whether an option says that something was found, and not what. */
export function saysSomethingFound(option: string): boolean {
  return abnormalOption.test(option.trim());
}
