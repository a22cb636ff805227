/** Fits the model of image kinds to measured pictures. The same pictures in the same order give the same numbers. */
import type { ImageKind } from "#contracts";
import { quantile } from "#statistics";
import { type Cloud, distanceFrom, type KindModel, standardize } from "../../src/imaging/kind/kind-model.ts";
import type { Measured } from "./measure-pictures.ts";
import { principalAxes } from "./principal-axes.ts";
import { fitRegression } from "./regression.ts";

const ridge = 0.002;
const mostAxes = 20;
/** The reach of a cloud: what one in two hundred of its own pictures lies beyond, and a quarter as far again. */
const reachShare = 0.995;
const reachFactor = 1.25;

/** Kinds in the order of the model; those that are not claimed have fewer than fifty images. */
export const modeled: readonly { name: ImageKind; claimed: boolean }[] = [
  { name: "chest-frontal", claimed: true },
  { name: "chest-lateral", claimed: false },
  { name: "cross-section", claimed: true },
  { name: "histology", claimed: true },
  { name: "cytology", claimed: true },
  { name: "other", claimed: true },
];

/** What a picture is to the model; undefined where there are too few of its kind for a class of its own. */
export function modeledKind({ kind }: Pick<Measured, "kind">): ImageKind | undefined {
  const name = kind === "figure" ? "other" : kind;
  return modeled.some((one) => one.name === name) ? name : undefined;
}

export function fitModel(pictures: readonly Measured[], provenance: string): KindModel {
  const kinds = modeled.filter(({ name }) => pictures.some((picture) => modeledKind(picture) === name));
  const samples = pictures.flatMap((picture) => {
    const kind = kinds.findIndex(({ name }) => name === modeledKind(picture));
    return kind < 0 ? [] : picture.looks.map((measures) => ({ measures, kind }));
  });
  const { means, scales } = spreadOf(samples.map(({ measures }) => measures));
  const standard = samples.map(({ measures, kind }) => ({
    kind,
    measures: standardize(measures, { means, scales }),
  }));
  const counts = kinds.map((_, kind) => standard.filter((sample) => sample.kind === kind).length);
  // A kind of few images counts more an image, though not as much as one of many.
  const weighted = standard.map((sample) => ({ ...sample, weight: 1 / Math.sqrt(counts[sample.kind]!) }));
  const weights = fitRegression(weighted, { kinds: kinds.length, ridge });
  return {
    version: 1,
    provenance,
    features: pictures[0]?.features ?? [],
    means: rounded(means),
    scales: rounded(scales),
    kinds: kinds.map(({ name, claimed }, kind) => ({
      name,
      claimed,
      weights: rounded(weights[kind]!),
      cloud:
        name === "other"
          ? null
          : fitCloud(standard.filter((sample) => sample.kind === kind).map(({ measures }) => measures)),
    })),
  };
}

function fitCloud(samples: readonly Float64Array[]): Cloud {
  const { means } = spreadOf(samples.map((sample) => [...sample]));
  const mean = Float64Array.from(means);
  const count = Math.min(mostAxes, Math.floor(samples.length / 8));
  const axes = principalAxes(samples, { mean, count }).map(({ direction, variance }) => ({
    // Four decimals of a unit vector are enough.
    direction: Array.from(direction, (share) => Number(share.toFixed(4))),
    // Few samples tell a variance badly: none is taken for smaller than this.
    variance: round(Math.max(variance, 0.05)),
  }));
  const explained = axes.reduce((sum, { variance }) => sum + variance, 0);
  const total = samples.reduce((sum, sample) => sum + squaredDistance(sample, mean), 0) / samples.length;
  const cloud = { mean: rounded(mean), axes, residual: round(Math.max(total - explained, 0.05)) };
  const distances = samples.map((sample) => distanceFrom(cloud, sample));
  return { ...cloud, reach: round(quantile(distances, reachShare) * reachFactor) };
}

function squaredDistance(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, index) => sum + (value - second[index]!) ** 2, 0);
}

function spreadOf(rows: readonly (readonly number[])[]): { means: number[]; scales: number[] } {
  const length = rows[0]?.length ?? 0;
  const means = Array.from(
    { length },
    (_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length,
  );
  const scales = means.map(
    (mean, column) =>
      Math.sqrt(rows.reduce((sum, row) => sum + (row[column]! - mean) ** 2, 0) / rows.length) + 1e-6,
  );
  return { means, scales };
}

function rounded(values: Iterable<number>): number[] {
  return Array.from(values, round);
}

/** Five significant digits. */
function round(value: number): number {
  return Number(value.toPrecision(5));
}
