import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeTinyClip } from "../../../test/support/onnx/tiny-clip.ts";
import { writeTinyVision } from "../../../test/support/onnx/tiny-vision.ts";
import { createImageEncoder } from "../create-image-encoder.ts";
import { embedPromptEnsemble } from "./prompt-ensemble.ts";
import { type PromptKind, promptsFor } from "./prompts.ts";
import templates from "./templates.json" with { type: "json" };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-prompts-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("prompts", () => {
  it.each(Object.keys(templates) as PromptKind[])(
    "of %s are eight to ten different sentences around the term",
    (kind) => {
      const prompts = promptsFor(" $& pleural effusion", kind);
      expect(prompts.length).toBeGreaterThanOrEqual(8);
      expect(prompts.length).toBeLessThanOrEqual(10);
      expect(new Set(prompts).size).toBe(prompts.length);
      for (const prompt of prompts) expect(prompt).toMatch(/\$& pleural effusion(?!.*\{\})/);
    },
  );
});

describe("an ensemble of prompts", () => {
  it("is the unit mean of the prompts' unit vectors, not of their sum", async () => {
    await writeTinyClip(join(folder, "clip"), "towers");
    await using encoder = await createImageEncoder({ source: `onnx:${join(folder, "clip")}` });
    const vector = await embedPromptEnsemble(encoder, { prompts: ["red red red", "green"] });
    expect(vector[0]).toBeCloseTo(Math.SQRT1_2, 5);
    expect(vector[1]).toBeCloseTo(Math.SQRT1_2, 5);
    await expect(embedPromptEnsemble(encoder, { prompts: [] })).rejects.toMatchObject({
      code: "usage-invalid",
    });
  });

  it("needs an encoder that reads texts", async () => {
    const outputs = [{ name: "image_embeds", form: "vector" as const }];
    await writeTinyVision(join(folder, "vision"), { outputs });
    await using encoder = await createImageEncoder({ source: `onnx:${join(folder, "vision")}` });
    await expect(embedPromptEnsemble(encoder, { prompts: ["red"] })).rejects.toMatchObject({
      code: "image-text-unreadable",
    });
  });
});
