import { MedRoundsError } from "#contracts";
import { readEnvironment } from "#platform";
import { modelPolicies, type Policy, reader } from "#reasoning";

/** How a round is to be decided. What is not given here is taken from the environment. */
export type PolicyChoice = { policy?: "reader" | "tags" | "tools"; endpoint?: string; model?: string };

/**
 * The policy of a round: the reader where no model is configured, function calls where one is. Throws `endpoint-missing` and
 * `endpoint-invalid`.
 */
export async function choosePolicy(choice: PolicyChoice): Promise<Policy> {
  const environment = readEnvironment();
  const endpoint = choice.endpoint ?? environment.endpoint;
  const model = choice.model ?? environment.model;
  const name = choice.policy ?? (endpoint === undefined ? "reader" : "tools");
  if (name === "reader") return reader;
  if (endpoint === undefined || model === undefined) {
    const missing = endpoint === undefined ? "endpoint" : "model";
    throw new MedRoundsError(
      "endpoint-missing",
      `The policy ${name} needs a chat model, and no ${missing} is given.`,
      {
        policy: name,
      },
    );
  }
  const { createChatModel } = await import("#models");
  const { apiKey } = environment;
  const key = apiKey === undefined ? {} : { apiKey };
  return modelPolicies[name](createChatModel({ endpoint, model, ...key, fetch: globalThis.fetch }));
}
