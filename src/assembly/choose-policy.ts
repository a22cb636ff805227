import { modelPolicies, type Policy, reader } from "#reasoning";
import { connectModel, namesModel } from "./model-choice.ts";
import { type GivenSettings, readSettings } from "./settings.ts";

/** How a round is to be decided. What is not given here is taken from the environment and the configuration file. */
export type PolicyChoice = Pick<GivenSettings, "config" | "policy" | "endpoint" | "model" | "provider">;

/**
 * The policy of a round: the reader where no model is configured, function calls where one is. Throws `endpoint-missing`,
 * `endpoint-invalid`, `local-model-missing`, `local-model-unclear`, `configuration-missing`, `configuration-invalid` and `usage-invalid`.
 */
export async function choosePolicy(choice: PolicyChoice): Promise<Policy> {
  const settings = await readSettings(pick(choice));
  const name = settings.policy?.value ?? (namesModel(settings) ? "tools" : "reader");
  if (name === "reader") return reader;
  return modelPolicies[name](await connectModel(settings, { purpose: `The policy ${name}` }));
}

/** A request may carry more, which is no setting of the model. */
function pick({ config, policy, endpoint, model, provider }: PolicyChoice): PolicyChoice {
  return { config, policy, endpoint, model, provider };
}
