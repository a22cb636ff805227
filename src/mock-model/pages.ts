import type { Dialect } from "./dialects/dialect.ts";

const standIn = "scripted stand-in, not a model";
const details = {
  parent_model: "",
  format: "gguf",
  family: standIn,
  families: [standIn],
  parameter_size: "0",
  quantization_level: "none",
};

/** What answers to GET, by path: lists of models in every vendor's form, and what servers tell of themselves. */
export function createPages(request: {
  dialect: Dialect;
  models: readonly string[];
  created: number;
}): (path: string) => object | undefined {
  const { dialect, models, created } = request;
  const pages: Record<string, object> = {
    "/": { name: "MedRounds mock model", what: `A ${standIn}.`, dialect: dialect.name, models },
    "/v1/models": dialect.models(models, created),
    "/v1beta/models": { models: models.map(describeGoogleModel) },
    ...Object.fromEntries(models.map((name) => [`/v1beta/models/${name}`, describeGoogleModel(name)])),
    "/api/version": { version: "0.0.0-mock" },
    "/api/tags": { models: models.map((name) => describeOllamaModel(name, created)) },
    ...dialect.pages(models),
  };
  return (path) => (Object.hasOwn(pages, path) ? pages[path] : undefined);
}

/** What Ollama's `POST /api/show` tells of a model. */
export const shownModel = {
  modelfile: `# ${standIn}`,
  parameters: "",
  template: "{{ .Prompt }}",
  details,
  model_info: { "general.architecture": "mock", "mock.context_length": 131_072 },
  capabilities: ["completion", "vision", "tools"],
};

function describeGoogleModel(name: string): object {
  return {
    name: `models/${name}`,
    version: "mock",
    displayName: name,
    description: `A ${standIn}.`,
    inputTokenLimit: 131_072,
    outputTokenLimit: 131_072,
    supportedGenerationMethods: ["generateContent"],
  };
}

function describeOllamaModel(name: string, created: number): object {
  return {
    name,
    model: name,
    modified_at: new Date(created * 1000).toISOString(),
    size: 0,
    digest: "0".repeat(64),
    details,
  };
}
