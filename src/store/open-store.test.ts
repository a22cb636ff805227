import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { makeFolder, removeFolder } from "../../test/support/run-cli.ts";
import { openStore } from "./index.ts";

describe("the store of a library", () => {
  it("is in the library's folder where it is LanceDB", async () => {
    const folder = await makeFolder("store");
    const store = await openStore({ location: "lancedb", folder });
    await store.open({ name: "things", text: [], keys: [], terms: "words" });
    store.close();
    expect(await readdir(folder)).toEqual(["lance"]);
    await removeFolder(folder);
  });

  it.each(["", "mysql://localhost/x", "milvus", "milvus://localhost", "Milvus://localhost/x"])(
    "is refused where its location is “%s”",
    async (location) => {
      await expect(openStore({ location, folder: "." })).rejects.toMatchObject({ code: "store-invalid" });
    },
  );
});
