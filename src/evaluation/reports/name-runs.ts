import { basename, resolve } from "node:path";
import type { RunFile } from "../runner/run-file.ts";

type Named = { folder: string; run: Pick<RunFile, "name"> };

/** What two runs are called beside each other: their names, or their folders' where those are the same. */
export function nameRuns([first, second]: readonly [Named, Named]): readonly [string, string] {
  if (first.run.name !== second.run.name) return [first.run.name, second.run.name];
  const [one, other] = [basename(resolve(first.folder)), basename(resolve(second.folder))];
  return one === other ? ["first", "second"] : [one, other];
}

/** The id of a run's arm in a report of two. */
export function armIn(run: string, id: string): string {
  return `${run}: ${id}`;
}
