import { expect, it } from "vitest";
import { expectWholeRound } from "../../../test/support/round-invariants.ts";
import { collectEvents, endOf, eventsOf, makeRequest } from "../../../test/support/rounds.ts";
import { messageText, scriptedChatModel } from "../../../test/support/scripted-chat-model.ts";
import { runRound } from "../loop.ts";
import { modelPolicies } from "./list.ts";

it("tells a silent model that calls tools that it was silent, and one that calls what is not there that it is not", async () => {
  const { model, requests } = scriptedChatModel([
    {},
    { toolCalls: [{ id: "1", name: "guess", input: "{}" }] },
    { text: "An effusion." },
  ]);
  const events = await collectEvents(runRound(makeRequest({ policy: modelPolicies.tools(model) })));
  expectWholeRound(events);
  const hints = eventsOf(events, "action-invalid").map(({ hint }) => hint);
  expect(hints).toEqual([
    expect.stringMatching(/^The last step held neither a call nor an answer/),
    expect.stringMatching(/^No tool of that name: "guess"/),
  ]);
  expect(requests.slice(1).map(({ messages }) => messageText(messages.at(-1)))).toEqual(hints);
});

it.each([
  ["tags", "<query>mass</query>", "<answer>A mass.</answer>"],
  ["tools", "", "A mass."],
] as const)(
  "demands the answer by %s at the limit, in the events and in the transcript",
  async (name, first, text) => {
    const { model, requests } = scriptedChatModel([{ text: first }, { text }]);
    const limits = { steps: 1, queries: 9, milliseconds: 60_000 };
    const events = await collectEvents(runRound(makeRequest({ policy: modelPolicies[name](model), limits })));
    expectWholeRound(events);
    const [demand] = eventsOf(events, "answer-demanded");
    expect(demand).toMatchObject({ step: 1, hint: expect.stringMatching(/^No more .* are possible/) });
    expect(
      messageText(requests[1]?.messages.at(-1)).endsWith(`${demand?.hint}${name === "tags" ? "\n" : ""}`),
    ).toBe(true);
    const { transcript } = endOf(events);
    const last = transcript.environment.at(-1);
    expect(last?.kind).toBe("demand");
    expect(transcript.text.slice(last?.start, last?.end)).toBe(`${demand?.hint}\n`);
  },
);
