import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { embedderProviders } from "./embedders/list.ts";
import { families } from "./families/list.ts";
import { imageEncoderProviders } from "./image-encoders/list.ts";
import { imageFamilies } from "./image-families/list.ts";
import { rerankerProviders } from "./rerankers/list.ts";

/** Sources of a shelf that are no part: the list, the type of its parts, and what they share. */
const shared = new Set([
  "list.ts",
  "family.ts",
  "choose-family.ts",
  "single-texts.ts",
  "embedder-provider.ts",
  "reranker-provider.ts",
  "image-encoder-provider.ts",
  "open-server.ts",
  "choose-image-family.ts",
  "pixel-scales.ts",
]);

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);

describe("a part", () => {
  it.each([
    ["embedders", embedderProviders],
    ["rerankers", rerankerProviders],
    ["families", families],
    ["image-encoders", imageEncoderProviders],
    ["image-families", imageFamilies],
  ] as const)("of %s is one source and one line in the list", (shelf, parts) => {
    const files = readdirSync(join(import.meta.dirname, shelf)).filter(
      (file) => !shared.has(file) && !file.endsWith(".test.ts"),
    );
    expect(files.map((file) => file.replace(".ts", "")).sort()).toEqual(parts.map(({ name }) => name).sort());
  });

  it("that is a provider is known to nothing but its list", () => {
    for (const shelf of ["embedders", "rerankers", "image-encoders"]) {
      const list = join(shelf, "list.ts");
      for (const source of sources.filter((file) => file.startsWith(shelf) && file !== list)) {
        const text = readFileSync(join(import.meta.dirname, source), "utf8");
        expect(text, source).not.toMatch(/from "\.\/(onnx|openai|tei|cohere|infinity|jina|vllm)\.ts"/);
      }
      for (const source of sources.filter((file) => !file.startsWith(shelf))) {
        const text = readFileSync(join(import.meta.dirname, source), "utf8");
        expect(text, source).not.toMatch(
          new RegExp(`${shelf}/(onnx|openai|tei|cohere|infinity|jina|vllm)\\.ts"`),
        );
      }
    }
  });
});
