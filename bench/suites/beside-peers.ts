import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../test/support/run-cli.ts";
import type { Figure } from "../measure.ts";
import { atOnce, type Contender, inspect, own, promptfoo } from "./contenders.ts";
import { drawSamples } from "./draw-samples.ts";
import type { Measured } from "./measure-process.ts";
import { startEndpoint } from "./start-endpoint.ts";

const latencySeconds = 0.2;
const cacheFolder = join(import.meta.dirname, "../../node_modules/.cache/medrounds-bench");
const promptfooFolder = join(import.meta.dirname, "../peers/promptfoo");

/**
 * The same samples with an image each at an endpoint that answers in 200 ms, 64 at once: by `eval run`, Inspect and promptfoo, in turn, each in a
 * process of its own from its start to its end. Of several repeats the fastest counts.
 */
export async function suitesBesidePeers({
  folder,
  count = 10_000,
  repeats = 1,
  contenders = [own, inspect, promptfoo],
}: {
  folder: string;
  count?: number;
  repeats?: number;
  contenders?: readonly Contender[];
}): Promise<Figure[]> {
  const manifest = await drawSamples(join(cacheFolder, `suite-samples-${count}`), count);
  if (contenders.includes(own)) await build();
  if (contenders.includes(promptfoo)) await preparePromptfoo(manifest);
  const ideal = (count * latencySeconds) / atOnce;
  const measured = new Map<Contender, Measured>();
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const one of contenders) {
      using endpoint = await startEndpoint();
      const place = join(folder, `${repeat}-${contenders.indexOf(one)}`);
      const began = Date.now();
      const taken = await one.run({ manifest, url: endpoint.url, folder: place });
      const { requests, most, firstAt, lastAt } = await endpoint.count();
      if (requests !== count) throw new Error(`${one.name} asked ${requests} times.`);
      const { seconds, processorSeconds, peakBytes } = taken;
      const words = [
        `${seconds.toFixed(2)} s`,
        `${((100 * ideal) / seconds).toFixed(1)} % of the ideal throughput`,
        `${(processorSeconds / seconds).toFixed(2)} cores`,
        `${megabytes(peakBytes).toFixed(0)} MiB at the most`,
        `${most} at once`,
        `first asked after ${((firstAt - began) / 1_000).toFixed(2)} s`,
        `last answered after ${((lastAt - began) / 1_000).toFixed(2)} s`,
      ];
      console.log(`${one.name}: ${words.join(", ")}`);
      if (taken.seconds < (measured.get(one)?.seconds ?? Number.POSITIVE_INFINITY)) measured.set(one, taken);
    }
  }
  const [first, ...peers] = contenders.map((one) => ({ name: one.name, taken: measured.get(one)! }));
  const { name, taken } = first!;
  const beside = (what: string, unit: string, read: (taken: Measured) => number): Figure[] =>
    peers.map((peer) => ({
      ...{ what: `${name}: ${what}`, unit, target: "< peer", value: read(taken) },
      peer: { name: peer.name, value: read(peer.taken) },
    }));
  return [
    {
      ...{ what: `${name}: share of the ideal throughput, with its start`, unit: "%", target: "≥ 95 %" },
      value: (100 * ideal) / taken.seconds,
    },
    {
      ...{ what: `${name}: cores`, unit: "", target: "< 1" },
      value: taken.processorSeconds / taken.seconds,
    },
    {
      ...{ what: `${name}: memory late beside early in the run`, unit: "", target: "≤ 1.1" },
      value: taken.lateBytes / taken.earlyBytes,
    },
    ...beside(`${count} samples with images`, "s", ({ seconds }) => seconds),
    ...beside("processor time", "s", ({ processorSeconds }) => processorSeconds),
    ...beside("peak memory", "MiB", ({ peakBytes }) => megabytes(peakBytes)),
  ];
}

const megabytes = (bytes: number) => bytes / 2 ** 20;

/** Makes the build as it is published, but for its page. */
async function build(): Promise<void> {
  const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: projectRoot });
}

/** Installs promptfoo by its lock file where it is missing, which needs a package registry, and writes its tests. */
async function preparePromptfoo(manifest: string): Promise<void> {
  if (!existsSync(join(promptfooFolder, "node_modules/promptfoo"))) {
    await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: promptfooFolder,
    });
  }
  const rows = (await readFile(manifest, "utf8")).trim().split("\n");
  const tests = rows.map((line) => {
    const { file, answer } = JSON.parse(line) as { file: string; answer: string };
    const assert = [{ type: "contains", value: `ANSWER: ${answer}` }];
    return JSON.stringify({ vars: { image: `file://${join(dirname(manifest), file)}` }, assert });
  });
  await writeFile(join(dirname(manifest), "promptfoo.jsonl"), `${tests.join("\n")}\n`);
}
