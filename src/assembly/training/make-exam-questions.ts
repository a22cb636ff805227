import { join } from "node:path";
import { toFailure } from "#contracts";
import { readDataSet, type Sample } from "#evaluation";
import { builtInDescriptor, decodeImage } from "#imaging";
import { canonicalJson, readJsonLines, sha256 } from "#platform";
import {
  type AnsweredImage,
  chooseNearCenters,
  countTries,
  keptApart,
  type Made,
  type MadeManifest,
  type MadeRow,
  makeQuestion,
  mapInOrder,
  readMakingPrompt,
  stratify,
  writeMade,
} from "#training";
import { readEvaluationSets } from "./evaluated-sets.ts";
import { digestSources, type MakeSettings } from "./make-settings.ts";
import { openMakingImages } from "./making-images.ts";
import { connectMaker } from "./making-model.ts";

export type QuestionsRequest = MakeSettings & {
  kind: "questions";
  /** A data set of images with questions and answers, in any form that suites read. */
  dataSet: string;
  /** Its split to take, as its rows name it; all where left out. */
  split?: string | undefined;
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
  const described = await describe(candidates, signal);
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
  failure: ReturnType<typeof toFailure> | null;
};

async function describe(samples: readonly Sample[], signal?: AbortSignal): Promise<Described[]> {
  const described: Described[] = [];
  for (const sample of samples) {
    signal?.throwIfAborted();
    const [image] = sample.images;
    try {
      const bytes = await image!.read(signal);
      const decoded = await decodeImage(bytes, { name: image!.name, ...(signal ? { signal } : {}) });
      described.push({ sample, vector: builtInDescriptor.embed(decoded), failure: null });
    } catch (error) {
      signal?.throwIfAborted();
      described.push({ sample, vector: null, failure: toFailure(error) });
    }
  }
  return described;
}

function sourceOf(
  sample: Sample,
  { image, license }: Pick<AnsweredImage, "image" | "license">,
): AnsweredImage {
  const { id, question, patient, slide } = sample;
  return { id, question, answer: answerOf(sample) ?? "", image, license, patient, slide };
}

export type StrataRequest = MakeSettings & {
  kind: "strata";
  /** A folder of exam questions. */
  questions: string;
  /** Folders of rollouts at them. */
  rollouts: readonly string[];
};

/** Exam questions without those that models always answered right, the others easy or hard. Throws as `readDataSet` and `writeMade` do. */
export async function stratifyExamQuestions(request: StrataRequest): Promise<MadeManifest> {
  const { questions, rollouts, folder, signal } = request;
  const file = join(questions, "questions.jsonl");
  const { samples } = await readDataSet({ path: file, format: "manifest", signal });
  const ids = new Map(samples.map(({ sourceId, id }) => [sourceId, id]));
  const tries = await countTries(rollouts, signal);
  const images = openMakingImages(folder);

  async function* made(): AsyncGenerator<Made> {
    for await (const entry of readJsonLines(file, signal)) {
      if (entry.type !== "object") continue;
      const row = rowOf(entry.value);
      const stratified = stratify(row, tries.get(ids.get(row.id) ?? ""));
      const { file: image } = entry.value;
      if (stratified.rows.length > 0 && typeof image === "string") await images.take(questions, image);
      yield stratified;
    }
  }

  return writeMade({
    ...{ folder, made: made(), maximumOverlap: request.maximumOverlap },
    evaluationSets: await readEvaluationSets(request.evaluated, signal),
    making: {
      ...{ kind: "strata", model: null, prompts: [], seed: null },
      sources: await digestSources([file, ...rollouts.map((one) => join(one, "rollouts.jsonl"))], signal),
    },
  });
}

function rowOf(fields: Readonly<Record<string, unknown>>): MadeRow {
  const { id, license, patient_id: patient, image_sha256: image, question, options, explanation } = fields;
  return {
    id: String(id),
    license: String(license ?? "not stated"),
    patient: String(patient ?? ""),
    images: typeof image === "string" ? [image] : [],
    texts: [String(question), ...Object.values(options ?? {}).map(String), String(explanation ?? "")],
    fields,
  };
}
