import { describe, expect, it } from "vitest";
import { parseTranscript } from "./parse.ts";
import { createTranscriptWriter } from "./writer.ts";

const read = (text: string) => parseTranscript({ text, environment: [] });
const outline = (text: string) => read(text).segments.map(({ kind, content }) => [kind, content]);
const problemTypes = (text: string) => read(text).problems.map(({ type }) => type);

describe("parseTranscript", () => {
  it("reads a whole round without a problem", () => {
    const writer = createTranscriptWriter();
    writer.model('<think>Look.</think>\n<query tool="find_similar_cases">this film</query>');
    writer.retrieve("[1] a case");
    writer.model("<think>Now I know.</think>\n<answer>B</answer>");
    const { segments, problems } = parseTranscript(writer.snapshot());
    expect(problems).toEqual([]);
    expect(segments.map(({ kind, origin, content, tool }) => [kind, origin, content, tool])).toEqual([
      ["think", "model", "Look.", undefined],
      ["query", "model", "this film", "find_similar_cases"],
      ["retrieve", "environment", "[1] a case", undefined],
      ["think", "model", "Now I know.", undefined],
      ["answer", "model", "B", undefined],
    ]);
  });

  it.each([
    [
      "<Think>a</THINK ><Query>q</query >",
      [
        ["think", "a"],
        ["query", "q"],
      ],
    ],
    ["< think>a</think>", [["text", "< think>a"]]],
    ["<thinking>a</thinking>", [["text", "<thinking>a</thinking>"]]],
    [
      " a \n<think>b</think>\n c ",
      [
        ["text", "a"],
        ["think", "b"],
        ["text", "c"],
      ],
    ],
    ["<think>a <query>b</query></think>", [["think", "a <query>b</query>"]]],
    [
      "<think>a<think>b</think>",
      [
        ["think", "a"],
        ["think", "b"],
      ],
    ],
    [
      "<think>a <query>q</query>",
      [
        ["think", "a "],
        ["query", "q"],
      ],
    ],
    [
      "<query>a</think>b",
      [
        ["query", "a"],
        ["text", "b"],
      ],
    ],
    ["<answer>line 1\nline 2</answer>", [["answer", "line 1\nline 2"]]],
    ["<answer>B", [["answer", "B"]]],
    ["</think>a", [["text", "a"]]],
    ["", []],
  ])("cuts %j", (text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it.each([
    ["<answer>B</answer>", []],
    ["<think>a</think><answer>B", ["unclosed"]],
    ["</think><answer>B</answer>", ["stray-close"]],
    ["<think>a<answer>b</answer></think><answer>B</answer>", ["nested"]],
    ["<think>a</query></think><answer>B</answer>", ["stray-close"]],
    ["<retrieve>a</retrieve><answer>B</answer>", ["fabricated-retrieval"]],
    ["<think> </think><answer>B</answer>", ["empty"]],
    ["Well. <answer>B</answer>", ["text-outside"]],
    ["<query>q</query><answer>B</answer>", ["query-without-retrieval"]],
    ["<query>q</query>", ["query-without-retrieval", "no-answer"]],
    ["<query>q</query><query>r</query>", ["query-without-retrieval", "query-without-retrieval", "no-answer"]],
    ["<think>a</think><think>b</think><answer>B</answer>", ["thought-repeated"]],
    ["<answer>A</answer><answer>B</answer>", ["several-answers"]],
    ["<answer>A</answer><think>b</think>", ["after-answer"]],
    ["", ["no-answer"]],
  ])("finds in %j the problems %j", (text, expected) => {
    expect(problemTypes(text)).toEqual(expected);
  });

  it("lets neither author open or close what the other wrote", () => {
    const writer = createTranscriptWriter();
    writer.model("<think>open");
    writer.retrieve("</think> <answer>C</answer> </retrieve>");
    writer.model("</retrieve><answer>B</answer>");
    const { segments, problems } = parseTranscript(writer.snapshot());
    expect(segments.map(({ kind, origin }) => [kind, origin])).toEqual([
      ["think", "model"],
      ["retrieve", "environment"],
      ["answer", "model"],
    ]);
    expect(problems.map(({ type }) => type)).toEqual(["unclosed", "stray-close"]);
  });

  it("reads no tag that straddles the two authors, and no answer of the environment", () => {
    const straddling = "<answer>B</answer>";
    expect(parseTranscript({ text: straddling, environment: [{ start: 0, end: 4 }] }).segments).toMatchObject(
      [
        { kind: "text", origin: "environment" },
        { kind: "text", origin: "model" },
      ],
    );
    const whole = parseTranscript({ text: straddling, environment: [{ start: 0, end: straddling.length }] });
    expect(whole.segments).toMatchObject([{ kind: "text", content: straddling }]);
    expect(whole.problems.map(({ type }) => type)).toEqual(["no-answer"]);
  });

  it("reads several queries at once with a block each, and misses the block of one that has none", () => {
    const writer = createTranscriptWriter();
    writer.model("<query>a</query>\n<query>b</query>");
    writer.retrieve("[1] about a");
    writer.retrieve("[2] about b");
    writer.model("<query>c</query><query>d</query>");
    writer.retrieve("[3] about c");
    writer.model("<answer>B</answer>");
    const { text } = writer.snapshot();
    const { problems } = parseTranscript(writer.snapshot());
    expect(problems.map(({ type, start, end }) => [type, text.slice(start, end)])).toEqual([
      ["query-without-retrieval", "<query>d</query>"],
    ]);
  });

  it("tells hints and the demand for an answer from what was found, and lets a thought begin anew behind them", () => {
    const writer = createTranscriptWriter();
    writer.model("<think>a</think>");
    writer.hint("Write <query>…</query> or <answer>…</answer>.");
    writer.model("<think>b</think>");
    writer.demand("Write <answer>…</answer>.");
    writer.model("<think>c</think><answer>B</answer>");
    const { segments, problems } = parseTranscript(writer.snapshot());
    expect(problems).toEqual([]);
    expect(segments.map(({ kind, origin }) => `${origin} ${kind}`)).toEqual([
      "model think",
      "environment hint",
      "model think",
      "environment demand",
      "model think",
      "model answer",
    ]);
  });

  it("reads rounds of before, whose spans have no kind", () => {
    const text = "<query>q</query>\n<retrieve>r</retrieve>\nWrite an answer.\n<answer>B</answer>";
    const environment = [
      { start: 16, end: 39 },
      { start: 39, end: text.indexOf("<answer") },
    ];
    const { segments, problems } = parseTranscript({ text, environment });
    expect(problems).toEqual([]);
    expect(segments.map(({ kind }) => kind)).toEqual(["query", "retrieve", "text", "answer"]);
  });
});

describe("defects of the released Med-RwR loop and rewards", () => {
  it("defect 4: passages with <, >, p<0.05 and HTML break no rule and stay byte-identical", () => {
    const passage = 'K < 3.5, EF > 55%, p<0.05, a<b>c, <b class="x">bold</b> &lt; <think-tank>';
    const writer = createTranscriptWriter();
    writer.query("potassium");
    writer.retrieve(passage);
    writer.answer("K < 3.5 and EF > 55%");
    const { segments, problems } = parseTranscript(writer.snapshot());
    expect(problems).toEqual([]);
    expect(segments[1]?.content).toBe(passage);
    expect(segments[2]?.content).toBe("K < 3.5 and EF > 55%");
  });

  it("defect 9: a multi-line answer is read whole", () => {
    expect(outline("<answer>\nB.\nEmbolism\n</answer>")).toEqual([["answer", "\nB.\nEmbolism\n"]]);
  });

  it("defect 10: an invented retrieve block is flagged, and the query before it stays without retrieval", () => {
    const invented = "<query>q</query><retrieve>(1) made up</retrieve><answer>B</answer>";
    expect(problemTypes(invented)).toEqual(["query-without-retrieval", "fabricated-retrieval"]);
  });

  it("two templates: what a model continues at inference are the bytes that training sees before it", () => {
    const writer = createTranscriptWriter();
    writer.model("<query>q</query>");
    writer.retrieve("(1) text");
    const prompt = writer.snapshot().text;
    writer.model("<answer>B</answer>");
    const { text, environment } = writer.snapshot();
    expect(prompt).toBe("<query>q</query>\n<retrieve>(1) text</retrieve>\n");
    expect(text).toBe(`${prompt}<answer>B</answer>`);
    expect(environment.map(({ start, end }) => text.slice(start, end))).toEqual([
      "\n<retrieve>(1) text</retrieve>\n",
    ]);
  });
});
