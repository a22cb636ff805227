import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createIdIndex } from "./id-index.ts";
import { createPackedTexts } from "./packed-texts.ts";

async function indexOf(given: readonly string[]) {
  const ids = createPackedTexts();
  for (const id of given) ids.add(id);
  return createIdIndex({ ids, count: given.length, pause: () => undefined });
}

describe("an index of ids", () => {
  it("finds the document of every id, of equal ids the last, and none of any other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme" })),
        fc.string({ unit: "grapheme" }),
        async (given, other) => {
          const index = await indexOf(given);
          for (const id of [...given, other]) {
            const last = given.lastIndexOf(id);
            expect(index.find(id)).toBe(last < 0 ? undefined : last);
          }
        },
      ),
    );
  });

  it("finds each of many ids that differ little", async () => {
    const given = Array.from({ length: 20_000 }, (_, at) => `corpus/document ${at}#1`);
    const index = await indexOf(given);
    expect(given.every((id, at) => index.find(id) === at)).toBe(true);
    expect(index.find("corpus/document 20000#1")).toBeUndefined();
    expect(index.bytes).toBeLessThanOrEqual(16 * given.length);
  });
});
