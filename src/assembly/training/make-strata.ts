import { join } from "node:path";
import { readDataSet } from "#evaluation";
import { readJsonLines } from "#platform";
import { countTries, type Made, type MadeManifest, type MadeRow, stratify, writeMade } from "#training";
import { readEvaluationSets } from "./evaluated-sets.ts";
import { digestSources, type MakeSettings } from "./make-settings.ts";
import { openMakingImages } from "./making-images.ts";

export type StrataRequest = MakeSettings & {
  kind: "strata";
  /** A folder of exam questions. */
  questions: string;
  /** Folders of rollouts at them. */
  rollouts: readonly string[];
};

/** Exam questions without those that models always answered right, the others easy or hard. Throws as `readDataSet` and `writeMade` do. */
export async function stratifyExamQuestions(request: StrataRequest): Promise<MadeManifest> {
  const { questions, rollouts, folder, signal } = request;
  const file = join(questions, "questions.jsonl");
  const { samples } = await readDataSet({ path: file, format: "manifest", signal });
  const ids = new Map(samples.map(({ sourceId, id }) => [sourceId, id]));
  const tries = await countTries(rollouts, signal);
  const images = openMakingImages(folder);

  async function* made(): AsyncGenerator<Made> {
    for await (const entry of readJsonLines(file, signal)) {
      if (entry.type !== "object") continue;
      const row = rowOf(entry.value);
      const stratified = stratify(row, tries.get(ids.get(row.id) ?? ""));
      const { file: image } = entry.value;
      if (stratified.rows.length > 0 && typeof image === "string") await images.take(questions, image);
      yield stratified;
    }
  }

  return writeMade({
    ...{ folder, made: made(), maximumOverlap: request.maximumOverlap },
    evaluationSets: await readEvaluationSets(request.evaluated, signal),
    making: {
      ...{ kind: "strata", model: null, prompts: [], seed: null },
      sources: await digestSources([file, ...rollouts.map((one) => join(one, "rollouts.jsonl"))], signal),
    },
  });
}

function rowOf(fields: Readonly<Record<string, unknown>>): MadeRow {
  const { id, license, patient_id: patient, image_sha256: image, question, options, explanation } = fields;
  return {
    id: String(id),
    license: String(license ?? "not stated"),
    patient: String(patient ?? ""),
    images: typeof image === "string" ? [image] : [],
    texts: [String(question), ...Object.values(options ?? {}).map(String), String(explanation ?? "")],
    fields,
  };
}
