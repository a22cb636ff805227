import type { Report } from "#contracts";

/** What makes two runs less than comparable, in sentences: that their answers were read otherwise, or that they asked other samples. */
export function tellDifferences(
  first: Pick<Report, "profile" | "dataSets">,
  second: Pick<Report, "profile" | "dataSets">,
  [one, other]: readonly [string, string],
): string[] {
  const readings =
    first.profile === second.profile
      ? []
      : [
          `The answers of ${one} were read by the profile ${first.profile}, those of ${other} by ${second.profile}: a difference may come of that alone.`,
        ];
  const samples = first.dataSets.flatMap((dataSet) => {
    const same = second.dataSets.find(({ name }) => name === dataSet.name);
    if (!same || same.hash === dataSet.hash) return [];
    return [
      `${dataSet.name}: the runs asked other samples, ${dataSet.samples} in ${one} and ${same.samples} in ${other}; differences are on those that both asked.`,
    ];
  });
  return [...readings, ...samples];
}
