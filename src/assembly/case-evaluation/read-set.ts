import { MedRoundsError } from "#contracts";
import { type EvaluatedCase, groupOf } from "#evaluation";
import type { CaseEvaluation, CaseEvaluationRequest } from "./case-evaluation.ts";
import { type DescribedCase, describeCases, type EmbedImage, timeDescribing } from "./describe-cases.ts";
import { toEvaluatedCases } from "./evaluated-cases.ts";
import { type RefusedCase, readManifest } from "./read-manifest.ts";

/** The cases of a manifest that have a label and a class, with what their images gave; positions are the same in each list. */
export type EvaluatedSet = {
  described: DescribedCase[];
  cases: EvaluatedCase[];
  groups: string[];
  withoutClass: number;
  refused: RefusedCase[];
  describing: CaseEvaluation["describing"];
};

/** Reads the manifest and describes its images, in the order of their ids. */
export async function readSet(
  request: CaseEvaluationRequest,
  describing: { embed: EmbedImage; key?: Uint8Array | undefined },
): Promise<EvaluatedSet> {
  const { manifest: file, labelField, task, within, grouping, signal, onProgress } = request;
  const manifest = await readManifest({ file, labelField, signal });
  const rows = manifest.cases.sort((a, b) => (a.id < b.id ? -1 : 1));
  const { described, refused } = await describeCases({
    ...describing,
    cases: rows,
    signal,
    onProgress: (items) => onProgress?.({ stage: "describing", items, share: items / rows.length }),
  });
  const known = toEvaluatedCases(described, { task, within });
  const isUsed = (index: number) => known[index]?.class !== undefined && known[index].labels.length > 0;
  const used = described.filter((_, index) => isUsed(index));
  if (used.length === 0) {
    throw new MedRoundsError("cases-too-few", "No image of the manifest could be read and has a label.", {
      refused: manifest.refused.length + refused.length,
    });
  }
  const cases = known.filter((_, index) => isUsed(index));
  return {
    described: used,
    cases,
    groups: cases.map((found) => groupOf(found, grouping)),
    withoutClass: described.length - used.length,
    refused: [...manifest.refused, ...refused],
    describing: await timeDescribing(used, { ...describing, signal }),
  };
}
