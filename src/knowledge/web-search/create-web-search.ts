import { type LeftOutPages, MedRoundsError, type WebImage, type WebPage } from "#contracts";
import { mapConcurrently } from "#platform";
import { bestExcerpt } from "./best-excerpt.ts";
import type { DomainRules } from "./domain-rules.ts";
import { checkPageAddress, refused } from "./page-address.ts";
import type { WebSearchProvider } from "./provider.ts";
import { readPage } from "./read-page.ts";
import { type Network, publicNetwork, requestPage } from "./request-page.ts";
import type { TellSent, WebArticle } from "./web-results.ts";

/** As many as services give at once: most of the web is on no list. */
const resultsAsked = 20;
const imagesKept = 8;
const pagesAtOnce = 4;
const longestText = 1_200;

export type WebSearchResult = {
  hits: WebPage[];
  searched: number;
  leftOut: LeftOutPages;
  images: WebImage[];
};

/**
 * A search of the web: asks the service, leaves out what is blocked or no trusted publisher, reads the pages and takes of each the
 * excerpt that fits the query. A page that cannot be read is shown by the service's own words about it, and says so.
 */
export function createWebSearch(settings: {
  provider: WebSearchProvider;
  base: string;
  key?: string | undefined;
  domains: DomainRules & { readsAny: boolean };
  network?: Network;
}) {
  const { provider, base, key, domains, network = publicNetwork } = settings;
  return async (request: {
    query: string;
    top: number;
    tell: TellSent;
    signal: AbortSignal;
  }): Promise<WebSearchResult> => {
    const { query, top, tell, signal } = request;
    const asked = { query, most: resultsAsked, base, key, domains: domains.trusted, tell, signal };
    const { articles, images } = await provider.search(asked);
    const leftOut = { untrusted: 0, blocked: 0 };
    const chosen: WebArticle[] = [];
    const seen = new Set<string>();
    for (const article of articles) {
      const verdict = judge(article.url, { domains, network });
      if (verdict === "read" && !seen.has(article.url)) chosen.push(article);
      else if (verdict !== "read") leftOut[verdict]++;
      seen.add(article.url);
    }
    const pages = await mapConcurrently(chosen.slice(0, top), pagesAtOnce, (article) =>
      toPage({ article, query, domains, network, tell, signal }),
    );
    const hits = pages.filter((page) => page !== undefined);
    const isShown = (image: WebImage) => judge(image.page ?? image.url, { domains, network }) === "read";
    return { hits, searched: articles.length, leftOut, images: images.filter(isShown).slice(0, imagesKept) };
  };
}

type Rules = { domains: DomainRules & { readsAny: boolean }; network: Network };

function judge(address: string, { domains, network }: Rules): "read" | "untrusted" | "blocked" {
  try {
    const verdict = domains.judge(checkPageAddress(address, network).hostname);
    if (verdict === "untrusted" && domains.readsAny) return "read";
    return verdict === "trusted" ? "read" : verdict;
  } catch (error) {
    if (MedRoundsError.is(error)) return "blocked";
    throw error;
  }
}

async function toPage(
  request: Rules & { article: WebArticle; query: string; tell: TellSent; signal: AbortSignal },
): Promise<WebPage | undefined> {
  const { article, query, domains } = request;
  const { site, from, ...known } = article;
  const { hostname } = new URL(article.url);
  const told = {
    ...known,
    title: article.title || hostname,
    site: site ?? hostname,
    trusted: domains.judge(hostname) === "trusted",
  };
  const own = bestExcerpt(article.text, query) ?? article.text.slice(0, longestText);
  if (from === "abstract") return { ...told, text: own, from };
  try {
    const read = await readAt(request);
    const text = bestExcerpt(read.text, query);
    if (text !== undefined) return { ...told, ...read, title: read.title || told.title, text, from: "page" };
  } catch (error) {
    if (!MedRoundsError.is(error) || !error.code.startsWith("web-page-")) throw error;
  }
  return own === "" ? undefined : { ...told, text: own, from };
}

/** The page as it was read, under the address where it was found in the end. */
async function readAt({ article, domains, network, tell, signal }: Parameters<typeof toPage>[0]) {
  const content = await requestPage({
    address: article.url,
    network,
    admit: (url) => {
      if (judge(url.href, { domains, network }) !== "read") throw refused("leads to a host that is not read");
    },
    tell,
    signal,
  });
  const trusted = domains.judge(content.url.hostname) === "trusted";
  return { ...(await readPage(content)), url: content.url.href, trusted };
}
