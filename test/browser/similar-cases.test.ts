import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addToLibrary, openLibraryAt } from "../../src/assembly/index.ts";
import { launchChromium } from "../support/chromium.ts";
import { openPageSite, type PageSite } from "../support/page-site.ts";
import { answered, ask, visit } from "../support/page-visit.ts";
import { writeManifest } from "../support/run-cli.ts";

let site: PageSite;
let browser: Browser;
let url: string;
let library: Awaited<ReturnType<typeof openLibraryAt>>;
let roundId: string;

const question = () => join(site.folder, "chest/0.png");

/** Thirty cases: c0 to c2 of one patient; views and labels in turns. */
const rows = Array.from({ length: 30 }, (_, index) => ({
  id: `c${index}`,
  file: `${index}.png`,
  labels: [["Mass", "Effusion", "Edema"][index % 3]],
  view: ["PA", "AP"][index % 2],
  modality: "CR",
  ...(index < 3 ? { patient_id: "p1" } : {}),
}));

beforeAll(async () => {
  site = await openPageSite();
  browser = await launchChromium();
  await writeManifest(join(site.folder, "chest"), rows, 96);
  library = await openLibraryAt(join(site.folder, "cases"), { create: true });
  await addToLibrary({ library, paths: [join(site.folder, "chest")] });
  ({ url } = await site.serve({}, { library }));
  await using visited = await visit(browser, url);
  await visited.page.locator("input[type=file]").setInputFiles(question());
  await ask(visited.page, "What is it?");
  await answered(visited.page);
  roundId = visited.page.url().split("/").at(-1) ?? "";
});
afterAll(async () => {
  await browser?.close();
  library?.[Symbol.dispose]();
  await site?.[Symbol.asyncDispose]();
});

const openCases = async () => {
  const visited = await visit(browser, url, { path: `/#/rounds/${roundId}` });
  await visited.page.getByRole("button", { name: "Filter and compare" }).click();
  await found(visited.page);
  return visited;
};
const cards = (page: Page) => page.locator(".case-grid-place .card");
const found = (page: Page) => page.locator(".case-grid-place[aria-busy=false] .card").first().waitFor();
const idOf = (page: Page, place: number) => cards(page).nth(place).getAttribute("data-case");
const focusedCase = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("data-case"));

