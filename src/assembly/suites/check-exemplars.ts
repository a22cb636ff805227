import {
  createTouchCheck,
  type DataSetLeaks,
  readExemplars,
  type Sample,
  type TouchCheck,
} from "#evaluation";
import type { OpenSuite } from "./open-suite.ts";

/** What the answers in a run's logs tell of the examples that they were given with, whoever asked for them and when. */
export type ExemplarFindings = {
  /** Of each data set and condition; none where the suite wants none. */
  leaks: readonly DataSetLeaks[];
  /** What is to be known of them. */
  notes: readonly string[];
};

/**
 * Looks in a run's logs which samples were asked with examples that are not independent of them, and which with fewer than wanted.
 * Throws the errors of reading the logs and the signal's reason.
 */
export async function checkExemplars(
  open: OpenSuite,
  { folder, signal }: { folder: string; signal?: AbortSignal | undefined },
): Promise<ExemplarFindings> {
  const { suite, arms } = open;
  const found: { dataSet: string; condition: string; touches: TouchCheck; short: Set<string> }[] = [];
  const checks = new Map<string, Pick<TouchCheck, "add">>();
  for (const dataSet of await open.dataSets)
    for (const condition of suite.conditions) {
      const { type, name = "" } = condition;
      const own = arms.filter((arm) => arm.dataSet === dataSet.name && arm.condition === name);
      const [arm] = own;
      if (type !== "few-shot" || !arm) continue;
      const pool = await open.pools(dataSet, condition);
      const samples = new Map<string, Sample>(
        [...pool.samples, ...dataSet.samples].map((sample) => [sample.id, sample]),
      );
      const relations = suite.leaks ? await pool.relations() : undefined;
      const touches = createTouchCheck({ samples, relations });
      const short = new Set<string>();
      const add: TouchCheck["add"] = (asked) => {
        const sample = samples.get(asked.sample);
        if (sample && asked.exemplars.length < open.exemplarsWanted(arm, sample)) short.add(sample.id);
        touches.add(asked);
      };
      for (const { id } of own) checks.set(id, { add });
      found.push({ dataSet: dataSet.name, condition: name, touches, short });
    }
  if (found.length > 0) await readExemplars(folder, { checks, signal });
  return {
    leaks: suite.leaks
      ? found.map(({ dataSet, condition, touches }) => {
          return { dataSet, of: "exemplars", sources: [condition], ...touches.result() };
        })
      : [],
    notes: found.flatMap(({ dataSet, condition, short: { size } }) =>
      size === 0
        ? []
        : [
            `${dataSet} ${condition}: ${size} question${size === 1 ? "" : "s"} got fewer examples than wanted.`,
          ],
    ),
  };
}
