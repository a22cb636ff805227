import { normalizedWords, terms } from "#text";
import type { NoReply } from "../ask-for-json.ts";
import type { Analysis, WrittenQuestion } from "./exam-question.ts";

/** Words of every question about an image; they tell nothing of what is in it. */
const general = new Set(
  terms(
    "image images figure picture scan radiograph x-ray chest ct mri slide section show shows shown seen finding findings patient diagnosis likely best most following which based appearance case view study",
  ),
);
/** So many terms of the observation alone, and this share of them, tell what is in the image. */
const fewestTold = 2;
const toldShare = 0.25;
/** Share of the answer's terms that conclusion or given answer must have. */
const leastOfAnswer = 0.5;
const catchAll = /^(?:all|none|both|any) of (?:the|these|them)\b|^(?:both )?[A-D](?: and |, ?)[A-D]\b/i;

/**
 * What is wrong with a question that was written of an analysis, by the first fault; null where nothing is. It must not say its answer, nor
 * what the image shows; its options must differ; and what is right must be what was concluded.
 */
export function checkQuestion(
  written: WrittenQuestion,
  { analysis, answer }: { analysis: Analysis; answer: string },
): NoReply | null {
  const options = [written.answer, ...written.distractors];
  return (
    checkOptions(options) ??
    checkAnswer(written, { analysis, answer }) ??
    checkSecrets(written, { analysis, answer })
  );
}

function checkOptions(options: readonly string[]): NoReply | null {
  const keys = options.map((text) => normalizedWords(text).join(" "));
  if (keys.includes("") || new Set(keys).size < keys.length) {
    return { reason: "options-alike", message: "Two options say the same, or one says nothing." };
  }
  const sets = options.map((text) => [...new Set(terms(text))].sort().join(" "));
  if (new Set(sets).size < sets.length) {
    return { reason: "options-alike", message: "Two options have the same words." };
  }
  if (!options.some((text) => catchAll.test(text.trim()))) return null;
  return { reason: "option-refers", message: "An option speaks of the others." };
}

type Basis = { analysis: Analysis; answer: string };

function checkAnswer({ answer }: WrittenQuestion, basis: Basis): NoReply | null {
  const said = `${basis.analysis.conclusion} ${basis.answer}`;
  // "No" and "both" are stop words, and have no terms.
  const known = terms(answer);
  const right = new Set(known.length > 0 ? known : normalizedWords(answer));
  const concluded = new Set([...terms(said), ...normalizedWords(said)]);
  const share = right.intersection(concluded).size / Math.max(1, right.size);
  if (share >= leastOfAnswer) return null;
  return { reason: "answer-not-concluded", message: "What is called right is not what was concluded." };
}

function checkSecrets({ question, answer }: WrittenQuestion, { analysis, ...given }: Basis): NoReply | null {
  const asked = new Set(terms(question));
  const says = (text: string) => {
    const said = new Set(terms(text)).difference(general);
    return said.size > 0 && said.isSubsetOf(asked);
  };
  const isWords = terms(given.answer).length > 0 && !/^(?:yes|no|maybe)$/i.test(given.answer.trim());
  if (says(answer) || (isWords && says(given.answer))) {
    return { reason: "reveals-answer", message: "The question holds its answer." };
  }
  const secret = new Set(terms(analysis.observation))
    .difference(new Set(terms(analysis.background)))
    .difference(general);
  const told = secret.intersection(asked);
  if (told.size < fewestTold || told.size / secret.size < toldShare) return null;
  const words = [...told].slice(0, 5).join(", ");
  return { reason: "reveals-image", message: `The question tells what the image shows: ${words}.` };
}
