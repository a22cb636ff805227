import { dirname, resolve } from "node:path";
import { MedRoundsError } from "#contracts";
import { checkYaml, lineOfKey, readBoundedFile, sayFlaw } from "#platform";
import { type Suite, suiteSchema } from "./suite-schema.ts";

/** A suite and the file that it stands in; its paths are absolute. */
export type SuiteFile = {
  file: string;
  suite: Suite;
  /** The error `suite-invalid` for a key, as `dataSets.0.path`, with its line. */
  refuse(key: string, what: string): MedRoundsError;
};

const largest = 256 * 1024;

/**
 * The suite in a YAML file. Names that are left out are made; all names of one kind differ.
 *
 * @throws MedRoundsError `suite-invalid`, naming line and key; the errors of reading a file
 */
export async function readSuite(path: string, signal?: AbortSignal): Promise<SuiteFile> {
  const file = resolve(path);
  const bytes = await readBoundedFile(file, { limit: largest, ...(signal ? { signal } : {}) });
  const checked = checkYaml(new TextDecoder().decode(bytes), suiteSchema, { sayUnknown });
  const refuseFlaw = (flaw: { line: number; key: string; what: string }) => {
    const { line, key } = flaw;
    return new MedRoundsError("suite-invalid", sayFlaw(file, flaw), { path: file, line, key });
  };
  if (!checked.success) throw refuseFlaw(checked.flaw);
  const refuse = (key: string, what: string) =>
    refuseFlaw({ line: lineOfKey(checked.lines, key), key, what });
  const suite = complete(checked.value, dirname(file));
  for (const kind of ["dataSets", "models", "conditions"] as const) {
    const names = suite[kind].map(({ name }) => name);
    const twice = names.findIndex((one, index) => names.indexOf(one) !== index);
    if (twice < 0) continue;
    const what = `the name ${names[twice]} is there a second time; give it another with name`;
    throw refuse(`${kind}.${twice}`, what);
  }
  return { file, suite, refuse };
}

function sayUnknown(key: string): string {
  return /key$/i.test(key)
    ? "a key never stands in the file; name its environment variable with apiKeyFrom"
    : "there is no such key";
}

/** With absolute paths, and a name for everything. */
function complete(suite: Suite, folder: string): Suite {
  const place = (path: string) => resolve(folder, path);
  const { judge } = suite;
  const isFile = (prompt: string) => /[\\/.]/.test(prompt);
  return {
    ...suite,
    ...(judge?.prompts === undefined
      ? {}
      : { judge: { ...judge, prompts: judge.prompts.map((one) => (isFile(one) ? place(one) : one)) } }),
    dataSets: suite.dataSets.map(({ name, path, images, records, asked, ...dataSet }) => ({
      ...dataSet,
      path: place(path),
      ...(images === undefined ? {} : { images: place(images) }),
      ...(records === undefined ? {} : { records: place(records) }),
      ...(asked === undefined ? {} : { asked: place(asked) }),
      name: name ?? (slug(lastPart(path)) || "data"),
    })),
    models: suite.models.map(({ name, ...model }) => ({
      ...model,
      ...(model.calibration === undefined ? {} : { calibration: place(model.calibration) }),
      name: name ?? (slug(model.model ?? model.policy ?? "") || "model"),
    })),
    conditions: suite.conditions.map((condition) => {
      const name = condition.name ?? nameOf(condition);
      if (condition.type === "round") {
        const { library, recipe, records } = condition;
        return {
          ...condition,
          name,
          library: place(library),
          ...(recipe !== undefined && /[\\/.]/.test(recipe) ? { recipe: place(recipe) } : {}),
          ...(records === undefined ? {} : { records: place(records) }),
        };
      }
      const { prompt } = condition;
      const placed = { ...condition, name, ...(prompt === undefined ? {} : { prompt: place(prompt) }) };
      if (placed.type !== "few-shot") return placed;
      const { pool, records, barred } = placed;
      return {
        ...placed,
        ...(pool?.path === undefined ? {} : { pool: { ...pool, path: place(pool.path) } }),
        ...(records === undefined ? {} : { records: place(records) }),
        ...(barred === undefined ? {} : { barred: place(barred) }),
      };
    }),
  };
}

function nameOf(condition: Suite["conditions"][number]): string {
  if (condition.type === "zero-shot") return "zero-shot";
  if (condition.type === "few-shot") {
    const { exemplars, perClass, count } = condition;
    if (exemplars === "recorded") return "few-shot-recorded";
    const number = count === undefined ? `${perClass ?? 1}-per-class` : `${count}`;
    return slug(`few-shot-${exemplars}-${number}`);
  }
  const { recipe = "library", reconsideration = "" } = condition;
  return slug(`${lastPart(recipe)} ${reconsideration === "off" ? "" : reconsideration}`) || "round";
}

/** The last part of a path that says something: a folder's name for `data/manifest.jsonl`, since every manifest is called so. */
function lastPart(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== "." && part !== "..");
  const last = parts.at(-1) ?? "";
  const isFile = /\.[a-z]{2,8}$/i.test(last);
  return isFile && parts.length > 1 ? (parts.at(-2) ?? last) : last.replace(/\.[a-z]{2,8}$/i, "");
}

/** Small letters, digits and hyphens, at most 40. */
function slug(words: string): string {
  const plain = words.normalize("NFKD").toLowerCase();
  return plain
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}
