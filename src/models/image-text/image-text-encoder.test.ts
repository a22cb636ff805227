import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeTinyClip } from "../../../test/support/onnx/tiny-clip.ts";
import { openImageTextEncoder, type Picture } from "./image-text-encoder.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-clip-"));
  await writeTinyClip(join(folder, "towers"), "towers");
  await writeTinyClip(join(folder, "whole"), "whole");
});
afterAll(() => rm(folder, { recursive: true }));

function plain(color: readonly number[], side = 16): Picture {
  const channels = color.length === 1 ? 1 : 3;
  const data = Uint8Array.from(
    { length: side * side * channels },
    (_, index) => color[index % channels] ?? 0,
  );
  return { width: side, height: side, channels, data };
}
const red = plain([200, 0, 0]);
const blue = plain([0, 0, 90], 5);
const gray = plain([77]);

describe.each(["towers", "whole"] as const)("an image–text model in ONNX, %s", (layout) => {
  it("gives each pair by position its cosine, worked out by hand", async () => {
    await using encoder = await openImageTextEncoder({ source: `onnx:${join(folder, layout)}` });
    expect(encoder.id).toBe(layout);
    const pairs = [
      [red, "red", 1],
      [red, "blue", 0],
      [red, "Red green", Math.SQRT1_2],
      [blue, "blue", 1],
      [gray, "red", 1 / Math.sqrt(3)],
      [gray, "red green blue", 1],
      [blue, "unheard", 0],
    ] as const;
    const scores = await encoder.similarity({
      images: pairs.map(([image]) => image),
      texts: pairs.map(([, text]) => text),
    });
    expect(scores).toHaveLength(pairs.length);
    for (const [index, [, , expected]] of pairs.entries()) expect(scores[index]).toBeCloseTo(expected, 5);
  });

  it("scores a pair alike whatever stands beside it, over several batches", async () => {
    await using encoder = await openImageTextEncoder({ source: `onnx:${join(folder, layout)}` });
    const texts = Array.from({ length: 40 }, (_, index) => `${"green ".repeat(index % 7)}red`);
    const together = await encoder.similarity({
      images: texts.map((_, index) => plain([index * 5, 99, 1])),
      texts,
    });
    for (const index of [0, 17, 39]) {
      const [alone] = await encoder.similarity({
        images: [plain([index * 5, 99, 1])],
        texts: [texts[index] ?? ""],
      });
      expect(together[index]).toBeCloseTo(alone ?? Number.NaN, 5);
    }
  });
});

describe("an image–text model that can't be used", () => {
  it("is refused with the reason, before any image is read", async () => {
    const refused = async (source: string) =>
      openImageTextEncoder({ source }).then(
        () => "opened",
        (error: { code: string }) => error.code,
      );
    expect(await refused("hub:openai/clip")).toBe("usage-invalid");
    expect(await refused(`onnx:${join(folder, "none")}`)).toBe("path-missing");
    await writeTinyClip(join(folder, "damaged"), "whole");
    await writeFile(join(folder, "damaged/onnx/model.onnx"), "no model");
    expect(await refused(`onnx:${join(folder, "damaged")}`)).toBe("image-text-unreadable");
  });

  it("stops where the signal says so, and refuses vectors without a direction", async () => {
    await using encoder = await openImageTextEncoder({ source: `onnx:${join(folder, "towers")}` });
    const signal = AbortSignal.abort(new Error("left"));
    await expect(encoder.similarity({ images: [red], texts: ["red"], signal })).rejects.toThrow("left");
    const black = plain([0, 0, 0]);
    await expect(encoder.similarity({ images: [black], texts: ["red"] })).rejects.toMatchObject({
      code: "vector-invalid",
    });
  });
});
