/**
 * How an option only judges. `agrees` and `disagrees` do so with what the question says (yes, no); `present` and `absent`
 * speak of the finding itself, however the question is put; `open` leaves it open.
 */
export type Judgment = "agrees" | "disagrees" | "present" | "absent" | "open";

/** What may follow a yes or no without giving it a subject: ", there is", ", it is not seen", "(present)". */
const echo = String.raw`(?:[\s,;:.(–-]+(?:(?:it|there|this|that|they)\s+(?:is|are|was|were|does|do|has|have)|not|present|absent|seen|visible)(?:n['’]t|\s+(?:not|none|so|one|present|absent|seen|visible))*)?[\s.!)]*`;
const patterns: [Judgment, RegExp][] = [
  ["agrees", new RegExp(`^(?:yes|true|correct)${echo}$`, "i")],
  ["disagrees", new RegExp(`^(?:no|false|incorrect)${echo}$`, "i")],
  ["present", /^(?:(?:it|this) is )?(?:present|positive|seen|visible|detected)\.?$/i],
  ["absent", /^(?:(?:it|this) is )?(?:absent|negative|missing|not (?:present|seen|visible|detected))\.?$/i],
  [
    "open",
    /^(?:maybe|perhaps|possibly|uncertain|unclear|unknown|undetermined|indeterminate|not sure|cannot (?:tell|say|be determined))\.?$/i,
  ],
];

/** The judgment of an option that has no subject of its own; undefined for every other option. */
export function readJudgment(option: string): Judgment | undefined {
  return patterns.find(([, pattern]) => pattern.test(option.trim()))?.[0];
}

const rest =
  /^(?:(?:none|neither|nothing) of (?:these|those|them|the (?:above|others?|(?:above |other |given )?(?:options|choices|answers|findings|diagnoses)))|neither|something else|others?|another (?:finding|diagnosis))\.?$/i;

/** Whether an option stands for all that the other options do not say ("None of the above"). */
export function standsForRest(option: string): boolean {
  return rest.test(option.trim());
}
