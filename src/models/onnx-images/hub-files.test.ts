import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "@huggingface/transformers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeTinyClip } from "../../../test/support/onnx/tiny-clip.ts";
import { createImageEncoder } from "../create-image-encoder.ts";

const remoteHost = env.remoteHost;
let folder: string;
let hub: Server;
const asked: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-image-hub-"));
  await writeTinyClip(join(folder, "clip-towers"), "towers");
  await writeTinyClip(join(folder, "clip-whole"), "whole");
  hub = createServer(async (request, response) => {
    asked.push(request.url ?? "");
    const [, model = "", file = ""] =
      /^\/somewhere\/([^/]+)\/resolve\/main\/(.+)$/.exec(request.url ?? "") ?? [];
    const path = join(folder, model || "none", file || "none");
    if (!existsSync(path)) return response.writeHead(404).end();
    const content = await readFile(path);
    return response.writeHead(200, { "content-length": content.length }).end(content);
  });
  await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
  env.remoteHost = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  env.remoteHost = remoteHost;
  hub.closeAllConnections();
  await new Promise((resolve) => hub.close(resolve));
  await rm(folder, { recursive: true });
});

describe("an image encoder of the hub", () => {
  it.each(["clip-towers", "clip-whole"])(
    "is downloaded once, with progress, and is that of the folder: %s",
    async (name) => {
      const files: string[] = [];
      const open = () =>
        createImageEncoder({
          source: `onnx:somewhere/${name}`,
          cacheFolder: join(folder, "cache"),
          onProgress: (progress) => {
            if (progress.type === "download") files.push(progress.file);
          },
        });
      const first = await open();
      expect(first.id).toBe(`somewhere/${name}`);
      expect(files).toContain(name === "clip-whole" ? "onnx/model.onnx" : "onnx/vision_model.onnx");
      await first[Symbol.asyncDispose]();
      const before = asked.length;
      await using second = await open();
      expect(asked).toHaveLength(before);
      await using local = await createImageEncoder({ source: `onnx:${join(folder, name)}` });
      expect(second.fingerprint).toBe(local.fingerprint);
      expect(second.embedTexts).toBeDefined();
    },
  );

  it("is download-missing where the hub has no such graph", async () => {
    const source = "onnx:somewhere/else";
    await expect(createImageEncoder({ source, cacheFolder: join(folder, "cache") })).rejects.toMatchObject({
      code: "download-missing",
    });
  });
});
