import {
  type DataSetLeaks,
  type LeakReason,
  type LeakReport,
  leakReasons,
  readRunLeaks,
  writeRunLeaks,
} from "#evaluation";
import { canonicalJson, sha256 } from "#platform";
import { findLibraryLeaks } from "./library-leaks.ts";
import type { OpenSuite } from "./open-suite.ts";

/**
 * Keeps in the run's folder what the libraries of a suite's conditions already hold of its samples, beside what was found of their examples, and tells it.
 * Libraries are compared once for the same data sets. Throws the signal's reason.
 */
export async function keepLeaks(
  open: OpenSuite,
  {
    folder,
    ofExemplars,
    signal,
  }: { folder: string; ofExemplars: readonly DataSetLeaks[]; signal?: AbortSignal | undefined },
): Promise<readonly DataSetLeaks[]> {
  const { suite, libraries } = open;
  if (!suite.leaks || (libraries.length === 0 && ofExemplars.length === 0)) return [];
  const dataSets = await open.dataSets;
  const hashes = dataSets.map(({ name, samples }) => [name, sha256(samples.map(({ id }) => id).join("\n"))]);
  const key = sha256(canonicalJson({ hashes, libraries: libraries.map(({ fingerprint }) => fingerprint) }));
  const kept = await readRunLeaks(folder, signal);
  const ofLibraries =
    kept?.key === key
      ? kept.leaks.filter((leak) => leak.of === "libraries")
      : await compareLibraries(open, signal);
  const leaks = [...ofLibraries, ...ofExemplars];
  await writeRunLeaks(folder, { key, leaks });
  return leaks;
}

async function compareLibraries(
  { libraries, dataSets }: OpenSuite,
  signal: AbortSignal | undefined,
): Promise<DataSetLeaks[]> {
  if (libraries.length === 0) return [];
  const leaks: DataSetLeaks[] = [];
  for (const { name: dataSet, samples } of await dataSets) {
    const touched: Record<string, LeakReason[]> = {};
    for (const { library } of libraries) add(touched, await findLibraryLeaks({ samples, library, signal }));
    const sources = libraries.map(({ condition }) => condition);
    leaks.push({ dataSet, of: "libraries", sources, checked: samples.length, touched });
  }
  return leaks;
}

function add(touched: Record<string, LeakReason[]>, { leaks }: LeakReport): void {
  for (const { query, reasons } of leaks) {
    const known = new Set([...(touched[query] ?? []), ...Object.keys(reasons)]);
    touched[query] = leakReasons.filter((reason) => known.has(reason));
  }
}
