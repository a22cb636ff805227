import type { Sample } from "../../samples/sample.ts";

/** The samples that have an image of this path and are of this data set. */
export type FindByPath = (path: string, dataSet: string) => readonly Sample[];

/**
 * Finds samples by the paths of their images as others write them. Names are compared from their ends, as far as the shorter goes, within
 * the data set where samples have that tag.
 */
export function samplesByPath(samples: readonly Sample[]): FindByPath {
  const byName = Map.groupBy(
    samples.flatMap((sample) =>
      sample.images.map(({ name, path = name }) => ({ sample, path: partsOf(path) })),
    ),
    ({ path }) => path.at(-1) ?? "",
  );
  return (path, dataSet) => {
    const parts = partsOf(path);
    return (byName.get(parts.at(-1) ?? "") ?? [])
      .filter((one) => (one.sample.tags.data_set || dataSet) === dataSet && isSamePath(parts, one.path))
      .map(({ sample }) => sample);
  };
}

export function partsOf(path: string): string[] {
  return path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
}

/** Whether one of two paths is the end of the other. */
export function isSamePath(one: readonly string[], other: readonly string[]): boolean {
  return endsWith(one, other) || endsWith(other, one);
}

function endsWith(path: readonly string[], end: readonly string[]): boolean {
  return (
    end.length <= path.length && end.every((part, index) => part === path[path.length - end.length + index])
  );
}
