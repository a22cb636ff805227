import { describe, expect, it } from "vitest";
import { makePassage, memoryLibrary } from "../../../test/support/memory-library.ts";
import { expectWholeRound } from "../../../test/support/round-invariants.ts";
import {
  answerOf,
  collectEvents,
  endOf,
  eventsOf,
  makeImage,
  makeRequest,
} from "../../../test/support/rounds.ts";
import {
  messageText,
  type ScriptedTurn,
  scriptedChatModel,
} from "../../../test/support/scripted-chat-model.ts";
import { runRound } from "../loop.ts";
import { policyOfMethod } from "./method.ts";

const library = memoryLibrary({
  passages: [
    makePassage({ id: "effusion", text: "Effusion blunts the angle." }),
    makePassage({ id: "mass", text: "A mass displaces the trachea." }),
  ],
});
const question = {
  text: "Which finding?",
  options: [
    { label: "A", text: "Mass" },
    { label: "B", text: "Effusion" },
  ],
};
const queries = (...list: unknown[]): ScriptedTurn => ({
  text: JSON.stringify({ analysis: `Missing: ${list.length}.`, queries: list }),
});
const final: ScriptedTurn = {
  text: JSON.stringify({ step_by_step_thinking: "Known [1].", answer_choice: "B" }),
};
const prompts = { queries: "Ask at most {queries}.", query: "Answer it.", answer: "Decide." };

async function ask(turns: readonly ScriptedTurn[], given: { rounds?: number; steps?: number } = {}) {
  const { rounds = 2, steps = 16 } = given;
  const { model, requests } = scriptedChatModel(turns);
  const policy = policyOfMethod(model, { type: "iterative", rounds, queriesPerRound: 2, prompts });
  const limits = { steps, queries: 16, milliseconds: 60_000 };
  const events = await collectEvents(
    runRound(makeRequest({ policy, library, question, images: [makeImage()], limits })),
  );
  expectWholeRound(events);
  const asked = requests.map(({ messages }) => `${messageText(messages[0])} ${messageText(messages.at(-1))}`);
  return { events, requests, asked, text: endOf(events).transcript.text };
}

describe("an iterative round", () => {
  it("asks, has each query answered from its own passages, asks on with the answers, and decides", async () => {
    const { events, requests, asked, text } = await ask([
      queries("effusion angle", "mass trachea", "one too many"),
      { text: "It blunts [1]." },
      { text: "<think>hm</think>It displaces [2]." },
      queries("effusion", "effusion "),
      { text: "Blunt." },
      final,
    ]);
    expect(eventsOf(events, "query-issued").map(({ query }) => query)).toEqual([
      "effusion angle",
      "mass trachea",
      "effusion",
    ]);
    expect(asked[0]).toMatch(/^Ask at most 2\. Which finding\?\nA\. Mass/);
    expect(asked[1]).toMatch(
      /^Answer it\. Documents:\n<retrieve>\[1\] Notes: Effusion[\s\S]*Question: effusion angle$/,
    );
    expect(asked[1]).not.toContain("displaces");
    expect(asked[2]).toMatch(/\[2\] Notes: A mass[\s\S]*Question: mass trachea$/);
    for (const request of [1, 2, 4]) {
      expect(asked[request]).not.toContain("A. Mass");
      expect(JSON.stringify(requests[request]?.messages)).not.toContain('"image"');
    }
    expect(asked[3]).toContain("Query: mass trachea\nAnswer: It displaces [2].");
    expect(asked[5]).toMatch(/^Decide\.[\s\S]*Query: effusion\nAnswer: Blunt\.<.retrieve>$/);
    expect(answerOf(events)).toMatchObject({ choice: "B", citations: [{ evidence: 1 }] });
    expect(text).toContain("<think>Query: effusion angle\nAnswer: It blunts [1].");
  });

  it("tells of every request before any of a round's is sent", async () => {
    const { events } = await ask([
      queries("effusion", "mass"),
      { text: "x" },
      { text: "y" },
      queries(),
      final,
    ]);
    expect(eventsOf(events, "data-sent").map(({ images }) => images)).toEqual([1, 0, 0, 1, 1]);
  });

  it("decides without more queries where the list is empty, or holds none that is new", async () => {
    const { asked, events } = await ask([queries(), final]);
    expect(asked).toHaveLength(2);
    const again = await ask([queries("effusion"), { text: "a" }, queries("effusion "), final]);
    expect([again.asked.length, answerOf(again.events).choice]).toEqual([4, "B"]);
    expect(answerOf(events).choice).toBe("B");
  });

  it("decides after four bad lists, each told what was wrong, and runs no text", async () => {
    const evil = { text: '{"analysis": "x", "queries": "process.exit(1)"}' };
    const { asked, events } = await ask([evil, evil, evil, evil, final]);
    const hints = eventsOf(events, "action-invalid");
    expect(hints).toHaveLength(4);
    expect(asked[1]).toContain("queries: Invalid input: expected array");
    expect(asked[4]).toMatch(/^Decide\./);
    expect(answerOf(events).choice).toBe("B");
  });

  it("ends after its rounds, however much more the model would ask", async () => {
    const { asked } = await ask([queries("effusion"), { text: "a" }, final], { rounds: 1 });
    expect(asked).toHaveLength(3);
  });

  it("decides at the round's limit from documents that no answer was written for", async () => {
    const { asked, events } = await ask([queries("effusion"), final], { steps: 1 });
    expect(asked[1]).toMatch(/^Decide\.[\s\S]*<retrieve>\[1\] Notes: Effusion/);
    expect(answerOf(events).choice).toBe("B");
  });

  it("fails with the failure of a query's answer, and leaves none running unseen", async () => {
    const { model } = scriptedChatModel([queries("effusion", "mass")]);
    let streams = 0;
    const failing: typeof model = {
      ...model,
      async *stream(request) {
        if (++streams > 1) throw new Error("unplugged");
        yield* model.stream(request);
      },
    };
    const policy = policyOfMethod(failing, { type: "iterative", rounds: 2, queriesPerRound: 2, prompts });
    const events = await collectEvents(runRound(makeRequest({ policy, library, question })));
    expectWholeRound(events);
    expect([endOf(events).outcome, streams]).toEqual(["failed", 3]);
  });
});
