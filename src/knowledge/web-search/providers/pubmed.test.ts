import { afterEach, beforeEach, expect, it } from "vitest";
import { askProvider } from "../../../../test/support/ask-provider.ts";
import { type ScriptedWeb, startScriptedWeb } from "../../../../test/support/scripted-web.ts";
import { pubmed } from "./pubmed.ts";

let web: ScriptedWeb;
beforeEach(async () => {
  web = await startScriptedWeb();
});
afterEach(() => web[Symbol.asyncDispose]());

const search = "/entrez/eutils/esearch.fcgi";
const fetchPath = "/entrez/eutils/efetch.fcgi";
const found = (...idlist: string[]) => ({
  body: JSON.stringify({
    header: { type: "esearch", version: "0.3" },
    esearchresult: {
      count: String(idlist.length),
      retmax: "20",
      retstart: "0",
      idlist,
      querytranslation: "x",
    },
  }),
});
const article = (
  id: string,
  abstract: string,
) => `<PubmedArticle><MedlineCitation><PMID Version="1">${id}</PMID>
  <Article><Journal><JournalIssue><PubDate><Year>2021</Year></PubDate></JournalIssue><Title>Chest</Title></Journal>
  <ArticleTitle>Effusion ${id}</ArticleTitle>${abstract}</Article></MedlineCitation></PubmedArticle>`;
const xml = (...articles: string[]) => ({
  type: "text/xml; charset=UTF-8",
  body: `<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "x"><PubmedArticleSet>${articles.join("")}</PubmedArticleSet>`,
});

it("searches, then fetches the abstracts, and tells of both requests", async () => {
  web.replies.set(search, found("11", "12"));
  const abstract = '<Abstract><AbstractText Label="RESULTS">K &lt; 3.5 in most.</AbstractText></Abstract>';
  web.replies.set(fetchPath, xml(article("11", abstract), article("12", "")));
  const { articles, images, told } = await askProvider(web, pubmed);
  const [first, second] = web.requests.map(({ parameters }) => Object.fromEntries(parameters));
  const common = { db: "pubmed", tool: "medrounds", api_key: "key-1" };
  expect(first).toEqual({
    ...common,
    term: "pleural effusion",
    retmode: "json",
    retmax: "20",
    sort: "relevance",
  });
  expect(second).toEqual({ ...common, id: "11,12", retmode: "xml" });
  expect(articles).toEqual([
    {
      url: "https://pubmed.ncbi.nlm.nih.gov/11/",
      title: "Effusion 11",
      text: expect.stringContaining("K < 3.5 in most."),
      site: "Chest",
      published: "2021",
      from: "abstract",
    },
    expect.objectContaining({ title: "Effusion 12", text: "Effusion 12" }),
  ]);
  expect([images, told.map(({ characters }) => characters)]).toEqual([[], [16, 5]]);
});

it("fetches nothing where nothing is found, and tells what is not PubMed's", async () => {
  web.replies.set(search, found());
  expect((await askProvider(web, pubmed)).articles).toEqual([]);
  expect(web.requests).toHaveLength(1);
  web.replies.set(search, found("11"));
  for (const body of ["<html></html>", "<PubmedArticleSet><PubmedArticle>", "no XML"]) {
    web.replies.set(fetchPath, { type: "text/xml", body });
    await expect(askProvider(web, pubmed)).rejects.toMatchObject({ code: "web-search-broken" });
  }
  web.replies.set(search, { body: '{"error":"API rate limit exceeded","count":"4"}', status: 429 });
  await expect(askProvider(web, pubmed)).rejects.toMatchObject({ code: "web-search-unreachable" });
});
