import { resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import {
  type BuiltRecords,
  barredSamples,
  buildRecords,
  createExemplarPool,
  type DataSet,
  type ExemplarRule,
  readDataSet,
  readPromptWording,
  readRecordFile,
  recordWording,
  type Sample,
  splitAsPublished,
  splitSamples,
  writeRecordFile,
} from "#evaluation";
import { type DescribedSamples, type DescribingProgress, describeSamples } from "./describe-samples.ts";

export type ExemplarsRequest = Pick<
  Parameters<typeof readDataSet>[0],
  "path" | "format" | "images" | "classField" | "split"
> & {
  /** The file that is written. */
  out: string;
  /** Examples of each class; 0 for questions alone. */
  perClass: number;
  choice: "similar" | "random";
  /** Share of the samples, 0 to 1, that is asked about; the others are examples. */
  asks?: number | undefined;
  /** A file of records: what it asks about is asked, and nothing of it is an example. */
  asked?: string | undefined;
  /** Builds as RALM-Path does. */
  asPublished: boolean;
  options: "fixed" | "random";
  prompt?: string | undefined;
  seed: number;
  onDescribing?: ((progress: DescribingProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
};

export type WrittenExemplars = Omit<BuiltRecords, "records" | "touches"> & {
  file: string;
  records: number;
  /** Samples that were to be asked about, and those that examples were taken from. */
  asked: number;
  pool: number;
  /** Images that `asked` asks about and no sample has. */
  unknown: readonly string[];
  /** Records with examples, those of them with one that shows the same image or is of the same patient or slide, and why. */
  checked: number;
  touched: number;
  reasons: Readonly<Record<string, number>>;
  /** Rows of the data set that could not be read. */
  refused: number;
};

/** What RALM-Path holds back of each class. */
const publishedShare = 0.02;

/**
 * Writes the questions of a data set with solved examples, in the structure of RALM-Path's files. Every sample that is asked about is in a record,
 * or told with the reason. Examples are never of the question's patient or slide; as published, they may be.
 *
 * @throws MedRoundsError `usage-invalid` where it is told twice what is asked; `few-shot-file-invalid`, `few-shot-leaking`, `prompt-invalid`; the
 * errors of reading a data set and of writing; the signal's reason
 */
export async function writeExemplars(request: ExemplarsRequest): Promise<WrittenExemplars> {
  const { out, perClass, choice, asPublished, options, seed, onDescribing, signal } = request;
  const { path, format, images, classField, split } = request;
  const wording = await readPromptWording(request.prompt ?? recordWording, signal);
  const dataSet = await readDataSet({ path, format, images, classField, split, signal });
  const { asked, pool, barred, unknown } = await divide(dataSet, request);
  const described: Partial<DescribedSamples> =
    perClass === 0 ? {} : await describeSamples(dataSet.samples, { onProgress: onDescribing, signal });
  const rule: ExemplarRule = {
    choice,
    amount: { type: "per-class", number: perClass },
    order: asPublished ? "fixed" : "random",
    mixesGroups: asPublished,
  };
  const built = buildRecords({
    ...{ name: dataSet.name, asked, barred, options, seed, wording },
    ...{ pool: createExemplarPool({ samples: pool, ...described }), rule: perClass === 0 ? null : rule },
    relations: described.relations,
  });
  const file = resolve(out);
  await writeRecordFile(file, built.records);
  const { records, touches, ...told } = built;
  const reasons = Object.values(touches.touched).flat();
  return {
    ...{ ...told, file, records: records.length, asked: asked.length, pool: pool.length, unknown },
    checked: touches.checked,
    touched: Object.keys(touches.touched).length,
    reasons: Object.fromEntries(
      [...Map.groupBy(reasons, (one) => one)].map(([one, all]) => [one, all.length]),
    ),
    refused: dataSet.refused.length,
  };
}

type Division = {
  asked: readonly Sample[];
  pool: readonly Sample[];
  barred: ReadonlySet<string>;
  unknown: readonly string[];
};

/** What is asked and what examples are taken from. Without a share or a list all samples are both, each without itself. */
async function divide(
  { samples }: DataSet,
  { asked: file, asks, asPublished, seed, signal }: ExemplarsRequest,
): Promise<Division> {
  if (file !== undefined && asks !== undefined) {
    throw new MedRoundsError(
      "usage-invalid",
      "Either a share of the samples is asked about, or those of a file.",
    );
  }
  if (file !== undefined) {
    const { records } = await readRecordFile(file, signal);
    const { barred, unknown } = barredSamples(records, samples);
    const asked = samples.filter(({ id }) => barred.has(id));
    if (asked.length > 0)
      return { asked, pool: samples.filter(({ id }) => !barred.has(id)), barred, unknown };
    const message = "The file asks about no sample of the data set.";
    throw new MedRoundsError("few-shot-file-invalid", message, { records: records.length });
  }
  const share = asks ?? (asPublished ? publishedShare : undefined);
  const none = { barred: new Set<string>(), unknown: [] };
  if (share === undefined) return { asked: samples, pool: samples, ...none };
  const parts = (asPublished ? splitAsPublished : splitSamples)(samples, { share, seed });
  if (parts.asked.length > 0) return { ...parts, ...none };
  throw new MedRoundsError("usage-invalid", "The share is too small: nothing would be asked about.");
}
