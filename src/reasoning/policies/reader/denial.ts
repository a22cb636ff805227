import { findMentions } from "#text";

/** Whether a text mentions a phrase only to deny it. */
export function denies(text: string, phrase: string): boolean {
  const mentions = findMentions(text, phrase);
  return mentions.length > 0 && mentions.every(({ status }) => status === "absent");
}
