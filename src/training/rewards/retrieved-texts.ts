import type { ReadTrajectory } from "./read-trajectory.ts";

/** What was found, as texts: the documents with their titles, else the environment's blocks. */
export function retrievedTexts({
  retrieved,
  found,
}: Pick<ReadTrajectory, "retrieved" | "found">): readonly string[] {
  if (retrieved.length === 0) return found;
  return retrieved.flatMap(({ documents }) => documents.map(({ title, text }) => `${title}\n${text}`));
}

/** Whether the model asked and was given anything to read, were it that nothing was found. */
export function hasSearched({ queries, retrieved, found }: ReadTrajectory): boolean {
  return queries.some((query) => query.trim() !== "") && retrieved.length + found.length > 0;
}
