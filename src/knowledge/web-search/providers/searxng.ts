import { z } from "zod";
import { askForJson } from "../ask-service.ts";
import type { WebSearchProvider } from "../provider.ts";
import { plainSnippet } from "./snippet.ts";

const replySchema = z.object({
  results: z.array(
    z.object({
      url: z.string().nullish(),
      title: z.string().nullish(),
      content: z.string().nullish(),
      publishedDate: z.string().nullish(),
      img_src: z.string().nullish(),
    }),
  ),
});

/** A SearXNG instance (docs.searxng.org, Search API). It answers with status 403 where its settings do not name the format json. */
export const searxng: WebSearchProvider = {
  name: "searxng",
  base: null,
  needsKey: false,
  async search({ query, most, base, tell, signal }) {
    const wanted = new URLSearchParams({ q: query, format: "json", categories: "general,images" });
    const reply = await askForJson({
      url: `${base}/search?${wanted}`,
      characters: query.length,
      schema: replySchema,
      tell,
      signal,
    });
    const found = reply.results.flatMap(({ url, title, content, publishedDate, img_src: image }) =>
      url ? [{ url, title: plainSnippet(title), text: plainSnippet(content), publishedDate, image }] : [],
    );
    return {
      articles: found
        .filter(({ image }) => !image)
        .slice(0, most)
        .map(({ url, title, text, publishedDate }) => ({
          url,
          title,
          text,
          ...(publishedDate ? { published: publishedDate } : {}),
          from: "search-result",
        })),
      images: found.flatMap(({ url, title, image }) => (image ? [{ url: image, page: url, title }] : [])),
    };
  },
};
