import { MedRoundsError } from "#contracts";
import { trainingEngines } from "./engines/list.ts";
import { type ExportKind, exportKinds, type TrainingEngine } from "./training-engine.ts";

/** The engine of this name and the kind of data for it. Throws `usage-invalid` for names that are not there, or that do not go together. */
export function findTrainingEngine(name: string, kind: string): { engine: TrainingEngine; kind: ExportKind } {
  const engine = trainingEngines.find((one) => one.name === name);
  if (!engine) {
    const names = trainingEngines.map((one) => one.name).join(", ");
    throw new MedRoundsError("usage-invalid", `There is no engine ${name}; there are ${names}.`);
  }
  const known = exportKinds.find((one) => one === kind);
  if (!known) {
    throw new MedRoundsError(
      "usage-invalid",
      `There is no kind ${kind}; there are ${exportKinds.join(", ")}.`,
    );
  }
  if (!engine.kinds.includes(known)) {
    const message = `${name} does not read ${kind} data, only ${engine.kinds.join(" and ")}.`;
    throw new MedRoundsError("usage-invalid", message);
  }
  return { engine, kind: known };
}
