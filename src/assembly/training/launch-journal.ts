import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readBoundedFile, readJsonLines, writeError, writeFileAtomically } from "#platform";

const metricsSchema = z.object({
  at: z.string(),
  stage: z.string(),
  step: z.number().nullable(),
  values: z.record(z.string(), z.number().nullable()),
});

/** A line of metrics.jsonl. `at` is the time, as ISO 8601. */
export type RecordedMetrics = z.infer<typeof metricsSchema>;

const stateSchema = z.object({
  version: z.literal(1),
  /** Stages that ended well. */
  finished: z.array(z.string()),
  /** What was odd: `empty-retrievals`, `not-finite`, `data-changed`. */
  flags: z.array(z.string()),
});

/** What a run has come to, on disk: run.json and metrics.jsonl in the plan's folder. */
export type Journal = {
  /** The latest metrics, oldest first. */
  metrics: readonly RecordedMetrics[];
  finished(): readonly string[];
  flags(): readonly string[];
  finish(stage: string): Promise<void>;
  flag(name: string): Promise<void>;
  add(metrics: RecordedMetrics): Promise<void>;
};

/** Lines that a page is shown. */
const keptLines = 20_000;

/** Opens the journal of a run, or begins it. */
export async function openJournal(folder: string): Promise<Journal> {
  const [stateFile, metricsFile] = [join(folder, "run.json"), join(folder, "metrics.jsonl")];
  const state = await readState(stateFile);
  const metrics = await readRecorded(metricsFile);
  let writing = Promise.resolve();
  const inOrder = (write: () => Promise<void>) => {
    writing = writing.then(write);
    return writing;
  };
  const save = () => inOrder(() => writeFileAtomically(stateFile, `${JSON.stringify(state, null, 2)}\n`));
  const addOnce = async (list: string[], name: string) => {
    if (list.includes(name)) return;
    list.push(name);
    await save();
  };
  return {
    metrics,
    finished: () => state.finished,
    flags: () => state.flags,
    finish: (stage) => addOnce(state.finished, stage),
    flag: (name) => addOnce(state.flags, name),
    add(line) {
      metrics.push(line);
      if (metrics.length > keptLines) metrics.splice(0, metrics.length - keptLines);
      return inOrder(() =>
        appendFile(metricsFile, `${JSON.stringify(line)}\n`).catch((error: unknown) => {
          throw writeError(error, metricsFile);
        }),
      );
    },
  };
}

async function readState(file: string): Promise<z.infer<typeof stateSchema>> {
  try {
    const bytes = await readBoundedFile(file, { limit: 1024 * 1024 });
    return stateSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return { version: 1, finished: [], flags: [] };
  }
}

async function readRecorded(file: string): Promise<RecordedMetrics[]> {
  const lines: RecordedMetrics[] = [];
  try {
    for await (const line of readJsonLines(file)) {
      const { data } = metricsSchema.safeParse(line.type === "object" ? line.value : undefined);
      if (data) lines.push(data);
      if (lines.length > keptLines) lines.shift();
    }
  } catch {
    // It is not there yet.
  }
  return lines;
}
