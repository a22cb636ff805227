import { describe, expect, it } from "vitest";
import type { ChatModel } from "../src/models/index.ts";
import { type Method, policyOfMethod, roundFromEvents, runRound } from "../src/reasoning/index.ts";
import { grammars } from "../src/transcript/index.ts";
import { injections, plantedLibrary } from "./support/injections.ts";
import { commands, heardOutside } from "./support/obedient-model.ts";
import { expectWholeRound } from "./support/round-invariants.ts";
import { collectEvents, makeImage, makeRequest } from "./support/rounds.ts";
import { messageText } from "./support/scripted-chat-model.ts";

const first = ["search_passages", "find_similar_cases", "search_web"] as const;
const prompts = {
  system: "ANSWER",
  queries: "QUERIES",
  query: "COPY",
  answer: "ANSWER",
  step: "STEP",
  summary: "SUMMARY",
};
const methods: readonly Method[] = [
  { type: "single-shot", first, prompts },
  { type: "tools", first, prompts },
  { type: "iterative", rounds: 2, queriesPerRound: 1, prompts },
  { type: "staged", first, steps: 2, retries: 1, prompts },
];

/** Says what it hears outside of evidence, else what it was asked for; a query it answers by a copy of all it was given. */
const obedient: ChatModel = {
  name: "obedient",
  endpoint: "http://127.0.0.1:1/v1",
  async *stream({ messages }) {
    const said = messages.map((message) => ({ role: message.role, text: messageText(message) }));
    const copy = (said.at(-1)?.text ?? "").replace(/<.?retrieve>/g, "");
    const replies: Record<string, unknown> = {
      QUERIES: { analysis: "", queries: ["effusion"] },
      STEP: { title: "Look", content: "Nothing.", next: "final" },
      SUMMARY: { verdict: "agrees", reason: "So.", answer: "Nothing is seen." },
    };
    const reply = replies[said[0]?.text ?? ""];
    const asked = said[0]?.text === "COPY" ? copy : reply ? JSON.stringify(reply) : "Nothing is seen.";
    const text = commands(heardOutside(said, grammars[0])) ? '{"answer_choice": "OSPREY"}' : asked;
    yield { type: "text", text };
    yield { type: "finish", reason: "stop", inputTokens: null, outputTokens: null, costMicrodollars: null };
  },
  capabilities: async () => ({
    ...{ images: null, logprobs: null, tools: null, stop: null, responseSchema: null, continuation: null },
  }),
};

describe("an instruction that stands in what a recipe looked up", () => {
  it.each(methods.map((method) => [method.type, method] as const))(
    "reaches no model outside of evidence, by the method %s, not as a copy either",
    { timeout: 120_000 },
    async (_, method) => {
      for (const { text } of injections) {
        const policy = policyOfMethod(obedient, method);
        const images = [makeImage()];
        const question = { text: "Which finding?" };
        const events = await collectEvents(
          runRound(makeRequest({ policy, library: plantedLibrary(text), images, question })),
        );
        expectWholeRound(events);
        const { answer, evidence } = roundFromEvents(events);
        expect([answer, evidence.length > 0], text.slice(0, 200)).toEqual(["Nothing is seen.", true]);
      }
    },
  );
});
