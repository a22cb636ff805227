import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectRoot } from "../../test/support/run-cli.ts";
import { peerPython, peerScript } from "../peers.ts";
import { options, question } from "./draw-samples.ts";
import { type Measured, measureProcess } from "./measure-process.ts";

export const atOnce = 64;
const promptfooFolder = join(import.meta.dirname, "../peers/promptfoo");

/** Asks all samples of a manifest at an endpoint, 64 at once, and scores the answers; from its start to its end. */
export type Contender = {
  name: string;
  run(task: { manifest: string; url: string; folder: string }): Promise<Measured>;
};

/** The command as it is installed, from the build, with a suite of one zero-shot arm. */
export const own: Contender = {
  name: "medrounds eval run",
  async run({ manifest, url, folder }) {
    const suite = {
      name: "bench",
      dataSets: [{ path: manifest }],
      models: [{ name: "bench", endpoint: url, model: "bench" }],
      conditions: [{ type: "zero-shot" }],
      limits: { concurrency: atOnce },
      // They ask no endpoint, and the peers have none.
      baselines: [],
    };
    await mkdir(folder, { recursive: true });
    // YAML holds all of JSON.
    await writeFile(join(folder, "suite.yaml"), JSON.stringify(suite));
    const program = join(projectRoot, "dist/cli/main.js");
    const given = [program, "eval", "run", "suite.yaml", "--out", "run"];
    return measureProcess(process.execPath, given, { cwd: folder });
  },
};

/** With 64 connections from the start, and without images in its log. */
export const inspect: Contender = {
  name: "Inspect 0.3.285",
  async run({ manifest, url, folder }) {
    await mkdir(folder, { recursive: true });
    const given = [peerScript("inspect_suite.py"), manifest, url, join(folder, "logs"), String(atOnce)];
    return measureProcess(peerPython, given, { cwd: folder });
  },
};

/** Without its cache, its database of results and its table. */
export const promptfoo: Contender = {
  name: "promptfoo 0.123.1",
  async run({ manifest, url, folder }) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "promptfooconfig.json"), JSON.stringify(promptfooConfig(manifest, url)));
    const program = join(promptfooFolder, "node_modules/promptfoo/dist/src/main.js");
    const given = [program, "eval", "--config", "promptfooconfig.json", "--no-cache", "--no-write"];
    return measureProcess(
      process.execPath,
      [...given, "--no-table", "--no-progress-bar", "-j", String(atOnce), "--output", "out.jsonl"],
      {
        cwd: folder,
        env: {
          OPENAI_API_KEY: "none",
          PROMPTFOO_CONFIG_DIR: folder,
          PROMPTFOO_DISABLE_TELEMETRY: "1",
          PROMPTFOO_DISABLE_UPDATE: "1",
          PROMPTFOO_DISABLE_REMOTE_GENERATION: "1",
          // Wrong answers are answers.
          PROMPTFOO_FAILED_TEST_EXIT_CODE: "0",
        },
      },
    );
  },
};

function promptfooConfig(manifest: string, url: string) {
  const choices = Object.entries(options).map(([label, text]) => `${label}. ${text}`);
  const content = [
    { type: "text", text: [question, ...choices, "End with ANSWER: and the letter."].join("\n") },
    { type: "image_url", image_url: { url: "{{image}}" } },
  ];
  return {
    prompts: [JSON.stringify([{ role: "user", content }])],
    providers: [{ id: "openai:chat:bench", config: { apiBaseUrl: url, max_tokens: 1_024 } }],
    tests: `file://${join(dirname(manifest), "promptfoo.jsonl")}`,
  };
}
