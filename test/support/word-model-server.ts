import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { terms } from "../../src/text/index.ts";
import { wordEmbedder } from "./word-embedder.ts";

/** A server of `wordEmbedder` by OpenAI's route, and of a reranker that counts shared words by that of TEI. */
export type WordModelServer = AsyncDisposable & {
  embedder: string;
  reranker: string;
  /** While set, every request is refused. */
  refusing: boolean;
  /** While set, embeddings of several texts are refused: all but the one by which an embedder is opened. */
  refusingPassages: boolean;
  /** While set, requests get no answer. */
  holding: boolean;
  /** The paths of the requests, in order. */
  requests: string[];
};

export async function startWordModels(given: { dimension?: number } = {}): Promise<WordModelServer> {
  const words = wordEmbedder(given);
  const state = { refusing: false, refusingPassages: false, holding: false, requests: [] as string[] };
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as { input?: string[]; query?: string; texts?: string[] };
    state.requests.push(request.url ?? "");
    if (state.holding) return;
    const isRefused = state.refusing || (state.refusingPassages && (body.input?.length ?? 0) > 1);
    if (isRefused) response.statusCode = 401;
    const reply = request.url?.endsWith("/embeddings")
      ? { data: (await words.embedQueries(body.input ?? [])).map(toItem) }
      : (body.texts ?? []).map((text, index) => ({ index, score: sharedWords(body.query ?? "", text) }));
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(isRefused ? { error: "refused" } : reply));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    embedder: `openai:${address}/v1#words`,
    reranker: `tei:${address}#words`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function toItem(vector: Float32Array, index: number) {
  return { index, embedding: Array.from(vector) };
}

function sharedWords(query: string, text: string): number {
  return new Set(terms(query)).intersection(new Set(terms(text))).size;
}
