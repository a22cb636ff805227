import type { TokenLogprob } from "../ports.ts";

/** A token of a reply, and what of its text stands ahead of the character that was asked for. */
export type TokenPlace = { token: TokenLogprob; before: string; plain: (token: string) => string };

/** Servers tell a space and a line break as vocabularies write them, or as they are. */
const spellings = [
  (token: string) => token,
  (token: string) => token.replaceAll("▁", " ").replaceAll("Ġ", " ").replaceAll("Ċ", "\n"),
];
const contexts = [40, 20, 10, 5];

/**
 * The token that holds the character at an offset of a reply's text. A server's tokens may hold more than the text (thoughts, the end
 * of the turn, a stop string) and write parts of a letter in another way; then the place is found by what stands ahead of it. Undefined
 * where it is not found.
 */
export function tokenAt(
  tokens: readonly TokenLogprob[],
  { text, offset }: { text: string; offset: number },
): TokenPlace | undefined {
  for (const plain of spellings) {
    const joined = tokens.map(({ token }) => plain(token)).join("");
    const place = findOffset(joined, { text, offset });
    if (place === undefined) continue;
    let start = 0;
    for (const token of tokens) {
      const piece = plain(token.token);
      if (start + piece.length > place) return { token, before: piece.slice(0, place - start), plain };
      start += piece.length;
    }
  }
  return undefined;
}

function findOffset(joined: string, { text, offset }: { text: string; offset: number }): number | undefined {
  const whole = joined.lastIndexOf(text);
  if (whole >= 0) return whole + offset;
  for (const ahead of contexts) {
    const found = ahead > offset ? -1 : joined.lastIndexOf(text.slice(offset - ahead, offset + 1));
    if (found >= 0) return found + ahead;
  }
  return undefined;
}
