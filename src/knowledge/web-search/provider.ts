import type { TellSent, WebResults } from "./web-results.ts";

type ProviderRequest = {
  query: string;
  /** How many articles are wanted. */
  most: number;
  /** The service's address, without a slash at its end. */
  base: string;
  key: string | undefined;
  /** Where articles may be from, for services that can be told; null for anywhere. */
  domains: readonly string[] | null;
  tell: TellSent;
  signal: AbortSignal;
};

/** A search service. Throws `web-search-refused`, `web-search-unreachable`, `web-search-broken` and the signal's reason. */
export type WebSearchProvider = {
  /** What the configuration calls it. */
  name: string;
  /** Null where the configuration has to say where it is. */
  base: string | null;
  needsKey: boolean;
  search(request: ProviderRequest): Promise<WebResults>;
};
