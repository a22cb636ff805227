import { checkSplit, splitCases } from "#evaluation";
import type { ImageEncoder } from "#imaging";
import { loadImageEncoder } from "../load-models.ts";
import type { CaseEvaluation, CaseEvaluationRequest } from "./case-evaluation.ts";
import type { EmbedImage } from "./describe-cases.ts";
import { createFittedRetrievers } from "./fitted-retrievers.ts";
import { measure } from "./measure.ts";
import { readSet } from "./read-set.ts";

/** Splits the manifest's cases into queries and a library, and fits anew on the library of each split. */
export async function evaluateSplits(request: CaseEvaluationRequest): Promise<CaseEvaluation> {
  await using stack = new AsyncDisposableStack();
  const encoders: ImageEncoder[] = [];
  for (const source of request.embedders ?? []) encoders.push(stack.use(await loadImageEncoder(source)));
  const embed: EmbedImage = async (raster, signal) => {
    const vectors: (Float32Array | undefined)[] = [];
    for (const encoder of encoders) vectors.push((await encoder.embedImages([raster], signal))[0]);
    return vectors;
  };
  const set = await readSet(request, { embed });
  const { described, cases, groups } = set;
  const splits = splitCases({ cases, groups, count: request.splits, seed: request.seed });
  for (const split of splits) checkSplit(split, cases);
  const retrievers = createFittedRetrievers({
    entries: described.map(({ entry }) => entry),
    encoders,
    patientIds: (query) => described[query]?.patientIds ?? [],
  });
  const guarded = (position: number) => {
    const { id, entry, patientIds, row } = described[position]!;
    return { id, image: { ...entry, patientIds }, text: row.text };
  };
  return measure({ request, set, cases, groups, splits, retrievers, guarded, notes: [] });
}
