import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGatherer, type KnowledgeSentence } from "./gather.ts";

const sentence = (number: number, rest: Partial<KnowledgeSentence> = {}): KnowledgeSentence => ({
  text: `Fact ${number} has words enough to count as ten here.`,
  kind: "symptoms_and_signs",
  subject: "Surgery",
  source: `row-${number}`,
  ...rest,
});

function gather(sentences: readonly KnowledgeSentence[], options: { single?: boolean } = {}) {
  const gatherer = createGatherer(options);
  return [...sentences.flatMap(gatherer.add), ...gatherer.end()];
}

describe("a gatherer", () => {
  it("fills passages of at least 100 words and names the rows they come from", () => {
    const rows = gather(Array.from({ length: 20 }, (_, number) => sentence(number)));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      id: expect.stringMatching(/^symptoms_and_signs-[0-9a-f]{16}$/),
      title: "Symptoms and signs: Surgery",
      kind: "symptoms_and_signs",
      subject: "Surgery",
      sources: Array.from({ length: 10 }, (_, number) => `row-${number}`),
    });
  });

  it("mixes neither subjects nor kinds", () => {
    const rows = gather([
      sentence(1),
      sentence(2, { subject: null }),
      sentence(3, { kind: "treatment_protocols" }),
      sentence(4),
    ]);
    expect(rows.map(({ title, sources }) => [title, sources])).toEqual([
      ["Symptoms and signs: Surgery", ["row-1", "row-4"]],
      ["Symptoms and signs", ["row-2"]],
      ["Treatment protocols: Surgery", ["row-3"]],
    ]);
  });

  it("makes a row of each sentence where it is told so", () => {
    const rows = gather([sentence(1), sentence(2)], { single: true });
    expect(rows.map(({ text, sources }) => [text, sources])).toEqual([
      [sentence(1).text, ["row-1"]],
      [sentence(2).text, ["row-2"]],
    ]);
  });

  it("loses and doubles no sentence, and leaves at most one short passage a group", () => {
    const item = fc.record({
      number: fc.nat(999),
      subject: fc.constantFrom(null, "Surgery", "Anatomy"),
      kind: fc.constantFrom("treatment_protocols" as const, "symptoms_and_signs" as const),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 120 }), (items) => {
        const given = items.map(({ number, ...rest }, index) => sentence(number + index * 1000, rest));
        const rows = gather(given);
        const texts = rows.map(({ text }) => text).join(" ");
        expect(texts.match(/\S+/g) ?? []).toHaveLength(given.length * 10);
        for (const { text } of given) expect(texts).toContain(text);
        const short = rows.filter(({ text }) => text.split(" ").length < 100).map(({ title }) => title);
        expect(new Set(short).size).toBe(short.length);
        for (const title of short) expect(rows.filter((row) => row.title === title)).toHaveLength(1);
      }),
    );
  });
});
