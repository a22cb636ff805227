import { afterEach, beforeEach, expect, it } from "vitest";
import { askProvider } from "../../../../test/support/ask-provider.ts";
import { type ScriptedWeb, startScriptedWeb } from "../../../../test/support/scripted-web.ts";
import { tavily } from "./tavily.ts";

let web: ScriptedWeb;
beforeEach(async () => {
  web = await startScriptedWeb();
});
afterEach(() => web[Symbol.asyncDispose]());

const reply = {
  query: "pleural effusion",
  answer: null,
  images: [
    { url: "https://img.example.org/a.png", description: "A meniscus" },
    "https://img.example.org/b.png",
  ],
  results: [
    {
      title: "Pleural effusion",
      url: "https://www.nhs.uk/effusion",
      content: "Fluid around the lung. [...] Seen as a meniscus.",
      score: 0.81,
      raw_content: null,
    },
    {
      title: "News",
      url: "https://example.org/news",
      content: "",
      published_date: "Fri, 13 Nov 2026 08:00:00 GMT",
    },
  ],
  response_time: "1.67",
};

it("asks by POST with the key in a header, and names the domains that are wanted", async () => {
  web.replies.set("/search", { body: JSON.stringify(reply) });
  const { articles, images, told } = await askProvider(web, tavily, { domains: ["nhs.uk"] });
  const [request] = web.requests;
  expect(request).toMatchObject({ method: "POST", headers: { authorization: "Bearer key-1" } });
  const sent = JSON.parse(request?.body ?? "");
  expect(sent).toEqual({
    query: "pleural effusion",
    max_results: 20,
    search_depth: "basic",
    include_images: true,
    include_image_descriptions: true,
    include_domains: ["nhs.uk"],
  });
  expect(articles).toEqual([
    {
      url: "https://www.nhs.uk/effusion",
      title: "Pleural effusion",
      text: "Fluid around the lung. [...] Seen as a meniscus.",
      from: "search-result",
    },
    {
      url: "https://example.org/news",
      title: "News",
      text: "",
      published: "Fri, 13 Nov 2026 08:00:00 GMT",
      from: "search-result",
    },
  ]);
  expect(images).toEqual([
    { url: "https://img.example.org/a.png", title: "A meniscus" },
    { url: "https://img.example.org/b.png", title: "" },
  ]);
  expect(told).toEqual([{ host: `127.0.0.1:${web.port}`, loopback: true, images: 0, characters: 16 }]);
});

it.each([401, 432])(
  "tells a refused key or a spent plan (%d) from a service that is busy",
  async (status) => {
    web.replies.set("/search", { status, body: '{"detail":{"error":"no"}}' });
    await expect(askProvider(web, tavily)).rejects.toMatchObject({
      code: "web-search-refused",
      facts: { status },
    });
  },
);
