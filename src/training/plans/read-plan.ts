import { join } from "node:path";
import { MedRoundsError } from "#contracts";
import { fileError, readBoundedFile } from "#platform";
import { type TrainingPlan, trainingPlanSchema } from "./training-plan.ts";

const largestPlan = 4 * 1024 * 1024;

/** The plan of a folder. Throws `training-plan-invalid` where there is none, or a key is wrong. */
export async function readPlan(folder: string): Promise<TrainingPlan> {
  const file = join(folder, "plan.json");
  const bytes = await readBoundedFile(file, { limit: largestPlan }).catch((error: unknown) => {
    const failure = fileError(error, file);
    if (!MedRoundsError.is(failure) || failure.code !== "path-missing") throw failure;
    throw new MedRoundsError("training-plan-invalid", `${folder} holds no plan.json.`, { path: folder });
  });
  const refuse = (what: string, key = "") =>
    new MedRoundsError("training-plan-invalid", `${file} is not valid: ${what}.`, { path: file, key });
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw refuse("it is no JSON");
  }
  const { success, data, error } = trainingPlanSchema.safeParse(content);
  if (success) return data;
  const [issue] = error.issues;
  const key = issue?.path.join(".") ?? "";
  throw refuse(`${key === "" ? "" : `${key}: `}${issue?.message ?? "it has another form"}`, key);
}
