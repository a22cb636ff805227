import { afterEach, beforeEach, expect, it } from "vitest";
import { askProvider } from "../../../../test/support/ask-provider.ts";
import { type ScriptedWeb, startScriptedWeb } from "../../../../test/support/scripted-web.ts";
import { searxng } from "./searxng.ts";

let web: ScriptedWeb;
beforeEach(async () => {
  web = await startScriptedWeb();
});
afterEach(() => web[Symbol.asyncDispose]());

it("asks an instance for JSON, and keeps articles apart from images", async () => {
  const reply = {
    query: "pleural effusion",
    number_of_results: 2,
    results: [
      {
        url: "https://www.nhs.uk/effusion",
        title: "Effusion",
        content: "Fluid around the lung.",
        publishedDate: "2023-05-04T00:00:00",
        engine: "duckduckgo",
        category: "general",
      },
      {
        url: "https://radiopaedia.org/cases/1",
        title: "Case 1",
        content: "",
        img_src: "https://radiopaedia.org/1.jpg",
        template: "images.html",
        category: "images",
      },
      { title: "No address" },
    ],
    answers: [],
    suggestions: [],
    unresponsive_engines: [],
  };
  web.replies.set("/search", { body: JSON.stringify(reply) });
  const { articles, images } = await askProvider(web, searxng);
  expect(Object.fromEntries(web.requests[0]!.parameters)).toEqual({
    q: "pleural effusion",
    format: "json",
    categories: "general,images",
  });
  expect(articles).toEqual([
    {
      url: "https://www.nhs.uk/effusion",
      title: "Effusion",
      text: "Fluid around the lung.",
      published: "2023-05-04T00:00:00",
      from: "search-result",
    },
  ]);
  expect(images).toEqual([
    { url: "https://radiopaedia.org/1.jpg", page: "https://radiopaedia.org/cases/1", title: "Case 1" },
  ]);
});

it("tells an instance that does not give JSON away from one that answers with a page", async () => {
  web.replies.set("/search", { status: 403, type: "text/html", body: "Forbidden" });
  await expect(askProvider(web, searxng)).rejects.toMatchObject({ code: "web-search-refused" });
  web.replies.set("/search", { type: "text/html", body: "<html>" });
  await expect(askProvider(web, searxng)).rejects.toMatchObject({ code: "web-search-broken" });
});
