import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MedRoundsError } from "#contracts";
import { readRow } from "./read-row.ts";

function failureOf(row: Record<string, unknown>): MedRoundsError {
  try {
    readRow(row);
  } catch (error) {
    if (MedRoundsError.is(error)) return error;
    throw error;
  }
  throw new Error("The row was read.");
}

describe("readRow", () => {
  it.each([
    [
      "MedQuAD",
      { id: "a", focus: "Asthma", qa: [{ question: "What?", answer: "This." }], text: null },
      "What?\nThis.",
    ],
    ["ontology", { id: "a", name: "asthma", def: null, text: "asthma." }, "asthma."],
    ["textbook", { id: "a", title: "Lungs", chapter: "Breathing", headings: [], text: "Two." }, "Two."],
    ["BEIR", { _id: "a", title: "Lungs", text: "Two.", metadata: {} }, "Two."],
    ["MedRAG", { id: "a", title: "Lungs", content: "Two.", contents: "Lungs. Two." }, "Two."],
    ["plain", { id: "a", text: "Two.", anything: 1 }, "Two."],
  ])("reads a row of the %s shape", (_, row, text) => {
    expect(readRow(row)).toMatchObject({ id: "a", text });
  });

  it("takes numbers as ids, and _id where id says nothing", () => {
    expect(readRow({ id: 17, text: "Two." }).id).toBe("17");
    expect(readRow({ id: null, _id: "b", text: "Two." })).toMatchObject({ id: "b", metadata: { id: null } });
    expect(readRow({ id: "a", _id: "b", text: "Two." })).toMatchObject({ id: "a", metadata: { _id: "b" } });
  });

  it("gives a row without an id one that depends on nothing but its text", () => {
    const document = readRow({ text: "The lungs are paired." });
    expect(document.id).toBe("sha256:009f1e06042787d5");
    expect(document.title).toBe(document.id);
    expect(readRow({ text: "The lungs are paired.", id: "", title: "Lungs" }).id).toBe(document.id);
    expect(readRow({ text: "The lungs are paired" }).id).not.toBe(document.id);
  });

  it("recognizes the licence in both spellings", () => {
    expect(readRow({ id: "a", text: "Two.", license: "MIT" })).toMatchObject({
      licence: "MIT",
      metadata: {},
    });
    expect(readRow({ id: "a", text: "Two.", licence: "CC0 1.0", license: "MIT" })).toMatchObject({
      licence: "CC0 1.0",
      metadata: { license: "MIT" },
    });
  });

  it.each([[{}], [{ id: "a", text: null }], [{ id: "a", text: " \r\n" }], [{ id: "a", question: "What?" }]])(
    "refuses %j, which has no text",
    (row) => {
      const failure = failureOf(row);
      expect(failure.code).toBe("row-without-text");
      expect(failure.facts).toEqual({ id: "id" in row ? "a" : null });
    },
  );

  it.each<[Record<string, unknown>, string]>([
    [{ id: "a", text: 5 }, "text"],
    [{ id: "a", text: ["Two."] }, "text"],
    [{ id: "a", text: "Two.", title: {} }, "title"],
    [{ id: "a", text: "Two.", licence: true }, "licence"],
    [{ id: "a", text: "Two.", url: 1 }, "url"],
    [{ id: true, text: "Two." }, "id"],
    [{ id: 2 ** 53, text: "Two." }, "id"],
    [{ _id: { $oid: "a" }, text: "Two." }, "_id"],
    [{ id: "a", name: 5, def: "", text: "Two." }, "name"],
  ])("refuses %j and names the field %s", (row, field) => {
    const failure = failureOf(row);
    expect(failure.code).toBe("row-invalid");
    expect(failure.message).toContain(`The field ${field} `);
    expect(failure.facts).toEqual({ id: ["a", 2 ** 53].includes(row.id as string) ? row.id : null, field });
  });

  it("loses no field, not even one with a hostile name", () => {
    const row = JSON.parse('{"id":"a","text":"Two.","__proto__":{"polluted":1},"constructor":2}');
    const { metadata } = readRow(row);
    expect(Object.keys(metadata)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
  });

  it("reads any row, or refuses it with one of two codes", () => {
    const field = fc.constantFrom(
      ...[
        "id",
        "_id",
        "title",
        "text",
        "content",
        "contents",
        "qa",
        "focus",
        "name",
        "def",
        "chapter",
        "headings",
      ],
      ...["unit", "metadata", "licence", "url", "file"],
    );
    const rows = fc.dictionary(field, fc.oneof(fc.string(), fc.jsonValue()) as fc.Arbitrary<unknown>);
    fc.assert(
      fc.property(rows, (row) => {
        try {
          const document = readRow(row);
          expect(document.sections.length).toBeGreaterThan(0);
          expect(document.sections.at(-1)?.end).toBe(document.text.length);
        } catch (error) {
          expect(MedRoundsError.is(error) && error.code).toMatch(/^row-(?:invalid|without-text)$/);
        }
      }),
    );
  });
});
