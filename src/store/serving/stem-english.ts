import {
  type Endings,
  exceptions,
  finished,
  fourthEndings,
  secondEndings,
  thirdEndings,
  verbEndings,
} from "./stem-endings.ts";

/**
 * The stem of an English word in lower case: the Snowball English stemmer (Porter 2) of release 3, which is the one that LanceDB's
 * text index uses. Without the rules for apostrophes, which no term holds.
 */
export function stemEnglish(word: string): string {
  if (word.length < 3) return word;
  const exception = exceptions.get(word);
  if (exception !== undefined) return exception;
  const stem = removePluralEnding(markConsonantY(word));
  if (finished.has(stem)) return stem.replaceAll("Y", "y");
  const regions = regionsOf(markConsonantY(word));
  let result = removeVerbEnding(stem, regions);
  result = replaceFinalY(result);
  result = replaceEnding(result, { endings: secondEndings, regions, allowed: secondAllowed });
  result = replaceEnding(result, { endings: thirdEndings, regions, allowed: thirdAllowed });
  result = replaceEnding(result, { endings: fourthEndings, regions, allowed: fourthAllowed });
  result = removeFinalLetter(result, regions);
  return result.replaceAll("Y", "y");
}

/** Where the regions R1 and R2 of the algorithm begin. */
type Regions = { first: number; second: number };

/** A y that begins the word or follows a vowel is a consonant; it is written Y until the end. */
function markConsonantY(word: string): string {
  if (!word.includes("y")) return word;
  let result = "";
  for (const letter of word) {
    const consonant = letter === "y" && (result === "" || isVowel(result, result.length - 1));
    result += consonant ? "Y" : letter;
  }
  return result;
}

function regionsOf(word: string): Regions {
  const prefix = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(word)?.[0];
  const first = prefix === undefined ? afterVowelAndConsonant(word, 0) : prefix.length;
  return { first, second: afterVowelAndConsonant(word, first) };
}

function afterVowelAndConsonant(word: string, from: number): number {
  let at = from;
  while (at < word.length && !isVowel(word, at)) at++;
  while (at < word.length && isVowel(word, at)) at++;
  return Math.min(word.length, at + 1);
}

function isVowel(word: string, at: number): boolean {
  switch (word.charCodeAt(at)) {
    case 97: // a
    case 101: // e
    case 105: // i
    case 111: // o
    case 117: // u
    case 121: // y
      return true;
    default:
      return false;
  }
}

function hasVowelBefore(word: string, end: number): boolean {
  for (let at = 0; at < end; at++) if (isVowel(word, at)) return true;
  return false;
}

/** Whether the word up to `end` closes with a short syllable. */
function endsShort(word: string, end: number): boolean {
  if (end === 2) return isVowel(word, 0) && !isVowel(word, 1);
  if (end < 3) return false;
  if (word.endsWith("past", end)) return true;
  const last = word[end - 1] ?? "";
  return (
    !isVowel(word, end - 1) && !"wxY".includes(last) && isVowel(word, end - 2) && !isVowel(word, end - 3)
  );
}

function removePluralEnding(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (word.endsWith("ied") || word.endsWith("ies")) return word.slice(0, word.length > 4 ? -2 : -1);
  if (!word.endsWith("s") || word.endsWith("us") || word.endsWith("ss")) return word;
  return hasVowelBefore(word, word.length - 2) ? word.slice(0, -1) : word;
}

function removeVerbEnding(word: string, { first }: Regions): string {
  const ending = verbEndings.find((candidate) => word.endsWith(candidate));
  if (ending === undefined) return word;
  const kept = word.slice(0, -ending.length);
  if (ending.startsWith("eed")) return kept.length >= first ? `${kept}ee` : word;
  if (ending === "ing" && kept.length === 2 && kept[1] === "y" && !isVowel(kept, 0)) return `${kept[0]}ie`;
  if (!hasVowelBefore(kept, kept.length)) return word;
  if (/(?:at|bl|iz)$/.test(kept)) return `${kept}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(kept)) return /^[aeo]..$/.test(kept) ? kept : kept.slice(0, -1);
  return kept.length === first && endsShort(kept, kept.length) ? `${kept}e` : kept;
}

function replaceFinalY(word: string): string {
  const final = word.at(-1);
  if ((final !== "y" && final !== "Y") || word.length < 3 || isVowel(word, word.length - 2)) return word;
  return `${word.slice(0, -1)}i`;
}

type Allowed = (place: { word: string; ending: string; at: number; regions: Regions }) => boolean;

const secondAllowed: Allowed = ({ word, ending, at, regions }) => {
  if (at < regions.first) return false;
  if (ending === "ogi") return word[at - 1] === "l";
  return ending !== "li" || (at > 0 && "cdeghkmnrt".includes(word[at - 1] ?? ""));
};

const thirdAllowed: Allowed = ({ ending, at, regions }) =>
  at >= (ending === "ative" ? Math.max(regions.first, regions.second) : regions.first);

const fourthAllowed: Allowed = ({ word, ending, at, regions }) =>
  at >= regions.second && (ending !== "ion" || word[at - 1] === "s" || word[at - 1] === "t");

/** Replaces the longest ending that fits, where it is allowed; the maps list longer endings first. */
function replaceEnding(
  word: string,
  { endings, regions, allowed }: { endings: Endings; regions: Regions; allowed: Allowed },
): string {
  for (const [ending, replacement] of endings) {
    if (!word.endsWith(ending)) continue;
    const at = word.length - ending.length;
    return allowed({ word, ending, at, regions }) ? word.slice(0, at) + replacement : word;
  }
  return word;
}

function removeFinalLetter(word: string, { first, second }: Regions): string {
  const end = word.length - 1;
  if (word.endsWith("e")) {
    return end >= second || (end >= first && !endsShort(word, end)) ? word.slice(0, end) : word;
  }
  return word.endsWith("l") && end >= second && word[end - 1] === "l" ? word.slice(0, end) : word;
}
