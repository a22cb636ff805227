import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addToLibrary, openLibraryAt } from "../../src/assembly/index.ts";
import { launchChromium } from "../support/chromium.ts";
import { openPageSite, type PageSite } from "../support/page-site.ts";
import { answered, ask, visit } from "../support/page-visit.ts";
import { startScriptedEndpoint } from "../support/scripted-endpoint.ts";

const markup =
  `<img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)>` +
  `<a href="javascript:alert(4)">go</a> ![remote](http://203.0.113.9/x.png) [go](javascript:alert(5)) `;
const turned = "\u202Egnp.exe\u202C";
const longLine = "effusion".repeat(131_072);

let site: PageSite;
let browser: Browser;
let library: Awaited<ReturnType<typeof openLibraryAt>>;

beforeAll(async () => {
  site = await openPageSite();
  browser = await launchChromium();
  library = await openLibraryAt(join(site.folder, "hostile"), { create: true });
  const image = join(site.folder, "case.png");
  const pixels = Uint8Array.from({ length: 64 * 64 }, (_, index) => (index * 7) % 251);
  await sharp(pixels, { raw: { width: 64, height: 64, channels: 1 } })
    .png()
    .toFile(image);
  const rows = [
    {
      id: `p${markup}`,
      title: `Effusion ${markup}${turned}`,
      text: `A pleural effusion is fluid. ${markup}${turned} An effusion blunts the angle.`,
      url: "javascript:alert(6)",
    },
    { id: "long", title: "Effusion in one line", text: longLine.slice(0, 1_000_000) },
    { id: `c${markup}`, file: "case.png", labels: [`Effusion ${markup}${turned}`], text: markup },
  ];
  const manifest = join(site.folder, "manifest.jsonl");
  await writeFile(manifest, rows.map((row) => JSON.stringify(row)).join("\n"));
  await addToLibrary({ library, paths: [manifest] });
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
  library?.[Symbol.dispose]();
});

const injected =
  "img[src='x'], img[src*='203.0.113'], script:not([src]), svg, a[href^='javascript'], [onerror], [onload]";

describe("hostile text", () => {
  it("in a library, a question, a file name and a model's words runs nothing, fetches nothing, turns nothing around", async () => {
    await using endpoint = await startScriptedEndpoint([
      { text: `<think>${markup}${turned}</think><query>effusion ${markup}</query>` },
      { text: `${markup} is no step.` },
      { text: `<answer>${markup} An effusion [1]. ${turned} More.</answer>` },
    ]);
    const { url } = await site.serve(
      { policy: "tags", endpoint: endpoint.url, model: `scripted ${markup}` },
      { library, roundsFolder: join(site.folder, "hostile-rounds") },
    );
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.locator("input[type=file]").setInputFiles({
      name: `${turned}<img src=x onerror=alert(7)>.png`,
      mimeType: "image/png",
      buffer: await sharp({ create: { width: 40, height: 40, channels: 3, background: "gray" } })
        .png()
        .toBuffer(),
    });
    await ask(page, `Is there an effusion? ${markup}${turned}`);
    await answered(page);
    for (const summary of await page.locator(".step summary").all()) await summary.click();
    await page.locator(".passage-name").first().click();
    await page.getByRole("dialog").locator("dl").waitFor();
    const shown = (await page.locator("body").textContent()) ?? "";
    expect(shown).toContain("<script>alert(2)</script>");
    expect(shown).not.toMatch(/\p{Bidi_Control}/u);
    expect(await page.locator(injected).count()).toBe(0);
    expect(await page.getByRole("dialog").locator("a").count()).toBe(0);
  });

  it("of a million letters in one line is shortened, with a way to see more", async () => {
    await using endpoint = await startScriptedEndpoint([
      { text: "<query>line</query>" },
      { text: `<think>${"x".repeat(20_000)}</think><answer>${"y".repeat(40_000)}</answer>` },
    ]);
    const { url } = await site.serve(
      { policy: "tags", endpoint: endpoint.url, model: "scripted" },
      { library, roundsFolder: join(site.folder, "hostile-rounds") },
    );
    await using visited = await visit(browser, url);
    const { page } = visited;
    await ask(page, "What is one line?");
    await answered(page);
    await page
      .getByRole("button", { name: /one line/ })
      .first()
      .click();
    const panel = page.getByRole("dialog");
    await panel
      .getByRole("button", { name: /Show more/ })
      .first()
      .click();
    await page.keyboard.press("Escape");
    expect(((await page.locator("body").textContent()) ?? "").length).toBeLessThan(120_000);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
