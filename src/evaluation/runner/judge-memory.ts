import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson, readJsonLines, sha256, writeError } from "#platform";
import type { JudgeModel } from "../judges/judge-model.ts";

const fileName = "judgments.jsonl";

/**
 * A judge's model that asks nothing twice: what it said stays in the run's folder, by all that it was asked, and is said again. So a run
 * that goes on, and one that is scored again, cost the new questions alone. Rejects with the errors of reading the file.
 */
export async function rememberJudgments(
  model: JudgeModel,
  { folder, signal }: { folder: string; signal?: AbortSignal | undefined },
): Promise<JudgeModel> {
  const file = join(folder, fileName);
  const known = new Map<string, unknown>();
  for await (const entry of readLines(file, signal)) known.set(entry.key, entry.reply);
  return {
    name: model.name,
    images: model.images,
    async ask(request) {
      const { signal: _signal, ...asked } = request;
      const key = sha256(canonicalJson({ model: model.name, ...asked }));
      if (known.has(key)) return known.get(key);
      const reply = await model.ask(request);
      // Half a line of a killed process must not swallow this one.
      await appendFile(file, `\n${JSON.stringify({ key, reply })}`).catch((error: unknown) => {
        throw writeError(error, file);
      });
      known.set(key, reply);
      return reply;
    },
  };
}

async function* readLines(
  file: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ key: string; reply: unknown }, void> {
  try {
    for await (const entry of readJsonLines(file, signal)) {
      if (entry.type === "refused") continue;
      const { key, reply } = entry.value;
      if (typeof key === "string" && reply !== undefined) yield { key, reply };
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
