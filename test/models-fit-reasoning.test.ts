import { expectTypeOf, it } from "vitest";
import type { ChatModel as TransportModel } from "../src/models/index.ts";
import type { ChatModel as ReasoningModel } from "../src/reasoning/ports.ts";

it("gives reasoning exactly the chat model that it asks for", () => {
  expectTypeOf<TransportModel>().toEqualTypeOf<ReasoningModel>();
});
