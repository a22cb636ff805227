/**
 * Requests a second of `/queries` with a batch of 8 and k = 3, on 100,000 short passages made by a seeded generator: 8 keep-alive
 * connections in a closed loop, from another process, by BM25 from memory as a server searches. Told as JSON:
 * `node --conditions=medrounds-source bench/queries-throughput.ts [passages]`
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addToLibrary, type Library, openLibraryAt } from "#assembly";
import { startServer } from "#server";
import { createRandom } from "#statistics";
import { load } from "./load-queries.ts";

const passages = Number(process.argv[2] ?? 100_000);
const connections = 8;
const batch = 8;
const seconds = 8;

const random = createRandom(7);
/** Words by Zipf's law, so that some are in many passages and most in few. */
const word = () => `w${Math.floor(20_000 ** random()).toString(36)}`;
const words = (count: number) => Array.from({ length: count }, word).join(" ");

const folder = await mkdtemp(join(tmpdir(), "medrounds-throughput-"));
try {
  const rows = Array.from({ length: passages }, (_, index) =>
    JSON.stringify({ id: `p${index}`, title: words(3), text: words(40) }),
  );
  await writeFile(join(folder, "passages.jsonl"), rows.join("\n"));
  using library = await openLibraryAt(join(folder, "library"), { create: true });
  await addToLibrary({ library, paths: [join(folder, "passages.jsonl")] });
  const bodies = Array.from({ length: 200 }, () =>
    JSON.stringify({ queries: Array.from({ length: batch }, () => words(6)), k: 3 }),
  );
  console.log(JSON.stringify(await measure(library, bodies)));
} finally {
  await rm(folder, { recursive: true });
}

async function measure(library: Library, bodies: string[]) {
  const server = await startServer({
    library,
    policy: { policy: "reader" },
    host: "127.0.0.1",
    port: 0,
    pageFolder: folder,
    roundsFolder: join(folder, "rounds"),
  });
  const url = `${server.url}/queries`;
  await load({ url, bodies, connections, seconds: 2 });
  const before = process.cpuUsage();
  const report = await load({ url, bodies, connections, seconds });
  const { user, system } = process.cpuUsage(before);
  await server.close();
  const times = report.latencies.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0;
  return {
    requestsPerSecond: Math.round(report.requests / report.seconds),
    medianMilliseconds: round(at(0.5)),
    highMilliseconds: round(at(0.95)),
    cpuMillisecondsPerRequest: round((user + system) / 1000 / report.requests),
    bytesPerReply: Math.round(report.bytes / report.requests),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
