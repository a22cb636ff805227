import { MedRoundsError } from "#contracts";

/**
 * The items of a reply in the order of what was asked, by their `index`; where no item has one, as they came.
 * @throws MedRoundsError `service-broken` unless each of the `count` places is filled exactly once
 */
export function inOrder<Item extends { index?: number | undefined }>(
  items: readonly Item[],
  { count, endpoint }: { count: number; endpoint: string },
): Item[] {
  if (items.length !== count) {
    throw malformed(endpoint, `has ${items.length} results instead of ${count}`);
  }
  if (items.every(({ index }) => index === undefined)) return [...items];
  const ordered = new Array<Item | undefined>(count);
  for (const item of items) {
    const { index = -1 } = item;
    if (index < 0 || index >= count || ordered[index] !== undefined) {
      throw malformed(endpoint, "numbers its results wrongly");
    }
    ordered[index] = item;
  }
  return ordered as Item[];
}

/** A reply that is JSON and yet not what the protocol says; trying again would not help. */
export function malformed(endpoint: string, what: string): MedRoundsError {
  return new MedRoundsError("service-broken", `The reply of the server at ${endpoint} ${what}.`, {
    endpoint,
    what,
  });
}
