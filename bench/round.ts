import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openPassageSearch, prepareRound, roundFromEvents } from "#assembly";
import type { Library } from "#library";
import { type Figure, time } from "./measure.ts";

/** A warm round of the built-in reader with an image, in process: the whole of it, and its first evidence. */
export async function benchRound({ library, data }: { library: Library; data: string }): Promise<Figure[]> {
  const folder = join(data, "cxr_nih/images");
  const files = (await readdir(folder)).slice(0, 60);
  const firsts: number[] = [];
  await using search = await openPassageSearch({ library });
  const whole = await time(
    async (index) => {
      const images = [join(folder, files[index % files.length] ?? "")];
      const began = performance.now();
      const ready = await prepareRound({
        library,
        search,
        question: "Is there evidence of pneumonia?",
        images,
        options: [],
      });
      const prepared = performance.now() - began;
      const round = roundFromEvents(await Array.fromAsync(ready.run()));
      firsts.push(prepared + (round.timings.firstEvidence ?? Number.NaN));
    },
    { runs: 60 },
  );
  firsts.sort((a, b) => a - b);
  return [
    { what: "warm round with an image, median", value: whole.median, unit: "ms", target: "< 500" },
    { what: "warm round, 95th percentile", value: whole.high, unit: "ms", target: "" },
    {
      what: "first evidence of a round, median",
      value: firsts[Math.floor(firsts.length / 2)] ?? 0,
      unit: "ms",
      target: "< 150",
    },
  ];
}
