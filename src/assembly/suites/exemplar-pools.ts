import {
  createExemplarPool,
  type DataSet,
  type ExemplarPool,
  readDataSet,
  type Sample,
  type SampleRelations,
  type Suite,
  type SuiteCondition,
} from "#evaluation";
import { builtInDescriptor } from "#imaging";
import { canonicalJson, sha256 } from "#platform";
import { type DescribedSamples, type Describing, describeSamples } from "./describe-samples.ts";

type FewShotCondition = Extract<SuiteCondition, { type: "few-shot" }>;

/** What examples are taken from. Its images are described when the first question asks for examples, and once. */
type LazyPool = {
  /** All that the pool depends on. */
  fingerprint: unknown;
  /** All that examples can be, by id. */
  samples: readonly Sample[];
  open(): Promise<ExemplarPool>;
  /** Which of them, and of what is asked about, show the same image, or nearly. */
  relations(): Promise<SampleRelations>;
};

/** Gives the pool of a condition for a data set, all of its samples where none is named; the same one where two conditions take their examples from the same. */
export type ExemplarPools = (dataSet: DataSet, condition: Partial<FewShotCondition>) => Promise<LazyPool>;

/** Rejects with the errors of reading data sets. */
export function createExemplarPools(suite: Suite, describing: Describing = {}): ExemplarPools {
  const pools = new Map<string, Promise<LazyPool>>();
  return (dataSet, { pool }) => {
    const key = canonicalJson({ dataSet: dataSet.name, pool: pool ?? null });
    const found = pools.get(key) ?? openPool({ suite, dataSet, pool, describing });
    pools.set(key, found);
    return found;
  };
}

/** The samples beyond those asked about that a suite's examples may be. Rejects with the errors of reading data sets. */
export async function readPoolSamples(suite: Suite, signal?: AbortSignal): Promise<Sample[]> {
  const pools = new Map<string, Parameters<typeof readPool>[0]>();
  for (const { name = "" } of suite.dataSets)
    for (const condition of suite.conditions) {
      if (condition.type !== "few-shot") continue;
      const { pool } = condition;
      pools.set(canonicalJson({ name, pool: pool ?? null }), {
        ...{ suite, dataSet: { name, samples: [] }, pool, signal },
      });
    }
  const samples: Sample[] = [];
  for (const pool of pools.values()) samples.push(...(await readPool(pool)));
  return samples;
}

async function openPool(request: {
  suite: Suite;
  dataSet: DataSet;
  pool: FewShotCondition["pool"];
  describing: Describing;
}): Promise<LazyPool> {
  const { suite, dataSet, pool, describing } = request;
  const samples = await readPool({ suite, dataSet, pool, signal: describing.signal });
  const known = new Set(samples.map(({ id }) => id));
  const asked = dataSet.samples.filter(({ id }) => !known.has(id));
  let opened: Promise<{ pool: ExemplarPool; described: DescribedSamples }> | undefined;
  // Also where examples are drawn: a near copy of a question's image is none.
  const describe = async () => {
    const described = await describeSamples([...samples, ...asked], describing);
    return { pool: createExemplarPool({ samples, ...described }), described };
  };
  const open = () => {
    opened ??= describe();
    return opened;
  };
  return {
    fingerprint: {
      samples: sha256([...known].sort().join("\n")),
      images: { id: builtInDescriptor.id, preprocessing: builtInDescriptor.preprocessingHash },
    },
    samples,
    open: async () => (await open()).pool,
    relations: async () => (await open()).described.relations,
  };
}

/** The samples of what the condition names, else all of the data set that the filter takes. */
async function readPool(request: {
  suite: Suite;
  dataSet: Pick<DataSet, "name" | "samples">;
  pool: FewShotCondition["pool"];
  signal: AbortSignal | undefined;
}): Promise<readonly Sample[]> {
  const { suite, dataSet, pool, signal } = request;
  const {
    name: _name,
    limit,
    asked,
    records: _records,
    ...given
  } = suite.dataSets.find(({ name }) => name === dataSet.name)!;
  if (pool === undefined && limit === undefined && asked === undefined) return dataSet.samples;
  const { path, split } = pool ?? {};
  const elsewhere = path === undefined ? {} : { path, images: undefined };
  const read = await readDataSet({
    ...given,
    ...elsewhere,
    ...(split === undefined ? {} : { split }),
    signal,
  });
  return read.samples;
}
