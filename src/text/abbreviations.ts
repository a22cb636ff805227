const window = 40;

const abbreviation =
  /(?:^|[^\p{L}\p{N}])(?:Drs?|Mrs?|Ms|Prof|[Ff]igs?|[Ee]qs?|Refs?|Secs?|Tabs?|[Vv]s|[Aa]pprox|ca|[Cc]f|[Ee]\.?g|[Ii]\.?e|et al|resp|[Vv]ol|[Mm]ax|[Mm]in|pp|[Dd]ept|St|Jr|Sr)\.\s*$/u;
/** "No. 3" is a number; "No. The heart is large." is an answer. */
const number = /(?:^|[^\p{L}\p{N}])Nos?\.\s*$/iu;
const initial = /(?:^|(\p{L}+)[^\p{L}\p{N}]+|\.\s?)\p{Lu}\.\s*$/u;
const listNumber = /^\s*\d{1,2}[.)]\s*$/;
/** A question mark that stands alone asks about what follows: "? pneumonia". */
const loneQuestionMark = /(?:^|[\s,;(])\?\s*$/;

/** Whether a sentence that seems to end at `end` goes on, because its period belongs to an abbreviation or an initial. */
export function continuesAfter(candidate: { text: string; start: number; end: number }): boolean {
  const { text, end } = candidate;
  const start = Math.max(candidate.start, end - window);
  const tail = text.slice(start, end);
  if (loneQuestionMark.test(tail)) return true;
  if (!/[.)]\s*$/.test(tail)) return false;
  if (abbreviation.test(tail)) return true;
  if (number.test(tail)) return /^\s*[#\d]/.test(text.slice(end, end + 8));
  if (start === candidate.start && listNumber.test(tail)) return true;
  const found = initial.exec(tail);
  return found !== null && (isName(found[1]) || /^\p{Lu}\.\s/u.test(text.slice(end, end + 3)));
}

/** An initial follows a name, an initial or nothing, or goes before one; "hepatitis C." and "Type B." end their sentences. */
function isName(previous: string | undefined): boolean {
  return previous === undefined || (/^\p{Lu}/u.test(previous) && !beforeLetter.test(previous));
}

const beforeLetter =
  /^(?:vitamin|hepatitis|influenza|type|group|grade|stage|class|factor|part|panel|option|answer|choice|figure|table|lead)$/iu;
