import { describe, expect, it } from "vitest";
import { openStore } from "#store";
import { memory } from "./support/example-store.ts";
import { describeStore } from "./support/store-contract.ts";

describe("a store that a newcomer adds", () => {
  it("is opened by its scheme once it is in the list, and by no other word", async () => {
    const open = (location: string) => openStore({ location, folder: "newcomer", kinds: [memory] });
    for (const location of ["memory", "memory://anything"]) (await open(location)).close();
    for (const location of ["memory:anything", "lancedb"]) {
      await expect(open(location)).rejects.toMatchObject({ code: "store-invalid" });
    }
  });
});

describeStore("a store of one file", (folder) => openStore({ location: "memory", folder, kinds: [memory] }));
