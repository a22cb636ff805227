import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstAction } from "../first-action.ts";
import { parseTranscript } from "../parse.ts";
import { renderForModel } from "../render.ts";
import { renderDocuments } from "../render-documents.ts";
import { escapeTags } from "../tags.ts";
import { createTranscriptWriter } from "../writer.ts";
import { findGrammar } from "./find-grammar.ts";
import type { Grammar } from "./grammar.ts";
import { grammars } from "./list.ts";

const read = (text: string, { name }: Grammar) => parseTranscript({ text, environment: [], grammar: name });

/** Texts made of the grammar's own strings and their pieces, of what clinical texts hold, and of anything. */
function textsOf({ tags }: Grammar): fc.Arbitrary<string> {
  const strings = Object.values(tags).flatMap(({ open, close }) => [open, close]);
  const pieces = strings.flatMap((string) => [
    string,
    string.toUpperCase(),
    string.slice(0, 4),
    string.slice(4),
  ]);
  const clinical = ["EF > 55%", "p<0.05", "K < 3.5", "<b>bold</b>", "<", ">", "‹", "\n", " ", "effusion"];
  const part = fc.constantFrom(...pieces, ...clinical);
  return fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(part, { maxLength: 40 }).map((parts) => parts.join("")),
  );
}

describe("the presets", () => {
  it("have names of their own, and are found by them", () => {
    expect(grammars.map(({ name }) => name)).toEqual(["med-rwr", "search-r1", "r1-searcher"]);
    for (const grammar of grammars) expect(findGrammar(grammar.name)).toBe(grammar);
    expect([findGrammar(undefined), findGrammar("of tomorrow")]).toEqual([grammars[0], grammars[0]]);
  });
});

