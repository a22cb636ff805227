import { basename } from "node:path";
import { MedRoundsError, type ModelIdentity } from "#contracts";
import {
  type Calibration,
  type ConfidenceSettings,
  defaultSamples,
  readCalibration,
  reconsiderations,
} from "#reasoning";
import { defaultConfidenceThreshold } from "./configuration.ts";
import type { RoundRecipe } from "./round-recipe.ts";
import { type GivenSettings, readSettings, unlessOff } from "./settings.ts";

/** What comes of a model's confidence. What is not given here is taken from the environment, the configuration file and the recipe. */
export type ConfidenceChoice = Pick<
  GivenSettings,
  "config" | "confidenceThreshold" | "calibration" | "reconsideration"
>;

/**
 * The threshold of a round, and what its model's confidence is measured and corrected by. An unsure answer is reconsidered where a threshold
 * was asked for or `reconsideration` is, and the library has cases; answers are sampled only for that. The reader measures itself.
 *
 * @throws MedRoundsError `calibration-invalid`; `calibration-mismatch` where the calibration is another model's; the errors of settings and of
 * reading a file
 */
export async function chooseConfidence(
  choice: ConfidenceChoice,
  {
    model,
    hasCases,
    recipe,
    signal,
  }: {
    model: ModelIdentity;
    hasCases: boolean;
    recipe?: RoundRecipe | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<{ threshold: number; confidence?: ConfidenceSettings }> {
  const { config, confidenceThreshold, calibration: file, reconsideration: name } = choice;
  const given = { config, confidenceThreshold, calibration: file, reconsideration: name };
  const settings = await readSettings(given);
  const asked = settings.reconsideration?.value ?? recipe?.confidence?.reconsideration;
  const preset = asked === undefined || asked === "off" ? undefined : reconsiderations[asked];
  const ownThreshold = preset && "threshold" in preset ? preset.threshold : undefined;
  const wanted = settings.confidenceThreshold?.value ?? recipe?.confidence?.threshold ?? ownThreshold;
  const threshold = wanted ?? defaultConfidenceThreshold;
  if (model.policy === "reader") return { threshold };
  const isWanted = asked !== "off" && (wanted !== undefined || preset !== undefined);
  const { top, keep } = preset ?? reconsiderations.cdir;
  const calibration = await readModelCalibration(unlessOff(settings.calibration), { model, signal });
  return {
    threshold,
    confidence: {
      samples: isWanted ? defaultSamples : 0,
      ...(calibration ? { calibration } : {}),
      ...(isWanted && hasCases ? { reconsideration: { top, keep } } : {}),
    },
  };
}

/**
 * The calibration in a file, where one is named.
 *
 * @throws MedRoundsError `calibration-invalid`; `calibration-mismatch` where it is another model's; the errors of reading a file
 */
export async function readModelCalibration(
  file: string | undefined,
  { model, signal }: { model: Pick<ModelIdentity, "name">; signal?: AbortSignal | undefined },
): Promise<Calibration | undefined> {
  if (file === undefined) return undefined;
  const calibration = await readCalibration(file, signal);
  if (calibration.model === model.name) return calibration;
  const message = `${basename(file)} was fitted on ${calibration.model}, not on ${model.name}.`;
  throw new MedRoundsError("calibration-mismatch", message, { path: file, model: calibration.model });
}