describe("the similar cases", () => {
  it("are a grid with score, label and view, the same patient's apart", async () => {
    await using visited = await openCases();
    const { page } = visited;
    expect(await cards(page).count()).toBe(24);
    expect(await cards(page).first().textContent()).toMatch(
      /^(Mass|Effusion|Edema)\.\d{3}chest · CR · (PA|AP)$/,
    );
    expect(await page.locator(".similar-header").textContent()).toMatch(
      /24 of 27 cases · 1 with the same image left out · 2 of the same patient left out/,
    );
    const lane = page.locator(".same-patient .card");
    expect(await lane.evaluateAll((all) => all.map((card) => card.getAttribute("data-case")).sort())).toEqual(
      ["chest/c1", "chest/c2"],
    );
    await page.getByRole("button", { name: "Show more" }).click();
    await expect.poll(() => cards(page).count()).toBe(27);
  });

  it("are narrowed by what occurs alone; where nothing fits, it says so and offers a way back", async () => {
    await using visited = await openCases();
    const { page } = visited;
    const filters = page.getByRole("form", { name: "Narrow the cases" });
    expect(await filters.getByRole("combobox").count()).toBe(2);
    await filters.getByRole("combobox", { name: "View" }).selectOption("pa");
    await expect.poll(() => cards(page).count()).toBe(13);
    for (const card of await cards(page).allInnerTexts()) expect(card).toContain("PA");
    await filters.getByRole("combobox", { name: "Label" }).selectOption("Edema");
    await expect.poll(() => cards(page).count()).toBe(4);
    // The server forgets the cases that fit, as a library does in which they were removed.
    await page.route("**/v1/search", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), cases: [], samePatient: [] } });
    });
    await filters.getByLabel("Hide look-alikes").check();
    const nothing = page.locator(".nothing-fits");
    expect(await nothing.textContent()).toMatch(/No case fits view “PA” and label “Edema” together\./);
    await page.unroute("**/v1/search");
    await nothing.getByRole("button", { name: "Clear all filters" }).click();
    await found(page);
    expect(await filters.getByRole("combobox", { name: "View" }).inputValue()).toBe("");
  });

  it("are the best of each label where that is asked for", async () => {
    await using visited = await openCases();
    const { page } = visited;
    await page.getByLabel("One per label").check();
    await expect.poll(() => cards(page).count()).toBe(3);
    expect(await page.locator(".card-label").allInnerTexts()).toEqual(
      expect.arrayContaining(["Mass", "Effusion", "Edema"]),
    );
  });

  it("are like the box that is drawn on the image, or moved by keys", async () => {
    await using visited = await openCases();
    const { page } = visited;
    const boxes: unknown[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/v1/search")) boxes.push(request.postDataJSON().box);
    });
    const place = await page.locator(".picker .fitted").boundingBox();
    if (!place) throw new Error("The image is not shown.");
    await page.mouse.move(place.x + place.width * 0.25, place.y + place.height * 0.25);
    await page.mouse.down();
    await page.mouse.move(place.x + place.width * 0.75, place.y + place.height * 0.5, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => boxes.length).toBe(1);
    for (const [name, share] of Object.entries({ x: 0.25, y: 0.25, width: 0.5, height: 0.25 })) {
      expect((boxes[0] as Record<string, number>)[name]).toBeCloseTo(share, 1);
    }
    await page.getByText("Cases like this region.").waitFor();
    await page.getByRole("button", { name: "Whole image", exact: true }).click();
    await page.getByRole("button", { name: "Choose a region" }).press("Enter");
    await page.getByRole("button", { name: /^Region/ }).press("ArrowRight");
    await page.getByRole("button", { name: /^Region/ }).press("Shift+ArrowDown");
    await expect.poll(() => boxes.at(-1)).toEqual({ x: 0.29, y: 0.25, width: 0.5, height: 0.54 });
    await page.getByRole("button", { name: /^Region/ }).press("Delete");
    await expect.poll(() => boxes.at(-1)).toBeUndefined();
  });
});

