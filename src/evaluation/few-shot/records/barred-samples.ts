import type { Sample } from "../../samples/sample.ts";
import type { FewShotRecord } from "./few-shot-record.ts";
import { samplesByPath } from "./samples-by-path.ts";

/**
 * The samples that a file of records asks about, by their ids: those whose image is the last of a record, as RALM-Path bars them from being
 * examples. `unknown` are images of records that no sample has.
 */
export function barredSamples(
  records: readonly Pick<FewShotRecord, "images" | "dataSet">[],
  samples: readonly Sample[],
): { barred: ReadonlySet<string>; unknown: readonly string[] } {
  const find = samplesByPath(samples);
  const barred = new Set<string>();
  const unknown: string[] = [];
  for (const { images, dataSet } of records) {
    const asked = images.at(-1) ?? "";
    const found = find(asked, dataSet);
    for (const { id } of found) barred.add(id);
    if (found.length === 0) unknown.push(asked);
  }
  return { barred, unknown };
}
