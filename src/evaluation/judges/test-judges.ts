import type { AnsweredSample } from "../answers/answer.ts";
import { makeAnswer } from "../answers/test-scored.ts";
import type { JudgeModel } from "./judge-model.ts";

type Asked = Parameters<JudgeModel["ask"]>[0];

/** What a judge was shown as a field. */
export function shownField({ text }: Pick<Asked, "text">, field: string): string {
  return new RegExp(`<${field}>\\n([\\s\\S]*?)\\n</${field}>`).exec(text)?.[1] ?? "";
}

/** Passes the test cases of all our judges: what it replies to them, told by the words of the worse case. */
export function replyToCases(asked: Asked): unknown {
  const isWorse = [
    "wall. Because",
    "thyroid",
    "influenza is recommended",
    "many people ask",
    "upper lobe",
    "wrist",
  ];
  const bad = isWorse.some((words) => asked.text.includes(words));
  const menu = (asked.schema as { properties: { verdict?: { enum?: string[] } } }).properties.verdict?.enum;
  if (menu) return { reason: "By rule.", verdict: bad ? menu[0] : menu.at(-1) };
  const lines = shownField(asked, "statements").split("\n");
  return {
    verdicts: lines.map((line, index) => ({ number: index + 1, supported: !line.includes("left side") })),
  };
}

/** A judge that goes by a rule, once the test cases are over; `asked` is what came then. */
export function ruleJudge(rule: (asked: Asked) => unknown): JudgeModel & { asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    name: "rule",
    images: { pixels: 64 },
    asked,
    async ask(request) {
      const isCase = !request.text.includes("HERE");
      if (isCase) return replyToCases(request);
      asked.push(request);
      return rule(request);
    },
  };
}

/** A round's answer to an open question about HERE, with two passages found. */
export function makeAnswered(
  given: Partial<AnsweredSample["sample"]> = {},
  output = "HERE it is.",
): AnsweredSample {
  const evidence = ["The first text.", "The second text."].map((text, index) => ({
    ...{ type: "passage" as const, number: index + 1, query: "q", score: 1 },
    passage: {
      ...{ id: `p${index}`, corpus: "c", title: "HERE", headings: [], text, metadata: {} },
      source: { file: "f", document: `d${index}`, start: 0, end: text.length },
    },
  }));
  const base = { roundId: "r", at: 0, sequence: 0, step: 0, call: "c", searched: 2 };
  return {
    sample: {
      ...{ id: "00000000", question: "What is HERE?", options: [] },
      gold: { type: "text", texts: ["The right thing"] },
      ...given,
    },
    answer: makeAnswer({ output, events: [{ ...base, type: "passages-retrieved", evidence }] }),
    extraction: { state: "parsed", rung: "tolerant", label: null, text: output },
  };
}
