import type { ModelIdentity } from "#contracts";
import type { Grammar } from "#transcript";
import type { Policy } from "../policy.ts";
import type { ChatModel } from "../ports.ts";
import { tagsPolicy } from "./tags.ts";
import { toolsPolicy } from "./tools.ts";

/** The policies that need a chat model, by name. The reader needs none. */
export const modelPolicies: Record<
  Exclude<ModelIdentity["policy"], "reader">,
  (model: ChatModel, grammar?: Grammar) => Policy
> = {
  tags: tagsPolicy,
  tools: toolsPolicy,
};
