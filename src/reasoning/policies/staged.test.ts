import { describe, expect, it } from "vitest";
import { makeCase, memoryLibrary } from "../../../test/support/memory-library.ts";
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
  cases: [{ case: makeCase({ id: "c1", labels: { Mass: "present" } }), score: 0.9 }],
});
const question = {
  text: "Which finding?",
  options: [
    { label: "A", text: "Mass" },
    { label: "B", text: "Effusion" },
  ],
};
const step = (title: string, next = "continue"): ScriptedTurn => ({
  text: JSON.stringify({ title, content: `About ${title}.`, next }),
});
const summary = (verdict: string, answer: string): ScriptedTurn => ({
  text: JSON.stringify({ verdict, reason: "The angle is sharp.", answer }),
});
const prompts = { step: 'One of {steps} {"JSON"}.', summary: "Judge." };

async function ask(
  turns: readonly ScriptedTurn[],
  given: { steps?: number; retries?: number; limit?: number } = {},
) {
  const { steps = 15, retries = 3, limit = 24 } = given;
  const { model, requests } = scriptedChatModel(turns);
  const policy = policyOfMethod(model, {
    ...{ type: "staged", first: ["find_similar_cases", "search_web"], steps, retries, prompts },
  });
  const limits = { steps: limit, queries: 4, milliseconds: 60_000 };
  const events = await collectEvents(
    runRound(makeRequest({ policy, library, question, images: [makeImage()], limits })),
  );
  expectWholeRound(events);
  const asked = requests.map(({ messages }) => `${messageText(messages[0])} ${messageText(messages.at(-1))}`);
  return { events, requests, asked, text: endOf(events).transcript.text };
}

describe("a staged round", () => {
  it("reasons step by step beside the look-ups, and sums up with images, reasoning and evidence", async () => {
    const { events, requests, asked, text } = await ask([
      step("Quality"),
      step("Pleura", "final"),
      summary("agrees", "A. A mass, as in the case [1]."),
    ]);
    expect(eventsOf(events, "query-issued").map(({ tool }) => tool)).toEqual(["find_similar_cases"]);
    expect(asked).toHaveLength(3);
    expect(asked[0]).toMatch(
      /^One of 15 \{"JSON"\}\. Which finding\?\nA\. Mass[\s\S]*Write step 1 of at most 15\.$/,
    );
    expect(asked[0]).not.toContain("<retrieve>");
    expect(asked[1]).toContain("Step 1: Quality\nAbout Quality.");
    expect(asked[2]).toMatch(/^Judge\.[\s\S]*Step 2, the last: Pleura[\s\S]*<retrieve>\[1\] Case c1/);
    for (const { messages } of requests) {
      const last = messages.at(-1);
      expect(last?.role === "user" && last.parts.filter(({ type }) => type === "image")).toHaveLength(1);
    }
    expect(answerOf(events)).toMatchObject({ choice: "A", citations: [{ evidence: 1 }] });
    expect(text).toContain("<think>Step 1: Quality\nAbout Quality.</think>");
    expect(text).toContain("<think>The summary agrees with the reasoning: The angle is sharp.</think>");
    expect(text).not.toContain('{"title"');
  });

  it("sends the first request before it waits for the look-ups, having told of it", async () => {
    const { model, requests } = scriptedChatModel([step("Quality", "final"), summary("agrees", "A")]);
    const waiting = Promise.withResolvers<void>();
    const slow = {
      ...library,
      findSimilarCases: async (request: Parameters<typeof library.findSimilarCases>[0]) => {
        await waiting.promise;
        return library.findSimilarCases(request);
      },
    };
    const policy = policyOfMethod(model, {
      ...{ type: "staged", first: ["find_similar_cases"], steps: 3, retries: 0, prompts },
    });
    const told: string[] = [];
    const events = await collectEvents(
      runRound(makeRequest({ policy, library: slow, question, images: [makeImage()] })),
      ({ type }) => {
        told.push(`${type} ${requests.length}`);
        if (type === "query-issued") setImmediate(waiting.resolve);
      },
    );
    expectWholeRound(events);
    expect(told).toContain("data-sent 0");
    expect(told).toContain("query-issued 1");
    expect(answerOf(events).choice).toBe("A");
  });

  it("lets the summary overrule the reasoning, with its reason", async () => {
    const { events, text } = await ask([step("Mass", "final"), summary("overrules", "B. Effusion.")]);
    expect(answerOf(events).choice).toBe("B");
    expect(text).toContain("The summary overrules the reasoning: The angle is sharp.");
    expect(eventsOf(events, "thought-delta").at(-1)?.text).toContain("overrules");
  });

  it("ends the reasoning after as many steps as there may be", async () => {
    const runaway = Array.from({ length: 15 }, (_, index) => step(`Look ${index + 1}`));
    const { events, asked } = await ask([...runaway, summary("agrees", "A")]);
    expect(asked).toHaveLength(16);
    expect(asked[15]).toMatch(/^Judge\./);
    expect(answerOf(events).choice).toBe("A");
  });

  it("asks for a bad step again three times, with what was wrong, and goes on with a good one", async () => {
    const bad = { text: '{"title": "x", "content": 3}' };
    const { events, asked, text } = await ask([
      bad,
      { text: "no" },
      bad,
      step("Fine", "final"),
      summary("agrees", "A"),
    ]);
    const hints = eventsOf(events, "action-invalid").map(({ hint }) => hint);
    expect(hints).toHaveLength(3);
    expect(hints[0]).toContain("content: Invalid input");
    expect(asked[1]).toContain(hints[0]);
    expect(text).toContain("<think>Step 1, the last: Fine");
  });

  it("goes to the summary where the step is still bad after the retries", async () => {
    const bad = { text: "no" };
    const { events, asked } = await ask([bad, bad, bad, bad, summary("overrules", "B")]);
    expect(eventsOf(events, "action-invalid")).toHaveLength(4);
    expect(asked[4]).toContain("There is no reasoning.");
    expect(answerOf(events).choice).toBe("B");
  });

  it("takes the words of a summary that is no JSON after the retries, and none that is empty", async () => {
    const words = { text: "<think>Hm.</think>B. Effusion." };
    const { events } = await ask([step("Mass", "final"), words, words], { retries: 1 });
    expect(answerOf(events)).toMatchObject({ choice: "B", text: "B. Effusion." });
    const silent = await ask([step("Mass", "final")], { retries: 1, limit: 6 });
    expect(eventsOf(silent.events, "failure").map(({ failure }) => failure.code)).toEqual(["model-silent"]);
  });

  it("sums up at once at the round's limit", async () => {
    const { events, asked } = await ask([step("One"), step("Two"), summary("agrees", "A")], { limit: 3 });
    expect(asked[2]).toMatch(/^Judge\./);
    expect(answerOf(events).choice).toBe("A");
    const alone = await ask([step("ignored"), summary("agrees", "B")], { limit: 1 });
    expect(answerOf(alone.events).choice).toBe("B");
  });

  it("says in the events where a request failed that went ahead", async () => {
    const { model } = scriptedChatModel([]);
    const failing = {
      ...model,
      // biome-ignore lint/correctness/useYield: it fails before it says anything
      stream: async function* () {
        throw new Error("unplugged");
      },
    };
    const policy = policyOfMethod(failing, {
      ...{ type: "staged", first: ["find_similar_cases"], steps: 3, retries: 0, prompts },
    });
    const events = await collectEvents(runRound(makeRequest({ policy, library, images: [makeImage()] })));
    expectWholeRound(events);
    expect(endOf(events).outcome).toBe("failed");
  });
});
