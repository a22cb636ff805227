import { readShippedRecipe } from "#assembly";
import type { ImageKind } from "#contracts";
import { effectiveSampleSize, wilsonInterval } from "#statistics";
import { judgeForRecipe } from "../../src/assembly/check-image-kinds.ts";
import { modeled } from "./fit-model.ts";
import type { Judged } from "./judge-pictures.ts";

const claimed: readonly ImageKind[] = modeled.flatMap(({ name, claimed: isClaimed }) =>
  isClaimed ? [name] : [],
);
const recipe = await readShippedRecipe("chest-xray");

/** A row a kind and source: how many images and groups, what they were taken for, and how many the recipe chest-xray refuses. */
export function confusionTable(judged: readonly Judged[]): string {
  const rows = Map.groupBy(judged, ({ picture }) => `${picture.kind}|${picture.source}`);
  return table(
    ["it is", "source", "images", "groups", ...claimed.map((kind) => `→ ${kind}`), "refused by chest-xray"],
    [...rows.entries()]
      .toSorted(([first], [second]) => (first < second ? -1 : 1))
      .map(([key, row]) => [
        ...key.split("|"),
        row.length,
        new Set(row.map(({ picture }) => picture.group)).size,
        ...claimed.map((kind) => count(row, ({ verdict }) => verdict.name === kind)),
        count(row, isRefused),
      ]),
  );
}

/** Recall and precision of each kind that is claimed. Drawn pictures count as "other", and so do the kinds that are not claimed. */
export function qualityTable(judged: readonly Judged[]): string {
  return table(
    ["kind", "recall", "precision"],
    claimed.map((kind) => [
      kind,
      share(
        judged.filter((one) => target(one) === kind),
        ({ verdict }) => verdict.name === kind,
      ),
      share(
        judged.filter(({ verdict }) => verdict.name === kind),
        (one) => target(one) === kind,
      ),
    ]),
  );
}

/** How many chest radiographs the recipe chest-xray refuses, and how many other images it does not refuse. */
export function refusalTable(judged: readonly Judged[]): string {
  const isChest = ({ picture }: Judged) =>
    picture.kind === "chest-frontal" || picture.kind === "chest-lateral";
  const isDrawn = ({ picture }: Judged) => picture.source.startsWith("drawn");
  const others = judged.filter((one) => !isChest(one));
  return table(
    ["images", "share"],
    [
      [
        "frontal chest X-rays refused",
        share(
          judged.filter(({ picture }) => picture.kind === "chest-frontal"),
          isRefused,
        ),
      ],
      ["all chest X-rays refused", share(judged.filter(isChest), isRefused)],
      [
        "other real images refused",
        share(
          others.filter((one) => !isDrawn(one)),
          isRefused,
        ),
      ],
      ["drawn images refused", share(others.filter(isDrawn), isRefused)],
    ],
  );
}

function isRefused({ verdict }: Judged): boolean {
  return judgeForRecipe(verdict, recipe.images) === "refuse";
}

function target({ picture }: Judged): ImageKind {
  return claimed.find((kind) => kind === picture.kind) ?? "other";
}

/** A share with its Wilson interval, in which the images of one group count as one where groups are uneven (Kish). */
function share(judged: readonly Judged[], holds: (one: Judged) => boolean): string {
  const groups = Map.groupBy(judged, ({ picture }) => picture.group);
  const sampleSize =
    judged.length === 0 ? 0 : effectiveSampleSize([...groups.values()].map((one) => one.length));
  const hits = count(judged, holds);
  const proportion = hits / Math.max(1, judged.length);
  const [low, high] = wilsonInterval({ proportion, sampleSize });
  return `${proportion.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)}; ${hits} of ${judged.length})`;
}

function count(judged: readonly Judged[], holds: (one: Judged) => boolean): number {
  return judged.filter(holds).length;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
