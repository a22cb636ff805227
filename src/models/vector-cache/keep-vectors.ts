import type { VectorFile } from "./vector-file.ts";

/**
 * The vectors of items, in their order: what the file holds by an item's key is read, the others are made, each once, and appended.
 * The caller may change what it gets.
 */
export async function keepVectors<Item>(request: {
  items: readonly Item[];
  keyOf: (item: Item) => Buffer;
  file: VectorFile;
  make: (items: readonly Item[], signal?: AbortSignal) => Promise<Float32Array[]>;
  signal: AbortSignal | undefined;
}): Promise<Float32Array[]> {
  const { items, keyOf, file, make, signal } = request;
  const keys = items.map(keyOf);
  const names = keys.map((key) => key.toString("latin1"));
  const vectors = new Map<string, Float32Array>();
  const missing = new Map<string, { key: Buffer; item: Item }>();
  for (const [index, kept] of (await file.read(keys)).entries()) {
    const name = names[index] as string;
    if (kept !== undefined) vectors.set(name, kept);
    else missing.set(name, { key: keys[index] as Buffer, item: items[index] as Item });
  }
  signal?.throwIfAborted();
  if (missing.size > 0) {
    const entries = [...missing];
    const made = await make(
      entries.map(([, { item }]) => item),
      signal,
    );
    await file.append(entries.map(([, { key }], index) => ({ key, vector: made[index] as Float32Array })));
    for (const [index, [name]] of entries.entries()) vectors.set(name, made[index] as Float32Array);
  }
  return names.map((name) => (vectors.get(name) as Float32Array).slice());
}
