import { join } from "node:path";
import { runCli, writeManifest } from "./run-cli.ts";

/** A sequence that colors a terminal, and a mark that turns the direction of writing. */
export const hostile = { escape: "\u001b[31m", bidirectional: "\u202e" };

/**
 * Makes `files` and from it the default library in a folder: cases c0 to c5 (files 0.png to 5.png) of the patients p1, p1,
 * p2, "unknown", "unknown" and none, and two passages. Some labels and texts are hostile to a terminal.
 */
export async function makeCliLibrary(folder: string): Promise<void> {
  const { escape: color, bidirectional } = hostile;
  const patients = ["p1", "p1", "p2", "unknown", "unknown", undefined];
  await writeManifest(join(folder, "files"), [
    ...patients.map((patient_id, n) => ({
      id: `c${n}`,
      file: `${n}.png`,
      labels: n === 0 ? [`Mass${color}${bidirectional}`, "Effusion"] : ["Effusion"],
      ...(patient_id === undefined ? {} : { patient_id }),
    })),
    {
      id: "t1",
      title: `Effusion${color}`,
      text: `A pleural effusion ${color}${bidirectional}is fluid around the lung.`,
    },
    { id: "t2", title: "Nodule", text: "A lung nodule is a rounded opacity of at most three centimeters." },
  ]);
  const { code, stderr } = await runCli(["library", "add", "files"], { cwd: folder });
  if (code !== 0) throw new Error(stderr);
}
