import { afterEach, beforeEach, expect, it } from "vitest";
import { askProvider } from "../../../../test/support/ask-provider.ts";
import { type ScriptedWeb, startScriptedWeb } from "../../../../test/support/scripted-web.ts";
import { brave } from "./brave.ts";

let web: ScriptedWeb;
beforeEach(async () => {
  web = await startScriptedWeb();
});
afterEach(() => web[Symbol.asyncDispose]());

it("asks with the key in a header, and reads dates, sites and images where they are given", async () => {
  const reply = {
    type: "search",
    query: { original: "pleural effusion" },
    web: {
      type: "search",
      results: [
        {
          type: "search_result",
          title: "Effusion",
          url: "https://www.mayoclinic.org/effusion",
          description: "A <strong>pleural effusion</strong> is fluid; p&lt;0.05",
          page_age: "2024-02-01T00:00:00",
          age: "February 1, 2024",
          profile: { name: "Mayo Clinic", url: "https://www.mayoclinic.org" },
          thumbnail: { src: "https://imgs.search.brave.com/x", original: "https://www.mayoclinic.org/x.jpg" },
        },
        { title: "Bare", url: "https://example.org/bare", description: "" },
      ],
    },
  };
  web.replies.set("/res/v1/web/search", { body: JSON.stringify(reply) });
  const { articles, images } = await askProvider(web, brave);
  const { headers, parameters } = web.requests[0]!;
  expect(headers["x-subscription-token"]).toBe("key-1");
  expect(Object.fromEntries(parameters)).toEqual({
    q: "pleural effusion",
    count: "20",
    result_filter: "web",
    text_decorations: "false",
  });
  expect(articles).toEqual([
    {
      url: "https://www.mayoclinic.org/effusion",
      title: "Effusion",
      text: "A pleural effusion is fluid; p<0.05",
      site: "Mayo Clinic",
      published: "2024-02-01T00:00:00",
      image: "https://www.mayoclinic.org/x.jpg",
      from: "search-result",
    },
    { url: "https://example.org/bare", title: "Bare", text: "", from: "search-result" },
  ]);
  expect(images).toEqual([
    {
      url: "https://www.mayoclinic.org/x.jpg",
      page: "https://www.mayoclinic.org/effusion",
      title: "Effusion",
    },
  ]);
});

it("reads a reply without results, and tells a limit of requests as passing", async () => {
  web.replies.set("/res/v1/web/search", { body: '{"type":"search"}' });
  expect((await askProvider(web, brave)).articles).toEqual([]);
  web.replies.set("/res/v1/web/search", { status: 429, body: '{"type":"ErrorResponse"}' });
  await expect(askProvider(web, brave)).rejects.toMatchObject({ code: "web-search-unreachable" });
});
