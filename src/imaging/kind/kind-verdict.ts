import { type ImageKind, imageKinds, type KindGuess } from "#contracts";
import { judge, type KindModel } from "./kind-model.ts";

/** `probabilities` add up to 1. A kind that is not claimed has one, and the guess counts it as "other". */
export type KindVerdict = KindGuess & { probabilities: Readonly<Record<ImageKind, number>> };

/** What a picture is by its measures alone. */
export function verdictByPicture(model: KindModel, measures: readonly number[]): KindVerdict {
  const judged = judge(model, measures);
  const probabilities = asRecord(judged);
  const unclaimed = model.kinds.flatMap(({ name, claimed }) => (claimed ? [] : [name]));
  const none = unclaimed.reduce((sum, name) => sum + probabilities[name], probabilities.other);
  const claimed = imageKinds.filter((name) => !unclaimed.includes(name));
  return { ...mostProbable({ ...probabilities, other: Math.min(1, none) }, claimed), probabilities };
}

/**
 * What a picture is that can only be of some kinds, in the proportions that its measures give. `radiograph` has none of its own and gets
 * what is of no kind.
 */
export function verdictAmong(
  kinds: readonly ImageKind[],
  measures: () => readonly number[],
  model: KindModel,
): KindVerdict {
  const [only] = kinds;
  if (kinds.length === 1 && only) {
    return { name: only, probability: 1, probabilities: asRecord(new Map([[only, 1]])) };
  }
  const judged = judge(model, measures());
  const shares = kinds.map((name): [ImageKind, number] => [
    name,
    (judged.get(name === "radiograph" ? "other" : name) ?? 0) + 1e-9,
  ]);
  const sum = shares.reduce((total, [, share]) => total + share, 0);
  const probabilities = asRecord(new Map(shares.map(([name, share]) => [name, share / sum])));
  return { ...mostProbable(probabilities, kinds), probabilities };
}

function asRecord(known: ReadonlyMap<ImageKind, number>): Record<ImageKind, number> {
  const entries = imageKinds.map((name) => [name, known.get(name) ?? 0]);
  return Object.fromEntries(entries) as Record<ImageKind, number>;
}

function mostProbable(
  probabilities: Readonly<Record<ImageKind, number>>,
  kinds: readonly ImageKind[],
): KindGuess {
  const [first, ...others] = kinds.map((name) => ({ name, probability: probabilities[name] }));
  if (!first) throw new TypeError("There is no kind to choose from.");
  return others.reduce((most, guess) => (guess.probability > most.probability ? guess : most), first);
}
