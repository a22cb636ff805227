import { Command } from "commander";
import type { DeidentificationRun } from "#assembly";
import { createProgress } from "../progress.ts";
import { renderDeidentification } from "../render/deidentification.ts";
import { type CommandContext, examples } from "./context.ts";

type DeidentifyOptions = {
  out: string;
  key?: string;
  removeDates?: boolean;
  removeDevice?: boolean;
  refuseBurnedIn?: boolean;
  json?: boolean;
};

/** `deidentify`. */
export function deidentifyCommand({ terminal, signal, printJson, exit }: CommandContext): Command {
  return new Command("deidentify")
    .description(
      "write DICOM files without what identifies persons (DICOM PS3.15, Basic Profile); the originals stay as they are, and nothing is overwritten",
    )
    .argument("<path>", "a DICOM file, a folder, a ZIP archive or a DICOMDIR")
    .requiredOption("--out <dir>", "the folder to write into; files get new names")
    .option(
      "--key <file>",
      "keeps the key of the new ids, so that the next run gives a patient the same id (made if missing; default: a new key, kept nowhere)",
    )
    .option("--remove-dates", "remove dates instead of moving them by a number of days of each patient")
    .option("--remove-device", "remove names and serial numbers of devices")
    .option(
      "--refuse-burned-in",
      "refuse files that seem to have text in their pixels instead of flagging them",
    )
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      examples(
        "medrounds deidentify chest.dcm --out clean/",
        "medrounds deidentify studies/ --out clean/ --key study.key --json",
      ),
    )
    .action(async (path: string, options: DeidentifyOptions) => {
      const { deidentifyFiles } = await import("#assembly");
      const { json, removeDates, removeDevice, ...choice } = options;
      const progress = createProgress("De-identifying");
      const run: DeidentificationRun = await deidentifyFiles({
        path,
        signal,
        onProgress: progress.show,
        dates: removeDates ? "removed" : "shifted",
        device: removeDevice ? "removed" : "kept",
        ...choice,
      }).finally(() => progress.end());
      if (json) printJson({ path, out: options.out, ...run });
      else for (const line of renderDeidentification(run, terminal)) terminal.write(line);
      if (run.interrupted) exit(130);
      else if (run.files.length === 0) exit(1);
    });
}
