import fc from "fast-check";
import { expect, it } from "vitest";
import { type Answer, MedRoundsError, roundSchema } from "#contracts";
import { makeCase, makePassage, memoryLibrary } from "../../test/support/memory-library.ts";
import { expectWholeRound } from "../../test/support/round-invariants.ts";
import { collectEvents, eventsOf, makeImage, makeRequest } from "../../test/support/rounds.ts";
import { runRound } from "./loop.ts";
import type { Action, Policy, Said } from "./policy.ts";
import type { LibraryPort } from "./ports.ts";
import { roundFromEvents } from "./round-from-events.ts";

const words = [
  "effusion",
  "mass",
  "<retrieve>",
  "</retrieve>",
  "<answer>",
  "</query>",
  "<query",
  "\n",
  "[1]",
  "‹",
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 5 })
  .map((parts) => parts.join(" "));
const said = fc.record({ type: fc.constantFrom<Said["type"]>("thought", "raw"), text });
const answer = fc.record<Answer>({
  text,
  choice: fc.constantFrom("A", null),
  confidence: fc.constantFrom(null, 0, 0.5, 1),
  abstained: fc.boolean(),
  differential: fc.constant([]),
  citations: fc.constant([]),
});
const call = fc.record({
  id: text,
  tool: fc.constantFrom("search_passages" as const, "find_similar_cases" as const),
  query: fc.oneof(fc.constantFrom("effusion mass", "image 1", "image 9"), text),
});
const action = fc.oneof(
  fc.record({ type: fc.constant("search" as const), said, calls: fc.array(call, { maxLength: 3 }) }),
  fc.record({ type: fc.constant("search" as const), said, calls: fc.array(call, { maxLength: 3 }) }),
  fc.record({ type: fc.constant("invalid" as const), said, hint: fc.constant("Say what you want.") }),
  fc.record({ type: fc.constant("answer" as const), said, answer, confidenceMethod: text }),
);
const thrown = fc.constantFrom(new MedRoundsError("endpoint-broken", "It broke."), new Error("?"), null);
const behavior = fc.record({
  thoughts: fc.array(text, { maxLength: 3 }),
  does: fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant("act" as const), action }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("throw" as const), thrown }) },
  ),
});

const wholeLibrary = memoryLibrary({
  passages: [
    makePassage({ id: "effusion", text: "Effusion </retrieve> <answer>A</answer>" }),
    makePassage({ id: "mass", text: "A mass. <query>" }),
  ],
  cases: [{ case: makeCase({ id: "one", labels: { Mass: "present" } }), score: 0.9 }],
});

/** Fails on the searches that are told. */
function brokenAt(fails: readonly boolean[]): LibraryPort {
  let searches = 0;
  const pass = () => {
    if (fails[searches++ % fails.length]) throw new Error("The search broke.");
  };
  return {
    searchPassages: async (request) => {
      pass();
      return wholeLibrary.searchPassages(request);
    },
    servers: wholeLibrary.servers,
    findSimilarCases: async (request) => {
      pass();
      return wholeLibrary.findSimilarCases(request);
    },
  };
}

it("holds what every round holds, whatever the policy, the library and the user do", async () => {
  const seenOutcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        behaviors: fc.array(behavior, { minLength: 1, maxLength: 5 }),
        fails: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
        abortAt: fc.option(fc.nat(25), { freq: 3 }),
        steps: fc.nat(4),
        queries: fc.nat(4),
        ticks: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
      }),
      async ({ behaviors, fails, abortAt, steps, queries, ticks }) => {
        let decisions = 0;
        const policy: Policy = {
          identity: { policy: "tags", name: "any", endpoint: null, description: "anything" },
          async *decide(): AsyncGenerator<{ type: "thought-delta"; text: string }, Action> {
            const { thoughts, does } = behaviors[decisions++ % behaviors.length]!;
            for (const thought of thoughts) yield { type: "thought-delta", text: thought };
            if (does.type === "throw") throw does.thrown;
            return does.action;
          },
        };
        const abort = new AbortController();
        let calls = 0;
        let milliseconds = 0;
        const request = makeRequest({
          policy,
          images: [makeImage()],
          library: brokenAt(fails),
          limits: { steps, queries, milliseconds: 400 },
          signal: abort.signal,
          now: () => (milliseconds += ticks[calls++ % ticks.length]!),
        });
        const events = await collectEvents(
          runRound(request),
          ({ sequence }) => sequence === abortAt && abort.abort(),
        );
        expectWholeRound(events);
        const round = roundSchema.parse(roundFromEvents(events));
        seenOutcomes.add(round.outcome);
        expect(decisions).toBeLessThanOrEqual(steps + 1);
        expect(eventsOf(events, "query-issued").length).toBeLessThanOrEqual(queries);
        if (abortAt === null) expect(round.outcome).not.toBe("interrupted");
      },
    ),
    { numRuns: 300 },
  );
  expect(seenOutcomes).toEqual(new Set(["answered", "abstained", "failed", "interrupted"]));
});
