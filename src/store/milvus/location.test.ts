import { describe, expect, it } from "vitest";
import { parseMilvusLocation } from "./location.ts";

describe("the address of a library on Milvus", () => {
  it.each([
    ["milvus://localhost:19530/medicine", { address: "localhost:19530", tls: false, prefix: "medicine" }],
    ["milvus://db.example/a/b_2/", { address: "db.example:19530", tls: false, database: "a", prefix: "b_2" }],
    ["milvus+https://[::1]:443/x", { address: "[::1]:443", tls: true, prefix: "x" }],
  ])("%s is read", (location, expected) => {
    expect(parseMilvusLocation(location)).toEqual(expected);
  });

  it.each([
    "milvus://localhost:19530",
    "milvus://localhost:19530/",
    "milvus://localhost:99999/x",
    "milvus://user:secret@localhost/x",
    "milvus://localhost/a/b/c",
    "milvus://localhost/a-b",
    "milvus://localhost/1a",
    "http://localhost/x",
    "milvus://local host/x",
    "milvus://localhost/x?y",
    "",
  ])("%s is refused", (location) => {
    expect(() => parseMilvusLocation(location)).toThrowError(
      expect.objectContaining({ code: "store-invalid" }),
    );
  });
});
