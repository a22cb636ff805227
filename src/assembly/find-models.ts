import { MedRoundsError } from "#contracts";

/** A model server of this machine, by the name of the program that usually has its port. */
export type LocalServer = { endpoint: string; program: string; models: readonly string[] };

/** The ports at which model servers listen unless told otherwise, by their documentation. */
const usualPorts: readonly { port: number; program: string }[] = [
  { port: 11434, program: "Ollama" },
  { port: 8000, program: "vLLM" },
  { port: 8080, program: "llama.cpp" },
  { port: 1234, program: "LM Studio" },
  { port: 30000, program: "SGLang" },
];

const timeLimitMilliseconds = 300;

/** Looks for model servers at the usual ports of this machine, each for 300 ms, and nowhere else. To be called only when asked for. */
export async function findModels({
  ports = usualPorts,
  signal,
}: {
  ports?: readonly { port: number; program: string }[];
  signal?: AbortSignal;
} = {}): Promise<LocalServer[]> {
  const { listServedModels } = await import("#models");
  const found = await Promise.all(
    ports.map(async ({ port, program }) => {
      const endpoint = `http://127.0.0.1:${port}/v1`;
      const late = AbortSignal.timeout(timeLimitMilliseconds);
      const limited = signal ? AbortSignal.any([signal, late]) : late;
      const models = await listServedModels({
        endpoint,
        idleTimeoutMilliseconds: timeLimitMilliseconds,
        signal: limited,
      }).catch(() => undefined);
      return models && { endpoint, program, models };
    }),
  );
  signal?.throwIfAborted();
  return found.filter((server) => server !== undefined);
}

/**
 * The one server and model of this machine that fit what was asked for.
 *
 * @throws MedRoundsError `local-model-missing`; `local-model-unclear` where several fit
 */
export function chooseLocalModel(
  servers: readonly LocalServer[],
  wanted: string | undefined,
): { endpoint: string; model: string } {
  const all = servers.flatMap(({ endpoint, models }) => models.map((model) => ({ endpoint, model })));
  const fitting = wanted === undefined ? all : all.filter(({ model }) => model === wanted);
  const [first, second] = fitting;
  if (first === undefined) {
    const what = wanted === undefined ? "a model" : `the model ${wanted.slice(0, 100)}`;
    const message = `No server at the usual ports of this machine serves ${what}.`;
    throw new MedRoundsError("local-model-missing", message, { servers: servers.length });
  }
  if (second !== undefined) {
    const named = fitting.slice(0, 8).map(({ endpoint, model }) => `${model} (${endpoint})`);
    const more = fitting.length > named.length ? ` and ${fitting.length - named.length} more` : "";
    const message = `Several models are served on this machine: ${named.join(", ")}${more}.`;
    throw new MedRoundsError("local-model-unclear", message, { models: fitting.length });
  }
  return first;
}
