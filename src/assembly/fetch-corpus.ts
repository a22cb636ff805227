import { join, resolve } from "node:path";
import { type FetchProgress, type FetchReport, fetchRecipe, findRecipe } from "#library";
import { readEnvironment } from "#platform";
import { defaultCorpora } from "./configuration.ts";

/**
 * Fetches the public corpus of a recipe into a folder, `.medrounds/corpora/<name>` unless told, by way of a mirror where one is named
 * here or by `MEDROUNDS_MIRROR`. Throws `usage-invalid` for a recipe that there is none of, and as `fetchRecipe` does.
 */
export async function fetchCorpus(request: {
  name: string;
  into?: string;
  mirror?: string;
  signal?: AbortSignal;
  onProgress?: (progress: FetchProgress) => void;
}): Promise<FetchReport> {
  const { name, into = join(defaultCorpora, name), ...given } = request;
  const recipe = await findRecipe(name);
  const mirror = given.mirror ?? readEnvironment().mirror;
  return fetchRecipe({ ...given, recipe, into: resolve(into), ...(mirror === undefined ? {} : { mirror }) });
}
