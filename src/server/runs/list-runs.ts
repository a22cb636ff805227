import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { fileError, parseJson, readBoundedFile } from "#platform";

/** A folder of a run, as far as it can be read. */
export type ListedRun = {
  name: string;
  /** Null where run.json cannot be read. */
  facts: { title: string; at: string; arms: number; samples: number } | null;
  /** Whether a report is there, and whether answers were scored after it. */
  report: "none" | "there" | "older than scores";
};

/** Names with no character that means anything in an address or in HTML. */
export const runName = /^[\w-][\w.-]{0,199}$/;

const largest = 64 * 1024 * 1024;
const runSchema = z.object({
  name: z.string(),
  suite: z.object({ title: z.string().optional() }),
  arms: z.array(z.unknown()),
  starts: z.array(z.object({ at: z.string() })),
  dataSets: z.array(z.object({ samples: z.number() })),
});

/** The runs in a folder and their reports, by name; what has neither run.json nor a report is none. Rejects with the errors of reading a folder. */
export async function listRuns(folder: string): Promise<ListedRun[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw fileError(error, folder);
  });
  const runs: ListedRun[] = [];
  for (const name of names.filter((entry) => runName.test(entry)).sort()) {
    const run = join(folder, name);
    const report = await timeOf(join(run, "report/report.html"));
    if (report === null && (await timeOf(join(run, "run.json"))) === null) continue;
    const scores = await timeOf(join(run, "scores.jsonl"));
    const isOlder = report !== null && scores !== null && report < scores;
    runs.push({
      name,
      facts: await readFacts(join(run, "run.json")),
      report: report === null ? "none" : isOlder ? "older than scores" : "there",
    });
  }
  return runs;
}

/** When a file was last written, in milliseconds; null where there is none. */
async function timeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? found.mtimeMs : null;
}

async function readFacts(file: string): Promise<ListedRun["facts"]> {
  const bytes = await readBoundedFile(file, { limit: largest }).catch(() => null);
  if (bytes === null) return null;
  const { success, data } = runSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (!success) return null;
  const { name, suite, arms, starts, dataSets } = data;
  return {
    title: suite.title ?? name,
    at: starts.at(-1)?.at ?? "",
    arms: arms.length,
    samples: dataSets.reduce((sum, { samples }) => sum + samples, 0),
  };
}
