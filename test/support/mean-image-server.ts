import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import sharp from "sharp";
import { meanEncoder } from "./mean-encoder.ts";

/** A server of `meanEncoder`, images and texts, as Infinity speaks: `/embeddings` with `modality`. */
export type MeanImageServer = AsyncDisposable & {
  /** The source of its encoder. */
  source: string;
  /** Its host with port. */
  host: string;
  /** While set, every request is refused. */
  refusing: boolean;
  /** While set, it gives other vectors. */
  seed: number;
  /** How many images and texts it was sent. */
  sent: { images: number; texts: number };
};

export async function startMeanImages(): Promise<MeanImageServer> {
  const state = { refusing: false, seed: 0, sent: { images: 0, texts: 0 } };
  const server = createServer(async (request, response) => {
    const { input, modality } = (await json(request)) as { input: string[]; modality: "image" | "text" };
    const encoder = meanEncoder({ seed: state.seed, texts: true });
    state.sent[`${modality}s`] += input.length;
    response.setHeader("Content-Type", "application/json");
    if (state.refusing) {
      response.statusCode = 401;
      response.end(JSON.stringify({ error: "refused" }));
      return;
    }
    const vectors =
      modality === "image"
        ? await encoder.embedImages(await Promise.all(input.map(readDataUri)))
        : ((await encoder.embedTexts?.(input)) ?? []);
    const data = vectors.map((vector, index) => ({ index, embedding: Array.from(vector) }));
    response.end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    host,
    source: `infinity:http://${host}#means`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

async function readDataUri(uri: string) {
  const bytes = Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64");
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels as 1 | 3, data };
}
