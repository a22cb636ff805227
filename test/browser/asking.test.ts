import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { openPageSite, type PageSite } from "../support/page-site.ts";
import { answered, ask, visit } from "../support/page-visit.ts";

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
const png = { mimeType: "image/png", buffer: Buffer.from("no pixels") };
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
const question = (page: Page) => page.getByRole("textbox", { name: "Question" });

/** Lets a question reach the server only after a while. Returns the bodies of those that were sent. */
async function holdQuestions(page: Page, milliseconds: number): Promise<string[]> {
  const sent: string[] = [];
  await page.route("**/v1/rounds", async (route) => {
    sent.push(route.request().postData() ?? "");
    await setTimeout(milliseconds);
    // One that was abandoned meanwhile is not there to go on.
    await route.continue().catch(() => undefined);
  });
  return sent;
}

describe("a question on its way", () => {
  it("can be stopped: what was written stays, and the round that began is stopped", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await holdQuestions(page, 600);
    await page.locator(".demo-card").first().waitFor();
    await ask(page, "Is there an effusion?");
    await page.getByText("Sending the question…").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator(".demo-card").first().waitFor();
    expect(await question(page).inputValue()).toBe("Is there an effusion?");
    expect(await focused(page)).toBe("question");
    await page.waitForResponse((response) => response.request().method() === "DELETE" && response.ok());
    expect(new URL(page.url()).hash).toBe("");
  });

  it("is left by a new round, which it does not end", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await holdQuestions(page, 600);
    await page.locator(".demo-card").first().click();
    await page.getByRole("button", { name: "New round" }).click();
    await page.keyboard.type("Another question");
    await setTimeout(1200);
    expect(new URL(page.url()).hash).toBe("#/");
    expect(await question(page).inputValue()).toBe("Another question");
  });

  it("is sent once, however often it is clicked", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    const sent = await holdQuestions(page, 0);
    await page
      .locator(".demo-card")
      .first()
      .evaluate((card) => {
        (card as HTMLElement).click();
        (card as HTMLElement).click();
      });
    await answered(page);
    expect(sent).toHaveLength(1);
  });

  it("keeps the image of the round that it follows up in sight", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.getByRole("button", { name: /A chest image, an open question/ }).click();
    await answered(page);
    await holdQuestions(page, 1500);
    await ask(page, "Is there a pneumothorax?");
    await page.getByText("Sending the question…").waitFor();
    const image = page.locator("img.image");
    await expect
      .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth), { interval: 20 })
      .toBe(384);
    expect(await page.getByText("Sending the question…").count()).toBe(1);
    await answered(page);
  });
});

describe("files that cannot be asked about", () => {
  it("are named, and so is the limit", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    const files = page.locator("input[type=file]");
    await files.setInputFiles({ name: "scan.heic", mimeType: "image/heic", buffer: Buffer.from("x") });
    const remark = page.locator(".ask-remark");
    await expect
      .poll(() => remark.textContent())
      .toBe("scan.heic is not a PNG, JPEG, WebP, TIFF or DICOM file.");
    await files.setInputFiles(Array.from({ length: 9 }, (_, index) => ({ name: `${index}.png`, ...png })));
    await expect.poll(() => remark.textContent()).toBe("Up to 8 images.");
    expect(await page.locator(".attached li").count()).toBe(8);
  });
});

describe("images to ask about", () => {
  it("are seen large one after the other, also in a round, and asked about as views on a phone", async () => {
    await using visited = await visit(browser, url, { viewport: { width: 390, height: 844 } });
    const { page } = visited;
    const files = page.locator("input[type=file]");
    await files.setInputFiles(Array.from({ length: 8 }, () => chestImage()));
    const shown = page.locator(".corner.bottom-left");
    const show = page.getByRole("button", { name: "Show question-2.png" });
    await show.nth(2).click();
    expect(await shown.textContent()).toContain("3 of 8, not sent yet");
    await page.getByRole("button", { name: "Options", exact: true }).click();
    const bar = await page.locator(".bottom").boundingBox();
    expect(bar?.height).toBeLessThan(450);
    await ask(page, "Which finding?");
    await answered(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await page.locator(".views button").count()).toBe(8);
    await files.setInputFiles(chestImage());
    await show.click();
    expect(await shown.textContent()).toContain("not sent yet");
    await show.click();
    expect(await shown.textContent()).not.toContain("not sent yet");
  });
});

describe("what a server refuses", () => {
  it("is said with a way on, and the question is kept", async () => {
    const { url } = await site.serve({}, { limits: { bodyBytes: 20_000 } });
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.locator("input[type=file]").setInputFiles(chestImage());
    await ask(page, "Which finding?");
    await page.getByText("The question was not asked").waitFor();
    await page.getByRole("button", { name: "Change it and try again" }).click();
    expect(await page.getByRole("textbox", { name: "Question" }).inputValue()).toBe("Which finding?");
    expect(await page.locator(".attached li").count()).toBe(1);
  });

  it("is said where the round is known no longer", async () => {
    const path = "/#/rounds/00000000-0000-4000-8000-000000000000";
    await using visited = await visit(browser, url, { path });
    const { page } = visited;
    await page.getByText("This round cannot be shown").waitFor();
    await page.getByRole("alert").getByRole("button", { name: "New round" }).click();
    await page.locator(".demo-card").first().waitFor();
  });

  it("opens the options where these are at fault, with all that was written", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    await page.getByRole("button", { name: "Options", exact: true }).click();
    for (const option of [1, 2]) {
      await page.getByRole("textbox", { name: `Label of option ${option}` }).fill("A");
      await page.getByRole("textbox", { name: `Text of option ${option}` }).fill(`Finding ${option}`);
    }
    await ask(page, "Which finding?");
    await page.getByText("The question was not asked").waitFor();
    expect(await page.getByRole("textbox", { name: "Text of option 2" }).inputValue()).toBe("Finding 2");
    await page.getByRole("button", { name: "Change it and try again" }).click();
    expect(await focused(page)).toBe("question");
    expect(await question(page).inputValue()).toBe("Which finding?");
  });

  it("gives a demo question back whole where its image could not be read", async () => {
    await using visited = await visit(browser, url);
    const { page } = visited;
    let isBroken = true;
    await page.route("**/v1/demo/images/*", (route) =>
      isBroken && route.request().resourceType() === "fetch" ? route.abort() : route.continue(),
    );
    await page.getByRole("button", { name: /A chest image with options/ }).click();
    await page.getByText("The question was not asked").waitFor();
    await page.getByRole("button", { name: "Change it and try again" }).click();
    expect(await page.locator(".attached li").count()).toBe(1);
    isBroken = false;
    const sent = await holdQuestions(page, 0);
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await answered(page);
    expect(sent[0]).toContain('filename="question-2.png"');
    expect(await page.locator(".differential tbody tr").count()).toBe(4);
    expect(await page.locator("img.image").count()).toBe(1);
  });
});
