import { MedRoundsError } from "#contracts";
import {
  asksAbout,
  barredSamples,
  type DataSet,
  openSampleSource,
  type RecordFile,
  readDataSet,
  readRecordFile,
  type Sample,
  type SampleSource,
  type Suite,
  type SuiteDataSet,
} from "#evaluation";
import { openRecordsAt, type RecordsChoice } from "../open-records.ts";

/** The data sets of a suite under the suite's names for them. Rejects with the errors of reading data sets and databases. */
export async function readDataSets(suite: Suite, signal?: AbortSignal): Promise<DataSet[]> {
  const read: DataSet[] = [];
  for (const dataSet of suite.dataSets) read.push(await readOne(dataSet, { ...seedOf(suite), signal }));
  return read;
}

/** The same, each data set's samples ahead of the whole, so that they can be asked while the others' images are still hashed. */
export function startDataSets(
  suite: Suite,
  signal?: AbortSignal,
): { samples: ReadonlyMap<string, SampleSource>; whole: Promise<DataSet[]> } {
  const sources = suite.dataSets.map(({ name = "" }) => [name, openSampleSource()] as const);
  const read = async () => {
    const all: DataSet[] = [];
    for (const [index, [, source]] of sources.entries()) {
      const onSample = source.push;
      all.push(await readOne(suite.dataSets[index]!, { ...seedOf(suite), onSample, signal }));
      source.end();
    }
    return all;
  };
  const whole = read();
  whole.catch((error: unknown) => {
    for (const [, source] of sources) source.fail(error);
  });
  return { samples: new Map(sources), whole };
}

function seedOf({ seeds }: Suite): { seed: number } {
  return { seed: seeds[0] ?? 1 };
}

async function readOne(
  { name = "", records, asked, ...request }: SuiteDataSet,
  options: {
    seed: number;
    onSample?: (sample: Sample, of: number) => Promise<void>;
    signal: AbortSignal | undefined;
  },
): Promise<DataSet> {
  const { signal } = options;
  using database = await openRecordsAt(records, signal ? { signal } : {});
  const file = asked === undefined ? undefined : await readRecordFile(asked, signal);
  const read = await readDataSet({
    ...{ ...request, ...options },
    ...(file ? { takesImage: asksAbout(file.records) } : {}),
    ...(database ? { runQuery: (query: string) => rowsOf(database, { query, signal }) } : {}),
  });
  return { ...read, name, notes: [...read.notes, ...sayUnknown(request, { file, read })] };
}

/** What asks about nothing; with a limit or a part of the data set that is no wonder. */
function sayUnknown(
  { limit, split, filter }: Pick<SuiteDataSet, "limit" | "split" | "filter">,
  { file, read }: { file: RecordFile | undefined; read: DataSet },
): string[] {
  if (!file || (limit ?? split ?? filter) !== undefined) return [];
  const { unknown } = barredSamples(file.records, read.samples);
  if (unknown.length === 0) return [];
  return [`Of ${file.records.length} records that are to be asked ${unknown.length} are of no sample.`];
}

async function rowsOf(
  database: RecordsChoice,
  { query, signal = new AbortController().signal }: { query: string; signal: AbortSignal | undefined },
): Promise<(string | number | null)[][]> {
  const { rows, truncated } = await database.query({ query, signal });
  if (truncated) throw new MedRoundsError("query-too-large", "The query gives more rows than can be held.");
  return rows.map((row) => row.map((cell) => (typeof cell === "boolean" ? Number(cell) : cell)));
}
