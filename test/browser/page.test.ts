import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { openPageSite, type PageSite } from "../support/page-site.ts";
import { answered, ask, visit } from "../support/page-visit.ts";
import { type ScriptedReply, startScriptedEndpoint } from "../support/scripted-endpoint.ts";
import { openWire } from "../support/wire.ts";

let site: PageSite;
let browser: Browser;
let url: string;

beforeAll(async () => {
  site = await openPageSite();
  browser = await launchChromium();
  ({ url } = await site.serve());
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

const chestImage = () => join(site.demo.imageFolder, "question-2.png");

/** A server whose model replies as scripted. */
async function serveScripted(script: Parameters<typeof startScriptedEndpoint>[0]) {
  const endpoint = await startScriptedEndpoint(script);
  const server = await site.serve({ policy: "tags", endpoint: endpoint.url, model: "scripted" });
  return { endpoint, url: server.url };
}

const lookUp: ScriptedReply = { text: "<think>First the signs.</think><query>pleural effusion</query>" };
const conclude: ScriptedReply = { text: "<think>Enough.</think><answer>An effusion is likely [1].</answer>" };

describe("the page", () => {
  it("begins with what it is, four questions to try, what leaves the machine, and the notice once", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.getByRole("heading", { name: "Ask about medical images and text." }).waitFor();
    await expect.poll(() => page.locator(".demo-card").count()).toBe(4);
    expect(await page.getByText("Nothing leaves this machine").isVisible()).toBe(true);
    expect(await page.getByText("For research and education only.").count()).toBe(1);
    const loaded = await page
      .locator(".demo-card img")
      .evaluateAll((images) =>
        Promise.all(images.map((image) => (image as HTMLImageElement).decode().then(() => true))),
      );
    expect(loaded).toEqual([true, true, true]);
  });

  it("answers a demo question by a click, with image, cases, differential, evidence and steps", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.getByRole("button", { name: /A chest image with options/ }).click();
    await answered(page);
    expect(new URL(page.url()).hash).toMatch(/^#\/rounds\/[0-9a-f-]{36}$/);
    expect(await page.locator("h2.headline").textContent()).toMatch(/^C\. Pneumothorax/);
    expect(await page.locator(".differential tbody tr").count()).toBe(4);
    expect(await page.locator(".cases .case").count()).toBeGreaterThan(3);
    expect(await page.locator(".passage mark").count()).toBeGreaterThan(0);
    expect(await page.locator(".step-title").allInnerTexts()).toEqual(
      expect.arrayContaining(["Looked", "Found similar cases", "Looked up"]),
    );
    const image = page.locator("img.image");
    expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(384);
  });

  it("opens the exact passage from a citation: its cited words marked, its source and offsets named", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await ask(page, "How much pleural fluid can hide on an upright frontal chest X-ray?");
    await answered(page);
    const chip = page.locator(".answer .chip").first();
    await chip.click();
    const panel = page.getByRole("dialog");
    expect(await panel.locator("mark").first().textContent()).toContain("about 200 mL of pleural fluid");
    expect(await panel.textContent()).toMatch(/\.md, characters \d+–\d+/);
    await panel.locator(".neighbor").first().waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await chip.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("opens a case with its picture, labels and score", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.getByRole("button", { name: /A chest image, an open question/ }).click();
    await answered(page);
    await page.locator(".cases .case").first().click();
    const panel = page.getByRole("dialog");
    await expect
      .poll(() => panel.locator("img").evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBe(384);
    expect(await panel.locator(".labels li").count()).toBeGreaterThan(0);
    expect(await panel.textContent()).toContain("Score");
  });

  it("asks about one's own image with options", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.locator("input[type=file]").setInputFiles(chestImage());
    await page.getByRole("img", { name: "Preview of question-2.png" }).first().waitFor();
    await page.getByRole("button", { name: "Options" }).click();
    await page.getByRole("textbox", { name: "Text of option 1" }).fill("Pneumothorax");
    await page.getByRole("textbox", { name: "Text of option 2" }).fill("No finding");
    await ask(page, "Which finding?");
    await answered(page);
    expect(await page.locator(".differential th[scope=row]").allInnerTexts()).toEqual([
      expect.stringContaining("A. Pneumothorax"),
      expect.stringContaining("B. No finding"),
    ]);
    expect(await page.locator(".corner.bottom-left").textContent()).toContain("question-2.png");
  });

  it("takes images that are dropped or pasted, and asks about them without words", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    const bytes = [...(await readFile(chestImage()))];
    for (const [type, name] of [
      ["drop", "dropped.png"],
      ["paste", "pasted.png"],
    ] as const) {
      await page.evaluate(
        ({ type, name, bytes }) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
          const event =
            type === "drop"
              ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
              : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.body.dispatchEvent(event);
        },
        { type, name, bytes },
      );
      await page.getByText(name).first().waitFor();
    }
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await answered(page);
    await page.getByRole("button", { name: "View 2: pasted.png" }).click();
    expect(await page.locator(".corner.bottom-left").textContent()).toContain("pasted.png");
  });

  it("follows up in a finished round, with the earlier question above and the image kept", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.getByRole("button", { name: /A chest image, an open question/ }).click();
    await answered(page);
    const first = page.url();
    await ask(page, "Is there a pneumothorax?");
    await page.waitForURL((address) => address.href !== first);
    await answered(page);
    expect(await page.locator(".earlier a").textContent()).toBe(
      "What is the main finding, and what supports it?",
    );
    expect(await page.locator("img.image").count()).toBe(1);
    await page.locator(".earlier a").click();
    expect(page.url()).toBe(first);
    await page.getByRole("button", { name: "New round" }).click();
    await page.getByRole("heading", { name: "Ask about medical images and text." }).waitFor();
  });

  it("copies answer, evidence and notice as Markdown", async () => {
    await using visited = await visit(browser, url, { permissions: ["clipboard-read", "clipboard-write"] });
    const { page } = visited;
    await page.getByRole("button", { name: /A chest image, an open question/ }).click();
    await answered(page);
    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await page.getByText("Copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^# What is the main finding, and what supports it\?\n/);
    expect(copied).toContain("| Differential | Probability | 95 % interval |");
    expect(copied).toMatch(/\n> .+\n\n.+, characters \d+–\d+/);
    expect(copied).toContain("Not a medical device");
  });

  it("leads from question to citation by keyboard alone", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.locator(".demo-card").first().waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the question");
    await page.keyboard.press("Enter");
    await page.keyboard.type("How much pleural fluid can hide on an upright frontal chest X-ray?");
    await page.keyboard.press("Enter");
    await answered(page);
    const isChip = () => page.evaluate(() => document.activeElement?.matches("button.chip") === true);
    for (let presses = 0; presses < 60 && !(await isChip()); presses++)
      await page.keyboard.press("Shift+Tab");
    expect(await isChip()).toBe(true);
    await page.keyboard.press("Enter");
    expect(await page.getByRole("dialog").locator("mark").count()).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    expect(await isChip()).toBe(true);
  });

  it("keeps the theme that was chosen", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await ground()).toBe("rgb(12, 14, 17)");
    await page.getByRole("button", { name: "Light theme" }).click();
    expect(await ground()).toBe("rgb(250, 248, 245)");
    await page.reload();
    expect(await ground()).toBe("rgb(250, 248, 245)");
  });
});

