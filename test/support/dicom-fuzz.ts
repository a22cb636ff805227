import { type ErrorCode, MedRoundsError } from "#contracts";
import { describeImage, readImage } from "#imaging";
import { mapConcurrently } from "#platform";
import { createRandom } from "#statistics";
import { spoil } from "./dicom-mutations.ts";

export type FuzzResult = {
  decoded: number;
  /** How often each code refused a file. */
  refused: Partial<Record<ErrorCode, number>>;
  /** Errors that are none of ours, and files that broke a decoder instead of being refused by it, with the input's number. */
  broken: string[];
  slowestMilliseconds: number;
  /** How much more memory the process held at most than before, in MB. */
  megabytes: number;
};

/** Spoils valid files in `count` ways drawn by a seed, and reads each as ingest does. Input n is the same in every run. */
export async function fuzzDicom(request: {
  seeds: readonly Uint8Array[];
  count: number;
  first?: number;
}): Promise<FuzzResult> {
  const { seeds, count, first = 0 } = request;
  const before = process.memoryUsage().rss;
  const result: FuzzResult = { decoded: 0, refused: {}, broken: [], slowestMilliseconds: 0, megabytes: 0 };
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  await mapConcurrently(numbers, 2, async (number) => {
    const random = createRandom(number);
    const seed = seeds[Math.floor(random() * seeds.length)];
    if (!seed) throw new Error("There is no seed.");
    const bytes = spoil(seed, random);
    const began = performance.now();
    try {
      const name = `input ${number}`;
      await (number % 4 === 0 ? describeImage(bytes, { name }) : readImage(bytes, { name }));
      result.decoded++;
    } catch (error) {
      const reason = MedRoundsError.is(error) ? error.facts.reason : String(error);
      if (reason !== undefined) result.broken.push(`${number}: ${reason}`);
      if (MedRoundsError.is(error)) result.refused[error.code] = (result.refused[error.code] ?? 0) + 1;
    }
    result.slowestMilliseconds = Math.max(result.slowestMilliseconds, performance.now() - began);
    result.megabytes = Math.max(result.megabytes, (process.memoryUsage().rss - before) / 1e6);
  });
  return result;
}
