import { type SettingName, settingSchemas, variableOf } from "./setting-schemas.ts";

/** Variables beside those of the settings, and what they hold: docs/settings.md lists them. */
export const ownVariables = {
  configuration: ["MEDROUNDS_CONFIG", "the configuration file"],
  apiKey: ["MEDROUNDS_API_KEY", "key of the chat model"],
  webSearchKey: ["MEDROUNDS_WEB_SEARCH_KEY", "key of the service that searches the web"],
  embedderApiKey: ["MEDROUNDS_EMBEDDER_API_KEY", "key of the server of embeddings"],
  embedderHost: [
    "MEDROUNDS_EMBEDDER_HOST",
    "host that may get that key, and images, where a library names it",
  ],
  rerankerApiKey: ["MEDROUNDS_RERANKER_API_KEY", "key of the server of the reranker"],
  milvusToken: ["MEDROUNDS_MILVUS_TOKEN", "what lets a library in on its Milvus server"],
  mirror: ["MEDROUNDS_MIRROR", "address that takes the place of the hosts that recipes of corpora name"],
  token: ["MEDROUNDS_TOKEN", "what requests to `medrounds serve` must carry"],
} as const satisfies Record<string, readonly [variable: string, holds: string]>;

/** The settings and more, as they were written. */
type Environment = { [Name in SettingName | keyof typeof ownVariables]?: string };

/** The only reader of the process environment: the `MEDROUNDS_…` variables; an empty one counts as not set. */
export function readEnvironment(): Environment {
  const settings = (Object.keys(settingSchemas) as SettingName[]).map((name) => [name, variableOf(name)]);
  const own = Object.entries(ownVariables).map(([name, [variable]]) => [name, variable]);
  const set = [...settings, ...own].flatMap(([name = "", variable = ""]) => {
    const value = readVariable(variable);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(set);
}

/** The variable of a name that the configuration file gives; undefined where it is not set or empty. */
export function readVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}
