import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPassageSearch, prepareRound } from "../src/assembly/index.ts";
import { parseTranscript } from "../src/transcript/index.ts";
import { expectWholeRound } from "./support/round-invariants.ts";
import { answerOf, collectEvents, eventsOf } from "./support/rounds.ts";
import { askScripted, lastText, textOf } from "./support/scripted-rounds.ts";
import { effusionText, openSmallLibrary, type SmallLibrary } from "./support/small-library.ts";

const options = [
  { label: "A", text: "Pneumothorax" },
  { label: "B", text: "Pleural effusion" },
];

let small: SmallLibrary;
beforeAll(async () => {
  small = await openSmallLibrary();
});
afterAll(() => small[Symbol.asyncDispose]());

describe("a round by tags", () => {
  const replies = [
    { text: "<think>I need the sign.</think>\n<query>effusion sign</query> and then I would say" },
    { text: "<think>Found.</think><answer>B. It blunts the angle [1]. Others agree [9].</answer> bye" },
  ];

  it("queries, reads what comes back, and answers", async () => {
    const { events, requests, round } = await askScripted(replies, {
      library: small.library,
      policy: "tags",
      options,
    });
    expect(round).toMatchObject({ outcome: "answered", choice: "B", confidence: null, abstained: false });
    expect(round.answer).toBe("B. It blunts the angle [1]. Others agree [9].");
    expect(round.citations.map(({ evidence }) => evidence)).toEqual([1]);
    expect(eventsOf(events, "query-issued")).toMatchObject([
      { tool: "search_passages", query: "effusion sign" },
    ]);
    expect(requests.map(({ stop }) => stop)).toEqual(Array(2).fill(["</query>", "</answer>"]));
    expect(textOf(requests[0]!.messages[1]!)).toContain("A. Pneumothorax\nB. Pleural effusion");
    expect(requests[1]?.messages.at(-2)).toMatchObject({
      role: "assistant",
      content: "<think>I need the sign.</think>\n<query>effusion sign</query>",
    });
    expect(lastText(requests[1])).toContain(`<retrieve>[1] Pleural effusion: ${effusionText}`);
  });

  it("keeps nothing that the model wrote behind its query or its answer", async () => {
    const { round } = await askScripted(replies, { library: small.library, policy: "tags", options });
    expect(round.transcript.text).not.toContain("and then I would say");
    expect(round.transcript.text).not.toContain("bye");
    expect(parseTranscript(round.transcript).problems).toEqual([]);
  });

  it("cuts behind its query itself where the server does not stop", async () => {
    const { requests, round } = await askScripted(
      [
        { text: "<query>effusion</query > <retrieve>[1] Made up.</retrieve>" },
        { text: "<answer>B</answer>" },
      ],
      { library: small.library, policy: "tags", options },
    );
    expect(requests[1]?.messages.at(-2)?.content).toBe("<query>effusion</query >");
    expect(parseTranscript(round.transcript).problems).toEqual([]);
  });

  it("keeps what it is sent apart from its own words, also where a passage holds tags", async () => {
    const { requests, round } = await askScripted(
      [{ text: "<query>nodule small</query>" }, { text: "<answer>A</answer>" }],
      { library: small.library, policy: "tags", options },
    );
    expect(lastText(requests[1]).match(/<\/?(retrieve|answer)>/g)).toEqual(["<retrieve>", "</retrieve>"]);
    expect(round.transcript.text).toContain(lastText(requests[1]));
    expect(round.choice).toBe("A");
  });

  it("goes on for several steps, with passages and cases, and each piece keeps its number", async () => {
    const { events, requests, round } = await askScripted(
      [
        { text: '<query tool="find_similar_cases">all images</query>' },
        { text: "<query>effusion</query>" },
        { text: "<query>costophrenic angle</query>" },
        { text: "<answer>Effusion [4], unlike [1].</answer>" },
      ],
      { library: small.library, policy: "tags", images: [small.imageFile(4)] },
    );
    expect(eventsOf(events, "step-start")).toHaveLength(4);
    expect(eventsOf(events, "cases-retrieved")[0]?.evidence).toHaveLength(3);
    const numbers = eventsOf(events, "passages-retrieved").map(({ evidence }) => evidence[0]?.number);
    expect(numbers).toEqual([4, 4]);
    expect(round.citations.map(({ evidence }) => evidence)).toEqual([4, 1]);
    expect(requests[3]?.messages).toHaveLength(8);
    expect(round.failures).toEqual([]);
  });

  it("is shown the hint after a step that is neither a query nor an answer", async () => {
    const { events, requests, round } = await askScripted(
      [{ text: "Let me think about it." }, { text: "<answer>B</answer>" }],
      { library: small.library, policy: "tags", options },
    );
    const [invalid] = eventsOf(events, "action-invalid");
    expect(invalid?.hint).toContain("<query>");
    expect(lastText(requests[1]).trim()).toBe(invalid?.hint);
    expect(round.choice).toBe("B");
  });

  it("abstains where an answer names none of the options", async () => {
    const { round } = await askScripted([{ text: "<answer>It is hard to say.</answer>" }], {
      library: small.library,
      policy: "tags",
      options,
    });
    expect(round).toMatchObject({ outcome: "abstained", choice: null, abstained: true });
  });

  it("takes 100 KB of thought", async () => {
    const thought = "The costophrenic angle is not sharp. ".repeat(2_800);
    const text = `<think>${thought}</think><answer>B</answer>`;
    const { events, round } = await askScripted([{ text }], {
      library: small.library,
      policy: "tags",
      options,
    });
    expect(round.transcript.text).toBe(text);
    expect(
      eventsOf(events, "thought-delta")
        .map((event) => event.text)
        .join(""),
    ).toBe(text.slice(0, -"</answer>".length));
    expect(round.choice).toBe("B");
  });
});

