import { sentences } from "./sentences.ts";
import { normalizeCase, stem } from "./stems.ts";
import { findTriggers, type Trigger } from "./triggers.ts";

/** Where a finding is mentioned and whether the text affirms it, denies it or leaves it open. */
type Mention = { start: number; end: number; status: "present" | "absent" | "uncertain" };
type Token = { start: number; end: number; stem: string };

const tokenPattern = /[\p{L}\p{N}\p{M}]+/gu;
/** Only these may stand between the words of one mention. */
const joint = /^[\s\-‐‑–/'’]+$/;
/** Denies only what follows at once: "not pneumonia", but not the effusion in "not enlarged, effusion". */
const directDenial = /(?<![\p{L}\p{N}])(?:not|isn['’]t|non)[\s-]+$/iu;

/**
 * Mentions of a phrase in clinical prose, in order, with their status. The words of the phrase must follow one another in one
 * sentence; they match by stem, so "effusions" mentions "effusion". No mention means nothing is known of the finding.
 * Status by triggers near the mention: NegEx (Chapman et al. 2001, "A simple algorithm for identifying negated findings and
 * diseases in discharge summaries") with the clause-wide reach and the uncertain class of ConText (Harkema et al. 2009).
 */
export function findMentions(text: string, phrase: string): Mention[] {
  const wanted = tokens(phrase).map((token) => token.stem);
  const places = findPhrase(text, wanted);
  if (places.length === 0) return [];
  const mentions: Mention[] = [];
  let next = 0;
  for (const sentence of sentences(text)) {
    const inside: { start: number; end: number }[] = [];
    for (
      let place = places[next];
      place !== undefined && place.start < sentence.end;
      place = places[++next]
    ) {
      if (place.end <= sentence.end) {
        inside.push({ start: place.start - sentence.start, end: place.end - sentence.start });
      }
    }
    for (const mention of judge(sentence.text, inside)) {
      mentions.push({
        ...mention,
        start: mention.start + sentence.start,
        end: mention.end + sentence.start,
      });
    }
  }
  return mentions;
}

/**
 * Each word of one sentence by its stem, with the status that `findMentions` would give it there: the words of a trigger
 * itself too, of which it tells nothing.
 */
export function wordStatuses(sentence: string): (Token & { status: Mention["status"] })[] {
  return judge(sentence, tokens(sentence));
}

function tokens(text: string): Token[] {
  return Array.from(text.matchAll(tokenPattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    stem: stem(normalizeCase(match[0])),
  }));
}

/** Places of the phrase, not overlapping. */
function findPhrase(text: string, wanted: readonly string[]): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = [];
  if (wanted.length === 0) return places;
  const found = tokens(text);
  for (let first = 0; first + wanted.length <= found.length; first++) {
    const matches = wanted.every((word, offset) => {
      const token = found[first + offset]!;
      if (token.stem !== word) return false;
      return offset === 0 || joint.test(text.slice(found[first + offset - 1]!.end, token.start));
    });
    if (!matches) continue;
    places.push({ start: found[first]!.start, end: found[first + wanted.length - 1]!.end });
    first += wanted.length - 1;
  }
  return places;
}

/** Each trigger's next neighbor that is not a comma. Found once for all mentions, so that a long list costs no more. */
function skipCommas(triggers: readonly Trigger[]): (Trigger | undefined)[] {
  let next: Trigger | undefined;
  const result = triggers.toReversed().map((trigger) => {
    if (trigger.type !== "comma") next = trigger;
    return next;
  });
  return result.reverse();
}

function judge<Place extends { start: number; end: number }>(
  sentence: string,
  places: readonly Place[],
): (Place & { status: Mention["status"] })[] {
  if (places.length === 0) return [];
  const { preceding, following } = findTriggers(sentence);
  const beyondCommas = skipCommas(following);
  let before = -1;
  let after = 0;
  return places.map((place) => {
    while ((preceding[before + 1]?.end ?? Infinity) <= place.start) before++;
    while ((following[after]?.start ?? Infinity) < place.end) after++;
    const denied = directDenial.test(sentence.slice(Math.max(0, place.start - 8), place.start));
    const left = denied ? "absent" : preceding[before]?.type;
    const behindComma = following[after]?.type === "comma";
    const right =
      behindComma && beyondCommas[after]?.type !== "absentAll" ? "end" : beyondCommas[after]?.type;
    return { ...place, status: combine(left, right) };
  });
}

/** A denial on either side outweighs a doubt. */
function combine(left: Trigger["type"] | undefined, right: Trigger["type"] | undefined): Mention["status"] {
  if (left === "absent" || right === "absent" || right === "absentAll") return "absent";
  return left === "uncertain" || right === "uncertain" ? "uncertain" : "present";
}
