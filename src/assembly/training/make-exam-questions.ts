import { type Failure, MedRoundsError, toFailure } from "#contracts";
import { readDataSet, type Sample } from "#evaluation";
import { builtInDescriptor, type DecodedImage, decodeImage } from "#imaging";
import { canonicalJson, sha256 } from "#platform";
import {
  type AnsweredImage,
  chooseNearCenters,
  keptApart,
  type Made,
  type MadeManifest,
  makeQuestion,
  mapInOrder,
  readMakingPrompt,
  writeMade,
} from "#training";
import { loadQueryEncoder } from "../load-models.ts";
import { openLibraryAt } from "../open-library.ts";
import { readEvaluationSets } from "./evaluated-sets.ts";
import type { MakeSettings } from "./make-settings.ts";
import { openMakingImages } from "./making-images.ts";
import { connectMaker } from "./making-model.ts";

export type QuestionsRequest = MakeSettings & {
  kind: "questions";
  /** A data set of images with questions and answers, in any form that suites read. */
  dataSet: string;
  /** Its split to take, as its rows name it; all where left out. */
  split?: string | undefined;
  /** Images are compared by the first image encoder of this library; by the built-in descriptor where left out, or where it has none. */
  library?: string | undefined;
  /** Groups of alike images, and images of each. */
  clusters: number;
  each: number;
};

/** Exam questions of images with questions and answers. Throws as `readDataSet`, `connectMaker` and `writeMade` do. */
export async function makeExamQuestions(request: QuestionsRequest): Promise<MadeManifest> {
  const { dataSet: path, folder, split, seed, signal, clusters, each, concurrency, onProgress } = request;
  const data = await readDataSet({ path, split, signal });
  const evaluationSets = await readEvaluationSets(request.evaluated, signal);
  const images = openMakingImages(folder);
  const connected = await connectMaker({ ...request, readImage: (key) => images.read(key) });
  const prompts = {
    analysis: await readMakingPrompt("exam-analysis"),
    question: await readMakingPrompt("exam-question"),
  };
  const candidates = onePerImage(data.samples);
  const described = await describe(candidates, { library: request.library, signal });
  const vectors = described.flatMap(({ vector }) => (vector ? [vector] : []));
  const usable = described.filter(({ vector }) => vector !== null);
  const chosen = chooseNearCenters({ vectors, clusters, each, seed }).map((place) => usable[place]!.sample);
  const make = async (sample: Sample): Promise<Made> => {
    const [image] = sample.images;
    const kept = await images.keep(await image!.read(signal), signal);
    const source = sourceOf(sample, { image: kept, license: data.card.license });
    return makeQuestion(source, { model: connected.maker, prompts, seed });
  };

  async function* made(): AsyncGenerator<Made> {
    for (const { sample, failure } of described) {
      if (failure) yield keptApart(sample.sourceId, failure.code, failure.message);
    }
    const progress = { items: 0, share: 0, refused: 0 };
    const items = (async function* () {
      yield* chosen;
    })();
    for await (const one of mapInOrder({ items, limit: concurrency, apply: make, signal })) {
      progress.items++;
      progress.share = progress.items / chosen.length;
      if (one.rows.length === 0) progress.refused++;
      onProgress?.(progress);
      yield one;
    }
  }

  return writeMade({
    ...{ folder, made: made(), evaluationSets, maximumOverlap: request.maximumOverlap },
    making: {
      kind: "questions",
      model: connected.name,
      prompts: Object.values(prompts).map(({ name, hash }) => ({ name, hash })),
      seed,
      sources: [{ name: data.name, sha256: sha256(canonicalJson(data.samples.map(({ id }) => id))) }],
    },
    notes: [
      ...connected.notes,
      `${chosen.length} of ${usable.length} images with a question were taken: those nearest to the centers of ${Math.min(clusters, usable.length)} groups of alike images.`,
    ],
  });
}

/** The first question of each image with an answer in words, else by an option; questions about several images are passed over. */
function onePerImage(samples: readonly Sample[]): Sample[] {
  const byImage = new Map<string, Sample>();
  for (const sample of samples) {
    const [image, second] = sample.images;
    if (!image || second || answerOf(sample) === undefined) continue;
    const known = byImage.get(image.sha256);
    if (!known || (known.gold.type !== "text" && sample.gold.type === "text"))
      byImage.set(image.sha256, sample);
  }
  return [...byImage.values()];
}

function answerOf({ gold, options }: Sample): string | undefined {
  if (gold.type === "text") return gold.texts[0];
  return gold.type === "option" ? options.find(({ label }) => label === gold.label)?.text : undefined;
}

type Described = {
  sample: Sample;
  vector: Float32Array | null;
  failure: Failure | null;
};

/** An image that can't be decoded fails alone; an encoder that fails ends the whole, since vectors of two kinds can't be compared. */
async function describe(
  samples: readonly Sample[],
  { library, signal }: Pick<QuestionsRequest, "library" | "signal">,
): Promise<Described[]> {
  using open = library === undefined ? null : await openLibraryAt(library);
  const [vectors] = open?.imageVectors ?? [];
  await using encoder = vectors ? await loadQueryEncoder(vectors.embedder) : null;
  const embed = async (image: DecodedImage) => {
    const [encoded] = (await encoder?.embedImages([image.raster], signal)) ?? [];
    return encoded ?? builtInDescriptor.embed(image);
  };
  const described: Described[] = [];
  for (const sample of samples) {
    const decoded = await decode(sample, signal);
    const vector = "raster" in decoded ? await embed(decoded) : null;
    described.push({ sample, vector, failure: "raster" in decoded ? null : decoded });
  }
  return described;
}

async function decode({ images: [image] }: Sample, signal?: AbortSignal): Promise<DecodedImage | Failure> {
  signal?.throwIfAborted();
  try {
    return await decodeImage(await image!.read(signal), { name: image!.name, ...(signal ? { signal } : {}) });
  } catch (error) {
    signal?.throwIfAborted();
    if (!MedRoundsError.is(error)) throw error;
    return toFailure(error);
  }
}

function sourceOf(
  sample: Sample,
  { image, license }: Pick<AnsweredImage, "image" | "license">,
): AnsweredImage {
  const { id, question, patient, slide } = sample;
  return { id, question, answer: answerOf(sample) ?? "", image, license, patient, slide };
}
