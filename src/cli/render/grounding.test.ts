import { expect, it } from "vitest";
import type { Grounding } from "#contracts";
import type { Terminal } from "../terminal.ts";
import { renderGrounding } from "./grounding.ts";

const terminal: Terminal = { width: 200, paint: (tone, text) => `${tone}: ${text}`, write: () => {} };
const answer = "It is\u001b[31m 50 mg [9]. ".repeat(12);
const length = answer.length / 12;
const sentences = Array.from({ length: 12 }, (_, index): Grounding["sentences"][number] => {
  const place = { start: index * length, end: (index + 1) * length - 1 };
  const found = {
    evidence: 2,
    quote: null,
    quoteStart: null,
    quoteEnd: null,
    score: 0.9,
    conflict: "number" as const,
  };
  return { ...place, status: "unsupported", ...found };
});
const grounding: Grounding = { method: "lexical", judge: null, sentences, inventedCitations: [9] };

it("lists the first sentences that are not borne out, without control characters, and citations of nothing", () => {
  const lines = renderGrounding({ answer, grounding }, terminal);
  expect(lines[0]).toBe(
    "quiet: The evidence bears 0 of 12 sentences that claim something (compared by words).",
  );
  expect(lines[1]).toMatch(
    /^doubt: Not borne out: “It is.* 50 mg \[9\]\.” \(\[2\] has another number or unit\)$/,
  );
  expect(lines.join("")).not.toContain("\u001b");
  expect(lines.slice(-2)).toEqual([
    "doubt: … and 2 more; --json lists all.",
    "doubt: [9] is cited and no evidence of this round.",
  ]);
});

it("is empty for a round of before", () => {
  expect(renderGrounding({ answer }, terminal)).toEqual([]);
});
