import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createImageEncoder } from "../create-image-encoder.ts";
import { startTestServer } from "../services/test-server.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-image-cache-"));
});
afterAll(() => rm(folder, { recursive: true }));

function plain(level: number, width = 4, height = 4) {
  return { width, height, channels: 1 as const, data: new Uint8Array(width * height).fill(level) };
}

describe("images whose vectors are kept", () => {
  it("are encoded once, also when the encoder is opened again, and told apart by pixels and size", async () => {
    let sent = 0;
    await using server = await startTestServer(({ body }) => {
      const { input } = body as { input: unknown[] };
      return { json: { data: input.map(() => ({ embedding: [++sent, 1] })) } };
    });
    const open = (vectorFolder?: string) =>
      createImageEncoder({ source: `jina:${server.url}#m`, ...(vectorFolder ? { vectorFolder } : {}) });
    const images = [plain(1), plain(2), plain(1), plain(1, 2, 8)];
    const first = await open(folder);
    const vectors = await first.embedImages(images);
    expect(vectors[2]).toEqual(vectors[0]);
    expect(vectors[3]).not.toEqual(vectors[0]);
    await first[Symbol.asyncDispose]();
    expect(sent).toBe(1 + 3);
    await using second = await open(folder);
    expect(await second.embedImages(images)).toEqual(vectors);
    expect(sent).toBe(5);
    await using without = await open();
    await without.embedImages(images);
    await without.embedImages(images);
    expect(sent).toBe(6 + 8);
  });
});
