import type { Option } from "#contracts";
import type { DataSetCard, Gold, SampleImage } from "../samples/sample.ts";

/** How the rows of a file stand in it: a JSON list, a JSON object of rows by key, JSON lines, CSV, Parquet. */
export type FileKind = "list" | "table" | "lines" | "csv" | "parquet";

/** A row of a file. `place` is its key in the file's object, else its number from 1. */
export type Row = { place: string; value: Readonly<Record<string, unknown>> };

/** A file that rows are read from. `path` is absolute; `place` is below the data set's folder, with "/" between its parts. */
export type DataFile = { path: string; place: string; kind: FileKind };

/** An image that lies in a file beside the rows, or in the rows themselves. */
export type DraftImage =
  | { type: "file"; path: string; folders?: readonly string[] }
  | ({ type: "embedded" } & SampleImage);

/** A gold answer that needs the other rows (the classes of a set) or a database (the rows that a query gives) to be one. */
export type DraftGold = Gold | { type: "class"; name: string; of: string } | { type: "query"; query: string };

/** What a row says: a sample before its images are read, and before it has an id. Options are left out of open questions. */
export type Draft = {
  sourceId: string;
  question: string;
  options?: readonly Option[] | undefined;
  images?: readonly DraftImage[];
  gold: DraftGold;
  /** As the row has it; else the file's name tells it. */
  split?: string | undefined;
  patient?: string | undefined;
  slide?: string | undefined;
  /** What samples without patient and slide share that makes them dependent, as the article that images are from. */
  group?: string | undefined;
  /** Ids of the documents that the question was written from. */
  sources?: readonly string[] | undefined;
  tags?: Readonly<Record<string, string | undefined>>;
  license?: string | undefined;
};

/**
 * Makes a draft of a row, or several; none of a row that does not belong to the set. Throws `sample-invalid`: the row is then refused
 * and listed.
 */
export type ReadRow = (row: Row) => Draft | readonly Draft[];

/** What a format may ask of the suite. `classField` names the field that holds a row's class. */
export type FormatOptions = { classField?: string | undefined; signal?: AbortSignal | undefined };

/** Reads one published form of data sets. One file, one test, one line in `formats/list.ts`. */
export type DataSetFormat = {
  name: string;
  card: DataSetCard;
  /** Names of the files of a folder that may be of it; all where left out. A file that is named itself is not asked. */
  fileName?: RegExp;
  /** Whether a file of such a kind and with such a first row seems to be of this form. */
  recognizes(first: Row["value"], kind: FileKind): boolean;
  /** Where a row holds several questions: rows of one question each, so that a bad one is refused alone. */
  expand?(row: Row): readonly Row[];
  /** The reader of a file's rows. */
  open(file: DataFile, options: FormatOptions): ReadRow | Promise<ReadRow>;
};
