import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type MeanImageServer, startMeanImages } from "./support/mean-image-server.ts";
import { makeFolder, removeFolder, runCli, writeManifest } from "./support/run-cli.ts";

let folder: string;
let server: MeanImageServer;
beforeAll(async () => {
  folder = await makeFolder("library-images");
  const cases = Array.from({ length: 3 }, (_, n) => ({ id: `case${n}`, file: `${n}.png`, labels: ["Mass"] }));
  await writeManifest(join(folder, "tiles"), cases);
  await sharp({ create: { width: 40, height: 40, channels: 3, background: "#804020" } })
    .png()
    .toFile(join(folder, "question.png"));
  expect((await run("library", "add", "tiles")).code).toBe(0);
});
afterAll(() => removeFolder(folder));
beforeEach(async () => {
  server = await startMeanImages();
});
afterEach(() => server[Symbol.asyncDispose]());

const run = (...args: string[]) => runCli(args, { cwd: folder });
const json = async (...args: string[]) => JSON.parse((await run(...args, "--json")).stdout);

describe("a library's image encoder, on the command line", () => {
  it("embeds every image, is named in the status, and leaves with its vectors", async () => {
    const embedded = await run("library", "embed", "--images", server.source);
    expect([embedded.code, embedded.stdout]).toEqual([
      0,
      expect.stringMatching(/^Embedded 3 cases by means \(4 dimensions\) in \d+\.\d s\.\n$/),
    ]);
    expect((await run("library", "status")).stdout).toContain(
      `Images embedded by means (4 dimensions, ${server.source}, texts too): 3 of 3 cases.`,
    );
    expect(await json("library", "status")).toMatchObject({
      imageEncoders: [{ source: server.source, vectors: 3 }],
      similarity: { state: "fitted", cases: 3 },
    });
    const found = await json("search", "--image", "question.png");
    expect([found.cases.length, found.notes]).toEqual([3, undefined]);
    const removed = await run("library", "remove", "--embedder", server.source, "--yes");
    expect(removed.stdout).toBe("Removed the embedder means and its 3 vectors.\n");
    expect(await json("library", "status")).toMatchObject({ imageEncoders: [] });
    expect((await run("library", "doctor")).stdout).toContain("The library is sound.");
  });

  it("takes texts or images, not both and not neither", async () => {
    for (const given of [[], ["--embedder", "tei:http://127.0.0.1:1", "--images", server.source]]) {
      const { code, stderr } = await run("library", "embed", ...given);
      expect([code, stderr]).toEqual([2, expect.stringContaining("(usage-invalid)")]);
    }
  });
});

describe("library fit", () => {
  it("fits how cases are compared, and says to how many", async () => {
    expect((await run("library", "fit")).stdout).toMatch(
      /^Fitted to 3 cases \(\d+ dimensions\) in \d+\.\d s\.\n$/,
    );
    expect(await json("library", "fit")).toMatchObject({ cases: 3, version: expect.any(String) });
    expect((await run("library", "status")).stdout).toMatch(
      /Similar cases compared by a fit to 3 cases \(.+\)\./,
    );
  });

  it("says that there is nothing to fit where a library holds texts alone", async () => {
    await writeFile(join(folder, "note.md"), "# Effusion\n\nAn effusion is fluid between the pleurae.\n");
    expect((await run("library", "add", "note.md", "--library", "texts")).code).toBe(0);
    expect(await run("library", "fit", "--library", "texts")).toMatchObject({
      code: 0,
      stdout: "The library holds no cases, so there is nothing to fit.\n",
    });
  });
});
