/** A condition on text columns: a small tree, never text in a query language. */
export type Filter =
  | { type: "equals"; column: string; value: string }
  | { type: "one-of"; column: string; values: readonly string[] }
  | { type: "not"; filter: Filter }
  | { type: "all"; filters: readonly Filter[] }
  | { type: "any"; filters: readonly Filter[] };

/**
 * The columns of a collection beside `id`. `text` columns hold strings, never null; the `terms` column, where there is one, is
 * searched by BM25 (English stems, stop words removed); the `vector` column holds unit vectors of one dimension. The name is made of
 * letters, digits and underscores.
 */
export type CollectionSchema = {
  name: string;
  text: readonly string[];
  /** Text columns that are looked up by equality often. */
  keys: readonly string[];
  terms?: string;
  /** With `exact` every search compares all vectors, and no index of them is built. */
  vector?: { column: string; dimension: number; exact?: boolean };
};

export type Row = { id: string } & Record<string, string | Float32Array>;
export type TextRow = { id: string } & Record<string, string>;
export type ScoredRow = { row: TextRow; score: number };
/** A row as a scan gives it; the vector is there only where it was asked for. */
export type ScannedRow = { row: TextRow; vector?: Float32Array };

/** Rows of text and vectors that can be searched. Searches may be run while another process writes. */
export type Collection = {
  count(filter?: Filter): Promise<number>;
  /**
   * The named columns of the rows that fit, in no order. `asOf`, a version of the last hour, says that rows as they were then will do,
   * where the store finds those sooner.
   */
  find(request: { filter: Filter; columns: readonly string[]; asOf?: string }): Promise<TextRow[]>;
  /**
   * Adds the rows whose id is not there yet, in one commit. `areNew` says that none of them is, which a caller who is the only writer
   * may know and spares the store to look for them. Throws `vector-invalid`.
   */
  insert(rows: readonly Row[], options?: { areNew?: boolean }): Promise<void>;
  /** In one commit, puts these rows in the place of all rows that fit the filter. Throws `vector-invalid`. */
  replace(request: { rows: readonly Row[]; filter: Filter }): Promise<void>;
  /** Best first, by BM25 (k1 1.2, b 0.75) over the `terms` column; empty where no term of the query is known. */
  searchTerms(request: {
    query: string;
    top: number;
    columns: readonly string[];
    filter?: Filter;
  }): Promise<ScoredRow[]>;
  /** In one commit, removes all rows that fit the filter; resolves to how many there were. */
  remove(filter: Filter): Promise<number>;
  /** All rows that fit, or all, in batches and in no order; what is written meanwhile may be missing. */
  scan(request: {
    filter?: Filter;
    columns: readonly string[];
    vectors?: boolean;
  }): AsyncIterable<readonly ScannedRow[]>;
  /** Tells states of the collection apart: another text after each write, the same while nothing is written. */
  version(): Promise<string>;
  /**
   * Best first, by cosine (−1 to 1). With `exact`, here or in the schema, every vector is compared; without it, collections above
   * 20,000 rows are searched by their index, which finds nearly all of the nearest.
   */
  searchVector(request: {
    vector: Float32Array;
    top: number;
    columns: readonly string[];
    filter?: Filter;
    exact?: boolean;
  }): Promise<ScoredRow[]>;
  /**
   * Builds or brings up to date the indexes and compacts the files. New rows are found before it, only slower. With `purge`, which is
   * for the only writer, no bytes are left of rows that were removed or replaced, in no old version and no index, where that is up to
   * the store; it writes the whole collection anew.
   */
  optimize(options?: { purge?: boolean }): Promise<void>;
};

/**
 * Collections in one place. Opening makes an empty collection where there is none, unless `create` is false: then it throws
 * `library-unreadable`. Every operation throws `library-unreadable` where files are damaged, `path-unwritable` and `disk-full`.
 */
export type Store = {
  open(schema: CollectionSchema, options?: { create?: boolean }): Promise<Collection>;
  close(): void;
};
