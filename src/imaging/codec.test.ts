import { describe, expect, it } from "vitest";
import { encodePng } from "./codec.ts";
import { readContainer } from "./container/read-container.ts";
import { decodeImage } from "./decode.ts";
import type { Raster } from "./raster.ts";

describe("a raster encoded as PNG", () => {
  it.each([1, 3] as const)("comes back with the same %i channels, and without metadata", async (channels) => {
    const data = Uint8Array.from({ length: 30 * 20 * channels }, (_, index) => (index * 37) % 256);
    const raster: Raster = { width: 30, height: 20, channels, data };
    const bytes = await encodePng(raster);
    const decoded = await decodeImage(bytes, { name: "raster.png" });
    expect(decoded.raster).toEqual(raster);
    expect(readContainer(bytes)).toMatchObject({ complete: true, plain: true });
  });
});
