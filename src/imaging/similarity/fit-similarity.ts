import { builtInDescriptor, isColored } from "../descriptor/index.ts";
import { fitBlock } from "./fit-block.ts";
import { createFit, type FitBlock, type FitBranch, type FittedSimilarity } from "./fit-content.ts";

/** More cases than this are fitted on as many of them, evenly spaced: the covariances are known well enough by then. */
const sampleSize = 6_000;
/** Numbers of a fitted vector, for all blocks together. */
const fittedDimension = 128;
/** Share of the similarity that the image encoders have together where there are any; measured in docs/quality.md. */
const encoderShare = 1 / 3;
/** Gray and colored pictures are fitted apart where there are so many of each. */
const fewestOfBranch = 50;

/** A case as it is fitted on. Each counts alike, also those of one patient or slide (docs/quality.md says why). */
export type FitCase = {
  descriptor: Float32Array;
  encoded: readonly (Float32Array | undefined)[];
  labels: readonly string[];
};

/**
 * Fits on a library how its cases are compared: the built-in descriptor and each image encoder's vectors are fitted alone (`fitBlock`),
 * brought to unit length and laid side by side, the encoders with a third of the similarity. What can't be fitted (fewer than 20
 * vectors, or all the same) stays as it is. Gray pictures (radiographs, slices) and colored ones (stained tissue) are fitted apart where
 * there are 50 of each: what varies among the ones says nothing of the others (docs/quality.md). The same cases in the same order give the same fit; it takes a few seconds at most.
 */
export function fitSimilarity(request: {
  cases: readonly FitCase[];
  encoders: readonly { id: string; fingerprint: string; dimension: number }[];
}): FittedSimilarity {
  const { encoders } = request;
  const cases = evenSample(request.cases);
  return createFit({
    schema: 2,
    algorithm: 2,
    descriptor: builtInDescriptor.preprocessingHash,
    encoders: encoders.map(({ id, fingerprint }) => ({ id, fingerprint })),
    cases: request.cases.length,
    branches: fitApart(cases, encoders) ?? [fitBranch(cases, encoders)],
  });
}

type Encoders = readonly { dimension: number }[];

/** Undefined where there are too few of one, or their blocks come out of other dimensions. */
function fitApart(cases: readonly FitCase[], encoders: Encoders): FitBranch[] | undefined {
  const colored = cases.filter(({ descriptor }) => isColored(descriptor));
  const gray = cases.filter(({ descriptor }) => !isColored(descriptor));
  if (Math.min(gray.length, colored.length) < fewestOfBranch) return undefined;
  const branches = [fitBranch(gray, encoders), fitBranch(colored, encoders)];
  const [one, other] = branches.map((blocks) => blocks.map(({ dimension }) => dimension).join());
  return one === other ? branches : undefined;
}

function fitBranch(cases: readonly FitCase[], encoders: Encoders): FitBranch {
  const encoderPart = encoders.length === 0 ? 0 : fittedDimension / 2;
  return [
    fitOne({
      cases: cases.map(({ descriptor, labels }) => ({ vector: descriptor, labels })),
      width: builtInDescriptor.dimension,
      dimension: fittedDimension - encoderPart,
      share: encoders.length === 0 ? 1 : 1 - encoderShare,
    }),
    ...encoders.map(({ dimension: width }, index) =>
      fitOne({
        cases: cases.map(({ encoded, labels }) => ({ vector: encoded[index], labels })),
        width,
        dimension: Math.floor(encoderPart / encoders.length),
        share: encoderShare / encoders.length,
      }),
    ),
  ];
}

function evenSample(cases: readonly FitCase[]): readonly FitCase[] {
  if (cases.length <= sampleSize) return cases;
  return Array.from({ length: sampleSize }, (_, at) => cases[Math.floor((at * cases.length) / sampleSize)]!);
}

function fitOne(request: {
  cases: readonly { vector: Float32Array | undefined; labels: readonly string[] }[];
  width: number;
  dimension: number;
  share: number;
}): FitBlock {
  const { width, share } = request;
  // A vector of zeros says nothing of its image.
  const told = request.cases.filter((one): one is { vector: Float32Array; labels: readonly string[] } =>
    Boolean(one.vector?.some((value) => value !== 0)),
  );
  const dimension = Math.min(request.dimension, width);
  const map = fitBlock(told, dimension);
  return { width, share, cases: told.length, dimension: map ? dimension : width, map: map ?? null };
}
