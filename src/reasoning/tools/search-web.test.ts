import { describe, expect, it } from "vitest";
import { memoryLibrary } from "../../../test/support/memory-library.ts";
import { collectEvents, eventsOf, makeImage, makeRequest } from "../../../test/support/rounds.ts";
import { runRound } from "../loop.ts";
import { offeredTools } from "../offered-tools.ts";
import type { Action, Policy, RoundState } from "../policy.ts";
import type { LibraryPort, WebSearch } from "../ports.ts";

const page = {
  url: "https://www.nhs.uk/effusion",
  title: "Effusion",
  site: "NHS",
  trusted: true,
  text: "Fluid around the lung.",
  from: "page" as const,
};

/** A library whose web search tells of two servers, and what it was asked. */
function withWeb(hits: readonly (typeof page)[] = [page]) {
  const asked: string[] = [];
  const searchWeb: WebSearch = async ({ query, tell }) => {
    for (const host of ["search.example", "www.nhs.uk"]) {
      await tell({ host, loopback: false, images: 0, characters: query.length });
      asked.push(`${host} ${query}`);
    }
    return { hits, searched: 20, leftOut: { untrusted: 3, blocked: 1 }, images: [] };
  };
  const plain = memoryLibrary({});
  const library: LibraryPort = { ...plain, searchWeb, servers: { ...plain.servers, search_web: [] } };
  return { library, asked };
}

function policyOf(...queries: string[]): Policy & { states: RoundState[] } {
  const states: RoundState[] = [];
  const said = { type: "thought", text: "" } as const;
  const actions = queries.map((query, index): Action => {
    return { type: "search", said, calls: [{ id: `${index}`, tool: "search_web", query }] };
  });
  const text = "Fluid [1].";
  const answer = { text, choice: null, confidence: null, abstained: false, differential: [], citations: [] };
  return {
    states,
    identity: { policy: "tools", name: "scripted", endpoint: null, description: "scripted" },
    // biome-ignore lint/correctness/useYield: it has nothing to tell
    async *decide(state) {
      states.push(state);
      return actions[state.turns.length] ?? { type: "answer", said, answer, confidenceMethod: "none" };
    },
  };
}

const run = (given: Parameters<typeof makeRequest>[0]) => collectEvents(runRound(makeRequest(given)));

describe("a search of the web in a round", () => {
  it("gives numbered pages, and tells each server before it is asked", async () => {
    const { library, asked } = withWeb();
    const policy = policyOf("pleural effusion", "effusion");
    const askedWhenTold: number[] = [];
    const round = runRound(makeRequest({ policy, library }));
    const events = await collectEvents(round, ({ type }) => {
      if (type === "data-sent") askedWhenTold.push(asked.length);
    });
    expect(askedWhenTold).toEqual([0, 1, 2, 3]);
    expect(eventsOf(events, "data-sent").map(({ host }) => host)).toEqual([
      ...["search.example", "www.nhs.uk"],
      ...["search.example", "www.nhs.uk"],
    ]);
    expect(eventsOf(events, "pages-retrieved")).toMatchObject([
      { searched: 20, leftOut: { untrusted: 3, blocked: 1 }, evidence: [{ type: "page", number: 1, page }] },
      { evidence: [{ number: 1 }] },
    ]);
    expect(policy.states[1]?.turns[0]?.searches[0]?.text).toBe("[1] Effusion (NHS): Fluid around the lung.");
  });

  it("is offered only where one is configured", async () => {
    expect(offeredTools(memoryLibrary({}))).not.toContain("search_web");
    expect(offeredTools(withWeb().library)).toContain("search_web");
    const events = await run({ policy: policyOf("effusion") });
    expect(eventsOf(events, "failure")).toMatchObject([{ failure: { code: "web-search-missing" } }]);
  });

  it.each([
    ["effusion of patient 00471-1", { patientId: "004711" }, {}],
    ["effusion on slide S-2024-17", { slideId: "S-2024-17" }, {}],
    ["effusion in Jane Doe", {}, { identities: ["DOE^JANE"] }],
  ])("sends nothing for “%s”, which names the case", async (query, question, given) => {
    const { library, asked } = withWeb();
    const events = await run({ policy: policyOf(query), library, images: [makeImage()], question, ...given });
    expect(eventsOf(events, "failure")).toMatchObject([{ failure: { code: "query-names-patient" } }]);
    expect([asked, eventsOf(events, "data-sent")]).toEqual([[], []]);
    expect(JSON.stringify(eventsOf(events, "failure"))).not.toMatch(/4711|2024-17|Doe/i);
  });

  it("sends no query that is longer than services take", async () => {
    const { library, asked } = withWeb();
    const events = await run({ policy: policyOf("effusion ".repeat(60)), library });
    expect(eventsOf(events, "failure")).toMatchObject([{ failure: { code: "web-query-too-long" } }]);
    expect(asked).toEqual([]);
  });

  it("is left behind when the round ends while it runs", async () => {
    const { library } = withWeb();
    const ending = new AbortController();
    const never: LibraryPort = { ...library, searchWeb: () => new Promise(() => {}) };
    const round = runRound(
      makeRequest({ policy: policyOf("effusion"), library: never, signal: ending.signal }),
    );
    const events = await collectEvents(round, ({ type }) => {
      if (type === "query-issued") setTimeout(() => ending.abort(), 10);
    });
    expect(events.at(-1)).toMatchObject({ type: "round-end", outcome: "interrupted" });
  });
});
