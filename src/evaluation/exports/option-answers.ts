import type { RunFile } from "../runner/run-file.ts";
import type { Arm } from "../suites/arms.ts";
import { openArm } from "./open-arm.ts";

/** What an arm thought of the options of its samples. */
type OptionAnswers = {
  /** In the order of the samples' ids; `correct` is the place of the right option. */
  answers: { group: string; probabilities: number[]; correct: number }[];
  /** How its rounds say that confidence was measured; empty where the run keeps no rounds. */
  methods: ReadonlySet<string>;
  /** As its rounds name the model; undefined where the run keeps none. */
  model: string | undefined;
};

/** The answers of an arm that have a probability for each option. Throws `run-unscored`, and the errors of reading a run. */
export async function readOptionAnswers(request: {
  folder: string;
  run: RunFile;
  arm: Arm;
  signal?: AbortSignal | undefined;
}): Promise<OptionAnswers> {
  const { read } = await openArm(request);
  const found: { key: string; answer: OptionAnswers["answers"][number] }[] = [];
  const methods = new Set<string>();
  let model: string | undefined;
  for await (const { sample, record } of read()) {
    if (record.state === "failed" || record.answer.probabilities === null) continue;
    const { gold, options, group, id } = sample;
    const { probabilities, events } = record.answer;
    const correct = gold.type === "option" ? options.findIndex(({ label }) => label === gold.label) : -1;
    const values = options.map(({ label }) => probabilities[label]);
    if (correct < 0 || !values.every((value) => value !== undefined)) continue;
    found.push({ key: `${id} ${record.repeat}`, answer: { group, probabilities: values, correct } });
    for (const event of events ?? []) {
      if (event.type === "confidence-measured") methods.add(event.method);
      if (event.type === "round-start") model = event.model.name ?? undefined;
    }
  }
  const answers = found.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ answer }) => answer);
  return { answers, methods, model };
}
