import { fork } from "node:child_process";
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
import type { Figure } from "./measure.ts";
import { startPeer } from "./peers.ts";
import type { ClientReport, ClientTask } from "./queries-client.ts";
import type { TextsWithVectors } from "./texts-with-vectors.ts";

const batch = 8;
const connections = 4;
const seconds = 10;
const warmUpSeconds = 5;

type Given = TextsWithVectors & { folder: string };

/** Requests a second of `/queries`, batch of 8, k = 3, the queries' vectors ready: this server beside Flask before FAISS flat. */
export async function queriesBesideFlask(given: Given): Promise<Figure[]> {
  const { texts, questions } = given;
  const bodies = questions.map((_, at) => {
    const asked = Array.from(
      { length: batch },
      (__, next) => questions[(at * batch + next) % questions.length],
    );
    return JSON.stringify({ queries: asked, k: 3 });
  });
  const own = await measureOwn(given, bodies);
  const peer = await measureFlask(given, bodies);
  return [
    {
      what: `/queries by vectors, batch of ${batch}, k = 3, ${texts.length} passages`,
      value: own,
      unit: "requests/s",
      target: "≥ 5 × peer",
      peer: { name: "Flask, FAISS flat", value: peer },
    },
  ];
}

async function measureOwn(given: Given, bodies: string[]): Promise<number> {
  const { texts, folder, source } = given;
  const file = join(folder, "passages.jsonl");
  await writeFile(file, texts.map((text, row) => JSON.stringify({ id: String(row), text })).join("\n"));
  using library = await openLibraryAt(join(folder, "library"), { create: true });
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
  try {
    return await measureServer(server.url, bodies);
  } finally {
    await server.close();
  }
}

/** The embedder, its vectors of passages taken from those at hand: a passage's title is its document's id, the text's row. */
function withReadyVectors(embedder: TextEmbedder, { vectors, dimension }: Given): TextEmbedder {
  return {
    ...embedder,
    embedPassages: async (passages) =>
      passages.map(({ title }) => vectors.slice(Number(title) * dimension, (Number(title) + 1) * dimension)),
  };
}

async function measureFlask(given: Given, bodies: string[]): Promise<number> {
  const { folder, dimension, texts, questions, vectors, questionVectors } = given;
  const path = (name: string) => join(folder, name);
  await writeFile(path("vectors.f32"), vectors);
  await writeFile(path("queries.f32"), questionVectors);
  await writeFile(path("texts.json"), JSON.stringify(texts));
  await writeFile(path("questions.json"), JSON.stringify(questions));
  const port = String(await freePort());
  const files = ["vectors.f32", "queries.f32", String(dimension), "texts.json", "questions.json"];
  const server = startPeer(
    "flask_queries.py",
    ...files.map((file) => (/\./.test(file) ? path(file) : file)),
    port,
  );
  try {
    return await measureServer(`http://127.0.0.1:${port}`, bodies);
  } finally {
    server.kill("SIGKILL");
  }
}

async function measureServer(url: string, bodies: string[]): Promise<number> {
  await waitForAnswer(`${url}/queries`, bodies[0] ?? "");
  await load({ url: `${url}/queries`, bodies, connections, seconds: warmUpSeconds });
  const { requests, seconds: took } = await load({ url: `${url}/queries`, bodies, connections, seconds });
  return requests / took;
}

async function waitForAnswer(url: string, body: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const reply = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    }).catch(() => undefined);
    if (reply?.ok) return;
    await pause(200);
  }
  throw new Error(`No answer from ${url}.`);
}

function load(task: ClientTask): Promise<ClientReport> {
  return new Promise((resolve, reject) => {
    const client = fork(join(import.meta.dirname, "queries-client.ts"));
    client.once("message", (report) => resolve(report as ClientReport));
    client.once("error", reject);
    client.once("exit", (code) => code !== 0 && reject(new Error(`The client ended with ${code}.`)));
    client.send(task);
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}
