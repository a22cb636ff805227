import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPseudonyms } from "./pseudonyms.ts";

const key = Buffer.alloc(32, 1);

describe("createPseudonyms", () => {
  it("is the HMAC of the purpose and the value", () => {
    const expected = createHmac("sha256", key).update("patient\0id:7").digest("hex").slice(0, 32);
    expect(createPseudonyms(key).patient("id:7")).toBe(expected);
  });

  it("gives UIDs that the standard allows, and shifts of 1 to 3,650 days, for any value", () => {
    const pseudonyms = createPseudonyms(key);
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(pseudonyms.uid(value)).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
        expect(pseudonyms.days(value)).toBeLessThanOrEqual(-1);
        expect(pseudonyms.days(value)).toBeGreaterThanOrEqual(-3650);
      }),
    );
  });

  it("gives other pseudonyms under another key and for another value", () => {
    const other = createPseudonyms(Buffer.alloc(32, 2));
    expect(other.patient("a")).not.toBe(createPseudonyms(key).patient("a"));
    expect(other.uid("1.2.3")).not.toBe(other.uid("1.2.4"));
  });

  it("refuses a key that can be tried out", () => {
    expect(() => createPseudonyms(Buffer.alloc(15))).toThrowError(
      expect.objectContaining({ code: "key-invalid" }) as Error,
    );
  });
});
