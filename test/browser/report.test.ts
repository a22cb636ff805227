import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeReportPage } from "../../src/assembly/index.ts";
import { launchChromium } from "../support/chromium.ts";
import { filterTime } from "../support/page-filter-time.ts";
import { visitReport } from "../support/page-report.ts";
import { buildPage } from "../support/page-site.ts";
import { takePicture } from "../support/page-visit.ts";
import { writeDrawnRun } from "../support/run-folder.ts";
import { findBarriers } from "./barriers.ts";

const hostile =
  `</script><script>alert(1)</script><img src=x onerror="alert(2)"><!--<script>` +
  `[go](javascript:alert(3)) \ud800 \u2028 \u202egnp.exe `;
const longLine = "effusion".repeat(131_072);

let folder: string;
let empty: string;
let browser: Browser;
let small: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-report-"));
  await buildPage(join(folder, "page"));
  empty = join(folder, "page/report.html");
  browser = await launchChromium();
  await writeDrawnRun(join(folder, "small"), { samples: 120, conditions: ["zero-shot", "few-shot"] });
  small = join(folder, "small.html");
  await writeReportPage({ folder: join(folder, "small"), out: small, page: empty, hasImages: false });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const rowCount = async (page: Page) => (await page.getByRole("status").textContent()) ?? "";

