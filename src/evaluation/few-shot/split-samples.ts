import type { Sample } from "../samples/sample.ts";
import { checkApart } from "./check-apart.ts";
import { shuffle } from "./draw.ts";
import { answerText } from "./exemplar.ts";

/** What is asked about, and what exemplars are taken from. */
export type FewShotSplit = { asked: readonly Sample[]; pool: readonly Sample[] };

/**
 * Splits samples so that no patient, slide, image or group is in both parts. What shares any of them stands together; groups are drawn by the
 * seed until the asked part has `share` (0 to 1) of the samples, as near as groups allow. The order of the samples, and so that of files,
 * decides nothing; each part is in the order of the ids.
 *
 * @throws MedRoundsError `few-shot-leaking` should the parts nevertheless share something
 */
export function splitSamples(
  samples: readonly Sample[],
  { share, seed }: { share: number; seed: number },
): FewShotSplit {
  const ordered = samples.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const wanted = share * ordered.length;
  const asked: Sample[] = [];
  const pool: Sample[] = [];
  for (const group of shuffle(joinGroups(ordered), seed)) {
    const isNearer = Math.abs(asked.length + group.length - wanted) < Math.abs(asked.length - wanted);
    (isNearer ? asked : pool).push(...group);
  }
  const byId = (a: Sample, b: Sample) => (a.id < b.id ? -1 : 1);
  const split = { asked: asked.sort(byId), pool: pool.sort(byId) };
  checkApart(split);
  return split;
}

/**
 * Splits as RALM-Path does: the samples of each class in an order drawn by the seed, the last `share` (0 to 1) of them asked about, rounded
 * up, and at least one of each class kept as an example; patients and slides stand on both sides. Each part is in the order of the ids.
 */
export function splitAsPublished(
  samples: readonly Sample[],
  { share, seed }: { share: number; seed: number },
): FewShotSplit {
  const byId = (a: Sample, b: Sample) => (a.id < b.id ? -1 : 1);
  const classes = Map.groupBy(samples.toSorted(byId), (sample) => answerText(sample) ?? "");
  const parts = [...classes.values()].map((all) => {
    const drawn = shuffle(all, seed);
    const cut = Math.max(1, Math.floor((1 - share) * drawn.length));
    return { asked: drawn.slice(cut), pool: drawn.slice(0, cut) };
  });
  return {
    asked: parts.flatMap(({ asked }) => asked).sort(byId),
    pool: parts.flatMap(({ pool }) => pool).sort(byId),
  };
}

/** Samples that share something, also through others, by union of their sets (Tarjan 1975, doi 10.1145/321879.321884). */
function joinGroups(samples: readonly Sample[]): Sample[][] {
  const parents = [...samples.keys()];
  const rootOf = (place: number): number => {
    let at = place;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  };
  const first = new Map<string, number>();
  for (const [place, sample] of samples.entries())
    for (const key of keysOf(sample)) {
      const other = first.get(key);
      if (other === undefined) first.set(key, place);
      else parents[rootOf(place)] = rootOf(other);
    }
  return [...Map.groupBy(samples.keys(), rootOf).values()].map((places) =>
    places.map((place) => samples[place]!),
  );
}

function keysOf({ patient, slide, group, images }: Sample): string[] {
  return [
    ...(patient === "" ? [] : [`patient ${patient}`]),
    ...(slide === "" ? [] : [`slide ${slide}`]),
    ...(group === "" ? [] : [`group ${group}`]),
    ...images.map(({ sha256 }) => `image ${sha256}`),
  ];
}
