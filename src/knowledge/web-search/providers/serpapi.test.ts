import { afterEach, beforeEach, expect, it } from "vitest";
import { askProvider } from "../../../../test/support/ask-provider.ts";
import { type ScriptedWeb, startScriptedWeb } from "../../../../test/support/scripted-web.ts";
import { serpapi } from "./serpapi.ts";

let web: ScriptedWeb;
beforeEach(async () => {
  web = await startScriptedWeb();
});
afterEach(() => web[Symbol.asyncDispose]());

const serve = (reply: unknown, status = 200) =>
  web.replies.set("/search.json", { status, body: JSON.stringify(reply) });

it("asks for Google's results, and keeps articles apart from images", async () => {
  serve({
    search_metadata: { id: "1", status: "Success" },
    search_parameters: { engine: "google", q: "pleural effusion" },
    organic_results: [
      {
        position: 1,
        title: "Pleural effusion &amp; empyema",
        link: "https://radiopaedia.org/articles/pleural-effusion",
        displayed_link: "https://radiopaedia.org › articles",
        thumbnail: "https://serpapi.com/t.jpeg",
        date: "Mar 3, 2021",
        snippet: "A pleural effusion is …",
        source: "Radiopaedia",
      },
    ],
    inline_images: [
      {
        source: "https://radiopaedia.org/cases/1",
        thumbnail: "https://t.example/1",
        original: "https://o.example/1.jpg",
        title: "Case",
      },
      { source: "https://radiopaedia.org/cases/2", title: "No address" },
    ],
  });
  const { articles, images, told } = await askProvider(web, serpapi);
  const { method, parameters } = web.requests[0]!;
  expect([method, Object.fromEntries(parameters)]).toEqual([
    "GET",
    { engine: "google", q: "pleural effusion", hl: "en", api_key: "key-1" },
  ]);
  expect(articles).toEqual([
    {
      url: "https://radiopaedia.org/articles/pleural-effusion",
      title: "Pleural effusion & empyema",
      text: "A pleural effusion is …",
      site: "Radiopaedia",
      published: "Mar 3, 2021",
      image: "https://serpapi.com/t.jpeg",
      from: "search-result",
    },
  ]);
  expect(images).toEqual([
    { url: "https://o.example/1.jpg", page: "https://radiopaedia.org/cases/1", title: "Case" },
  ]);
  expect(told).toHaveLength(1);
});

it("takes “no results” for what it is, and another error for one, without telling the key", async () => {
  serve({ error: "Google hasn't returned any results for this query." });
  expect((await askProvider(web, serpapi)).articles).toEqual([]);
  serve({ error: "Unsupported location." });
  await expect(askProvider(web, serpapi)).rejects.toMatchObject({ code: "web-search-broken" });
  serve({ error: "Invalid API key." }, 401);
  const failure = await askProvider(web, serpapi).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "web-search-refused" });
  expect(JSON.stringify([failure, String(failure)])).not.toContain("key-1");
});
