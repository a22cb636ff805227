import { sha256 } from "#platform";

/** Shares of the splits, out of 20: 90, 5 and 5 percent, as cxr-10k's 9,000, 500 and 500. */
const splits = [
  { name: "train", below: 18 },
  { name: "validation", below: 19 },
  { name: "test", below: 20 },
] as const;

/** The split of a row, by what it stands together with (patient, group, question), so that no patient is in two. */
export function splitOf(group: string): "train" | "validation" | "test" {
  const drawn = (Number.parseInt(sha256(`split ${group}`).slice(0, 8), 16) / 2 ** 32) * 20;
  return splits.find(({ below }) => drawn < below)?.name ?? "test";
}
