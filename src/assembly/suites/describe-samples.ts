import type { Sample, SampleRelations, SampleVectors } from "#evaluation";
import { createRelationIndex, type ImageLikeness, measureLikeness } from "#imaging";
import { mapConcurrently } from "#platform";
import { openImageDescriptions } from "./image-descriptions.ts";

/** How samples' first images look, and which of them show the same. */
export type DescribedSamples = { vectors: SampleVectors; relations: SampleRelations };

/** How many of so many images have been described. */
export type DescribingProgress = { done: number; of: number };

export type Describing = {
  /** Where descriptions are kept, so that no image is described twice; nowhere unless told. */
  folder?: string | undefined;
  onProgress?: ((progress: DescribingProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** Images that are read and waiting for a thread, or in one. */
const imagesAtOnce = 6;
/** What an abort may lose. */
const keptAtOnce = 60;

/**
 * Describes samples' first images by the built-in descriptor, each image once, in threads. Those that can't be read have no vector: the run
 * tells of them.
 *
 * @throws MedRoundsError the errors of writing the folder; the signal's reason
 */
export async function describeSamples(
  samples: readonly Sample[],
  describing: Describing = {},
): Promise<DescribedSamples> {
  const byImage = Map.groupBy(
    samples.filter(({ images }) => images.length > 0),
    ({ images: [image] }) => image?.sha256 ?? "",
  );
  const vectors = new Map<string, Float32Array>();
  const likenesses = await describeImages(
    new Map([...byImage].map(([hash, [first]]) => [hash, first!])),
    describing,
  );
  const known = [...byImage].flatMap(([hash, same]) => {
    const likeness = likenesses.get(hash);
    if (!likeness) return [];
    for (const { id } of same) vectors.set(id, likeness.descriptor);
    const { pixelHash, fingerprint } = likeness;
    // Patients and slides are compared by the samples' own.
    const query = { pixelHash, fingerprint, patientId: "", studyId: "", slideId: "" };
    return [{ ids: same.map(({ id }) => id), query }];
  });
  const index = createRelationIndex(
    known.map(({ query }) => query),
    { crops: true },
  );
  const places = new Map(known.flatMap(({ ids }, place) => ids.map((id) => [id, place] as const)));
  return {
    vectors,
    relations(id) {
      const place = places.get(id);
      if (place === undefined) return [];
      const { sameImage, nearIdentical } = index.relationsOf(known[place]!.query);
      return [...sameImage, ...nearIdentical].flatMap((other) => known[other]!.ids);
    },
  };
}

/** By the hashes of images, each with a sample that has it first. */
async function describeImages(
  images: ReadonlyMap<string, Sample>,
  { folder, onProgress, signal }: Describing,
): Promise<Map<string, ImageLikeness>> {
  await using kept = folder === undefined ? undefined : await openImageDescriptions(folder);
  const hashes = [...images.keys()];
  const likenesses = new Map<string, ImageLikeness>();
  for (const [place, likeness] of ((await kept?.read(hashes)) ?? []).entries())
    if (likeness) likenesses.set(hashes[place]!, likeness);
  const missing = hashes.filter((hash) => !likenesses.has(hash));
  let done = 0;
  for (let start = 0; start < missing.length; start += keptAtOnce) {
    const batch = missing.slice(start, start + keptAtOnce);
    const measured = await mapConcurrently(batch, imagesAtOnce, async (hash) => {
      const likeness = await describe(images.get(hash)!, signal);
      onProgress?.({ done: ++done, of: missing.length });
      return likeness ? [{ hash, likeness }] : [];
    });
    for (const { hash, likeness } of measured.flat()) likenesses.set(hash, likeness);
    await kept?.keep(measured.flat());
  }
  return likenesses;
}

async function describe(
  { images: [image] }: Sample,
  signal: AbortSignal | undefined,
): Promise<ImageLikeness | undefined> {
  signal?.throwIfAborted();
  try {
    // The thread takes the bytes along, and a reader may have more use for them.
    const bytes = new Uint8Array(await image!.read(signal));
    return await measureLikeness(bytes, { name: "image", ...(signal ? { signal } : {}) });
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
