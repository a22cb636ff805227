/**
 * Batches of 64 drawn completions of about 3 kB, each with two searches of three passages, posted to /v1/score over one keep-alive
 * connection from another process, by profile: the 95th percentile, and completions a second. Run by name:
 * `node --conditions=medrounds-source bench/reward-service.ts`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLibraryAt } from "#assembly";
import { startServer } from "#server";
import { createRandom } from "#statistics";
import { rewardProfiles } from "#training";
import { load } from "./load-queries.ts";
import { type Figure, printFigures } from "./measure.ts";

const batch = 64;
const seconds = 4;
const random = createRandom(9);
const vocabulary =
  `pulmonary embolism pneumonia aortic dissection effusion opacity nodule fracture the of a with and in no left right lower upper lobe
  chest tomography contrast defect artery vein acute chronic pain fever patient shows treatment heparin risk sign study evidence`.split(
    /\s+/,
  );
const words = (count: number) =>
  Array.from({ length: count }, () => vocabulary[Math.floor(random() * vocabulary.length)]).join(" ");

function drawItem(id: number, form: "spans" | "retrieved") {
  let completion = "";
  const spans: { kind: string; start: number; end: number }[] = [];
  const retrieved: { query: string; documents: { title: string; text: string }[] }[] = [];
  for (let search = 0; search < 2; search++) {
    const query = words(6);
    completion += `<think>${words(40)}</think>\n<query>${query}</query>\n`;
    const documents = Array.from({ length: 3 }, () => ({ title: words(4), text: words(50) }));
    const start = completion.length;
    completion += `<retrieve>${documents.map(({ title, text }, index) => `[${index + 1}] ${title}: ${text}`).join("\n")}</retrieve>`;
    spans.push({ kind: "environment", start, end: completion.length });
    retrieved.push({ query, documents });
    completion += "\n";
  }
  completion += `<think>${words(40)}</think>\n<answer>${"AB"[id % 2]}</answer>`;
  const item = {
    id,
    question: words(20),
    options: ["Pneumonia", "Pulmonary embolism"],
    gold: { letter: "B" },
  };
  return { ...item, completion, images: 1, ...(form === "spans" ? { spans } : { retrieved }) };
}

const folder = await mkdtemp(join(tmpdir(), "medrounds-rewards-"));
const figures: Figure[] = [];
try {
  using library = await openLibraryAt(join(folder, "library"), { create: true });
  const server = await startServer({
    library,
    policy: { policy: "reader" },
    host: "127.0.0.1",
    port: 0,
    pageFolder: folder,
    roundsFolder: join(folder, "rounds"),
    onNotice: () => undefined,
  });
  const tasks = rewardProfiles.map(({ name }) => ({ name, form: "spans" as "spans" | "retrieved" }));
  for (const { name, form } of [...tasks, { name: "med-rwr-stage2", form: "retrieved" as const }]) {
    const bodies = Array.from({ length: 20 }, () =>
      JSON.stringify({
        profile: name,
        items: Array.from({ length: batch }, (_, index) => drawItem(index, form)),
      }),
    );
    const url = `${server.url}/v1/score`;
    await load({ url, bodies, connections: 1, seconds: 1 });
    const report = await load({ url, bodies, connections: 1, seconds });
    const times = report.latencies.sort((a, b) => a - b);
    const high = times[Math.floor(0.95 * (times.length - 1))] ?? 0;
    const what = form === "spans" ? name : `${name}, blocks found by what was retrieved`;
    figures.push({ what: `${what}, p95`, value: high, unit: "ms", target: "< 50" });
    figures.push({
      what,
      value: (report.requests * batch) / report.seconds,
      unit: "a second",
      target: "≥ 2000",
    });
  }
  await server.close();
} finally {
  await rm(folder, { recursive: true });
}
printFigures(figures);
