import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rowReaders } from "./list.ts";

const folder = new URL("./", import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "list.ts")
  .map((file) => file.slice(0, -".ts".length));

describe("the list of row readers", () => {
  it("holds each reader of the folder once, under the name of its file", () => {
    expect(rowReaders.map((reader) => reader.name).toSorted()).toEqual(names.toSorted());
  });

  it("ends with the reader that fits every row", () => {
    expect(rowReaders.at(-1)?.name).toBe("plain");
    expect(rowReaders.at(-1)?.fits({})).toBe(true);
  });

  it.each(names)("has a test of %s", (name) => {
    expect(existsSync(new URL(`${name}.test.ts`, folder))).toBe(true);
  });

  it("is nothing but imports and one array", () => {
    const statements = readFileSync(new URL("list.ts", folder), "utf8").replaceAll(
      /^(?:import .*|\/\*\*.*\*\/|)$/gm,
      "",
    );
    expect(statements.trim()).toMatch(/^export const rowReaders = \[[\w\s,]+\];$/);
  });
});
