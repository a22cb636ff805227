import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Collection, openLanceStore, type Store } from "#store";
import { openWrittenContent, settleItems, type WrittenContent } from "./known-content.ts";

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-known-"));
  store = await openLanceStore(folder);
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

let opened = 0;
const openCollection = () =>
  store.open({ name: `things${opened++}`, text: ["owner", "contentHash"], keys: ["owner", "contentHash"] });

type Item = { key: string; contentHash: string };

/** Settles batch after batch as an addition does; tells what was decided of each item. */
async function settle(request: {
  collection: Collection;
  batches: readonly (readonly Item[])[];
  replace: boolean;
  written?: WrittenContent;
}): Promise<string[]> {
  const { collection, batches, replace, written } = request;
  const decisions: string[] = [];
  const tell = (decision: string) => (item: Item) => {
    decisions.push(`${decision} ${item.key} ${item.contentHash}`);
  };
  for (const items of batches) {
    await settleItems({
      collection,
      keyColumn: "owner",
      items,
      replace,
      ...(written ? { written } : {}),
      unchanged: tell("unchanged"),
      conflict: tell("conflict"),
      write: async (wanted) => {
        for (const { item, isNew } of wanted) {
          tell(isNew ? "new" : "replaced")(item);
          const rows = [{ id: `${item.key}#1`, owner: item.key, contentHash: item.contentHash }];
          if (isNew) await collection.insert(rows, { areNew: written !== undefined });
          else
            await collection.replace({ rows, filter: { type: "equals", column: "owner", value: item.key } });
        }
      },
    });
  }
  return decisions;
}

describe("what an addition wrote itself", () => {
  it("is known as well as what was there before, whatever it wrote, replaced and meets again", async () => {
    const item = fc.record({
      key: fc.constantFrom("k", "l", "m"),
      contentHash: fc.constantFrom("a", "b", "c"),
    });
    const batches = fc.array(fc.array(item, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, batches, fc.boolean(), async (before, batches, replace) => {
        const [plain, kept] = [await openCollection(), await openCollection()];
        for (const collection of [plain, kept]) await settle({ collection, batches: before, replace: false });
        const written = await openWrittenContent(kept);
        expect(await settle({ collection: kept, batches, replace, written })).toEqual(
          await settle({ collection: plain, batches, replace }),
        );
        expect(await kept.count()).toBe(await plain.count());
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it("that took the place of a content makes that one new again", async () => {
    const collection = await openCollection();
    await settle({ collection, batches: [[{ key: "k", contentHash: "a" }]], replace: false });
    const written = await openWrittenContent(collection);
    const batches = [[{ key: "k", contentHash: "b" }], [{ key: "l", contentHash: "a" }]];
    expect(await settle({ collection, batches, replace: true, written })).toEqual([
      "replaced k b",
      "new l a",
    ]);
  });

  it("is asked of the store where the set takes a text for its own that it never held", async () => {
    const collection = await openCollection();
    await settle({ collection, batches: [[{ key: "k", contentHash: "a" }]], replace: false });
    const texts = { add: () => {}, has: (text: string) => text === "k" };
    const written = { since: await collection.version(), texts };
    const batches = [[{ key: "l", contentHash: "a" }]];
    expect(await settle({ collection, batches, replace: false, written })).toEqual(["unchanged l a"]);
  });
});
