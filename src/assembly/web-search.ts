import { MedRoundsError } from "#contracts";
import {
  createDomainRules,
  createWebSearch,
  isDomainName,
  type Network,
  webSearchProviders,
} from "#knowledge";
import { isLoopback, readVariable } from "#platform";
import type { SearchServer, WebSearch } from "#reasoning";
import { serverOf } from "./server-of.ts";

/** What the environment says of the search of the web; as it was written. */
export type WebSearchSettings = {
  /** `tavily`, `serpapi`, `brave`, `searxng:URL` or `pubmed`; a service's own address may be replaced in the same way. */
  service: string | undefined;
  key: string | undefined;
  /** Domains that are trusted too, with commas; `any` among them lets every host in. */
  domains: string | undefined;
  /** Domains that are never read. */
  blocked: string | undefined;
};

/** `MEDROUNDS_WEB_SEARCH`, `MEDROUNDS_WEB_SEARCH_KEY`, `MEDROUNDS_WEB_DOMAINS` and `MEDROUNDS_WEB_BLOCKED`. */
export function readWebSearchSettings(): WebSearchSettings {
  return {
    service: readVariable("MEDROUNDS_WEB_SEARCH"),
    key: readVariable("MEDROUNDS_WEB_SEARCH_KEY"),
    domains: readVariable("MEDROUNDS_WEB_DOMAINS"),
    blocked: readVariable("MEDROUNDS_WEB_BLOCKED"),
  };
}

export type WebSearchChoice = {
  search: WebSearch;
  /** The search service. */
  server: SearchServer | undefined;
  /** What decides its outcome, for the hash of the configuration. */
  identity: Readonly<Record<string, unknown>>;
};

/**
 * The search of the web as it is configured, and which service it asks; null where none is. Throws `web-search-invalid` for a
 * service that is not known, an address or a domain that is none, and a key that is missing.
 */
export async function openWebSearch(
  { service, key, domains, blocked }: WebSearchSettings = readWebSearchSettings(),
  network?: Network,
): Promise<WebSearchChoice | null> {
  if (service === undefined || service === "") return null;
  const [name, address] = split(service);
  const provider = webSearchProviders.find((one) => one.name === name);
  if (!provider) {
    const known = webSearchProviders.map((one) => one.name).join(", ");
    throw invalid(`There is no web search ${name}; there is: ${known}.`);
  }
  const base = address ?? provider.base;
  if (base === null) throw invalid(`${name} needs its address, as in ${name}:https://search.example.org.`);
  if (!/^https?:\/\/[^\s?#@]+$/.test(base) || !URL.canParse(base)) {
    throw invalid(`The address of ${name} is no address of a server.`);
  }
  if (key && base.startsWith("http:") && !isLoopback(new URL(base).hostname)) {
    throw invalid(`The key of ${name} would leave unencrypted: its address must begin with https.`);
  }
  if (provider.needsKey && !key) throw invalid(`${name} needs a key in MEDROUNDS_WEB_SEARCH_KEY.`);
  const trusted = readDomains(domains);
  const rules = await createDomainRules({
    trusted: trusted.filter((domain) => domain !== "any"),
    blocked: readDomains(blocked).filter((domain) => domain !== "any"),
    readsAny: trusted.includes("any"),
  });
  const search = createWebSearch({
    provider,
    base: base.replace(/\/+$/, ""),
    key,
    domains: rules,
    ...(network ? { network } : {}),
  });
  const identity = { service: name, base, trusted: rules.trusted, blocked: readDomains(blocked) };
  return { search, server: serverOf(base), identity };
}

function split(service: string): [name: string, address: string | undefined] {
  const [, name = service, address] = /^([a-z]+):(.+)$/s.exec(service) ?? [];
  return [name.trim(), address?.trim()];
}

function readDomains(list: string | undefined): string[] {
  const domains = (list ?? "").split(",").map((domain) => domain.trim().toLowerCase());
  const named = domains.filter((domain) => domain !== "" && domain !== "trusted");
  const wrong = named.find((domain) => domain !== "any" && !isDomainName(domain));
  if (wrong !== undefined) throw invalid(`${wrong} is no name of a domain.`);
  return named;
}

function invalid(message: string): MedRoundsError {
  return new MedRoundsError("web-search-invalid", message);
}
