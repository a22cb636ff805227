import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { projectRoot } from "./run-cli.ts";

/** A page of a browser, and what it did that no page of ours may do. */
export type Visit = AsyncDisposable & { page: Page; faults: string[] };

/**
 * Opens an address. At the end of the visit no request may have left the origin, the Content-Security-Policy may not have been
 * touched, and no script may have failed or opened a dialog.
 */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions & { path?: string } = {},
): Promise<Visit> {
  const { path = "/", ...contextOptions } = options;
  const context = await browser.newContext({
    viewport: { width: 1600, height: 1000 },
    colorScheme: "dark",
    ...contextOptions,
  });
  const faults: string[] = [];
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== url) faults.push(`request to ${request.url()}`);
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`policy violation: ${violatedDirective} ${blockedURI}`);
    });
  });
  const watch = (page: Page) => {
    page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
    page.on("dialog", (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => undefined);
    });
    page.on("console", (message) => {
      if (/policy/i.test(message.text())) faults.push(message.text());
    });
  };
  context.on("page", watch);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${url}${path}`);
  return {
    page,
    faults,
    async [Symbol.asyncDispose]() {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

/** Waits until the round on the page has its answer. */
export async function answered(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Copy as Markdown" }).waitFor();
}

/** Writes a question and asks it. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole("textbox", { name: "Question" }).fill(question);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
}

/** Keeps a picture of a state in report/screenshots. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = join(projectRoot, "report/screenshots");
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
