import { MedRoundsError } from "#contracts";
import { type Configuration, readConfigurationFile, readEnvironment } from "#platform";

/** Where a setting comes from; an option wins over the environment, and that over the file. */
export type Origin =
  | { type: "option"; option: string }
  | { type: "environment"; variable: string }
  | { type: "file"; file: string; line: number };

type Setting<Value> = { value: Value; from: Origin };

type PolicyName = NonNullable<Configuration["policy"]>;
type ReconsiderationName = NonNullable<Configuration["reconsideration"]>;

/** What a command's options may set. `config` names the configuration file. */
export type GivenSettings = {
  config?: string | undefined;
  library?: string | undefined;
  recipe?: string | undefined;
  policy?: PolicyName | undefined;
  confidenceThreshold?: number | undefined;
  /** The file of a calibration. */
  calibration?: string | undefined;
  reconsideration?: ReconsiderationName | undefined;
  endpoint?: string | undefined;
  model?: string | undefined;
  provider?: string | undefined;
};

export type Settings = {
  library?: Setting<string>;
  recipe?: Setting<string>;
  policy?: Setting<PolicyName>;
  confidenceThreshold?: Setting<number>;
  calibration?: Setting<string>;
  reconsideration?: Setting<ReconsiderationName>;
  endpoint?: Setting<string>;
  model?: Setting<string>;
  provider?: Setting<string>;
  /** What stands in the file alone. */
  file: { name: string; configuration: Configuration; lines: Readonly<Record<string, number>> } | null;
};

const policies: readonly PolicyName[] = ["reader", "tags", "tools"];
const reconsiderationNames: readonly ReconsiderationName[] = ["cdir", "cdir-paper", "off"];

/**
 * Gathers the settings from options, environment and configuration file.
 *
 * @throws MedRoundsError `configuration-missing`, `configuration-invalid`; `usage-invalid` where a variable can't be read; the errors of
 * reading a file
 */
export async function readSettings(given: GivenSettings): Promise<Settings> {
  const environment = readEnvironment();
  const read = await readConfigurationFile(given.config ?? environment.configuration);
  const configuration = read?.configuration ?? {};

  const choose = <Value extends string | number>(
    name: Exclude<keyof GivenSettings, "config">,
    values: { option: Value | undefined; environment: Value | undefined; file: Value | undefined },
  ): Setting<Value> | undefined => {
    const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (values.option !== undefined)
      return { value: values.option, from: { type: "option", option: `--${dashed}` } };
    if (values.environment !== undefined) {
      return { value: values.environment, from: { type: "environment", variable: variableOf(dashed) } };
    }
    if (values.file === undefined || read === undefined) return undefined;
    return { value: values.file, from: { type: "file", file: read.file, line: read.lines[name] ?? 1 } };
  };
  const text = (name: "library" | "recipe" | "calibration" | "endpoint" | "model" | "provider") =>
    choose(name, { option: given[name], environment: environment[name], file: configuration[name] });

  const settings = {
    library: text("library"),
    recipe: text("recipe"),
    policy: choose("policy", {
      option: given.policy,
      environment: readOne(environment.policy, "MEDROUNDS_POLICY", policies),
      file: configuration.policy,
    }),
    confidenceThreshold: choose("confidenceThreshold", {
      option: given.confidenceThreshold,
      environment: readShare(environment.confidenceThreshold),
      file: configuration.confidenceThreshold,
    }),
    calibration: text("calibration"),
    reconsideration: choose("reconsideration", {
      option: given.reconsideration,
      environment: readOne(environment.reconsideration, "MEDROUNDS_RECONSIDERATION", reconsiderationNames),
      file: configuration.reconsideration,
    }),
    endpoint: text("endpoint"),
    model: text("model"),
    provider: text("provider"),
  };
  const present = Object.entries(settings).filter(([, setting]) => setting !== undefined);
  return {
    ...(Object.fromEntries(present) as Omit<Settings, "file">),
    file: read ? { name: read.file, configuration, lines: read.lines } : null,
  };
}

function variableOf(dashed: string): string {
  return `MEDROUNDS_${dashed.replaceAll("-", "_").toUpperCase()}`;
}

function readOne<Name extends string>(
  written: string | undefined,
  variable: string,
  names: readonly Name[],
): Name | undefined {
  const found = names.find((name) => name === written);
  if (written === undefined || found !== undefined) return found;
  throw new MedRoundsError("usage-invalid", `${variable} is none of ${names.join(", ")}.`, { variable });
}

function readShare(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const share = Number(written);
  if (written.trim() !== "" && share >= 0 && share <= 1) return share;
  const message = "MEDROUNDS_CONFIDENCE_THRESHOLD is no number from 0 to 1.";
  throw new MedRoundsError("usage-invalid", message, { variable: "MEDROUNDS_CONFIDENCE_THRESHOLD" });
}
