import { expect, it } from "vitest";
import { expectWholeRound } from "../../../test/support/round-invariants.ts";
import { collectEvents, endOf, eventsOf, makeRequest } from "../../../test/support/rounds.ts";
import { runRound } from "../loop.ts";
import type { ChatDelta, ChatMessage, ChatModel } from "../ports.ts";
import { modelPolicies } from "./list.ts";

/** A model that says the replies in turn, and keeps what it was sent. */
function modelOf(...replies: ChatDelta[][]) {
  const sent: (readonly ChatMessage[])[] = [];
  const model: ChatModel = {
    name: "scripted",
    endpoint: "http://127.0.0.1:1/v1",
    async *stream({ messages }) {
      sent.push(messages);
      yield* replies[sent.length - 1] ?? [];
    },
  };
  return { model, sent };
}

function lastText(messages: readonly ChatMessage[] | undefined): string {
  const last = messages?.at(-1);
  return last?.role === "user"
    ? last.parts.map((part) => (part.type === "text" ? part.text : "")).join()
    : "";
}

it("tells a silent model that calls tools that it was silent, and one that calls what is not there that it is not", async () => {
  const unknown: ChatDelta = { type: "tool-call", call: { id: "1", name: "guess", input: "{}" } };
  const { model, sent } = modelOf([], [unknown], [{ type: "text", text: "An effusion." }]);
  const events = await collectEvents(runRound(makeRequest({ policy: modelPolicies.tools(model) })));
  expectWholeRound(events);
  const hints = eventsOf(events, "action-invalid").map(({ hint }) => hint);
  expect(hints).toEqual([
    expect.stringMatching(/^The last step held neither a call nor an answer/),
    expect.stringMatching(/^No tool of that name/),
  ]);
  expect(sent.slice(1).map(lastText)).toEqual(hints);
});

it.each([
  ["tags", "<query>mass</query>", "<answer>A mass.</answer>"],
  ["tools", "", "A mass."],
] as const)("says by %s at the limit what the events and the transcript hold", async (name, first, text) => {
  const { model, sent } = modelOf([{ type: "text", text: first }], [{ type: "text", text }]);
  const limits = { steps: 1, queries: 9, milliseconds: 60_000 };
  const events = await collectEvents(runRound(makeRequest({ policy: modelPolicies[name](model), limits })));
  expectWholeRound(events);
  const hint = eventsOf(events, "action-invalid").at(-1)?.hint ?? "";
  expect(hint).toMatch(/^No more .* are possible/);
  expect(lastText(sent[1])).toBe(hint);
  const { transcript } = endOf(events);
  const last = transcript.environment.at(-1);
  expect(transcript.text.slice(last?.start, last?.end).replaceAll("‹", "<")).toBe(`${hint}\n`);
});