describe.each(grammars)("the grammar $name", (grammar) => {
  const { tags, documents } = grammar;
  const texts = textsOf(grammar);
  const spans = fc.array(
    fc.record({
      start: fc.integer({ min: -5, max: 200 }),
      end: fc.integer({ min: -5, max: 200 }),
      kind: fc.constantFrom("retrieve" as const, "hint" as const, "demand" as const),
    }),
  );

  it("reads a whole round without a problem, and shows a model the same bytes", () => {
    const { think, query, answer } = tags;
    const writer = createTranscriptWriter(grammar);
    const thought = grammar.thought === "throughout" ? "" : think.close;
    writer.model(`${think.open}Look.${thought}\n${query.open}sign${query.close}`);
    writer.retrieve(renderDocuments([{ number: 1, title: "Signs", text: "EF > 55%, p<0.05." }], grammar));
    writer.model(`${thought && think.open}I see.${think.close}${answer.open}B${answer.close}`);
    const transcript = writer.snapshot();
    const { segments, problems } = parseTranscript(transcript);
    expect(problems).toEqual([]);
    expect(segments.map(({ kind, origin }) => `${origin} ${kind}`)).toEqual([
      ...["model think", "model query", "environment retrieve", "model think", "model answer"],
    ]);
    expect(renderForModel(transcript, "same-turn")).toEqual([{ author: "model", text: transcript.text }]);
  });

  it("never throws; segments and problems are ordered, in range, and segments do not overlap", () => {
    fc.assert(
      fc.property(texts, spans, (text, environment) => {
        const { segments, problems } = parseTranscript({ text, environment, grammar: grammar.name });
        let last = 0;
        for (const { start, end, content } of segments) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toContain(content);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
        let previous = 0;
        for (const { start, end } of problems) {
          expect(start).toBeGreaterThanOrEqual(previous);
          expect(end).toBeLessThanOrEqual(text.length);
          previous = start;
        }
        expect(
          renderForModel({ text, environment }, "new-turn")
            .map((turn) => turn.text)
            .join(""),
        ).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it("leaves nothing but white space and loose tags between segments", () => {
    const loose = Object.values(tags).flatMap(({ open, close }) =>
      grammar.thought === "throughout" && open === tags.think.open ? [open, close] : [close],
    );
    fc.assert(
      fc.property(texts, (text) => {
        let gaps = "";
        let last = 0;
        for (const { start, end } of read(text, grammar).segments) {
          gaps += `${text.slice(last, start)} `;
          last = end;
        }
        let rest = (gaps + text.slice(last)).toLowerCase().replace(/(<\/?\w+)\s[^<>]*>/g, "$1>");
        for (const tag of loose) rest = rest.replaceAll(tag, "");
        expect(rest.trim()).toBe("");
      }),
      { numRuns: 300 },
    );
  });

  it("gives back what was written, tag look-alikes escaped, and the environment's spans to the byte", () => {
    const block = fc.oneof(
      fc.record({ kind: fc.constantFrom("query", "answer", "retrieve"), text: texts }),
      fc.record({ kind: fc.constantFrom("hint", "demand"), text: texts.map((text) => `Note: ${text}`) }),
      // One thought runs through a round of R1-Searcher: it is no block.
      ...(grammar.thought === "throughout" ? [] : [fc.record({ kind: fc.constant("think"), text: texts })]),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        const writer = createTranscriptWriter(grammar);
        for (const { kind, text } of blocks) writer[kind as "think"](text);
        const transcript = writer.snapshot();
        const expected = blocks.map(({ kind, text }) => {
          const escaped = escapeTags(text, grammar);
          if (kind === "hint" || kind === "demand")
            return { kind, origin: "environment", content: text.trim() };
          if (kind !== "retrieve") return { kind, origin: "model", content: escaped, closed: true };
          return { kind, origin: "environment", content: `${documents.lead}${escaped}${documents.trail}` };
        });
        const { segments } = parseTranscript(transcript);
        expect(segments).toMatchObject(expected);
        expect(segments).toHaveLength(expected.length);
        const spans = transcript.environment.map(({ start, end }) =>
          transcript.text.slice(start, end).trim(),
        );
        const { open, close } = tags.retrieve;
        expect(spans).toEqual(
          expected
            .filter(({ origin }) => origin === "environment")
            .map(({ kind, content }) => (kind === "retrieve" ? `${open}${content}${close}` : content)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("finds an action within the text, never an empty one", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const action = firstAction(text, grammar);
        if (action.type === "none") return;
        expect(action.end).toBeLessThanOrEqual(text.length);
        const said = action.type === "answer" ? [action.text] : action.queries.map(({ query }) => query);
        expect(said.length).toBeGreaterThan(0);
        expect(said).not.toContain("");
      }),
      { numRuns: 300 },
    );
  });

  it("flags a block that the model made up, and does not take its query for answered", () => {
    const { query, retrieve, answer, think } = tags;
    const asked = `${query.open}q${query.close}`;
    const text = `${think.open}a${think.close}${asked}${retrieve.open}(1) made up${retrieve.close}${answer.open}B${answer.close}`;
    const types = read(text, grammar).problems.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["query-without-retrieval", "fabricated-retrieval"]));
    const action = firstAction(text, grammar);
    expect(action.type === "queries" && text.slice(0, action.end).endsWith(asked)).toBe(true);
  });

  it("reads a query whose closing tag the server stripped as its stop string, the last one that is open", () => {
    const { think, query } = tags;
    const text = `${think.open}I could write ${query.open} here. ${query.open}effusion  "sign"`;
    expect(grammar.stop).toContain(query.close);
    expect(firstAction(text, grammar)).toMatchObject({
      type: "queries",
      queries: [{ query: "effusion sign" }],
      closed: false,
      end: text.length,
    });
  });

  it("keeps EF > 55%, p<0.05 and HTML of passages and answers as they are", () => {
    const clinical =
      'K < 3.5, EF > 55%, p<0.05, a<b>c, <b class="x">bold</b> &lt; <think-tank> <|endoftext|>';
    const writer = createTranscriptWriter(grammar);
    writer.retrieve(clinical);
    writer.answer(clinical);
    const { segments } = parseTranscript(writer.snapshot());
    expect(segments.map(({ content }) => content.trim())).toEqual([clinical, clinical]);
  });

  it("reads a megabyte in less than a tenth of a second, whatever it holds", () => {
    const { think, query, retrieve, answer } = tags;
    const prose = "The costophrenic angle is blunted, EF > 55%, p<0.05. ".repeat(3);
    const thought = `${think.open}${prose}${think.close}`;
    const round = `${thought}${query.open}angle${query.close}${retrieve.open}${prose}${retrieve.close}`;
    const hostile = [
      ...[think.open, think.close, query.open, answer.open, retrieve.close, think.open + query.open],
      ...["<", "<think", "<think ", query.open.slice(0, -1), query.close.slice(0, 5), round],
    ];
    for (const unit of hostile) {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      const wrapped = `${answer.open}${text}${answer.close}`;
      expect(
        milliseconds(() => read(text, grammar)),
        unit,
      ).toBeLessThan(100);
      expect(
        milliseconds(() => firstAction(wrapped, grammar)),
        unit,
      ).toBeLessThan(100);
      expect(
        milliseconds(() => escapeTags(text, grammar)),
        unit,
      ).toBeLessThan(100);
    }
  });
});

/** Of this thread's own time, so that a busy machine counts for nothing; the best of five. */
function milliseconds(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
