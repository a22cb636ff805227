import { MedRoundsError } from "#contracts";
import { readTrajectory, type Trajectory } from "#training";
import type { FileSimilarity } from "../image-text-similarity.ts";

type WithImages = { trajectory: Trajectory; imageFiles: readonly string[] };
type Measured = { trajectory: Trajectory; reason?: string };

/** How much of a query is compared. */
const longestQuery = 4_000;

/**
 * The trajectories with the cosine of the question's first image and each query, where none was given and the image is named as a file
 * below the service's folders. One whose image can't be had stays as it is, with the reason: a number that was made up would be paid.
 */
export async function measureImages(
  given: readonly WithImages[],
  { similarity, signal }: { similarity: FileSimilarity; signal?: AbortSignal | undefined },
): Promise<Measured[]> {
  const wanted = given.map(({ trajectory, imageFiles: [file] }) => {
    if (trajectory.measured.imageSimilarity !== undefined || file === undefined) return undefined;
    const queries = readTrajectory(trajectory).queries.map((query) => query.slice(0, longestQuery));
    return queries.length === 0 ? undefined : { file, queries };
  });
  const measured = new Map<string, ReadonlyMap<string, number> | string>();
  // All attempts at one question have its image: it is encoded once for all their queries.
  const byFile = Map.groupBy(
    wanted.filter((one) => one !== undefined),
    ({ file }) => file,
  );
  for (const [file, same] of byFile) {
    const queries = [...new Set(same.flatMap((one) => one.queries))];
    measured.set(file, await measureFile(similarity, { file, queries, signal }));
  }
  return given.map(({ trajectory }, index) => {
    const want = wanted[index];
    const found = want && measured.get(want.file);
    if (want === undefined || found === undefined) return { trajectory };
    if (typeof found === "string") return { trajectory, reason: found };
    const imageSimilarity = want.queries.map((query) => found.get(query) ?? Number.NaN);
    return { trajectory: { ...trajectory, measured: { ...trajectory.measured, imageSimilarity } } };
  });
}

/** The cosine of an image and each query, or why the image can't be had. */
async function measureFile(
  similarity: FileSimilarity,
  request: { file: string; queries: readonly string[]; signal: AbortSignal | undefined },
): Promise<ReadonlyMap<string, number> | string> {
  const { file, queries: texts, signal } = request;
  try {
    const files = texts.map(() => file);
    const cosines = await similarity.similarity({ files, texts, ...(signal ? { signal } : {}) });
    return new Map(texts.map((text, index) => [text, cosines[index] ?? Number.NaN]));
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
    return error.message;
  }
}
