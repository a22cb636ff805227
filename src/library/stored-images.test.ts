import { mkdtemp, readdir, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hasStoredImage, readStoredImage, storeImage } from "./stored-images.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-images-"));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = new Uint8Array([1, 2, 3]);
const store = () => storeImage({ folder, bytes, extension: "png" });

describe("a stored image", () => {
  it("lies once under the address of its content", async () => {
    const address = await store();
    expect(await store()).toBe(address);
    expect(await readdir(join(folder, "images", address.slice(0, 2)))).toEqual([address]);
    expect(await hasStoredImage(folder, address)).toBe(true);
  });

  it("that was lost or cut short is stored again", async () => {
    const address = await store();
    const damages = [
      () => rm(join(folder, "images"), { recursive: true }),
      () => truncate(join(folder, "images", address.slice(0, 2), address)),
    ];
    for (const damage of damages) {
      await damage();
      expect(await hasStoredImage(folder, address)).toBe(false);
      await store();
      expect(await hasStoredImage(folder, address)).toBe(true);
      expect([...(await readStoredImage(folder, address))]).toEqual([...bytes]);
    }
  });
});
