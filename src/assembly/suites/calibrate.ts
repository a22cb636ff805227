import { resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import { type Arm, chooseArms, type RunFile, readOptionAnswers, readRunFile } from "#evaluation";
import { sha256, writeFileAtomically } from "#platform";
import { applyCalibration, type Calibration, fitCalibration } from "#reasoning";
import { clusterBootstrap, createRandom } from "#statistics";

type Interval = [low: number, high: number] | null;
/** A calibration error, or a difference of two, with its 95 % interval by the bootstrap over groups. */
type ErrorFigure = { value: number; interval: Interval };

export type CalibrationFit = {
  file: string;
  arm: string;
  calibration: Calibration;
  groups: number;
  /** Expected calibration errors; `after` is of answers whose groups the calibration was not fitted on. */
  before: ErrorFigure;
  after: ErrorFigure;
  /** After less before. */
  difference: ErrorFigure;
};

const fewestAnswers = 100;
const folds = 5;
const bins = 15;

type OptionAnswer = Awaited<ReturnType<typeof readOptionAnswers>>["answers"][number];

/**
 * Fits how a model's confidence is corrected on the answers of an arm, and writes the file that `ask --calibration` reads. The errors in it are
 * cross-validated: groups, as the images of a patient, are dealt into five parts, and each part is corrected by what the others say.
 *
 * @throws MedRoundsError `usage-invalid` where the arm is not clear or cannot be corrected; `calibration-unfounded` for fewer than 100 answers with
 * probabilities, fewer than five groups, or where all are right or all wrong; the errors of reading a run and of writing
 */
export async function calibrateArm(request: {
  folder: string;
  arm?: string | undefined;
  method: Calibration["method"];
  out: string;
  /** How confidence was measured, where the run's rounds do not tell. */
  measuredBy?: Calibration["measuredBy"] | undefined;
  signal?: AbortSignal | undefined;
}): Promise<CalibrationFit> {
  const { method, signal } = request;
  const folder = resolve(request.folder);
  const run = await readRunFile(folder, signal);
  const arm = onlyArm(run, request.arm);
  const suiteModel = run.suite.models.find(({ name }) => name === arm.model);
  if (suiteModel?.policy === "reader") throw unusable("The built-in reader's confidence is not corrected.");
  const { answers, methods, model } = await readOptionAnswers({ folder, run, arm, signal });
  check(answers);
  const measuredBy = request.measuredBy ?? measuredByOf(methods);
  const name = model ?? suiteModel?.model ?? arm.model;
  const facts = { method, model: name, measuredBy, date: new Date().toISOString().slice(0, 10) };
  const corrected = correctByOthers(answers, facts);
  const errors = compareErrors(answers, corrected);
  const { before, after } = errors;
  const fitted = fitCalibration(answers, facts);
  const calibration = { ...fitted, error: { before: before.value, after: after.value } };
  const file = resolve(request.out);
  await writeFileAtomically(file, `${JSON.stringify(calibration, null, 2)}\n`);
  return { file, arm: arm.id, calibration, groups: groupsOf(answers).length, ...errors };
}

function onlyArm(run: RunFile, id: string | undefined): Arm {
  const [arm, ...others] = chooseArms(run, id);
  if (arm && others.length === 0) return arm;
  const ids = run.arms.map((one) => one.id).join(", ");
  throw unusable(`The run has several arms: name one with --arm, of ${ids.slice(0, 2_000)}.`);
}

const waysToMeasure = ["log-probabilities", "samples"] as const;

/** The words are those of `measureConfidence`. A round that reconsiders may have measured one of its two answers alone. */
function measuredByOf(methods: ReadonlySet<string>): Calibration["measuredBy"] {
  const told = [...methods];
  if (told.some((method) => method.includes("calibrated"))) {
    throw unusable("The answers' confidence was corrected by a calibration already.");
  }
  const [way, ...others] = waysToMeasure.filter((one) => told.some((method) => method.includes(one)));
  if (way !== undefined && others.length === 0) return way;
  throw unusable(
    others.length > 0
      ? "The run measured confidence in two ways, and a calibration corrects one."
      : "The run does not tell how confidence was measured: say it with --measured-by.",
  );
}

function unusable(message: string): MedRoundsError {
  return new MedRoundsError("usage-invalid", message);
}

function check(answers: readonly OptionAnswer[]): void {
  const groups = groupsOf(answers).length;
  const right = answers.filter((one) => topOf(one.probabilities, one.correct).right).length;
  const reason =
    answers.length < fewestAnswers
      ? `it has ${answers.length} answers with a probability for each option, and ${fewestAnswers} are needed`
      : groups < folds
        ? `its answers are of ${groups} groups, and ${folds} are needed`
        : right === 0 || right === answers.length
          ? `all of its ${answers.length} likeliest options are ${right === 0 ? "wrong" : "right"}`
          : undefined;
  if (reason === undefined) return;
  const facts = { answers: answers.length, groups, right };
  throw new MedRoundsError(
    "calibration-unfounded",
    `No calibration can be fitted on the arm: ${reason}.`,
    facts,
  );
}

function groupsOf(answers: readonly OptionAnswer[]): string[] {
  return [...new Set(answers.map(({ group }) => group))];
}

/** Probabilities as corrected by a calibration that was fitted without the answer's fold. */
function correctByOthers(
  answers: readonly OptionAnswer[],
  facts: Parameters<typeof fitCalibration>[1],
): OptionAnswer[] {
  const order = groupsOf(answers)
    .map((group) => ({ group, drawn: sha256(group) }))
    .sort((a, b) => (a.drawn < b.drawn ? -1 : 1));
  const foldOf = new Map(order.map(({ group }, place) => [group, place % folds]));
  const fits = Array.from({ length: folds }, (_, fold) =>
    fitCalibration(
      answers.filter(({ group }) => foldOf.get(group) !== fold),
      facts,
    ),
  );
  return answers.map((one) => {
    const calibration = fits[foldOf.get(one.group) ?? 0]!;
    return { ...one, probabilities: applyCalibration(one.probabilities, calibration) };
  });
}

/** Rows of sums per group: the gaps of each bin before, then after, and the answers. */
function compareErrors(before: readonly OptionAnswer[], after: readonly OptionAnswer[]) {
  const rows = new Map<string, Float64Array>();
  for (const [place, one] of before.entries()) {
    const row = rows.get(one.group) ?? new Float64Array(2 * bins + 1);
    rows.set(one.group, row);
    for (const [offset, { probabilities, correct }] of [one, after[place]!].entries()) {
      const { confidence, right } = topOf(probabilities, correct);
      const bin = offset * bins + Math.min(bins - 1, Math.floor(confidence * bins));
      row[bin] = row[bin]! + confidence - (right ? 1 : 0);
    }
    row[2 * bins] = row[2 * bins]! + 1;
  }
  const error = (sums: Float64Array, offset: number) =>
    sums.subarray(offset, offset + bins).reduce((sum, gap) => sum + Math.abs(gap), 0) / sums[2 * bins]!;
  const figure = (statistic: (sums: Float64Array) => number): ErrorFigure => {
    const random = createRandom(1);
    const { estimate, interval } = clusterBootstrap({ clusters: [...rows.values()], statistic, random });
    return { value: estimate, interval };
  };
  return {
    before: figure((sums) => error(sums, 0)),
    after: figure((sums) => error(sums, bins)),
    difference: figure((sums) => error(sums, bins) - error(sums, 0)),
  };
}

function topOf(probabilities: readonly number[], correct: number): { confidence: number; right: boolean } {
  const confidence = Math.max(...probabilities);
  return { confidence, right: probabilities.indexOf(confidence) === correct };
}
