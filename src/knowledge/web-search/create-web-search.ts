import { type LeftOutPages, MedRoundsError, type WebImage, type WebPage } from "#contracts";
import { mapConcurrently } from "#platform";
import { bestExcerpt } from "./best-excerpt.ts";
import type { DomainRules } from "./domain-rules.ts";
import { checkPageAddress, refused } from "./page-address.ts";
import type { WebSearchProvider } from "./provider.ts";
import { readPageApart } from "./read-page-apart.ts";
import { type Network, publicNetwork, requestPage } from "./request-page.ts";
import type { TellSent, WebArticle } from "./web-results.ts";

/** As many as services give at once: most of the web is on no list. */
const resultsAsked = 20;
const imagesKept = 8;
const pagesAtOnce = 4;
const longestText = 1_200;
const longestAddress = 2_000;

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
  const { text, from, url, image, ...known } = article;
  const own = bestExcerpt(text, query) ?? text.slice(0, longestText);
  const place = { url, trusted: domains.judge(new URL(url).hostname) === "trusted" };
  const shown = image === undefined || image.length > longestAddress ? {} : { image };
  if (from === "abstract") return { ...describe(known, place), ...shown, text: own, from };
  try {
    const { address, trusted, page } = await readAt(request);
    const said = { ...known, ...page, title: page.title || known.title };
    const described = { ...describe(said, { url: address, trusted }), ...shown };
    if (page.text !== undefined) return { ...described, text: page.text, from: "page" };
  } catch (error) {
    if (!MedRoundsError.is(error) || !error.code.startsWith("web-page-")) throw error;
  }
  return own === "" ? undefined : { ...describe(known, place), ...shown, text: own, from };
}

/** What a page tells of itself, shortened. What a site is called is believed of trusted publishers alone. */
function describe(
  said: Pick<WebPage, "title" | "published" | "licence"> & { site?: string },
  { url, trusted }: { url: string; trusted: boolean },
): Omit<WebPage, "text" | "from" | "image"> {
  const { title, site, published, licence } = said;
  const { hostname } = new URL(url);
  return {
    url,
    trusted,
    title: cut(title, 300) || hostname,
    site: (trusted && site && cut(site, 120)) || hostname,
    ...(published ? { published: cut(published, 60) } : {}),
    ...(licence ? { licence: cut(licence, 300) } : {}),
  };
}

function cut(text: string, most: number): string {
  return text.replace(/\s+/g, " ").trim().slice(0, most);
}

/** The page as it was read, under the address where it was found in the end. */
async function readAt({ article, query, domains, network, tell, signal }: Parameters<typeof toPage>[0]) {
  const page = await requestPage({
    address: article.url,
    network,
    admit: (url) => {
      if (judge(url.href, { domains, network }) !== "read") throw refused("leads to a host that is not read");
    },
    tell,
    signal,
  });
  const read = await readPageApart({ page, query });
  signal.throwIfAborted();
  const { address } = page;
  return { address, trusted: domains.judge(new URL(address).hostname) === "trusted", page: read };
}
