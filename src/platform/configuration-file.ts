import { resolve } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { MedRoundsError } from "#contracts";
import { readBoundedFile } from "./bounded-file.ts";

const positive = z.number().positive();
const count = z.int().min(1);

/** What a configuration file may hold. A key that is not named here is refused, so that a slip of the pen is not passed over. */
const configurationSchema = z
  .strictObject({
    library: z.string().min(1),
    recipe: z.string().min(1),
    policy: z.enum(["reader", "tags", "tools"]),
    confidenceThreshold: z.number().min(0).max(1),
    calibration: z.string().min(1),
    reconsideration: z.enum(["cdir", "cdir-paper", "off"]),
    endpoint: z.string().min(1),
    model: z.string().min(1),
    provider: z.string().min(1),
    /** The environment variable that holds the key, never the key. */
    apiKeyFrom: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "it must be a variable's name"),
    template: z.enum(["chatml", "llama-3", "gemma"]),
    limits: z
      .strictObject({
        /** Requests at once. */
        requests: count,
        /** Images of one request, and bytes and pixels of one image. */
        images: z.int().min(0),
        imageBytes: count,
        imagePixels: count,
        /** Tokens of one reply. */
        outputTokens: count,
        /** Longest silence of the server. */
        idleSeconds: positive.max(86_400),
      })
      .partial(),
    /** Dollars for a million tokens. */
    prices: z.strictObject({ inputPerMillion: z.number().min(0), outputPerMillion: z.number().min(0) }),
  })
  .partial();

export type Configuration = z.infer<typeof configurationSchema>;

/** A configuration, the file that it stands in, and the line of each key, as `limits.images`. */
export type ConfigurationFile = {
  file: string;
  configuration: Configuration;
  lines: Readonly<Record<string, number>>;
};

const defaultName = "medrounds.yaml";
const largest = 64 * 1024;

/**
 * The configuration in a file, or in `medrounds.yaml` of the current folder where there is one. YAML, no code.
 *
 * @throws MedRoundsError `configuration-missing` where the named file is not there; `configuration-invalid`, naming key and line; the
 * errors of reading a file.
 */
export async function readConfigurationFile(named?: string): Promise<ConfigurationFile | undefined> {
  const file = resolve(named ?? defaultName);
  const bytes = await readBoundedFile(file, { limit: largest }).catch((error: unknown) => {
    if (!MedRoundsError.is(error) || error.code !== "path-missing") throw error;
    if (named === undefined) return undefined;
    throw new MedRoundsError("configuration-missing", `There is no file ${named}.`, { path: file });
  });
  return bytes && readConfiguration(new TextDecoder().decode(bytes), file);
}

function readConfiguration(text: string, file: string): ConfigurationFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const [flaw] = document.errors;
  if (flaw) {
    const { line } = counter.linePos(flaw.pos[0]);
    throw invalid({ file, line, key: "", what: "it is not well-formed YAML" });
  }
  const lines = linesOf(document.contents, counter);
  const { success, data, error } = configurationSchema.safeParse(toValue(document, file) ?? {});
  if (success) return { file, configuration: data, lines };
  const [issue] = error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const key = [...(issue?.path ?? []), ...unknown].join(".");
  const what = /api.?key$/i.test(key)
    ? "a key never stands in the file; name its environment variable with apiKeyFrom"
    : unknown.length > 0
      ? "there is no such key"
      : (issue?.message ?? "");
  throw invalid({ file, line: lines[key] ?? 1, key, what });
}

/** The parser gives up where aliases multiply what they stand for. */
function toValue(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw invalid({ file, line: 1, key: "", what: "its aliases can't be resolved" });
  }
}

function invalid(facts: { file: string; line: number; key: string; what: string }): MedRoundsError {
  const { file, line, key, what } = facts;
  const subject = key === "" ? "" : `${key}: `;
  const said = what.replace(/\.$/, "");
  return new MedRoundsError("configuration-invalid", `${file}, line ${line}: ${subject}${said}.`, {
    path: file,
    line,
    key,
  });
}

type MapNode = { items: { key: { value?: unknown; range?: readonly number[] | null }; value: unknown }[] };

/** The line of each key, from 1; keys of a map in a map as `outer.inner`. */
function linesOf(node: unknown, counter: LineCounter, prefix = ""): Record<string, number> {
  const lines: Record<string, number> = {};
  for (const { key, value } of (node as MapNode | null)?.items ?? []) {
    const name = `${prefix}${String(key?.value ?? "")}`;
    lines[name] = counter.linePos(key?.range?.[0] ?? 0).line;
    if (value !== null && typeof value === "object" && "items" in value) {
      Object.assign(lines, linesOf(value, counter, `${name}.`));
    }
  }
  return lines;
}
