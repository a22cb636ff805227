import { type DataSet, type LeakReason, readDataSet, type Sample } from "#evaluation";
import { createRelationIndex, decodeImage, fingerprintOf, type RelationQuery } from "#imaging";
import { mapConcurrently } from "#platform";
import { createLeakCheck } from "#text";
import type { LeakFinder, QuestionLeak } from "#training";

const imagesAtOnce = 2;

/** Which image of the evaluation sets a question's image is, and by what. */
type QuestionRelation = [position: number, reason: LeakReason];

/** An image of an evaluation set with the first sample that has it. */
type TestImage = { set: string; sample: string; image: Sample["images"][number] };

/**
 * Looks in training questions for those of evaluation sets, in the forms that `eval run` reads: by the same content, by overlap of words, by the bytes of images,
 * and by their pixels and fingerprints (also turned, mirrored, cropped). Images are compared only once a question has one. Rejects with
 * the errors of reading data sets.
 */
export async function openLeakFinder(
  paths: readonly string[],
  { maximum, signal }: { maximum: number; signal?: AbortSignal | undefined },
): Promise<LeakFinder> {
  const sets: DataSet[] = [];
  for (const path of paths) sets.push(await readDataSet({ path, signal }));
  const words = createLeakCheck(sets.flatMap(testQuestions), { maximum });
  const sameQuestion = new Map(
    sets.flatMap(({ name, samples }) => samples.map(({ id }) => [id, name] as const)),
  );
  const images = sets.flatMap(testImages);
  const byHash = new Map(images.map((one, index) => [one.image.sha256, index] as const).reverse());
  const touched = new Set<number>();
  let relate: ReturnType<typeof indexImages> | undefined;

  const findImage = async (
    shown: Parameters<LeakFinder["find"]>[0]["images"],
  ): Promise<QuestionLeak | null> => {
    for (const image of shown) {
      const same = byHash.get(image.sha256);
      let met: QuestionRelation | undefined = same === undefined ? undefined : [same, "sameImage"];
      if (!met && images.length > 0) {
        relate ??= indexImages(images, signal);
        const described = await describe(() => image.read(), signal);
        if (described) met = (await relate)(described);
      }
      if (!met) continue;
      const [index, reason] = met;
      touched.add(index);
      const { set, sample } = images[index]!;
      return { set, sample, reason };
    }
    return null;
  };

  return {
    async find({ id, text, images: shown }) {
      const [leak] = words.check(text);
      const byImage = await findImage(shown);
      if (leak) return { set: leak.set, sample: leak.id, reason: leak.reason };
      const set = sameQuestion.get(id);
      return set === undefined ? byImage : { set, sample: id, reason: "sameQuestion" };
    },
    summarize: () =>
      words.summarize().map((summary) => ({
        ...summary,
        images: images.filter(({ set }) => set === summary.set).length,
        imagesTouched: [...touched].filter((index) => images[index]?.set === summary.set).length,
      })),
  };
}

function testQuestions({ name, samples }: DataSet) {
  return samples.map(({ id, question, options, gold }) => {
    const right =
      gold.type === "option" ? options.find(({ label }) => label === gold.label)?.text : undefined;
    const answer = gold.type === "text" ? gold.texts[0] : right;
    return { set: name, id, question, answer: answer ?? null };
  });
}

function testImages({ name, samples }: DataSet): TestImage[] {
  return samples.flatMap(({ id, images }) => images.map((image) => ({ set: name, sample: id, image })));
}

/** Who is like the images that can be read, by their positions. */
async function indexImages(
  images: readonly TestImage[],
  signal: AbortSignal | undefined,
): Promise<(image: RelationQuery) => QuestionRelation | undefined> {
  const described = await mapConcurrently(images, imagesAtOnce, ({ image }) =>
    describe(() => image.read(signal), signal),
  );
  const known = described.flatMap((one, position) => (one ? [{ one, position }] : []));
  const index = createRelationIndex(
    known.map(({ one }) => one),
    { crops: true },
  );
  return (image) => {
    const { sameImage, nearIdentical } = index.relationsOf(image);
    const [first = nearIdentical[0]] = sameImage;
    const found = first === undefined ? undefined : known[first];
    return found && [found.position, sameImage.length > 0 ? "sameImage" : "nearIdentical"];
  };
}

const unknownIds = { patientId: "", studyId: "", slideId: "" };

async function describe(read: () => Promise<Uint8Array>, signal: AbortSignal | undefined) {
  signal?.throwIfAborted();
  try {
    const { pixelHash, raster } = await decodeImage(await read(), {
      name: "image",
      ...(signal ? { signal } : {}),
    });
    return { ...unknownIds, pixelHash, fingerprint: fingerprintOf(raster) };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
