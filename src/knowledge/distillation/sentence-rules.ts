import { sentences } from "#text";

/** Why a sentence is no knowledge. */
export type Refusal =
  | "answer"
  | "citation"
  | "question"
  | "one-patient"
  | "not-stand-alone"
  | "fragment"
  | "too-long";

/** The first rule that fits decides. A model is told all this too; what it is told is not always what it does. */
const rules: readonly { refusal: Refusal; pattern: RegExp }[] = [
  { refusal: "question", pattern: /\?\s*$|\b(?:question|q\.?)\s*(?:no\.?|number|id|#)?\s*\d/i },
  {
    refusal: "answer",
    pattern:
      /\b(?:options?|choices?|distractors?)\b(?!\s+(?:for|in|of|is to|to)\b)|\b(?:correct|right|best|wrong|incorrect)\s+(?:answer|one)\b|\b(?:the|our|hence|so|thus|therefore)\s+answer\b|\bans(?:wer)?\s*(?:is|[:.=-])|^\(?[A-E][).:]\s/i,
  },
  {
    refusal: "citation",
    pattern:
      /https?:\/\/|\bwww\.|\bdoi\b|\bPMID\b|\bet al\b|\bibid\b|\b(?:ref|reference)\s*[:.-]|\b(?:pp?|pg|page)\.?\s*(?:no\.?\s*)?\d|\b\d{1,2}(?:st|nd|rd|th)\s+ed(?:ition|n)?\b|\b(?:according to|as (?:stated|given|mentioned) in)\s+(?:Harrison|Robbins|Bailey|Nelson|Guyton|Ganong|Katzung|Park|Gray|Schwartz|Sabiston|Dutta|Shaw|Ghai)/i,
  },
  {
    refusal: "one-patient",
    pattern:
      /\b(?:this|that|our|the (?:given|above|present|described|same))\s+(?:\w+\s+)?(?:patient|case|man|woman|boy|girl|child|infant|neonate|vignette|scenario|stem|image|picture|figure|x-?ray|radiograph)\b|\b\d+[- ]years?[- ]old\b|\bin the (?:question|case|image|picture|figure|vignette)\b/i,
  },
  {
    refusal: "not-stand-alone",
    pattern:
      /^(?:it|its|they|their|them|these|those|this|that|he|she|his|her|such|here|the (?:former|latter|above|following|rest))\b|\b(?:as\s+)?(?:shown|seen|mentioned|described|discussed|listed|given|explained|stated|noted)\s+(?:above|below|earlier|before)\b|\b(?:see|refer to)\s+(?:the\s+)?(?:above|below|table|figure|image)\b|\bthe above\b|\babove[- ](?:mentioned|said)\b|\ball of the above\b|\bnone of (?:the above|these)\b/i,
  },
];

const marks =
  /\s*(?:\[\s*\d+(?:\s*[,;–-]\s*\d+)*\s*\]|\(\s*(?:refs?|pp?|page|pg)\b[^()]*\)|[⁰¹²³⁴-⁹]+(?=[.,;]|$))/giu;
const fewestWords = 4;
const mostWords = 80;

/**
 * The sentences of one entry of a reply: reference marks taken out, white space made single, a period at the end; or why a
 * sentence is left out. Answers, citations and question ids are filtered as Med-RwR's builder does; the other rules are ours.
 */
export function cleanSentences(
  entry: string,
  row: { id: string },
): ({ text: string } | { refusal: Refusal })[] {
  return sentences(entry).map(({ text }) => {
    const tidy = text
      .replace(marks, "")
      .replace(/\s+/g, " ")
      .replace(/\s+([.,;:])/g, "$1")
      .trim();
    const refusal = refusalOf(tidy, row);
    if (refusal !== null) return { refusal };
    return { text: /[.!]["”)]?$/.test(tidy) ? tidy : `${tidy.replace(/[,;:]$/, "")}.` };
  });
}

function refusalOf(text: string, { id }: { id: string }): Refusal | null {
  const rule = rules.find(({ pattern }) => pattern.test(text));
  if (rule) return rule.refusal;
  if (id.length >= 6 && text.includes(id)) return "question";
  const words = text.split(" ").length;
  if (words < fewestWords || !/\p{L}{3}/u.test(text)) return "fragment";
  return words > mostWords ? "too-long" : null;
}
