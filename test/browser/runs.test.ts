import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeReportPage } from "../../src/assembly/index.ts";
import type { RunningServer } from "../../src/server/index.ts";
import { launchChromium } from "../support/chromium.ts";
import { openPageSite, type PageSite } from "../support/page-site.ts";
import { takePicture, visit } from "../support/page-visit.ts";
import { writeDrawnRun } from "../support/run-folder.ts";
import { openSuiteRuns } from "../support/suite-runs.ts";
import { findBarriers } from "./barriers.ts";

let site: PageSite;
let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  site = await openPageSite();
  browser = await launchChromium();
  await using suite = await openSuiteRuns(site.folder, {
    script: () => ({ text: "ANSWER: A" }),
    suite: {
      title: "Drawn textures",
      seeds: [1],
      dataSets: [{ path: "data/manifest.jsonl", limit: 8 }],
      conditions: [{ type: "few-shot", exemplars: "similar", perClass: 1 }],
    },
  });
  expect((await suite.run("runs/shown")).code).toBe(0);
  const runs = join(site.folder, "runs");
  const page = join(site.pageFolder, "report.html");
  // Samples and images lie beside the page, and are asked of the server.
  await writeReportPage({ folder: join(runs, "shown"), page, mostBytes: 1 });
  await writeDrawnRun(join(runs, "unreported"), { samples: 4, conditions: ["zero-shot"] });
  await mkdir(join(runs, "half-written"));
  await writeFile(join(runs, "half-written/run.json"), '{"version": 1, "name": "ha');
  server = await site.serve({}, { runsFolder: runs });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

describe("runs on a server", () => {
  it("are listed with what is wrong with them, in both themes", async () => {
    for (const colorScheme of ["dark", "light"] as const) {
      await using visited = await visit(browser, server.url, {
        ...{ path: "/runs/", colorScheme, viewport: { width: 390, height: 844 } },
      });
      const { page } = visited;
      const rows = await page.getByRole("listitem").allTextContents();
      expect(rows).toEqual([
        expect.stringMatching(/^half-written.*cannot be read\.$/),
        expect.stringMatching(/^shownDrawn textures · 1 arm · 8 samples/),
        expect.stringMatching(/^unreported.*medrounds eval report unreported writes one/),
      ]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await takePicture(page, `runs-${colorScheme}`);
    }
  });

  it("open from the list, narrow down, and show a sample with its image, its examples and its prompt", async () => {
    await using visited = await visit(browser, server.url, { path: "/runs/" });
    const { page } = visited;
    await page.getByRole("link", { name: "shown" }).click();
    await page.getByRole("link", { name: "Samples" }).click();
    await page.getByLabel("State").selectOption({ index: 1 });
    await expect.poll(() => page.getByRole("status").textContent()).toMatch(/^\d of 8 answers$/);
    await page.locator(".row-name").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Examples, the images most like the question’s").waitFor();
    await expect.poll(() => dialog.locator(".sample-images img").count()).toBe(1);
    const examples = dialog.locator(".exemplars img");
    expect(await examples.count()).toBeGreaterThan(1);
    const widths = () =>
      dialog
        .locator("img")
        .evaluateAll((images) => images.map((one) => (one as HTMLImageElement).naturalWidth));
    await examples.last().scrollIntoViewIfNeeded();
    await expect.poll(async () => Math.min(...(await widths()))).toBeGreaterThan(0);
    expect(await dialog.locator(".exemplars .number").first().textContent()).toMatch(/^0\.\d{3}$|^1\.000$/);
    await dialog.getByText("Prompt", { exact: true }).click();
    await dialog.getByText("Solved examples come first").waitFor();
    await takePicture(page, "runs-sample");
  });

  it("give nothing but reports, whatever the address", async () => {
    for (const path of [
      "/runs/half-written/",
      "/runs/unreported/",
      "/runs/shown/run.json",
      "/runs/shown/report-files/..%2f..%2frun.json",
      "/runs/..%2fsuite.yaml",
    ]) {
      const response = await fetch(`${server.url}${path}`);
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  it("have no violation that axe finds", async () => {
    await using visited = await visit(browser, server.url, { path: "/runs/", bypassCSP: true });
    expect(await findBarriers(visited.page)).toEqual([]);
  });
});
