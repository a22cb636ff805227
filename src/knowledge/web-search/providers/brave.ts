import { z } from "zod";
import { askForJson } from "../ask-service.ts";
import type { WebSearchProvider } from "../provider.ts";
import { plainSnippet } from "./snippet.ts";

const replySchema = z.object({
  web: z
    .object({
      results: z.array(
        z.object({
          title: z.string().nullish(),
          url: z.string(),
          description: z.string().nullish(),
          page_age: z.string().nullish(),
          profile: z.object({ name: z.string().nullish() }).nullish(),
          thumbnail: z.object({ src: z.string().nullish(), original: z.string().nullish() }).nullish(),
        }),
      ),
    })
    .nullish(),
});

/** Brave Search (api-dashboard.search.brave.com, GET /res/v1/web/search): up to 20 results; its thumbnails name the pages' images. */
export const brave: WebSearchProvider = {
  name: "brave",
  base: "https://api.search.brave.com",
  needsKey: true,
  async search({ query, most, base, key, tell, signal }) {
    const wanted = {
      q: query,
      count: String(Math.min(most, 20)),
      result_filter: "web",
      text_decorations: "false",
    };
    const reply = await askForJson({
      url: `${base}/res/v1/web/search?${new URLSearchParams(wanted)}`,
      headers: { "x-subscription-token": key ?? "" },
      characters: query.length,
      schema: replySchema,
      tell,
      signal,
    });
    const found = (reply.web?.results ?? []).map(({ thumbnail, ...result }) => ({
      ...result,
      image: thumbnail?.original ?? thumbnail?.src ?? undefined,
    }));
    return {
      articles: found.map(({ title, url, description, page_age: published, profile, image }) => ({
        url,
        title: plainSnippet(title),
        text: plainSnippet(description),
        ...(profile?.name ? { site: profile.name } : {}),
        ...(published ? { published } : {}),
        ...(image ? { image } : {}),
        from: "search-result",
      })),
      images: found.flatMap(({ title, url, image }) =>
        image ? [{ url: image, page: url, title: plainSnippet(title) }] : [],
      ),
    };
  },
};
