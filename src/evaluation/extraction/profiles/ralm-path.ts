import type { ExtractionProfile } from "../extraction.ts";
import { pythonSpace, strip, stripCharacter } from "../python-text.ts";

const marks = [
  ";",
  "/",
  "[",
  "]",
  '"',
  "{",
  "}",
  "(",
  ")",
  "=",
  "+",
  "\\",
  "_",
  "-",
  ">",
  "<",
  "@",
  "`",
  ",",
  "?",
  "!",
];

const stated = new RegExp(`answer:${pythonSpace}*([a-z0-9]+)`);

/**
 * The cleaning of RALM-Path's scorer (ttchu1221/RALM-Path, model_eval/eval.py, `process`), kept to the letter: line breaks become
 * spaces; a mark with a space at its side goes, any other becomes a space, and all go where a comma stands between digits; the first
 * 32 periods without a digit behind them go; quotes and parentheses go from the ends; lower case; of "answer: x" the word x.
 */
export function cleanAnswer(answer: string): string {
  const text = strip(answer.replace(/[\n\t]/g, " "));
  const everywhere = /\p{Nd},\p{Nd}/u.test(text);
  let cleaned = text;
  for (const mark of marks) {
    const goes = everywhere || text.includes(`${mark} `) || text.includes(` ${mark}`);
    cleaned = cleaned.replaceAll(mark, goes ? "" : " ");
  }
  let periods = 0;
  cleaned = cleaned.replace(/\.(?!\p{Nd})/gu, (period) => (periods++ < 32 ? "" : period));
  for (const edge of ["'", '"', ")", "("]) cleaned = stripCharacter(cleaned, edge);
  cleaned = strip(cleaned).toLowerCase();
  return stated.exec(cleaned)?.[1] ?? cleaned;
}

/**
 * What the scorer takes for the prediction: the first element of the answer, which is a text's first character, cleaned; of a colon the
 * last part of one character. Null for an empty answer, at which the scorer stops.
 */
export function firstCharacterLabel(output: string): string | null {
  const [first] = output;
  return first === undefined ? null : elementLabel(first);
}

/** As the scorer reads an element, be it a character or, of an answer that is a list, a whole text. */
export function elementLabel(element: string): string {
  const cleaned = cleanAnswer(element);
  return (
    cleaned
      .split(":")
      .map(strip)
      .findLast((part) => [...part].length === 1) ?? cleaned
  );
}

/** RALM-Path's scorer: "Based on the image…" is option B. */
export const ralmPath: ExtractionProfile = {
  name: "ralm-path",
  description: "the first character alone, as RALM-Path's published scorer reads it",
  extract(output, options) {
    const read = firstCharacterLabel(output);
    const option =
      read === null || read === "" ? undefined : options.find(({ label }) => cleanAnswer(label) === read);
    if (option === undefined) return { state: "unparsed" };
    return { state: "parsed", rung: "tolerant", label: option.label, text: option.text };
  },
};
