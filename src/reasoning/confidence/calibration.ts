import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { parseJson, readBoundedFile } from "#platform";
import {
  calibrationError,
  fitIsotonic,
  fitTemperature,
  type OptionSample,
  risingValue,
  scaleByTemperature,
} from "#statistics";

const share = z.number().min(0).max(1);
const common = {
  version: z.literal(1),
  /** The model whose confidence it corrects, and how that was measured: what fits one fits no other. */
  model: z.string().min(1),
  measuredBy: z.enum(["log-probabilities", "samples"]),
  /** How many answered questions it was fitted on, and when. */
  fittedOn: z.int().min(1),
  date: z.iso.date(),
  /** The expected calibration error on them, before and after. */
  error: z.strictObject({ before: share, after: share }),
};

const calibrationSchema = z.discriminatedUnion("method", [
  z.strictObject({ ...common, method: z.literal("temperature"), temperature: z.number().positive() }),
  z.strictObject({
    ...common,
    method: z.literal("isotonic"),
    /** The share of correct answers (y) by the probability of the likeliest option (x). */
    points: z
      .array(z.strictObject({ x: share, y: share }))
      .min(1)
      .refine(
        (points) =>
          points.every(
            ({ x, y }, index) => index === 0 || (x >= points[index - 1]!.x && y >= points[index - 1]!.y),
          ),
        "The points must rise",
      ),
  }),
]);

/** How a model's confidence is corrected; a calibration file holds it as JSON. */
export type Calibration = z.infer<typeof calibrationSchema>;

const largest = 1024 * 1024;

/**
 * @throws MedRoundsError `calibration-invalid` where the file is no calibration; the errors of reading a file
 */
export async function readCalibration(file: string, signal?: AbortSignal): Promise<Calibration> {
  const bytes = await readBoundedFile(file, { limit: largest, ...(signal ? { signal } : {}) });
  const { success, data, error } = calibrationSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (success) return data;
  const [issue] = error.issues;
  const key = (issue?.path ?? []).join(".");
  const subject = key === "" ? file : `The key ${key} of ${file}`;
  throw new MedRoundsError("calibration-invalid", `${subject} is not valid: ${issue?.message}.`, {
    path: file,
    key,
  });
}

/** Fits a calibration on answered questions; `date` (YYYY-MM-DD) is the caller's. Throws `RangeError` without samples. */
export function fitCalibration(
  samples: readonly OptionSample[],
  facts: Pick<Calibration, "method" | "model" | "measuredBy" | "date">,
): Calibration {
  const { method, ...named } = facts;
  const parameters =
    method === "temperature"
      ? { method, temperature: fitTemperature(samples) }
      : {
          method,
          points: [
            ...fitIsotonic(samples.map((one) => ({ x: top(one).confidence, y: top(one).correct ? 1 : 0 }))),
          ],
        };
  const fitted = {
    version: 1,
    ...named,
    fittedOn: samples.length,
    error: { before: 0, after: 0 },
    ...parameters,
  } as const;
  const calibrated = samples.map(({ probabilities, correct }) => {
    return { probabilities: applyCalibration(probabilities, fitted), correct };
  });
  const error = { before: calibrationError(samples.map(top)), after: calibrationError(calibrated.map(top)) };
  return { ...fitted, error };
}

/**
 * Probabilities of a question's options, corrected; their sum is 1. An isotonic calibration knows the likeliest option's, and the others
 * keep their proportions in what it leaves.
 */
export function applyCalibration(probabilities: readonly number[], calibration: Calibration): number[] {
  if (calibration.method === "temperature") return scaleByTemperature(probabilities, calibration.temperature);
  const highest = Math.max(...probabilities);
  const first = probabilities.indexOf(highest);
  const corrected = risingValue(calibration.points, highest);
  const rest = probabilities.reduce((sum, one, index) => (index === first ? sum : sum + one), 0);
  return probabilities.map((one, index) => {
    if (index === first) return corrected;
    return (1 - corrected) * (rest > 0 ? one / rest : 1 / (probabilities.length - 1));
  });
}

function top({ probabilities, correct }: OptionSample): { confidence: number; correct: boolean } {
  const confidence = Math.max(...probabilities);
  return { confidence, correct: probabilities.indexOf(confidence) === correct };
}
