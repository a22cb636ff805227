import type { FewShotRecord } from "./few-shot-record.ts";
import { isSamePath, partsOf } from "./samples-by-path.ts";

/** Whether one of the records asks about the image of this path: as `barredSamples`, before the image is read. An empty data set is any. */
export function asksAbout(
  records: readonly Pick<FewShotRecord, "images" | "dataSet">[],
): (path: string, dataSet: string) => boolean {
  const asked = records.map(({ images, dataSet }) => ({ parts: partsOf(images.at(-1) ?? ""), dataSet }));
  const byName = Map.groupBy(asked, ({ parts }) => parts.at(-1) ?? "");
  return (path, dataSet) => {
    const parts = partsOf(path);
    return (byName.get(parts.at(-1) ?? "") ?? []).some(
      (one) => (dataSet === "" || one.dataSet === dataSet) && isSamePath(one.parts, parts),
    );
  };
}
