import { contentTerms } from "./content-terms.ts";

const patterns: readonly RegExp[] = [
  // Questions, headings, a list of references.
  /\?["”’)]*$/,
  /:$/,
  /^#{1,6}\s/,
  /^(?:references?|sources?|see also)\b/i,
  // Courtesies.
  /^(?:hello|hi|dear|thanks?|thank you|sure|certainly|of course|you are welcome)\b(?:\W+\S+){0,5}\W*$/i,
  /^(?:I|we) (?:hope|am (?:happy|glad|sorry)|apologi[sz]e)\b/i,
  // What is about to be done or was done.
  /^(?:I|we)(?:['’]ll| will| shall| need to| am going to| have (?:looked|searched|reviewed|compared)| looked| searched| reviewed| used)\b/i,
  /^(?:let (?:me|us)|let['’]s)\b/i,
  // That something is not known.
  /^(?:I|we) (?:cannot|can['’]t|could not|do not know|don['’]t know|am not (?:able|sure|certain)|am unable|are unable)\b/i,
  /\b(?:cannot|can['’]t|could not|not possible to|impossible to|unable to) (?:be )?(?:tell|told|say|said|determined?|judged?|concluded?|decided?|assess(?:ed)?|answer(?:ed)?)\b/i,
  /\b(?:evidence|passages?|sources?|cases?|documents?|search(?:es)?|library|articles?|pages?|records?)\b.{0,80}\b(?:not|n['’]t|nothing|no)\b.{0,20}\b(?:decide|say|mention|answer|state|address|contain|cover|provide|describe|tell|information|hold|give)/i,
  /^(?:there is |there was )?(?:no|not enough|insufficient) (?:information|evidence (?:to|on|about)|data|passage|source)\b/i,
  // Where to turn, and what an answer is not.
  /^please\b/i,
  /\b(?:consult|talk to|speak (?:to|with)|ask) (?:a|an|your|the|with)\b.{0,40}\b(?:doctor|physician|clinician|radiologist|professional|provider|specialist)\b/i,
  /\bnot (?:a substitute for|medical advice|a diagnosis)\b/i,
  /\bfor (?:research|education(?:al)?|information(?:al)?)\b.{0,30}\b(?:purposes|use|only)\b/i,
];

/** What surrounds a choice: "The correct answer is B." */
const choosing =
  /\b(?:the|final|correct|best|most likely|my|answer|option|choice|is|therefore|thus|so|hence)\b/gi;

/** Whether a sentence says nothing that evidence could bear: a courtesy, a plan, that it is not known, or the chosen option's name. */
export function claimsNothing(
  sentence: string,
  options: readonly { label: string; text: string }[],
): boolean {
  return (
    !/\p{L}{2}/u.test(sentence) ||
    patterns.some((pattern) => pattern.test(sentence)) ||
    contentTerms(sentence).length === 0 ||
    isChoice(sentence, options)
  );
}

function isChoice(sentence: string, options: readonly { label: string; text: string }[]): boolean {
  if (options.length === 0) return false;
  const chosen = bare(sentence.replace(choosing, " "));
  return options.some(({ label, text }) =>
    [label, text, `${label} ${text}`].some((name) => bare(name.replace(choosing, " ")) === chosen),
  );
}

function bare(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}
