import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createValueReader } from "./value-reader.ts";

function read(pieces: readonly string[], before = "") {
  const reader = createValueReader(["title", "content"], { before });
  return pieces.map((piece) => reader.show(piece)).join("");
}

describe("texts shown while JSON comes", () => {
  it("are those of the keys that are wanted, in whatever pieces it comes", () => {
    const values = fc.record({
      title: fc.string({ unit: "binary", minLength: 1 }),
      next: fc.string(),
      content: fc.string({ minLength: 1 }),
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 7 }), (value, size) => {
        const json = JSON.stringify(value).replace(
          /[\u0080-\uffff]/g,
          (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
        const pieces = json.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
        const plain = (text: string) => text.replace(/[\b\f]/g, "");
        expect(read(pieces)).toBe(plain(`${value.title}\n${value.content}\n`));
      }),
    );
  });

  it("have what goes ahead of the first, and nothing where none is wanted", () => {
    expect(read(['{"next": "final", "ti', 'tle" : "A"', ', "content": "B"}'], "Step 1: ")).toBe(
      "Step 1: A\nB\n",
    );
    expect(read(['{"next": "title", "list": ["title", "content"]}'], "Step 1: ")).toBe("");
  });

  it("come of anything without a failure, in linear time", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (pieces) => typeof read(pieces) === "string"),
    );
    read(['{"title": "'.repeat(100_000), '\\u12"'.repeat(100_000)]);
  }, 10_000);
});
