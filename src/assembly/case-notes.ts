import type { Library, LibrarySimilarity } from "#library";

const reasons = {
  missing: "nothing was fitted on this library yet",
  damaged: "similarity.json can't be read",
  outdated: "similarity.json is of other encoders",
};

/** Why cases are compared without a fit, and what to do; nothing where they are not. */
export function tellUnfitted({ type }: LibrarySimilarity): string[] {
  if (type === "fitted") return [];
  return [
    `Similar cases are compared without a fit, which finds fewer of a kind: ${reasons[type]}; run: medrounds library fit`,
  ];
}

/** How many cases an encoder has not seen yet, and what to do. */
export async function tellMissingVectors({ cases, imageVectors }: Library): Promise<string[]> {
  const total = await cases.count();
  const notes = imageVectors.map(async ({ embedder: { id, source }, collection }) => {
    const missing = total - (await collection.count());
    if (missing <= 0) return [];
    return [
      `${missing} of ${total} cases have no vector of ${id} and are compared without it; run: medrounds library embed --images ${source}`,
    ];
  });
  return (await Promise.all(notes)).flat();
}
