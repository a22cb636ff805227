import { productVersion, sha256 } from "#platform";
import { findGrammar } from "#transcript";
import { adapterSettings } from "./adapter-settings.ts";
import { describePlan } from "./describe-plan.ts";
import type { PlanFile, PlannedEngine } from "./engines/engine.ts";
import { environmentFiles } from "./environment-files.ts";
import type { TrainingSize } from "./sizes/training-size.ts";
import type { StageData } from "./stage-data.ts";
import type { TrainingPlan } from "./training-plan.ts";
import type { TrainingRecipe } from "./training-recipe.ts";

export type PlanRequest = {
  engine: PlannedEngine;
  recipe: TrainingRecipe;
  size: TrainingSize;
  /** In the place of the recipe's own. */
  model?: string | undefined;
  /** The folder of the library that is searched; MedRounds' own default where left out. */
  library?: string | undefined;
  port: number;
  /** For each stage in its place. */
  data: readonly StageData[];
  /** Python files that are shipped, by their names. */
  adapters: readonly PlanFile[];
};

/** A plan and every file of its folder, plan.json among them. The same request gives the same bytes. */
export function makePlan(request: PlanRequest): { plan: TrainingPlan; files: readonly PlanFile[] } {
  const { engine, recipe, size, data, adapters, port } = request;
  const model = request.model ?? recipe.model.name;
  const { stop } = findGrammar(recipe.grammar);
  const files: PlanFile[] = [...adapters, ...engine.files({ size }), ...environmentFiles(engine)];
  const stages: TrainingPlan["stages"] = recipe.stages.map((stage, index) => {
    const folder = `stages/${index + 1}-${stage.name}`;
    const before = recipe.stages[index - 1]?.name;
    const made = engine.stage({ stage, size, folder, data: data[index]!, model, before, stop });
    files.push(...made.files);
    const { checkpoints, environment = {} } = made.stage;
    const resume = checkpoints.resume ?? [];
    return { name: stage.name, ...made.stage, environment, checkpoints: { ...checkpoints, resume } };
  });
  files.push({ path: "adapters/settings.json", text: adapterSettings({ recipe, port }) });
  const plan: Omit<TrainingPlan, "files"> = {
    version: 1,
    medrounds: productVersion(),
    engine: {
      name: engine.name,
      version: engine.version,
      check: [".venv/bin/python", "-c", `import ${engine.module}`],
      install: "bash make-environment.sh",
    },
    recipe: recipe.name,
    size: size.name,
    data: data.flatMap(({ files: read }) => read),
    services: needsService(recipe) ? [serviceOf(request)] : [],
    stages,
  };
  files.push({ path: "README.md", text: describePlan({ ...request, model, stages }) });
  const hashes = files.map(({ path, text }) => [path, sha256(text)] as const);
  const whole = { ...plan, files: Object.fromEntries(hashes.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
  return {
    plan: whole,
    files: [...files, { path: "plan.json", text: `${JSON.stringify(whole, null, 2)}\n` }],
  };
}

/** Supervised learning alone asks nobody. */
function needsService({ stages }: TrainingRecipe): boolean {
  return stages.some(({ method }) => method !== "sft");
}

function serviceOf({ library, port }: PlanRequest): TrainingPlan["services"][number] {
  const url = `http://127.0.0.1:${port}`;
  const where = library === undefined ? [] : ["--library", library];
  return {
    name: "medrounds",
    command: ["medrounds", "serve", "--host", "127.0.0.1", "--port", String(port), ...where],
    ready: `${url}/health`,
    health: `${url}/health`,
  };
}
