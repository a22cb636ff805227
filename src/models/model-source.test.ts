import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReranker } from "./create-reranker.ts";
import { createTextEmbedder } from "./create-text-embedder.ts";
import { parseModelSource } from "./model-source.ts";

describe("the source of a model", () => {
  it.each([
    ["onnx:/models/bge-m3", { provider: "onnx", place: "/models/bge-m3" }],
    ["onnx:C:\\models\\e5?family=e5", { provider: "onnx", place: "C:\\models\\e5", family: "e5" }],
    [
      "openai:http://127.0.0.1:8000/v1#BAAI/bge-m3",
      { provider: "openai", place: "http://127.0.0.1:8000/v1", model: "BAAI/bge-m3" },
    ],
    [
      "openai:https://host/v1?family=e5&api-version=2#model:tag",
      { provider: "openai", place: "https://host/v1?api-version=2", model: "model:tag", family: "e5" },
    ],
  ])("%s is read", (text, wanted) => {
    expect(parseModelSource(text)).toEqual(wanted);
  });

  it.each(["", "onnx", "onnx:", "/models/bge-m3", "onnx:/models/e5?famly=e5", "ONNX:/models"])(
    "%j is refused",
    (text) => {
      expect(() => parseModelSource(text)).toThrow(expect.objectContaining({ code: "model-source-invalid" }));
    },
  );

  it("is never repeated in an error, since an address may hold a password", async () => {
    for (const text of ["hunter2:hunter2", "openai:http://me:hunter2@host/v1#m", "tei:file:///hunter2"]) {
      const error: unknown = await createTextEmbedder({ source: text }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: expect.stringMatching(/^(model-source|endpoint)-invalid$/) });
      const { message } = error as Error;
      if (!text.startsWith("hunter2")) expect(message).not.toContain("hunter2");
    }
  });

  it.each([
    ["cohere:http://127.0.0.1:1#m", createTextEmbedder],
    ["openai:http://127.0.0.1:1/v1#m", createReranker],
    ["openai:http://127.0.0.1:1/v1", createTextEmbedder],
    ["cohere:http://127.0.0.1:1/v1", createReranker],
    ["onnx:/a,/b,/c", createTextEmbedder],
  ])("%s is refused where it does not fit", async (source, create) => {
    await expect(create({ source })).rejects.toMatchObject({ code: "model-source-invalid" });
  });

  it("is read or refused with that code, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseModelSource(text).place).not.toBe("");
        } catch (error) {
          expect(error).toMatchObject({ code: "model-source-invalid" });
        }
      }),
    );
  });
});
