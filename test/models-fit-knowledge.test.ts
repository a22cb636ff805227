import { expectTypeOf, it } from "vitest";
import type {
  TextEmbedder as KnowledgeEmbedder,
  Reranker as KnowledgeReranker,
} from "../src/knowledge/ports.ts";
import type { createReranker, createTextEmbedder } from "../src/models/index.ts";

it("gives knowledge the text embedder that it asks for", () => {
  expectTypeOf<Awaited<ReturnType<typeof createTextEmbedder>>>().toExtend<KnowledgeEmbedder>();
});

it("gives knowledge the reranker that it asks for", () => {
  expectTypeOf<Awaited<ReturnType<typeof createReranker>>>().toExtend<KnowledgeReranker>();
});
