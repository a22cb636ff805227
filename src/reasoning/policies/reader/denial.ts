import { findMentions } from "#text";
import { saysNothingFound } from "./subject.ts";

const denyingStart =
  /^(?:no(?: (?:evidence|signs?) of)?|not|without(?: evidence of)?|absence of|negative for|free of|lack of)\s+(?=\S)/i;
const denyingEnd =
  /(?<=\S)[\s:,]+(?:is |are )?(?:absent|negative|excluded|ruled out|not (?:present|seen|identified))\.?$/i;

/** Whether a text mentions a phrase only to deny it. */
export function denies(text: string, phrase: string): boolean {
  const mentions = findMentions(text, phrase);
  return mentions.length > 0 && mentions.every(({ status }) => status === "absent");
}

/** A label or an option without the words that deny the whole of it: "tumor" of "No tumor", and of "Tumor" itself. */
export function withoutDenial(name: string): { phrase: string; denied: boolean } {
  const phrase = name.replace(denyingStart, "").replace(denyingEnd, "");
  return { phrase, denied: phrase !== name };
}

/** Whether a label or an option denies a phrase that it shares, also where it does not hold the phrase word for word. */
export function deniesShared(name: string, phrase: string): boolean {
  return findMentions(name, phrase).length > 0 ? denies(name, phrase) : withoutDenial(name).denied;
}

/** Whether a label or option denies what it names. That nothing was found is a finding of its own, and denies none. */
export function deniesItself(name: string): boolean {
  return !saysNothingFound(name) && withoutDenial(tidy(name)).denied;
}

/** A name as it is compared: one space between words, lower case. */
export function tidy(name: string): string {
  return name.replaceAll("_", " ").trim().replace(/\s+/g, " ").toLowerCase();
}
