import { describe, expect, it } from "vitest";
import { MedRoundsError, type RoundEvent } from "#contracts";
import { makePassage, memoryLibrary } from "../../test/support/memory-library.ts";
import { expectWholeRound } from "../../test/support/round-invariants.ts";
import { collectEvents, endOf, eventsOf, makeImage, makeRequest } from "../../test/support/rounds.ts";
import {
  answerAction,
  identity,
  nothingSaid,
  passageSearch,
  policyOf,
} from "../../test/support/scripted-policy.ts";
import { runRound } from "./loop.ts";
import type { Action, Policy } from "./policy.ts";
import type { LibraryPort } from "./ports.ts";

const library = memoryLibrary({
  passages: [
    makePassage({ id: "effusion", text: "Effusion blunts the angle." }),
    makePassage({ id: "mass", text: "A mass is larger than a nodule." }),
  ],
});

async function run(given: Parameters<typeof makeRequest>[0]): Promise<RoundEvent[]> {
  const events = await collectEvents(runRound(makeRequest({ library, ...given })));
  expectWholeRound(events);
  return events;
}

function failureOf(events: readonly RoundEvent[]) {
  return eventsOf(events, "failure").find(({ step }) => step === null)?.failure;
}

describe("an abort", () => {
  it.each([
    ["before the first event", "round-start"],
    ["while images are inspected", "image-inspected"],
    ["before a search", "query-issued"],
    ["between two steps", "step-end"],
  ] as const)("%s ends the round as interrupted", async (_, at) => {
    const abort = new AbortController();
    const { policy } = policyOf(passageSearch("mass"), passageSearch("mass"));
    const request = makeRequest({ policy, library, images: [makeImage()], signal: abort.signal });
    const events = await collectEvents(runRound(request), ({ type }) => type === at && abort.abort());
    expectWholeRound(events);
    expect(endOf(events).outcome).toBe("interrupted");
    expect(failureOf(events)?.code).toBe("interrupted");
  });

  it("reaches a policy that waits, and does not wait for a search that never ends", async () => {
    const waiting = policyOf(
      ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
        ),
    );
    const waitingLibrary: LibraryPort = { ...library, searchPassages: () => new Promise(() => {}) };
    for (const parts of [waiting, { ...policyOf(passageSearch("mass")), library: waitingLibrary }]) {
      const events = await run({ ...parts, signal: AbortSignal.timeout(5) });
      expect(endOf(events).outcome).toBe("interrupted");
      expect(eventsOf(events, "failure")).toHaveLength(1);
    }
  });

  it("with a reason of its own, such as the time limit, ends the round as failed for that reason", async () => {
    const reason = new MedRoundsError("time-exceeded", "Too slow.");
    const events = await run({ ...policyOf(), signal: AbortSignal.abort(reason) });
    expect(failureOf(events)?.code).toBe("time-exceeded");
    expect(endOf(events).outcome).toBe("failed");
  });

  it("is not needed to leave a round: the policy closes what it has open", async () => {
    let closed = false;
    const policy: Policy = {
      identity,
      async *decide() {
        try {
          yield { type: "thought-delta", text: "…" };
          return answerAction;
        } finally {
          closed = true;
        }
      },
    };
    for await (const { type } of runRound(makeRequest({ policy }))) if (type === "thought-delta") break;
    expect(closed).toBe(true);
  });
});

describe("the limit", () => {
  const restless = () => policyOf(...Array.from({ length: 20 }, () => passageSearch("mass", "effusion")));

  it("of steps: the policy is asked once more, for an answer", async () => {
    const { policy, seen } = policyOf(passageSearch("mass"), passageSearch("effusion"));
    const events = await run({ policy, limits: { steps: 2, queries: 9, milliseconds: 60_000 } });
    expect(seen.map(({ mustAnswer }) => mustAnswer)).toEqual([false, false, true]);
    expect(endOf(events).outcome).toBe("answered");
  });

  it("of queries: calls beyond it are not made", async () => {
    const { policy, seen } = restless();
    const events = await run({ policy, limits: { steps: 9, queries: 3, milliseconds: 60_000 } });
    expect(eventsOf(events, "query-issued")).toHaveLength(3);
    expect(seen.map(({ mustAnswer }) => mustAnswer)).toEqual([false, false, true]);
  });

  it("of time: no step but the answer begins after it", async () => {
    let milliseconds = 0;
    const { policy, seen } = policyOf(passageSearch("mass"), passageSearch("mass"));
    const now = () => (milliseconds += 100);
    await run({ policy, now, limits: { steps: 9, queries: 9, milliseconds: 500 } });
    expect(seen.at(-1)?.mustAnswer).toBe(true);
    expect(seen.length).toBeLessThan(3);
  });

  it("is told to the model: its hint stands in the events and, as the environment's words, in the transcript", async () => {
    const finalHint = "No more queries are possible.";
    const said = { type: "raw", text: "<answer>Effusion [1].</answer>" } as const;
    const { policy } = policyOf(passageSearch("mass"), { ...answerAction, said });
    const limits = { steps: 1, queries: 9, milliseconds: 60_000 };
    const events = await run({ policy: { ...policy, finalHint }, limits });
    expect(eventsOf(events, "answer-demanded")).toMatchObject([{ step: 1, hint: finalHint }]);
    expect(eventsOf(events, "action-invalid")).toEqual([]);
    const { text, environment } = endOf(events).transcript;
    const demands = environment.filter(({ kind }) => kind === "demand");
    expect(demands.map(({ start, end }) => text.slice(start, end))).toEqual([`${finalHint}\n`]);
    expect(text.endsWith(`${finalHint}\n${said.text}`)).toBe(true);
  });

  it.each([
    ["searches on", passageSearch("mass")],
    ["says nothing usable", { type: "invalid", said: nothingSaid, hint: "Answer." } satisfies Action],
  ])("ends the round as failed where the policy then %s", async (_, action) => {
    const { policy } = policyOf(action, action);
    const events = await run({ policy, limits: { steps: 1, queries: 9, milliseconds: 60_000 } });
    expect(failureOf(events)?.code).toBe("model-silent");
    expect(endOf(events).outcome).toBe("failed");
  });
});
