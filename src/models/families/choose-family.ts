import { MedRoundsError } from "#contracts";
import type { Family } from "./family.ts";
import { families } from "./list.ts";

/**
 * The family that was named, else the first that one of the model's names belongs to, else `fallback`.
 * @throws MedRoundsError `embedder-family-unknown`
 */
export function chooseFamily(request: {
  named: string | undefined;
  modelNames: readonly string[];
  fallback?: Family;
}): Family {
  const { named, modelNames, fallback } = request;
  const known = families.map(({ name }) => name).join(", ");
  if (named !== undefined) {
    const family = families.find(({ name }) => name === named);
    if (family !== undefined) return family;
    throw new MedRoundsError("embedder-family-unknown", `There is no family ${named.slice(0, 80)}.`, {
      known,
    });
  }
  const family = families.find(({ models }) => modelNames.some((name) => models?.test(name))) ?? fallback;
  if (family !== undefined) return family;
  const [model = ""] = modelNames;
  const message = `The model ${model.slice(0, 80)} is of no family that is known by name.`;
  throw new MedRoundsError("embedder-family-unknown", message, { model: model.slice(0, 200), known });
}
