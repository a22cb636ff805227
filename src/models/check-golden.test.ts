import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeTinyClip } from "../../test/support/onnx/tiny-clip.ts";
import { createImageEncoder } from "./create-image-encoder.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-golden-image-"));
  await writeTinyClip(folder, "towers");
  const create = { width: 30, height: 20, channels: 3 as const, background: { r: 30, g: 40, b: 0 } };
  await sharp({ create }).png().toFile(join(folder, "golden.png"));
});
afterAll(() => rm(folder, { recursive: true }));

async function open(golden: unknown): Promise<string> {
  await writeFile(join(folder, "golden.json"), typeof golden === "string" ? golden : JSON.stringify(golden));
  try {
    await using encoder = await createImageEncoder({ source: `onnx:${folder}` });
    return `opened ${encoder.id === "" ? "without a name" : "with a name"}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** 30, 40, 0 at length 1. */
const right = { image: "golden.png", vector: [0.6, 0.8, 0] };

describe("an encoder with a golden.json", () => {
  it("opens where the first numbers of its vectors are those of its authors", async () => {
    expect(await open(right)).toBe("opened with a name");
    expect(await open({ ...right, text: "red green", textVector: [Math.SQRT1_2] })).toBe(
      "opened with a name",
    );
    expect(await open({ ...right, vector: [0.65], tolerance: 0.06 })).toBe("opened with a name");
  });

  it("is refused where its image or its text gets another vector, as a broken export gives", async () => {
    for (const golden of [
      { ...right, vector: [0.8, 0.6] },
      { ...right, vector: [0.6, 0.8, 0, 0, 0] },
      { ...right, vector: [0.65], tolerance: 0.04 },
      { ...right, text: "red", textVector: [0, 1] },
    ]) {
      expect(await open(golden)).toBe("golden-mismatch");
    }
  });

  it("is refused where the golden.json can't be read, since nothing would be checked", async () => {
    for (const golden of [
      "{",
      { vector: [1] },
      { ...right, image: "config.json" },
      { ...right, tolerance: 5 },
    ]) {
      expect(await open(golden)).toBe("image-encoder-unusable");
    }
    expect(await open({ ...right, image: "none.png" })).toBe("path-missing");
    expect(await open({ ...right, image: "../golden.png" })).toBe("file-outside-folder");
  });
});
