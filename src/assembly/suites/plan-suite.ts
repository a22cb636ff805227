import { resolve } from "node:path";
import {
  type Arm,
  type ArmEstimate,
  type DataSet,
  estimateArm,
  findAnswered,
  isInShard,
  type LeakReport,
  type LeftOutArm,
  readSuite,
  type Sample,
  sayPower,
  taskKey,
} from "#evaluation";
import { imageForModel } from "#imaging";
import { checkSuite } from "./check-suite.ts";
import { findLibraryLeaks } from "./library-leaks.ts";
import { type OpenSuite, openSuite } from "./open-suite.ts";
import { type SuiteRunRequest, withLimit } from "./run-suite.ts";

/** What a run of a suite into a folder is going to ask and cost. */
export type SuitePlan = {
  name: string;
  dataSets: {
    name: string;
    format: string;
    license: string;
    samples: number;
    images: number;
    groups: number;
    refused: number;
    power: string;
  }[];
  arms: (Arm & ArmEstimate)[];
  leftOut: readonly LeftOutArm[];
  /** How much of a data set the library of a condition already holds. */
  leaks: { dataSet: string; condition: string; share: number; reasons: LeakReport["reasons"] }[];
};

/** Reads a suite with its data and opens all that it needs, without asking a model anything. Rejects as `openSuite` does. */
export async function planSuite(
  request: Pick<SuiteRunRequest, "file" | "folder" | "limit" | "shard" | "reuse" | "signal">,
): Promise<SuitePlan> {
  const { limit, shard, reuse = [], signal } = request;
  const read = await readSuite(request.file, signal);
  await checkSuite(read, signal);
  const { suite } = read;
  await using open = await openSuite(withLimit(suite, limit), { signal });
  const { arms, leftOut } = open;
  const dataSets = await open.dataSets;
  const asked = (samples: readonly Sample[]) =>
    shard === undefined ? samples : samples.filter(({ id }) => isInShard(id, shard));
  const answered = await findAnswered({ folder: resolve(request.folder), from: reuse, arms, signal });
  const countAnswered = (arm: string, samples: readonly Sample[]) =>
    samples.reduce((sum, { id }) => {
      const repeats = Array.from({ length: suite.repeats }, (_, repeat) => repeat);
      return sum + repeats.filter((repeat) => answered.has(taskKey({ arm, sample: id, repeat }))).length;
    }, 0);
  const pixels = new Map<string, number>();
  for (const { name, samples } of dataSets) pixels.set(name, await averagePixels(samples, signal));
  return {
    name: suite.name,
    dataSets: dataSets.map(describe),
    arms: arms.map((arm) => {
      const samples = asked(dataSets.find(({ name }) => name === arm.dataSet)?.samples ?? []);
      const estimate = estimateArm({
        ...{ suite: open.suite, samples, answered: countAnswered(arm.id, samples) },
        model: suite.models.find(({ name }) => name === arm.model)!,
        condition: suite.conditions.find(({ name }) => name === arm.condition)!,
        pixels: pixels.get(arm.dataSet) ?? 0,
      });
      return { ...arm, ...estimate };
    }),
    leftOut,
    leaks: await findLeaks(open, signal),
  };
}

function describe({ name, format, card, samples, refused }: DataSet): SuitePlan["dataSets"][number] {
  const groups = new Set(samples.map(({ group }) => group)).size;
  return {
    ...{ name, format, license: card.license, samples: samples.length, groups, refused: refused.length },
    images: samples.reduce((sum, { images }) => sum + images.length, 0),
    power: sayPower({ samples: samples.length, groups }),
  };
}

async function findLeaks(open: OpenSuite, signal: AbortSignal | undefined): Promise<SuitePlan["leaks"]> {
  const found: SuitePlan["leaks"] = [];
  for (const { condition, library } of open.libraries)
    for (const { name: dataSet, samples } of await open.dataSets) {
      const { share, reasons } = await findLibraryLeaks({ samples, library, signal });
      found.push({ dataSet, condition, share, reasons });
    }
  return found;
}

const imagesLookedAt = 8;

/** Of some images, evenly spread; of those that can be read. */
async function averagePixels(samples: readonly Sample[], signal: AbortSignal | undefined): Promise<number> {
  const images = samples.flatMap((sample) => sample.images);
  const step = Math.max(1, Math.floor(images.length / imagesLookedAt));
  const sizes: number[] = [];
  for (const image of images.filter((_, index) => index % step === 0).slice(0, imagesLookedAt)) {
    const options = { name: "image", ...(signal ? { signal } : {}) };
    try {
      const { width, height } = await imageForModel(await image.read(signal), options);
      sizes.push(width * height);
    } catch {
      signal?.throwIfAborted();
    }
  }
  return sizes.length === 0 ? 0 : sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}
