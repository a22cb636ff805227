import type { WebSearchProvider } from "../../src/knowledge/web-search/provider.ts";
import type { WebResults } from "../../src/knowledge/web-search/web-results.ts";
import { listen, type ScriptedWeb } from "./scripted-web.ts";

/** Asks a search service that is scripted; what it was told of before comes with the results. */
export async function askProvider(
  web: ScriptedWeb,
  provider: WebSearchProvider,
  given: { domains?: readonly string[]; signal?: AbortSignal; query?: string } = {},
): Promise<WebResults & { told: ReturnType<typeof listen>["told"] }> {
  const { domains = null, signal = new AbortController().signal, query = "pleural effusion" } = given;
  const { told, tell } = listen();
  const base = web.url;
  const results = await provider.search({ query, most: 20, base, key: "key-1", domains, tell, signal });
  return { ...results, told };
}