describe("a round by function calls", () => {
  const call = (input: unknown, name = "search_passages") => ({ toolCalls: [{ name, input }] });

  it("calls, reads the result, and answers with citations of what exists", async () => {
    const { events, requests, round } = await askScripted(
      [
        { text: "I look it up.", ...call({ query: "effusion sign" }) },
        { text: "B. The angle is blunted [1]. It is common [1][7][1]." },
      ],
      { library: small.library, policy: "tools", options },
    );
    expect(round).toMatchObject({ outcome: "answered", choice: "B" });
    expect(round.citations.map(({ claim, evidence }) => [claim, evidence])).toEqual([
      ["B. The angle is blunted [1].", 1],
      ["It is common [1][7][1].", 1],
    ]);
    expect(requests[0]?.tools?.map((tool) => tool.function.name)).toEqual([
      "search_passages",
      "find_similar_cases",
    ]);
    expect(requests[1]?.messages.slice(-2)).toMatchObject([
      { role: "assistant", content: "I look it up.", tool_calls: [{ id: "call-1" }] },
      { role: "tool", tool_call_id: "call-1" },
    ]);
    expect(lastText(requests[1])).toContain(effusionText);
    expect(eventsOf(events, "query-issued")[0]).toMatchObject({ call: "call-1", query: "effusion sign" });
    expect(parseTranscript(round.transcript).problems).toEqual([]);
  });

  it("calls two tools in one step", async () => {
    const { round, events } = await askScripted(
      [
        {
          toolCalls: [
            { name: "find_similar_cases", input: { image: 1 } },
            { name: "search_passages", input: { query: "effusion" } },
          ],
        },
        { text: "Effusion [4]." },
      ],
      { library: small.library, policy: "tools", images: [small.imageFile(4)] },
    );
    expect(eventsOf(events, "query-issued").map(({ query }) => query)).toEqual(["image 1", "effusion"]);
    expect(round.citations).toMatchObject([{ evidence: 4 }]);
  });

  it.each([
    ["names no tool", call({ query: "effusion" }, "search_the_web")],
    [
      "has an input that does not fit",
      call({ question: "effusion" }),
      'The input of search_passages does not fit. It takes {"query": string}.',
    ],
    ["says nothing at all", { text: "" }, "neither a call nor an answer"],
  ])("gives the hint where a reply %s", async (_, reply, hint = "No tool of that name") => {
    const { events, requests, round } = await askScripted([reply, { text: "B" }], {
      library: small.library,
      policy: "tools",
      options,
    });
    const [invalid] = eventsOf(events, "action-invalid");
    expect(invalid?.hint).toContain(hint);
    expect(lastText(requests[1])).toBe(invalid?.hint);
    expect(round).toMatchObject({ outcome: "answered", choice: "B" });
  });

  it("asks a model that never answers once more, without tools", async () => {
    const { events, requests, round } = await askScripted(
      ({ tools }) => (tools ? call({ query: "effusion" }) : { text: "Effusion [1]." }),
      { library: small.library, policy: "tools" },
    );
    expect(requests).toHaveLength(9);
    expect(requests.map(({ tools }) => tools !== undefined)).toEqual([...Array(8).fill(true), false]);
    expect(lastText(requests[8])).toContain("Answer now");
    expect(round).toMatchObject({ outcome: "answered", answer: "Effusion [1]." });
    expect(eventsOf(events, "query-issued")).toHaveLength(8);
  });

  it("fails as model-silent where even then no answer comes", async () => {
    const { round } = await askScripted(() => call({ query: "effusion" }), {
      library: small.library,
      policy: "tools",
    });
    expect(round).toMatchObject({ outcome: "failed", answer: "", failures: [{ code: "model-silent" }] });
  });

  it("shows the model's separate reasoning and what it used, and keeps reasoning out of the answer", async () => {
    const { events, round } = await askScripted(
      [{ reasoning: "Look low.", text: "Effusion.", usage: { inputTokens: 812, outputTokens: 3 } }],
      { library: small.library, policy: "tools" },
    );
    expect(
      eventsOf(events, "thought-delta")
        .map(({ text }) => text)
        .join(""),
    ).toBe("Look low.Effusion.");
    expect(eventsOf(events, "usage-reported")).toMatchObject([{ inputTokens: 812, outputTokens: 3 }]);
    expect(round.answer).toBe("Effusion.");
  });
});

it("answers by the reader from the same library, and sends nothing", async () => {
  const request = {
    library: small.library,
    search: await openPassageSearch({ library: small.library }),
    question: "Is there a mass?",
    images: [small.imageFile(4)],
    options: [],
  };
  const round = await prepareRound({ ...request, policy: "reader" });
  const events = await collectEvents(round.run());
  expectWholeRound(events);
  expect(eventsOf(events, "data-sent")).toEqual([]);
  expect(answerOf(events).differential.map(({ label }) => label)).toEqual(["Mass", "Edema"]);
});
