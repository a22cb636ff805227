import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { canonicalJson, readPieces, sha256, splitLines, writeError } from "#platform";
import type { Explanation } from "./explanation.ts";
import { type KnowledgeSentences, knowledgeKinds } from "./kinds.ts";

const sentenceList = z.array(z.string());
const entrySchema = z.object({
  key: z.string(),
  row: z.string(),
  sentences: z.object(
    Object.fromEntries(knowledgeKinds.map((kind) => [kind, sentenceList])) as Record<
      keyof KnowledgeSentences,
      typeof sentenceList
    >,
  ),
  usage: z.object({ requests: z.number(), inputTokens: z.number(), outputTokens: z.number() }),
});

export type LogEntry = z.infer<typeof entrySchema>;

/** What was asked already: an append-only file of JSON lines, in the order in which replies came. Dispose of it to close the file. */
export type DistillationLog = AsyncDisposable & {
  has(key: string): boolean;
  /** The entry of a key; undefined where it was never asked. */
  read(key: string): Promise<LogEntry | undefined>;
  /** Resolves when the entry is in the hands of the system, so that it outlives this process. */
  append(entry: LogEntry): Promise<void>;
};

/** What decides a model's reply: what it is sent, what it is told, and which model it is. */
export function logKey(asked: { explanation: Explanation; promptHash: string; model: string }): string {
  const { text, question, options } = asked.explanation;
  return sha256(canonicalJson({ text, question, options, promptHash: asked.promptHash, model: asked.model }));
}

/**
 * Opens the log, and makes it where there is none. A line that a killed process left half written is passed over. In memory are
 * only the places of the entries. Throws `path-unwritable` and `disk-full`.
 */
export async function openDistillationLog(file: string): Promise<DistillationLog> {
  const handle = await mkdir(dirname(file), { recursive: true })
    .then(() => open(file, "a+"))
    .catch((error: unknown) => {
      throw writeError(error, file);
    });
  const places = new Map<string, { start: number; length: number }>();
  let end = (await handle.stat()).size;
  if (end > 0 && !(await endsWithNewline(handle, end))) {
    await handle.appendFile("\n");
    end++;
  }
  for await (const { key, start, length } of readPlaces(file)) places.set(key, { start, length });
  let writing: Promise<unknown> = Promise.resolve();

  return {
    has: (key) => places.has(key),
    async read(key) {
      const place = places.get(key);
      if (!place) return undefined;
      const { buffer } = await handle.read(Buffer.alloc(place.length), 0, place.length, place.start);
      return entrySchema.parse(JSON.parse(buffer.toString("utf8")));
    },
    append(entry) {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      const written = writing.then(async () => {
        await handle.appendFile(line).catch((error: unknown) => {
          throw writeError(error, file);
        });
        places.set(entry.key, { start: end, length: line.length });
        end += line.length;
      });
      writing = written.catch(() => undefined);
      return written;
    },
    [Symbol.asyncDispose]: async () => {
      await writing;
      await handle.close();
    },
  };
}

async function endsWithNewline(handle: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 10;
}

async function* readPlaces(file: string): AsyncGenerator<{ key: string; start: number; length: number }> {
  let start = 0;
  for await (const { content } of splitLines(readPieces(file))) {
    if (content === "too-long")
      throw new MedRoundsError("row-too-long", "The log of the distillation is damaged.", { file });
    const key = readKey(content);
    if (key !== undefined) yield { key, start, length: content.length };
    start += content.length + 1;
  }
}

function readKey(line: Uint8Array): string | undefined {
  try {
    return entrySchema.parse(JSON.parse(Buffer.from(line).toString("utf8"))).key;
  } catch {
    return undefined;
  }
}
