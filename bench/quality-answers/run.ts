import { cp } from "node:fs/promises";
import { join } from "node:path";
import { runSuite } from "#assembly";
import { findProfile, readRunBaselines, readRunLeaks, sayPower, scoreRun } from "#evaluation";
import type { ScoredSample } from "../../src/evaluation/answers/answer.ts";

/** An arm of a suite that was run, or a rule without a model, with what became of each sample. */
export type Answered = {
  dataSet: string;
  name: string;
  isBaseline: boolean;
  scored: readonly ScoredSample[];
};

export type RealRun = {
  arms: readonly Answered[];
  /** A line on each data set: its size, what difference it can show, and how much of it the libraries hold. */
  notes: readonly string[];
};

/**
 * Runs a suite as `eval run` does, in the folder with its libraries; one that is not written there is copied to it. What was answered there
 * before is not asked again.
 */
export async function runRealSuite(
  folder: string,
  name: string,
  { isWritten = false }: { isWritten?: boolean } = {},
): Promise<RealRun> {
  const file = join(folder, `${name}.yaml`);
  if (!isWritten) await cp(join(import.meta.dirname, `${name}.yaml`), file);
  const place = join(folder, "runs", name);
  const { run } = await runSuite({ file, folder: place });
  const { profile, repeats } = run.suite;
  const scored = await scoreRun({ folder: place, arms: run.arms, repeats, profile: findProfile(profile) });
  const { baselines = [] } = (await readRunBaselines(place)) ?? {};
  const { leaks = [] } = (await readRunLeaks(place)) ?? {};
  return {
    arms: [
      ...scored.map(({ arm, scored }) => {
        return { dataSet: arm.dataSet, name: `reader, ${arm.condition}`, isBaseline: false, scored };
      }),
      ...baselines.map(({ dataSet, title, scored }) => ({ dataSet, name: title, isBaseline: true, scored })),
    ],
    notes: run.dataSets.map(({ name, samples, groups, refused }) => {
      const leak = leaks.find(({ dataSet }) => dataSet === name);
      const touched = leak ? Object.keys(leak.touched).length : 0;
      const held = `The libraries hold ${percent(touched, leak?.checked ?? 0)} of its samples in some form.`;
      const left = refused.length === 0 ? "" : ` ${refused.length} rows are refused.`;
      return `**${name}**: ${sayPower({ samples, groups })} ${held}${left}`;
    }),
  };
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? "–" : ((100 * part) / whole).toFixed(1)} %`;
}
