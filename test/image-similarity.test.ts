import { copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectFailure, startTestServer, type TestServer } from "./support/http-server.ts";
import { writeTinyClip } from "./support/onnx/tiny-clip.ts";
import { makeFolder, removeFolder } from "./support/run-cli.ts";

let folder: string;
let server: TestServer;
const image = (name: string) => join(folder, "images", name);

beforeAll(async () => {
  folder = await makeFolder("similarity");
  await writeTinyClip(join(folder, "clip"), "towers");
  await mkdir(image("deep/er"), { recursive: true });
  await mkdir(join(folder, "more"));
  const draw = (file: string, background: string) =>
    sharp({ create: { width: 20, height: 12, channels: 3, background } }).toFile(file);
  await draw(image("red.png"), "#c00000");
  await draw(image("deep/er/blue.jpg"), "#0000fe");
  await draw(join(folder, "more/green.webp"), "#00c800");
  await copyFile(image("red.png"), join(folder, "outside.png"));
  await symlink(join(folder, "outside.png"), image("link.png"));
  await writeFile(image("notes.png"), "These are no pixels.");
  await writeFile(image("empty.png"), "");
  const folders = [join(folder, "images"), join(folder, "more")];
  server = await startTestServer({ similarity: { source: `onnx:${join(folder, "clip")}`, folders } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await removeFolder(folder);
});

const ask = (test_imgs: unknown, labels: unknown) => server.post("/biomedclip", { test_imgs, labels });

async function score(files: readonly string[], labels: readonly string[]): Promise<number[]> {
  const response = await ask(files, labels);
  expect(response.status).toBe(200);
  const reply = (await response.json()) as { similarity_scores: number[] };
  expect(Object.keys(reply)).toEqual(["similarity_scores"]);
  return reply.similarity_scores;
}

describe("the similarity service of Med-RwR's image reward, /biomedclip", () => {
  it("gives one cosine for each image with the label at its place", async () => {
    const [red, blue, green] = [image("red.png"), image("deep/er/blue.jpg"), join(folder, "more/green.webp")];
    const scores = await score([red, red, blue, green, red], ["red", "blue", "blue", "red", "Red green"]);
    const expected = [1, 0, 1, 0, Math.SQRT1_2];
    expect(scores).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(scores[index]).toBeCloseTo(value, 1);
  });

  it("scores a step's worth of repeated images, an empty list, and a path relative to a folder", async () => {
    const files = Array.from({ length: 64 }, (_, index) => image(index % 2 ? "red.png" : "deep/er/blue.jpg"));
    const scores = await score(files, Array(64).fill("red"));
    expect(scores.map(Math.round)).toEqual(files.map((_, index) => index % 2));
    expect(await score([], [])).toEqual([]);
    expect((await score(["red.png", "green.webp"], ["red", "green"])).map(Math.round)).toEqual([1, 1]);
  });

  it("reads nothing outside the folders that its owner named, by whatever way", async () => {
    const outside = [
      join(folder, "outside.png"),
      image("../outside.png"),
      image("link.png"),
      "../outside.png",
      "/etc/hostname",
      "/etc/none-of-this-name",
      image(".."),
      "file:///etc/hostname",
    ];
    for (const file of outside) {
      const response = await ask([image("red.png"), file], ["red", "red"]);
      const { error } = (await response.json()) as { error: { code: string; message: string } };
      expect([file, response.status, /outside|missing/.test(error.code)]).toEqual([file, 404, true]);
      expect(error.message).toMatch(/^Image 2: /);
      expect(error.message).not.toContain(folder);
    }
    await expectFailure(await ask(["/etc/hostname"], ["x"]), 404, "file-outside-folder");
    await expectFailure(await ask(["/etc/none-of-this-name"], ["x"]), 404, "file-outside-folder");
  });

  it("fails as a whole where one image can't be read, so that no score is made up", async () => {
    const bad = [
      ["none.png", 404, "path-missing"],
      ["a\u0000b.png", 404, "path-missing"],
      ["notes.png", 415, "image-not-image"],
      ["empty.png", 400, "file-empty"],
      ["deep", 503, "path-not-file"],
    ] as const;
    for (const [name, status, code] of bad) {
      const failure = await expectFailure(
        await ask([image("red.png"), image(name)], ["red", "red"]),
        status,
        code,
      );
      expect(failure.facts).toEqual({ image: 2 });
    }
  });

  it.each([
    [["a.png"], []],
    [["a.png"], [null]],
    ["a.png", "red"],
    [[null], ["red"]],
    [undefined, ["red"]],
  ])("refuses test_imgs %j with labels %j", async (files, labels) => {
    await expectFailure(await ask(files, labels), 400, "request-invalid");
  });

  it("takes as many images as it was configured for", async () => {
    const source = `onnx:${join(folder, "clip")}`;
    const similarity = { source, folders: [join(folder, "images")] };
    await using small = await startTestServer({ similarity, limits: { similarityPairs: 2 } });
    const send = (count: number) =>
      small.post("/biomedclip", {
        test_imgs: Array(count).fill("red.png"),
        labels: Array(count).fill("red"),
      });
    expect((await send(2)).status).toBe(200);
    await expectFailure(await send(3), 413, "request-too-large");
  });
});

describe("a server without an image–text model", () => {
  it("says how to start one with it", async () => {
    await using plain = await startTestServer();
    const response = await plain.post("/biomedclip", { test_imgs: [], labels: [] });
    const failure = await expectFailure(response, 503, "similarity-missing");
    expect(failure.cure).toContain("--image-text");
  });

  it("does not start where a folder or the model is missing", async () => {
    const source = `onnx:${join(folder, "clip")}`;
    const start = (similarity: { source: string; folders: string[] }) => startTestServer({ similarity });
    await expect(start({ source, folders: [join(folder, "none")] })).rejects.toMatchObject({
      code: "path-missing",
    });
    await expect(
      start({ source: `onnx:${relative(process.cwd(), folder)}`, folders: [folder] }),
    ).rejects.toMatchObject({ code: "path-missing" });
  });
});
