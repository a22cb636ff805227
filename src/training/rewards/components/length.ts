import type { Reward } from "../reward.ts";

const shortest = 512;
const longest = 3072;

/** Med-RwR's released length reward, whose band punishes a right answer that is short: off unless a weight is given. */
export const length: Reward = {
  name: "length",
  about: "−1 unless the model itself wrote 512 to 3,072 characters, else 0.",
  read({ modelText }) {
    const characters = countCharacters(modelText, longest + 1);
    return { value: characters >= shortest && characters <= longest ? 0 : -1 };
  },
};

/** Unicode characters, as Python's `len` counts them; no further than `limit`. */
function countCharacters(text: string, limit: number): number {
  let count = 0;
  for (let at = 0; at < text.length && count < limit; count++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return count;
}
