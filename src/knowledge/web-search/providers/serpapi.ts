import { z } from "zod";
import { askForJson, brokenReply } from "../ask-service.ts";
import type { WebSearchProvider } from "../provider.ts";
import { plainSnippet } from "./snippet.ts";

const replySchema = z.object({
  error: z.string().nullish(),
  organic_results: z
    .array(
      z.object({
        title: z.string().nullish(),
        link: z.string(),
        snippet: z.string().nullish(),
        source: z.string().nullish(),
        date: z.string().nullish(),
        thumbnail: z.string().nullish(),
      }),
    )
    .nullish(),
  inline_images: z
    .array(
      z.object({
        original: z.string().nullish(),
        thumbnail: z.string().nullish(),
        source: z.string().nullish(),
        title: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** SerpApi's Google Search (serpapi.com/search-api): the key is a parameter of the address; no results come as an `error`. */
export const serpapi: WebSearchProvider = {
  name: "serpapi",
  base: "https://serpapi.com",
  needsKey: true,
  async search({ query, most, base, key, tell, signal }) {
    const url = `${base}/search.json?${new URLSearchParams({ engine: "google", q: query, hl: "en", api_key: key ?? "" })}`;
    const reply = await askForJson({ url, characters: query.length, schema: replySchema, tell, signal });
    const { error, organic_results: found, inline_images: images } = reply;
    if (error && !found && !/any results/i.test(error)) throw brokenReply(url, "with an error");
    return {
      articles: (found ?? []).slice(0, most).map(({ title, link, snippet, source, date, thumbnail }) => ({
        url: link,
        title: plainSnippet(title),
        text: plainSnippet(snippet),
        ...(source ? { site: source } : {}),
        ...(date ? { published: date } : {}),
        ...(thumbnail ? { image: thumbnail } : {}),
        from: "search-result",
      })),
      images: (images ?? []).flatMap(({ original, thumbnail, source, title }) => {
        const address = original ?? thumbnail;
        if (!address) return [];
        return [{ url: address, ...(source ? { page: source } : {}), title: plainSnippet(title) }];
      }),
    };
  },
};
