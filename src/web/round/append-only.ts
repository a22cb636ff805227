/**
 * A list that only grows, as a value: a longer version shares its storage with the shorter ones, which still read only their
 * own `length` items. Appending to the newest version is amortized O(1); appending to an older one copies.
 */
export type AppendOnly<Item> = { readonly items: readonly Item[]; readonly length: number };

export function emptyList<Item>(): AppendOnly<Item> {
  return { items: [], length: 0 };
}

export function append<Item>(list: AppendOnly<Item>, ...added: readonly Item[]): AppendOnly<Item> {
  const items = list.items.length === list.length ? (list.items as Item[]) : toArray(list);
  for (const item of added) items.push(item);
  return { items, length: items.length };
}

/** A copy as an array. */
export function toArray<Item>({ items, length }: AppendOnly<Item>): Item[] {
  return items.slice(0, length);
}
