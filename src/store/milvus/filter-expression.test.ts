import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/support/hostile-text.ts";
import { filterExpression } from "./filter-expression.ts";

/** The value of a string literal as Milvus and Milvus Lite read it: a quote, then anything but quote, backslash and line ends. */
function readLiteral(literal: string): string | undefined {
  if (!/^"(?:[^"\\\r\n]|\\["\\nr])*"$/su.test(literal)) return undefined;
  const signs: Record<string, string> = { n: "\n", r: "\r" };
  return literal.slice(1, -1).replace(/\\(.)/gsu, (_, sign: string) => signs[sign] ?? sign);
}

describe("a filter of Milvus", () => {
  it("holds any value as one literal that reads as the value", () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        const expression = filterExpression({ type: "equals", column: "owner", value });
        const literal = String(expression).slice("owner == ".length);
        expect(readLiteral(literal)).toBe(value.toWellFormed());
      }),
    );
  });

  it("keeps the values of a list apart, whatever they hold", () => {
    const expression = filterExpression({ type: "one-of", column: "id", values: ['a","b', "c\\"] });
    expect(expression).toBe('id in ["a\\",\\"b","c\\\\"]');
  });

  it("comes down to a constant where Milvus has no expression for it", () => {
    const none = { type: "one-of", column: "id", values: [] } as const;
    const a = { type: "equals", column: "id", value: "a" } as const;
    expect(filterExpression(none)).toBe(false);
    expect(filterExpression({ type: "not", filter: none })).toBe(true);
    expect(filterExpression({ type: "all", filters: [] })).toBe(true);
    expect(filterExpression({ type: "any", filters: [] })).toBe(false);
    expect(filterExpression({ type: "all", filters: [a, none] })).toBe(false);
    expect(filterExpression({ type: "any", filters: [a, { type: "not", filter: none }] })).toBe(true);
    expect(filterExpression({ type: "any", filters: [none, a] })).toBe('(id == "a")');
  });
});
