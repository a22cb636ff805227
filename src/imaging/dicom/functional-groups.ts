import type { DataSet } from "./data-set.ts";
import { tags } from "./tags.ts";
import { readItems } from "./values.ts";

/**
 * Where the attributes of a frame stand: in the first item of `sequence` among the frame's own functional groups, else among the
 * shared ones (enhanced multi-frame images, PS3.3 C.7.6.16), else in the data set itself. `index` counts from 0.
 */
export function attributesOf(dataSet: DataSet, sequence: number, index: number): DataSet {
  const own = readItems(dataSet, tags.perFrameFunctionalGroups)[index];
  const shared = readItems(dataSet, tags.sharedFunctionalGroups)[0];
  const groups = [own, shared].flatMap((group) => (group ? readItems(group, sequence) : []));
  return groups[0] ?? dataSet;
}
