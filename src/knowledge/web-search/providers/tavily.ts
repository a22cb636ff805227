import { z } from "zod";
import { askForJson } from "../ask-service.ts";
import type { WebSearchProvider } from "../provider.ts";
import { plainSnippet } from "./snippet.ts";

const replySchema = z.object({
  results: z.array(
    z.object({
      title: z.string().nullish(),
      url: z.string(),
      content: z.string().nullish(),
      published_date: z.string().nullish(),
    }),
  ),
  images: z
    .array(z.union([z.string(), z.object({ url: z.string(), description: z.string().nullish() })]))
    .nullish(),
});

/** Tavily Search (docs.tavily.com, POST /search). Takes up to 300 domains, and 20 results. */
export const tavily: WebSearchProvider = {
  name: "tavily",
  base: "https://api.tavily.com",
  needsKey: true,
  async search({ query, most, base, key, domains, tell, signal }) {
    const reply = await askForJson({
      url: `${base}/search`,
      headers: { authorization: `Bearer ${key}` },
      body: {
        query,
        max_results: Math.min(most, 20),
        search_depth: "basic",
        include_images: true,
        include_image_descriptions: true,
        ...(domains ? { include_domains: domains.slice(0, 300) } : {}),
      },
      characters: query.length,
      schema: replySchema,
      tell,
      signal,
    });
    return {
      articles: reply.results.map(({ title, url, content, published_date: published }) => ({
        url,
        title: plainSnippet(title),
        text: plainSnippet(content),
        ...(published ? { published } : {}),
        from: "search-result",
      })),
      images: (reply.images ?? []).map((image) =>
        typeof image === "string"
          ? { url: image, title: "" }
          : { url: image.url, title: plainSnippet(image.description) },
      ),
    };
  },
};
