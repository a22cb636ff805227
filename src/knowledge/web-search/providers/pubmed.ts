import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { pubmed as pubmedFormat } from "../../formats/pubmed.ts";
import { askForJson, askService, brokenReply } from "../ask-service.ts";
import type { WebSearchProvider } from "../provider.ts";
import type { WebArticle } from "../web-results.ts";

const replySchema = z.object({ esearchresult: z.object({ idlist: z.array(z.string().regex(/^\d+$/)) }) });

/**
 * PubMed by NCBI's E-utilities (NBK25499): ESearch for the numbers of articles, EFetch for their abstracts. The key is optional; it
 * allows ten requests a second instead of three.
 */
export const pubmed: WebSearchProvider = {
  name: "pubmed",
  base: "https://eutils.ncbi.nlm.nih.gov",
  needsKey: false,
  async search({ query, most, base, key, tell, signal }) {
    const common = { db: "pubmed", tool: "medrounds", ...(key ? { api_key: key } : {}) };
    const utility = (name: string, wanted: Record<string, string>) =>
      `${base}/entrez/eutils/${name}.fcgi?${new URLSearchParams({ ...common, ...wanted })}`;
    const wanted = { term: query, retmode: "json", retmax: String(most), sort: "relevance" };
    const searched = await askForJson({
      url: utility("esearch", wanted),
      characters: query.length,
      schema: replySchema,
      tell,
      signal,
    });
    const ids = searched.esearchresult.idlist.slice(0, most);
    if (ids.length === 0) return { articles: [], images: [] };
    const id = ids.join(",");
    const url = utility("efetch", { id, retmode: "xml" });
    const content = await askService({ url, characters: id.length, tell, signal });
    return { articles: await readArticles(content, url), images: [] };
  },
};

async function readArticles(content: Uint8Array, url: string): Promise<WebArticle[]> {
  const articles: WebArticle[] = [];
  const data = Buffer.from(content);
  const pieces = (async function* () {
    yield { data, bytes: data.length };
  })();
  try {
    for await (const item of pubmedFormat.read({ name: "efetch", pieces })) {
      if (item.type !== "document") continue;
      const { title, text, url: address = "", metadata } = item.document;
      const { journal, year } = metadata;
      articles.push({
        url: address,
        title,
        text,
        ...(typeof journal === "string" ? { site: journal } : {}),
        ...(typeof year === "string" ? { published: year } : {}),
        from: "abstract",
      });
    }
  } catch (error) {
    if (MedRoundsError.is(error)) throw brokenReply(url, "with something that is not PubMed's XML");
    throw error;
  }
  return articles;
}
