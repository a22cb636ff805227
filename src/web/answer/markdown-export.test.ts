import { describe, expect, it } from "vitest";
import type { Answer, CaseEvidence, PassageEvidence, TextEvidence } from "#contracts";
import { append, emptyList } from "../round/append-only.ts";
import { emptyRound, type RoundView } from "../round/round-view.ts";
import { exportMarkdown } from "./markdown-export.ts";

const text = "An effusion blunts the angle. It may be small.";
const passage: PassageEvidence = {
  type: "passage",
  number: 2,
  query: "effusion",
  score: 1,
  passage: {
    id: "p",
    corpus: "c",
    title: "Pleural effusion",
    headings: [],
    text,
    source: { file: "chest.md", document: "chest.md", start: 100, end: 146 },
    licence: "CC BY 4.0",
    url: "https://example.org/chest",
    metadata: {},
  },
};
const similar: CaseEvidence = {
  type: "case",
  number: 1,
  query: "",
  score: 0.912,
  case: {
    id: "c-1",
    corpus: "demo",
    image: "a.png",
    width: 1,
    height: 1,
    labels: [
      { name: "Effusion", status: "present" },
      { name: "Nodule", status: "absent" },
    ],
    text: "",
    notes: [],
    metadata: {},
  },
};
const answer: Answer = {
  text: "A. Effusion. One case agrees. [1] The angle is blunted. [2]",
  choice: "A",
  confidence: 0.62,
  abstained: false,
  differential: [{ label: "A", probability: 0.62, interval: [0.4, 0.8] }],
  citations: [
    { claim: "One case agrees.", evidence: 1, quote: null, start: null, end: null },
    { claim: "The angle is blunted.", evidence: 2, quote: text.slice(0, 29), start: 0, end: 29 },
  ],
};

function finished(changes: Partial<Answer> = {}, question = "Is there an effusion?"): RoundView {
  return {
    ...emptyRound,
    question: { text: question, images: [], options: [{ label: "A", text: "Effusion | fluid" }] },
    model: { policy: "reader", name: null, endpoint: null, description: "built-in reader" },
    texts: append(emptyList<TextEvidence>(), passage),
    cases: append(emptyList<CaseEvidence>(), similar),
    answer: { ...answer, ...changes },
  };
}

describe("a round as Markdown", () => {
  it("names a web page with its address and rows with their SQL, and lets neither become markup", () => {
    const page = {
      url: "https://www.nhs.uk/a",
      title: "[Click](javascript:alert(1))",
      site: "NHS",
      trusted: false,
      text: "It blunts.",
      from: "page" as const,
    };
    const table = { database: "ehr", columns: ["a"], rows: [[1]], truncated: false };
    const texts = append(
      emptyList<TextEvidence>(),
      { type: "page", number: 2, query: "q", page },
      { type: "rows", number: 3, query: "select *", table },
    );
    const cite = (evidence: number) => ({ claim: "", evidence, quote: null, start: null, end: null });
    const round = { ...finished({ citations: [cite(2), cite(3)] }), texts };
    const written = exportMarkdown(round);
    expect(written).toContain("NHS · no trusted publisher · <https://www.nhs.uk/a>");
    expect(written).not.toContain("[Click](");
    expect(written).toContain("ehr · 1 row · select \\*");
  });

  it("holds question, answer, differential, cited words with their source, and the notice", () => {
    const lines = exportMarkdown(finished()).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "# Is there an effusion?",
        "A. Effusion. One case agrees. [1] The angle is blunted. [2]",
        "Confidence 0.62.",
        "| A. Effusion \\| fluid | 0.62 | 0.40–0.80 |",
        "**[1]** Case c-1 (demo), score 0.912: Effusion, Nodule (absent)",
        "**[2]** Pleural effusion",
        "> An effusion blunts the angle.",
        "chest.md, characters 100–146 · CC BY 4.0 · <https://example.org/chest>",
      ]),
    );
    expect(lines.join("\n")).toContain("By built-in reader. For research and education only.");
  });

  it("names the document whose characters are counted where it is not the file", () => {
    const source = { file: "rows.jsonl", document: "d-17", start: 10, end: 16 };
    const item = { ...passage, passage: { ...passage.passage, source } };
    const round = { ...finished(), texts: append(emptyList<TextEvidence>(), item) };
    expect(exportMarkdown(round)).toContain("rows.jsonl, document d-17, characters 10–16");
  });

  it("leaves out evidence that is not cited, and says when it abstained", () => {
    const exported = exportMarkdown(finished({ citations: [], abstained: true }));
    expect(exported).toContain("**Abstained.**");
    expect(exported).not.toContain("## Evidence");
  });

  it("makes no markup of text from outside", () => {
    const hostile = "<script>x</script> ![a](http://x) [b](javascript:y) [1](z) `c` *d*";
    const exported = exportMarkdown(finished({ text: hostile }, hostile));
    expect(exported).not.toMatch(/(?<!\\)[<`](?!https:)|(?<!\\)\*d/);
    expect(exported).not.toMatch(/(?<!\\)\[[ab]|\[1\]\(/);
    expect(exported).not.toMatch(/(?<!\\)\]\(/);
  });

  it("lists sentences that the evidence does not bear, escaped, and citations of nothing", () => {
    const nothing = { evidence: null, quote: null, quoteStart: null, quoteEnd: null, conflict: null };
    const sentence = { start: 0, end: 13, status: "unsupported" as const, score: 0, ...nothing };
    const grounding = {
      method: "lexical" as const,
      judge: null,
      sentences: [sentence],
      inventedCitations: [9],
    };
    const exported = exportMarkdown(finished({ text: "It is *so* [9]", grounding }));
    expect(exported).toContain(
      "The evidence bears 0 of 1 sentences that claim something (compared by words).",
    );
    expect(exported).toContain("[9] is cited and no evidence of this round.");
    expect(exported).toContain("- Not borne out: It is \\*so\\*");
  });

  it("is empty before there is an answer", () => {
    expect(exportMarkdown(emptyRound)).toBe("");
  });
});