describe("a round with a model", () => {
  it("shows its steps as they come, goes on after a reload, and is the same in two tabs", async () => {
    const { url, endpoint } = await serveScripted([lookUp, { ...conclude, delayMilliseconds: 2500 }]);
    await using _ = endpoint;
    await using visited = await visit(browser, url);
    const { page } = visited;
    await ask(page, "Is there an effusion?");
    await page.getByText("Looked up", { exact: true }).waitFor();
    await page.reload();
    const second = await page.context().newPage();
    await second.goto(page.url());
    for (const tab of [page, second]) {
      await tab.getByText("Looked up", { exact: true }).waitFor();
      expect(await tab.getByRole("button", { name: "Stop" }).isVisible()).toBe(true);
    }
    for (const tab of [page, second]) {
      await answered(tab);
      expect(await tab.locator("h2.headline").textContent()).toContain("An effusion is likely");
      expect(await tab.getByText("Looked up", { exact: true }).count()).toBe(1);
    }
    expect(endpoint.requests).toHaveLength(2);
  });

  it("opens a step on what was thought", async () => {
    const { url, endpoint } = await serveScripted([lookUp, conclude]);
    await using _ = endpoint;
    await using visited = await visit(browser, url);
    const { page } = visited;
    await ask(page, "Is there an effusion?");
    await answered(page);
    await page.getByText("Looked up", { exact: true }).click();
    await page.locator(".step-more", { hasText: "First the signs." }).waitFor();
  });

  it("stops when told, keeps what was found, and can be asked again", async () => {
    const { url, endpoint } = await serveScripted((_request, index) =>
      index === 0 ? lookUp : index === 1 ? { ...conclude, delayMilliseconds: 60_000 } : conclude,
    );
    await using _ = endpoint;
    await using visited = await visit(browser, url);
    const { page } = visited;
    await ask(page, "Is there an effusion?");
    await page.getByText("Looked up", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("heading", { name: "Stopped" }).waitFor();
    expect(await page.locator(".evidence-others li").count()).toBeGreaterThan(0);
    await expect.poll(() => endpoint.abandoned.length).toBe(1);
    await page.getByRole("button", { name: "Ask again" }).click();
    await answered(page);
  });

  it("says what failed and what to do, and tries again", async () => {
    const { url, endpoint } = await serveScripted((_request, index) =>
      index === 0 ? { status: 401, body: '{"error":{"message":"No such key."}}' } : conclude,
    );
    await using _ = endpoint;
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.locator("input[type=file]").setInputFiles(chestImage());
    await ask(page, "Is there an effusion?");
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/The round failed[\s\S]*Check the model name and the key/);
    await page.getByRole("button", { name: "Try again" }).click();
    await answered(page);
    expect(await page.locator("img.image").count()).toBe(1);
  });

  it("says that the connection was lost, and goes on by itself without loss or repetition", async () => {
    const { url, endpoint } = await serveScripted([
      lookUp,
      { ...lookUp, text: "<query>pneumothorax</query>", delayMilliseconds: 1500 },
      { ...conclude, delayMilliseconds: 1500 },
    ]);
    await using _ = endpoint;
    await using wire = await openWire(url);
    await using visited = await visit(browser, wire.url);
    const { page } = visited;
    await ask(page, "Is there an effusion?");
    await page.getByText("Looked up", { exact: true }).waitFor();
    wire.cut();
    await page.getByText("The connection was lost.").waitFor();
    await setTimeout(1000);
    wire.mend();
    await answered(page);
    expect(await page.getByText("The connection was lost.").count()).toBe(0);
    expect(await page.locator(".query").allTextContents()).toEqual(["pleural effusion", "pneumothorax"]);
  });
});
