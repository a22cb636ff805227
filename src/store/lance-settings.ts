/**
 * What the native library reads from the environment when it is loaded, chosen so that building a collection takes about the same
 * memory whatever its size and the number of cores; docs/measurements.md has the figures. Searches are as fast as by its own defaults.
 */
const lanceSettings = {
  LANCEDB_LOG: "error",
  /** Bytes, rows at a time and fragments that a scan reads ahead. */
  LANCE_DEFAULT_IO_BUFFER_SIZE: String(16 * 2 ** 20),
  LANCE_DEFAULT_BATCH_SIZE: "1024",
  LANCE_DEFAULT_FRAGMENT_READAHEAD: "1",
  /** Threads that build a term index, and megabytes of postings that each gathers before it writes a part of the index. */
  LANCE_FTS_NUM_SHARDS: "1",
  LANCE_FTS_PARTITION_SIZE: "128",
};

/** To be called before LanceDB is loaded; what the user has set stays. */
export function setLanceSettings(): void {
  for (const [name, value] of Object.entries(lanceSettings)) process.env[name] ??= value;
}
