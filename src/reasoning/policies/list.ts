import type { ModelIdentity } from "#contracts";
import type { Grammar } from "#transcript";
import type { Policy } from "../policy.ts";
import type { ChatModel } from "../ports.ts";
import { tagsPolicy } from "./tags.ts";
import { toolsPolicy } from "./tools.ts";

/** The policies that a person names and that need a chat model. The reader needs none; others are a recipe's (`method.ts`). */
export const modelPolicies: Record<
  Extract<ModelIdentity["policy"], "tags" | "tools">,
  (model: ChatModel, settings?: { grammar?: Grammar; prompt?: string }) => Policy
> = {
  tags: tagsPolicy,
  tools: toolsPolicy,
};
