import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { MedRoundsError } from "#contracts";
import {
  checkJudges,
  chooseBaselines,
  chooseMetrics,
  findProfile,
  type Suite,
  type SuiteFile,
} from "#evaluation";
import { connectSuiteModel } from "./connect-suite-model.ts";

/**
 * Finds all that a suite names, also what is needed only once all is asked, so that a slip is told before. Asks no model anything.
 *
 * @throws MedRoundsError `suite-invalid`, `judge-missing`, `judge-invalid`; the errors of reading files and of connecting
 * the judge's model
 */
export async function checkSuite({ suite, refuse }: SuiteFile, signal?: AbortSignal): Promise<void> {
  const { profile, metrics, baselines, judge } = suite;
  const find = (key: string, choose: () => unknown) => {
    try {
      choose();
    } catch (error) {
      throw MedRoundsError.is(error) ? refuse(key, error.message) : error;
    }
  };
  find("profile", () => findProfile(profile));
  find("metrics", () => chooseMetrics(metrics));
  find("baselines", () => chooseBaselines(baselines));
  const prompts = (judge?.prompts ?? []).map((prompt, place) => [`judge.prompts.${place}`, prompt] as const);
  const files = prompts.filter(([, prompt]) => isAbsolute(prompt));
  for (const [key, path] of [...namedPaths(suite), ...files]) {
    if (!(await isThere(path))) throw refuse(key, `there is no file or folder ${path}`);
  }
  if (judge === undefined) return;
  await checkJudges(judge.prompts, signal);
  await connectSuiteModel(judge, { purpose: "The judge of the suite" });
}

/** Keys whose values are paths; libraries and recipes have errors of their own. */
const pathKeys: ReadonlySet<string> = new Set([
  "path",
  "images",
  "records",
  "asked",
  "barred",
  "prompt",
  "calibration",
]);

/** The paths that stand in a suite, each with its key, as `dataSets.0.path`. */
function namedPaths({ dataSets, models, conditions }: Suite): [key: string, path: string][] {
  const find = (value: unknown, place: string): [string, string][] =>
    Object.entries(typeof value === "object" && value !== null ? value : {}).flatMap(([key, inner]) => {
      const at = place === "" ? key : `${place}.${key}`;
      const isPath = pathKeys.has(key) && typeof inner === "string" && isAbsolute(inner);
      return isPath ? [[at, inner]] : find(inner, at);
    });
  return find({ dataSets, models, conditions }, "");
}

/** What can't be looked at is left to those who read it. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT" && error.code !== "ENOTDIR",
  );
}
