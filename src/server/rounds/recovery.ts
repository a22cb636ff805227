import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MedRoundsError, type RoundEvent, toFailure } from "#contracts";
import { isRunningProcess, ownProcessMark } from "#platform";
import { readEvents } from "./read-journal.ts";
import { journalFile } from "./round-folder.ts";

/** Marks a round as one that this process runs. Beside the rounds' folders, so that a start looks at few files. */
export async function markRunning(roundsFolder: string, id: string): Promise<void> {
  await mkdir(marks(roundsFolder), { recursive: true, mode: 0o700 });
  await writeFile(join(marks(roundsFolder), id), await ownProcessMark());
}

export function unmarkRunning(roundsFolder: string, id: string): Promise<void> {
  return rm(join(marks(roundsFolder), id), { force: true });
}

function marks(roundsFolder: string): string {
  return join(roundsFolder, "running");
}

/** Ends the rounds that a killed process left: as interrupted, with the events that they have. To be called before any runs. */
export async function recoverRounds(roundsFolder: string): Promise<void> {
  const own = await ownProcessMark();
  for (const id of await readdir(marks(roundsFolder)).catch(() => [])) {
    const mark = await readFile(join(marks(roundsFolder), id), "utf8").catch(() => "");
    if (mark !== own && (await isRunningProcess(mark))) continue;
    await endJournal(join(roundsFolder, id));
    await unmarkRunning(roundsFolder, id);
  }
}

/** Completes a journal without `round-end`. A round without any event has never begun: its folder is removed. */
export async function endJournal(folder: string): Promise<void> {
  const file = journalFile(folder);
  const { events, bytes } = await readEvents(file).catch(() => ({ events: [], bytes: 0 }));
  const last = events.at(-1);
  if (last === undefined) return rm(folder, { recursive: true, force: true });
  await truncate(file, bytes);
  if (last.type === "round-end") return;
  await appendFile(
    file,
    interruption(last)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(""),
  );
}

function interruption({ roundId, sequence, at }: RoundEvent): RoundEvent[] {
  const failure = toFailure(
    new MedRoundsError("interrupted", "The server stopped in the middle of this round."),
  );
  const transcript = { text: "", environment: [] };
  return [
    { roundId, sequence: sequence + 1, at, type: "failure", step: null, failure },
    { roundId, sequence: sequence + 2, at, type: "round-end", outcome: "interrupted", transcript },
  ];
}
