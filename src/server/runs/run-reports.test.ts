import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRunReports } from "./run-reports.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-runs-"));
  await mkdir(join(folder, "first/report/report-files"), { recursive: true });
  await mkdir(join(folder, "empty"));
  await mkdir(join(folder, "asked"));
  await writeFile(
    join(folder, "asked/run.json"),
    JSON.stringify({
      ...{ name: "asked", suite: { title: "<img src=x>\u202e" }, arms: [{}, {}] },
      ...{ starts: [{ at: "2026-01-01T00:00:00.000Z" }], dataSets: [{ samples: 7 }] },
    }),
  );
  await mkdir(join(folder, "half"));
  await writeFile(join(folder, "half/run.json"), '{"name": "ha');
  await mkdir(join(folder, "<b>/report"), { recursive: true });
  await writeFile(join(folder, "first/run.json"), "{}");
  await writeFile(join(folder, "first/report/report.html"), "the report");
  await writeFile(join(folder, "<b>/report/report.html"), "another");
  await writeFile(join(folder, "first/report/report-files/samples-0.js"), "samples");
  await writeFile(join(folder, "secret.js"), "secret");
  await symlink(join(folder, "../"), join(folder, "out"));
  await symlink(join(folder, "/etc/hostname"), join(folder, "first/report/report-files/link.js"));
});
afterAll(() => rm(folder, { recursive: true }));

const get = async (path: string) => (await openRunReports(folder)).respond(path);

describe("openRunReports", () => {
  it("refuses a folder that is not there, and what is none", async () => {
    for (const missing of [join(folder, "nope"), join(folder, "secret.js")])
      await expect(openRunReports(missing)).rejects.toMatchObject({ code: "path-missing" });
  });

  it("sends a run's report and the files beside it, under a policy that lets it load nothing else", async () => {
    const report = await get("/runs/first/");
    expect(await report?.text()).toBe("the report");
    expect(report?.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    const samples = await get("/runs/first/report-files/samples-0.js");
    expect([await samples?.text(), samples?.headers.get("Content-Type")]).toEqual([
      "samples",
      "text/javascript; charset=utf-8",
    ]);
  });

  it("leads from a run's name to its folder, from which the page names its files", async () => {
    const response = await get("/runs/first");
    expect([response?.status, response?.headers.get("Location")]).toEqual([308, "/runs/first/"]);
  });

  it("lists runs, and says where one has no report or cannot be read", async () => {
    const text = (await (await get("/runs/"))?.text()) ?? "";
    expect(text).toContain('<a href="/runs/first/">first</a>');
    expect(text).toContain("&lt;img src=x&gt;  · 2 arms · 7 samples · 2026-01-01");
    expect(text).toContain("medrounds eval report asked writes one.");
    expect(text).toMatch(/<b>half<\/b><p class="doubt">Its run.json cannot be read.<\/p>/);
    expect(text).not.toMatch(/empty|<img|<b>\/|"\/runs\/(asked|half)/);
  });

  it("says where answers were scored after the report was written", async () => {
    await writeFile(join(folder, "first/scores.jsonl"), "");
    const later = new Date(Date.now() + 60_000);
    await utimes(join(folder, "first/scores.jsonl"), later, later);
    expect(await (await get("/runs/"))?.text()).toContain("older than its scores");
  });

  it.each([
    "/runs/empty/",
    "/runs/first/run.json",
    "/runs/first/../secret.js",
    "/runs/../first/",
    "/runs/first/report-files/link.js",
    "/runs/first/report-files/..%2f..%2f..%2fsecret.js",
    "/runs/out/",
  ])("has nothing at %s", async (path) => {
    expect(await get(path)).toBeUndefined();
  });
});
