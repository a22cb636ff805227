/**
 * Compares the built-in descriptor with a plain vector by how well similar cases vote, and says how fast it describes: the tables of
 * docs/quality.md. --encoder SOURCE adds an image encoder alone and beside the descriptor; --alone leaves out the library of all sets. Needs ../shared/data; takes some minutes.
 */
import { parseArgs } from "node:util";
import { createImageEncoder } from "#models";
import { printFigures } from "./measure.ts";
import { type Comparison, compareWays } from "./similar-cases/compare.ts";
import type { Estimate } from "./similar-cases/protocol.ts";
import { type Picture, readSets } from "./similar-cases/read-sets.ts";
import { benchDescribing } from "./similar-cases/speed.ts";
import { listWays } from "./similar-cases/ways.ts";

const { values: given } = parseArgs({
  options: { encoder: { type: "string" }, alone: { type: "boolean" }, speed: { type: "boolean" } },
});
if (given.speed) printFigures(await benchDescribing());
else {
  const comparisons = compareWays(...(await prepare(given.encoder)), { isAlone: given.alone ?? false });
  console.log(table(comparisons));
}

async function prepare(source: string | undefined): Promise<[Picture[], ReturnType<typeof listWays>]> {
  if (source === undefined) {
    const pictures = await readSets();
    return [pictures, listWays(pictures)];
  }
  await using encoder = await createImageEncoder({ source });
  const pictures = await readSets((rasters) => encoder.embedImages(rasters));
  return [pictures, listWays(pictures, encoder.id)];
}

function table(comparisons: readonly Comparison[]): string {
  const rows = comparisons.flatMap(({ task, ways }) =>
    ways.map(({ name, accuracy, gain }, index) => [
      index === 0 ? task : "",
      name,
      show(accuracy),
      gain ? show(gain, true) : "",
    ]),
  );
  const head = ["set", "compared by", "balanced accuracy", "more than the plain vector"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function show({ estimate, interval }: Estimate, isSigned = false): string {
  const number = (value: number) =>
    `${isSigned && value > 0 ? "+" : ""}${value.toFixed(3)}`.replace("-", "−");
  return interval ? `${number(estimate)} (${interval.map(number).join(" to ")})` : number(estimate);
}