describe("a similar case beside the question's image", () => {
  const transforms = (page: Page) =>
    page
      .locator(".linked-layer")
      .evaluateAll((layers) => layers.map((layer) => getComputedStyle(layer).transform));

  it("is reached, looked at and left by keys, and the focus comes back to where it was", async () => {
    await using visited = await visit(browser, url, { path: `/#/rounds/${roundId}` });
    const { page } = visited;
    const opener = page.getByRole("button", { name: "Filter and compare" });
    await opener.focus();
    await page.keyboard.press("Enter");
    await found(page);
    const [first, second] = [await idOf(page, 0), await idOf(page, 1)];
    await cards(page).first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Why similar" }).waitFor();
    expect(await page.locator(".linked img").count()).toBe(2);
    await page.keyboard.press("n");
    await page.waitForURL((address) => address.hash.endsWith(encodeURIComponent(second ?? "")));
    await page.keyboard.press("p");
    await page.waitForURL((address) => address.hash.endsWith(encodeURIComponent(first ?? "")));
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    const [left, right] = await transforms(page);
    expect(left).toBe(right);
    expect(left).not.toBe("matrix(1, 0, 0, 1, 0, 0)");
    await page.keyboard.press("0");
    expect((await transforms(page))[0]).toBe("matrix(1, 0, 0, 1, 0, 0)");
    await page.keyboard.press("b");
    expect(await page.locator(".linked:visible figcaption").textContent()).toMatch(/^Case/);
    await page.keyboard.press("b");
    expect(await page.locator(".linked:visible figcaption").textContent()).toMatch(/^Question/);
    await page.keyboard.press("v");
    expect(await page.locator(".linked:visible").count()).toBe(2);
    await page.keyboard.press("s");
    expect(await page.locator("figcaption").first().textContent()).toMatch(/^Case/);
    await page.keyboard.press("Escape");
    await found(page);
    await expect.poll(() => focusedCase(page)).toBe(first);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => location.hash)).toBe(`#/rounds/${roundId}`);
  });

  it("has the region that was searched with on the question's image", async () => {
    await using visited = await openCases();
    const { page } = visited;
    await page.getByRole("button", { name: "Choose a region" }).press("Enter");
    await page.getByText("Cases like this region.").waitFor();
    await found(page);
    await cards(page).first().click();
    await page.locator(".linked").first().locator(".asked-box").waitFor();
    expect(await page.locator(".asked-box").count()).toBe(1);
  });

  it("shows where the two match, over both", async () => {
    await using visited = await openCases();
    const { page } = visited;
    await cards(page).first().click();
    await page.getByRole("button", { name: /Where they match/, disabled: false }).waitFor();
    await page.locator(".matches li").first().waitFor();
    await page.keyboard.press("m");
    const colored = await page.locator(".heat canvas").evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement)
          .getContext("2d")
          ?.getImageData(0, 0, width, height) ?? { data: [] };
        return data.filter((_: number, index: number) => index % 4 === 3).some((alpha: number) => alpha > 0);
      }),
    );
    expect(colored).toEqual([true, true]);
    expect(await page.locator(".heat-box").count()).toBe(2 * (await page.locator(".matches li").count()));
  });

  it("zooms both by the wheel at the pointer", async () => {
    await using visited = await openCases();
    const { page } = visited;
    await cards(page).first().click();
    const pane = page.locator(".linked-pane").first();
    await pane.waitFor();
    await pane.hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(async () => (await transforms(page))[0]).not.toBe("matrix(1, 0, 0, 1, 0, 0)");
    const [left, right] = await transforms(page);
    expect(left).toBe(right);
  });

  it("is what the next search is like, without its own patient's, until one goes back", async () => {
    await using visited = await openCases();
    const { page } = visited;
    const first = await idOf(page, 0);
    await cards(page).first().click();
    await page.getByRole("button", { name: "More like this" }).click();
    await page.getByText(`Like Case ${first}`).waitFor();
    await found(page);
    await expect
      .poll(() => cards(page).evaluateAll((all) => all.map((card) => card.getAttribute("data-case"))))
      .not.toContain(first);
    await page.getByRole("button", { name: "Back to the question’s image" }).click();
    await expect.poll(() => idOf(page, 0)).toBe(first);
  });

  it("has an address that opens it, from which one comes to the others", async () => {
    await using visited = await visit(browser, url, {
      path: `/#/rounds/${roundId}/cases/${encodeURIComponent("chest/c7")}`,
    });
    const { page } = visited;
    await page.getByRole("heading", { name: "Why similar" }).waitFor();
    await page.getByRole("button", { name: "All similar cases" }).click();
    await found(page);
    expect(await page.evaluate(() => location.hash)).toBe(`#/rounds/${roundId}/cases`);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.goto(`${url}/#/rounds/${roundId}/cases/none`);
    await page.getByRole("heading", { name: "This case cannot be shown" }).waitFor();
  });

  it("is a click away from a case among the evidence", async () => {
    await using visited = await visit(browser, url, { path: `/#/rounds/${roundId}` });
    const { page } = visited;
    await page.locator(".cases .case").first().click();
    await page.getByRole("button", { name: "Compare with the question’s image" }).click();
    await page.getByRole("heading", { name: "Why similar" }).waitFor();
    await page.goBack();
    await page.locator(".panel").waitFor();
  });
});
