import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { htmlPage, listen, type ScriptedWeb, startScriptedWeb } from "../../../test/support/scripted-web.ts";
import { createWebSearch } from "./create-web-search.ts";
import { createDomainRules } from "./domain-rules.ts";
import { pubmed } from "./providers/pubmed.ts";
import { searxng } from "./providers/searxng.ts";

let web: ScriptedWeb;
beforeEach(async () => {
  web = await startScriptedWeb();
});
afterEach(() => web[Symbol.asyncDispose]());

const article = (text: string, head?: string) =>
  htmlPage(
    `<article><h1>Effusion</h1><p>${"Of the lung there is much to say. ".repeat(9)}</p><p>${text}</p></article>`,
    head,
  );
const at = (host: string, path: string) => `http://${host}:${web.port}${path}`;

async function search(
  results: readonly object[],
  given: { readsAny?: boolean; query?: string; top?: number } = {},
) {
  const { readsAny = false, query = "meniscus of an effusion", top = 4 } = given;
  web.replies.set("/search", { body: JSON.stringify({ results }) });
  const domains = await createDomainRules({ trusted: ["good.test"], blocked: ["bad.test"], readsAny });
  const network = { allowsLoopback: true, timeLimit: 2_000, resolve: async () => ["127.0.0.1"] };
  const { told, tell } = listen();
  const found = await createWebSearch({ provider: searxng, base: web.url, domains, network })({
    query,
    top,
    tell,
    signal: new AbortController().signal,
  });
  return { ...found, told };
}

describe("a search of the web", () => {
  it("reads the pages of trusted publishers, and gives the excerpt that fits", async () => {
    const text = "A meniscus is the sign of an effusion that is free.";
    web.replies.set(
      "/a",
      article(text, '<title>Signs</title><link rel="license" href="https://example.org/by">'),
    );
    const results = [
      { url: at("www.good.test", "/a"), title: "Result", content: "An excerpt.", publishedDate: "2024" },
    ];
    const { hits, searched, leftOut, told } = await search(results);
    expect(hits).toEqual([
      {
        url: at("www.good.test", "/a"),
        title: "Signs",
        site: "www.good.test",
        published: "2024",
        licence: "https://example.org/by",
        trusted: true,
        text: expect.stringContaining(text),
        from: "page",
      },
    ]);
    expect([searched, leftOut]).toEqual([1, { untrusted: 0, blocked: 0 }]);
    expect(told.map(({ host }) => host)).toEqual([`127.0.0.1:${web.port}`, `www.good.test:${web.port}`]);
  });

  it("leaves out others and says how many; with any host allowed it reads and marks them", async () => {
    web.replies.set("/a", article("A meniscus."));
    const results = ["good.test", "other.test", "bad.test", "x.bad.test"].map((host) => ({
      url: at(host, "/a"),
      title: host,
    }));
    const bad = [
      { url: "ftp://good.test/a", title: "x" },
      { url: "http://me:me@good.test/", title: "x" },
    ];
    const strict = await search([...results, ...bad]);
    expect(strict.hits.map(({ url, trusted }) => [url, trusted])).toEqual([[at("good.test", "/a"), true]]);
    expect(strict.leftOut).toEqual({ untrusted: 1, blocked: 4 });
    const open = await search([...results, ...bad], { readsAny: true });
    expect(open.hits.map(({ trusted }) => trusted)).toEqual([true, false]);
    expect(open.leftOut).toEqual({ untrusted: 0, blocked: 4 });
  });

  it("shows a page that cannot be read by the service's words, and says so", async () => {
    web.replies.set("/pdf", { type: "application/pdf", body: "%PDF" });
    web.replies.set("/elsewhere", { status: 302, headers: { location: at("other.test", "/a") }, body: "" });
    web.replies.set("/off", article("Nothing of what was asked."));
    const results = ["/pdf", "/missing", "/elsewhere", "/off"].map((path) => ({
      url: at("good.test", path),
      title: path,
      content: "A meniscus of an effusion, says the service.",
    }));
    const { hits, told } = await search(results);
    expect(hits.map(({ from }) => from)).toEqual(Array(4).fill("search-result"));
    expect(hits[0]).toMatchObject({ title: "/pdf", text: "A meniscus of an effusion, says the service." });
    expect(told.map(({ host }) => host)).not.toContain(`other.test:${web.port}`);
  });

  it("believes no name of a site that nobody vouches for, and keeps what a page tells of itself short", async () => {
    const head = `<title>${"Long ".repeat(500)}</title><meta property="og:site_name" content="World Health Organization">`;
    web.replies.set("/a", article("A meniscus.", head));
    const results = ["good.test", "other.test"].map((host) => ({ url: at(host, "/a"), title: host }));
    const { hits } = await search(results, { readsAny: true });
    expect(hits.map(({ site }) => site)).toEqual(["World Health Organization", "other.test"]);
    expect(hits[0]?.title.length).toBeLessThanOrEqual(300);
  });

  it("reads no page twice and no more than are wanted", async () => {
    web.replies.set("/a", article("A meniscus."));
    const results = Array.from({ length: 9 }, (_, index) => ({
      url: at("good.test", `/a?${index >> 1}`),
      title: "A",
    }));
    expect((await search(results, { top: 2 })).hits).toHaveLength(2);
    expect(web.requests.filter(({ path }) => path === "/a")).toHaveLength(2);
  });

  it("names images by their addresses and loads none", async () => {
    const image = (host: string) => ({ url: at(host, "/case"), title: host, img_src: at(host, "/1.png") });
    const { images } = await search([image("good.test"), image("other.test")]);
    expect(images).toEqual([
      { url: at("good.test", "/1.png"), page: at("good.test", "/case"), title: "good.test" },
    ]);
    expect(web.requests).toHaveLength(1);
  });

  it("takes an abstract as it is, without asking for its page", async () => {
    web.replies.set("/entrez/eutils/esearch.fcgi", { body: '{"esearchresult":{"idlist":["7"]}}' });
    const abstract = "<Abstract><AbstractText>A meniscus is seen.</AbstractText></Abstract>";
    web.replies.set("/entrez/eutils/efetch.fcgi", {
      type: "text/xml",
      body: `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>T</ArticleTitle>${abstract}</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`,
    });
    const domains = await createDomainRules({ trusted: [], blocked: [], readsAny: false });
    const signal = new AbortController().signal;
    const run = createWebSearch({ provider: pubmed, base: web.url, domains });
    const { hits } = await run({ query: "meniscus", top: 4, tell: listen().tell, signal });
    expect(hits).toEqual([
      expect.objectContaining({ from: "abstract", trusted: true, text: "A meniscus is seen.", title: "T" }),
    ]);
    expect(web.requests).toHaveLength(2);
  });
});
