import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "@huggingface/transformers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeTinyModel } from "../../../test/support/onnx/tiny-encoder.ts";
import { createTextEmbedder } from "../create-text-embedder.ts";

const remoteHost = env.remoteHost;
let folder: string;
let hub: Server;
const asked: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medrounds-hub-"));
  await writeTinyModel(join(folder, "tiny"));
  hub = createServer(async (request, response) => {
    asked.push(request.url ?? "");
    const file = /^\/somewhere\/tiny-minilm\/resolve\/main\/(.+)$/.exec(request.url ?? "")?.[1] ?? "none";
    const path = join(folder, "tiny", file);
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

describe("a model of the hub", () => {
  it("is downloaded once into the cache folder, with progress, and is the same model as in a folder", async () => {
    const reports: { type: string; file?: string }[] = [];
    const open = () =>
      createTextEmbedder({
        source: "onnx:somewhere/tiny-minilm",
        cacheFolder: join(folder, "cache"),
        onProgress: (progress) => reports.push(progress),
      });
    const first = await open();
    const [vector] = await first.embedQueries(["fever"]);
    expect(first.id).toBe("somewhere/tiny-minilm");
    expect(reports).toContainEqual(expect.objectContaining({ type: "download", file: "onnx/model.onnx" }));
    await first[Symbol.asyncDispose]();
    const before = asked.filter((url) => url.endsWith("model.onnx")).length;
    await using second = await open();
    await using local = await createTextEmbedder({ source: `onnx:${join(folder, "tiny")}?family=minilm` });
    expect(asked.filter((url) => url.endsWith("model.onnx"))).toHaveLength(before);
    expect(second.fingerprint).toBe(local.fingerprint);
    expect((await local.embedQueries(["fever"]))[0]).toEqual(vector);
  });

  it("is model-unusable where the hub does not have it", async () => {
    const source = "onnx:somewhere/else-minilm";
    await expect(createTextEmbedder({ source, cacheFolder: join(folder, "cache") })).rejects.toMatchObject({
      code: "model-unusable",
      facts: { model: "somewhere/else-minilm" },
    });
  });
});
