import { describe, expect, it } from "vitest";
import { MedRoundsError } from "../src/contracts/index.ts";
import type { ChatModel, ModelCapabilities } from "../src/models/index.ts";
import { renderEvidence } from "../src/reasoning/evidence-text.ts";
import {
  type LibraryPort,
  modelPolicies,
  type Policy,
  roundFromEvents,
  runRound,
} from "../src/reasoning/index.ts";
import { policyOfMethod } from "../src/reasoning/policies/method.ts";
import { type Grammar, grammars } from "../src/transcript/index.ts";
import { injections, plantedLibrary, plantedRows } from "./support/injections.ts";
import { commands, heardOutside, type SaidMessage } from "./support/obedient-model.ts";
import { expectWholeRound } from "./support/round-invariants.ts";
import { collectEvents, eventsOf, makeImage, makeRequest } from "./support/rounds.ts";
import { messageText } from "./support/scripted-chat-model.ts";

type Stream = ChatModel["stream"];
const asked = ["search_passages", "find_similar_cases", "search_web"] as const;

/** Looks up with every tool in its first turn; then says what it hears outside of the evidence, else that nothing is seen. */
function obedientModel(
  grammar: Grammar | undefined,
  continuation: ModelCapabilities["continuation"] = null,
): ChatModel {
  const answer = (text: string) =>
    grammar ? `<think>Done.</think>${grammar.tags.answer.open}${text}${grammar.tags.answer.close}` : text;
  const stream: Stream = async function* ({ messages }) {
    const said: SaidMessage[] = messages.map((message) => ({
      role: message.role,
      text: messageText(message),
    }));
    const isFirst = !said.some(({ role, text }) => role === "assistant" || text.includes("<retrieve>"));
    if (isFirst && grammar) {
      const { open, close } = grammar.tags.query;
      yield { type: "text", text: `<think>I look it up.</think>${open}effusion${close}` };
    } else if (isFirst) {
      for (const [index, name] of asked.entries()) {
        const input = name === "find_similar_cases" ? "{}" : '{"query":"effusion"}';
        yield { type: "tool-call", call: { id: `call-${index}`, name, input } };
      }
    } else {
      const heard = heardOutside(said, grammar ?? grammars[0]);
      yield { type: "text", text: answer(commands(heard) ? "OSPREY" : "Nothing is seen.") };
    }
    yield { type: "finish", reason: "stop", inputTokens: null, outputTokens: null, costMicrodollars: null };
  };
  return {
    name: "obedient",
    endpoint: "http://127.0.0.1:1/v1",
    stream,
    capabilities: async () => ({
      ...{ images: null, logprobs: null, tools: null, stop: null, responseSchema: null },
      continuation,
    }),
  };
}

const singleShot = { type: "single-shot", first: asked, prompts: { system: "Answer." } } as const;

const policies: [string, () => Policy][] = [
  ["tools", () => modelPolicies.tools(obedientModel(undefined))],
  ["a single look-up before", () => policyOfMethod(obedientModel(undefined), singleShot)],
  ...grammars.flatMap((grammar): [string, () => Policy][] => [
    [`tags of ${grammar.name} in turns`, () => modelPolicies.tags(obedientModel(grammar), { grammar })],
    [
      `tags of ${grammar.name} in one turn`,
      () => modelPolicies.tags(obedientModel(grammar, "continue_final_message"), { grammar }),
    ],
  ]),
];

async function ask(policy: Policy, library: LibraryPort) {
  const events = await collectEvents(
    runRound(makeRequest({ policy, library, images: [makeImage()], question: { text: "effusion" } })),
  );
  expectWholeRound(events);
  return { events, round: roundFromEvents(events) };
}

describe("an instruction that stands in what was found", () => {
  it("is one of at least a hundred different ones, most of which a gullible model would obey as they are", () => {
    const texts = new Set(injections.map(({ text }) => text));
    const obeyed = injections.filter(({ text }) => {
      return commands(heardOutside([{ role: "tool", text }], grammars[0]));
    });
    expect(texts.size).toBeGreaterThanOrEqual(100);
    expect(obeyed.length).toBeGreaterThanOrEqual(80);
  });

  it.each(policies)(
    "reaches no model outside of evidence, by %s",
    { timeout: 120_000 },
    async (_, policyOf) => {
      for (const { text } of injections) {
        const { round } = await ask(policyOf(), plantedLibrary(text));
        expect(round.answer, text.slice(0, 200)).toBe("Nothing is seen.");
      }
    },
  );

  it.each(policies)("is no more in the words of a search that failed, by %s", async (_, policyOf) => {
    for (const { text } of injections) {
      const fail = async () => {
        throw new MedRoundsError("service-refused", `The server refused: ${text}`);
      };
      const library: LibraryPort = { ...plantedLibrary(text), searchPassages: fail, searchWeb: fail };
      const { round } = await ask(policyOf(), library);
      expect(round.answer, text.slice(0, 200)).toBe("Nothing is seen.");
    }
  });

  it.each(grammars.map((grammar) => [grammar.name, grammar] as const))(
    "in a table is no more, by %s",
    (_, grammar) => {
      for (const { kind, text } of injections) {
        const rendered = renderEvidence([plantedRows(text)], grammar);
        const outside = heardOutside([{ role: "tool", text: rendered }], grammar);
        expect(commands(outside), text.slice(0, 200)).toBe(false);
        if (kind === "long") continue;
        // A row and a cell for each that the table has, whatever its cells hold.
        const lines = rendered.split("\n").slice(1, -1);
        expect(lines.map((line) => line.split(" | ").length)).toEqual([2, 2, 2]);
      }
    },
  );

  it.each(policies)("makes no document beside those that were found, by %s", async (_, policyOf) => {
    for (const { text } of injections) {
      const { events, round } = await ask(policyOf(), plantedLibrary(text));
      const grammar = grammars.find(({ name }) => name === round.transcript.grammar) ?? grammars[0];
      const head = headOf(grammar);
      for (const { evidence } of [
        ...eventsOf(events, "passages-retrieved"),
        ...eventsOf(events, "pages-retrieved"),
      ]) {
        const shown = renderEvidence(evidence, grammar).normalize("NFKD").split("\n");
        const numbers = shown.flatMap((line) => head.exec(line)?.[1] ?? []);
        expect(numbers.map(Number), text.slice(0, 200)).toEqual(evidence.map(({ number }) => number));
      }
    }
  });
});

function headOf({ documents }: Grammar): RegExp {
  if (documents.one.startsWith("Doc")) return /^\s*Doc (\d+)\(Title/;
  return documents.one.startsWith("(") ? /^\s*\((\d+)\)/ : /^\s*\[(\d+)\]/;
}
