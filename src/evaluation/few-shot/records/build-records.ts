import { MedRoundsError } from "#contracts";
import { taskSeed } from "../../runner/task.ts";
import type { Sample } from "../../samples/sample.ts";
import { chooseExemplars } from "../choose-exemplars.ts";
import { drawOptionOrder } from "../draw.ts";
import type { ExemplarRule } from "../exemplar.ts";
import type { ExemplarPool, SampleRelations } from "../exemplar-pool.ts";
import type { PromptWording } from "../prompt-wording.ts";
import { createTouchCheck, type TouchCheck } from "../touched-samples.ts";
import { createRecords, type RecordedQuestion } from "./create-records.ts";
import type { FewShotRecord } from "./few-shot-record.ts";
import { readRecord } from "./read-record.ts";

/** What was made of the samples that are asked about. Each is in a record or among those left out. */
export type BuiltRecords = {
  records: readonly FewShotRecord[];
  /** Samples without a record, and why. */
  left: readonly { sourceId: string; reason: string }[];
  /** Records with fewer examples than wanted, and with examples that were drawn since the image cannot be compared. */
  short: number;
  notCompared: number;
  /** Records with examples, and which of them have some that are not independent of what is asked. */
  touches: ReturnType<TouchCheck["result"]>;
};

/**
 * Builds the records of samples, data set by data set, with examples from a pool, none for `rule` null. What is drawn for a sample is what an
 * arm of the same seed draws. As RALM-Path does, a rule that mixes groups leaves out samples with too few examples.
 *
 * @throws MedRoundsError `prompt-invalid` where the wording loses the structure by which records are read; `few-shot-leaking` as `chooseExemplars`
 */
export function buildRecords(request: {
  /** The name of samples' data set where they have no tag that tells it. */
  name: string;
  asked: readonly Sample[];
  pool: ExemplarPool;
  relations?: SampleRelations | undefined;
  barred?: ReadonlySet<string> | undefined;
  rule: ExemplarRule | null;
  options: "fixed" | "random";
  seed: number;
  wording: PromptWording;
}): BuiltRecords {
  const { name, asked, pool, relations, barred, rule, seed, wording } = request;
  const left: BuiltRecords["left"][number][] = [];
  const touching = createTouchCheck({
    samples: new Map([...pool.samples, ...asked].map((sample) => [sample.id, sample])),
    relations,
  });
  let short = 0;
  let notCompared = 0;
  const choose = (sample: Sample): RecordedQuestion[] => {
    const drawn = taskSeed(seed, { sample: sample.id, repeat: 0 });
    const order = { order: request.options, seed: drawn, repeat: 0 };
    const optionOrder = drawOptionOrder(sample.options, order);
    if (!rule) return [{ sample, exemplars: [], optionOrder }];
    const chosen = chooseExemplars(sample, { pool, rule, armSeed: seed, seed: drawn, barred });
    const { exemplars, missing, isCompared } = chosen;
    if (rule.mixesGroups && missing.length > 0) {
      const { answer, wanted, found } = missing[0]!;
      const reason = `There are ${found} of ${wanted} examples of ${answer ?? "any class"}.`;
      left.push({ sourceId: sample.sourceId, reason });
      return [];
    }
    if (missing.length > 0) short++;
    if (rule.choice === "similar" && !isCompared) notCompared++;
    return [{ sample, exemplars, optionOrder }];
  };
  const records: FewShotRecord[] = [];
  const bySet = Map.groupBy(asked, ({ tags }) => tags.data_set || name);
  for (const [dataSet, samples] of bySet) {
    const questions = samples.flatMap(choose);
    const made = createRecords({ dataSet, questions, wording, pathOf });
    records.push(...made.records);
    for (const { sample, exemplars } of questions) {
      if (made.left.includes(sample)) continue;
      touching.add({ sample: sample.id, exemplars: exemplars.map((one) => ({ sample: one.sample.id })) });
    }
    const reason = "It has no image, or no option that is right.";
    left.push(...made.left.map(({ sourceId }) => ({ sourceId, reason })));
  }
  for (const record of records) checkStructure(record);
  return { records, left, short, notCompared, touches: touching.result() };
}

function pathOf({ images: [image] }: Sample): string {
  return image?.path ?? image?.name ?? "";
}

function checkStructure(record: FewShotRecord): void {
  const { images, correct, label } = record;
  try {
    const { exemplars, options } = readRecord(record);
    const right = options.find((option) => option.label === label)?.text;
    if (exemplars.length === images.length - 1 && right === correct) return;
  } catch (error) {
    if (!MedRoundsError.is(error)) throw error;
  }
  const message =
    "A record of this wording cannot be read again: it needs lines of Example, Answer: and Options:, with the options at the end.";
  throw new MedRoundsError("prompt-invalid", message);
}
