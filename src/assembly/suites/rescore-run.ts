import { resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import { changeRunFile, lockLog, type RunFile, readRunBaselines, readRunFile } from "#evaluation";
import { type ArmSummary, summarizeArms } from "./arm-summary.ts";
import { scoreSuite } from "./score-suite.ts";

export type Rescoring = { folder: string; profile: string; run: RunFile; arms: readonly ArmSummary[] };

/**
 * Reads the answers of a run again, by another profile or the one it has, and scores them; nothing is asked of the models of its arms, and of
 * its judge only with `judged`. The scores of before stay beside the new ones.
 *
 * @throws MedRoundsError `run-missing`, `run-unreadable`, `run-busy`; the errors of `scoreSuite`
 */
export async function rescoreRun(request: {
  folder: string;
  profile?: string | undefined;
  judged?: boolean | undefined;
  signal?: AbortSignal | undefined;
}): Promise<Rescoring> {
  const { judged = false, signal } = request;
  const folder = resolve(request.folder);
  const before = await readRunFile(folder, signal);
  const { arms, suite } = before;
  if (judged && !suite.judge) {
    throw new MedRoundsError("usage-invalid", "The run's suite names no judge; judge: in the suite does.");
  }
  const profile = request.profile ?? suite.profile;
  await using _lock = await lockLog(folder, "scores.jsonl");
  const { scored, note } = await scoreSuite({ folder, suite, arms, profile, judged, keepsOld: true, signal });
  const run = await changeRunFile(folder, (now = before) => ({ ...now, scorings: [...now.scorings, note] }));
  const { baselines = [] } = (await readRunBaselines(folder, signal)) ?? {};
  return { folder, profile, run, arms: summarizeArms(suite, { arms: scored, baselines }) };
}
