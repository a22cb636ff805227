import { readRollouts } from "../../exports/read-rollouts.ts";
import { keptApart, type Made } from "../made-row.ts";
import { summarizeRollout } from "./summarizer-row.ts";

/**
 * Rows for the summarizer of folders of rollouts: of each question the first sound and the first flawed chain, so that neither judgement
 * outweighs the other by how often a question was tried. Throws the errors of reading a file and the signal's reason.
 */
export async function* summarizeRolloutFolders(
  folders: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Made, void> {
  const taken = new Set<string>();
  for await (const line of readRollouts(folders, signal)) {
    if (line.type === "refused") {
      yield keptApart(`line ${line.place.line}`, line.code, line.message);
      continue;
    }
    const { rows, failures } = summarizeRollout(line.rollout);
    const kept = rows.filter(({ fields }) => {
      const key = `${line.rollout.question.id} ${String(fields.judgement)}`;
      const isNew = !taken.has(key);
      taken.add(key);
      return isNew;
    });
    yield { rows: kept, failures };
  }
}
