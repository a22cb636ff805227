import { Command } from "commander";
import type { FetchProgress, FetchReport } from "#assembly";
import { createProgress } from "../../progress.ts";
import { count } from "../../render/count.ts";
import { renderReport } from "../../render/report.ts";
import { plain, type Terminal, wrap } from "../../terminal.ts";
import { type CommandContext, examples } from "../context.ts";
import { sayBytes } from "./recipes.ts";

type FetchOptions = { into?: string; mirror?: string; add?: boolean; library: string; json?: boolean };

/** `library fetch`. */
export function fetchCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
  return new Command("fetch")
    .summary("download a public corpus by its recipe")
    .description(
      "download a public corpus by its recipe, check it, and continue where an earlier download ended; Ctrl-C keeps what arrived",
    )
    .argument("<name>", "a recipe: medrounds library recipes lists them")
    .option("--into <dir>", "where the files go (default: .medrounds/corpora/NAME)")
    .option(
      "--mirror <url>",
      "download from this address in place of the recipe's host (or MEDROUNDS_MIRROR)",
    )
    .option("--add", "add the corpus to the library afterwards, under the recipe's name")
    .option("--library <dir>", "the library's folder, for --add", ".medrounds/library")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds library fetch medrag-textbooks --add",
        "medrounds library fetch statpearls --into corpora/statpearls",
      ),
    )
    .action(async (name: string, { library: folder, add, json, into, mirror }: FetchOptions) => {
      const { addToLibrary, fetchCorpus, openLibraryAt } = await import("#assembly");
      const shown = createFetchProgress();
      const fetched = await fetchCorpus({
        name,
        signal,
        onProgress: shown.show,
        ...(into === undefined ? {} : { into }),
        ...(mirror === undefined ? {} : { mirror }),
      }).finally(shown.end);
      if (!json) for (const line of renderFetch(fetched, terminal)) terminal.write(line);
      if (!add) {
        if (json) printJson(fetched);
        return;
      }
      using library = await openLibraryAt(folder, { create: true });
      const progress = createProgress("Adding");
      const report = await addToLibrary({
        library,
        paths: [fetched.content],
        corpus: name,
        signal,
        onProgress: progress.show,
      }).finally(progress.end);
      if (json) printJson({ ...fetched, library: folder, added: report });
      else for (const line of renderReport(report, terminal)) terminal.write(line);
      if (report.interrupted) exit(130);
    });
}

function renderFetch({ folder, content, files }: FetchReport, terminal: Terminal): string[] {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const fresh = files.filter(({ outcome }) => outcome !== "present").length;
  const unchecked = files.filter(({ checked }) => !checked);
  return [
    `${count(files.length, "file")}, ${sayBytes(bytes)}, in ${plain(folder)} (${fresh} fetched now).`,
    ...(content === folder ? [] : [`Unpacked into ${plain(content)}.`]),
    ...(unchecked.length === 0
      ? ["Every file has the checksum that its publisher tells."]
      : unchecked.map(
          ({ path, sha256 }) =>
            `The publisher of ${plain(path)} tells no checksum. It is ${sha256} (SHA-256), kept beside the file.`,
        )),
  ].map((line) => wrap(line, terminal.width));
}

/** Files, bytes and rate on stderr: on a terminal a line that renews itself ten times a second, elsewhere one every five seconds. */
function createFetchProgress(): { show(progress: FetchProgress): void; end(): void } {
  const { stderr } = process;
  const interval = stderr.isTTY ? 100 : 5_000;
  let began: { at: number; bytes: number } | undefined;
  let shown = performance.now();
  let drawn = false;
  return {
    show({ stage, files, allFiles, bytes, allBytes }) {
      const now = performance.now();
      began ??= { at: now, bytes };
      if (now - shown < interval) return;
      shown = now;
      const rate = (bytes - began.bytes) / Math.max(0.001, (now - began.at) / 1000);
      const line = [
        stage === "downloading" ? "Downloading" : "Unpacking",
        ...(allFiles > 1 ? [`${files} of ${count(allFiles, "file")}`] : []),
        `${sayBytes(bytes)}${allBytes === undefined ? "" : ` of ${sayBytes(allBytes)}`}`,
        `${sayBytes(rate)} a second`,
      ].join(" · ");
      stderr.write(stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
      drawn = true;
    },
    end() {
      if (drawn && stderr.isTTY) stderr.write("\r\u001b[K");
    },
  };
}
