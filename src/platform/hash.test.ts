import { describe, expect, it } from "vitest";
import { canonicalJson, sha256 } from "./index.ts";

describe("hashing", () => {
  it("gives the published SHA-256 of the empty text", () => {
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("writes equal values as equal text, whatever the order of their keys", () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[{"d":1}]}');
  });
});
