import {
  createExemplarPool,
  type RunBaseline,
  readRunBaselines,
  scoreBaselines,
  writeRunBaselines,
} from "#evaluation";
import { canonicalJson, productVersion, sha256 } from "#platform";
import type { OpenSuite } from "./open-suite.ts";

/**
 * What rules without a model reach on the data sets of a suite, kept in the run's folder: made once for the same data. A vote of neighbors takes
 * part where there are images, among all samples of the data set but those of the question's patient, slide and group.
 *
 * @throws MedRoundsError `suite-invalid` for a baseline that there is none of; the errors of reading data sets; the signal's reason
 */
export async function keepBaselines(
  { suite, pools, ...open }: OpenSuite,
  { folder, signal }: { folder: string; signal?: AbortSignal | undefined },
): Promise<readonly RunBaseline[]> {
  const { baselines: names } = suite;
  if (names?.length === 0) return [];
  const opened = [];
  for (const dataSet of await open.dataSets) opened.push({ dataSet, pool: await pools(dataSet, {}) });
  const behind = opened.map(({ dataSet, pool }) => [
    dataSet.name,
    pool.fingerprint,
    sha256(dataSet.samples.map(({ id }) => id).join("\n")),
  ]);
  const key = sha256(canonicalJson({ behind, names: names ?? null, version: productVersion() }));
  const kept = await readRunBaselines(folder, signal);
  if (kept?.key === key) return kept.baselines;
  const baselines: RunBaseline[] = [];
  for (const { dataSet, pool } of opened) {
    const { name, samples } = dataSet;
    const plain = createExemplarPool({ samples: pool.samples });
    const scored = await scoreBaselines({ samples, pool: plain, openCompared: pool.open }, names);
    baselines.push(...scored.map((one) => ({ ...one, dataSet: name })));
  }
  await writeRunBaselines(folder, { key, baselines });
  return baselines;
}
