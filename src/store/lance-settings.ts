/**
 * What the native library reads from the environment when it is loaded, chosen so that its memory does not grow with a collection.
 * By its own defaults a scan reads up to 2 GiB ahead, and the parts of a term index hold a quarter of a gigabyte each and thread.
 */
const lanceSettings = {
  LANCEDB_LOG: "error",
  /** Bytes that a scan reads ahead. */
  LANCE_DEFAULT_IO_BUFFER_SIZE: String(64 * 2 ** 20),
  /** Megabytes of postings that a thread gathers before it writes them as a part of the term index. */
  LANCE_FTS_PARTITION_SIZE: "64",
};

/** To be called before LanceDB is loaded; what the user has set stays. */
export function setLanceSettings(): void {
  for (const [name, value] of Object.entries(lanceSettings)) process.env[name] ??= value;
}