describe("a report", () => {
  it("opens from its file, shows figures with gains, and asks no network", async () => {
    await using visited = await visitReport(browser, small);
    const { page } = visited;
    const table = page.getByRole("region", { name: "Arms" });
    await expect.poll(() => table.textContent()).toContain("few-shot");
    await page.locator("details.arm summary").last().click();
    const details = page.locator("details.arm").last();
    await expect
      .poll(() => details.textContent())
      .toMatch(/over drawn\.model\.zero-shot.*The interval \w+cludes zero/);
    expect(await details.locator(".confusion tbody tr").count()).toBe(3);
    await details.getByRole("img", { name: /Confidence/ }).waitFor();
    expect(await page.locator(".report-footer").textContent()).toContain("Not a medical device");
    await takePicture(page, "report-results");
  });

  it("narrows its samples by state, tag and words, sorts them, and opens one by keys alone", async () => {
    await using visited = await visitReport(browser, small, { hash: "#samples" });
    const { page } = visited;
    expect(await rowCount(page)).toBe("240 answers");
    await page.getByLabel("State").selectOption("wrong");
    await expect.poll(() => rowCount(page)).toMatch(/^\d+ of 240 answers$/);
    await page.getByLabel("Tag").selectOption({ label: "view: AP" });
    await page.getByLabel("Search").fill("film 3 ");
    await expect.poll(() => rowCount(page)).toMatch(/^[012] of 240/);
    await page.getByLabel("Search").fill("no such words");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("button", { name: "Confidence" }).click();
    expect(await page.getByRole("columnheader", { name: "Confidence" }).getAttribute("aria-sort")).toBe(
      "ascending",
    );
    const first = page.locator(".row-name").first();
    await first.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("Understood as").waitFor();
    await page.getByRole("button", { name: "Next" }).press("Enter");
    await page.getByRole("dialog").getByText("Written").first().waitFor();
    await takePicture(page, "report-sample");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("row-name");
  });

  it("shows what flipped between two arms", async () => {
    await using visited = await visitReport(browser, small, { hash: "#compare" });
    const { page } = visited;
    expect(await rowCount(page)).toMatch(/^1\d\d common tasks?: \d+ right with the second alone/);
    await page.getByRole("region", { name: "Gained" }).getByRole("button").first().click();
    const answers = page.getByRole("dialog").locator(".answer-column");
    await answers.nth(1).getByText("Understood as").waitFor();
    expect(await answers.locator(".state").allTextContents()).toEqual([
      expect.not.stringMatching("Right"),
      "Right",
    ]);
    await takePicture(page, "report-flip");
  });

  it("goes on in its panel to the next answer of the list behind it, and no further than its end", async () => {
    await using visited = await visitReport(browser, small, { hash: "#samples" });
    const { page } = visited;
    await page.getByLabel("State").selectOption("failed");
    await expect.poll(() => rowCount(page)).toMatch(/^(?!240)\d+ of 240/);
    const listed = Number.parseInt(await rowCount(page), 10);
    await page.locator(".row-name").first().click();
    const dialog = page.getByRole("dialog");
    for (let number = 1; number < listed; number++) {
      await dialog.getByRole("button", { name: "Next" }).click();
      await expect.poll(() => dialog.locator(".state").textContent()).toBe("Failed");
    }
    const next = dialog.getByRole("button", { name: "Next" });
    await expect.poll(() => next.getAttribute("aria-disabled")).toBe("true");
  });

  it("of two runs tells first what the second gains, and has both answers beside each other", async () => {
    const second = join(folder, "second");
    await writeDrawnRun(second, {
      samples: 120,
      conditions: ["zero-shot", "other"],
      output: (_, __, label) => label,
    });
    const out = join(folder, "both.html");
    await writeReportPage({ folder: join(folder, "small"), second, out, page: empty, hasImages: false });
    for (const colorScheme of ["dark", "light"] as const) {
      await using visited = await visitReport(browser, out, { colorScheme, bypassCSP: true });
      const { page } = visited;
      const gains = page.getByRole("region", { name: "Gains" });
      await expect.poll(() => gains.textContent()).toContain("second over small");
      expect(await gains.textContent()).toContain("Without a counterpart: small: drawn.model.few-shot");
      await gains.getByRole("img", { name: /gains/ }).waitFor();
      expect(await rowCount(page)).toMatch(/^1\d\d common tasks/);
      await page.getByRole("region", { name: "Gained", exact: true }).getByRole("button").first().click();
      await expect
        .poll(() => page.locator(".answer-column .arm-name").allTextContents())
        .toEqual([expect.stringMatching(/^small: /), expect.stringMatching(/^second: /)]);
      expect(await findBarriers(page)).toEqual([]);
      await page.keyboard.press("Escape");
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, `report-comparison-${colorScheme}`);
    }
    await using narrow = await visitReport(browser, out, { viewport: { width: 390, height: 844 } });
    await narrow.page
      .getByRole("region", { name: "Gained", exact: true })
      .getByRole("button")
      .first()
      .click();
    await narrow.page.getByText("Understood as").nth(1).waitFor();
    expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  it("has no violation that axe finds, in both themes, and fits 390 pixels", async () => {
    for (const colorScheme of ["dark", "light"] as const) {
      await using visited = await visitReport(browser, small, { colorScheme, bypassCSP: true });
      const { page } = visited;
      await page.locator("details.arm summary").last().click();
      expect(await findBarriers(page)).toEqual([]);
      for (const view of ["Samples", "Compare", "Run"]) {
        await page.getByRole("link", { name: view, exact: true }).click();
        expect(await findBarriers(page)).toEqual([]);
      }
      await page.getByRole("link", { name: "Samples" }).click();
      await page.locator(".row-name").first().click();
      await page.getByRole("dialog").getByText("Understood as").waitFor();
      expect(await findBarriers(page)).toEqual([]);
    }
    await using narrow = await visitReport(browser, small, { viewport: { width: 390, height: 844 } });
    for (const view of ["Results", "Samples", "Compare", "Run"]) {
      await narrow.page.getByRole("link", { name: view, exact: true }).click();
      expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await takePicture(narrow.page, `report-narrow-${view.toLowerCase()}`);
    }
  });

  it("keeps hostile words and a line of a megabyte inert, in one file and in files beside it", async () => {
    const run = join(folder, "hostile");
    await writeDrawnRun(run, {
      samples: 6,
      conditions: ["zero-shot"],
      question: (number) => `${hostile} ${number}`,
      output: (number, _, label) => `${hostile}${number === 2 ? longLine : ""} ${label}`,
    });
    for (const mostBytes of [50_000_000, 1]) {
      const out = join(folder, `hostile-${mostBytes}.html`);
      const { files } = await writeReportPage({ folder: run, out, page: empty, hasImages: false, mostBytes });
      expect(files).toHaveLength(mostBytes === 1 ? 2 : 1);
      await using visited = await visitReport(browser, out, { hash: "#samples" });
      const { page } = visited;
      for (const row of [0, 2]) {
        await page.locator(".row-name").nth(row).click();
        await page.getByRole("dialog").getByText("Understood as").waitFor();
        expect(await page.getByRole("dialog").textContent()).toContain("<script>alert(1)</script>");
        await page.keyboard.press("Escape");
      }
      expect(await page.locator("img[src='x'], a[href^='javascript'], [onerror]").count()).toBe(0);
    }
  });

  it("loads samples from files beside it only when one is opened, and says where they are missing", async () => {
    const run = join(folder, "large");
    await writeDrawnRun(run, { samples: 450, conditions: ["zero-shot"] });
    const out = join(folder, "large.html");
    await writeReportPage({ folder: run, out, page: empty, hasImages: false, mostBytes: 1 });
    expect(await readdir(join(folder, "large-files"))).toEqual([
      "samples-0.js",
      "samples-1.js",
      "samples-2.js",
    ]);
    await rm(join(folder, "large-files/samples-2.js"));
    await using visited = await visitReport(browser, out, { hash: "#samples" });
    const { page, faults } = visited;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url().split("/").at(-1) ?? ""));
    await page.locator(".row-name").first().click();
    await page.getByRole("dialog").getByText("Understood as").waitFor();
    expect(asked).toEqual(["samples-0.js"]);
    await page.evaluate(() => {
      location.hash = "#samples/449";
    });
    await page.getByText("samples-2.js is not beside the report.").waitFor();
    // The browser tells of the file that was taken away.
    faults.splice(0);
  });
});

describe("a report of 20,000 answers", () => {
  it("is written, opens and filters within twice the time that is promised, whatever else runs", async () => {
    const run = join(folder, "many");
    await writeDrawnRun(run, { samples: 20_000, conditions: ["zero-shot"] });
    const out = join(folder, "many.html");
    const began = performance.now();
    await writeReportPage({ folder: run, out, page: empty, hasImages: false });
    expect(performance.now() - began).toBeLessThan(20_000);
    await using visited = await visitReport(browser, out);
    const { page } = visited;
    const opened = await page.evaluate(() => performance.now());
    expect(opened).toBeLessThan(4_000);
    await page.getByRole("link", { name: "Samples" }).click();
    expect(await rowCount(page)).toBe("20,000 answers");
    const milliseconds = await filterTime(page, "film 1999");
    expect(milliseconds).toBeLessThan(400);
    expect(await page.locator(".rows-table tbody tr").count()).toBeLessThan(100);
  }, 90_000);
});
