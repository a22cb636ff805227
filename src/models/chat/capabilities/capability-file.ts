import { z } from "zod";
import { parseJson, readBoundedFile, writeFileAtomically } from "#platform";
import type { ModelCapabilities } from "../chat.ts";

/** Where the capabilities of one model at one endpoint are kept. */
export type CapabilityCache = {
  read(): Promise<ModelCapabilities | undefined>;
  write(capabilities: ModelCapabilities): Promise<void>;
};

const boolean = z.boolean().nullable();
const entrySchema = z.object({
  endpoint: z.string(),
  model: z.string(),
  template: z.string().nullable(),
  probedAt: z.iso.datetime(),
  capabilities: z.object({
    images: z.object({ most: z.int().min(0).nullable() }).nullable(),
    logprobs: boolean,
    continuation: z.enum(["continue_final_message", "prefix", "completions"]).nullable(),
    tools: boolean,
    stop: boolean,
    responseSchema: boolean,
  }),
});
const fileSchema = z.object({ version: z.literal(1), models: z.array(entrySchema) });

type Entry = z.infer<typeof entrySchema>;

/** A server may serve another model under the same name a week later. */
const lifetimeMilliseconds = 7 * 24 * 3_600_000;

/**
 * Keeps capabilities in a JSON file, by endpoint, model and template; it holds no secret. An entry counts for a week. A file that can't
 * be read, or is no such file, holds nothing; one that can't be written is left.
 */
export function openCapabilityFile({
  file,
  endpoint,
  model,
  template = null,
  now = Date.now,
}: {
  file: string;
  endpoint: string;
  model: string;
  template?: string | null;
  now?: () => number;
}): CapabilityCache {
  const isMine = (entry: Entry) =>
    entry.endpoint === endpoint && entry.model === model && entry.template === template;
  return {
    async read() {
      const entry = (await readEntries(file)).find(isMine);
      const age = entry ? now() - Date.parse(entry.probedAt) : Number.POSITIVE_INFINITY;
      return age >= 0 && age < lifetimeMilliseconds ? entry?.capabilities : undefined;
    },
    async write(capabilities) {
      const others = (await readEntries(file)).filter((entry) => !isMine(entry));
      const probedAt = new Date(now()).toISOString();
      const models = [...others, { endpoint, model, template, probedAt, capabilities }];
      const content = `${JSON.stringify({ version: 1, models }, null, 2)}\n`;
      await writeFileAtomically(file, content).catch(() => undefined);
    },
  };
}

async function readEntries(file: string): Promise<Entry[]> {
  const bytes = await readBoundedFile(file, { limit: 1024 * 1024 }).catch(() => undefined);
  const content = bytes === undefined ? undefined : parseJson(new TextDecoder().decode(bytes));
  return fileSchema.safeParse(content).data?.models ?? [];
}
