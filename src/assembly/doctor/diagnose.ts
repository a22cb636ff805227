import { productVersion } from "#platform";
import { defaultConfidenceThreshold, defaultLibrary } from "../configuration.ts";
import { findModels, type LocalServer } from "../find-models.ts";
import { namesModel } from "../model-choice.ts";
import { readRoundRecipe } from "../round-recipe.ts";
import { type GivenSettings, type Origin, readSettings, type Settings } from "../settings.ts";
import { checkLibrary, type LibraryCheck } from "./check-library.ts";
import { checkModel, type ModelCheck } from "./check-model.ts";
import { checkWebSearch, type WebSearchCheck } from "./check-web-search.ts";
import { type Finding, findingOf } from "./finding.ts";
import { findOptionalPackages, judgePackages, type OptionalPackage } from "./optional-packages.ts";

/** What is configured, from where, what of it works, and what cures the rest. Holds no key. */
export type Diagnosis = {
  /** Whether all that is configured works. */
  sound: boolean;
  versions: { medrounds: string; node: string; platform: string };
  configurationFile: string | null;
  /** `from` is null for a default, and `value` null where there is none. */
  settings: readonly { name: string; value: string | null; from: Origin | null }[];
  library: LibraryCheck | null;
  model: ModelCheck | null;
  webSearch: WebSearchCheck | null;
  /** Model servers at the usual ports of this machine. */
  local: readonly LocalServer[];
  packages: readonly OptionalPackage[];
  findings: readonly Finding[];
};

/** Examines configuration, library, model, search of the web and packages; looks at the usual ports of this machine. Rejects with the signal's reason. */
export async function diagnose(given: GivenSettings, signal?: AbortSignal): Promise<Diagnosis> {
  const packages = findOptionalPackages();
  const base = {
    versions: {
      medrounds: productVersion(),
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
    },
    packages,
    local: await findModels(signal ? { signal } : {}),
  };
  let settings: Settings;
  try {
    settings = await readSettings(given);
  } catch (error) {
    const findings = [findingOf(error)];
    const none = { configurationFile: null, settings: [], library: null, model: null, webSearch: null };
    return { sound: false, ...base, ...none, findings };
  }
  const [library, model, webSearch, recipe] = await Promise.all([
    checkLibrary(settings),
    checkModel(settings, signal),
    checkWebSearch(),
    checkRecipe(settings, signal),
  ]);
  const needed = judgePackages(packages, library.embedders);
  const findings = [...library.findings, ...model.findings, ...webSearch.findings, ...recipe, ...needed];
  return {
    sound: findings.every(({ severity }) => severity !== "broken"),
    ...base,
    configurationFile: settings.file?.name ?? null,
    settings: listSettings(settings),
    library,
    model,
    webSearch,
    findings,
  };
}

async function checkRecipe({ recipe }: Settings, signal?: AbortSignal): Promise<Finding[]> {
  try {
    if (recipe !== undefined) await readRoundRecipe(recipe.value, signal);
    return [];
  } catch (error) {
    signal?.throwIfAborted();
    return [findingOf(error)];
  }
}

function listSettings(settings: Settings): Diagnosis["settings"] {
  const defaults: Record<string, string | null> = {
    library: defaultLibrary,
    policy: namesModel(settings) ? "tools" : "reader",
    recipe: null,
    confidenceThreshold: String(defaultConfidenceThreshold),
    calibration: null,
    reconsideration: null,
    endpoint: null,
    model: null,
    provider: null,
  };
  const named = settings as Omit<Settings, "file"> & Record<string, unknown>;
  const own = Object.entries(defaults).map(([name, value]) => {
    const setting = named[name] as { value: string | number; from: Origin } | undefined;
    return setting === undefined
      ? { name, value, from: null }
      : { name, value: String(setting.value), from: setting.from };
  });
  return [...own, ...listOfFile(settings)];
}

/** What stands in the file alone: the key's variable, template, limits and prices. */
function listOfFile({ file }: Settings): { name: string; value: string; from: Origin }[] {
  if (file === null) return [];
  const { apiKeyFrom, template, limits = {}, prices = {} } = file.configuration;
  const nested = (group: string, values: object) =>
    Object.entries(values).map(([name, value]) => [`${group}.${name}`, value] as const);
  const values: (readonly [string, unknown])[] = [
    ["apiKeyFrom", apiKeyFrom],
    ["template", template],
    ...nested("limits", limits),
    ...nested("prices", prices),
  ];
  return values
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      name,
      value: String(value),
      from: { type: "file", file: file.name, line: file.lines[name] ?? 1 },
    }));
}
