import { describe, expect, it } from "vitest";
import { makeCase, makePassage, memoryLibrary } from "../../../test/support/memory-library.ts";
import { expectWholeRound } from "../../../test/support/round-invariants.ts";
import {
  answerOf,
  collectEvents,
  endOf,
  eventsOf,
  makeImage,
  makeRequest,
} from "../../../test/support/rounds.ts";
import { messageText, scriptedChatModel } from "../../../test/support/scripted-chat-model.ts";
import { runRound } from "../loop.ts";
import { policyOfMethod } from "./method.ts";

const library = memoryLibrary({
  passages: [makePassage({ id: "effusion", text: "Effusion blunts the angle." })],
  cases: [{ case: makeCase({ id: "c1", labels: { Mass: "present" } }), score: 0.9 }],
});
const first = ["find_similar_cases", "search_passages", "search_web"] as const;

describe("look-ups ahead of the first step", () => {
  it("are those that the round has and that there is something to ask with for", async () => {
    const { model } = scriptedChatModel([{ text: "A mass." }, { text: "A mass." }]);
    const policy = policyOfMethod(model, { type: "tools", first, prompts: {} });
    const question = { text: "effusion" };
    const withImage = makeRequest({ policy, library, question, images: [makeImage()] });
    const withoutWords = makeRequest({ policy, library, images: [makeImage()] });
    const asked = [];
    for (const request of [withImage, withoutWords]) {
      const events = await collectEvents(runRound(request));
      expectWholeRound(events);
      asked.push(eventsOf(events, "query-issued").map(({ tool, query }) => [tool, query]));
    }
    expect(asked).toEqual([
      [
        ["find_similar_cases", "all images"],
        ["search_passages", "effusion"],
      ],
      [["find_similar_cases", "all images"]],
    ]);
  });

  it("are seen by a model that calls functions, under the recipe's own prompt", async () => {
    const { model, requests } = scriptedChatModel([{ text: "A mass [1]." }]);
    const policy = policyOfMethod(model, { type: "tools", first, prompts: { system: "Be a pathologist." } });
    const events = await collectEvents(runRound(makeRequest({ policy, library, images: [makeImage()] })));
    expectWholeRound(events);
    expect(requests[0]?.messages[0]).toEqual({ role: "system", text: "Be a pathologist." });
    expect(messageText(requests[0]?.messages.at(-1))).toContain("<retrieve>[1] Case c1");
    expect(answerOf(events).citations).toMatchObject([{ evidence: 1 }]);
  });

  it("stand in the transcript of a model that speaks tags, in its own grammar", async () => {
    const { model, requests } = scriptedChatModel([{ text: "<answer>Effusion [1].</answer>" }]);
    const policy = policyOfMethod(model, {
      ...{
        type: "proactive",
        first: ["search_passages"],
        grammar: "search-r1",
        prompts: { system: "At most {steps}." },
      },
    });
    const events = await collectEvents(
      runRound(makeRequest({ policy, library, question: { text: "effusion" } })),
    );
    expectWholeRound(events);
    expect(messageText(requests[0]?.messages[0])).toBe("At most 8.");
    expect(endOf(events).transcript.text).toMatch(/^<search>effusion<\/search>\n\n<information>Doc 1/);
  });

  it("are left out where there is no room for them", async () => {
    const { model } = scriptedChatModel([{ text: "No." }]);
    const policy = policyOfMethod(model, { type: "tools", first, prompts: {} });
    const limits = { steps: 8, queries: 0, milliseconds: 60_000 };
    const events = await collectEvents(
      runRound(makeRequest({ policy, library, images: [makeImage()], limits })),
    );
    expect(eventsOf(events, "query-issued")).toEqual([]);
    expect(answerOf(events).text).toBe("No.");
  });
});
