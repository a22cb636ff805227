import { describe, expect, it } from "vitest";
import { serverOf } from "./server-of.ts";

describe("the server that an address names", () => {
  it.each([
    ["https://api.jina.ai/v1#jina-embeddings-v3", { host: "api.jina.ai", loopback: false }],
    ["http://127.0.0.1:8080", { host: "127.0.0.1:8080", loopback: true }],
    ["http://[::1]:8080/v1?family=e5#model", { host: "[::1]:8080", loopback: true }],
    ["milvus+https://vectors.example:19530/kb", { host: "vectors.example:19530", loopback: false }],
    ["milvus://localhost/kb", { host: "localhost", loopback: true }],
  ])("of %s", (address, server) => {
    expect(serverOf(address)).toEqual(server);
  });

  it.each(["lancedb", "/models/bge-m3", "//models/bge-m3", "Xenova/bge-small-en-v1.5", ""])(
    "is none for %j",
    (address) => {
      expect(serverOf(address)).toBeUndefined();
    },
  );
});
