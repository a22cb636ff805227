import { tagsByVr } from "./dictionary-data.ts";

/** Value representations whose explicit form has a length of four bytes (PS3.5 table 7.1-1). */
const longForms = new Set("OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" "));
const shortForms = new Set("AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split(" "));

let dictionary: Map<string, string> | undefined;

/**
 * The value representation that the standard gives a tag; UN where it gives none. Group lengths are UL, private creators LO
 * (PS3.5 7.2, 7.8.1).
 */
export function standardVr(tag: number): string {
  dictionary ??= readDictionary();
  const digits = tag.toString(16).padStart(8, "0");
  if (digits.endsWith("0000")) return "UL";
  const isPrivate = Number.parseInt(digits.slice(3, 4), 16) % 2 === 1;
  if (isPrivate) return /^[0-9a-f]{4}00[1-9a-f][0-9a-f]$/.test(digits) ? "LO" : "UN";
  const repeating = `${digits.slice(0, 2)}xx${digits.slice(4)}`;
  return dictionary.get(digits) ?? dictionary.get(repeating) ?? "UN";
}

/** Whether two letters are a value representation of PS3.5 section 6.2. */
export function isVr(letters: string): boolean {
  return shortForms.has(letters) || longForms.has(letters);
}

/** One that came after this table has the long form, as PS3.5 6.2 promises. */
export function hasLongLength(vr: string): boolean {
  return !shortForms.has(vr);
}

function readDictionary(): Map<string, string> {
  const vrs = new Map<string, string>();
  for (const [vr, packed] of Object.entries(tagsByVr)) {
    let group = "";
    for (const token of packed.split(/\s+/)) {
      if (token.endsWith(":")) group = token.slice(0, -1);
      else vrs.set(group + token, vr);
    }
  }
  return vrs;
}
