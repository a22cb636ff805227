import { readStatement, type Statement } from "./statement.ts";

const verb =
  "(?:is|are|was|were|has|have|had|can|may|might|should|must|will|does|causes?|leads?|needs?|requires?|hides?|shows?|occurs?|develops?|appears?|increases?|decreases?|reduces?|improves?|affects?|begins?|resolves?)";
const joints = new RegExp(
  `;|,?\\s(?:but|whereas|while|although|though|because|which|so that)\\s|,\\s(?:and|so)\\s|\\sand\\s(?=(?:(?:it|they|this|these)\\s)?${verb}\\s)`,
  "giu",
);
/** A shorter part says too little alone and stays with its neighbor. */
const fewestTerms = 2;

/** The parts of a sentence that each claim something, so that what is right in one does not cover what is wrong in another. */
export function readClauses(sentence: string): Statement[] {
  const whole = readStatement(sentence);
  const parts = sentence.split(joints).map((part) => readStatement(part));
  const stands = parts.length > 1 && parts.every(({ terms }) => terms.size >= fewestTerms);
  return stands ? parts : [whole];
}
