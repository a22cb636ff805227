import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MedRoundsError } from "#contracts";
import { writeFileAtomically } from "#platform";
import type { PlanFile } from "./engines/engine.ts";
import { plannedEngines } from "./engines/list.ts";
import { findByName } from "./find-by-name.ts";
import { makePlan } from "./make-plan.ts";
import { trainingRecipes } from "./recipes/list.ts";
import { estimateMemory } from "./sizes/estimate-memory.ts";
import { trainingSizes } from "./sizes/list.ts";
import { findStageData } from "./stage-data.ts";
import type { TrainingPlan } from "./training-plan.ts";

/** Lies at the same depth below the source and below the build. */
const shippedAdapters = fileURLToPath(new URL("../../../recipes/training", import.meta.url));

export type WrittenPlan = {
  folder: string;
  plan: TrainingPlan;
  files: readonly string[];
  /** Stages that a device has no room for, on paper. */
  tooLarge: readonly { stage: string; gigabytes: number }[];
};

/**
 * Writes the folder of a training run. Throws `usage-invalid` where names are unknown or the engine can't do the recipe,
 * `training-data-missing`, `path-occupied` where the folder holds anything, and the errors of reading and writing.
 */
export async function writePlan(request: {
  engine: string;
  recipe: string;
  size: string;
  data: string;
  out: string;
  model?: string | undefined;
  library?: string | undefined;
  port: number;
  signal?: AbortSignal;
}): Promise<WrittenPlan> {
  const engine = findByName(plannedEngines, { name: request.engine, what: "engine" });
  const recipe = findByName(trainingRecipes, { name: request.recipe, what: "recipe of a training run" });
  const size = findByName(trainingSizes, { name: request.size, what: "size" });
  const refused = engine.refuse({ stages: recipe.stages, size });
  if (refused !== undefined) throw new MedRoundsError("usage-invalid", refused, { engine: engine.name });
  const folder = resolve(request.out);
  if ((await readdir(folder).catch(() => [])).length > 0) {
    throw new MedRoundsError("path-occupied", `The folder ${request.out} is not empty.`, { path: folder });
  }
  const data = [];
  for (const stage of recipe.stages) {
    const wanted = {
      name: stage.data,
      engine: engine.name,
      kind: stage.method === "sft" ? "sft" : "grpo",
    } as const;
    data.push(await findStageData(resolve(request.data), { ...wanted, signal: request.signal }));
  }
  const { model, port } = request;
  const library = request.library === undefined ? undefined : resolve(request.library);
  const adapters = await readAdapters(engine.name);
  const { plan, files } = makePlan({ engine, recipe, size, model, library, port, data, adapters });
  for (const { path, text } of files) await writeFileAtomically(join(folder, path), text);
  const { sharding } = engine;
  const tooLarge = recipe.stages.flatMap((stage) => {
    const { fits, gigabytes } = estimateMemory({ model: recipe.model, size, stage, sharding });
    return fits ? [] : [{ stage: stage.name, gigabytes }];
  });
  return { folder, plan, files: files.map(({ path }) => path), tooLarge };
}

async function readAdapters(engine: string): Promise<PlanFile[]> {
  const files: PlanFile[] = [];
  for (const folder of ["common", engine]) {
    const names = await readdir(join(shippedAdapters, folder));
    for (const name of names.filter((one) => one.endsWith(".py")).toSorted()) {
      const text = await readFile(join(shippedAdapters, folder, name), "utf8");
      files.push({ path: `adapters/${name}`, text });
    }
  }
  return files;
}
