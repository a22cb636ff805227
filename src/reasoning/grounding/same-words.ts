import { terms } from "#text";

/** Words of clinical prose that mean the same, a group a line. */
const groups = `
  heart cardiac
  lung lungs pulmonary
  kidney kidneys renal
  liver hepatic
  brain cerebral
  stomach gastric
  skin cutaneous
  bone bony osseous
  bowel intestine intestinal gut
  fever febrile pyrexia
  radiograph radiography xray film
  child children pediatric
  baby infant newborn neonate neonatal
  tumor neoplasm
  cause causes causing due lead leads result results produce produces
  treat treated treatment therapy managed management
  drug medication medicine
  physician doctor clinician
  early earliest initial
  large big
  small little
  fluid liquid
  gather gathers collect collects accumulate accumulates accumulation collection
  increase increased increases rise rises rising rose elevated elevation raise raised raises
  decrease decreased decreases reduce reduced reduces reduction fall falls fell decline declines lowers lowered
  enlarged enlargement
  begin begins start starts onset
  death deaths die dies mortality
  illness disease disorder
  common frequent usual
  breathlessness dyspnea
  bleeding bleed bleeds hemorrhage
  swelling edema
  high hypertensive
  remove removed removal resect resected resection
  need needs require requires required
  avoid avoided contraindicated
  broken fractured fracture
  abnormal abnormality
  surgery surgical operation
  blunted blunting blunts
  widened widening wide wider
  stop stopped discontinue discontinued
  worsen worsens worsening worse
  diagnose diagnosed diagnosis
  test testing
  next adjacent adjoining
  advise advised recommend recommended recommendation
  blockage blocked occlusion occluded obstruction obstructed
  weakness weak paresis
  exclude excluded excludes rule
`;

const names: readonly [RegExp, string][] = [
  [/\bhigh blood pressure\b/gi, "hypertension"],
  [/\blow blood pressure\b/gi, "hypotension"],
  [/\bheart attacks?\b/gi, "myocardial infarction"],
  [/\bshort(?:ness)? of breath\b/gi, "dyspnea"],
  [/\bcollapsed lung\b/gi, "pneumothorax"],
  [/\benlarged heart\b/gi, "cardiomegaly"],
  [/\bx[- ]ray(s?)\b/gi, "radiograph$1"],
  [/\bkidney stones?\b/gi, "nephrolithiasis"],
  [/\bblood sugar\b/gi, "glucose"],
  [/\bcannot\b/gi, "can not"],
];

const known = new Map(
  groups
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [first = "", ...others] = terms(line);
      return [first, ...others].map((term) => [plainSpelling(term), plainSpelling(first)] as const);
    }),
);

/** One term for all that mean the same; British spelling as American ("oedema", "haemorrhage", "tumour"). */
export function sameWord(term: string): string {
  const spelled = plainSpelling(term);
  return known.get(spelled) ?? spelled;
}

/** A text with names of several words replaced by the one word that means the same. */
export function unfoldNames(text: string): string {
  return names.reduce((result, [pattern, name]) => result.replace(pattern, name), text);
}

function plainSpelling(term: string): string {
  return term.replace(/ae|oe/g, "e").replace(/our$/, "or");
}
