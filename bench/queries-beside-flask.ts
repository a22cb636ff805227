import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { addToLibrary, openLibraryAt } from "#assembly";
import type { TextEmbedder } from "#knowledge";
import { embedLibrary } from "#library";
import { createTextEmbedder } from "#models";
import { startServer } from "#server";
import { load } from "./load-queries.ts";
import type { Figure } from "./measure.ts";
import { startPeer } from "./peers.ts";
import type { TextsWithVectors } from "./texts-with-vectors.ts";

const batch = 8;
const connections = 4;
const seconds = 5;
/** Servers are measured in turn so often, and the best round of each counts: other work on the machine slowed it least. */
const rounds = 3;

type Given = TextsWithVectors & { folder: string };
type Served = AsyncDisposable & { name: string; url: string };

/**
 * Requests a second of `/queries`, batch of 8, k = 3, the queries' vectors ready: this server beside Flask before FAISS flat, by Flask's
 * own server, which Med-RwR runs, and behind waitress where that is installed.
 */
export async function queriesBesideFlask(given: Given): Promise<Figure[]> {
  const { texts, questions } = given;
  const bodies = questions.map((_, at) => {
    const asked = Array.from(
      { length: batch },
      (__, next) => questions[(at * batch + next) % questions.length],
    );
    return JSON.stringify({ queries: asked, k: 3 });
  });
  await using own = await serveOwn(given);
  const files = await writePeerFiles(given);
  const { dimension } = given;
  await using flask = await serveFlask({ name: "Flask, FAISS flat", server: "flask", files, dimension });
  await using waitress = await serveFlask({
    name: "Flask behind waitress, FAISS flat",
    server: "waitress",
    files,
    dimension,
  });
  const rates = new Map<Served, number>();
  for (const served of [own, flask, waitress]) {
    // Without an answer the peer is not installed. Every question is asked once, so that its vector is at hand from then on.
    if (await answersAll(served, bodies.slice(0, Math.ceil(questions.length / batch)))) rates.set(served, 0);
  }
  for (let round = 0; round < rounds; round++) {
    for (const [served, best] of rates) {
      const { requests, seconds: took } = await load({ url: served.url, bodies, connections, seconds });
      rates.set(served, Math.max(best, requests / took));
    }
  }
  const value = rates.get(own) ?? 0;
  return [flask, waitress].flatMap((served) => {
    const rate = rates.get(served);
    if (rate === undefined) return [];
    return {
      what: `/queries by vectors, batch of ${batch}, k = 3, ${texts.length} passages`,
      value,
      unit: "requests/s",
      target: "≥ 5 × peer",
      peer: { name: served.name, value: rate },
    };
  });
}

async function serveOwn(given: Given): Promise<Served> {
  const { texts, folder, source } = given;
  const file = join(folder, "passages.jsonl");
  await writeFile(file, texts.map((text, row) => JSON.stringify({ id: String(row), text })).join("\n"));
  await using opening = new AsyncDisposableStack();
  const library = opening.use(await openLibraryAt(join(folder, "library"), { create: true }));
  await addToLibrary({ library, paths: [file], corpus: "texts" });
  await using real = await createTextEmbedder({ source });
  await embedLibrary({ library, embedder: withReadyVectors(real, given), source });
  const server = await startServer({
    library,
    policy: { policy: "reader" },
    retrieval: { retriever: "dense" },
    host: "127.0.0.1",
    port: 0,
    pageFolder: folder,
    roundsFolder: join(folder, "rounds"),
  });
  opening.defer(async () => {
    await server.close();
  });
  while (((await (await fetch(`${server.url}/health`)).json()) as { status: string }).status !== "ok")
    await pause(200);
  const opened = opening.move();
  return {
    name: "own",
    url: `${server.url}/queries`,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** The embedder, its vectors of passages taken from those at hand: a passage's title is its document's id, the text's row. */
function withReadyVectors(embedder: TextEmbedder, { vectors, dimension }: Given): TextEmbedder {
  return {
    ...embedder,
    embedPassages: async (passages) =>
      passages.map(({ title }) => vectors.slice(Number(title) * dimension, (Number(title) + 1) * dimension)),
  };
}

type PeerFiles = { vectors: string; questionVectors: string; texts: string; questions: string };

async function writePeerFiles({ folder, ...given }: Given): Promise<PeerFiles> {
  const files = {
    vectors: join(folder, "vectors.f32"),
    questionVectors: join(folder, "queries.f32"),
    texts: join(folder, "texts.json"),
    questions: join(folder, "questions.json"),
  };
  await writeFile(files.vectors, given.vectors);
  await writeFile(files.questionVectors, given.questionVectors);
  await writeFile(files.texts, JSON.stringify(given.texts));
  await writeFile(files.questions, JSON.stringify(given.questions));
  return files;
}

async function serveFlask(request: {
  name: string;
  server: "flask" | "waitress";
  files: PeerFiles;
  dimension: number;
}): Promise<Served> {
  const { name, server, files, dimension } = request;
  const { vectors, questionVectors, texts, questions } = files;
  const port = String(await freePort());
  const given = [vectors, questionVectors, String(dimension), texts, questions, port, server];
  const child = startPeer("flask_queries.py", ...given);
  return {
    name,
    url: `http://127.0.0.1:${port}/queries`,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
    },
  };
}

/** Posts each body once; false where nobody has answered for half a minute. */
async function answersAll({ url }: Served, bodies: readonly string[]): Promise<boolean> {
  const headers = { "content-type": "application/json" };
  for (const body of bodies) {
    const isAnswered = async () => {
      const reply = await fetch(url, { method: "POST", headers, body }).catch(() => undefined);
      await reply?.arrayBuffer();
      return reply?.ok === true;
    };
    let attempts = 150;
    while (!(await isAnswered())) {
      if (attempts-- === 0) return false;
      await pause(200);
    }
  }
  return true;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}
