import type { SuitePlan } from "#assembly";
import { count } from "../../render/count.ts";
import { renderTable } from "../../render/table.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";

/** What a suite would ask: its data, its arms with what they would cost, and what is to be known before. */
export function renderPlan(
  { name, dataSets, arms, leftOut, leaks }: SuitePlan,
  terminal: Terminal,
): string[] {
  const say = (text: string) => wrap(text, terminal.width);
  const tasks = arms.reduce((sum, arm) => sum + arm.tasks, 0);
  const answered = arms.reduce((sum, arm) => sum + arm.answered, 0);
  return [
    say(
      `${plain(name)}: ${count(arms.length, "arm")}, ${count(tasks, "answer")}${answered > 0 ? `, ${answered} of them there already` : ""}. Nothing is asked now.`,
    ),
    "",
    ...dataSets.flatMap((dataSet) => [
      say(
        `${plain(dataSet.name)} (${plain(dataSet.format)}, license: ${plain(dataSet.license)}): ${count(dataSet.samples, "sample")} with ${count(dataSet.images, "image")}${dataSet.refused > 0 ? `; ${count(dataSet.refused, "row")} refused` : ""}.`,
      ),
      say(dataSet.power),
    ]),
    "",
    ...renderTable(
      [["Arm", "to ask", "images", "tokens in", "out, at most", "cost"], ...arms.map(rowOf)],
      [1, 2, 3, 4, 5],
    ),
    ...leaks.map(({ dataSet, condition, share }) =>
      say(
        `Leaks: the library of ${plain(condition)} holds something of ${(share * 100).toFixed(1)} % of the samples of ${plain(dataSet)}.`,
      ),
    ),
    ...sayLeftOut(leftOut, terminal),
    ...(arms.some(({ inputTokens }) => inputTokens > 0)
      ? [
          say(
            "Tokens are reckoned: a quarter of the characters, and one for 28 × 28 pixels. Of rounds it is the least.",
          ),
        ]
      : []),
  ];
}

function rowOf({
  id,
  tasks,
  answered,
  images,
  inputTokens,
  outputTokens,
  costMicrodollars: cost,
}: SuitePlan["arms"][number]): string[] {
  const price =
    cost === null
      ? "–"
      : [cost.least, cost.most]
          .flatMap((one) => one ?? [])
          .map(dollars)
          .join(" to ");
  return [
    plain(id),
    String(tasks - answered),
    String(images),
    String(inputTokens),
    String(outputTokens ?? "–"),
    price,
  ];
}

/** Millionths of a dollar. */
export function dollars(micro: number): string {
  return `$${(micro / 1e6).toFixed(micro < 1e6 ? 4 : 2)}`;
}

/** Combinations that are not asked: a line for each model and reason. */
export function sayLeftOut(leftOut: SuitePlan["leftOut"], terminal: Terminal): string[] {
  const lines = Map.groupBy(leftOut, ({ model, reason }) => `${model}\n${reason}`);
  return [...lines.values()].map((same) => {
    const conditions = [...new Set(same.map(({ condition }) => condition))].map(plain).join(", ");
    return wrap(`Left out: ${plain(same[0]!.model)} with ${conditions}: ${same[0]!.reason}.`, terminal.width);
  });
}
