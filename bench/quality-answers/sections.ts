import { sha256 } from "#platform";
import type { Answered, RealRun } from "./run.ts";
import { figureTable, gainTable, type Pair } from "./tables.ts";

/** Each set by the reader and by every rule, and what the reader gains over each rule. */
export function tellImages({ arms: all, ...run }: RealRun): string {
  const arms = bySet(all);
  return tell(run, [figureTable(arms, "classes"), gainTable(pairsOver(arms, "reader, forced", isRule))]);
}

/** Each task by each library, what the library of all adds to none and to rules, and the half of PubMedQA that nothing was chosen on. */
export function tellQuestions({ arms: all, ...run }: RealRun): string {
  const arms = bySet(all.flatMap(byTask));
  const heldOut = all
    .filter(({ dataSet }) => dataSet === "qa-pubmedqa")
    .map((arm) => ({ ...arm, dataSet: "half of qa-pubmedqa", scored: arm.scored.filter(isHeldOut) }));
  const isOther = (arm: Answered) => isRule(arm) || arm.name === "reader, nothing";
  return tell(run, [
    figureTable(arms, "choices"),
    gainTable(pairsOver(arms, "reader, all", isOther)),
    figureTable(heldOut, "choices"),
    gainTable(pairsOver(heldOut, "reader, abstracts", (arm) => isRule(arm) || isElsewhere(arm))),
  ]);
}

/** Questions with an answer in words are left out: the reader has none to choose from. */
export function tellRadiology({ arms: all, ...run }: RealRun): string {
  const arms = all.map((arm) => ({ ...arm, scored: arm.scored.filter(({ labels }) => labels.length > 0) }));
  return tell(run, [figureTable(arms, "choices"), gainTable(pairsOver(arms, "reader, forced", isRule))]);
}

function tell({ notes }: Pick<RealRun, "notes">, tables: readonly string[]): string {
  return [notes.map((note) => `- ${note}`).join("\n"), ...tables].join("\n\n");
}

function pairsOver(arms: readonly Answered[], name: string, isOther: (arm: Answered) => boolean): Pair[] {
  return arms.filter(isOther).flatMap((other) => {
    const one = arms.find((arm) => arm.name === name && arm.dataSet === other.dataSet);
    return one
      ? [{ dataSet: one.dataSet, name, over: other.name, one: one.scored, other: other.scored }]
      : [];
  });
}

/** The arms of each set together, and the rules behind them. */
function bySet(arms: readonly Answered[]): Answered[] {
  return [...Map.groupBy(arms, ({ dataSet }) => dataSet).values()].flat();
}

/** MIRAGE is five sets in one. */
function byTask(arm: Answered): Answered[] {
  const parts = Map.groupBy(arm.scored, ({ tags: { task } }) =>
    task ? `${arm.dataSet}, ${task}` : arm.dataSet,
  );
  return [...parts].map(([dataSet, scored]) => ({ ...arm, dataSet, scored }));
}

function isRule({ isBaseline }: Answered): boolean {
  return isBaseline;
}

/** A library that the abstracts of the questions are not in: what the right texts add to any texts. */
function isElsewhere({ name }: Answered): boolean {
  return ["reader, nothing", "reader, medquad", "reader, openstax"].includes(name);
}

/** By the first byte of the id's SHA-256; the reader's rule for yes and no was chosen on the other half of PubMedQA. */
function isHeldOut({ sample }: { sample: string }): boolean {
  return Number.parseInt(sha256(sample).slice(0, 2), 16) % 2 === 1;
}
