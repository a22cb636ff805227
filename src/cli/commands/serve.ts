import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import type { GivenSettings, RetrievalChoice } from "#assembly";
import { MedRoundsError, medicalNotice } from "#contracts";
import { readEnvironment } from "#platform";
import type { RunningServer } from "#server";
import { addModelOptions, modelChoice } from "../model-options.ts";
import { createProgress } from "../progress.ts";
import { wholeNumber } from "../read-options.ts";
import { count } from "../render/count.ts";
import { addRetrievalOptions, retrievalChoice } from "../retrieval-options.ts";
import { addRewardOptions, type RewardOptions, readRewardOptions } from "../reward-options.ts";
import { addRoundOptions } from "../round-options.ts";
import {
  addSimilarityOptions,
  readSimilarityOptions,
  type SimilarityOptions,
} from "../similarity-options.ts";
import { wrap } from "../terminal.ts";
import { addTrainerOptions, readTrainerOptions, type TrainerOptions } from "../trainer-options.ts";
import { type CommandContext, examples } from "./context.ts";

type ServeOptions = GivenSettings &
  RetrievalChoice &
  TrainerOptions &
  SimilarityOptions &
  RewardOptions & {
    demo?: boolean;
    port: number;
    host: string;
    token?: string;
    runs?: string;
  };

/** Lies at the same depth below the source and below the build. */
const pageFolder = fileURLToPath(new URL("../../../dist/page", import.meta.url));

export function serveCommand(context: CommandContext): Command {
  const command = new Command("serve")
    .description("serve the page and the HTTP interface on this machine, until Ctrl-C")
    .option("--demo", "serve the demo's library and questions; built where it is missing")
    .option("--port <n>", "the port; 0 picks one", wholeNumber(0, 65_535), 4180)
    .option(
      "--host <address>",
      "the address to listen at; others than this machine's own need a token",
      "127.0.0.1",
    )
    .option("--library <dir>", "the library's folder (default: .medrounds/library)")
    .option("--runs <dir>", "show the reports of the runs in this folder, under /runs/")
    .option("--token <token>", "what every request must carry (or MEDROUNDS_TOKEN)");
  const groups = [addModelOptions, addRoundOptions, addRetrievalOptions, addTrainerOptions];
  for (const add of [...groups, addSimilarityOptions, addRewardOptions]) add(command);
  return command
    .addHelpText(
      "after",
      `\n${wrap("Rounds, with their questions and images, are kept in the library's folder, under rounds.", context.terminal.width)}`,
    )
    .addHelpText(
      "after",
      examples(
        "medrounds serve --demo",
        "medrounds serve --library ./my-library --port 8080",
        "medrounds serve --library ./kb --port 5003   # for R1-Searcher and Med-RwR",
        "medrounds serve --endpoint http://127.0.0.1:8000/v1 --model medgemma-4b",
        "medrounds serve --endpoint local --recipe chest-xray --records ./records.sqlite",
      ),
    )
    .action(async (options: ServeOptions) => {
      const { demo: wantsDemo, port, host, token: given, runs } = options;
      // An outdated demo is built anew; that must never happen to a person's library.
      if (wantsDemo && options.library !== undefined) {
        throw new MedRoundsError("usage-invalid", "--demo and --library exclude each other.");
      }
      const token = given ?? readEnvironment().token;
      const assembly = await import("#assembly");
      const { startServer } = await import("#server");
      const settings = await assembly.readSettings(options);
      const { confidenceThreshold, calibration, reconsideration } = options;
      const recipe =
        settings.recipe && (await assembly.readRoundRecipe(settings.recipe.value, context.signal));
      const demo = wantsDemo ? await openDemo(context) : undefined;
      const folder = demo?.library ?? settings.library?.value ?? assembly.defaultLibrary;
      using library = await assembly.openLibraryAt(folder);
      using records = await assembly.openConfiguredRecords(settings, context.signal);
      const server = await startServer({
        library,
        policy: modelChoice(options),
        roundDefaults: {
          web: await assembly.openConfiguredWebSearch(settings),
          records,
          limits: assembly.limitsOfSettings(settings),
          confidenceThreshold,
          calibration,
          reconsideration,
          ...(recipe ? { recipe } : {}),
        },
        retrieval: retrievalChoice(options),
        ...readTrainerOptions(options),
        ...readSimilarityOptions(options),
        ...readRewardOptions(options),
        host,
        port,
        pageFolder,
        roundsFolder: join(library.folder, "rounds"),
        ...(token ? { token } : {}),
        ...(runs === undefined ? {} : { runsFolder: runs }),
        ...(demo ? { demo } : {}),
      });
      await serve(server, { context, token, database: records?.identity.database });
    });
}

async function openDemo({ signal }: CommandContext) {
  const { demoLibrary, prepareDemo } = await import("#assembly");
  const progress = createProgress("Building the demo library");
  const onBuild = () => process.stderr.write("Drawing the demo's synthetic images, once …\n");
  const demo = prepareDemo({ folder: demoLibrary, signal, onBuild, onProgress: progress.show });
  return demo.finally(progress.end);
}

/** Says where the server is, waits for Ctrl-C, and says what became of the rounds that ran. */
async function serve(
  server: RunningServer,
  parts: { context: CommandContext; token: string | undefined; database: string | undefined },
): Promise<void> {
  const { context, token, database } = parts;
  const { terminal, signal } = context;
  const query = token ? `/?token=${encodeURIComponent(token)}` : "";
  terminal.write(`MedRounds is at ${terminal.paint("accent", `${server.url}${query}`)}`);
  if (database !== undefined) {
    const note = `Whoever can ask this server can have a model read every table of ${database}, of all patients; the rows stay in the rounds.`;
    terminal.write(wrap(note, terminal.width));
  }
  if (server.resumed.length > 0) terminal.write(`Going on with ${list(server.resumed)}.`);
  terminal.write(terminal.paint("quiet", wrap(medicalNotice, terminal.width)));
  if (!signal.aborted) await once(signal, "abort");
  terminal.write("Stopping …");
  const { finished, cancelled } = await server.close();
  if (finished.length > 0) terminal.write(`Finished ${list(finished)}.`);
  if (cancelled.length > 0) terminal.write(`Cancelled ${list(cancelled)}.`);
  if (finished.length + cancelled.length === 0) terminal.write("No round was running.");
}

function list(ids: readonly string[]): string {
  return `${count(ids.length, "round")}: ${ids.join(", ")}`;
}
