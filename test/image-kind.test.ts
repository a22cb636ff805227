/** A photograph of a cat must not go straight to what reads X-rays: asked with a recipe it is refused, without one it carries a doubt. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { imageKinds, roundSchema, searchResultSchema } from "../src/contracts/index.ts";
import { makeCliLibrary } from "./support/cli-library.ts";
import { drawPhotograph } from "./support/draw-photograph.ts";
import { expectFailure, readAll, startTestServer, type TestServer } from "./support/http-server.ts";
import { eventsOf } from "./support/rounds.ts";
import { makeFolder, removeFolder, runCli } from "./support/run-cli.ts";

let folder: string;
let server: TestServer;
let photograph: Buffer<ArrayBuffer>;

beforeAll(async () => {
  folder = await makeFolder("kind");
  await makeCliLibrary(folder);
  photograph = Buffer.from(await drawPhotograph());
  await writeFile(join(folder, "cat.jpg"), photograph);
  await mkdir(join(folder, "my-recipe"));
  const recipe = "name: mine\ntitle: Mine\nimages: { kinds: [cytology], otherwise: refuse }\n";
  await writeFile(join(folder, "my-recipe/recipe.yaml"), recipe);
  server = await startTestServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await removeFolder(folder);
});

const question = "Is the heart enlarged?";

function ask(...more: string[]) {
  return runCli(["ask", question, "--image", "cat.jpg", ...more], { cwd: folder });
}

function post(recipe?: string) {
  const images = [{ name: "cat.jpg", base64: photograph.toString("base64") }];
  return server.post("/v1/rounds", { question, images, ...(recipe === undefined ? {} : { recipe }) });
}

describe("a photograph of a cat on the command line", () => {
  it.each(["chest-xray", "./my-recipe"])(
    "is refused by the recipe %s before a round begins",
    async (recipe) => {
      const { code, stdout, stderr } = await ask("--recipe", recipe);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(
        /^medrounds: cat\.jpg seems to be no known kind of medical image \(0\.\d\d|1\.00\)/,
      );
      expect(stderr).toContain("(image-kind-refused)");
      expect(stderr).not.toMatch(/^ +at /m);
    },
  );

  it("is asked about with a doubt by a recipe that warns, and without a recipe", async () => {
    for (const more of [["--recipe", "pathology"], []]) {
      const { code, stdout } = await ask("--json", ...more);
      const { events } = roundSchema.parse(JSON.parse(stdout));
      const [seen] = eventsOf(events, "image-inspected");
      expect(code).toBe(0);
      expect(seen?.kind?.name).toBe("other");
      expect(seen?.notes[0]).toMatch(/^seems to be no known kind of medical image/);
    }
  });

  it("shows its doubt in the line of the step", async () => {
    const { stdout } = await ask();
    expect(stdout.replace(/\s+/g, " ")).toContain("seems to be no known kind of medical image");
  });

  it("makes the recipe part of what the round's configuration is known by", async () => {
    const hashes = [];
    for (const more of [["--recipe", "pathology"], []]) {
      hashes.push(roundSchema.parse(JSON.parse((await ask("--json", ...more)).stdout)).configurationHash);
    }
    expect(new Set(hashes).size).toBe(2);
  });

  it("cannot be asked about by a recipe that there is none of", async () => {
    const { code, stderr } = await ask("--recipe", "nonsense");
    expect([code, stderr.includes("(recipe-missing)")]).toEqual([2, true]);
  });
});

describe("a library", () => {
  it("keeps what each case's image is", async () => {
    const { stdout } = await runCli(["search", "Effusion", "--json"], { cwd: folder });
    const { cases } = searchResultSchema.parse(JSON.parse(stdout));
    expect(cases.length).toBeGreaterThan(0);
    for (const found of cases) expect(imageKinds).toContain(found.case.kind);
  });
});

describe("a photograph of a cat on a server", () => {
  it("is refused by the recipe chest-xray with a status of its own", async () => {
    const failure = await expectFailure(await post("chest-xray"), 422, "image-kind-refused");
    expect(failure.message).toContain("cat.jpg seems to be no known kind of medical image");
    expect(failure.facts).toMatchObject({ kind: "other", recipe: "chest-xray" });
  });

  it("is answered with a doubt by a recipe that warns", async () => {
    const [seen] = eventsOf(await readAll(await post("pathology")), "image-inspected");
    expect(seen).toMatchObject({ kind: { name: "other" } });
    expect(seen?.notes[0]).toContain("the recipe pathology is for");
  });

  it("is not helped by a recipe of a folder: a client names none but the product's own", async () => {
    await expectFailure(await post(join(folder, "my-recipe").slice(0, 60)), 400, "recipe-missing");
  });
});
